//! Words kept by their first or last letter, so that a text is asked with one look instead of one a length.

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

/// Words with a value each, by one of their letters; under each letter the longest first.
#[derive(Clone, Debug)]
pub struct ByLetter<W, V> {
    words: HashMap<char, Vec<(W, V)>, BuildHasherDefault<LetterHasher>>,
}

impl<W, V> Default for ByLetter<W, V> {
    fn default() -> ByLetter<W, V> {
        ByLetter {
            words: HashMap::default(),
        }
    }
}

impl<W: AsRef<str>, V: Copy> ByLetter<W, V> {
    /// Adds a word under a letter of it, or gives it another value.
    pub fn add(&mut self, letter: char, word: W, value: V) {
        let list = self.words.entry(letter).or_default();
        if let Some(held) = list.iter_mut().find(|(held, _)| held.as_ref() == word.as_ref()) {
            held.1 = value;
            return;
        }
        let at = list.partition_point(|(held, _)| held.as_ref().len() >= word.as_ref().len());
        list.insert(at, (word, value));
    }

    /// The longest word with which `text` begins, for words kept by their first letter: its length and value.
    pub fn beginning(&self, text: &str) -> Option<(usize, V)> {
        self.longest(text.chars().next()?, |word| text.starts_with(word))
    }

    /// The longest word with which `text` ends, for words kept by their last letter.
    pub fn ending(&self, text: &str) -> Option<(usize, V)> {
        self.longest(text.chars().next_back()?, |word| text.ends_with(word))
    }

    fn longest(&self, letter: char, fits: impl Fn(&str) -> bool) -> Option<(usize, V)> {
        let list = self.words.get(&letter)?;
        let (word, value) = list.iter().find(|(word, _)| fits(word.as_ref()))?;
        Some((word.as_ref().len(), *value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_at_either_end() {
        let mut words = ByLetter::default();
        for word in ["人", "人次"] {
            words.add('人', word, word.len());
        }
        assert_eq!(words.beginning("人次数"), Some((6, 6)));
        assert_eq!(words.beginning("人员"), Some((3, 3)));
        let mut words = ByLetter::default();
        words.add('过', "超过", 1);
        assert_eq!(words.ending("已超过"), Some((6, 1)));
        assert_eq!(words.ending("通过"), None);
    }
}
