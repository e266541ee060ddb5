//! The closed lexicon of names and set phrases that hold numerals (两化, 统一, 十四五), looked for around a numeral.

use crate::quantity::signs::{Sign, sign};
use crate::words::lexicon::{Layout, Lexicon, lexicon};
use std::ops::Range;

/// The groups whose words hold a letter that is no numeral there (一些, 陆地).
const NO_NUMERAL: [&str; 3] = ["程度", "一之前", "字"];

static LEXICON: Lexicon = lexicon!(Layout::lists(include_str!("../../data/masks.tsv"), &[]));

/// A name with its place.
pub struct Name {
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether the sign in it is a numeral at all: in 三公 it is, in 一些 and 陆地 it is not.
    pub numeral: bool,
}

/// How far before its numeral a name can begin, and how far it can reach, in bytes.
const BEFORE: usize = 12;
const REACH: usize = 48;

/// The name that covers the numeral at byte `at` of a text. Only the letters around it are searched.
pub fn covering(text: &str, at: usize) -> Option<Name> {
    let from = boundary(text, at.saturating_sub(BEFORE));
    let to = boundary(text, (at + REACH).min(text.len()));
    let names = LEXICON.find(&text[from..to]);
    let (name, entry) = names
        .map(|(name, entry)| (from + name.start..from + name.end, entry))
        .take_while(|(name, _)| name.start <= at)
        .find(|(name, _)| name.end > at)?;
    // 二十一定 is not 一定: a name never begins inside a number.
    let inside =
        is_digit(text[..name.start].chars().next_back()) && is_digit(text[name.start..].chars().next());
    // A word of two groups is of the first.
    let first = LEXICON.exactly(&text[name.clone()]).last().unwrap_or(entry);
    let group = LEXICON.line(first).split('\t').next().unwrap_or("");
    (!inside).then(|| Name {
        range: name,
        numeral: !NO_NUMERAL.contains(&group),
    })
}

/// The first character boundary at or behind an offset.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn is_digit(c: Option<char>) -> bool {
    matches!(
        c.map(sign),
        Some(Sign::Arabic(_) | Sign::Chinese(_) | Sign::Small(_) | Sign::Big(_))
    )
}
