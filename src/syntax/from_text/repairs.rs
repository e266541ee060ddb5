//! A formula that the grammar refuses to the formula that was meant, where changing turns of speech makes it readable.

use super::build::Builder;
use super::contents::{is_quote, production};
use super::lines::{Line, is_blank};
use super::mistakes::wrong;
use super::{grammar, quick};
use crate::finding::Finding;
use crate::syntax::keywords::{Keyword, Shape, Word};
use std::ops::Range;

const AND: &str = "两个条件同时成立写“并且”。";
const OR: &str = "两个条件有一个成立写“或者”。";
const NOT: &str = "条件不成立写“并非”。";
const HAS: &str = "填了内容写“有值”。";
const LACKS: &str = "没有填写“无值”。";
const ONCE: &str = "比较符号只写一个。";

/// What people write, what the language says, and why; a longer turn stands before its beginning.
const TURNS: &[(&str, &str, &str)] = &[
    ("并且", "并且", ""),
    ("或者", "或者", ""),
    ("&&", " 并且 ", AND),
    ("＆＆", " 并且 ", AND),
    ("||", " 或者 ", OR),
    ("｜｜", " 或者 ", OR),
    ("，否则", " 或者 ", OR),
    ("；", " 并且 ", AND),
    ("!(", "并非 (", NOT),
    ("！（", "并非 （", NOT),
    ("!（", "并非 （", NOT),
    ("！(", "并非 (", NOT),
    ("≠≠", "≠", ONCE),
    ("≥≥", "≥", ONCE),
    ("≤≤", "≤", ONCE),
    ("≤ ≤", "≤", ONCE),
    ("≥ ≥", "≥", ONCE),
    ("不得超过", " ≤ ", "“不得超过”写 ≤。"),
    ("不能超过", " ≤ ", "“不能超过”写 ≤。"),
    ("不应超过", " ≤ ", "“不应超过”写 ≤。"),
    ("不得低于", " ≥ ", "“不得低于”写 ≥。"),
    ("不能低于", " ≥ ", "“不能低于”写 ≥。"),
    ("不得少于", " ≥ ", "“不得少于”写 ≥。"),
    ("不得为空", " 有值", HAS),
    ("不能为空", " 有值", HAS),
    ("不可为空", " 有值", HAS),
    ("不为空", " 有值", HAS),
    ("不是空", " 有值", HAS),
    ("已填写", " 有值", HAS),
    ("必须填写", " 有值", HAS),
    ("必填", " 有值", HAS),
    ("非空", " 有值", HAS),
    ("未填写", " 无值", LACKS),
    ("没有填写", " 无值", LACKS),
    ("是空", " 无值", LACKS),
    ("是 空", " 无值", LACKS),
    ("为空", " 无值", LACKS),
    ("!= null", " 有值", HAS),
    ("≠ null", " 有值", HAS),
    ("!=null", " 有值", HAS),
    ("== null", " 无值", LACKS),
    ("= null", " 无值", LACKS),
    ("==null", " 无值", LACKS),
    ("不包含", " 并不包含 ", "“不包含”写“并非 … 包含 …”。"),
    ("不包括", " 并不包含 ", "“不包含”写“并非 … 包含 …”。"),
    ("包括", " 包含 ", "文字里有某个词写“包含”。"),
    ("含有", " 包含 ", "文字里有某个词写“包含”。"),
    ("不是 ", "并非 ", NOT),
];

/// Words that count only where they stand alone, between blanks or signs.
const ALONE: &[(&str, &str, &str)] = &[
    ("and", " 并且 ", AND),
    ("or", " 或者 ", OR),
    ("not", "并非 ", NOT),
    ("非", "并非 ", NOT),
    ("或", " 或者 ", OR),
    ("和", " 并且 ", AND),
    ("与", " 并且 ", AND),
    ("及", " 并且 ", AND),
    ("以及", " 并且 ", AND),
    ("同时", " 并且 ", AND),
    ("含", " 包含 ", "文字里有某个词写“包含”。"),
    ("x", "×", "乘号写 ×。"),
    ("时", "", "“时”不用写。"),
    ("的", "", "“的”不用写。"),
    ("当", "", "“当”不用再写。"),
    ("则", "", "“则”不用写。"),
];

