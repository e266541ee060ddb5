//! The cells of a form that give the numbers in them a role.

use super::Role;
use super::form::{Datum, Form};
use std::ops::Range;

/// The cells of the forms that give a role, ascending by place.
pub fn of(forms: &[Form]) -> Vec<(Range<u32>, Role)> {
    let mut cells = Vec::new();
    forms.iter().for_each(|form| of_one(form, &mut cells));
    cells.sort_by_key(|(range, _): &(Range<u32>, Role)| (range.start, range.end));
    cells
}

fn of_one(form: &Form, cells: &mut Vec<(Range<u32>, Role)>) {
    let mut cell = |datum: &Datum, role: Role| {
        if datum.range.end > datum.range.start {
            cells.push((datum.range.clone(), role));
        }
    };
    for fund in &form.funds {
        cell(&fund.initial, Role::Budget);
        cell(&fund.budget, Role::Budget);
        cell(&fund.spent, Role::Spent);
        cell(&fund.reason, Role::Unknown);
    }
    for row in &form.rows {
        cell(&row.name, Role::Target);
        cell(&row.target, Role::Target);
        cell(&row.actual, Role::Actual);
        cell(&row.weight, Role::Weight);
        cell(&row.score, Role::Score);
        cell(&row.reason, Role::Unknown);
    }
    if let Some(row) = &form.execution {
        cell(&row.rate, Role::Actual);
        cell(&row.weight, Role::Weight);
        cell(&row.score, Role::Score);
        cell(&row.budget, Role::Budget);
        cell(&row.spent, Role::Spent);
    }
    for group in form.groups.iter().chain(&form.subgroups) {
        cell(&group.weight, Role::Weight);
        cell(&group.score, Role::Score);
    }
    for extra in &form.extras {
        cell(&extra.weight, Role::Weight);
        cell(&extra.score, Role::Score);
    }
    cell(&form.full, Role::Weight);
    cell(&form.total, Role::Score);
    cell(&form.goal, Role::Target);
    cell(&form.goal_done, Role::Actual);
}
