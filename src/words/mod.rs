//! Fixed sets of words, and every place in a text where one of them begins: one pass over the text, whatever the number
//! of words. `lexicon` lays tables of data/ out while the program is compiled; `Words` holds what code lists. Bits for pairs
//! of letters say whether a word may begin so; most pairs begin none.

pub mod held;
mod layout;
pub mod lexicon;
pub mod said;
pub mod script;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A hasher for single letters: one multiplication.
#[derive(Clone, Copy, Debug, Default)]
pub struct LetterHasher(u64);

impl Hasher for LetterHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(number)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Words of 64 bits for the letters of the basic plane; no word of ours begins outside it.
pub const LETTERS: usize = 0x1_0000 / 64;

/// A set of letters, one bit each.
pub type Bits = [u64; LETTERS];

/// How words begin: in the row of the first letter a bit for the last byte of each second one, and all of them where a
/// word has no second. Most letters of a text begin no word, and of those that may most are not followed like one.
pub type Pairs = [u64; PAIRS];

/// The rows of such a set.
pub const PAIRS: usize = 1024;

/// The row of a first letter.
#[inline]
const fn row(letter: usize) -> usize {
    letter % PAIRS
}

/// The bit of a second letter.
#[inline]
const fn bit(letter: usize) -> u64 {
    1 << (letter % 64)
}

/// The bit of the second letter of what begins with so many bytes of a first one; all bits where it has none.
#[inline]
const fn second_bit(bytes: &[u8], first: usize) -> u64 {
    match first < bytes.len() {
        true => bit(letter_at(bytes, first).0),
        false => u64::MAX,
    }
}

/// The letter at a boundary of a text, as far as a word may begin with it, and its length.
#[inline]
const fn letter_at(bytes: &[u8], at: usize) -> (usize, usize) {
    match bytes[at] {
        first @ 0..0x80 => (first as usize, 1),
        first @ 0xE0..0xF0 if at + 2 < bytes.len() => {
            let row = (first as usize & 0xF) << 6 | bytes[at + 1] as usize & 0x3F;
            (row << 6 | bytes[at + 2] as usize & 0x3F, 3)
        }
        first @ 0xC0..0xE0 if at + 1 < bytes.len() => {
            ((first as usize & 0x1F) << 6 | bytes[at + 1] as usize & 0x3F, 2)
        }
        _ => (usize::MAX, 4),
    }
}

/// Whether a text may begin with a word.
#[inline]
fn may_begin(pairs: &Pairs, bytes: &[u8]) -> bool {
    let (letter, length) = letter_at(bytes, 0);
    pairs[row(letter)] & second_bit(bytes, length) != 0
}

/// Where the next letter stands with which a word may begin, from a byte on, and which one it is.
#[inline]
fn next_in(pairs: &Pairs, text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    if from >= bytes.len() {
        return None;
    }
    let mut at = from;
    let (mut letter, mut length) = letter_at(bytes, at);
    loop {
        let behind = at + length;
        let last = behind >= bytes.len();
        let (next, next_length) = if last { (0, 0) } else { letter_at(bytes, behind) };
        let found = pairs[row(letter)] & if last { u64::MAX } else { bit(next) };
        // No word of ours begins outside the basic plane.
        if found != 0 && length < 4 {
            return Some((at, char::from_u32(letter as u32)?));
        }
        if last {
            return None;
        }
        (at, letter, length) = (behind, next, next_length);
    }
}

/// Whether a text may hold a blank of any width (or a sign of none that is told like one): a look at its bytes, which
/// is cheaper than one at its letters. Most texts hold none.
pub fn may_hold_blank(text: &str) -> bool {
    let bytes = text.as_bytes();
    let low = |byte: &u8| u8::from(*byte <= b' ') | u8::from(matches!(*byte, 0xC2 | 0xE1));
    let wide = |(first, second): (&u8, &u8)| {
        u8::from(*first == 0xE2) & u8::from(*second & 0xFE == 0x80)
            | u8::from(*first == 0x80) & u8::from(*second == 0x80)
    };
    let low = bytes.iter().fold(0, |found, byte| found | low(byte));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or(&[]));
    low | pairs.fold(0, |found, pair| found | wide(pair)) != 0
}

