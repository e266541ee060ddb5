//! Labels of groups that stand alone in a row: what was merged over the rows below, in text that lost its merged cells.

use super::pieces::{Class, Piece};
use super::sections::{Part, Row, Section};
use crate::facts::columns::Column;

/// A row that holds nothing but labels of groups: what was merged over the rows below stands alone in it.
pub(super) fn lone_labels<'d>(section: &Section, pieces: &[Piece<'d>], row: &mut Row<'d>) -> bool {
    let filled: Vec<&Piece> = pieces.iter().filter(|piece| !piece.is_empty()).collect();
    let labels = |piece: &&Piece| matches!(piece.class(), Class::First | Class::Second | Class::Either);
    if section.part != Part::Indicators || filled.is_empty() || !filled.iter().all(labels) || filled.len() > 2
    {
        return false;
    }
    let at = |column: Column| section.heads.iter().position(|head| head.column == column);
    let mut placed = false;
    for (index, piece) in filled.iter().enumerate() {
        let first = match piece.class() {
            Class::First => index == 0,
            // 成本指标（20分） with a weight of its own is of the first level.
            Class::Either => index == 0 && (filled.len() > 1 || piece.text.ends_with(['）', ')', '分'])),
            _ => false,
        };
        let column = if first { Column::First } else { Column::Second };
        if let Some(at) = at(column) {
            row.cells[at] = Some((*piece).clone());
            placed = true;
        }
    }
    placed
}
