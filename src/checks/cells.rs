//! What the checks of a form's cells share: the findings on a row, and what a cell prints.

use crate::checks::told;
use crate::facts::form::{Datum, Form, IndicatorRow};
use crate::facts::{Number, NumberKind};
use crate::finding::{Finding, Place, Severity};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::Check;
use std::ops::Range;

/// A finding on an indicator or on another part of the form; the first place is where the fault is shown.
pub(super) fn told(check: &Check, subject: &str, message: String, places: Vec<Place>) -> Finding {
    told::finding(check, &plain(subject), message, places)
}

/// The same finding as a hint.
pub(super) fn hint(finding: Finding) -> Finding {
    Finding {
        severity: Severity::Info,
        ..finding
    }
}

/// The place of a cell; of an empty one where its text would stand.
pub(super) fn cell(ledger: &Ledger, datum: &Datum, role: &str) -> Place {
    ledger.place(&datum.range, role, "")
}

/// The places of a row's name, target and actual value, as far as they are filled; `first` comes first.
pub(super) fn row_places(ledger: &Ledger, row: &IndicatorRow, first: &Datum, role: &str) -> Vec<Place> {
    let mut places = vec![cell(ledger, first, role)];
    let others = [
        (&row.name, "指标"),
        (&row.target, "目标"),
        (&row.actual, "完成值"),
    ];
    for (datum, role) in others {
        if datum.is_filled() && datum.range != first.range {
            places.push(cell(ledger, datum, role));
        }
    }
    places
}

/// The form, where it states what was done: a table of targets alone has no such cells.
pub(super) fn with_actuals<'a>(ledger: &Ledger<'a>) -> Option<&'a Form> {
    let form = ledger.form()?;
    form.rows.iter().any(|row| row.actual.is_filled()).then_some(form)
}

/// Whether every row of the form was read.
pub(super) fn is_whole(ledger: &Ledger, form: &Form) -> bool {
    !form.reading.is_partial() && form.unread.is_empty() && !ledger.rows_lost && form.rows.len() >= 2
}

/// The numbers that stand in a range of the view.
pub(super) fn numbers_in<'a>(ledger: &Ledger<'a>, range: &Range<u32>) -> &'a [Number] {
    let numbers = &ledger.facts.numbers;
    let from = numbers.partition_point(|number| number.range.start < range.start);
    let to = numbers.partition_point(|number| number.range.start < range.end);
    &numbers[from..to.max(from)]
}

/// The quantities among them.
pub(super) fn quantities_in<'a>(ledger: &Ledger<'a>, range: &Range<u32>) -> Vec<&'a Number> {
    let numbers = numbers_in(ledger, range).iter();
    numbers
        .filter(|number| number.kind == NumberKind::Quantity)
        .collect()
}

/// The name of a row for people: without marks, its group's where it has none.
pub(super) fn name_of(row: &IndicatorRow) -> String {
    plain(&row.name.text).into_owned()
}

/// The names of the groups that a row belongs to, first and second level.
pub(super) fn groups_of<'a>(form: &'a Form, row: &IndicatorRow) -> [&'a str; 2] {
    let first = row.first.and_then(|at| form.groups.get(at));
    let second = row.second.and_then(|at| form.subgroups.get(at));
    [first, second].map(|group| group.map_or("", |group| group.name.text.as_str()))
}

/// A text without the marks around and between its words.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '%' | '％'))
        .collect()
}

/// Whether a cell holds digits and signs alone: its unit is that of the header or of the target.
pub(super) fn is_bare(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_alphabetic() && !matches!(c, '%' | '％' | '‰' | '㎡'))
}
