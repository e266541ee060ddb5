//! Traditional characters to simplified ones.

use super::{Bits, LETTERS, has};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

struct Script {
    pairs: HashMap<char, char>,
    /// Most letters of most texts are none of these, and a bit says so.
    letters: Box<Bits>,
}

static TRADITIONAL: LazyLock<Script> = LazyLock::new(|| {
    let rows = include_str!("../../data/traditional.tsv").lines();
    let pairs: HashMap<char, char> = rows
        .filter_map(|row| row.split_once('\t'))
        .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)))
        .collect();
    let mut letters = Box::new([0; LETTERS]);
    for letter in pairs.keys().map(|letter| *letter as usize) {
        if let Some(word) = letters.get_mut(letter / 64) {
            *word |= 1 << (letter % 64);
        }
    }
    Script { pairs, letters }
});

/// A text in simplified characters.
pub fn simplified(text: &str) -> Cow<'_, str> {
    let script = &*TRADITIONAL;
    if !text.chars().any(|letter| has(&script.letters, letter as usize)) {
        return Cow::Borrowed(text);
    }
    let simple = |letter: char| script.pairs.get(&letter).copied().unwrap_or(letter);
    Cow::Owned(text.chars().map(simple).collect())
}
