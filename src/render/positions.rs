//! Byte offsets to lines and columns, for all sources of a run: each source is indexed once, and only when asked for.

use crate::source::{LineIndex, Source, Span};
use std::borrow::Borrow;
use std::cell::OnceCell;
use std::ops::Range;

/// What a column is counted in: every format that programs read has its own unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Characters (Unicode scalar values).
    Character,
    /// Code units of UTF-16, as editors and browsers count.
    Utf16,
    /// Bytes of UTF-8.
    Byte,
}

/// A line and a column, both from 1.
pub type LineColumn = (usize, usize);

/// The sources of a run with their line starts.
pub struct Positions<'a> {
    sources: Vec<(&'a Source, OnceCell<Index>)>,
}

/// Line starts, and, where there are long lines, the characters before every `STEP`th byte, so that a column costs the
/// same in a report that is one long line as in any other.
struct Index {
    lines: LineIndex,
    counts: OnceCell<Vec<usize>>,
}

const STEP: usize = 4096;

impl<'a> Positions<'a> {
    /// Positions in `sources`, which spans refer to by index.
    pub fn new<S: Borrow<Source>>(sources: &'a [S]) -> Positions<'a> {
        let sources = sources
            .iter()
            .map(|source| (source.borrow(), OnceCell::new()))
            .collect();
        Positions { sources }
    }

    /// The source that a span lies in.
    pub fn source(&self, span: Span) -> Option<&'a Source> {
        self.sources
            .get(span.source.0 as usize)
            .map(|(source, _)| *source)
    }

    /// The name of the source that a span lies in.
    pub fn path(&self, span: Span) -> &'a str {
        self.source(span).map_or("", |source| source.name.as_str())
    }

    /// The words at a span.
    pub fn text(&self, span: Span) -> &'a str {
        self.source(span).map_or("", |source| source.slice(span))
    }

    /// Line and column of the span's start, both from 1, the column in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let Some((source, index)) = self.index(span) else {
            return (1, 1);
        };
        let offset = floor(&source.text, span.start as usize);
        let line = index.lines.line(offset as u32);
        let start = index.lines.line_range(&source.text, line).start;
        (line + 1, index.characters(&source.text, start..offset) + 1)
    }

    /// Line and column of a span's start and of its end (behind its last sign), both from 1.
    pub fn range(&self, span: Span, unit: Unit) -> (LineColumn, LineColumn) {
        let end = Span {
            start: span.end.max(span.start),
            ..span
        };
        (self.line_column_in(span, unit), self.line_column_in(end, unit))
    }

    fn line_column_in(&self, span: Span, unit: Unit) -> LineColumn {
        let Some((source, index)) = self.index(span).filter(|_| unit != Unit::Character) else {
            return self.line_column(span);
        };
        let offset = floor(&source.text, span.start as usize);
        let line = index.lines.line(offset as u32);
        let start = index.lines.line_range(&source.text, line).start;
        let column = match unit {
            Unit::Byte => offset - start,
            // only a sign of four bytes counts twice
            _ => {
                let bytes = &source.text.as_bytes()[start..offset];
                let long = bytes.iter().filter(|byte| **byte >= 0xF0).count();
                index.characters(&source.text, start..offset) + long
            }
        };
        (line + 1, column + 1)
    }

    /// The line (from 0) in which a span starts, and its bytes without the line break.
    pub fn line(&self, span: Span) -> Option<(usize, Range<usize>)> {
        let (source, index) = self.index(span)?;
        let line = index.lines.line(floor(&source.text, span.start as usize) as u32);
        Some((line, index.lines.line_range(&source.text, line)))
    }

    /// The bytes of a line (from 0) of the source that `span` lies in.
    pub fn line_range(&self, span: Span, line: usize) -> Range<usize> {
        match self.index(span) {
            Some((source, index)) if line < index.lines.lines() => index.lines.line_range(&source.text, line),
            _ => 0..0,
        }
    }

    fn index(&self, span: Span) -> Option<(&'a Source, &Index)> {
        let (source, cell) = self.sources.get(span.source.0 as usize)?;
        Some((source, cell.get_or_init(|| Index::new(&source.text))))
    }
}

