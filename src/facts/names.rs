//! The closed lexicon of names and set phrases that hold numerals (两化, 统一, 十四五), looked for around a numeral.

use crate::quantity::signs::{Sign, sign};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// The groups whose words hold a letter that is no numeral there (一些, 陆地).
const NO_NUMERAL: [&str; 3] = ["程度", "一之前", "字"];

struct Lexicon {
    automaton: Option<AhoCorasick>,
    /// For each word whether a numeral stands in it.
    numeral: Vec<bool>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let lines = include_str!("../../data/masks.tsv").lines();
    let words: Vec<(&str, bool)> = lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(group, list)| {
            let numeral = !NO_NUMERAL.contains(&group);
            list.split_whitespace().map(move |word| (word, numeral))
        })
        .collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .prefilter(false)
        .build(words.iter().map(|(word, _)| word));
    Lexicon {
        automaton: automaton.ok(),
        numeral: words.iter().map(|(_, numeral)| *numeral).collect(),
    }
});

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
    let automaton = LEXICON.automaton.as_ref()?;
    let mut from = boundary(text, at.saturating_sub(BEFORE));
    let to = boundary(text, (at + REACH).min(text.len()));
    let found = loop {
        let found = automaton.find(Input::new(text).span(from..to))?;
        if found.start() > at {
            return None;
        }
        if found.end() > at {
            break found;
        }
        from = found.end();
    };
    // 二十一定 is not 一定: a name never begins inside a number.
    let range = found.range();
    let inside =
        is_digit(text[..range.start].chars().next_back()) && is_digit(text[range.start..].chars().next());
    let numeral = LEXICON.numeral.get(found.pattern().as_usize());
    (!inside).then_some(Name {
        range,
        numeral: numeral.copied().unwrap_or(true),
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
