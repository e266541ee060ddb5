//! A row of a grid to the headers of its part: each cell under its own, whatever it is merged with.

use super::pieces::Piece;
use super::sections::{Head, Raw, Row, Section, is_label, loose};
use crate::facts::columns::Column;

/// Each cell under the header of its column.
pub(super) fn under_heads<'d>(section: &Section, raw: Raw<'d>) -> Row<'d> {
    let first_money = section
        .heads
        .iter()
        .filter(|head| head.column.is_money() || matches!(head.column, Column::Rate | Column::Account))
        .map(|head| head.at)
        .min();
    let cells = section.heads.iter().map(|head| match head.column {
        // The name stands next to the amounts: labels (项目资金, 其中：) stand before it.
        Column::Fund => {
            let mut names = raw.cells.iter().rev().filter(|(at, piece)| {
                let before = first_money.is_some_and(|money| *at < money);
                before
                    && !piece.is_empty()
                    && !piece.covered
                    && !is_label(piece)
                    && !piece.class().is_figure()
            });
            names.next().map(|(_, piece)| piece.clone())
        }
        _ => under(section, head, &raw).cloned(),
    });
    Row {
        cells: cells.collect(),
        whole: true,
        ..loose(raw)
    }
}

/// The cell of a row that stands under a header: it begins where the header does or under it. A wide cell that began
/// before belongs to the header under which it began, and this header has none.
fn under<'r, 'd>(section: &Section, head: &Head, raw: &'r Raw<'d>) -> Option<&'r Piece<'d>> {
    // The cells of a grid stand in the order of their columns.
    let found = raw.cells.partition_point(|(at, _)| *at < head.at);
    let end = head.at + head.columns;
    let mut below = raw.cells[found..].iter().take_while(|(at, _)| *at < end);
    if let Some((_, first)) = below.next() {
        return match first.is_empty() {
            true => below
                .map(|(_, piece)| piece)
                .find(|piece| !piece.is_empty())
                .or(Some(first)),
            false => Some(first),
        };
    }
    let (at, wide) = &raw.cells[found.checked_sub(1)?];
    let reaches = at + wide.columns > head.at;
    let owned = |other: &Head| other.at <= *at && *at < other.at + other.columns;
    (reaches && !section.heads.iter().any(owned)).then_some(wide)
}

#[cfg(test)]
mod tests {
    use super::super::sections::Part;
    use super::*;

    fn head(column: Column, at: u32, columns: u32) -> Head {
        Head {
            column,
            name: "".into(),
            at,
            columns,
        }
    }

    fn cell(at: u32, columns: u32, text: &'static str) -> (u32, Piece<'static>) {
        let mut piece = Piece::new(text, 0..0);
        piece.columns = columns;
        (at, piece)
    }

    fn texts(heads: Vec<Head>, cells: Vec<(u32, Piece<'static>)>) -> Vec<Option<String>> {
        let section = Section::new(Part::Indicators, heads, None, true);
        let raw = Raw {
            cells,
            grid: true,
            last: false,
        };
        let row = under_heads(&section, raw);
        row.cells
            .iter()
            .map(|cell| cell.as_ref().map(|piece| piece.text.to_string()))
            .collect()
    }

    #[test]
    fn a_wide_header_has_the_first_cell_under_it_that_says_something() {
        let heads = || vec![head(Column::Name, 1, 3), head(Column::Target, 4, 1)];
        let split = vec![cell(1, 1, ""), cell(2, 2, "路灯"), cell(4, 1, "≥90盏")];
        assert_eq!(texts(heads(), split), [Some("路灯".into()), Some("≥90盏".into())]);
    }

    #[test]
    fn a_cell_over_two_headers_belongs_to_the_one_where_it_begins() {
        let heads = vec![head(Column::Target, 1, 1), head(Column::Actual, 2, 1)];
        assert_eq!(
            texts(heads, vec![cell(1, 2, "已完成")]),
            [Some("已完成".into()), None]
        );
        let heads = vec![head(Column::Actual, 2, 1)];
        assert_eq!(texts(heads, vec![cell(1, 2, "已完成")]), [Some("已完成".into())]);
    }
}
