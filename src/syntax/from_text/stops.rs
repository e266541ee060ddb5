//! Where the grammar stopped reading, in Chinese: what stands there, what could have stood there, what to write.

use super::build::Builder;
use super::contents::is_quote;
use super::grammar::{Failure, Rule};
use super::lines::{self, Line};
use super::mistakes::{example, too_large, wrong};
use super::{repairs, rewrites};
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
    let shown = short(rest);
    let message = match wanted.is_empty() {
        true => format!("“{}”这一行读到“{shown}”读不下去。", row.text),
        false => format!("“{}”这一行读到“{shown}”读不下去，这里应是{wanted}。", row.text),
    };
    let span = line.span(start..base + text.len());
    let help = hint(rest, &text[..failure.at], row).map_or_else(|| example(row), str::to_owned);
    Box::new(wrong(message, span).help(help))
}

/// The message for a content that the grammar refuses: the formula that was meant, or where reading stopped.
pub fn refused(
    failure: Failure,
    shape: Shape,
    text: &str,
    line: &Line,
    base: usize,
    row: &Keyword,
) -> Box<Finding> {
    if shape == Shape::Condition
        && let Some(finding) = attachment(&failure, text, line, base)
    {
        return finding;
    }
    if matches!(shape, Shape::Condition | Shape::Cases)
        && let Some(finding) = repairs::formula(text, failure.at, line, base, row, shape)
    {
        return finding;
    }
    if let Some(finding) = rewrites::of(shape, text, line, base, row) {
        return finding;
    }
    let ends = failure.expected.contains(&Rule::EOI);
    let kept = text[..failure.at].trim_end_matches(lines::is_blank);
    let formula = matches!(shape, Shape::Condition | Shape::Cases);
    if ends && !formula && !kept.is_empty() && row.shape == shape && repairs::is_read(shape, kept, line) {
        let more = text[failure.at..].trim_matches(lines::is_blank);
        let finding = wrong(
            format!("“{}”这一行多写了“{}”。", row.text, short(more)),
            line.span(base + failure.at..base + text.len()),
        );
        return Box::new(finding.help(format!("写成：{}：{kept}", row.text)));
    }
    message(failure, text, line, base, row)
}

/// The beginning of a text, as long as a message should quote.
fn short(text: &str) -> String {
    let shown: String = text
        .chars()
        .take(8)
        .map(|sign| if lines::is_blank(sign) { ' ' } else { sign })
        .collect();
    match text.chars().nth(8) {
        Some(_) => format!("{shown}…"),
        None => shown,
    }
}

/// What a builder could not make of a formula that the grammar took.
pub fn unbuilt(builder: &Builder, text: &str, line: &Line, base: usize, row: &Keyword) -> Box<Finding> {
    match builder.chained.get() {
        Some(at) => chained(at, text, line, base, row),
        None => too_large(line.span(base..base + text.len())),
    }
}

/// 60% ≤ 完成率 < 100%
fn chained(at: usize, text: &str, line: &Line, base: usize, row: &Keyword) -> Box<Finding> {
    let template = row.shape == Shape::Template;
    let finding = wrong(
        "一个条件里只能有一个比较符号，两个条件用“并且”连起来。",
        line.span(base + at..base + text.len()),
    );
    Box::new(match repairs::chained(text, at).filter(|_| !template) {
        Some(right) => finding.help(format!("写成：{}：{right}", row.text)),
        None => finding.help(example(row)),
    })
}

/// 附件 含“验收意见”: the statement that demands it without a check.
fn attachment(failure: &Failure, text: &str, line: &Line, base: usize) -> Option<Box<Finding>> {
    let rest = text[failure.at..].trim_start_matches(lines::is_blank);
    let after = ["包括", "含有", "含"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let named = after.trim_matches(|sign| lines::is_blank(sign) || is_quote(sign));
    let before = text[..failure.at].trim_matches(lines::is_blank);
    if before != "附件" || named.is_empty() {
        return None;
    }
    let finding = wrong(
        "附件不用写检查，写一行“附件”就会核对。",
        line.span(base..base + text.len()),
    );
    Some(Box::new(
        finding.help(format!("删去这项检查，写成一行：附件：{named}")),
    ))
}

/// Advice for the sign at which reading stopped.
fn hint(rest: &str, before: &str, row: &Keyword) -> Option<&'static str> {
    let comma = rest.starts_with(['，', ',']);
    if row.word == Word::Case && rest.contains('扣') {
        return Some("“每…扣…分”要写成算式，例如：情形：完成率 < 100%，得 分值 − (100% − 完成率) × 50 分");
    }
    if row.word == Word::Case && (comma || rest.starts_with(['得', '计'])) {
        return Some("情形写成“条件，得 分数”，例如：情形：达标，得 分值");
    }
    if row.shape == Shape::Grades && (comma || rest.starts_with('、')) {
        return Some("等级之间用“；”分开，例如：优 [90，100]；良 [80，90)");
    }
    if !matches!(row.shape, Shape::Condition | Shape::Cases | Shape::Template) {
        return None;
    }
    if before.ends_with(super::contents::is_quote) && rest.starts_with(char::is_alphabetic) {
        return Some(
            "名称里有引号的，公式里写不了：给这个名称加一行“别名：…”，写不带引号的叫法，公式里用这个别名。",
        );
    }
    if rest.starts_with(['.', '．']) {
        return Some("名称里有括号、引号、斜线这些符号时，整个名称加引号，例如：“设备数（台）”.实际");
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
            Rule::standard_name,
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
