//! The records of a sheet of an old Excel file to its cells, each as it is printed, and its merged areas.

use super::globals::Book;
use super::records::{Data, Records, printed, printed_short};
use crate::document::from_xlsx::formats::Format;
use crate::document::from_xlsx::sheet::{Area, Sheet};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MULRK: u16 = 0x00BD;
const LABELSST: u16 = 0x00FD;
const LABEL: u16 = 0x0204;
const RSTRING: u16 = 0x00D6;
const FORMULA: u16 = 0x0006;
const STRING: u16 = 0x0207;
const BOOLERR: u16 = 0x0205;
const MERGEDCELLS: u16 = 0x00E5;

/// Reads the sheet that begins there; nothing where none does.
pub(super) fn read(stream: &[u8], offset: usize, book: &Book) -> Option<Sheet> {
    let mut records = Records::from(stream, offset);
    records.next().filter(|first| first.id == BOF)?;
    let mut cells = Cells {
        book,
        sheet: Sheet::default(),
        awaited: None,
    };
    // A chart in the sheet has a beginning and an end of its own.
    let mut inner = 0;
    for record in records {
        match record.id {
            BOF => inner += 1,
            EOF if inner == 0 => return Some(cells.sheet.in_order()),
            EOF => inner -= 1,
            _ if inner > 0 || cells.sheet.is_full() => {}
            // What is cut off within a record is left out, and told of.
            id => {
                if cells.record(id, record.data).is_none() {
                    cells.sheet.is_cut = true;
                }
            }
        }
    }
    // The stream ends within the sheet.
    cells.sheet.is_cut = true;
    Some(cells.sheet.in_order())
}

struct Cells<'b> {
    book: &'b Book,
    sheet: Sheet,
    /// The formula whose text comes next.
    awaited: Option<(u32, u32)>,
}

impl Cells<'_> {
    fn record(&mut self, id: u16, mut data: Data) -> Option<()> {
        match id {
            NUMBER => {
                let (place, style) = (data.place()?, data.u16()?);
                self.number(place, style, &printed(data.eight()?));
            }
            RK => {
                let (place, style) = (data.place()?, data.u16()?);
                self.number(place, style, &printed_short(data.u32()?));
            }
            MULRK => {
                let (row, first) = data.place()?;
                // The last column stands behind them.
                let count = (data.left() / 6) as u32;
                for column in first..first + count {
                    let style = data.u16()?;
                    self.number((row, column), style, &printed_short(data.u32()?));
                }
            }
            LABELSST => {
                let (place, _) = (data.place()?, data.u16()?);
                let text = self.book.texts.get(data.u32()? as usize)?.clone();
                self.sheet.put(place, text);
            }
            LABEL | RSTRING => {
                let (place, _) = (data.place()?, data.u16()?);
                let text = data.text()?;
                self.sheet.put(place, text);
            }
            BOOLERR => {
                let (place, _) = (data.place()?, data.u16()?);
                let (value, is_error) = (data.u8()?, data.u8()? != 0);
                self.sheet.put(place, told(value, is_error).to_owned());
            }
            FORMULA => self.formula(data)?,
            STRING => {
                if let Some(place) = self.awaited.take() {
                    self.sheet.put(place, data.text()?);
                }
            }
            MERGEDCELLS => self.merged(data)?,
            _ => {}
        }
        Some(())
    }

    fn number(&mut self, place: (u32, u32), style: u16, value: &str) {
        let format = self.book.formats.get(usize::from(style));
        let text = format
            .unwrap_or(&Format::General)
            .printed(value, self.book.is_1904);
        self.sheet.put(place, text);
    }

    fn formula(&mut self, mut data: Data) -> Option<()> {
        let (place, style) = (data.place()?, data.u16()?);
        let (result, options) = (data.eight()?, data.u16()?);
        self.awaited = None;
        match result {
            [0, .., 0xFF, 0xFF] => self.awaited = Some(place),
            [1, _, value, .., 0xFF, 0xFF] => self.sheet.put(place, told(value, false).to_owned()),
            [2, _, value, .., 0xFF, 0xFF] => self.sheet.put(place, told(value, true).to_owned()),
            [_, .., 0xFF, 0xFF] => {}
            // A nought that is still to be counted when the file is opened was put there by a program that cannot count.
            [0, 0, 0, 0, 0, 0, 0, 0] if options & 3 != 0 => self.sheet.uncounted(place),
            result => self.number(place, style, &printed(result)),
        }
        Some(())
    }

    fn merged(&mut self, mut data: Data) -> Option<()> {
        for _ in 0..data.u16()? {
            let (row, last_row) = data.place()?;
            let (column, last_column) = data.place()?;
            if row <= last_row && column <= last_column {
                self.sheet.merge(Area {
                    row,
                    column,
                    last_row,
                    last_column,
                });
            }
        }
        Some(())
    }
}

fn told(value: u8, is_error: bool) -> &'static str {
    match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0F) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1D) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, 0x2A) => "#N/A",
        (true, _) => "#NULL!",
    }
}
