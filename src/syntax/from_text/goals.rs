//! A target that is none as written to the target that was meant: two bounds, words behind the number, dates, numerals.

use super::contents::ascii_digit;
use super::lines::{Line, is_blank};
use super::mistakes::{chinese_value, wrong};
use super::repairs::is_read;
use crate::finding::Finding;
use crate::quantity::UnitTable;
use crate::syntax::keywords::{Keyword, Shape};

/// Words and signs of comparison, longest first: whether it is a lower bound, and whether the number belongs to it.
const BOUNDS: &[(&str, bool, bool)] = &[
    ("大于或等于", true, true),
    ("小于或等于", false, true),
    ("大于等于", true, true),
    ("小于等于", false, true),
    ("不低于", true, true),
    ("不少于", true, true),
    ("不小于", true, true),
    ("不超过", false, true),
    ("不高于", false, true),
    ("不大于", false, true),
    ("高于", true, false),
    ("超过", true, false),
    ("大于", true, false),
    ("低于", false, false),
    ("小于", false, false),
    (">=", true, true),
    ("<=", false, true),
    ("≥", true, true),
    ("≧", true, true),
    ("≤", false, true),
    ("≦", false, true),
    (">", true, false),
    ("＞", true, false),
    ("<", false, false),
    ("＜", false, false),
];

/// What to write instead of a target that the grammar refuses, where that is certain.
pub fn repaired(text: &str, line: &Line, base: usize, row: &Keyword) -> Option<Box<Finding>> {
    if text.chars().count() > 80 {
        return None;
    }
    let span = line.span(base..base + text.len());
    let written = |why: String, right: String| {
        Some(Box::new(
            wrong(why, span).help(format!("写成：{}：{right}", row.text)),
        ))
    };
    if let Some(right) = date(text) {
        return written("日期要写年月日，后面写“前”。".to_owned(), right);
    }
    if let Some(right) = between(text).filter(|right| is_read(Shape::Target, right, line)) {
        return written("有上限又有下限的目标写成区间。".to_owned(), right);
    }
    if let Some(right) = numeral(text).filter(|right| is_read(Shape::Target, right, line)) {
        return written(format!("规则里的数要写阿拉伯数字，不写“{text}”。"), right);
    }
    if let Some(right) = included(text).filter(|right| is_read(Shape::Target, right, line)) {
        return written("“以上”“以下”总是包含本数，不含的写 > 或 <。".to_owned(), right);
    }
    let begun = starts_as_number(text);
    if let Some(right) = signs(text).filter(|right| is_read(Shape::Target, right, line)) {
        return written("比较符号和百分号的写法不对。".to_owned(), right);
    }
    let kept = begun.then(|| shorter(text, line)).flatten()?;
    let more = text[kept.len()..].trim_matches(is_blank);
    let note = more.trim_matches(|sign: char| "（）()[]，,；;".contains(sign));
    let start = base + text.len() - text[kept.len()..].trim_start_matches(is_blank).len();
    let finding = wrong(
        format!("目标后面多写了“{more}”。"),
        line.span(start..base + text.len()),
    );
    let note = Some(note)
        .filter(|note| !["以上", "以下", "以内", "左右"].contains(note))
        .unwrap_or("");
    let help = match note.chars().filter(|sign| sign.is_alphanumeric()).count() > 1 {
        true => format!("写成：{}：{kept}　要说明的话另起一行写：备注：{note}", row.text),
        false => format!("写成：{}：{kept}", row.text),
    };
    Some(Box::new(finding.help(help)))
}

/// Whether a text without a sign before it is a number all the same, so that it must not pass for words.
pub fn is_number_after_all(text: &str) -> bool {
    let sign = text.contains(['≥', '≤', '≧', '≦', '<', '>', '＜', '＞']);
    let digit = text.chars().any(|sign| ascii_digit(sign).is_ascii_digit());
    (sign && digit)
        || date(text).is_some()
        || (digit && between(text).is_some())
        || numeral(text).is_some()
        || included(text).is_some()
        || (starts_as_number(text) && bound(text).is_some())
}

