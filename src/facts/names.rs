//! The closed lexicon of names and set phrases that hold numerals (两化, 统一, 十四五), looked for around a numeral.

use crate::quantity::signs::{Sign, sign};
use crate::words::lexicon::{Layout, Lexicon, lexicon};
use std::ops::Range;

const TEXT: &str = include_str!("../../data/masks.tsv");

/// The groups of the table; in the words of the first three (一些, 陆地) the letter is no numeral at all.
const GROUPS: [&str; 5] = ["程度", "一之前", "字", "列举", "名称"];
const NO_NUMERAL: u16 = 3;

static LEXICON: Lexicon = lexicon!(Layout::lists(TEXT, &GROUPS));

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
    let names = LEXICON.find(&text[from..to]).beginning_up_to(at - from);
    let (name, entry) = names
        .map(|(name, entry)| (from + name.start..from + name.end, entry))
        .find(|(name, _)| name.end > at)?;
    // 二十一定 is not 一定: a name never begins inside a number.
    let inside =
        is_digit(text[..name.start].chars().next_back()) && is_digit(text[name.start..].chars().next());
    (!inside).then_some(Name {
        range: name,
        numeral: entry.kind >= NO_NUMERAL,
    })
}

/// “三区三线”, “一核两翼三区”: whether a lone Chinese digit at `at` stands in a short phrase in quotes that holds several.
pub fn is_slogan(text: &str, at: usize) -> bool {
    let (before, after) = (
        &text[boundary(text, at.saturating_sub(REACH / 2))..at],
        &text[at..boundary(text, (at + REACH / 2).min(text.len()))],
    );
    let Some(open) = before.rfind(['“', '"', '”', '「']) else {
        return false;
    };
    let inside = &before[open..];
    let Some(close) = after
        .find(['”', '"', '“', '」'])
        .filter(|_| !inside.starts_with('”'))
    else {
        return false;
    };
    let digits = |part: &str| {
        part.chars()
            .filter(|c| matches!(sign(*c), Sign::Chinese(_)))
            .count()
    };
    let marked = |part: &str| part.contains(|c: char| c.is_ascii_digit() || "，。、；：".contains(c));
    let whole = &after[..close];
    digits(inside) + digits(whole) >= 2 && !marked(inside) && !marked(whole)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_the_table_is_known_and_no_word_is_of_two_kinds() {
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            let label = line.split('\t').next().unwrap_or("");
            assert!(GROUPS.contains(&label), "{label}");
        }
        for entry in LEXICON.entries {
            let word = LEXICON.word(*entry);
            let kinds = LEXICON.exactly(word).map(|entry| entry.kind >= NO_NUMERAL);
            let kinds: Vec<bool> = kinds.collect();
            assert!(kinds.windows(2).all(|two| two[0] == two[1]), "{word}");
        }
    }
}
