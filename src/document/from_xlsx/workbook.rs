//! The parts of a workbook that its sheets share: their names, the texts, the number formats of the styles.

use super::NAMESPACE;
use super::formats::Format;
use crate::document::package::{Package, too_large};
use crate::document::xml::{Event, Xml};
use rustc_hash::FxHashMap;

/// A sheet by its name.
pub(super) struct Named {
    pub name: String,
    pub path: String,
    pub is_hidden: bool,
}

/// What the sheets share.
#[derive(Default)]
pub(super) struct Workbook {
    pub sheets: Vec<Named>,
    /// The texts that cells refer to.
    pub texts: Vec<String>,
    /// The format of each style.
    pub formats: Vec<Format>,
    /// Whether days are counted from 1904.
    pub is_1904: bool,
}

/// Reads the parts of a file.
pub(super) fn read(package: &mut Package) -> Result<Workbook, String> {
    let main = package.main("xl/workbook.xml")?;
    let Some(text) = package.part(&main)? else {
        return Err(
            "文件里没有工作簿，不是完整的 Excel 表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再核对。".into(),
        );
    };
    let relations = package.relations(&main)?;
    let mut workbook = Workbook::default();
    sheets(&mut workbook, &text, |id| {
        // A chart or a macro sheet has no cells.
        let mut sheets = relations.iter().filter(|relation| relation.kind == "worksheet");
        let found = sheets.find(|relation| relation.id == id);
        found.map(|relation| relation.target.clone())
    })?;
    for relation in &relations {
        match relation.kind.as_str() {
            "sharedStrings" => {
                let text = package.part(&relation.target)?.unwrap_or_default();
                workbook.texts = texts(&text)?;
            }
            "styles" => {
                let text = package.part(&relation.target)?.unwrap_or_default();
                workbook.formats = formats(&text)?;
            }
            _ => {}
        }
    }
    Ok(workbook)
}

fn sheets(workbook: &mut Workbook, text: &str, path: impl Fn(&str) -> Option<String>) -> Result<(), String> {
    let mut xml = Xml::new(text, NAMESPACE);
    loop {
        match xml.next()? {
            Event::Open(tag) => match tag.name() {
                "sheet" => {
                    let id = tag.get("id").unwrap_or_default();
                    if let Some(path) = path(&id) {
                        workbook.sheets.push(Named {
                            name: tag.get("name").unwrap_or_default().into_owned(),
                            path,
                            is_hidden: tag.get("state").is_some_and(|state| state != "visible"),
                        });
                    }
                }
                "workbookPr" => {
                    workbook.is_1904 = matches!(tag.get("date1904").as_deref(), Some("1" | "true"));
                }
                _ => {}
            },
            Event::End => return Ok(()),
            _ => {}
        }
    }
}

/// More texts than this no report has.
const MOST_TEXTS: usize = 1_000_000;

/// sharedStrings.xml: a text may stand in runs; how it is pronounced is no part of it.
fn texts(text: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    if text.is_empty() {
        return Ok(found);
    }
    let mut xml = Xml::new(text, NAMESPACE);
    loop {
        match xml.next()? {
            Event::Open(tag) => match tag.name() {
                "si" if found.len() >= MOST_TEXTS => return Err(too_large()),
                "si" => found.push(String::new()),
                "t" => match found.last_mut() {
                    Some(last) => xml.text(last)?,
                    None => xml.skip()?,
                },
                "rPh" => xml.skip()?,
                _ => {}
            },
            Event::End => return Ok(found),
            _ => {}
        }
    }
}

/// styles.xml: the number format of each cell style.
fn formats(text: &str) -> Result<Vec<Format>, String> {
    let mut found = Vec::new();
    if text.is_empty() {
        return Ok(found);
    }
    let mut codes: FxHashMap<u32, String> = FxHashMap::default();
    let mut xml = Xml::new(text, NAMESPACE);
    let mut styles = false;
    loop {
        match xml.next()? {
            Event::Open(tag) => match tag.name() {
                "numFmt" => {
                    let code = tag.get("formatCode").unwrap_or_default().into_owned();
                    codes.insert(tag.number("numFmtId").unwrap_or(0), code);
                }
                "cellXfs" => styles = true,
                "cellStyles" | "dxfs" => styles = false,
                "xf" if styles => {
                    let id = tag.number("numFmtId").unwrap_or(0);
                    found.push(Format::of(id, codes.get(&id).map(String::as_str)));
                }
                _ => {}
            },
            Event::End => return Ok(found),
            _ => {}
        }
    }
}

/// A1 of a row and a column, both from 0.
pub(super) fn address((row, column): (u32, u32)) -> String {
    format!("{}{}", crate::document::letters(column), row + 1)
}

/// Row and column of A1, both from 0.
pub(super) fn place(address: &str) -> Option<(u32, u32)> {
    let address = address.trim_start_matches('$');
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let letters = address[..digits].trim_end_matches('$');
    let mut column = 0u32;
    for letter in letters.bytes() {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A')?;
        if digit > 25 || column > 16384 {
            return None;
        }
        column = column * 26 + u32::from(digit) + 1;
    }
    let row: u32 = address[digits..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_addresses_are_one() {
        for text in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(place(text).map(address).as_deref(), Some(text));
        }
        assert_eq!(place("$B$2"), Some((1, 1)));
        assert_eq!(place("A0"), None);
        assert_eq!(place("12"), None);
        assert_eq!(place("AAAAAAAAAAAAAAAAA1"), None);
    }
}
