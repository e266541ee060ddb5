//! Where the grammar stopped reading, in Chinese: what stands there, what could have stood there, what to write.

use super::build::Builder;
use super::contents::is_quote;
use super::grammar::{Failure, Rule};
use super::lines::{self, Line};
use super::mistakes::{example, too_large, wrong};
use crate::finding::Finding;
use crate::syntax::keywords::{Keyword, Shape, Word};

/// The message for a line that the grammar refuses.
pub fn message(failure: Failure, text: &str, line: &Line, base: usize, row: &Keyword) -> Box<Finding> {
    let rest = text[failure.at..].trim_start_matches(lines::is_blank);
    let wanted = wanted(&failure.expected);
    if rest.is_empty() {
        let message = match wanted.is_empty() {
            true => format!("“{}”这一行没有写完。", row.text),
            false => format!("“{}”这一行没有写完，后面还应有{wanted}。", row.text),
        };
        let span = line.span(base..base + text.trim_end_matches(lines::is_blank).len());
        return Box::new(wrong(message, span).help(example(row)));
    }
    let start = base + text.len() - rest.len();
    let shown: String = rest
        .chars()
        .take(8)
        .map(|sign| if lines::is_blank(sign) { ' ' } else { sign })
        .collect();
    let more = if rest.chars().count() > 8 { "…" } else { "" };
    let message = match wanted.is_empty() {
        true => format!("“{}”这一行读到“{shown}{more}”读不下去。", row.text),
        false => format!(
            "“{}”这一行读到“{shown}{more}”读不下去，这里应是{wanted}。",
            row.text
        ),
    };
    let span = line.span(start..base + text.len());
    let help = contains(text, rest, row).or_else(|| hint(rest, row).map(str::to_owned));
    Box::new(wrong(message, span).help(help.unwrap_or_else(|| example(row))))
}

/// What a builder could not make of a formula that the grammar took.
pub fn unbuilt(builder: &Builder, text: &str, line: &Line, base: usize, row: &Keyword) -> Box<Finding> {
    match builder.chained.get() {
        Some(at) => {
            let expected = vec![Rule::and_word];
            message(Failure { at, expected }, text, line, base, row)
        }
        None => too_large(line.span(base..base + text.len())),
    }
}

/// 正文 含“圆满完成”: the line as it is to be written, or the statement that does it without a check.
fn contains(text: &str, rest: &str, row: &Keyword) -> Option<String> {
    let after = ["包括", "含有", "含"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let before = text[..text.len() - rest.len()].trim_matches(lines::is_blank);
    let wanted = after.trim_matches(|sign| lines::is_blank(sign) || is_quote(sign));
    if row.shape != Shape::Condition || before.is_empty() || wanted.is_empty() {
        return None;
    }
    Some(match before {
        "附件" => format!("附件不用写检查，写一行就会核对：附件：{wanted}"),
        _ => format!("写成：{}：{before} 包含 “{wanted}”", row.text),
    })
}

/// Advice for the sign at which reading stopped.
fn hint(rest: &str, row: &Keyword) -> Option<&'static str> {
    let comma = rest.starts_with(['，', ',']);
    if row.word == Word::Case && (comma || rest.starts_with(['得', '计'])) {
        return Some("情形写成“条件，得 分数”，例如：情形：达标，得 分值");
    }
    if row.shape == Shape::Grades && (comma || rest.starts_with('、')) {
        return Some("等级之间用“；”分开，例如：优 [90，100]；良 [80，90)");
    }
    if !matches!(row.shape, Shape::Condition | Shape::Cases | Shape::Template) {
        return None;
    }
    let known: &[(&[&str], &str)] = &[
        (&["和", "与", "且", "及"], "两个条件同时成立写“并且”。"),
        (&["或"], "两个条件有一个成立写“或者”。"),
        (
            &["含", "包括"],
            "文字里有某个词写“包含”，例如：正文 包含 “圆满完成”。",
        ),
        (
            &["＝", "=", "≥", "≤", "<", ">", "≠"],
            "一个条件里只能有一个比较符号；两个条件用“并且”连起来。",
        ),
        (
            &["，", ","],
            "逗号只用来分开括号里的各项；两个条件用“并且”或“或者”连起来。",
        ),
        (&["x", "X", "·", "＊"], "乘号写 ×。"),
        (&["、"], "顿号只用在“属于”的后面，分开几个值。"),
    ];
    known
        .iter()
        .find(|(signs, _)| signs.iter().any(|sign| rest.starts_with(sign)))
        .map(|(_, help)| *help)
}

/// Productions, and what a reader calls them; the first of a group that fits is said.
const CALLED: &[(&[Rule], &str)] = &[
    (
        &[Rule::expr, Rule::path, Rule::bracket, Rule::call],
        "名称、数或括号",
    ),
    (
        &[Rule::range, Rule::open, Rule::bracket_range, Rule::dash_range],
        "区间",
    ),
    (
        &[
            Rule::number,
            Rule::quantity,
            Rule::signed,
            Rule::marked,
            Rule::points,
        ],
        "数",
    ),
    (
        &[
            Rule::quoted,
            Rule::name,
            Rule::grade_name,
            Rule::scheme_name,
            Rule::scoring,
            Rule::parameter,
        ],
        "名称",
    ),
    (
        &[
            Rule::add,
            Rule::multiply,
            Rule::divide,
            Rule::subtract,
            Rule::equal,
            Rule::at_least,
        ],
        "运算或比较符号",
    ),
    (&[Rule::and_word, Rule::or_word], "“并且”“或者”"),
    (&[Rule::quality], "“定量”或“定性”"),
    (&[Rule::shut], "右括号"),
    (&[Rule::unit, Rule::marks], "单位"),
];

/// What could have stood there, in at most two Chinese words.
fn wanted(expected: &[Rule]) -> String {
    let fits = |rules: &[Rule]| expected.iter().any(|rule| rules.contains(rule));
    // Where any value could stand, numbers, names and intervals need no further mention.
    let any = fits(CALLED[0].0);
    let words: Vec<&str> = CALLED
        .iter()
        .enumerate()
        .filter(|(at, (rules, _))| fits(rules) && (*at == 0 || *at > 3 || !any))
        .map(|(_, (_, word))| *word)
        .take(2)
        .collect();
    match (words.is_empty(), expected.contains(&Rule::EOI)) {
        (true, true) => "行末".to_owned(),
        _ => words.join("，或"),
    }
}
