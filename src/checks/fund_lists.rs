//! Money that a form tells twice: the lists of several programmes against the total list above them, and a department's
//! money by 收入性质 and 支出性质 against its total.

use super::{Judgements, told};
use crate::facts::form::{Datum, Form, FundRow};
use crate::finding::{Finding, Place};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Interval, Quantity, Ratio};

/// Judges what the form that the ledger looks at tells of its money twice.
pub(super) fn judge(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    let mut shares: Vec<Vec<usize>> = vec![Vec::new(); form.funds.len()];
    for (at, row) in form.funds.iter().enumerate() {
        if let Some(list) = row.share_of.and_then(|whole| shares.get_mut(whole)) {
            list.push(at);
        }
    }
    judge_shares(ledger, check, form, &shares, judgements);
    judge_natures(ledger, check, form, judgements);
}

/// The amount of a row of a list.
fn amount(row: &FundRow) -> Option<&Quantity> {
    row.budget.number()
}

/// What amounts come to, and between which ends, in the unit of the whole.
fn added<'q>(whole: &Quantity, parts: impl Iterator<Item = &'q Quantity>) -> Option<(Ratio, Interval)> {
    let nothing = (Ratio::ZERO, Interval::point(Ratio::ZERO));
    parts.into_iter().try_fold(nothing, |(value, range), part| {
        let factor = part.unit.to(whole.unit)?;
        let interval = part.range()?.scale(factor)?;
        Some((value.add(part.value.mul(factor)?)?, range.add(&interval)?))
    })
}

/// Whether the shares of a row come to it; nothing where too few of them have an amount.
fn agrees(form: &Form, whole: usize, shares: &[usize]) -> Option<bool> {
    let stated = amount(&form.funds[whole])?;
    let parts: Vec<&Quantity> = shares
        .iter()
        .filter_map(|share| amount(&form.funds[*share]))
        .collect();
    let sum = added(stated, parts.iter().copied())?.1;
    (parts.len() >= 2).then_some(stated.range()?.meets(&sum))
}

/// The rows of a total list against the lists below it. That these are all of its shares is known only where most
/// rows agree.
fn judge_shares(
    ledger: &mut Ledger,
    check: &Check,
    form: &Form,
    shares: &[Vec<usize>],
    judgements: &mut Judgements,
) {
    let told: Vec<(usize, bool)> = shares
        .iter()
        .enumerate()
        .filter(|(_, shares)| !shares.is_empty())
        .filter_map(|(whole, shares)| Some((whole, agrees(form, whole, shares)?)))
        .collect();
    let right = told.iter().filter(|(_, agrees)| *agrees).count();
    if right * 2 <= told.len() {
        return;
    }
    for (whole, agrees) in told {
        let row = &form.funds[whole];
        let parts: Vec<&FundRow> = shares[whole].iter().map(|share| &form.funds[*share]).collect();
        let parts: Vec<&FundRow> = parts.into_iter().filter(|part| amount(part).is_some()).collect();
        ledger.take_part(
            parts
                .iter()
                .map(|part| &part.budget.range)
                .chain([&row.budget.range]),
        );
        if agrees {
            judgements.passed += 1;
        } else if let Some(finding) = share_finding(ledger, check, row, &parts) {
            judgements.fail(finding);
        }
    }
}

fn share_finding(ledger: &Ledger, check: &Check, row: &FundRow, parts: &[&FundRow]) -> Option<Finding> {
    let stated = amount(row)?;
    let (sum, _) = added(stated, parts.iter().filter_map(|part| amount(part)))?;
    let expected = Quantity::computed(sum, stated.unit);
    let name = name_of(row);
    let message = format!(
        "合计一栏“{name}”写作{}，下面各项目的“{name}”相加是{}。",
        row.budget.text,
        expected.text_like(stated)
    );
    let mut places = vec![ledger.place(&row.budget.range, "合计", "")];
    places.extend(
        parts
            .iter()
            .map(|part| ledger.place(&part.budget.range, "各项目", "")),
    );
    Some(finding(check, message, name, (stated, expected), places))
}

/// 按支出性质分 against the total, where 按收入性质分 shows that the total is what both are of.
fn judge_natures(ledger: &mut Ledger, check: &Check, form: &Form, judgements: &mut Judgements) {
    let natures: Vec<&FundRow> = form.funds.iter().filter(|row| row.restates.is_some()).collect();
    for row in &natures {
        let Some((total, stated)) = row.restates.map(|total| &form.funds[total]).zip(amount(row)) else {
            continue;
        };
        let printed = [&total.initial, &total.budget, &total.spent];
        let equals = |one: &Quantity| printed.iter().any(|cell| is_like(cell, one));
        let other = natures.iter().find(|other| other.name != row.name);
        ledger.take_part([&row.budget.range]);
        if equals(stated) {
            judgements.passed += 1;
            continue;
        }
        let Some((other, right)) = other
            .and_then(|other| Some((*other, amount(other)?)))
            .filter(|(_, one)| equals(one))
        else {
            judgements.skip(check.id(), name_of(row), "看不出这个数对应哪一栏的总额");
            continue;
        };
        let name = name_of(row);
        let message = format!(
            "“{name}”写作{}，“{}”写作{}，与“{}”各栏的数也都不相等。",
            row.budget.text,
            name_of(other),
            other.budget.text,
            name_of(total),
        );
        let mut places = vec![
            ledger.place(&row.budget.range, name, ""),
            ledger.place(&other.budget.range, name_of(other), ""),
        ];
        let shown = printed.iter().filter(|cell| cell.number().is_some());
        places.extend(shown.map(|cell| ledger.place(&cell.range, name_of(total), "")));
        let told = finding(check, message, name, (stated, *right), places);
        judgements.fail(told);
    }
}

fn is_like(cell: &Datum, one: &Quantity) -> bool {
    let both = || {
        let other = cell.number()?;
        let factor = one.unit.to(other.unit)?;
        Some(other.range()?.meets(&one.range()?.scale(factor)?))
    };
    both().unwrap_or(false)
}

fn name_of(row: &FundRow) -> &str {
    row.name.text.trim_start_matches("其中").trim_matches([':', '：'])
}

fn finding(
    check: &Check,
    message: String,
    subject: &str,
    (stated, expected): (&Quantity, Quantity),
    places: Vec<Place>,
) -> Finding {
    Finding {
        stated: Some(stated.digits_like(stated)),
        expected: Some(expected.digits_like(stated)),
        ..told::finding(check, subject, message, places)
    }
}
