//! The text with its quantities, as claims look at it: sentences, clauses and the numbers in them.

use super::stops::{self, Ends, Stop};
use crate::document::{BlockKind, Document};
use crate::facts::form::Form;
use crate::facts::{Mention, Number, Period};
use crate::quantity::{Dimension, Quantity};
use std::ops::Range;

/// How many bytes a claim is followed to each side.
const FARTHEST: usize = 1200;

/// The text with its quantities.
pub struct Prose<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its text.
    pub text: &'a str,
    numbers: &'a [Number],
    mentions: &'a [Mention],
    form: Range<u32>,
    /// Where its items and sentences end.
    stops: Vec<Stop>,
    /// For each mention how many of them stand before its number.
    before: Vec<u32>,
}

/// Whether a sentence ends with this sign.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '\n' | '|' | '\t')
}

/// Whether an item of a list ends with this sign.
pub fn ends_item(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | ',' | '、' | '；' | ';' | '：' | ':')
}

impl<'a> Prose<'a> {
    /// The text of a report with its quantities.
    pub fn new(
        document: &'a Document,
        numbers: &'a [Number],
        mentions: &'a [Mention],
        form: Option<&Form>,
    ) -> Prose<'a> {
        let text = document.view.text.as_str();
        let stops = stops::of(text);
        let mut passed = 0;
        let before = mentions.iter().map(|mention| {
            let start = numbers[mention.number].range.start;
            while stops.get(passed).is_some_and(|stop| stop.end <= start) {
                passed += 1;
            }
            passed as u32
        });
        Prose {
            document,
            text,
            numbers,
            mentions,
            form: form.map_or(0..0, |form| form.range.clone()),
            before: before.collect(),
            stops,
        }
    }

    /// The text of a range; nothing where it is none.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// A mention.
    pub fn mention(&self, at: usize) -> &'a Mention {
        &self.mentions[at]
    }

    /// The value of a mention.
    pub fn quantity(&self, at: usize) -> &'a Quantity {
        &self.numbers[self.mentions[at].number].quantity
    }

    /// Where the number of a mention stands.
    pub fn range(&self, at: usize) -> Range<usize> {
        let range = &self.numbers[self.mentions[at].number].range;
        range.start as usize..range.end as usize
    }

    /// The mentions whose numbers begin in a range.
    pub fn within(&self, range: Range<usize>) -> Range<usize> {
        let before = |at: usize| {
            self.mentions
                .partition_point(|mention| (self.numbers[mention.number].range.start as usize) < at)
        };
        let from = before(range.start);
        from..before(range.end.max(range.start)).max(from)
    }

    /// All mentions.
    pub fn count(&self) -> usize {
        self.mentions.len()
    }

    /// Where the sentence around a place begins.
    pub fn sentence_start(&self, at: usize) -> usize {
        self.back(at, self.stops_before(at), Ends::Sentence)
    }

    /// Where the sentence around a place ends.
    pub fn sentence_end(&self, at: usize) -> usize {
        self.ahead(at, self.stops_before(at), Ends::Sentence)
    }

    /// Where the item around a place begins.
    pub fn item_start(&self, at: usize) -> usize {
        self.back(at, self.stops_before(at), Ends::Item)
    }

    /// Where the item around a place ends.
    pub fn item_end(&self, at: usize) -> usize {
        self.ahead(at, self.stops_before(at), Ends::Item)
    }

    /// What stands in its item before the number of a mention.
    pub fn lead(&self, at: usize) -> &'a str {
        let start = self.range(at).start;
        self.slice(self.back(start, self.before[at] as usize, Ends::Item)..start)
    }

    /// What stands in its item behind the number of a mention.
    pub fn rest(&self, at: usize) -> &'a str {
        let end = self.range(at).end;
        self.slice(end..self.ahead(end, self.before[at] as usize, Ends::Item))
    }

    /// The item around the number of a mention.
    pub fn item(&self, at: usize) -> &'a str {
        let (range, before) = (self.range(at), self.before[at] as usize);
        let start = self.back(range.start, before, Ends::Item);
        self.slice(start..self.ahead(range.end, before, Ends::Item))
    }

    /// Where the part of its sentence begins, between two ；, in which the number of a mention stands.
    pub fn segment_start(&self, at: usize) -> usize {
        self.back(self.range(at).start, self.before[at] as usize, Ends::Segment)
    }

    fn stops_before(&self, at: usize) -> usize {
        self.stops.partition_point(|stop| stop.end as usize <= at)
    }

    /// Behind the last of the first `before` stops that ends so much, no farther than anybody looks back.
    fn back(&self, at: usize, before: usize, ends: Ends) -> usize {
        let from = self.boundary(at.saturating_sub(FARTHEST));
        if !self.text.is_char_boundary(at) {
            return from;
        }
        let near = self.stops[..before].iter().rev();
        let mut near = near.take_while(|stop| stop.start as usize >= from);
        near.find(|stop| stop.ends >= ends)
            .map_or(from, |stop| stop.end as usize)
    }

    /// The next stop from a place on that ends so much, behind the first `before`.
    fn ahead(&self, at: usize, before: usize, ends: Ends) -> usize {
        let to = self.boundary((at + FARTHEST).min(self.text.len()));
        if !self.text.is_char_boundary(at) {
            return at;
        }
        let far = self.stops[before..].iter();
        let mut far = far.take_while(|stop| (stop.start as usize) < to);
        let next = far.find(|stop| stop.ends >= ends && stop.start as usize >= at);
        next.map_or(to, |stop| stop.start as usize)
    }

    /// The sentence before one that begins at a place, in the same block.
    pub fn sentence_before(&self, start: usize) -> Option<Range<usize>> {
        let stop = self.text[..start].chars().next_back()?;
        (stop == '。').then(|| {
            let end = start - stop.len_utf8();
            self.sentence_start(end)..end
        })
    }

    /// Whether a place lies in a table.
    pub fn in_table(&self, at: usize) -> bool {
        let block = self.document.block_at(at as u32);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Table(_)))
    }

    /// Whether a place lies in the form.
    pub fn in_form(&self, at: usize) -> bool {
        self.form.contains(&(at as u32))
    }

    /// Whether two quantities may be added up: money with money, counts in one unit.
    pub fn alike(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.quantity(a).unit, self.quantity(b).unit);
        (a.is_money() && b.is_money()) || (a == b && !a.is_none() && !a.is_pure())
    }

    /// Whether a mention states a plain level: no bound, no range, no rate, no mark.
    pub fn is_plain(&self, at: usize) -> bool {
        let quantity = self.quantity(at);
        quantity.bound.is_none()
            && quantity.high.is_none()
            && !quantity.unit.is_pure()
            && !quantity.unit.name().contains('/')
            && quantity.unit.dimension() != Some(Dimension::Score)
    }

    /// Whether two mentions speak of one time.
    pub fn of_one_time(&self, a: usize, b: usize) -> bool {
        let named = |at: usize| match self.mentions[at].period {
            Period::Year(year) => Some(year),
            _ => None,
        };
        match (named(a), named(b)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    fn boundary(&self, mut at: usize) -> usize {
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
