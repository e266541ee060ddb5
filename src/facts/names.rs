//! The closed lexicon of names and set phrases that hold numerals (两化, 统一, 十四五), found in one pass.

use crate::quantity::signs::{Sign, sign};
use aho_corasick::{AhoCorasick, FindIter, MatchKind};
use std::iter::Peekable;
use std::ops::Range;
use std::sync::LazyLock;

static LEXICON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let lines = include_str!("../../data/masks.tsv").lines();
    let words = lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, list)| list.split_whitespace());
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .ok()
});

/// The names of a text from left to right.
pub struct Names<'t> {
    text: &'t str,
    found: Option<Peekable<FindIter<'static, 't>>>,
}

impl<'t> Names<'t> {
    /// The names of `text`.
    pub fn of(text: &'t str) -> Names<'t> {
        let found = LEXICON.as_ref().map(|lexicon| lexicon.find_iter(text).peekable());
        Names { text, found }
    }

    /// The name that covers the byte `at`. Asked for ascending places only.
    pub fn covering(&mut self, at: usize) -> Option<Range<usize>> {
        let found = self.found.as_mut()?;
        while found.peek().is_some_and(|name| name.end() <= at) {
            found.next();
        }
        let name = found.peek().filter(|name| name.start() <= at)?.range();
        // 二十一定 is not 一定: a name never begins inside a number.
        let inside = is_digit(self.text[..name.start].chars().next_back())
            && is_digit(self.text[name.start..].chars().next());
        (!inside).then_some(name)
    }
}

fn is_digit(c: Option<char>) -> bool {
    matches!(
        c.map(sign),
        Some(Sign::Arabic(_) | Sign::Chinese(_) | Sign::Small(_) | Sign::Big(_))
    )
}
