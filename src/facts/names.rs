//! The closed lexicon of names and set phrases that hold numerals (两化, 统一, 十四五), found in one pass.

use crate::quantity::signs::{Sign, sign};
use aho_corasick::{AhoCorasick, FindIter, MatchKind};
use std::iter::Peekable;
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

/// The names of a text from left to right.
pub struct Names<'t> {
    text: &'t str,
    found: Option<Peekable<FindIter<'static, 't>>>,
}

impl<'t> Names<'t> {
    /// The names of `text`.
    pub fn of(text: &'t str) -> Names<'t> {
        let found = LEXICON
            .automaton
            .as_ref()
            .map(|lexicon| lexicon.find_iter(text).peekable());
        Names { text, found }
    }

    /// The name that covers the byte `at`. Asked for ascending places only.
    pub fn covering(&mut self, at: usize) -> Option<Name> {
        let found = self.found.as_mut()?;
        while found.peek().is_some_and(|name| name.end() <= at) {
            found.next();
        }
        let found = found.peek().filter(|name| name.start() <= at)?;
        let name = found.range();
        // 二十一定 is not 一定: a name never begins inside a number.
        let inside = is_digit(self.text[..name.start].chars().next_back())
            && is_digit(self.text[name.start..].chars().next());
        let numeral = LEXICON.numeral.get(found.pattern().as_usize());
        (!inside).then_some(Name {
            range: name,
            numeral: numeral.copied().unwrap_or(true),
        })
    }
}

fn is_digit(c: Option<char>) -> bool {
    matches!(
        c.map(sign),
        Some(Sign::Arabic(_) | Sign::Chinese(_) | Sign::Small(_) | Sign::Big(_))
    )
}
