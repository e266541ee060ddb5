//! An old Excel file (xls, et) to a document: each sheet's cells as they are printed, laid out as a new one is; read here
//! for the reason that is told there.

mod cells;
mod globals;
mod records;

use super::Document;
use super::from_xlsx::{MOST_SHEETS, lay};
use super::kind::{Old, too_old};
use super::structured::Structured;
use std::io::{Cursor, Read};

/// The longest stream that is read.
const LONGEST: u64 = 64 << 20;

/// Reads the bytes of a file. An error says in Chinese what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let stream = stream(bytes)?;
    let book = globals::read(&stream)?;
    let mut structured = Structured::new();
    for (at, named) in book.sheets.iter().enumerate() {
        if at >= MOST_SHEETS {
            structured.unread(format!("工作表超过 {MOST_SHEETS} 张，后面的没有读"));
            break;
        }
        let Some(sheet) = cells::read(&stream, named.offset, &book) else {
            structured.unread(format!("工作表“{}”在文件里找不到", named.name));
            continue;
        };
        if !named.is_hidden {
            lay(&mut structured, &named.name, sheet);
        } else if !sheet.cells.is_empty() {
            structured.note(format!("隐藏的工作表“{}”没有核对。", named.name));
        }
    }
    structured.finish(name)
}

/// The stream that holds all sheets.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    if !file.is_stream("/Workbook") {
        return Err(match file.is_stream("/Book") {
            true => too_old(Old::Book),
            false => damaged(),
        });
    }
    let mut read = Vec::new();
    let stream = file.open_stream("/Workbook").map_err(|_| damaged())?;
    stream
        .take(LONGEST)
        .read_to_end(&mut read)
        .map_err(|_| damaged())?;
    Ok(read)
}

fn damaged() -> String {
    "文件已损坏或没有下载完整，打不开。请重新取一份，或用 Excel、WPS 打开，另存为 .xlsx 后再核对。".into()
}
