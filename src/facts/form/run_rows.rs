//! A row in text without separators: where its name, its target, its actual value and its marks begin and end.

use crate::quantity::UnitTable;
use std::ops::Range;

/// A row that confirms itself.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub name: Option<Range<usize>>,
    pub weight: Option<Range<usize>>,
    pub target: Option<Range<usize>>,
    pub actual: Option<Range<usize>>,
    pub score: Option<Range<usize>>,
    /// Where the row ends.
    pub end: usize,
}

/// The characters of the longest words that a target and an actual value share.
const LONGEST_SHARED: usize = 40;
/// And of a name.
const LONGEST_NAME: usize = 30;
/// The bytes behind the row before in which a name can stand.
const FARTHEST_NAME: usize = 200;
/// The bytes of the longest run of digits that is two marks.
const LONGEST_MARKS: usize = 10;
/// No indicator has more marks.
const MOST_MARKS: Marks = Marks(5000);

/// Marks in hundredths, so that they compare without a fraction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Marks(u32);

/// The marks of plain digits: 10, 7.5; no leading nought but in 0.5.
fn marks(text: &str) -> Option<Marks> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let plain = |digits: &str| digits.chars().all(|c| c.is_ascii_digit());
    let leading = whole.len() > 1 && whole.starts_with('0');
    if whole.is_empty()
        || whole.len() > 3
        || fraction.len() > 2
        || leading
        || !plain(whole)
        || !plain(fraction)
    {
        return None;
    }
    if text.ends_with('.') {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let hundredths: u32 = format!("{fraction:0<2}").parse().ok()?;
    Some(Marks(whole * 100 + hundredths))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

/// The digits that end right before a place.
fn digits_before(text: &str, from: usize, at: usize) -> Range<usize> {
    let start = text[from..at].trim_end_matches(is_digit).len() + from;
    start..at
}

/// The digits that begin at a place, behind blanks, unless a unit follows them.
fn digits_after(text: &str, at: usize, until: usize) -> Option<Range<usize>> {
    let rest = &text[at..until];
    let lead = rest.len() - rest.trim_start().len();
    let digits = &rest[lead..];
    let length = digits.len() - digits.trim_start_matches(is_digit).len();
    let free = !digits[length..].starts_with(['%', '％']);
    (length > 0 && free).then_some(at + lead..at + lead + length)
}

/// The next row in a part of a text.
pub(super) fn next_row(text: &str, from: usize, until: usize, units: &UnitTable) -> Option<Found> {
    let part = text.get(from..until)?;
    for (offset, c) in part.char_indices() {
        let at = from + offset;
        let found = match c {
            '≥' | '≤' | '=' | '＝' | '>' | '<' | '＞' | '＜' | '≧' | '≦' => {
                compared(text, from, at, until, units)
            }
            '一' | '-' | '—' | '－' | '/' => rated(text, from, at, until),
            _ => repeated(text, from, at, until),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The name before a place, where it is one.
fn name_before(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    if at - from > FARTHEST_NAME {
        return None;
    }
    let whole = &text[from..at];
    let name = whole.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '、' | '.' | '。' | ',' | '，')
    });
    let start = from + (name.as_ptr() as usize - whole.as_ptr() as usize);
    let count = name.chars().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let fits = (2..=LONGEST_NAME).contains(&count) && letters >= 2 && !name.contains(['。', '；']);
    fits.then_some(start..start + name.len())
}

/// The one way in which digits are 分值 and 得分 (109 is 10 and 9); digits of one number alone are `None`.
fn split_marks(text: &str, digits: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let own = &text[digits.clone()];
    if own.len() > LONGEST_MARKS {
        return None;
    }
    let mut ways = (1..own.len()).filter(|at| {
        let (weight, score) = own.split_at(*at);
        let both = marks(weight).zip(marks(score));
        both.is_some_and(|(weight, score)| weight.0 > 0 && weight <= MOST_MARKS && score <= weight)
    });
    let at = ways.next()?;
    if ways.next().is_some() {
        return None;
    }
    Some((digits.start..digits.start + at, digits.start + at..digits.end))
}

/// Marks around or behind a target and an actual value: 10 X X 9, or X X 10 9.
fn with_marks(text: &str, from: usize, value: Range<usize>, until: usize, mut row: Found) -> Option<Found> {
    let before = digits_before(text, from, value.start);
    let after = digits_after(text, value.end, until);
    if !before.is_empty() {
        let weight = marks(&text[before.clone()]).filter(|weight| weight.0 > 0 && *weight <= MOST_MARKS)?;
        row.name = Some(name_before(text, from, before.start)?);
        row.weight = Some(before);
        row.end = value.end;
        if let Some(after) = after {
            marks(&text[after.clone()]).filter(|score| *score <= weight)?;
            row.end = after.end;
            row.score = Some(after);
        }
        return Some(row);
    }
    row.name = Some(name_before(text, from, value.start)?);
    let digits = after?;
    // 10 10, with a blank between them.
    let next = digits_after(text, digits.end, until).filter(|next| next.start > digits.end);
    let (weight, score) = match next {
        Some(next) => (digits, next),
        None => split_marks(text, digits)?,
    };
    let both = marks(&text[weight.clone()]).zip(marks(&text[score.clone()]));
    both.filter(|(weight, score)| score <= weight && *weight <= MOST_MARKS && weight.0 > 0)?;
    row.end = score.end;
    row.weight = Some(weight);
    row.score = Some(score);
    Some(row)
}

/// The same words twice, one right behind the other: a target and what was done.
fn repeated(text: &str, from: usize, at: usize, until: usize) -> Option<Found> {
    let rest = &text[at..until];
    let ends: Vec<usize> = rest
        .char_indices()
        .map(|(end, _)| end)
        .skip(2)
        .take(LONGEST_SHARED)
        .collect();
    let twice = |length: &&usize| {
        let (words, behind) = rest.split_at(**length);
        behind.starts_with(words)
    };
    let length = *ends.iter().rev().find(twice)?;
    let words = &rest[..length];
    let letters = words
        .chars()
        .filter(|c| c.is_alphabetic() || *c == '%' || *c == '％')
        .count();
    // 2424 and ……: no words.
    if letters == 0 || words.starts_with(['%', '.', '。', '，', '、']) {
        return None;
    }
    let row = Found {
        target: Some(at..at + length),
        actual: Some(at + length..at + 2 * length),
        ..Found::default()
    };
    with_marks(text, from, at..at + 2 * length, until, row)
}

/// A number with the unit behind it, from a place on.
fn measured(text: &str, at: usize, until: usize, units: &UnitTable) -> Option<(Range<usize>, usize)> {
    let rest = &text[at..until];
    let digits = rest.len() - rest.trim_start_matches(is_digit).len();
    if digits == 0 {
        return None;
    }
    let unit = &rest[digits..];
    let length = match unit.chars().next() {
        Some(sign @ ('%' | '％')) => sign.len_utf8(),
        _ => {
            let scale = unit.len() - unit.trim_start_matches(['万', '亿', '千', '百']).len();
            let own = units.longest_at(&unit[scale..]).map_or(0, |(_, length)| length);
            if own > 0 { scale + own } else { 0 }
        }
    };
    (length > 0).then_some((at..at + digits + length, at + digits))
}

/// ≥90% 95%: a comparison and a value of its unit behind it.
fn compared(text: &str, from: usize, at: usize, until: usize, units: &UnitTable) -> Option<Found> {
    let signs = text[at..until].len()
        - text[at..until]
            .trim_start_matches(|c: char| "≥≤=＝><＞＜≧≦".contains(c))
            .len();
    let (number, unit) = measured(text, at + signs, until, units)?;
    let target = at..number.end;
    let blank = text[target.end..until].len() - text[target.end..until].trim_start().len();
    let actual = measured(text, target.end + blank, until, units)
        .filter(|(actual, own)| text[*own..actual.end] == text[unit..number.end])
        .map(|(actual, _)| actual);
    let end = actual.as_ref().map_or(target.end, |actual| actual.end);
    let row = Found {
        target: Some(target.clone()),
        actual,
        ..Found::default()
    };
    if let Some(row) = row
        .actual
        .is_some()
        .then(|| with_marks(text, from, at..end, until, row))
        .flatten()
    {
        return Some(row);
    }
    // A target alone, with or without one number behind it that nobody can tell.
    let before = digits_before(text, from, at);
    Some(Found {
        name: Some(name_before(text, from, before.start)?),
        target: Some(target.clone()),
        end: digits_after(text, target.end, until).map_or(target.end, |after| after.end),
        ..Found::default()
    })
}

/// 预算执行率 10 一 100% 9: a rate has no target.
fn rated(text: &str, from: usize, at: usize, until: usize) -> Option<Found> {
    let dash = text[at..].chars().next().map_or(1, char::len_utf8);
    let before = digits_before(text, from, at);
    let name = name_before(text, from, before.start).filter(|name| text[name.clone()].ends_with("执行率"))?;
    let rest = &text[at + dash..until];
    let digits = rest.len() - rest.trim_start_matches(is_digit).len();
    let sign = rest[digits..]
        .chars()
        .next()
        .filter(|c| digits > 0 && matches!(c, '%' | '％'))?;
    let actual = at + dash..at + dash + digits + sign.len_utf8();
    let score = digits_after(text, actual.end, until)?;
    let weight = marks(&text[before.clone()])?;
    marks(&text[score.clone()]).filter(|score| *score <= weight && weight <= MOST_MARKS)?;
    Some(Found {
        name: Some(name),
        weight: Some(before),
        target: None,
        actual: Some(actual),
        end: score.end,
        score: Some(score),
    })
}
