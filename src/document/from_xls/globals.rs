//! The first records of an old Excel file to what its sheets share: their names, the texts, the number formats.

use super::damaged;
use super::records::{Data, Records};
use crate::document::from_xlsx::formats::Format;
use crate::document::kind::{Old, too_old};
use std::collections::HashMap;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILEPASS: u16 = 0x002F;
const DATEMODE: u16 = 0x0022;
const BOUNDSHEET: u16 = 0x0085;
const SST: u16 = 0x00FC;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
/// The version of Excel 97 and later.
const VERSION: u16 = 0x0600;

/// A sheet by its name.
pub(super) struct Named {
    pub name: String,
    pub offset: usize,
    pub is_hidden: bool,
}

/// What the sheets share.
#[derive(Default)]
pub(super) struct Book {
    pub sheets: Vec<Named>,
    pub texts: Vec<String>,
    /// The format of each style.
    pub formats: Vec<Format>,
    /// Whether days are counted from 1904.
    pub is_1904: bool,
}

/// Reads them.
pub(super) fn read(stream: &[u8]) -> Result<Book, String> {
    let mut records = Records::from(stream, 0);
    let version = records.next().filter(|first| first.id == BOF);
    match version.and_then(|mut first| first.data.u16()) {
        Some(VERSION) => {}
        Some(_) => return Err(too_old(Old::Book)),
        None => return Err(damaged()),
    }
    let mut book = Book::default();
    let (mut codes, mut styles) = (HashMap::new(), Vec::new());
    for mut record in records {
        match record.id {
            FILEPASS => {
                return Err(
                    "文件设了打开密码，读不了。请用 Excel 或 WPS 打开，去掉密码后另存再核对。".into(),
                );
            }
            DATEMODE => book.is_1904 = record.data.u16() == Some(1),
            BOUNDSHEET => book.sheets.extend(named(record.data)),
            SST => book.texts = texts(record.data),
            FORMAT => codes.extend(code(record.data)),
            XF => styles.push(record.data.place().map_or(0, |(_, format)| format)),
            EOF => break,
            _ => {}
        }
    }
    let format = |id: &u32| Format::of(*id, codes.get(id).map(String::as_str));
    book.formats = styles.iter().map(format).collect();
    Ok(book)
}

/// Charts and macros have no cells.
fn named(mut data: Data) -> Option<Named> {
    let offset = data.u32()? as usize;
    let (state, kind, count) = (data.u8()?, data.u8()?, data.u8()?);
    let name = data.text_of(usize::from(count))?;
    (kind == 0).then_some(Named {
        name,
        offset,
        is_hidden: state & 3 != 0,
    })
}

fn code(mut data: Data) -> Option<(u32, String)> {
    let id = u32::from(data.u16()?);
    Some((id, data.text()?))
}

fn texts(mut data: Data) -> Vec<String> {
    let _ = (data.u32(), data.u32());
    std::iter::from_fn(|| data.text()).collect()
}
