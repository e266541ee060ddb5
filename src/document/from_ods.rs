//! An OpenDocument workbook to a document: each sheet's cells as they are printed, laid out as an Excel file is.

use super::Document;
use super::from_xlsx::sheet::{Area, Sheet};
use super::from_xlsx::{MOST_SHEETS, lay};
use super::odf::{self, Beside, count};
use super::structured::Structured;
use super::xml::{Event, Tag, Xml};
use std::collections::HashSet;

/// A cell or row that stands more often than this is a filling.
const MOST_REPEATED: u32 = 256;

/// Reads the bytes of a file. An error says in Chinese what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let text = odf::content(bytes)?;
    let mut xml = odf::elements(&text);
    let mut structured = Structured::new();
    let (mut style, mut hidden) = (String::new(), HashSet::new());
    let mut sheets = 0;
    loop {
        match xml.next()? {
            Event::Open(tag) => match tag.name() {
                "style:style" => style = tag.get("name").unwrap_or_default().into_owned(),
                "style:table-properties" if tag.get("display").as_deref() == Some("false") => {
                    hidden.insert(style.clone());
                }
                // Here stand cells that were deleted.
                "table:tracked-changes" => xml.skip()?,
                "table:table" => {
                    sheets += 1;
                    if sheets > MOST_SHEETS {
                        structured.unread(format!("工作表超过 {MOST_SHEETS} 张，后面的没有读"));
                        break;
                    }
                    let named = tag.get("name").unwrap_or_default().into_owned();
                    let is_hidden = tag
                        .get("style-name")
                        .is_some_and(|style| hidden.contains(style.as_ref()));
                    let sheet = Reader::default().sheet(&mut xml)?;
                    if !is_hidden {
                        lay(&mut structured, &named, sheet);
                    } else if !sheet.cells.is_empty() {
                        structured.note(format!("隐藏的工作表“{named}”没有核对。"));
                    }
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    structured.finish(name)
}

/// A sheet that is being read.
#[derive(Default)]
struct Reader {
    sheet: Sheet,
    row: u32,
    column: u32,
    /// How often the row stands there.
    rows: u32,
}

impl Reader {
    fn sheet(mut self, xml: &mut Xml) -> Result<Sheet, String> {
        let mut open = 1;
        while open > 0 {
            match xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "table:table-cell" | "table:covered-table-cell" => self.cell(xml, &tag)?,
                    "table:shapes" | "office:forms" | "office:annotation" => xml.skip()?,
                    name => {
                        if name == "table:table-row" {
                            self.row += self.rows;
                            self.column = 0;
                            // Rows end long before numbers do.
                            self.rows = count(&tag, "number-rows-repeated").min(1 << 24);
                            self.row = self.row.min(1 << 30);
                        }
                        open += 1;
                    }
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(self.sheet.in_order())
    }

    fn cell(&mut self, xml: &mut Xml, tag: &Tag) -> Result<(), String> {
        let columns = count(tag, "number-columns-repeated").min(1 << 24);
        let covered = tag.name() == "table:covered-table-cell";
        let counted = tag.get("formula").is_some() && tag.get("value-type").as_deref() != Some("string");
        let text = text(xml)?;
        let column = self.column;
        self.column = self.column.saturating_add(columns).min(1 << 30);
        // What a merged cell covers is not printed.
        if covered || self.sheet.is_full() {
            return Ok(());
        }
        let (wide, high) = (
            count(tag, "number-columns-spanned"),
            count(tag, "number-rows-spanned"),
        );
        let said = !text.is_empty() || counted;
        let (rows, repeated) = (self.rows.min(MOST_REPEATED), columns.min(MOST_REPEATED));
        self.sheet.is_cut |= said && (self.rows > rows || columns > repeated);
        let spans = wide > 1 || high > 1;
        if !said && !spans {
            return Ok(());
        }
        for row in self.row..self.row + rows {
            for column in column..column + repeated {
                if spans {
                    self.sheet.merge(Area {
                        row,
                        column,
                        last_row: row.saturating_add(high - 1),
                        last_column: column.saturating_add(wide - 1),
                    });
                }
                match text.is_empty() && counted {
                    true => self.sheet.uncounted((row, column)),
                    false => self.sheet.put((row, column), text.clone()),
                }
            }
            if self.sheet.is_full() {
                break;
            }
        }
        Ok(())
    }
}

/// The printed text of the cell that was opened last.
fn text(xml: &mut Xml) -> Result<String, String> {
    let mut lines = Vec::new();
    let mut open = 1;
    while open > 0 {
        match xml.next()? {
            Event::Open(tag) => match tag.name() {
                "text:p" | "text:h" => lines.push(odf::paragraph(xml, &mut Beside::default())?),
                "office:annotation" | "draw:frame" | "table:table" => xml.skip()?,
                _ => open += 1,
            },
            Event::Close => open -= 1,
            Event::Text(_) => {}
            Event::End => break,
        }
    }
    Ok(lines.join("\n"))
}
