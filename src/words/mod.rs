//! Fixed sets of words, and every place in a text where one of them begins: one pass over the text, whatever the number
//! of words. `lexicon` lays tables of data/ out while the program is compiled; `Words` holds what code lists. A bit for each character says whether a word may begin with it; most characters begin none.

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

/// Whether a letter is in a set.
fn has(letters: &Bits, code: usize) -> bool {
    letters
        .get(code / 64)
        .is_some_and(|word| word >> (code % 64) & 1 == 1)
}

/// Where the next letter stands that is one of those, from a byte on, and which one it is.
fn next_in(is_first: impl Fn(usize) -> bool, text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        // Three bytes are the letters of Chinese.
        while at + 3 <= bytes.len() && bytes[at] & 0xF0 == 0xE0 {
            let row = (bytes[at] as usize & 0xF) << 6 | bytes[at + 1] as usize & 0x3F;
            let code = row << 6 | bytes[at + 2] as usize & 0x3F;
            if is_first(code) {
                return Some((at, char::from_u32(code as u32)?));
            }
            at += 3;
        }
        let Some(&first) = bytes.get(at) else { break };
        let (code, length) = match first {
            first @ 0..0x80 => (usize::from(first), 1),
            first @ 0x80..0xE0 => {
                let second = bytes.get(at + 1).copied().unwrap_or(0);
                ((usize::from(first) & 0x1F) << 6 | usize::from(second) & 0x3F, 2)
            }
            _ => (usize::MAX, 4),
        };
        if is_first(code) {
            return Some((at, char::from_u32(code as u32)?));
        }
        at += length;
    }
    None
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

/// Words that fill a reason cell without saying anything.
pub fn is_no_reason(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        bare.as_str(),
        "" | "无" | "暂无" | "没有" | "不涉及" | "无偏差" | "xx" | "XX"
    )
}

/// Letters with which a word may begin, one bit for all that are alike in their last twelve: a set that is made when the
/// program runs must not take as much room as one that the compiler lays out.
#[derive(Clone, Copy, Debug)]
struct Firsts([u64; 64]);

impl Firsts {
    fn of(letters: impl Iterator<Item = usize>) -> Firsts {
        let mut firsts = Firsts([0; 64]);
        for code in letters {
            firsts.0[code / 64 % 64] |= 1 << (code % 64);
        }
        firsts
    }

    fn may_be(&self, code: usize) -> bool {
        code < LETTERS * 64 && self.0[code / 64 % 64] >> (code % 64) & 1 == 1
    }
}

/// Words with a value each.
#[derive(Clone, Debug)]
pub struct Words<V> {
    first: Firsts,
    /// By their first letter, under each letter the longest first and equal ones in the order given.
    words: HashMap<char, Under<V>, BuildHasherDefault<LetterHasher>>,
}

/// The words under one first letter.
#[derive(Clone, Debug)]
struct Under<V> {
    /// A bit for the last byte of each second letter, all of them where a word has no second: most letters of a text
    /// that begin a word are not followed like one.
    seconds: u64,
    words: Vec<(&'static str, V)>,
}

/// The bit of what follows a first letter.
fn second_bit(rest: &[u8]) -> u64 {
    match rest {
        [0xE0..0xF0, _, third, ..] => 1 << (third & 0x3F),
        [byte, ..] => 1 << (byte & 0x3F),
        [] => 0,
    }
}

impl<V: Copy> Words<V> {
    /// The set of these words.
    pub fn of(given: impl IntoIterator<Item = (&'static str, V)>) -> Words<V> {
        let mut words: HashMap<char, Under<V>, _> = HashMap::default();
        for (word, value) in given {
            if let Some(first) = word.chars().next() {
                let under = words.entry(first).or_insert_with(|| Under {
                    seconds: 0,
                    words: Vec::new(),
                });
                let at = under.words.partition_point(|(held, _)| held.len() >= word.len());
                under.words.insert(at, (word, value));
                under.seconds |= match second_bit(&word.as_bytes()[first.len_utf8()..]) {
                    0 => u64::MAX,
                    bit => bit,
                };
            }
        }
        let first = Firsts::of(words.keys().map(|letter| *letter as usize));
        Words { first, words }
    }

    /// Calls `visit` with the place, the word and its value for every word at every place, overlapping ones too.
    pub fn each(&self, text: &str, mut visit: impl FnMut(usize, &'static str, V)) {
        let mut from = 0;
        while let Some((at, first)) = next_in(|code| self.first.may_be(code), text, from) {
            from = at + first.len_utf8();
            for (word, value) in self.under(first, &text.as_bytes()[from..]) {
                if goes_on(&text.as_bytes()[from..], &word.as_bytes()[first.len_utf8()..]) {
                    visit(at, word, *value);
                }
            }
        }
    }

    /// The longest word at each place, from left to right, none within another.
    pub fn longest(&self, text: &str, mut visit: impl FnMut(usize, &'static str, V)) {
        let mut from = 0;
        while let Some((at, first)) = next_in(|code| self.first.may_be(code), text, from) {
            let found = self.at(first, &text[at..]);
            from = at + found.map_or(first.len_utf8(), |(word, _)| word.len());
            if let Some((word, value)) = found {
                visit(at, word, value);
            }
        }
    }

    /// The longest word with which a text begins.
    pub fn beginning(&self, text: &str) -> Option<(&'static str, V)> {
        let first = text
            .chars()
            .next()
            .filter(|first| self.first.may_be(*first as usize))?;
        self.at(first, text)
    }

    /// The words under a first letter, if `rest` may go on like one of them.
    fn under(&self, first: char, rest: &[u8]) -> &[(&'static str, V)] {
        let under = self.words.get(&first);
        let bit = second_bit(rest);
        let fits = under.filter(|under| under.seconds & bit != 0 || under.seconds == u64::MAX);
        fits.map_or(&[], |under| &under.words)
    }

    fn at(&self, first: char, text: &str) -> Option<(&'static str, V)> {
        let rest = &text.as_bytes()[first.len_utf8()..];
        let found = self
            .under(first, rest)
            .iter()
            .find(|(word, _)| goes_on(rest, &word.as_bytes()[first.len_utf8()..]));
        found.copied()
    }
}

/// Whether a text goes on like a word behind its first letter: most differ at once, and no call is worth that.
fn goes_on(text: &[u8], word: &[u8]) -> bool {
    text.len() >= word.len() && text.iter().zip(word).all(|(a, b)| a == b)
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
