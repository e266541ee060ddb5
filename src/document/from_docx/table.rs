//! The cells of a Word table to a grid: spans over columns and rows counted, covered cells left out.

use super::body::Piece;
use super::paragraph::Paragraph;
use crate::document::structured::{Field, WIDEST};
use crate::document::xml::Xml;

/// No cell covers more columns.
const WIDEST_SPAN: u32 = 63;

/// How a cell takes part in a merge over rows or columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Merge {
    #[default]
    No,
    Begins,
    GoesOn,
}

/// A cell as it is written down.
#[derive(Default)]
pub(super) struct RawCell {
    pub span: u32,
    pub rows: Merge,
    pub columns: Merge,
    /// Whether it is a tracked change that takes it away.
    pub is_deleted: bool,
    pub pieces: Vec<Piece>,
}

/// A row as it is written down.
#[derive(Default)]
pub(super) struct RawRow {
    /// Columns before its first cell.
    pub before: u32,
    pub cells: Vec<RawCell>,
}

/// A table as it is written down.
#[derive(Default)]
pub(super) struct RawTable {
    pub rows: Vec<RawRow>,
}

fn merge_of(val: Option<&str>) -> Merge {
    match val {
        Some("restart") => Merge::Begins,
        _ => Merge::GoesOn,
    }
}

impl RawCell {
    /// Reads `tcPr`.
    pub(super) fn properties(&mut self, xml: &mut Xml) -> Result<(), String> {
        xml.properties(|tag| {
            match tag.name() {
                "gridSpan" => self.span = tag.number("val").unwrap_or(1).clamp(1, WIDEST_SPAN),
                "vMerge" => self.rows = merge_of(tag.val().as_deref()),
                "hMerge" => self.columns = merge_of(tag.val().as_deref()),
                "cellDel" => self.is_deleted = true,
                _ => {}
            }
            tag.name() != "tcPrChange"
        })
    }
}

impl RawRow {
    /// Reads `trPr` and says whether the row was deleted.
    pub(super) fn properties(&mut self, xml: &mut Xml) -> Result<bool, String> {
        let mut deleted = false;
        xml.properties(|tag| {
            match tag.name() {
                "gridBefore" => self.before = tag.number("val").unwrap_or(0).min(WIDEST_SPAN),
                "del" => deleted = true,
                _ => {}
            }
            tag.name() != "trPrChange"
        })?;
        Ok(deleted)
    }
}

/// A cell that may go on in the rows below: its column, its row and its place in the row.
struct Open {
    column: u32,
    row: usize,
    cell: usize,
}

impl RawTable {
    /// The rows of fields, and the tables that stand in cells, in their order: they are laid out behind this one.
    /// `text_of` gives the text of a cell's paragraphs.
    pub(super) fn spanned(
        self,
        text_of: &mut dyn FnMut(&[Paragraph]) -> String,
    ) -> (Vec<Vec<Field>>, Vec<RawTable>) {
        let mut rows: Vec<Vec<Field>> = Vec::with_capacity(self.rows.len());
        let mut inner = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for row in self.rows {
            let mut column = row.before;
            let mut fields: Vec<Field> = Vec::with_capacity(row.cells.len());
            let mut still: Vec<Open> = Vec::new();
            for cell in row.cells {
                let span = cell.span.max(1);
                if column + span > WIDEST {
                    break;
                }
                if cell.columns == Merge::GoesOn
                    && let Some(field) = fields.last_mut()
                {
                    field.columns += span;
                    column += span;
                    continue;
                }
                let above = open.iter().position(|above| above.column == column);
                if cell.rows == Merge::GoesOn
                    && let Some(above) = above
                {
                    let above = open.swap_remove(above);
                    rows[above.row][above.cell].rows += 1;
                    still.push(above);
                    column += span;
                    continue;
                }
                if cell.rows != Merge::No {
                    still.push(Open {
                        column,
                        row: rows.len(),
                        cell: fields.len(),
                    });
                }
                let (paragraphs, tables) = parted(cell.pieces);
                inner.extend(tables);
                fields.push(Field {
                    text: text_of(&paragraphs),
                    column,
                    columns: span,
                    rows: 1,
                });
                column += span;
            }
            open = still;
            rows.push(fields);
        }
        (rows, inner)
    }
}

fn parted(pieces: Vec<Piece>) -> (Vec<Paragraph>, Vec<RawTable>) {
    let (mut paragraphs, mut tables): (Vec<Paragraph>, Vec<RawTable>) = Default::default();
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => match paragraphs.last_mut() {
                Some(before) if before.goes_on => {
                    before.followed_by(&paragraph);
                }
                _ => paragraphs.push(paragraph),
            },
            Piece::Table(table) => tables.push(table),
        }
    }
    (paragraphs, tables)
}
