//! A whole and its parts that one sentence tells without saying what they are, held against each other.

use crate::checks::{Judgements, formulas};
use crate::expr::ExprKind;
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::passage::together;
use crate::model::Check;
use crate::quantity::{Interval, Quantity, Ratio, compare};
use std::cmp::Ordering;
use std::ops::Range;

/// What a sentence tells.
struct Told<'a> {
    whole: (&'a Quantity, &'a Range<u32>),
    parts: Vec<(&'a Quantity, &'a Range<u32>)>,
    /// What the parts come to, and between which ends, in the unit of the whole.
    added: (Ratio, Interval),
}

/// Judges what a sentence tells of a whole and its parts; false where there is no such sentence.
pub(super) fn judge(ledger: &mut Ledger, sum: &Check, whole: &str, judgements: &mut Judgements) -> bool {
    let Some((names, is_sum)) = parts_of(ledger, sum, whole) else {
        return false;
    };
    let Some(told) = told(ledger, whole, &names) else {
        return false;
    };
    let holds = match is_sum {
        true => told.whole.0.range().map(|range| range.meets(&told.added.1)),
        false => compare::order(told.whole.0, told.parts[0].0, Ordering::is_ge),
    };
    let Some(holds) = holds else { return false };
    let ranges = std::iter::once(told.whole.1).chain(told.parts.iter().map(|part| part.1));
    ledger.take_part(ranges);
    match holds {
        true => judgements.passed += 1,
        false => judgements.fail(finding(ledger, sum, whole, &names, &told, is_sum)),
    }
    true
}

/// The parts that a formula is about, and whether they must add up: all 分项 of the whole, or the one of 其中.
fn parts_of(ledger: &Ledger, sum: &Check, whole: &str) -> Option<(Vec<String>, bool)> {
    let Some(condition) = sum.when.get(1) else {
        let name = ledger.model.names.iter().find(|name| name.name == whole)?;
        return Some((name.parts.clone(), true));
    };
    let ExprKind::Has(field, _) = &condition.kind else {
        return None;
    };
    match &field.kind {
        // 总数.其中.一项: the formula of one part; those of targets say 目标 at the end.
        ExprKind::Field(path) if path.len() == 3 => Some((vec![path[2].clone()], false)),
        _ => None,
    }
}

fn told<'a>(ledger: &Ledger<'a>, whole: &str, parts: &[String]) -> Option<Told<'a>> {
    let (at, found) = together(ledger, whole, parts)?;
    let number = |index: usize| {
        let (_, quantity, range) = ledger.mention(index);
        (quantity, range)
    };
    let own = number(at);
    let parts: Vec<_> = found.into_iter().map(number).collect();
    let nothing = (Ratio::ZERO, Interval::point(Ratio::ZERO));
    let added = parts.iter().try_fold(nothing, |(value, range), (part, _)| {
        let factor = part.unit.to(own.0.unit)?;
        let interval = part.range()?.scale(factor)?;
        Some((value.add(part.value.mul(factor)?)?, range.add(&interval)?))
    })?;
    Some(Told {
        whole: own,
        parts,
        added,
    })
}

fn finding(
    ledger: &Ledger,
    sum: &Check,
    whole: &str,
    names: &[String],
    told: &Told,
    is_sum: bool,
) -> Finding {
    let (stated, range) = told.whole;
    let added = Quantity::computed(told.added.0, stated.unit);
    let written = ledger.quote(range);
    let message = if is_sum {
        let (listed, added) = (names.join("、"), added.text_like(stated));
        format!("“{whole}”写作{written}，各分项（{listed}）相加是{added}。")
    } else {
        let exceeding = ledger.quote(told.parts[0].1);
        format!("其中“{}”写作{exceeding}，超过了“{whole}”的{written}。", names[0])
    };
    let mut places: Vec<Place> = vec![ledger.place(range, whole, "")];
    let parts = names.iter().zip(&told.parts);
    places.extend(parts.map(|(name, (_, range))| ledger.place(range, name, "")));
    let span = sum.requirements.first().map_or(sum.span, |formula| formula.span);
    Finding {
        subject: whole.to_owned(),
        stated: Some(stated.digits_like(stated)),
        expected: is_sum.then(|| added.digits_like(stated)),
        rule: Some(RuleLine {
            span,
            basis: sum.basis.clone(),
        }),
        places,
        ..Finding::new(sum.id(), &sum.name, sum.severity, message, Default::default())
            .help(formulas::plain_help(sum))
    }
}
