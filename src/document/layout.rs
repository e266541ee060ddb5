//! Blocks of pieces of a source to a document: the view is written here and nowhere else.

use super::{Block, BlockKind, Cell, Document, Table, View};
use std::ops::Range;

/// A document that is being laid out. Pieces must come in ascending order.
pub(super) struct Layout<'t> {
    text: &'t str,
    document: Document,
    paragraphs: u32,
}

/// A row of a table in the source: its line, and its cells without the blanks around them.
pub(super) struct RowPiece {
    pub line: Range<usize>,
    pub cells: Vec<Range<usize>>,
}

impl<'t> Layout<'t> {
    pub(super) fn new(text: &'t str) -> Layout<'t> {
        let mut document = Document::default();
        document.view.text.reserve(text.len());
        Layout {
            text,
            document,
            paragraphs: 0,
        }
    }

    /// A block of text: its pieces joined.
    pub(super) fn block(&mut self, kind: BlockKind, pieces: &[Range<usize>]) {
        let start = self.offset();
        for piece in pieces {
            self.piece(piece);
        }
        let end = self.offset();
        if end == start {
            return;
        }
        self.paragraphs += 1;
        self.document.blocks.push(Block {
            kind,
            range: start..end,
            number: self.paragraphs,
        });
        self.line_break();
    }

    /// How many blocks were laid out.
    pub(super) fn blocks(&self) -> usize {
        self.document.blocks.len()
    }

    /// Puts headings that only their marks show (（一） in a paragraph) below the heading of Markdown above them.
    pub(super) fn deepen(&mut self, first: usize, above: u8) {
        let own = |kind: &BlockKind| match kind {
            BlockKind::Heading(level) => Some(*level),
            _ => None,
        };
        for block in &mut self.document.blocks[first..] {
            if let Some(level) = own(&block.kind) {
                // 一、 is of the level of its fellows; what stands below 一、 is deeper than every #.
                block.kind = BlockKind::Heading(if level > 1 {
                    level + above
                } else {
                    level.max(above)
                });
            }
        }
    }

    /// A table: every row is one line of the view, so that numbers of neighbouring cells stay apart.
    pub(super) fn table(&mut self, rows: &[RowPiece], grid: bool) {
        let start = self.offset();
        let mut table = Table {
            rows: Vec::with_capacity(rows.len()),
            starts: Vec::with_capacity(rows.len()),
            grid,
        };
        let mut end = start;
        for row in rows {
            let (view, source) = (self.offset(), row.line.start);
            self.piece(&row.line);
            let cells = row.cells.iter().enumerate().map(|(column, cell)| Cell {
                range: view + (cell.start - source) as u32..view + (cell.end - source) as u32,
                column: column as u32,
                columns: 1,
                rows: 1,
            });
            table.rows.push(cells.collect());
            table.starts.push(view);
            end = self.offset();
            self.line_break();
        }
        let index = self.document.tables.len() as u32;
        self.document.tables.push(table);
        self.document.blocks.push(Block {
            kind: BlockKind::Table(index),
            range: start..end,
            number: self.paragraphs,
        });
    }

    /// The document, whose source is to be put to it.
    pub(super) fn finish(self) -> Document {
        self.document
    }

    fn offset(&self) -> u32 {
        self.document.view.text.len() as u32
    }

    fn piece(&mut self, piece: &Range<usize>) {
        let Some(text) = self.text.get(piece.clone()).filter(|text| !text.is_empty()) else {
            return;
        };
        let view: &mut View = &mut self.document.view;
        let (at, source) = (view.text.len() as u32, piece.start as u32);
        let stands_together = view
            .runs
            .last()
            .is_some_and(|(view, from)| from + (at - view) == source);
        if !stands_together {
            view.runs.push((at, source));
        }
        view.text.push_str(text);
    }

    /// The line break of the source that follows what was laid out last.
    fn line_break(&mut self) {
        let Some(last) = self.offset().checked_sub(1) else {
            return;
        };
        let after = self.document.view.to_source(last) as usize + 1;
        if let Some(found) = memchr::memchr(b'\n', &self.text.as_bytes()[after..]) {
            self.piece(&(after + found..after + found + 1));
        }
    }
}
