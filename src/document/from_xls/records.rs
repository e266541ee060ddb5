//! The bytes of an old Excel file to its records, and a record to the numbers and texts in it.

/// A record that goes on the one before it.
const CONTINUE: u16 = 0x003C;

/// The records of a stream from one place on.
pub(super) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

/// A record: its number, and its bytes with those that go on it.
pub(super) struct Record<'s> {
    pub id: u16,
    pub data: Data<'s>,
}

/// The bytes of a record that are still to be read.
pub(super) struct Data<'s> {
    /// The piece that is being read, and those behind it.
    piece: &'s [u8],
    rest: std::vec::IntoIter<&'s [u8]>,
}

impl<'s> Records<'s> {
    /// The records that begin there.
    pub(super) fn from(stream: &'s [u8], at: usize) -> Records<'s> {
        Records { stream, at }
    }

    fn piece(&mut self, only: Option<u16>) -> Option<(u16, &'s [u8])> {
        let head = self.stream.get(self.at..self.at.checked_add(4)?)?;
        let id = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        if only.is_some_and(|only| only != id) {
            return None;
        }
        let start = self.at + 4;
        let bytes = self.stream.get(start..start + length)?;
        self.at = start + length;
        Some((id, bytes))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let (id, piece) = self.piece(None)?;
        let mut rest = Vec::new();
        while let Some((_, more)) = self.piece(Some(CONTINUE)) {
            rest.push(more);
        }
        let rest = rest.into_iter();
        Some(Record {
            id,
            data: Data { piece, rest },
        })
    }
}

impl<'s> Data<'s> {
    /// The bytes that are left in this piece.
    pub(super) fn left(&self) -> usize {
        self.piece.len()
    }

    fn byte(&mut self) -> Option<u8> {
        while self.piece.is_empty() {
            self.piece = self.rest.next()?;
        }
        let (first, rest) = self.piece.split_first()?;
        self.piece = rest;
        Some(*first)
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            *byte = self.byte()?;
        }
        Some(bytes)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.byte()
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.bytes().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    /// A row and a column.
    pub(super) fn place(&mut self) -> Option<(u32, u32)> {
        Some((u32::from(self.u16()?), u32::from(self.u16()?)))
    }

    /// Eight bytes: a number, or what stands for another result of a formula.
    pub(super) fn eight(&mut self) -> Option<[u8; 8]> {
        self.bytes()
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.piece.len() {
            count -= self.piece.len();
            self.piece = self.rest.next()?;
        }
        self.piece = &self.piece[count..];
        Some(())
    }

    /// A text with its length in front, of two bytes.
    pub(super) fn text(&mut self) -> Option<String> {
        let count = self.u16()?;
        self.text_of(usize::from(count))
    }

    /// A text of so many units: how wide they are stands before them, and again where the text goes on in a further
    /// piece. How it is formatted and pronounced stands behind it.
    pub(super) fn text_of(&mut self, mut count: usize) -> Option<String> {
        let mut flags = self.u8()?;
        let runs = if flags & 8 != 0 {
            usize::from(self.u16()?)
        } else {
            0
        };
        let more = if flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let mut units = Vec::new();
        while count > 0 {
            if self.piece.is_empty() {
                self.piece = self.rest.next()?;
                flags = self.u8()?;
                continue;
            }
            units.push(match flags & 1 {
                0 => u16::from(self.u8()?),
                _ => self.u16()?,
            });
            count -= 1;
        }
        self.skip(4 * runs)?;
        self.skip(more)?;
        Some(String::from_utf16_lossy(&units))
    }
}

/// A number as it would be written in a new file: the shortest digits that mean it.
pub(super) fn printed(bytes: [u8; 8]) -> String {
    f64::from_le_bytes(bytes).to_string()
}

/// A number of four bytes: the upper half of a number or a whole number, either perhaps in hundredths.
pub(super) fn printed_short(short: u32) -> String {
    let whole = f64::from((short as i32) >> 2);
    let number = match short & 2 {
        0 => f64::from_bits(u64::from(short & !3) << 32),
        _ => whole,
    };
    let hundredths = short & 1 != 0;
    (if hundredths { number / 100.0 } else { number }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (id, data) in records {
            bytes.extend(id.to_le_bytes());
            bytes.extend((data.len() as u16).to_le_bytes());
            bytes.extend(*data);
        }
        bytes
    }

    #[test]
    fn a_text_goes_on_in_the_next_piece_in_another_width() {
        // 上 wide, then "ab" narrow
        let stream = stream(&[(0xFC, &[3, 0, 1, 0x0A, 0x4E]), (CONTINUE, &[0, b'a', b'b'])]);
        let mut records = Records::from(&stream, 0);
        assert_eq!(records.next().unwrap().data.text().as_deref(), Some("上ab"));
        assert!(records.next().is_none());
    }

    #[test]
    fn a_record_that_is_cut_off_is_none() {
        let stream = stream(&[(0xFC, &[9, 0, 1, 0x0A])]);
        assert!(Records::from(&stream, 0).next().unwrap().data.text().is_none());
        assert!(Records::from(&stream[..6], 0).next().is_none());
        assert!(Records::from(&stream, 99).next().is_none());
    }

    #[test]
    fn short_numbers_are_whole_ones_or_halves_of_numbers_or_hundredths() {
        assert_eq!(printed_short((408 << 2) | 2), "408");
        assert_eq!(printed_short((8466 << 2) | 3), "84.66");
        assert_eq!(printed_short(((-5i32 as u32) << 2) | 2), "-5");
        assert_eq!(printed_short((0.5f64.to_bits() >> 32) as u32), "0.5");
        assert_eq!(printed(0.8466f64.to_le_bytes()), "0.8466");
    }
}