/// 84.60（含）以下, 90分以上（不含）
fn included(text: &str) -> Option<String> {
    const NOTES: [(&str, bool); 8] = [
        ("（含）", true),
        ("(含)", true),
        ("（含本数）", true),
        ("(含本数)", true),
        ("（不含）", false),
        ("(不含)", false),
        ("（不含本数）", false),
        ("(不含本数)", false),
    ];
    let (note, closed) = NOTES.iter().find(|(note, _)| text.contains(note))?;
    let plain = text.replacen(note, "", 1);
    let (number, sign) = [("以上", '>'), ("以下", '<'), ("以内", '<')]
        .iter()
        .find_map(|(word, sign)| Some((plain.strip_suffix(word)?.trim_matches(is_blank), *sign)))?;
    let digits = number.starts_with(|sign: char| ascii_digit(sign).is_ascii_digit());
    digits.then(|| match closed {
        true => plain.clone(),
        false => format!("{sign} {number}"),
    })
}

/// The number in a target that was read as words: 达到 90% 以上, 合格率不低于95%, 培训 3 次.
pub fn within(text: &str) -> Option<String> {
    if text.chars().count() > 24 || text.contains(['、', '；', '。', '，', ',']) {
        return None;
    }
    let line = Line::alone(text);
    let bounded = BOUNDS.iter().filter_map(|(word, _, _)| text.find(word)).min();
    let digit = text.find(|sign: char| ascii_digit(sign).is_ascii_digit());
    [bounded, digit]
        .into_iter()
        .flatten()
        .map(|at| text[at..].trim_matches(is_blank))
        .find(|rest| is_counted(rest) && is_read(Shape::Target, rest, &line))
        .map(|rest| match bound(rest).is_some() || rest.contains('以') {
            true => rest.to_owned(),
            false => format!("≥ {rest}"),
        })
}

/// Whether a number with a unit that is known is all that a text says; a year counts nothing.
fn is_counted(text: &str) -> bool {
    let rest = bound(text).map_or(text, |(_, _, rest)| rest);
    let unit = rest.trim_start_matches(|sign: char| ascii_digit(sign).is_ascii_digit() || is_blank(sign));
    let unit = ["以上", "以下", "以内"]
        .iter()
        .find_map(|limit| unit.strip_suffix(limit))
        .unwrap_or(unit);
    let unit = unit.trim_matches(is_blank);
    unit.len() < rest.len()
        && !matches!(unit, "" | "年" | "月" | "日" | "号")
        && UnitTable::built_in().parse(unit).is_some()
}

/// Whether a text is a number, with or without a comparison before it.
pub fn starts_as_number(text: &str) -> bool {
    let rest = bound(text).map_or(text, |(_, _, rest)| rest);
    rest.trim_start_matches(is_blank)
        .starts_with(|sign: char| ascii_digit(sign).is_ascii_digit() || sign == '%')
}

fn bound(text: &str) -> Option<(bool, bool, &str)> {
    let (word, lower, closed) = BOUNDS.iter().find(|(word, _, _)| text.starts_with(word))?;
    Some((*lower, *closed, text[word.len()..].trim_start_matches(is_blank)))
}

