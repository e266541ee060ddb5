//! A report as one plain text with its blocks and tables, each a span in that text, and the address of any span.

pub mod append;
pub mod decode;
pub mod kind;
pub mod marks;
mod join;
mod layout;
mod lines;
#[cfg(any(feature = "docx", feature = "xlsx", feature = "odt"))]
#[cfg_attr(not(all(feature = "docx", feature = "xlsx")), allow(dead_code))]
pub(crate) mod package;
mod rows;
// A build without one of the formats does not use all of what the formats share.
#[cfg_attr(
    not(all(feature = "docx", feature = "pdf", feature = "xlsx")),
    allow(dead_code)
)]
mod structured;
#[cfg(any(feature = "docx", feature = "xlsx", feature = "odt"))]
#[cfg_attr(not(all(feature = "docx", feature = "xlsx")), allow(dead_code))]
mod xml;
#[cfg(feature = "docx")]
pub mod from_docx;
pub mod from_html;
pub mod from_markdown;
#[cfg(feature = "pdf")]
pub mod from_pdf;
pub mod from_text;
#[cfg(any(feature = "ods", feature = "odt"))]
mod odf;
#[cfg(feature = "ods")]
pub mod from_ods;
#[cfg(feature = "odt")]
pub mod from_odt;
#[cfg(feature = "xls")]
pub mod from_xls;
#[cfg(feature = "xlsx")]
pub mod from_xlsx;

use crate::source::Source;
use append::Part;
use kind::Kind;
use std::ops::Range;
use std::sync::Arc;

/// A report that was read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The laid-out text: for text and Markdown the decoded file itself.
    pub source: Arc<Source>,
    /// The same text with lines that were broken inside a sentence joined; everything below it counts in view bytes.
    pub view: View,
    /// Headings, paragraphs, list items and tables in reading order, not overlapping.
    pub blocks: Vec<Block>,
    /// The tables that blocks refer to.
    pub tables: Vec<Table>,
    /// The names of a workbook's sheets, for its places.
    pub sheets: Vec<String>,
    /// Where the cells of sheets begin in the view, ascending: for workbooks, whose authors know a cell as Sheet1!C7.
    pub places: Vec<(u32, CellPlace)>,
    /// Where this is several files that are one report: each of them as it was read. Otherwise empty.
    pub parts: Vec<Part>,
    /// Where the pages of a PDF file begin in the view, each with its number from 1, ascending.
    pub pages: Vec<(u32, u32)>,
    /// Whether the text was laid out here, so that its lines are nobody's but ours: for all but text and Markdown.
    pub is_laid_out: bool,
    /// Plain remarks on how the file was read (the encoding that was assumed).
    pub notes: Vec<String>,
    /// What exists in the file and was not read, in words for the reader: any entry makes the verdict 无法判定.
    pub unread: Vec<String>,
}

/// A cell of a sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CellPlace {
    /// Its sheet, as an index into `Document::sheets`.
    pub sheet: u32,
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
}

/// The source with some bytes left out (line breaks inside sentences); nothing is added or changed.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The joined text. Blocks are parted by `\n`.
    pub text: String,
    /// Runs of view bytes that stand together in the source: (view offset, source offset), ascending from (0, …).
    pub runs: Vec<(u32, u32)>,
}

/// What a block is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// A paragraph of prose, or of text that could not be told from it.
    Paragraph,
    /// A list item.
    Item,
    /// A table, by its index.
    Table(u32),
}

/// A block of the report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text in the view, without the mark-up of a heading (`#`) but with its number (一、).
    pub range: Range<u32>,
    /// Its number among the blocks that are not tables, from 1: 第3段.
    pub number: u32,
}

/// A table: rows of cells. Rows need not be equally long.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// The rows in order.
    pub rows: Vec<Vec<Cell>>,
    /// Where each row begins in the view: a row whose cells are all covered from above has none of its own.
    pub starts: Vec<u32>,
    /// Whether every row prints every column (a Markdown, Word or Excel grid). Otherwise merged cells are missing
    /// from the rows that they cover, as in rows copied out of a page, and columns must be found by what they hold.
    pub grid: bool,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// Its text in the view, trimmed; empty for an empty cell, at the place where the text would stand.
    pub range: Range<u32>,
    /// The column in which it begins, from 0.
    pub column: u32,
    /// How many columns it covers.
    pub columns: u32,
    /// How many rows it covers.
    pub rows: u32,
}

/// Reads a file by its content, and by its name's ending where the content may be either. An error says in Chinese
/// what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    match kind::of(name, bytes)? {
        Kind::Text(markdown) => laid_out(name, decode::decode(bytes.into())?, markdown),
        kind => structured(name, bytes, kind),
    }
}

/// The same for bytes that are not needed any more: UTF-8 becomes the text where it is, so that a large file is not
/// held twice.
pub fn read_owned(name: &str, bytes: Vec<u8>) -> Result<Document, String> {
    match kind::of(name, &bytes)? {
        Kind::Text(markdown) => laid_out(name, decode::decode(bytes.into())?, markdown),
        kind => structured(name, &bytes, kind),
    }
}

