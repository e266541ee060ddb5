//! What the template left in the text: placeholders that nobody replaced (≥**株, ××局, 20xx年), and units that were
//! written twice or in words (100百分比).

use super::{Oddity, OddityKind};

/// What a placeholder of letters stands before: 局 县 年 万元 …
const AFTER: &[&str] = &[
    "年",
    "月",
    "局",
    "县",
    "市",
    "区",
    "省",
    "镇",
    "乡",
    "单位",
    "部门",
    "公司",
    "学校",
    "项目",
    "万元",
    "亿元",
    "元",
    "%",
    "％",
    "个",
    "人",
    "户",
    "次",
    "亩",
    "家",
    "公里",
    "株",
    "名",
    "委",
    "厅",
    "中心",
    "头",
    "只",
    "平方米",
    "座",
    "台",
    "套",
    "项",
    "场",
    "吨",
    "街道",
    "处室",
];

/// The placeholder that begins at a place.
pub(super) fn placeholder(text: &str, at: usize, word: &str) -> Option<Oddity> {
    let before = text[..at].chars().next_back();
    let sign = word.chars().next()?;
    // The second half of a longer run was told with the first.
    if before == Some(sign) {
        return None;
    }
    if word == "-年-月-日" {
        return Some(found(at, at + word.len(), ""));
    }
    let run = text[at..].len() - text[at..].trim_start_matches(sign).len();
    let end = at + run;
    let after = AFTER.iter().find(|after| text[end..].starts_with(**after))?;
    let stars = matches!(sign, '*' | '＊');
    let letters = matches!(sign, 'X' | 'x');
    let alone = match before {
        // **重点** is bold print, 138**** a number kept back: only a comparison is left open by stars.
        _ if stars => compared(text, at),
        Some(c) if letters => !c.is_ascii_alphabetic() && (!c.is_ascii_digit() || year(text, at, after)),
        Some(c) => !c.is_ascii_alphanumeric(),
        None => true,
    };
    // 李××、××× is a name kept back.
    let many = run / sign.len_utf8() > 4 && !matches!(sign, '_' | '＿');
    if !alone || many {
        return None;
    }
    let start = if stars {
        sign_start(text, at)
    } else {
        year_start(text, at)
    };
    Some(found(start, end + after.len(), after))
}

/// 20xx年
fn year(text: &str, at: usize, after: &str) -> bool {
    after == "年" && text[..at].ends_with("20")
}

fn year_start(text: &str, at: usize) -> usize {
    if text[..at].ends_with("20") { at - 2 } else { at }
}

/// Whether a comparison sign stands before.
fn compared(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with(SIGNS)
}

const SIGNS: [char; 9] = ['≥', '≤', '=', '>', '<', '＝', '＞', '＜', '≧'];

fn sign_start(text: &str, at: usize) -> usize {
    text[..at].trim_end().trim_end_matches(SIGNS).len()
}

fn found(start: usize, end: usize, unit: &str) -> Oddity {
    Oddity {
        kind: OddityKind::Placeholder,
        range: start as u32..end as u32,
        meant: unit.to_owned(),
    }
}

/// 100百分比: the wrong unit that begins at a place, with its digits.
pub(super) fn wrong_unit(text: &str, at: usize, wrong: &str, meant: &str) -> Option<Oddity> {
    let digits = text[..at]
        .trim_end_matches(' ')
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
        .len();
    let after = text[at + wrong.len()..].chars().next();
    let word = after.is_some_and(|c| matches!(c, '率' | '数' | '例' | '整' | '件' | '%'));
    (digits < at && !word).then(|| Oddity {
        kind: OddityKind::WrongUnit,
        range: digits as u32..(at + wrong.len()) as u32,
        meant: format!("{}{meant}", text[digits..at].trim()),
    })
}
