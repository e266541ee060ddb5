//! Headers of two rows to one, and the marks of each level told apart.

use super::pieces::Piece;
use super::sections::{Head, Part, Raw, Section};
use crate::facts::columns::Column;

/// Whether a row that would do as a header brings the columns that the header above it lacks (一级指标 | 二级指标 |
/// 三级指标 under a cell 指标): then the two are one.
pub(super) fn completes_header(section: &Section, raw: &Raw) -> bool {
    let mut columns = raw
        .cells
        .iter()
        .filter_map(|(at, piece)| Some((*at, piece.column()?)));
    let named = |column: Column| matches!(column, Column::First | Column::Second | Column::Name);
    section.part == Part::Indicators
        && section.grid
        && raw.grid
        && !section.heads.iter().any(|head| named(head.column))
        && columns.all(|(at, column)| {
            named(column)
                || section
                    .heads
                    .iter()
                    .any(|head| head.at == at && head.column == column)
        })
}

/// A second row of a header: 指标值 | 完成值 under one cell merged over both, or the rest of a header broken in two.
pub(super) fn second_header(section: &mut Section, raw: &Raw) -> bool {
    if !section.rows.is_empty() || matches!(section.part, Part::Goal | Part::Keys | Part::Accounts) {
        return false;
    }
    let filled: Vec<&(u32, Piece)> = raw.cells.iter().filter(|(_, piece)| !piece.is_empty()).collect();
    let known = filled
        .iter()
        .filter(|(_, piece)| piece.column().is_some())
        .count();
    if filled.is_empty() || known < filled.len() {
        return false;
    }
    for (at, piece) in filled {
        let Some(column) = piece.column() else {
            continue;
        };
        let at = if section.grid {
            *at
        } else {
            section.heads.len() as u32
        };
        section.heads.retain(|head| !section.grid || head.at != at);
        section.heads.push(Head {
            column,
            name: piece.text.as_ref().into(),
            at,
            columns: piece.columns,
        });
    }
    if section.grid {
        section.heads.sort_by_key(|head| head.at);
    }
    true
}

/// Where 分值 stands behind each level (一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值), the first two are those of the
/// groups.
pub(super) fn tell_weights(heads: &mut [Head]) {
    let weights = heads.iter().filter(|head| head.column == Column::Weight).count();
    if weights < 2 {
        return;
    }
    for at in 1..heads.len() {
        if heads[at].column == Column::Weight {
            heads[at].column = match heads[at - 1].column {
                Column::First => Column::FirstWeight,
                Column::Second => Column::SecondWeight,
                _ => Column::Weight,
            };
        }
    }
    // A column of rows there must be: where the third level prints none, the marks are those of the second.
    if !heads.iter().any(|head| head.column == Column::Weight) {
        let last = heads
            .iter_mut()
            .rev()
            .find(|head| head.column == Column::SecondWeight);
        if let Some(last) = last {
            last.column = Column::Weight;
        }
    }
}
