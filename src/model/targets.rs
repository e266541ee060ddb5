//! 目标 of indicators: read, held against each other.

use super::draft::Draft;
use super::{Target, faults, units};
use crate::quantity::{End, Interval, Unit};
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{self, Amount, Content, Range, RangeEnd, Statement, Words, places};

/// The target of an indicator and its line. Two that differ, and an empty interval, are told.
pub fn of(draft: &mut Draft, statement: &Statement) -> (Option<Target>, Span) {
    let lines: Vec<&Statement> = statement.all(Word::Target).collect();
    let Some(first) = lines.first() else {
        return (None, statement.span);
    };
    for other in &lines[1..] {
        let name = statement.words().map_or("", |words| &words.text);
        draft.tell(two(name, other.span, first.span));
    }
    let Content::Target(written) = &first.content else {
        return (None, first.span);
    };
    (read(draft, written), first.span)
}

fn two(name: &str, span: Span, before: Span) -> crate::finding::Finding {
    faults::error("rule-target-conflict", format!("指标“{name}”有两个目标。"), span)
        .help("一个指标只写一个目标；上下限写成区间，例如：目标：[90，100]。")
        .and(before, "", "先写的目标")
}

/// Whether an indicator that is stated twice has two targets; told as that, not as a mere duplicate.
pub fn conflict(draft: &mut Draft, name: &Words, before: &Statement, now: &Statement) -> bool {
    let target = |statement: &Statement| statement.all(Word::Target).next().cloned();
    let (Some(first), Some(second)) = (target(before), target(now)) else {
        return false;
    };
    if places::same(&first, &second) || draft.implied.contains(&before.span.source) {
        return false;
    }
    draft.tell(two(&name.text, second.span, first.span));
    true
}

fn read(draft: &mut Draft, target: &syntax::Target) -> Option<Target> {
    match target {
        syntax::Target::Number(None, amount) if is_prose(draft, amount) => {
            let source = &draft.model.sources[amount.span.source.0 as usize];
            Some(Target::Text(source.slice(amount.span).to_owned()))
        }
        syntax::Target::Number(bound, amount) => {
            let stated = units::stated(amount, *bound, &draft.model.units);
            draft.keep(stated).map(Target::Number)
        }
        syntax::Target::Interval(written) => {
            let (interval, unit) = interval(draft, written, true)?;
            if interval.is_empty() {
                draft.tell(
                    faults::error(
                        "rule-target-conflict",
                        "这个区间里没有数，目标无法达到。",
                        written.span,
                    )
                    .help(turned(draft, written)),
                );
            }
            Some(Target::Interval(interval, unit))
        }
        syntax::Target::Date(words) => Some(Target::Date(words.text.clone())),
        syntax::Target::Text(words) => Some(Target::Text(words.text.clone())),
    }
}

/// An empty interval with its ends the other way round, or what to write instead.
fn turned(draft: &Draft, range: &Range) -> String {
    let source = &draft.model.sources[range.span.source.0 as usize];
    match (&range.low, &range.high) {
        (Some(low), Some(high)) if low.at.number != high.at.number => format!(
            "小的数写在前面，写成：目标：[{}，{}]",
            source.slice(high.at.span),
            source.slice(low.at.span)
        ),
        (Some(low), _) => format!("只有一个数时写成：目标：= {}", source.slice(low.at.span)),
        _ => "小的数写在前面，例如：目标：[90，100]".to_owned(),
    }
}

/// 3类设备采购: what looks like a unit goes on too long to be one that was misspelt.
fn is_prose(draft: &Draft, amount: &Amount) -> bool {
    amount
        .unit
        .as_ref()
        .is_some_and(|unit| unit.text.chars().count() >= 3 && units::unit(unit, &draft.model.units).is_err())
}

/// An interval as written; `unmarked` says whether ends of which nothing is said belong.
pub fn interval(draft: &mut Draft, range: &Range, unmarked: bool) -> Option<(Interval, Unit)> {
    let mut unit = Unit::none();
    let mut end = |draft: &mut Draft, end: &RangeEnd| -> Option<End> {
        let stated = units::stated(&end.at, None, &draft.model.units);
        let quantity = draft.keep(stated)?;
        if !unit.is_none() && !quantity.unit.compares_with(unit) {
            let message = format!(
                "区间的两头单位不同：“{}”和“{}”。",
                unit.name(),
                quantity.unit.name()
            );
            draft.tell(faults::error("rule-unit", message, range.span).help("两头写同一个单位。"));
            return None;
        }
        let at = match unit.is_none() {
            true => quantity.value,
            false => quantity.value_in(unit)?,
        };
        if unit.is_none() {
            unit = quantity.unit;
        }
        Some(End {
            at,
            closed: end.closed.unwrap_or(unmarked),
        })
    };
    let low = match &range.low {
        Some(low) => Some(end(draft, low)?),
        None => None,
    };
    let high = match &range.high {
        Some(high) => Some(end(draft, high)?),
        None => None,
    };
    Some((Interval { low, high }, unit))
}
