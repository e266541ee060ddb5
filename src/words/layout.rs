//! The words of a table laid out on shelves by a letter of theirs, while the program is compiled.

use super::{PAIRS, Pairs, letter_at, row, second_bit};

/// Which words of a table are laid out, and how.
#[derive(Clone, Copy)]
pub struct Layout {
    /// The table: lines of columns parted by tabs; `#` starts a comment.
    pub text: &'static str,
    /// Whether the first column is a word itself.
    pub first: bool,
    /// The column from which on all that blanks part is a word each.
    pub from: usize,
    /// The labels in the first column that are wanted; a word's kind is the place of its label among them. Without
    /// any, all lines are wanted, and the kind is the number of the line.
    pub kinds: &'static [&'static str],
    /// Whether words are kept by their last letter.
    pub by_last: bool,
}

impl Layout {
    /// Lines of a label and its words.
    pub const fn lists(text: &'static str, kinds: &'static [&'static str]) -> Layout {
        Layout {
            text,
            first: false,
            from: 1,
            kinds,
            by_last: false,
        }
    }

    /// Lines of one word and what is to be known of it.
    pub const fn rows(text: &'static str) -> Layout {
        Layout {
            text,
            first: true,
            from: usize::MAX,
            kinds: &[],
            by_last: false,
        }
    }

    /// How many lines it has.
    pub const fn lines(&self) -> usize {
        let (bytes, mut at, mut lines) = (self.text.as_bytes(), 0, 1);
        while at < bytes.len() {
            lines += (bytes[at] == b'\n') as usize;
            at += 1;
        }
        lines
    }

    /// The same words by their last letter.
    pub const fn by_last(self) -> Layout {
        Layout {
            by_last: true,
            ..self
        }
    }

    /// How many words it has.
    pub const fn count(&self) -> usize {
        let (mut cursor, mut count) = (Cursor::new(), 0);
        while cursor.next(self).is_some() {
            count += 1;
        }
        count
    }
}

/// A word of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    pub(super) start: u16,
    /// How many bytes it takes.
    pub length: u16,
    /// The place of its label, or the number of its line.
    pub kind: u16,
    /// Two bytes behind its first letter (before its last one, where words are kept by that), by which most words of a
    /// shelf are told from a text at once; 0 where it has none.
    pub(super) second: u16,
}

/// Goes through a table word by word.
struct Cursor {
    at: usize,
    line: u16,
    column: usize,
    kind: u16,
}

impl Cursor {
    const fn new() -> Cursor {
        Cursor {
            at: 0,
            line: 0,
            column: 0,
            kind: 0,
        }
    }

    const fn next(&mut self, layout: &Layout) -> Option<Entry> {
        let bytes = layout.text.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            match bytes[start] {
                b'\n' => {
                    (self.line, self.column) = (self.line + 1, 0);
                    self.at += 1;
                }
                b'\t' => {
                    self.column += 1;
                    self.at += 1;
                }
                b' ' | b'\r' => self.at += 1,
                _ if self.column == 0 => {
                    self.at = end_of(bytes, start, true);
                    self.begin(layout, start);
                    if self.column == 0 && layout.first {
                        return Some(self.entry(start));
                    }
                }
                _ => {
                    self.at = end_of(bytes, start, false);
                    if self.column >= layout.from {
                        return Some(self.entry(start));
                    }
                }
            }
        }
        None
    }

    /// Takes the first column of a line, or passes over all of the line where it is not wanted.
    const fn begin(&mut self, layout: &Layout, start: usize) {
        let bytes = layout.text.as_bytes();
        self.kind = self.line;
        let mut wanted = bytes[start] != b'#' && self.at < bytes.len() && bytes[self.at] == b'\t';
        if wanted && !layout.kinds.is_empty() {
            let mut kind = 0;
            while kind < layout.kinds.len() && !same(bytes, start, self.at, layout.kinds[kind].as_bytes()) {
                kind += 1;
            }
            wanted = kind < layout.kinds.len();
            self.kind = kind as u16;
        }
        if !wanted {
            while self.at < bytes.len() && bytes[self.at] != b'\n' {
                self.at += 1;
            }
            self.column = usize::MAX;
        }
    }

    const fn entry(&self, start: usize) -> Entry {
        Entry {
            start: start as u16,
            length: (self.at - start) as u16,
            kind: self.kind,
            second: 0,
        }
    }
}

/// Where a word, or with `whole` a column that may hold blanks, ends.
const fn end_of(bytes: &[u8], mut at: usize, whole: bool) -> usize {
    while at < bytes.len() && !matches!(bytes[at], b'\t' | b'\n' | b'\r') && (whole || bytes[at] != b' ') {
        at += 1;
    }
    at
}

const fn same(bytes: &[u8], start: usize, end: usize, other: &[u8]) -> bool {
    let mut at = 0;
    while at < other.len() && start + at < end && bytes[start + at] == other[at] {
        at += 1;
    }
    at == other.len() && start + at == end
}

