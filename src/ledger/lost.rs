//! Whether a form that was not read from a grid has rows that were not read at all.

use crate::facts::form::{Datum, Form, Reading};
use crate::quantity::Ratio;

/// Whether what the rows lack of the full weight and of the total is what a lost row would hold: some weight, and
/// marks of nought up to that weight. An honest slip seldom looks like that; a lost row always does.
pub fn rows_lost(form: &Form) -> bool {
    if form.reading == Reading::Grid {
        return false;
    }
    let rows = || form.rows.iter();
    let execution = form.execution.as_ref();
    let weights = sum(rows()
        .map(|row| &row.weight)
        .chain(execution.map(|row| &row.weight)));
    let Some((full, weights)) = form.full.number().map(|full| full.value).zip(weights) else {
        return true;
    };
    if weights >= full {
        return false;
    }
    let scores = sum(rows()
        .map(|row| &row.score)
        .chain(execution.map(|row| &row.score)));
    let Some((total, scores)) = form.total.number().map(|total| total.value).zip(scores) else {
        return true;
    };
    match (full.sub(weights), total.sub(scores)) {
        (Some(weight), Some(marks)) => marks >= Ratio::ZERO && marks <= weight,
        _ => true,
    }
}

/// The sum of cells that all hold numbers; merged cells are counted once.
fn sum<'a>(mut cells: impl Iterator<Item = &'a Datum>) -> Option<Ratio> {
    cells.try_fold(Ratio::ZERO, |so_far, cell| match cell.number() {
        Some(quantity) => so_far.add(quantity.value),
        None => cell.covered.then_some(so_far),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::form::{Content, IndicatorRow};
    use crate::quantity::{Quantity, Unit};

    fn cell(value: i128) -> Datum {
        let quantity = Quantity::computed(Ratio::whole(value), Unit::none());
        Datum {
            content: Content::Number(quantity),
            ..Datum::default()
        }
    }

    fn form(rows: &[(i128, i128)], full: i128, total: i128) -> Form {
        let row = |(weight, score): &(i128, i128)| IndicatorRow {
            weight: cell(*weight),
            score: cell(*score),
            ..IndicatorRow::default()
        };
        Form {
            reading: Reading::Rows,
            rows: rows.iter().map(row).collect(),
            full: cell(full),
            total: cell(total),
            ..Form::default()
        }
    }

    #[test]
    fn what_a_lost_row_would_hold_is_missing() {
        assert!(rows_lost(&form(&[(40, 40), (40, 38)], 100, 97)));
        assert!(!rows_lost(&form(&[(50, 50), (50, 47)], 100, 97)));
    }

    #[test]
    fn a_wrong_weight_or_total_is_no_lost_row() {
        assert!(
            !rows_lost(&form(&[(50, 50), (60, 47)], 100, 97)),
            "too much weight"
        );
        assert!(
            !rows_lost(&form(&[(50, 50), (40, 40)], 100, 85)),
            "more marks than the total"
        );
        let grid = Form {
            reading: Reading::Grid,
            ..form(&[(40, 40), (40, 38)], 100, 97)
        };
        assert!(!rows_lost(&grid), "a grid prints every row");
    }
}
