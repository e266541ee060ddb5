//! The time and the part of its subject that a quantity speaks of, from the words of its clause.

use super::cues::{Cue, Say};
use super::{Mention, Number, NumberKind, Period, Scope};
use std::ops::Range;

/// The time: a word of the clause before a year, a year of the clause before one of the sentence.
pub fn period(text: &str, cues: &[Cue], dates: &[Number], clause: &Range<usize>, number: usize) -> Period {
    let left = |cue: &&Cue| cue.range.start >= clause.start && cue.range.end <= number;
    let said = |say: Say| cues.iter().filter(left).any(|cue| cue.says(say));
    // 截至2020年底，已累计…: the word may stand in the clause before.
    // 截至12月31日，全年执行…: what is said of the whole year ends it.
    let of_year = |cue: &Cue| {
        let between = text.get(cue.range.end..number).unwrap_or("");
        ["全年", "本年", "当年"].iter().any(|word| between.contains(word))
    };
    let opened = cues
        .iter()
        .any(|cue| cue.range.end <= number && cue.says(Say::Cumulative) && !of_year(cue));
    let planned = cues.iter().any(|cue| {
        // “十四五”期间，全市计划…: the word may stand in the clause before, where no year is named behind it.
        let year_after = |date: &Number| {
            date.range.start as usize >= cue.range.end
                && date.range.end as usize <= number
                && year_of(date).is_some()
        };
        cue.range.end <= number && cue.says(Say::Plan) && !of_year(cue) && !dates.iter().any(year_after)
    });
    let months = dates
        .iter()
        .any(|date| date.range.start as usize >= clause.start && is_part(text, date));
    let year = dates
        .iter()
        .rev()
        .filter(|date| date.range.end as usize <= number)
        .find_map(|date| year_of(date).filter(|_| !is_compared(text, date)));
    match () {
        () if said(Say::PartOfYear) || months => Period::Part,
        () if opened => Period::Cumulative,
        () if planned || spans_years(text, dates, number) => Period::Plan,
        () => year.map_or(Period::Report, Period::Year),
    }
}

/// 较2020年下降: the year that a number is held against is not its own.
fn is_compared(text: &str, date: &Number) -> bool {
    let before = text.get(..date.range.start as usize).unwrap_or("").trim_end();
    let after = text.get(date.range.end as usize..).unwrap_or("");
    before.ends_with(['较', '比']) || after.starts_with("相比") || after.starts_with("相较")
}

/// 2021年至2023年, 2021—2023年: the last date before the number is a span of years.
fn spans_years(text: &str, dates: &[Number], number: usize) -> bool {
    let mut before = dates
        .iter()
        .rev()
        .filter(|date| date.range.end as usize <= number && date.kind == NumberKind::Date);
    let Some(last) = before.next() else { return false };
    let words = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or("");
    let word = words(last.range.start, last.range.end);
    let joined = |word: &str| matches!(word.trim(), "至" | "到" | "-" | "—" | "－" | "～" | "~" | "–");
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let one = digits >= 6 && word.ends_with('年') && !word.contains('月');
    let two = |first: &Number| {
        year_of(first).is_some()
            && year_of(last).is_some()
            && !word.contains('月')
            && joined(words(first.range.end, last.range.start))
    };
    one || before.next().is_some_and(two)
}

/// 1—6月, 前三季度: part of a year. A single day is when something happened and no span.
fn is_part(text: &str, date: &Number) -> bool {
    let word = text
        .get(date.range.start as usize..date.range.end as usize)
        .unwrap_or("");
    let span = word.contains(['-', '—', '~', '～', '至', '–']) && word.contains('月');
    word.ends_with("季度") || (span && year_of(date).is_none())
}

fn year_of(date: &Number) -> Option<i32> {
    let year = (date.kind == NumberKind::Date).then(|| date.quantity.value.to_whole())??;
    i32::try_from(year)
        .ok()
        .filter(|year| (1949..2100).contains(year))
}

/// The part of its subject. A change or an average is said of one item (from `item` on), 新增 of the whole clause.
pub fn scope(cues: &[Cue], clause: &Range<usize>, item: usize, number: &Number) -> Scope {
    let at = number.range.start as usize;
    let left = |cue: &&Cue| cue.range.start >= clause.start && cue.range.end <= at;
    let said = |say: Say| cues.iter().filter(left).any(|cue| cue.says(say));
    let near = |say: Say| {
        cues.iter()
            .filter(left)
            .any(|cue| cue.range.start >= item && cue.says(say))
    };
    let unit = number.quantity.unit;
    let relative = unit.is_pure() || unit.name() == "个百分点";
    match () {
        () if near(Say::Average) || unit.name().contains('/') => Scope::Average,
        () if number.change != 0 || (relative && near(Say::Change)) => Scope::Change,
        () if said(Say::Added) => Scope::Added,
        () if cues.iter().any(|cue| cue.range.end <= at && cue.says(Say::Part)) => Scope::Part,
        () => Scope::Whole,
    }
}

/// The one year that mentions name; where they name several, none is the report's own.
pub fn only_year(mentions: &[Mention]) -> Option<i32> {
    let mut years = mentions.iter().filter_map(|mention| match mention.period {
        Period::Year(year) => Some(year),
        _ => None,
    });
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}
