//! A source is a named text; a span is a byte range in one source. All messages point at spans.

use std::borrow::Cow;
use std::ops::Range;

/// Which source of a run a span lies in: an index into the run's list of sources.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct SourceId(pub u32);

/// A range of bytes in one source, on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// The source it lies in.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Span {
        Span {
            source,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// As a range for slicing the source's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both; both must lie in one source.
    pub fn join(self, other: Span) -> Span {
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }
}

/// A named text: a rule file, or the plain text of a report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// The path as the user gave it, or the name of a built-in pack.
    pub name: String,
    /// The whole text; that of a built-in pack lies in the program and is not copied.
    pub text: Cow<'static, str>,
}

impl Source {
    /// A source of that name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source {
            name: name.into(),
            text: Cow::Owned(text.into()),
        }
    }

    /// A source that is a part of the program.
    pub fn built_in(name: &'static str, text: &'static str) -> Source {
        Source {
            name: name.to_owned(),
            text: Cow::Borrowed(text),
        }
    }

    /// The text of `span`, or nothing when the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// Where each line of a text begins: built once, and only when something is reported.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

/// The highest bit of each byte that is a line break. Lines are short: looking for the end of each would take longer.
fn breaks(word: u64) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    let other = word ^ u64::from_ne_bytes([b'\n'; 8]);
    !(((other & LOW) + LOW) | other | LOW)
}

impl LineIndex {
    /// Finds the line starts of `text` (after `\n`; a lone `\r` ends no line).
    pub fn new(text: &str) -> LineIndex {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for (number, word) in words.iter().enumerate() {
            let mut breaks = breaks(u64::from_le_bytes(*word));
            while breaks > 0 {
                starts.push((number * 8) as u32 + breaks.trailing_zeros() / 8 + 1);
                breaks &= breaks - 1;
            }
        }
        let behind = (words.len() * 8) as u32;
        let last = rest.iter().zip(1..).filter(|(byte, _)| **byte == b'\n');
        starts.extend(last.map(|(_, at)| behind + at));
        LineIndex { starts }
    }

    /// The line of a byte offset, from 0.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// The bytes of a line (from 0), without its line break.
    pub fn line_range(&self, text: &str, line: usize) -> Range<usize> {
        let start = self.starts[line] as usize;
        let end = self
            .starts
            .get(line + 1)
            .map_or(text.len(), |next| *next as usize);
        start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte offset, both from 1, the column in characters.
    pub fn line_column(&self, text: &str, offset: u32) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.starts[line] as usize;
        (line + 1, text[start..offset as usize].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_breaks() {
        let text = "甲乙\r\n丙丁戊\n\n己";
        let index = LineIndex::new(text);
        assert_eq!(index.lines(), 4);
        assert_eq!(index.line_column(text, 0), (1, 1));
        assert_eq!(
            index.line_column(text, text.find('戊').unwrap_or(0) as u32),
            (2, 3)
        );
        assert_eq!(
            index.line_column(text, text.find('己').unwrap_or(0) as u32),
            (4, 1)
        );
        assert_eq!(&text[index.line_range(text, 0)], "甲乙");
    }

    #[test]
    fn every_break_begins_a_line_and_no_other_sign() {
        for length in 0..40 {
            let text: String = "\n\u{B}\u{8A}a\n\n\t甲\r\n\n\n\n乙"
                .chars()
                .cycle()
                .take(length)
                .collect();
            let breaks = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n');
            let starts: Vec<u32> = std::iter::once(0).chain(breaks.map(|(_, at)| at)).collect();
            assert_eq!(LineIndex::new(&text).starts, starts, "{text:?}");
        }
    }
}
