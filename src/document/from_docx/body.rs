//! The elements of a Word part to its pieces: paragraphs, and tables with what stands in their cells.

use super::NAMESPACE;
use super::paragraph::Paragraph;
use super::places::{Parts, Spot};
use super::table::{RawCell, RawRow, RawTable};
use crate::document::package::too_large;
use crate::document::xml::{Event, Tag, Xml};

/// A paragraph or a table.
pub(super) enum Piece {
    Paragraph(Paragraph),
    Table(RawTable),
}

/// A part that is being read.
pub(super) struct Body<'x> {
    pub xml: Xml<'x>,
    /// The notes that the text refers to: footnotes or endnotes, and which.
    pub notes: Vec<(&'static str, String)>,
    /// Where the text refers to each of them.
    pub note_spots: Vec<Spot>,
    /// Where paragraphs and what stands in them begin and end in the part.
    pub parts: Parts,
    /// Pictures, of which nothing is read.
    pub pictures: usize,
    /// What stands in the part and was not read, in words for the reader.
    pub unread: Vec<&'static str>,
    /// Paragraphs and cells so far.
    count: usize,
}

/// More paragraphs and cells than this no report has.
const MOST: usize = 500_000;

/// What is passed over: what was deleted, what only says how something looks, and what stands there a second time for
/// programs that cannot show the first.
fn is_passed(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "instrText"
            | "delText"
            | "delInstrText"
            | "sdtPr"
            | "sdtEndPr"
            | "tblPr"
            | "tblGrid"
            | "tblPrEx"
            | "sectPr"
            | "ffData"
            | "fldData"
            | "rt"
            | "background"
            | "customXmlPr"
            | "smartTagPr"
    ) || name.ends_with(":Fallback")
}

impl<'x> Body<'x> {
    pub(super) fn new(text: &'x str) -> Body<'x> {
        Body {
            xml: Xml::new(text, NAMESPACE),
            notes: Vec::new(),
            note_spots: Vec::new(),
            parts: Parts::default(),
            pictures: 0,
            unread: Vec::new(),
            count: 0,
        }
    }

    /// One more paragraph or cell; a part of too many is refused before it takes all memory.
    fn count(&mut self) -> Result<(), String> {
        self.count += 1;
        match self.count > MOST {
            true => Err(too_large()),
            false => Ok(()),
        }
    }

    /// Notes what stands in the text and cannot be read.
    fn see(&mut self, tag: &Tag) {
        match tag.name() {
            "a:blip" | "v:imagedata" => self.pictures += 1,
            "altChunk" => self
                .unread
                .push("文中插入了另一个文件的内容，没有读，请在 Word 里打开、另存一次后再核对"),
            "o:OLEObject" => {
                let program = tag.get("ProgID").unwrap_or_default();
                if ["Excel", "ET.", "Word", "WPS"]
                    .iter()
                    .any(|begin| program.starts_with(begin))
                {
                    self.unread.push(
                        "文中嵌入了 Excel 或 Word 对象，没有读，请改成普通表格，或把它另存为文件一起核对",
                    );
                }
            }
            _ => {}
        }
    }

    /// All pieces of the part.
    pub(super) fn whole(&mut self) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        loop {
            match self.xml.next()? {
                Event::Open(tag) if tag.name() == "body" => pieces.extend(self.container()?),
                Event::End => return Ok(pieces),
                _ => {}
            }
        }
    }

