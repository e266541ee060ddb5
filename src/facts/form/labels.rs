//! Labels of groups that stand alone in a row: what was merged over the rows below, in text that lost its merged cells.

use super::pieces::{Class, Piece};
use super::sections::{Part, Section};
use crate::facts::columns::Column;
use smallvec::SmallVec;

/// A row that holds nothing but labels of groups: what was merged over the rows below stands alone in it.
pub(super) fn lone_labels<'d>(
    section: &Section,
    pieces: &[&Piece<'d>],
    cells: &mut [Option<Piece<'d>>],
) -> bool {
    let filled = pieces.iter().copied().filter(|piece| !piece.is_empty());
    let filled: SmallVec<[&Piece; 3]> = filled.take(3).collect();
    let labels = |piece: &&Piece| matches!(piece.class(), Class::First | Class::Second | Class::Either);
    if section.part != Part::Indicators || filled.is_empty() || filled.len() > 2 || !filled.iter().all(labels)
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
            cells[at] = Some((*piece).clone());
            placed = true;
        }
    }
    placed
}