/// Whether a text may hold a gap: a tab, a wide blank, or two blanks one behind the other. As cheap to ask.
pub fn may_hold_gap(text: &str) -> bool {
    let bytes = text.as_bytes();
    let odd = |byte: &u8| u8::from(*byte < b' ') | u8::from(matches!(*byte, 0xC2 | 0xE1));
    let pair = |(first, second): (&u8, &u8)| {
        u8::from(*first <= b' ') & u8::from(*second <= b' ')
            | u8::from(*first == 0xE2) & u8::from(*second & 0xFE == 0x80)
            | u8::from(*first == 0x80) & u8::from(*second == 0x80)
    };
    let odd = bytes.iter().fold(0, |found, byte| found | odd(byte));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or(&[]));
    odd | pairs.fold(0, |found, next| found | pair(next)) != 0
}

/// Words that fill a reason cell without saying anything.
pub fn is_no_reason(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        bare.as_str(),
        "" | "无" | "暂无" | "没有" | "不涉及" | "无偏差" | "xx" | "XX"
    )
}

/// Words with a value each.
#[derive(Clone, Debug)]
pub struct Words<V> {
    pairs: Pairs,
    /// By their first letter, under each letter the longest first and equal ones in the order given.
    words: HashMap<char, Vec<(&'static str, V)>, BuildHasherDefault<LetterHasher>>,
}

impl<V: Copy> Words<V> {
    /// The set of these words.
    pub fn of(given: impl IntoIterator<Item = (&'static str, V)>) -> Words<V> {
        let mut pairs = [0; PAIRS];
        let mut words: HashMap<char, Vec<(&'static str, V)>, _> = HashMap::default();
        for (word, value) in given {
            if let Some(first) = word.chars().next() {
                let under = words.entry(first).or_default();
                let at = under.partition_point(|(held, _)| held.len() >= word.len());
                under.insert(at, (word, value));
                pairs[row(first as usize)] |= second_bit(word.as_bytes(), first.len_utf8());
            }
        }
        Words { pairs, words }
    }

    /// Calls `visit` with the place, the word and its value for every word at every place, overlapping ones too.
    pub fn each(&self, text: &str, mut visit: impl FnMut(usize, &'static str, V)) {
        let mut from = 0;
        while let Some((at, first)) = next_in(&self.pairs, text, from) {
            from = at + first.len_utf8();
            for (word, value) in self.under(first) {
                if text[at..].starts_with(word) {
                    visit(at, word, *value);
                }
            }
        }
    }

    /// The longest word at each place, from left to right, none within another.
    pub fn longest(&self, text: &str, mut visit: impl FnMut(usize, &'static str, V)) {
        let mut from = 0;
        while let Some((at, first)) = next_in(&self.pairs, text, from) {
            let found = self.at(first, &text[at..]);
            from = at + found.map_or(first.len_utf8(), |(word, _)| word.len());
            if let Some((word, value)) = found {
                visit(at, word, value);
            }
        }
    }

    /// The longest word with which a text begins.
    pub fn beginning(&self, text: &str) -> Option<(&'static str, V)> {
        let first = text.chars().next()?;
        match may_begin(&self.pairs, text.as_bytes()) {
            true => self.at(first, text),
            false => None,
        }
    }

    fn under(&self, first: char) -> &[(&'static str, V)] {
        self.words.get(&first).map_or(&[], Vec::as_slice)
    }

    fn at(&self, first: char, text: &str) -> Option<(&'static str, V)> {
        let mut words = self.under(first).iter();
        words.find(|(word, _)| text.starts_with(word)).copied()
    }
}

/// The rows of a list of words in data/: one a line, `#` begins a remark.
pub fn rows(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_tab_a_wide_blank_or_two_blanks() {
        for text in ["甲\t乙", "甲\u{3000}乙", "甲  乙", "甲 \u{a0}乙", "甲\u{2003}乙"] {
            assert!(may_hold_gap(text), "{text}");
        }
        for text in ["", "甲乙", "甲 乙 丙", "1 a"] {
            assert!(!may_hold_gap(text), "{text}");
        }
    }

    #[test]
    fn words_are_found_wherever_they_begin_or_the_longest_of_each_place() {
        let words = Words::of([("全市", 1), ("市", 2), ("全市各", 3), ("O", 4)]);
        let mut all = Vec::new();
        words.each("O全市各县市", |at, word, value| all.push((at, word, value)));
        assert_eq!(
            all,
            [
                (0, "O", 4),
                (1, "全市各", 3),
                (1, "全市", 1),
                (4, "市", 2),
                (13, "市", 2)
            ]
        );
        let mut longest = Vec::new();
        words.longest("全市各县市é😀市", |at, word, _| longest.push((at, word)));
        assert_eq!(longest, [(0, "全市各"), (12, "市"), (21, "市")]);
    }
}
