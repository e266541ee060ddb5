//! The text with its quantities, as claims look at it: sentences, clauses and the numbers in them.

use crate::document::{BlockKind, Document};
use crate::facts::breaks::{Breaks, Ends};
use crate::facts::form::Form;
use crate::facts::{Mention, Number, Period, Scope};
use crate::quantity::{Dimension, Quantity, Unit};
use std::ops::Range;

/// How many bytes a claim is followed to each side.
const FARTHEST: usize = 1200;

/// The text with its quantities.
pub struct Prose<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its text.
    pub text: &'a str,
    breaks: &'a Breaks<'a>,
    numbers: &'a [Number],
    mentions: &'a [Mention],
    form: Range<u32>,
    /// For each mention how many of the signs that end items and sentences stand before its number.
    before: Vec<u32>,
}

/// Whether a sentence ends with this sign.
#[inline]
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '\n' | '|' | '\t')
}

/// Whether an item of a list ends with this sign.
#[inline]
pub fn ends_item(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | ',' | '、' | '；' | ';' | '：' | ':')
}

impl<'a> Prose<'a> {
    /// The text of a report with its quantities.
    pub fn new(
        document: &'a Document,
        breaks: &'a Breaks<'a>,
        numbers: &'a [Number],
        mentions: &'a [Mention],
        form: Option<&Form>,
    ) -> Prose<'a> {
        let mut passed = 0;
        let before = mentions.iter().map(|mention| {
            passed = breaks.before(numbers[mention.number].range.start as usize, passed);
            passed as u32
        });
        Prose {
            document,
            text: &document.view.text,
            breaks,
            numbers,
            mentions,
            form: form.map_or(0..0, |form| form.range.clone()),
            before: before.collect(),
        }
    }

    /// The text of a range; nothing where it is none.
    #[inline]
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
        self.breaks.start(Ends::Sentence, self.farthest_back(at), at)
    }

    /// Where the sentence around a place ends.
    pub fn sentence_end(&self, at: usize) -> usize {
        self.breaks.end(Ends::Sentence, at, self.farthest_ahead(at))
    }

    /// Where the item around a place begins.
    pub fn item_start(&self, at: usize) -> usize {
        self.breaks.start(Ends::Item, self.farthest_back(at), at)
    }

    /// Where the item around a place ends.
    pub fn item_end(&self, at: usize) -> usize {
        self.breaks.end(Ends::Item, at, self.farthest_ahead(at))
    }

    /// What stands in its item before the number of a mention.
    pub fn lead(&self, at: usize) -> &'a str {
        let start = self.range(at).start;
        self.slice(self.own_start(at, start)..start)
    }

    /// What stands in its item behind the number of a mention.
    pub fn rest(&self, at: usize) -> &'a str {
        let end = self.range(at).end;
        self.slice(end..self.own_end(at, end))
    }

    /// The item around the number of a mention.
    pub fn item(&self, at: usize) -> &'a str {
        let range = self.range(at);
        self.slice(self.own_start(at, range.start)..self.own_end(at, range.end))
    }

    /// Where the part of its sentence begins, between two ；, in which the number of a mention stands.
    pub fn segment_start(&self, at: usize) -> usize {
        let from = self.farthest_back(self.range(at).start);
        self.breaks.segment_behind(from, self.before[at] as usize)
    }

    fn own_start(&self, at: usize, start: usize) -> usize {
        let from = self.farthest_back(start);
        self.breaks
            .start_behind(Ends::Item, from, self.before[at] as usize)
    }

    fn own_end(&self, at: usize, end: usize) -> usize {
        let to = self.farthest_ahead(end);
        self.breaks
            .end_behind(Ends::Item, end, to, self.before[at] as usize)
    }

    fn farthest_back(&self, at: usize) -> usize {
        self.boundary(at.saturating_sub(FARTHEST))
    }

    fn farthest_ahead(&self, at: usize) -> usize {
        self.boundary((at + FARTHEST).min(self.text.len()))
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
        let people = |unit: Unit| matches!(unit.name(), "人" | "名" | "位");
        (a.is_money() && b.is_money()) || (a == b && !a.is_none() && !a.is_pure()) || (people(a) && people(b))
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

    /// Whether a mention has no bound, no end of a span and no 约.
    pub fn is_exact(&self, at: usize) -> bool {
        let quantity = self.quantity(at);
        quantity.bound.is_none() && quantity.high.is_none() && quantity.approx.is_none()
    }

    /// Whether a mention states an exact level of the whole or a part of something: no change, no average.
    pub fn is_level(&self, at: usize) -> bool {
        let level = matches!(self.mention(at).scope, Scope::Whole | Scope::Part | Scope::Added);
        level && self.is_plain(at) && self.is_exact(at)
    }

    /// Whether one quantity is no larger than another.
    pub fn is_within(&self, part: usize, base: usize) -> bool {
        let value = self.quantity(part).value_in(self.quantity(base).unit);
        value.is_some_and(|value| value <= self.quantity(base).value)
    }

    /// Where the item of a number begins.
    pub fn lead_start(&self, at: usize) -> usize {
        self.range(at).start - self.lead(at).len()
    }

    /// Whether nothing but a comma parts a number from the item that begins at a place.
    pub fn adjoins(&self, number: usize, item: usize) -> bool {
        matches!(self.slice(self.range(number).end..item).trim(), "，" | ",")
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