impl Index {
    fn new(text: &str) -> Index {
        Index {
            lines: LineIndex::new(text),
            counts: OnceCell::new(),
        }
    }

    /// How many characters stand in a range of the text.
    fn characters(&self, text: &str, range: Range<usize>) -> usize {
        match range.len() <= STEP {
            true => characters(&text.as_bytes()[range]),
            false => self.characters_before(text, range.end) - self.characters_before(text, range.start),
        }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let counts = self.counts.get_or_init(|| counts(text));
        let step = (offset / STEP).min(counts.len().saturating_sub(1));
        let before = counts.get(step).copied().unwrap_or(0);
        before + characters(&text.as_bytes()[step * STEP..offset])
    }
}

/// The characters before every `STEP`th byte.
fn counts(text: &str) -> Vec<usize> {
    let chunks = text.as_bytes().chunks(STEP);
    let before = chunks.scan(0, |total, chunk| {
        let before = *total;
        *total += characters(chunk);
        Some(before)
    });
    before.collect()
}

/// Every byte of UTF-8 but a continuation begins a character.
fn characters(bytes: &[u8]) -> usize {
    let begins = |byte: &u8| u8::from((*byte & 0xC0) != 0x80);
    let piece = |bytes: &[u8]| usize::from(bytes.iter().map(begins).sum::<u8>());
    // The sum of a piece fits into a byte, so that many bytes are taken at once.
    bytes.chunks(usize::from(u8::MAX)).map(piece).sum()
}

/// The nearest character boundary at or before `offset`: a wrong span must not stop the report of it.
pub fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn at(positions: &Positions, offset: usize) -> (usize, usize) {
        positions.line_column(Span::new(SourceId(0), offset..offset))
    }

    #[test]
    fn a_column_far_into_one_long_line_is_counted_in_characters() {
        let source = [Source::new("长", "预算执行率a".repeat(3000))];
        let positions = Positions::new(&source);
        assert_eq!(at(&positions, 0), (1, 1));
        for character in [1, 5, 6, 4999, 17_999] {
            let offset = source[0]
                .text
                .char_indices()
                .nth(character)
                .map_or(0, |(offset, _)| offset);
            assert_eq!(at(&positions, offset), (1, character + 1));
        }
    }

    #[test]
    fn a_span_outside_its_source_is_shown_at_the_end() {
        let source = [Source::new("短", "甲\n乙")];
        let positions = Positions::new(&source);
        assert_eq!(at(&positions, 5), (2, 1), "inside a character");
        assert_eq!(at(&positions, 99), (2, 2));
        let nowhere = Span::new(SourceId(7), 0..1);
        assert_eq!(positions.line_column(nowhere), (1, 1));
        assert_eq!(positions.text(nowhere), "");
        assert_eq!(positions.line_range(nowhere, 3), 0..0);
    }

    #[test]
    fn each_format_counts_columns_in_its_own_unit() {
        let source = [Source::new("列", "第一行\n达𠮷标8000家")];
        let positions = Positions::new(&source);
        let start = source[0].text.find("8000").unwrap_or(0);
        let span = Span::new(SourceId(0), start..start + 4);
        assert_eq!(positions.range(span, Unit::Character), ((2, 4), (2, 8)));
        assert_eq!(positions.range(span, Unit::Utf16), ((2, 5), (2, 9)));
        assert_eq!(positions.range(span, Unit::Byte), ((2, 11), (2, 15)));
    }

    #[test]
    fn an_empty_source_has_one_place() {
        let source = [Source::new("空", "")];
        assert_eq!(at(&Positions::new(&source), 0), (1, 1));
    }
}
