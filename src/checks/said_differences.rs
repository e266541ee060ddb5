//! Differences that a sentence tells of two of its numbers (由…提高到…，增加…; 比目标值…高…), held against them without rules.

use crate::checks::ratio_claim::target_of;
use crate::checks::{Judgements, told};
use crate::finding::{Finding, Severity};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Interval, Quantity, Ratio};

/// What a difference is measured in: each is judged by another check.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Measure {
    /// 万元
    Money,
    /// 个百分点
    Points,
    /// 家, 公里
    Count,
}

/// How many numbers of the paragraph may explain a difference.
const MOST: usize = 16;

/// Judges every difference of the narrative that is told in this measure.
pub(super) fn judge(ledger: &mut Ledger, check: &Check, measure: Measure, judgements: &mut Judgements) {
    let facts = ledger.facts;
    for difference in &facts.claims.differences {
        let (_, stated, at) = ledger.mention(difference.stated);
        if measure_of(stated) != measure || told::is_told(ledger, judgements, check, at) {
            continue;
        }
        let Some(from) = difference.from.or_else(|| target_of(ledger, difference.to)) else {
            continue;
        };
        let pair = Pair {
            stated: difference.stated,
            from,
            to: difference.to,
            sure: difference.sure,
        };
        let Some(own) = apart(ledger, pair.to, from, stated) else {
            continue;
        };
        let ranges = [pair.stated, from, pair.to].map(|index| ledger.mention(index).2);
        ledger.take_part(ranges);
        let like = Quantity::computed(own.value, stated.unit).printed_like(stated);
        let same = like.is_some_and(|like| like.value == stated.value);
        if same || is_explained(ledger, &pair, stated) {
            judgements.passed += 1;
            continue;
        }
        let finding = finding(ledger, check, &pair, &own);
        judgements.fail(finding);
    }
}

fn measure_of(quantity: &Quantity) -> Measure {
    match () {
        () if quantity.unit.is_money() => Measure::Money,
        () if quantity.unit.name() == "个百分点" => Measure::Points,
        () => Measure::Count,
    }
}

/// A difference with both its numbers.
struct Pair {
    stated: usize,
    from: usize,
    to: usize,
    sure: bool,
}

/// How far two numbers are apart, and between which ends, in the unit of the difference.
struct Apart {
    value: Ratio,
    range: Interval,
}

fn apart(ledger: &Ledger, to: usize, from: usize, stated: &Quantity) -> Option<Apart> {
    let level = |index: usize| -> Option<(Ratio, Interval)> {
        let quantity = ledger.mention(index).1;
        let factor = match quantity.unit.name() == "%" {
            true => Ratio::ONE,
            false => quantity.unit.to(stated.unit)?,
        };
        // 比目标1500人多184人: the 多 is no part of the 1500.
        let range = match quantity.approx {
            Some(_) => Interval::point(quantity.value),
            None => quantity.range()?,
        };
        Some((quantity.value.mul(factor)?, range.scale(factor)?))
    };
    let (to, from) = (level(to)?, level(from)?);
    let ((high, high_range), (low, low_range)) = if to.0 >= from.0 { (to, from) } else { (from, to) };
    Some(Apart {
        value: high.sub(low)?,
        range: high_range.sub(&low_range)?,
    })
}

fn holds(stated: &Quantity, apart: &Apart) -> bool {
    stated
        .range()
        .is_none_or(|range| range.meets(&apart.range) || range.contains(apart.value))
}

/// Whether two other numbers of the paragraph differ by as much: then these are meant.
fn is_explained(ledger: &Ledger, difference: &Pair, stated: &Quantity) -> bool {
    let at = difference.stated;
    let Some(block) = ledger.block(ledger.mention(at).2.start) else {
        return false;
    };
    let near = at.saturating_sub(MOST)..(at + MOST / 4).min(ledger.facts.mentions.len());
    let own = |index: usize| index == difference.from || index == difference.to;
    let unit = ledger.mention(difference.from).1.unit;
    let alike: Vec<usize> = near
        .filter(|index| *index != at && block.contains(&ledger.mention(*index).2.start))
        .filter(|index| {
            let other = ledger.mention(*index).1;
            other.unit == unit || (other.unit.is_money() && unit.is_money())
        })
        .collect();
    alike.iter().enumerate().any(|(place, a)| {
        alike[place + 1..].iter().any(|b| {
            let other = !(own(*a) && own(*b));
            let exactly = |apart: Apart| stated.range().is_some_and(|range| range.contains(apart.value));
            other && apart(ledger, *a, *b, stated).is_some_and(exactly)
        })
    })
}

fn finding(ledger: &Ledger, check: &Check, difference: &Pair, own: &Apart) -> Finding {
    let (_, stated, range) = ledger.mention(difference.stated);
    let quote = |index: usize| ledger.quote(ledger.mention(index).2).trim_end_matches('多');
    let computed = Quantity::computed(own.value, stated.unit);
    let (to, from) = (quote(difference.to), quote(difference.from));
    let message = format!(
        "{to}与{from}相差{}，写作{}。",
        computed.text_like(stated),
        ledger.quote(range)
    );
    let places = vec![
        ledger.place(range, "相差", ""),
        ledger.place(ledger.mention(difference.to).2, "", ""),
        ledger.place(ledger.mention(difference.from).2, "", ""),
    ];
    // What the printed digits of the numbers leave open is only asked about.
    let severity = match () {
        () if holds(stated, own) => Severity::Info,
        () if difference.sure => check.severity,
        () => check.severity.max(Severity::Warning),
    };
    let subject = told::subject(ledger, difference.to);
    Finding {
        severity,
        stated: Some(stated.digits_like(stated)),
        expected: Some(computed.digits_like(stated)),
        ..told::finding(check, &subject, message, places)
    }
}