fn structured(name: &str, bytes: &[u8], kind: Kind) -> Result<Document, String> {
    let _ = (name, bytes);
    match kind {
        #[cfg(feature = "docx")]
        Kind::Word => from_docx::read(name, bytes),
        Kind::Page => from_html::read(name, bytes),
        #[cfg(feature = "pdf")]
        Kind::Pdf => from_pdf::read(name, bytes),
        #[cfg(feature = "xlsx")]
        Kind::Sheet => from_xlsx::read(name, bytes),
        #[cfg(feature = "xls")]
        Kind::OldSheet => from_xls::read(name, bytes),
        #[cfg(feature = "ods")]
        Kind::OpenSheet => from_ods::read(name, bytes),
        #[cfg(feature = "odt")]
        Kind::OpenText => from_odt::read(name, bytes),
        kind => Err(kind::left_out(kind)),
    }
}

fn laid_out(name: &str, (text, note): (String, Option<String>), markdown: bool) -> Result<Document, String> {
    let mut document = match markdown {
        true => from_markdown::read(&text),
        false => from_text::read(&text),
    };
    document.source = Arc::new(Source::new(name, text));
    document.notes.extend(note);
    document.notes.extend(kind::of_another_name(name));
    Ok(document)
}

impl View {
    /// The source offset of a view offset.
    pub fn to_source(&self, offset: u32) -> u32 {
        match self.runs.partition_point(|(view, _)| *view <= offset) {
            0 => offset,
            after => {
                let (view, source) = self.runs[after - 1];
                source + (offset - view)
            }
        }
    }

    /// The source range of a view range. An end at the seam of two runs stays in the first.
    pub fn range_in_source(&self, range: Range<u32>) -> Range<usize> {
        let start = self.to_source(range.start);
        let end = if range.end > range.start {
            self.to_source(range.end - 1) + 1
        } else {
            start
        };
        start as usize..end as usize
    }

    /// The text of a view range.
    pub fn slice(&self, range: &Range<u32>) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or("")
    }
}

impl Document {
    /// The text of a view range.
    pub fn text(&self, range: &Range<u32>) -> &str {
        self.view.slice(range)
    }

    /// The block that a view offset lies in.
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.range.start <= offset);
        self.blocks
            .get(after.checked_sub(1)?)
            .filter(|block| offset <= block.range.end)
    }

    /// Where a reader of the document finds a view offset: 第3段, 表1 第4行第6列, Sheet1!C7, 第2页 第3段. Of several
    /// files it names the file: 自评表.xlsx Sheet1!C7.
    pub fn address(&self, offset: u32) -> String {
        if let Some((_, part)) = self.part_at(offset) {
            return part.address(offset);
        }
        let after = self.pages.partition_point(|(start, _)| *start <= offset);
        match after.checked_sub(1).map(|at| self.pages[at]) {
            Some((_, page)) => format!("第{page}页 {}", self.address_in_text(offset)),
            None => self.address_in_text(offset),
        }
    }

    fn address_in_text(&self, offset: u32) -> String {
        if !self.places.is_empty() {
            return self.address_in_sheet(offset);
        }
        let Some(block) = self.block_at(offset) else {
            return String::new();
        };
        let BlockKind::Table(index) = block.kind else {
            return format!("第{}段", block.number);
        };
        let table = &self.tables[index as usize];
        let after = table.starts.partition_point(|start| *start <= offset);
        let Some(row) = after.checked_sub(1).map(|row| &table.rows[row]) else {
            return format!("表{}", index + 1);
        };
        let cell = row.iter().rev().find(|cell| cell.range.start <= offset);
        format!(
            "表{} 第{after}行第{}列",
            index + 1,
            cell.map_or(1, |cell| cell.column + 1)
        )
    }

    fn address_in_sheet(&self, offset: u32) -> String {
        let after = self.places.partition_point(|(start, _)| *start <= offset);
        let Some((_, place)) = after.checked_sub(1).map(|at| self.places[at]) else {
            return String::new();
        };
        let sheet = self.sheets.get(place.sheet as usize).map_or("", String::as_str);
        format!("{sheet}!{}{}", letters(place.column), place.row + 1)
    }
}

/// The letters of a column of a sheet: A … Z AA … XFD.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.insert(0, char::from(b'A' + digit as u8));
        left = (left - 1) / 26;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_joined_view_leads_back_to_the_source() {
        // source: 8000⏎⏎家，甲  → view: 8000家，甲
        let view = View {
            text: "8000家，甲".into(),
            runs: vec![(0, 0), (4, 6)],
        };
        assert_eq!(view.range_in_source(0..4), 0..4);
        assert_eq!(view.range_in_source(0..7), 0..9);
        assert_eq!(view.to_source(4), 6);
    }

    #[test]
    fn columns_of_a_sheet_have_letters() {
        assert_eq!(letters(0), "A");
        assert_eq!(letters(25), "Z");
        assert_eq!(letters(26), "AA");
        assert_eq!(letters(701), "ZZ");
        assert_eq!(letters(16383), "XFD");
    }
}
