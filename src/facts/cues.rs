//! Words around numbers, compiled in from data/cues.tsv, and how they are looked up at the edge of a text.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words of one kind, for looking up at an edge.
#[derive(Debug, Default)]
pub struct Words {
    words: HashMap<&'static str, usize>,
    longest: usize,
}

static ALL: LazyLock<HashMap<&'static str, Words>> =
    LazyLock::new(|| read(include_str!("../../data/cues.tsv")));

fn read(text: &'static str) -> HashMap<&'static str, Words> {
    let mut kinds: HashMap<&'static str, Words> = HashMap::new();
    for (kind, list) in text.lines().filter_map(|line| line.split_once('\t')) {
        let words = kinds.entry(kind).or_default();
        for word in list.split_whitespace() {
            let number = words.words.len();
            words.words.insert(word, number);
            words.longest = words.longest.max(word.len());
        }
    }
    kinds
}

/// The words of a kind; none for a kind that the table does not have.
pub fn of(kind: &str) -> &'static Words {
    static NONE: LazyLock<Words> = LazyLock::new(Words::default);
    ALL.get(kind).unwrap_or(&NONE)
}

impl Words {
    /// The longest word with which `text` ends.
    pub fn ending<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut start = text.len().saturating_sub(self.longest);
        while start < text.len() {
            if text.is_char_boundary(start) && self.words.contains_key(&text[start..]) {
                return Some(&text[start..]);
            }
            start += 1;
        }
        None
    }

    /// The longest word with which `text` begins.
    pub fn beginning<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut end = text.len().min(self.longest);
        while end > 0 {
            if text.is_char_boundary(end) && self.words.contains_key(&text[..end]) {
                return Some(&text[..end]);
            }
            end -= 1;
        }
        None
    }

    /// All words.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.keys().copied()
    }
}
