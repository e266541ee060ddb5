//! The closed lexicon of names and set phrases that hold numerals (两化, 统一, 十四五), found in one pass.

use crate::quantity::lexicon::{Hits, Layout, Lexicon, lexicon};
use crate::quantity::signs::{Sign, sign};
use std::iter::Peekable;
use std::ops::Range;

static LEXICON: Lexicon = lexicon!(Layout::lists(include_str!("../../data/masks.tsv"), &[]));

/// The names of a text from left to right.
pub struct Names<'t> {
    text: &'t str,
    found: Peekable<Hits<'t>>,
}

impl<'t> Names<'t> {
    /// The names of `text`.
    pub fn of(text: &'t str) -> Names<'t> {
        let found = LEXICON.find(text).peekable();
        Names { text, found }
    }

    /// The name that covers the byte `at`. Asked for ascending places only.
    pub fn covering(&mut self, at: usize) -> Option<Range<usize>> {
        while self.found.next_if(|(name, _)| name.end <= at).is_some() {}
        let (name, _) = self.found.peek().filter(|(name, _)| name.start <= at)?.clone();
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
