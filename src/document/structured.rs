//! Paragraphs and tables of a format that is no plain text to one laid-out text, every block and cell a span in it.

use super::lines::{Line, lines_of, trim};
use super::{Block, BlockKind, Cell, CellPlace, Document, Table, View, from_text, join};
use crate::source::Source;
use std::sync::Arc;

/// The longest text that is laid out. Reports are kilobytes.
const LONGEST: usize = 32 << 20;
/// Tables wider than this are no forms; what stands to the right is told of as unread.
pub(super) const WIDEST: u32 = 256;
/// What parts the cells of a row, so that the numbers of neighbours stay apart.
const BETWEEN: &str = " | ";

/// What a format says of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// Nothing: it is judged by its mark and its length, as in a text file.
    Plain,
    /// A heading of that level.
    Heading(u8),
    /// An item of a list.
    Item,
}

/// A cell before it is laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    pub text: String,
    /// The column in which it begins, from 0.
    pub column: u32,
    pub columns: u32,
    pub rows: u32,
}

/// A document that is being laid out.
pub(super) struct Structured {
    text: String,
    document: Document,
    paragraphs: u32,
    /// The level of the last styled heading.
    above: u8,
    full: bool,
}

impl Structured {
    pub(super) fn new() -> Structured {
        Structured {
            text: String::new(),
            document: Document::default(),
            paragraphs: 0,
            above: 0,
            full: false,
        }
    }

    /// A paragraph. Lines that are broken inside a sentence are joined, what else stands on lines of its own becomes a
    /// block of its own with the number of the paragraph.
    pub(super) fn paragraph(&mut self, text: &str, style: Style) {
        let lines = lines_of(text);
        if lines.is_empty() || self.is_full(text.len()) {
            return;
        }
        self.paragraphs += 1;
        match style {
            Style::Plain => self.groups(&lines, false),
            Style::Heading(level) => {
                self.above = level;
                self.block(BlockKind::Heading(level), &lines);
            }
            Style::Item => self.block(BlockKind::Item, &lines),
        }
    }

    /// Lines that are parted by line breaks alone: each that does not go on in the next is a paragraph.
    pub(super) fn lines(&mut self, text: &str) {
        let lines = lines_of(text);
        if !lines.is_empty() && !self.is_full(text.len()) {
            self.groups(&lines, true);
        }
    }

    fn groups(&mut self, lines: &[Line], each: bool) {
        let first = self.document.blocks.is_empty();
        for group in join::groups(lines) {
            self.paragraphs += u32::from(each);
            let title = first && group.start == 0;
            let kind = from_text::kind_of(&lines[group.clone()], title);
            self.block(self.deepened(kind), &lines[group]);
        }
    }

    /// A heading that only its mark shows (（一） in a paragraph) stands below the styled one above it.
    fn deepened(&self, kind: BlockKind) -> BlockKind {
        match kind {
            BlockKind::Heading(level) if level > 1 => BlockKind::Heading(level + self.above),
            BlockKind::Heading(level) => BlockKind::Heading(level.max(self.above)),
            kind => kind,
        }
    }

    fn block(&mut self, kind: BlockKind, lines: &[Line]) {
        let start = self.offset();
        for line in lines {
            self.text.push_str(line.text);
        }
        self.document.blocks.push(Block {
            kind,
            range: start..self.offset(),
            number: self.paragraphs,
        });
        self.text.push('\n');
    }

    /// How many tables were laid out.
    #[cfg(feature = "docx")]
    pub(super) fn tables(&self) -> usize {
        self.document.tables.len()
    }

    /// A table: each row of it a line.
    pub(super) fn table(&mut self, rows: Vec<Vec<Field>>) {
        self.table_at(rows, None);
    }