/// ≥90%且≤100%, 大于10元小于20元, 0.2≤电耗<0.4, 20 人至 30 人之间
fn between(text: &str) -> Option<String> {
    if let Some(right) = text.strip_suffix("之间") {
        return Some(right.trim_end_matches(is_blank).to_owned());
    }
    let mut found: Vec<(usize, usize, bool, bool)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        match BOUNDS.iter().find(|(word, _, _)| rest.starts_with(word)) {
            Some((word, lower, closed)) => {
                found.push((at, at + word.len(), *lower, *closed));
                at += word.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    let [first, second] = found[..] else {
        let pair = text.split_once(['，', ',']).filter(|_| found.is_empty());
        let number = |part: &str| {
            let part = part.trim();
            !part.is_empty() && part.chars().all(|sign| sign.is_ascii_digit() || sign == '.')
        };
        let pair = pair.filter(|(low, high)| number(low) && number(high));
        return pair.map(|(low, high)| format!("[{}，{}]", low.trim(), high.trim()));
    };
    let clean = |part: &str| {
        part.trim_matches(|sign: char| is_blank(sign) || "，,、且".contains(sign))
            .trim_end_matches("并且")
            .trim()
            .to_owned()
    };
    let (head, middle, tail) = (
        clean(&text[..first.0]),
        clean(&text[first.1..second.0]),
        clean(&text[second.1..]),
    );
    let bracket = |low: &str, low_closed: bool, high: &str, high_closed: bool| {
        let (open, shut) = (
            if low_closed { '[' } else { '(' },
            if high_closed { ']' } else { ')' },
        );
        format!("{open}{low}，{high}{shut}")
    };
    if head.is_empty() && first.2 != second.2 {
        return Some(match first.2 {
            true => bracket(&middle, first.3, &tail, second.3),
            false => bracket(&tail, second.3, &middle, first.3),
        });
    }
    // 0.2 ≤ 电耗 < 0.4: both signs look the same way.
    (!head.is_empty() && !first.2 && !second.2).then(|| bracket(&head, first.3, &tail, second.3))
}

/// ≤ 2023年12月31日, 2023.12.31, 2023-12-31
fn date(text: &str) -> Option<String> {
    let rest = bound(text).map_or(text, |(_, _, rest)| rest);
    let named = |text: &str| {
        let year = text.find('年')?;
        let digits = text[..year]
            .chars()
            .all(|sign| ascii_digit(sign).is_ascii_digit())
            && year >= 4;
        (digits && text.contains('月') && text.ends_with(['日', '月', '底'])).then(|| format!("{text}前"))
    };
    if rest.len() < text.len()
        && let Some(right) = named(rest)
    {
        return Some(right);
    }
    let parts: Vec<&str> = rest.split(['.', '-', '/', '．']).collect();
    let [year, month, day] = parts[..] else {
        return None;
    };
    let number = |part: &str, most: u32| {
        part.parse::<u32>()
            .ok()
            .filter(|number| (1..=most).contains(number))
    };
    let (month, day) = (number(month, 12)?, number(day, 31)?);
    let year = number(year, 2199).filter(|year| *year >= 1949)?;
    Some(format!("{year}年{month}月{day}日前"))
}

/// 八千人次以上, ≥ 百分之九十, 一百二十万元
fn numeral(text: &str) -> Option<String> {
    let (sign, rest) = match bound(text) {
        Some((_, _, rest)) => (&text[..text.len() - rest.len()], rest),
        None => ("", text),
    };
    let digits = |sign: char| "零〇一二两三四五六七八九十百千".contains(sign);
    if let Some(share) = rest.strip_prefix("百分之") {
        let more = share.trim_start_matches(digits);
        let value = chinese_value(&share[..share.len() - more.len()]);
        let arabic = more.trim_start_matches(|sign: char| ascii_digit(sign).is_ascii_digit() || sign == '.');
        let value = match value.filter(|_| more.len() < share.len()) {
            Some(value) => value.to_string(),
            None => more[..more.len() - arabic.len()].to_owned(),
        };
        let tail = if more.len() < share.len() { more } else { arabic };
        return (!value.is_empty()).then(|| format!("{sign}{value}%{tail}"));
    }
    let more = rest.trim_start_matches(digits);
    let written = &rest[..rest.len() - more.len()];
    let limit = ["以上", "以下", "以内"]
        .iter()
        .find(|limit| more.ends_with(**limit));
    let unit = limit.map_or(more, |limit| &more[..more.len() - limit.len()]);
    let unit_text = unit.trim_matches(is_blank);
    let known = UnitTable::built_in().parse(unit_text).is_some();
    let value = chinese_value(written).filter(|_| !written.is_empty() && known && !unit_text.is_empty())?;
    // 一户 in a text is no number; with a bound it is.
    let counted = limit.is_some() || !sign.is_empty() || written.chars().count() > 1;
    counted.then(|| format!("{sign}{value} {unit_text}{}", limit.unwrap_or(&"")))
}

/// ≥≥ 12 个, >> 300 人, ≥ %90, ≥ 120 万元 以上
fn signs(text: &str) -> Option<String> {
    let first = text.chars().next()?;
    if "≥≤>＞<＜".contains(first)
        && text[first.len_utf8()..]
            .trim_start_matches(is_blank)
            .starts_with(first)
    {
        let rest = text[first.len_utf8()..].trim_start_matches(is_blank);
        return Some(rest.to_owned());
    }
    if let Some((_, _, rest)) = bound(text)
        && let Some(number) = rest.strip_prefix(['%', '％'])
    {
        return Some(format!("{}{}%", &text[..text.len() - rest.len()], number.trim()));
    }
    None
}

/// The longest beginning of a target that is one.
fn shorter<'a>(text: &'a str, line: &Line) -> Option<&'a str> {
    let cuts = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
    cuts.into_iter()
        .rev()
        .map(|at| text[..at].trim_end_matches(is_blank))
        .find(|kept| !kept.is_empty() && is_read(Shape::Target, kept, line))
}
