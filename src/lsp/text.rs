//! An editor's text: positions in its units to byte offsets and back, and its edits applied as it made them.

use crate::source::Span;
use lsp_types::{Position, PositionEncodingKind, Range, TextDocumentContentChangeEvent, TextEdit};

/// The unit in which the editor counts columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    /// UTF-16 code units, which every editor knows.
    #[default]
    Utf16,
    /// Bytes.
    Utf8,
}

impl Encoding {
    /// The first of the editor's units that is known here.
    pub fn agreed(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            _ => None,
        };
        offered.into_iter().flatten().find_map(known).unwrap_or_default()
    }

    /// As the protocol names it.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf8 => PositionEncodingKind::UTF8,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Encoding::Utf16 => text.encode_utf16().count(),
            Encoding::Utf8 => text.len(),
        }
    }

    /// The byte at which so many units of a line end, at most its last; half a character is none.
    fn byte(self, line: &str, units: usize) -> usize {
        match self {
            Encoding::Utf8 => line.floor_char_boundary(units.min(line.len())),
            Encoding::Utf16 => {
                let mut left = units;
                for (at, sign) in line.char_indices() {
                    match left.checked_sub(sign.len_utf16()) {
                        Some(rest) if left > 0 => left = rest,
                        _ => return at,
                    }
                }
                line.len()
            }
        }
    }
}

/// A text with the beginnings of its lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    text: String,
    starts: Vec<usize>,
}

impl Text {
    /// A text as it is opened.
    pub fn new(text: impl Into<String>) -> Text {
        let text = text.into();
        let starts = starts(&text);
        Text { text, starts }
    }

    /// The whole of it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte offset of a position; one outside is the nearest inside.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(position.line as usize) else {
            return self.text.len();
        };
        let line = self.line(position.line as usize);
        start + encoding.byte(line, position.character as usize)
    }

    /// The position of a byte offset.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        Position::new(line as u32, encoding.length(before) as u32)
    }

    /// The positions of a range of bytes.
    pub fn range(&self, range: std::ops::Range<usize>, encoding: Encoding) -> Range {
        Range::new(
            self.position(range.start, encoding),
            self.position(range.end, encoding),
        )
    }

    /// The positions of a span of this text.
    pub fn place(&self, span: Span, encoding: Encoding) -> Range {
        self.range(span.range(), encoding)
    }

    /// The bytes of an editor's range, its ends in their order.
    pub fn bytes(&self, range: Range, encoding: Encoding) -> std::ops::Range<usize> {
        let (one, other) = (
            self.offset(range.start, encoding),
            self.offset(range.end, encoding),
        );
        one.min(other)..one.max(other)
    }

    /// A line (from 0) without its break; nothing beyond the last.
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = self.starts.get(line) else {
            return "";
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        self.text[*start..end].trim_end_matches(['\n', '\r'])
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// Lines with the break that this text has.
    pub fn lines_ended(&self, lines: &str) -> String {
        let first = self.starts.get(1).map_or("", |start| &self.text[..*start]);
        let lines = lines.replace("\r\n", "\n");
        match first.ends_with("\r\n") {
            true => lines.replace('\n', "\r\n"),
            false => lines,
        }
    }

    /// The line (from 0) of a byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1) - 1
    }

    /// Makes one change of the editor's.
    pub fn change(&mut self, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
        match change.range {
            None => *self = Text::new(change.text.clone()),
            Some(range) => {
                let bytes = self.bytes(range, encoding);
                self.text.replace_range(bytes, &change.text);
                self.starts = starts(&self.text);
            }
        }
    }

    /// An edit of this text.
    pub fn edit(
        &self,
        range: std::ops::Range<usize>,
        new: impl Into<String>,
        encoding: Encoding,
    ) -> TextEdit {
        TextEdit::new(self.range(range, encoding), new.into())
    }
}

/// `\n`, `\r\n` and `\r` end a line each, as the protocol has it.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
            starts.push(at + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(range: [u32; 4], text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent {
            range: Some(Range::new(
                Position::new(range[0], range[1]),
                Position::new(range[2], range[3]),
            )),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn columns_are_counted_in_the_units_that_were_agreed() {
        let text = Text::new("目标：𠮷𠮷 8 家\r\n别名\r己");
        for encoding in [Encoding::Utf16, Encoding::Utf8] {
            for (at, _) in text.as_str().char_indices().filter(|(_, sign)| *sign != '\n') {
                assert_eq!(text.offset(text.position(at, encoding), encoding), at);
            }
        }
        assert_eq!(
            text.position("目标：𠮷".len(), Encoding::Utf16),
            Position::new(0, 5)
        );
        assert_eq!(
            text.position("目标：𠮷".len(), Encoding::Utf8),
            Position::new(0, 13)
        );
        assert_eq!(text.lines(), 3);
        assert_eq!(text.line(1), "别名");
    }

    #[test]
    fn a_position_outside_or_within_a_sign_is_the_nearest_before_it() {
        let text = Text::new("甲𠮷\n乙");
        assert_eq!(text.offset(Position::new(0, 2), Encoding::Utf16), "甲".len());
        assert_eq!(text.offset(Position::new(0, 2), Encoding::Utf8), 0);
        assert_eq!(text.offset(Position::new(0, 99), Encoding::Utf16), "甲𠮷".len());
        assert_eq!(
            text.offset(Position::new(9, 0), Encoding::Utf16),
            text.as_str().len()
        );
    }

    #[test]
    fn edits_are_made_where_the_editor_made_them() {
        let mut text = Text::new("目标：𠮷 8 家\n别名：甲");
        text.change(&change([0, 5, 0, 8], "9000 "), Encoding::Utf16);
        assert_eq!(text.as_str(), "目标：𠮷9000 家\n别名：甲");
        text.change(&change([0, 0, 1, 0], ""), Encoding::Utf16);
        assert_eq!(text.as_str(), "别名：甲");
        text.change(&change([0, 9, 0, 12], "\r乙"), Encoding::Utf8);
        assert_eq!((text.as_str(), text.lines()), ("别名：\r乙", 2));
    }
}