    /// A table of a sheet, whose first cell stands in that row and column (from 0) of it.
    pub(super) fn table_at(&mut self, rows: Vec<Vec<Field>>, origin: Option<CellPlace>) {
        let length: usize = rows.iter().flatten().map(|field| field.text.len() + 4).sum();
        if rows.iter().flatten().all(|field| trim(&field.text).is_empty()) || self.is_full(length) {
            return;
        }
        let index = self.document.tables.len() as u32;
        let (start, mut end) = (self.offset(), self.offset());
        let mut table = Table {
            grid: true,
            ..Table::default()
        };
        for (at, row) in rows.into_iter().enumerate() {
            table.starts.push(self.offset());
            let place = origin.map(|origin| CellPlace {
                row: origin.row + at as u32,
                ..origin
            });
            table.rows.push(self.row(row, place));
            end = self.offset();
            self.text.push('\n');
        }
        self.document.tables.push(table);
        self.document.blocks.push(Block {
            kind: BlockKind::Table(index),
            range: start..end,
            number: self.paragraphs,
        });
    }

    fn row(&mut self, fields: Vec<Field>, place: Option<CellPlace>) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(fields.len());
        for field in fields {
            if !cells.is_empty() {
                self.text.push_str(BETWEEN);
            }
            let start = self.offset();
            if let Some(place) = place {
                self.document.places.push((
                    start,
                    CellPlace {
                        column: place.column + field.column,
                        ..place
                    },
                ));
            }
            self.text.push_str(trim(&field.text));
            cells.push(Cell {
                range: start..self.offset(),
                column: field.column,
                columns: field.columns.max(1),
                rows: field.rows.max(1),
            });
        }
        cells
    }

    /// Names a sheet; places refer to it by the number that is given back.
    pub(super) fn sheet(&mut self, name: &str) -> u32 {
        self.document.sheets.push(name.to_owned());
        self.document.sheets.len() as u32 - 1
    }

    /// Says that the next paragraph stands in that cell of a sheet.
    pub(super) fn place(&mut self, place: CellPlace) {
        self.document.places.push((self.offset(), place));
    }

    /// Says that what follows stands on that page.
    pub(super) fn page(&mut self, page: u32) {
        let offset = self.offset();
        let pages = &mut self.document.pages;
        if pages.last().is_none_or(|(_, last)| *last != page) {
            pages.push((offset, page));
        }
    }

    /// A table whose rows stand on those pages.
    pub(super) fn table_on(&mut self, rows: Vec<Vec<Field>>, pages: &[u32]) {
        let table = self.document.tables.len();
        self.table_at(rows, None);
        let Some(table) = self.document.tables.get(table) else {
            return;
        };
        let starts = table.starts.clone();
        for (start, page) in starts.into_iter().zip(pages) {
            if self.document.pages.last().is_none_or(|(_, last)| last != page) {
                self.document.pages.push((start, *page));
            }
        }
    }

    /// A remark on how the file was read.
    pub(super) fn note(&mut self, note: String) {
        self.document.notes.push(note);
    }

    /// Something that exists in the file and was not read.
    pub(super) fn unread(&mut self, what: String) {
        if !self.document.unread.contains(&what) {
            self.document.unread.push(what);
        }
    }

    /// The document, or what to say where nothing was found in it.
    pub(super) fn finish(mut self, name: &str) -> Result<Document, String> {
        if self.full {
            self.unread("文件的文字太多，后面的没有读".into());
        }
        if self.document.blocks.is_empty() && self.document.unread.is_empty() {
            return Err(
                "文件里没有文字，没有可核对的内容。若内容是图片，请先识别成文字；否则请检查是否拿错了文件。"
                    .into(),
            );
        }
        self.document.view = View {
            text: self.text.clone(),
            runs: vec![(0, 0)],
        };
        self.document.source = Arc::new(Source::new(name, self.text));
        self.document.is_laid_out = true;
        Ok(self.document)
    }

    fn is_full(&mut self, more: usize) -> bool {
        self.full |= self.text.len() + more > LONGEST;
        self.full
    }

    fn offset(&self) -> u32 {
        self.text.len() as u32
    }
}
