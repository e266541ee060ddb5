//! A sheet's part to its cells, each as it is printed, and its merged areas.

use super::NAMESPACE;
use super::formats::Format;
use super::workbook::{Workbook, place};
use crate::document::xml::{Event, Tag, Xml};

/// More cells than this no report has.
const MOST_CELLS: usize = 500_000;
/// The longest text of all cells together.
const LONGEST: usize = 32 << 20;
/// Merged areas beyond this number are not looked at.
const MOST_MERGED: usize = 20_000;

/// A cell that holds something.
#[derive(Debug)]
pub(in crate::document) struct SheetCell {
    pub row: u32,
    pub column: u32,
    pub text: String,
}

/// A merged area, with its last row and column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::document) struct Area {
    pub row: u32,
    pub column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

/// A sheet.
#[derive(Debug, Default)]
pub(in crate::document) struct Sheet {
    /// Cells that hold something, by rows.
    pub cells: Vec<SheetCell>,
    pub merged: Vec<Area>,
    /// Formulas that no program has counted yet.
    pub uncounted: Vec<(u32, u32)>,
    /// The bytes of all texts: many cells may refer to one long text.
    length: usize,
    /// Whether something was left out because there was too much.
    pub is_cut: bool,
}

/// What stands for a formula without a result: nothing is said of such a cell.
const UNCOUNTED: &str = "—";

/// Reads a sheet.
pub(super) fn read(text: &str, workbook: &Workbook) -> Result<Sheet, String> {
    let mut sheet = Sheet::default();
    let mut xml = Xml::new(text, NAMESPACE);
    // Rows and cells without a number of their own follow one another.
    let (mut row, mut column, mut next) = (0u32, 0u32, 0u32);
    loop {
        match xml.next()? {
            Event::Open(tag) => match tag.name() {
                "row" => {
                    row = tag.number("r").map_or(next, |r| r.saturating_sub(1));
                    (column, next) = (0, row.saturating_add(1));
                }
                "c" => {
                    let at = tag.get("r").and_then(|r| place(&r)).unwrap_or((row, column));
                    let cell = Written::read(&mut xml, &tag)?;
                    if sheet.is_full() {
                        continue;
                    }
                    sheet.add(at, &cell, workbook);
                    column = at.1 + 1;
                }
                "mergeCell" => {
                    if let Some(area) = tag.get("ref").and_then(|area| area_of(&area)) {
                        sheet.merge(area);
                    }
                }
                _ => {}
            },
            Event::Close | Event::Text(_) => {}
            Event::End => break,
        }
    }
    Ok(sheet.in_order())
}

fn area_of(text: &str) -> Option<Area> {
    let (from, to) = text.split_once(':')?;
    let (from, to) = (place(from)?, place(to)?);
    (from.0 <= to.0 && from.1 <= to.1).then_some(Area {
        row: from.0,
        column: from.1,
        last_row: to.0,
        last_column: to.1,
    })
}

/// A cell as it is written down.
#[derive(Default)]
struct Written {
    kind: String,
    style: usize,
    value: Option<String>,
    has_formula: bool,
}

impl Written {
    fn read(xml: &mut Xml, tag: &Tag) -> Result<Written, String> {
        let mut cell = Written {
            kind: tag.get("t").unwrap_or_default().into_owned(),
            style: tag.number("s").unwrap_or(0) as usize,
            ..Written::default()
        };
        let mut open = 1;
        while open > 0 {
            match xml.next()? {
                Event::Open(tag) => match tag.name() {
                    "v" | "t" => xml.text(cell.value.get_or_insert_default())?,
                    "f" => {
                        cell.has_formula = true;
                        xml.skip()?;
                    }
                    "rPh" => xml.skip()?,
                    _ => open += 1,
                },
                Event::Close => open -= 1,
                Event::Text(_) => {}
                Event::End => break,
            }
        }
        Ok(cell)
    }

    /// The text as it is printed.
    fn printed(&self, workbook: &Workbook) -> String {
        let value = self.value.as_deref().unwrap_or("");
        match self.kind.as_str() {
            "s" => {
                let index: Option<usize> = value.trim().parse().ok();
                let text = index.and_then(|index| workbook.texts.get(index));
                text.cloned().unwrap_or_default()
            }
            "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
            "str" | "inlineStr" | "e" | "d" => value.to_owned(),
            _ => {
                let format = workbook.formats.get(self.style).unwrap_or(&Format::General);
                format.printed(value.trim(), workbook.is_1904)
            }
        }
    }
}

/// _x000D_ stands for a sign that XML cannot hold.
fn without_codes(text: String) -> String {
    match text.contains("_x00") {
        true => text
            .replace("_x000D_", "")
            .replace("_x000A_", "\n")
            .replace("_x0009_", " "),
        false => text,
    }
}

impl Sheet {
    /// Whether nothing more is taken; then something was left out.
    pub(in crate::document) fn is_full(&mut self) -> bool {
        let full = self.cells.len() >= MOST_CELLS || self.length >= LONGEST;
        self.is_cut |= full;
        full
    }

    /// A merged area.
    pub(in crate::document) fn merge(&mut self, area: Area) {
        match self.merged.len() < MOST_MERGED {
            true => self.merged.push(area),
            false => self.is_cut = true,
        }
    }

    /// The sheet with its cells by rows, each place once.
    pub(in crate::document) fn in_order(mut self) -> Sheet {
        let place = |cell: &SheetCell| (cell.row, cell.column);
        if !self.cells.is_sorted_by_key(place) {
            self.cells.sort_by_key(place);
        }
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self
    }

    /// A formula that no program has counted yet.
    pub(in crate::document) fn uncounted(&mut self, (row, column): (u32, u32)) {
        self.uncounted.push((row, column));
        self.put((row, column), UNCOUNTED.to_owned());
    }

    /// A cell with its printed text, where there is any.
    pub(in crate::document) fn put(&mut self, (row, column): (u32, u32), text: String) {
        if !crate::document::lines::trim(&text).is_empty() {
            self.length += text.len();
            self.cells.push(SheetCell { row, column, text });
        }
    }

    fn add(&mut self, (row, column): (u32, u32), cell: &Written, workbook: &Workbook) {
        // A formula that gives an empty text has a result; one without any was never counted.
        let counted = cell.kind == "str" || cell.value.as_deref().is_some_and(|value| !value.is_empty());
        match cell.has_formula && !counted {
            true => self.uncounted((row, column)),
            false => self.put((row, column), without_codes(cell.printed(workbook))),
        }
    }
}
