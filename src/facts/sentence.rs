//! The sentence around a number with its words, found once for all numbers in it.

use crate::document::Document;
use crate::facts::breaks::{Breaks, Ends};
use crate::facts::cues::{self, Cue};
use crate::facts::{Number, roles};
use std::ops::Range;

/// A sentence with its words.
#[derive(Default)]
pub struct Sentence {
    /// Where it stands.
    pub range: Range<usize>,
    /// The words around its numbers.
    pub cues: Vec<Cue>,
    /// The first number that stands in it.
    pub first: usize,
    /// The first sentence of its block where that is short and reads like a heading.
    pub title: Range<usize>,
}

/// The most bytes that a sentence is followed to each side of a number.
const LONGEST: usize = 1500;

#[inline]
fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '\n' | '|' | '\t')
}

/// Whether a clause ends with this sign.
#[inline]
pub fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | '；' | '：' | ';' | ':' | ',')
}

impl Sentence {
    /// The sentence around a place; the room for its words is used again.
    pub fn move_to(&mut self, document: &Document, breaks: &Breaks, numbers: &[Number], index: usize) {
        let text = document.view.text.as_str();
        let at = numbers[index].range.start as usize;
        // A text without a full stop is taken in pieces: no sentence reaches further than this for people either.
        let from = floor_boundary(text, at.saturating_sub(LONGEST));
        let to = floor_boundary(text, (at + LONGEST).min(text.len()));
        let start = breaks.start(Ends::Sentence, from, at);
        let end = breaks.end(Ends::Sentence, at, to);
        let within = numbers[..index].iter().rev();
        let first = index
            - within
                .take_while(|number| number.range.start as usize >= start)
                .count();
        let block = document
            .block_at(at as u32)
            .map_or(start, |block| block.range.start as usize);
        // Only a first sentence near by can be read like a heading of this one.
        let head = if start - block.min(start) <= LONGEST {
            &text[block.min(start)..start]
        } else {
            ""
        };
        let near = head.get(..floor_boundary(head, head.len().min(66))).unwrap_or("");
        let title = near
            .find('。')
            .filter(|length| *length <= 60 && !roles::is_statement(&head[..*length]))
            .map_or(0, |length| length);
        self.cues.clear();
        cues::find(&text[start..end], start, &mut self.cues);
        self.range = start..end;
        self.first = first;
        self.title = block..block + title;
    }
}

/// The last character boundary at or before an offset.
fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where what follows the last such sign begins.
pub fn after_last(text: &str, ends: impl Fn(char) -> bool) -> usize {
    text.rfind(ends)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))
}
