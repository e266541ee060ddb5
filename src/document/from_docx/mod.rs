//! A Word file to a document: its paragraphs and tables as they read when all tracked changes are accepted.

mod body;
mod numbering;
mod paragraph;
pub mod places;
mod styles;
mod table;

use super::package::{Package, Relation};
use super::structured::{Structured, Style};
use super::xml::{Event, Xml};
use super::{Document, lines};
use body::{Body, Piece};
use numbering::Numbering;
use paragraph::Paragraph;
use places::{Places, Trace};
use rustc_hash::FxHashMap;
use styles::Styles;

/// What the names of the elements of a Word file belong to, strict or not.
const NAMESPACE: &str = "wordprocessingml";

/// Reads the bytes of a file. An error says in Chinese what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    read_traced(name, bytes, None).map(|(document, _)| document)
}

/// The same with the places of its text in the file.
pub fn read_with_places(name: &str, bytes: &[u8]) -> Result<(Document, Places), String> {
    read_traced(name, bytes, Some(Trace::default()))
}

fn read_traced(name: &str, bytes: &[u8], trace: Option<Trace>) -> Result<(Document, Places), String> {
    let mut package = Package::open(bytes)?;
    let main = package.main("word/document.xml")?;
    let Some(text) = package.part(&main)? else {
        return Err(
            "文件里没有正文，不是完整的 Word 文档。请用 Word 或 WPS 打开后另存为 .docx 再核对。".into(),
        );
    };
    let relations = package.relations(&main)?;
    let styles = styles::read(&related(&mut package, &relations, "styles")?)?;
    let numbering = numbering::read(&related(&mut package, &relations, "numbering")?)?;
    let mut laid = Laid {
        structured: Structured::new(),
        styles,
        numbering,
        pending: None,
        trace,
    };
    let mut body = Body::new(&text);
    laid.pieces(body.whole()?);
    laid.flush();
    for kind in ["footnotes", "endnotes"] {
        if body.notes.iter().any(|note| note.0 == kind) {
            let part = related(&mut package, &relations, kind)?;
            laid.notes(&part, kind, &body)?;
        }
    }
    for what in &body.unread {
        laid.structured.unread((*what).to_owned());
    }
    if body.pictures > 0 {
        let note = format!("文中有 {} 张图片，图片里的内容没有核对。", body.pictures);
        laid.structured.note(note);
    }
    let document = laid.structured.finish(name)?;
    let places = laid
        .trace
        .map(|trace| trace.places(&document, main, body.parts))
        .unwrap_or_default();
    Ok((document, places))
}

/// The text of the part of a kind; nothing where the file has none.
fn related(package: &mut Package, relations: &[Relation], kind: &str) -> Result<String, String> {
    let target = relations.iter().find(|relation| relation.kind == kind);
    match target {
        Some(relation) => Ok(package.part(&relation.target)?.unwrap_or_default()),
        None => Ok(String::new()),
    }
}

/// The document that is being laid out.
struct Laid {
    structured: Structured,
    styles: Styles,
    numbering: Numbering,
    /// A paragraph whose mark was deleted: the next one goes on in it.
    pending: Option<Paragraph>,
    /// What was laid out so far, where somebody asks for its places.
    trace: Option<Trace>,
}

impl Laid {
    fn pieces(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Paragraph(paragraph) => self.paragraph(paragraph),
                Piece::Table(table) => {
                    self.flush();
                    self.table(table);
                }
            }
        }
    }

    fn paragraph(&mut self, mut paragraph: Paragraph) {
        if let Some(mut before) = self.pending.take() {
            before.followed_by(&paragraph);
            paragraph = before;
        }
        if paragraph.goes_on {
            self.pending = Some(paragraph);
        } else {
            self.lay(paragraph);
        }
    }

    fn flush(&mut self) {
        if let Some(paragraph) = self.pending.take() {
            self.lay(paragraph);
        }
    }

    fn lay(&mut self, paragraph: Paragraph) {
        let style = self.styles.of(&paragraph);
        if style.is_contents {
            return;
        }
        let bare = lines::trim(&paragraph.text);
        // An empty paragraph shows no number and takes none.
        let mark = match (&style.numbered, bare.is_empty()) {
            (Some((list, level)), false) => self.numbering.mark(list, *level),
            _ => None,
        };
        let text = match &mark {
            Some(mark) => format!("{mark}{}", bare),
            None => paragraph.text.clone(),
        };
        let is_head = !bare.ends_with(['。', '；', '，']) && bare.chars().count() <= LONGEST_HEADING;
        let styled = match style.level.filter(|_| is_head) {
            Some(level) => Style::Heading(level),
            None => Style::Plain,
        };
        self.structured.paragraph(&text, styled);
        if let Some(trace) = &mut self.trace {
            trace.paragraph(mark, paragraph);
        }
    }

    /// A table, or what stands in it where it is a frame around a single cell.
    fn table(&mut self, table: table::RawTable) {
        let mut cells = Vec::new();
        let (rows, mut inner) = table.spanned(&mut |paragraphs| {
            let mut texts = Vec::new();
            let mut marks = Vec::new();
            for paragraph in paragraphs {
                let numbered = self.styles.of(paragraph).numbered;
                let bare = lines::trim(&paragraph.text);
                let mark = numbered
                    .filter(|_| !bare.is_empty())
                    .and_then(|(list, level)| self.numbering.mark(&list, level));
                let mark = mark.unwrap_or_default();
                texts.push(format!("{mark}{bare}"));
                marks.push(mark);
            }
            if self.trace.is_some() {
                cells.push(places::Cell::of(marks, paragraphs));
            }
            texts.join("\n")
        });
        match rows.as_slice() {
            [row] if row.len() == 1 => {
                for line in row[0].text.lines() {
                    self.structured.paragraph(line, Style::Plain);
                }
                if let Some(trace) = &mut self.trace {
                    trace.frame(cells);
                }
            }
            _ => {
                let before = self.structured.tables();
                self.structured.table(rows);
                if let Some(trace) = self.trace.as_mut().filter(|_| self.structured.tables() > before) {
                    trace.table(cells);
                }
            }
        }
        for table in inner.drain(..) {
            self.table(table);
        }
    }

    /// The notes that the text refers to, each once, behind it.
    fn notes(&mut self, part: &str, kind: &str, main: &Body) -> Result<(), String> {
        let mut body = Body::new(part);
        let mut found: FxHashMap<String, Vec<Piece>> = FxHashMap::default();
        loop {
            match body.xml.next()? {
                Event::Open(tag) if matches!(tag.name(), "footnote" | "endnote") => {
                    let id = tag.get("id").unwrap_or_default().into_owned();
                    let pieces = body.container()?;
                    found.insert(id, pieces);
                }
                Event::End => break,
                _ => {}
            }
        }
        let wanted = main.notes.iter().zip(&main.note_spots);
        for ((_, id), spot) in wanted.filter(|((of, _), _)| *of == kind) {
            if let Some(mut pieces) = found.remove(id) {
                // no remark can stand in a note
                body::hang_on(&mut pieces, *spot);
                self.pieces(pieces);
                self.flush();
            }
        }
        Ok(())
    }
}

/// More characters than this are no heading, whatever their style.
const LONGEST_HEADING: usize = 60;

/// Whether a part has the elements of Word, so that a list of them can be read.
fn elements<'x>(text: &'x str) -> Option<Xml<'x>> {
    (!text.is_empty()).then(|| Xml::new(text, NAMESPACE))
}
