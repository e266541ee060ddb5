//! An Excel file to a document: each sheet's cells as they are printed, in tables and paragraphs.
//!
//! The cells are read here and not by calamine, which gives values without the formats that print them: as tried with
//! 0.38, a rate that the sheet prints as 84.67% comes as 0.846666666666667, and whether it was rounded or cut off, which
//! is what is judged, cannot be told any more.

mod blocks;
mod dates;
mod decimal;
pub(super) mod formats;
pub(super) mod sheet;
mod workbook;

use super::Document;
use super::package::Package;
use super::structured::Structured;
use sheet::Sheet;

/// What the names of the elements of an Excel file belong to, strict or not.
const NAMESPACE: &str = "spreadsheetml";

/// More sheets than this no report has.
pub(super) const MOST_SHEETS: usize = 100;

/// Reads the bytes of a file. An error says in Chinese what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let mut package = Package::open(bytes)?;
    let workbook = workbook::read(&mut package)?;
    let mut structured = Structured::new();
    for (at, named) in workbook.sheets.iter().enumerate() {
        if at >= MOST_SHEETS {
            structured.unread(format!("工作表超过 {MOST_SHEETS} 张，后面的没有读"));
            break;
        }
        let Some(text) = package.part(&named.path)? else {
            structured.unread(format!("工作表“{}”在文件里找不到", named.name));
            continue;
        };
        let sheet = sheet::read(&text, &workbook)?;
        if !named.is_hidden {
            lay(&mut structured, &named.name, sheet);
        } else if !sheet.cells.is_empty() {
            structured.note(format!("隐藏的工作表“{}”没有核对。", named.name));
        }
    }
    structured.finish(name)
}

/// The sheets of a file by their names, with the names of their parts.
pub fn sheet_parts(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    let workbook = workbook::read(&mut Package::open(bytes)?)?;
    let sheets = workbook.sheets.into_iter();
    Ok(sheets.map(|sheet| (sheet.name, sheet.path)).collect())
}

/// A1 of a row and a column, both from 0.
pub fn address(place: (u32, u32)) -> String {
    workbook::address(place)
}

/// The row and the column of A1, both from 0.
pub fn place(address: &str) -> Option<(u32, u32)> {
    workbook::place(address)
}

/// One sheet, and what could not be read of it.
pub(super) fn lay(structured: &mut Structured, name: &str, sheet: Sheet) {
    let number = structured.sheet(name);
    if let Some(first) = sheet.uncounted.first() {
        let address = workbook::address(*first);
        structured.unread(format!(
            "工作表“{name}”有 {} 格公式没有保存计算结果（第一处 {address}），请用 Excel 或 WPS 打开、保存一次后再核对",
            sheet.uncounted.len()
        ));
    }
    if sheet.is_cut {
        structured.unread(format!("工作表“{name}”的格子太多，后面的没有读"));
    }
    blocks::lay(structured, number, name, sheet);
}