/// More shelves than first letters in any table, so that most letters of a report find theirs empty.
pub const SHELVES: usize = 1024;

/// The shelf of a letter.
pub const fn shelf(letter: u32) -> usize {
    (letter.wrapping_mul(0x9E37_79B1) >> 22) as usize
}

/// Where the two bytes stand by which words of one first letter are told apart: past it and past the lead byte of the
/// second letter, which most of them share.
pub const fn second(first: u8) -> usize {
    match first {
        0..0x80 => 2,
        0x80..0xE0 => 3,
        0xE0..0xF0 => 4,
        _ => 5,
    }
}

/// Words on their shelves; on each the longest first, and of equal ones the one that stands last in the table.
pub struct Table<const N: usize> {
    /// The words.
    pub entries: [Entry; N],
    /// Where each shelf begins.
    pub shelves: [u16; SHELVES + 1],
    /// How the words begin, or how they end where they are kept by their last letter.
    pub pairs: Pairs,
}

impl<const N: usize> Table<N> {
    /// Lays the words out.
    pub const fn of(layout: &Layout) -> Table<N> {
        assert!(layout.text.len() <= u16::MAX as usize, "places are 16 bits wide");
        let bytes = layout.text.as_bytes();
        let none = Entry {
            start: 0,
            length: 0,
            kind: 0,
            second: 0,
        };
        let (mut entries, mut shelves, mut held) = ([none; N], [0u16; SHELVES + 1], [0u16; SHELVES]);
        let mut pairs = [0; PAIRS];
        let mut cursor = Cursor::new();
        while let Some(entry) = cursor.next(layout) {
            let (letter, from) = key(bytes, &entry, layout.by_last);
            shelves[shelf(letter) + 1] += 1;
            let start = entry.start as usize;
            pairs[row(letter as usize)] |= match layout.by_last {
                true => bit_before(bytes, start, from),
                false => {
                    let (_, behind) = bytes.split_at(start);
                    let (word, _) = behind.split_at(entry.length as usize);
                    second_bit(word, letter_at(word, 0).1)
                }
            };
        }
        let mut at = 0;
        while at < SHELVES {
            shelves[at + 1] += shelves[at];
            at += 1;
        }
        let mut cursor = Cursor::new();
        while let Some(mut entry) = cursor.next(layout) {
            let (letter, from) = key(bytes, &entry, layout.by_last);
            let at = shelf(letter);
            let (start, length) = (entry.start as usize, entry.length as usize);
            let behind = start + second(bytes[start]);
            if layout.by_last && from >= start + 2 {
                entry.second = u16::from_le_bytes([bytes[from - 2], bytes[from - 1]]);
            } else if !layout.by_last && behind + 1 < start + length {
                entry.second = u16::from_le_bytes([bytes[behind], bytes[behind + 1]]);
            }
            let mut place = (shelves[at] + held[at]) as usize;
            while place > shelves[at] as usize && entries[place - 1].length <= entry.length {
                entries[place] = entries[place - 1];
                place -= 1;
            }
            entries[place] = entry;
            held[at] += 1;
        }
        Table {
            entries,
            shelves,
            pairs,
        }
    }
}

impl<const N: usize> Table<N> {
    /// For each word the kinds of all entries of the same word, a bit each: a word may stand under several labels.
    pub const fn all_kinds(&self, layout: &Layout) -> [u32; N] {
        let bytes = layout.text.as_bytes();
        let (mut all, mut at) = ([0u32; N], 0);
        while at < N {
            // Equal words are of one length and stand on one shelf.
            let mut other = at;
            while other < N && self.entries[other].length == self.entries[at].length {
                if is_same(bytes, &self.entries[at], &self.entries[other]) {
                    all[at] |= 1 << self.entries[other].kind;
                    all[other] |= 1 << self.entries[at].kind;
                }
                other += 1;
            }
            at += 1;
        }
        all
    }
}

const fn is_same(bytes: &[u8], a: &Entry, b: &Entry) -> bool {
    let mut at = 0;
    while at < a.length as usize && bytes[a.start as usize + at] == bytes[b.start as usize + at] {
        at += 1;
    }
    at == a.length as usize
}

/// The letter by which a word is kept, and where it stands.
const fn key(bytes: &[u8], entry: &Entry, by_last: bool) -> (u32, usize) {
    let mut at = entry.start as usize;
    if by_last {
        at += entry.length as usize - 1;
        while bytes[at] & 0xC0 == 0x80 {
            at -= 1;
        }
    }
    (letter_at(bytes, at).0 as u32, at)
}

/// The bit of the letter before the last one, which stands at `at`, of what begins at `start`; all bits where it has
/// none.
#[inline]
pub const fn bit_before(bytes: &[u8], start: usize, at: usize) -> u64 {
    match at > start {
        true => 1 << (bytes[at - 1] & 0x3F),
        false => u64::MAX,
    }
}