/// A formula made over, and the first thing that was changed in it.
struct Change {
    text: String,
    first: Option<(Range<usize>, &'static str)>,
}

/// What to write instead of a formula that was refused at `at`.
pub fn formula(
    text: &str,
    at: usize,
    line: &Line,
    base: usize,
    row: &Keyword,
    shape: Shape,
) -> Option<Box<Finding>> {
    if text.len() > 2000 {
        return None;
    }
    if let Some(finding) = if_then(text, line, base, row) {
        return Some(finding);
    }
    if let Some(finding) = case(text, line, base, row).filter(|_| shape == Shape::Cases) {
        return Some(finding);
    }
    let (body, tail) = match shape {
        Shape::Cases => parted(text),
        _ => (text, ""),
    };
    let change = made_over(body, shape == Shape::Condition && row.word != Word::Message);
    let (place, why) = change.first?;
    let whole = format!("{}{tail}", change.text.trim_matches(is_blank));
    let span = line.span(base + place.start..base + place.end);
    let template = row.shape == Shape::Template;
    if [AND, OR].contains(&why) && !change.text.split(['且', '者']).all(is_condition) {
        let help = "每个条件都要写全，例如：得分 有值 并且 原因 有值";
        return Some(Box::new(wrong(why, span).help(help)));
    }
    if is_read(shape, &whole, line) {
        let help = match template {
            true => format!("写成：【{whole}】"),
            false => format!("写成：{}：{whole}", row.text),
        };
        return Some(Box::new(wrong(why, span).help(help)));
    }
    // Not all of it is understood, but the place where reading stopped is.
    let near = place.start <= at && at <= place.end;
    let right = TURNS
        .iter()
        .chain(ALONE)
        .find(|(written, _, of)| *of == why && text[place.clone()].eq_ignore_ascii_case(written))
        .map_or("", |(_, right, _)| right.trim());
    (near && !right.is_empty()).then(|| {
        Box::new(wrong(why, span).help(format!("把“{}”改成“{right}”。", text[place.clone()].trim())))
    })
}

/// Whether a part between 并且 and 或者 can be true or false by itself.
fn is_condition(part: &str) -> bool {
    let words = [
        "有值", "无值", "已填", "未填", "包含", "属于", "达标", "完整", "其余", "于", "过", "不足", "至",
    ];
    part.contains(['≥', '≤', '<', '>', '=', '＝', '＜', '＞', '≠', '≦', '≧'])
        || words.iter().any(|word| part.contains(word))
}

/// Two comparisons in a row: 60% ≤ 完成率 < 100%. `at` is where the second begins.
pub fn chained(text: &str, at: usize) -> Option<String> {
    let signs = ['≥', '≤', '<', '>', '＜', '＞', '=', '＝', '≦', '≧', '≠'];
    let before = text[..at].trim_end_matches(is_blank);
    let first = before.rfind(signs)?;
    let sign = before[first..].chars().next()?;
    let middle = before[first + sign.len_utf8()..].trim_matches(is_blank);
    (!middle.is_empty()).then(|| format!("{before} 并且 {middle} {}", &text[at..]))
}

/// Whether a formula can be read.
pub fn is_read(shape: Shape, text: &str, line: &Line) -> bool {
    if quick::content(shape, text, line, 0).is_some() {
        return true;
    }
    let builder = Builder::new(line, 0);
    grammar::run(production(shape), text).is_ok_and(|pair| match shape {
        Shape::Target => builder.target(pair).is_some(),
        _ => builder.content(shape, pair).is_some(),
    })
}

/// The condition of a 情形 and what follows it.
fn parted(text: &str) -> (&str, &str) {
    let at = ["，得", ",得", "， 得", "，计"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min();
    match at {
        Some(at) => text.split_at(at),
        None => (text, ""),
    }
}

/// 完成率 ≥ 100% 得 分值; 完成率 ≥ 60%，分值 × 完成率; 完成率 < 60%，不得分
fn case(text: &str, line: &Line, base: usize, row: &Keyword) -> Option<Box<Finding>> {
    let earned = [
        ("不得分", "得 0 分"),
        ("得零分", "得 0 分"),
        ("不给分", "得 0 分"),
        ("给满分", "得 分值"),
    ];
    let comma = text
        .rfind(['，', ','])
        .map(|at| (at, at + text[at..].chars().next().map_or(1, char::len_utf8)));
    let mut tries: Vec<(usize, String)> = Vec::new();
    if let Some((start, end)) = comma {
        let result = text[end..].trim_matches(is_blank);
        let known = earned.iter().find(|(written, _)| *written == result);
        let right = known.map_or_else(|| format!("得 {result}"), |(_, right)| (*right).to_owned());
        tries.push((start, format!("{}，{right}", &text[..start])));
    }
    if let Some(at) = text.find(['得', '计', '记']) {
        let sign = text[at..].chars().next().map_or(1, char::len_utf8);
        let condition =
            text[..at].trim_end_matches(|sign| is_blank(sign) || "，,；;：:时的则".contains(sign));
        tries.push((
            at,
            format!(
                "{condition}，得 {}",
                text[at + sign..].trim_start_matches(is_blank)
            ),
        ));
    }
    let (at, right) = tries
        .into_iter()
        .find(|(_, right)| is_read(Shape::Cases, right, line))?;
    let finding = wrong(
        "情形写成“条件，得 分数”。",
        line.span(base + at..base + text.len()),
    );
    Some(Box::new(finding.help(format!("写成：{}：{right}", row.text))))
}

/// 如果 A，则 B
fn if_then(text: &str, line: &Line, base: usize, row: &Keyword) -> Option<Box<Finding>> {
    let rest = ["如果", "若", "假如", "当"]
        .iter()
        .find_map(|word| text.strip_prefix(word))?;
    let (at, then) = ["则", "那么", "就"]
        .iter()
        .find_map(|word| rest.find(&format!("，{word}")).map(|at| (at, word)))?;
    let when = rest[..at].trim_matches(is_blank).trim_end_matches("时");
    let what = rest[at + "，".len() + then.len()..].trim_matches(is_blank);
    let read = |part: &str| is_read(Shape::Condition, part, line);
    if !read(when) || !read(what) || !matches!(row.word, Word::When | Word::Require) {
        return None;
    }
    let finding = wrong("“如果…则…”要分成两行写。", line.span(base..base + text.len()));
    Some(Box::new(
        finding.help(format!("上一行写：当：{when}　下一行写：要求：{what}")),
    ))
}

fn made_over(text: &str, commas: bool) -> Change {
    let mut change = Change {
        text: String::with_capacity(text.len() + 16),
        first: None,
    };
    let (mut at, mut quoted, mut depth) = (0, false, 0i32);
    while let Some(sign) = text[at..].chars().next() {
        quoted ^= is_quote(sign);
        depth += match sign {
            '（' | '(' | '[' | '［' | '【' => 1,
            '）' | ')' | ']' | '］' | '】' => -1,
            _ => 0,
        };
        let turn = match quoted {
            true => None,
            false => turn_at(text, at, commas && depth == 0),
        };
        match turn {
            Some((length, right, why)) => {
                if !why.is_empty() && change.first.is_none() {
                    change.first = Some((at..at + length, why));
                }
                if right.starts_with(' ') {
                    let kept = change.text.trim_end_matches(is_blank).len();
                    change.text.truncate(kept);
                }
                change.text.push_str(right);
                at += length;
                if right.ends_with(' ') {
                    at = text.len() - text[at..].trim_start_matches(is_blank).len();
                }
            }
            None => {
                change.text.push(sign);
                at += sign.len_utf8();
            }
        }
    }
    change
}

/// The turn of speech that stands at a place.
fn turn_at(text: &str, at: usize, comma: bool) -> Option<(usize, &'static str, &'static str)> {
    let rest = &text[at..];
    if let Some((written, right, why)) = TURNS.iter().find(|(written, _, _)| rest.starts_with(written)) {
        return Some((written.len(), right, why));
    }
    let letter = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    let before = text[..at].chars().next_back();
    let lead = ["当", "若", "如果"].contains(&text[..at].trim_matches(is_blank));
    if rest.starts_with(is_blank) && !lead && before.is_some_and(char::is_alphabetic) {
        let next = rest.trim_start_matches(is_blank);
        let steps = [
            "实际",
            "目标",
            "预算",
            "执行",
            "分值",
            "得分",
            "原因",
            "完成率",
            "全部",
        ];
        let step = steps.iter().find_map(|step| next.strip_prefix(step));
        if step.is_some_and(|after| !letter(after.chars().next())) {
            return Some((rest.len() - next.len(), ".", "名称和要取的数之间用“.”连起来。"));
        }
    }
    if comma && rest.starts_with(['，', ',']) {
        let length = if rest.starts_with(',') {
            1
        } else {
            '，'.len_utf8()
        };
        return Some((length, " 并且 ", AND));
    }
    if rest.starts_with('且')
        && (!letter(before) || !letter(rest.chars().nth(1)) || text.contains(['≥', '≤', '=']))
    {
        return Some(('且'.len_utf8(), " 并且 ", AND));
    }
    if rest.starts_with(['%', '％']) && before.is_some_and(char::is_alphabetic) {
        let length = rest.chars().next().map_or(1, char::len_utf8);
        return Some((length, "", "字段后面不写 %。"));
    }
    let han = |sign: Option<char>| sign.is_some_and(|sign| ('\u{4E00}'..='\u{9FFF}').contains(&sign));
    if rest.starts_with(['：', ':']) && han(before) && han(rest.chars().nth(1)) {
        let length = rest.chars().next().map_or(1, char::len_utf8);
        return Some((length, ".", "名称和要取的数之间用“.”连起来。"));
    }
    if letter(before) {
        return None;
    }
    alone(rest)
}

/// A word that counts only where it stands alone, at the beginning of a text.
fn alone(rest: &str) -> Option<(usize, &'static str, &'static str)> {
    let letter = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    let stands = |written: &&str| {
        let same = rest
            .get(..written.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(written));
        let after = rest.get(written.len()..).and_then(|after| after.chars().next());
        same && !letter(after)
    };
    ALONE
        .iter()
        .find(|(written, _, _)| stands(written))
        .map(|(written, right, why)| (written.len(), *right, *why))
}
