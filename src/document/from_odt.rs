//! An OpenDocument text to a document: its paragraphs and tables as they read when all tracked changes are accepted.

use super::odf::{self, Beside, count};
use super::structured::{Field, Structured, Style, WIDEST};
use super::xml::{Event, Xml};
use super::{Document, lines};

/// More characters than this are no heading, whatever their style.
const LONGEST_HEADING: usize = 60;
/// Cells of a table, those that are covered too.
const MOST_FIELDS: usize = 500_000;

/// Reads the bytes of a file. An error says in Chinese what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let text = odf::content(bytes)?;
    let mut reader = Reader {
        structured: Structured::new(),
        beside: Beside::default(),
        fields: 0,
        lists: false,
    };
    let mut xml = odf::elements(&text);
    let numbered = text.contains("<text:list-level-style-number");
    reader.body(&mut xml)?;
    let Reader {
        mut structured,
        beside,
        lists,
        ..
    } = reader;
    for text in beside.texts {
        structured.paragraph(&text, Style::Plain);
    }
    if beside.pictures > 0 {
        let note = format!("文中有 {} 张图片，图片里的内容没有核对。", beside.pictures);
        structured.note(note);
    }
    if numbered && lists {
        structured.note("文中的自动编号没有读出，编号是否连续没有核对。".into());
    }
    structured.finish(name)
}

struct Reader {
    structured: Structured,
    /// Notes and text boxes are told behind the text.
    beside: Beside,
    fields: usize,
    /// Whether the text has lists, whose numbers programs count themselves.
    lists: bool,
}

impl Reader {
    fn body(&mut self, xml: &mut Xml) -> Result<(), String> {
        loop {
            match xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "office:text" => self.blocks(xml)?,
                    "office:automatic-styles" | "office:font-face-decls" | "office:scripts" => xml.skip()?,
                    _ => {}
                },
                Event::End => return Ok(()),
                _ => {}
            }
        }
    }

    /// The blocks of the element that was opened last.
    fn blocks(&mut self, xml: &mut Xml) -> Result<(), String> {
        let mut open = 1;
        while open > 0 {
            match xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "text:p" => {
                        let text = odf::paragraph(xml, &mut self.beside)?;
                        self.structured.paragraph(&text, Style::Plain);
                    }
                    "text:h" => {
                        let level = tag.number("outline-level").unwrap_or(1).clamp(1, 9) as u8;
                        let text = odf::paragraph(xml, &mut self.beside)?;
                        self.heading(&text, level);
                    }
                    "table:table" => self.table(xml)?,
                    name if is_left_out(name) => xml.skip()?,
                    name => {
                        self.lists |= name == "text:list";
                        open += 1;
                    }
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(())
    }

    fn heading(&mut self, text: &str, level: u8) {
        let bare = lines::trim(text);
        let is_head = !bare.ends_with(['。', '；', '，']) && bare.chars().count() <= LONGEST_HEADING;
        let style = if is_head {
            Style::Heading(level)
        } else {
            Style::Plain
        };
        self.structured.paragraph(text, style);
    }

    /// The table that was opened last, and behind it those that stand in its cells.
    fn table(&mut self, xml: &mut Xml) -> Result<(), String> {
        let mut inner = Vec::new();
        let rows = self.rows(xml, &mut inner)?;
        inner.insert(0, rows);
        for rows in inner {
            match rows.as_slice() {
                // a frame around a single cell
                [row] if row.len() == 1 => {
                    for line in row[0].text.lines() {
                        self.structured.paragraph(line, Style::Plain);
                    }
                }
                _ => self.structured.table(rows),
            }
        }
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml, inner: &mut Vec<Vec<Vec<Field>>>) -> Result<Vec<Vec<Field>>, String> {
        let mut rows: Vec<Vec<Field>> = Vec::new();
        let (mut column, mut open) = (0, 1);
        while open > 0 {
            match xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let covered = tag.name() == "table:covered-table-cell";
                        let repeated = count(&tag, "number-columns-repeated").min(WIDEST);
                        let mut field = Field {
                            text: self.cell(xml, inner)?,
                            column,
                            columns: count(&tag, "number-columns-spanned").min(WIDEST),
                            rows: count(&tag, "number-rows-spanned").min(1 << 16),
                        };
                        for _ in 0..repeated {
                            let last = rows.last_mut().filter(|_| !covered && self.takes(column));
                            field.column = column;
                            if let Some(row) = last {
                                row.push(field.clone());
                            }
                            column = (column + 1).min(WIDEST);
                        }
                    }
                    name => {
                        if name == "table:table-row" {
                            rows.push(Vec::new());
                            column = 0;
                        }
                        open += 1;
                    }
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(rows)
    }

    /// Whether one more cell is laid out.
    fn takes(&mut self, column: u32) -> bool {
        self.fields += 1;
        let takes = column < WIDEST && self.fields <= MOST_FIELDS;
        if !takes {
            self.structured.unread("表格太大，后面的没有读".into());
        }
        takes
    }

    /// The text of the cell that was opened last.
    fn cell(&mut self, xml: &mut Xml, inner: &mut Vec<Vec<Vec<Field>>>) -> Result<String, String> {
        let mut texts = Vec::new();
        let mut open = 1;
        while open > 0 {
            match xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "text:p" | "text:h" => texts.push(odf::paragraph(xml, &mut self.beside)?),
                    "table:table" => {
                        let rows = self.rows(xml, inner)?;
                        inner.push(rows);
                    }
                    name if is_left_out(name) => xml.skip()?,
                    _ => open += 1,
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(texts.join("\n"))
    }
}

/// Deleted text, comments, contents, forms.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "text:tracked-changes"
            | "office:annotation"
            | "office:forms"
            | "text:table-of-content"
            | "text:sequence-decls"
            | "text:variable-decls"
            | "text:user-field-decls"
    )
}