    /// The pieces of the element that was opened last: the body, a cell, a text box, a note.
    pub(super) fn container(&mut self) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "p" => self.paragraph(&mut pieces)?,
                    "tbl" => pieces.push(Piece::Table(self.table()?)),
                    name if is_passed(name) => self.xml.skip()?,
                    // sdt, ins, customXml and the like: what stands in them stands here.
                    _ => {
                        self.see(&tag);
                        open += 1;
                    }
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(pieces)
    }

    /// A paragraph, and the text boxes that hang on it behind it.
    fn paragraph(&mut self, pieces: &mut Vec<Piece>) -> Result<(), String> {
        self.count()?;
        let home = self.parts.paragraph(self.xml.begin());
        let mut spot = home;
        let mut paragraph = Paragraph {
            home,
            ..Paragraph::default()
        };
        let mut boxes = Vec::new();
        let mut hidden = None;
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "pPr" => paragraph.properties(&mut self.xml)?,
                    "rPr" => {
                        if is_hidden(&mut self.xml)? {
                            hidden = Some(open);
                        }
                    }
                    "t" | "m:t" if hidden.is_none() => {
                        paragraph.read_from(spot);
                        self.text(&mut paragraph.text)?;
                    }
                    "t" | "m:t" => self.xml.skip()?,
                    "txbxContent" => boxes.extend(self.text_box(spot)?),
                    "footnoteReference" => self.note("footnotes", &tag, spot, &mut open),
                    "endnoteReference" => self.note("endnotes", &tag, spot, &mut open),
                    name if is_passed(name) => self.xml.skip()?,
                    _ => {
                        if open == 1 {
                            spot = self.parts.child(home, self.xml.begin());
                        }
                        if hidden.is_none() {
                            paragraph.read_from(spot);
                            paragraph.text.push_str(sign_of(&tag));
                        }
                        self.see(&tag);
                        open += 1;
                    }
                },
                Event::Close => {
                    open -= 1;
                    self.parts.end(open, spot, self.xml.begin()..self.xml.end());
                    // The run that was hidden has ended.
                    hidden = hidden.filter(|run| open >= *run);
                }
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        pieces.push(Piece::Paragraph(paragraph));
        pieces.extend(boxes);
        Ok(())
    }

    /// The pieces of a text box, in which no remark can stand: they are to be found where it hangs.
    fn text_box(&mut self, spot: Spot) -> Result<Vec<Piece>, String> {
        let mut pieces = self.container()?;
        hang_on(&mut pieces, spot);
        Ok(pieces)
    }

    /// The text of a run; a line break in the file's own text is shown as a blank.
    fn text(&mut self, into: &mut String) -> Result<(), String> {
        let from = into.len();
        self.xml.text(into)?;
        if into[from..].contains('\n') {
            let text = into.split_off(from);
            into.push_str(&text.replace('\n', " "));
        }
        Ok(())
    }

    fn note(&mut self, kind: &'static str, tag: &Tag, spot: Spot, open: &mut usize) {
        let id = tag.get("id").unwrap_or_default().into_owned();
        if !self.notes.iter().any(|note| note.0 == kind && note.1 == id) {
            self.notes.push((kind, id));
            self.note_spots.push(spot);
        }
        *open += 1;
    }

    fn table(&mut self) -> Result<RawTable, String> {
        let mut table = RawTable::default();
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "tr" => table.rows.extend(self.row()?),
                    name if is_passed(name) => self.xml.skip()?,
                    _ => open += 1,
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(table)
    }

    /// A row; nothing where it was deleted.
    fn row(&mut self) -> Result<Option<RawRow>, String> {
        let mut row = RawRow::default();
        let mut deleted = false;
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "trPr" => deleted |= row.properties(&mut self.xml)?,
                    "tc" => {
                        let cell = self.cell()?;
                        if !cell.is_deleted {
                            row.cells.push(cell);
                        }
                    }
                    name if is_passed(name) => self.xml.skip()?,
                    _ => open += 1,
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok((!deleted).then_some(row))
    }

    fn cell(&mut self) -> Result<RawCell, String> {
        self.count()?;
        let mut cell = RawCell::default();
        let mut open = 1;
        while open > 0 {
            match self.xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "tcPr" => cell.properties(&mut self.xml)?,
                    "p" => self.paragraph(&mut cell.pieces)?,
                    "tbl" => {
                        let table = self.table()?;
                        cell.pieces.push(Piece::Table(table));
                    }
                    name if is_passed(name) => self.xml.skip()?,
                    _ => open += 1,
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(cell)
    }
}

/// Says of all that stands in pieces that it is to be found there.
pub(super) fn hang_on(pieces: &mut [Piece], spot: Spot) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => paragraph.hang_on(spot),
            Piece::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    hang_on(&mut cell.pieces, spot);
                }
            }
        }
    }
}

/// Whether the properties of a run hide it.
fn is_hidden(xml: &mut Xml) -> Result<bool, String> {
    let mut hidden = false;
    xml.properties(|tag| {
        // How the run was before.
        let is_now = tag.name() != "rPrChange";
        hidden |= tag.name() == "vanish" && tag.is_on();
        is_now
    })?;
    Ok(hidden)
}

/// The text that an element stands for.
fn sign_of(tag: &Tag) -> &'static str {
    match tag.name() {
        "tab" | "ptab" => "\t",
        "br" | "cr" => "\n",
        "noBreakHyphen" => "-",
        "sym" if tag.get("font").as_deref() == Some("Symbol") => {
            let code = tag.get("char").unwrap_or_default().to_ascii_uppercase();
            match code.trim_start_matches('F').trim_start_matches('0') {
                "B3" => "≥",
                "A3" => "≤",
                "B1" => "±",
                "B4" => "×",
                "B8" => "÷",
                "B9" => "≠",
                "BB" => "≈",
                "B0" => "°",
                "B7" => "•",
                "D6" => "√",
                "25" => "%",
                _ => "",
            }
        }
        // Wingdings and Wingdings 2: boxes with and without a mark.
        "sym" => match tag.get("char").as_deref() {
            Some("F0FE" | "F052" | "F053" | "F054" | "F0FD") => "☑",
            Some("F0FC" | "F050") => "√",
            Some("F0A8" | "F06F" | "F0A3" | "F02A") => "□",
            _ => "",
        },
        _ => "",
    }
}
