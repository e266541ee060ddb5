//! 加分项 to its name and the most that it adds: 获奖加分，5 分, and as officials write it, 获奖加分，最多 5 分.

use super::contents::{ascii_digit, number, words};
use super::lines::{self, Line};
use crate::syntax::{Amount, Content, Words};
use std::ops::Range;

/// What people write before the most that may be added.
const AT_MOST: &[&str] = &[
    "最多",
    "最高",
    "不超过",
    "至多",
    "上限",
    "满分",
    "加分",
    "加",
    "计",
    "为",
    "≤",
    "<=",
];

/// The name and the marks, read from the end; without marks the name alone.
pub fn read(text: &str, body: Range<usize>, line: &Line) -> Content {
    let inner = &text[body.clone()];
    let bare = inner.trim_end_matches(|sign| lines::is_blank(sign) || "）)。".contains(sign));
    let whole = || Content::Head(words(text, body.clone(), line), None);
    let Some(rest) = bare
        .strip_suffix('分')
        .map(|rest| rest.trim_end_matches(lines::is_blank))
    else {
        return whole();
    };
    let before =
        rest.trim_end_matches(|sign: char| ascii_digit(sign).is_ascii_digit() || ".．".contains(sign));
    let name = named(before);
    let Some((value, places, digits)) = number(&rest[before.len()..]).filter(|_| rest.len() > before.len())
    else {
        return whole();
    };
    if name.is_empty() {
        return whole();
    }
    let end = body.start + bare.len();
    let unit = Words {
        text: "分".to_owned(),
        span: line.span(end - "分".len()..end),
        quoted: false,
    };
    let points = Amount {
        number: value,
        places,
        digits,
        unit: Some(unit),
        span: line.span(body.start + before.len()..end),
    };
    Content::Head(
        words(text, body.start..body.start + name.len(), line),
        Some(points),
    )
}

/// What stands before the marks without the comma and 最多.
fn named(before: &str) -> &str {
    let parted = |text: &str| text.ends_with(|sign| lines::is_blank(sign) || "，,（(：:、".contains(sign));
    let blank = |sign| lines::is_blank(sign) || "，,（(：:、".contains(sign);
    let mut kept = before.trim_end_matches(lines::is_blank);
    // 获奖加分5分: what stands right at the name belongs to it.
    while let Some(shorter) = AT_MOST
        .iter()
        .find_map(|word| kept.strip_suffix(word))
        .filter(|shorter| parted(shorter) || AT_MOST.iter().any(|word| shorter.ends_with(word)))
    {
        kept = shorter.trim_end_matches(lines::is_blank);
    }
    kept.trim_end_matches(blank)
}
