//! A bracket or quote without its other half to the line as it should be, where one place for that half is likely.

use super::contents::is_quote;
use super::lines::{Line, is_blank};
use super::mistakes::wrong;
use super::repairs::is_read;
use crate::finding::Finding;
use crate::syntax::keywords::{Keyword, Shape};

type Checked = Result<(), Box<Finding>>;

/// Longer lines are not rewritten.
const LONGEST: usize = 400;
const PAIRS: [(char, char); 6] = [
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('〔', '〕'),
];
const COMPARISONS: [&str; 14] = [
    "≥",
    "≤",
    "≠",
    "=",
    "＝",
    "<",
    ">",
    "＜",
    "＞",
    "不低于",
    "不超过",
    "属于",
    "有值",
    "无值",
];
const JOINTS: [&str; 2] = ["并且", "或者"];

/// A bracket without its other half.
pub fn bracket(shape: Shape, text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quoted = false;
    for (at, sign) in text.char_indices() {
        quoted ^= is_quote(sign);
        if quoted {
            continue;
        }
        if PAIRS.iter().any(|(left, _)| *left == sign) {
            open.push((at, sign));
        }
        if PAIRS.iter().any(|(_, right)| *right == sign) && open.pop().is_none() {
            let span = line.span(base + at..base + at + sign.len_utf8());
            let finding = wrong(format!("“{sign}”前面没有对应的左括号。"), span);
            let tries = without_right(text, at, sign);
            return told(
                finding,
                tries,
                shape,
                line,
                row,
                "补上左括号，或者去掉这个右括号。",
            );
        }
    }
    let Some((at, sign)) = open.pop() else {
        return Ok(());
    };
    let span = line.span(base + at..base + at + sign.len_utf8());
    let finding = wrong(format!("“{sign}”没有对应的右括号。"), span);
    told(
        finding,
        without_left(text, at, sign),
        shape,
        line,
        row,
        "补上右括号。",
    )
}

/// A quote without its other half.
pub fn quote(shape: Shape, text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let Some((at, sign)) = lone(text) else {
        return Ok(());
    };
    let span = line.span(base + at..base + at + sign.len_utf8());
    let finding = wrong("引号没有成对。", span);
    let tries = quoted(text, at, sign);
    told(
        finding,
        tries,
        shape,
        line,
        row,
        "补上另一半引号，例如：“基本情况”。",
    )
}

/// The finding with the first of the lines that can be read, or with what to do.
fn told(
    finding: Finding,
    tries: Vec<String>,
    shape: Shape,
    line: &Line,
    row: &Keyword,
    otherwise: &str,
) -> Checked {
    let right = tries
        .into_iter()
        .filter(|right| right.len() <= LONGEST)
        .find(|right| shape == Shape::Name || is_read(shape, right, line));
    let help = match right {
        Some(right) if row.shape == Shape::Template => format!("写成：【{right}】"),
        Some(right) => format!("写成：{}：{right}", row.text),
        None => otherwise.to_owned(),
    };
    Err(Box::new(finding.help(help)))
}

/// Where the right half of a bracket may be missing: before the comparison when something is computed in the bracket,
/// before 得 of a 情形, else at the end.
fn without_left(text: &str, at: usize, sign: char) -> Vec<String> {
    let right = PAIRS
        .iter()
        .find(|(left, _)| *left == sign)
        .map_or('）', |(_, right)| *right);
    let inner = &text[at + sign.len_utf8()..];
    let put = |length: usize| {
        let kept = inner[..length].trim_end_matches(is_blank);
        let head = &text[..at + sign.len_utf8() + kept.len()];
        format!("{head}{right}{}", &text[head.len()..])
    };
    let stop = COMPARISONS
        .iter()
        .chain(&JOINTS)
        .filter_map(|word| inner.find(word))
        .min();
    let computes = |part: &str| part.contains(['+', '＋', '-', '−', '－', '×', '÷', '*', '/']);
    let function = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
    let before = stop.filter(|stop| function || computes(&inner[..*stop]));
    let earned = ["，得", ",得", "，计"]
        .iter()
        .filter_map(|word| inner.find(word))
        .min();
    [before, earned, Some(inner.len())]
        .into_iter()
        .flatten()
        .map(put)
        .collect()
}

/// A right bracket too many: its left half where a clause begins when something is done with the whole, else none.
fn without_right(text: &str, at: usize, sign: char) -> Vec<String> {
    let left = PAIRS
        .iter()
        .find(|(_, right)| *right == sign)
        .map_or('（', |(left, _)| *left);
    let after = &text[at + sign.len_utf8()..];
    let dropped = format!("{}{after}", &text[..at]);
    if !after
        .trim_start_matches(is_blank)
        .starts_with(['×', '÷', '*', '/'])
    {
        return vec![dropped];
    }
    let before = &text[..at];
    let clause = COMPARISONS
        .iter()
        .chain(&JOINTS)
        .filter_map(|word| before.rfind(word).map(|found| found + word.len()))
        .max()
        .unwrap_or(0);
    let start = before.len() - before[clause..].trim_start_matches(is_blank).len();
    vec![format!("{}{left}{}", &text[..start], &text[start..])]
}

/// The quote without its other half: one that is opened again before it is closed, or closed without being opened.
fn lone(text: &str) -> Option<(usize, char)> {
    let quotes = text.char_indices().filter(|(_, sign)| is_quote(*sign));
    if quotes.clone().count() % 2 == 0 {
        return None;
    }
    let mut open = None;
    for (at, sign) in quotes {
        match (sign, open) {
            ('“' | '「', Some(_)) => return open,
            ('”' | '」', None) => return Some((at, sign)),
            (_, None) => open = Some((at, sign)),
            (_, Some(_)) => open = None,
        }
    }
    open
}

/// The other half of a quote: before a comma, 并且 or 或者 behind it, or at the end; or before the word that it closes.
fn quoted(text: &str, at: usize, sign: char) -> Vec<String> {
    let (before, after) = (&text[..at], &text[at + sign.len_utf8()..]);
    let ends = |sign: char| is_blank(sign) || "，,、；;）)".contains(sign);
    let closes = before.ends_with(|sign| !ends(sign)) && (after.is_empty() || after.starts_with(ends));
    if closes {
        let from = before.rfind(|sign: char| is_blank(sign) || "，,、；;（(".contains(sign));
        let from = from.map_or(0, |from| {
            from + before[from..].chars().next().map_or(1, char::len_utf8)
        });
        // “非遗”传承人数”: a name that holds quotes stands without any around it.
        return vec![match before[from..].contains(is_quote) {
            true => format!("{before}{after}"),
            false => format!("{}“{}”{after}", &text[..from], &before[from..]),
        }];
    }
    let stop = JOINTS
        .iter()
        .filter_map(|word| after.find(word))
        .chain(after.find(['，', ',', '、', '；', '）', ')']))
        .min();
    let put = |length: usize| {
        let kept = after[..length].trim_end_matches(is_blank);
        (!kept.is_empty()).then(|| format!("{before}“{kept}”{}", &after[kept.len()..]))
    };
    stop.into_iter().chain([after.len()]).filter_map(put).collect()
}
