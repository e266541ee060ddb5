//! A syntax tree to bytes and back: the built-in packs are parsed when the program is built, and a start only puts their
//! trees together again.

use super::coded::{Coded, Packed, Reader, Writer, fields, variants};
use super::keywords::{KEYWORDS, Word};
use super::{
    Amount, Case, Content, Expr, ExprKind, File, Operator, Parameter, Piece, Range, RangeEnd, Scoring,
    Statement, Target, Words,
};
use crate::source::SourceId;

/// How a 验证 begins in a built-in pack.
const TRIAL: &str = "\n验证：";

/// A pack's text up to its 验证, which stand at its end: whoever judges by it needs no more, and reads less.
pub fn without_trials(text: &str) -> &str {
    let end = memchr::memmem::find(text.as_bytes(), TRIAL.as_bytes());
    end.and_then(|end| text.get(..=end)).unwrap_or(text)
}

/// The bytes and texts of a tree, which was read as that of the first source.
pub fn pack(file: &File) -> (Vec<u8>, String) {
    let mut out = Writer::default();
    file.statements.put(&mut out);
    file.comments.put(&mut out);
    out.done()
}

/// The tree of these, with all its places in that source; none where they are not a tree's.
pub fn unpack(tree: Packed, source: SourceId) -> Option<File> {
    let from = &mut Reader::new(tree, source);
    let (statements, comments) = (Coded::take(from)?, Coded::take(from)?);
    from.is_at_end().then_some(File {
        source,
        statements,
        comments,
    })
}

/// A keyword is its place in the table.
impl Coded for Word {
    fn put(&self, out: &mut Writer) {
        let at = KEYWORDS.iter().position(|row| row.word == *self);
        (at.unwrap_or(usize::MAX) as u8).put(out);
    }

    fn take(from: &mut Reader) -> Option<Word> {
        Some(KEYWORDS.get(usize::from(from.byte()?))?.word)
    }
}

fields! {
    Statement { word, word_span, span, content, attributes, incomplete }
    Words { text, span, quoted }
    Amount { number, places, digits, unit, span }
    Range { low, high, span }
    RangeEnd { at, closed }
    Scoring { standard, arguments }
    Parameter { name, value }
    Case { condition, result, span }
    Expr { kind, span }
}

variants! {
    Content {
        0 Empty {}
        1 Text { 0 words }
        2 Template { 0 pieces }
        3 Year { 0 year }
        4 Citation { 0 cited, 1 from }
        5 Head { 0 name, 1 points }
        6 Path { 0 parts }
        7 Field { 0 parts }
        8 List { 0 items }
        9 Target { 0 target }
        10 Points { 0 points }
        11 Scoring { 0 scoring }
        12 Unit { 0 unit }
        13 Parameter { 0 parameter }
        14 Cases { 0 cases }
        15 Condition { 0 condition }
        16 Interval { 0 range }
        17 Grades { 0 grades }
        18 DefaultScoring { 0 parts }
        19 Scheme { 0 parts }
        20 Conversion { 0 new, 1 old }
    }
    Target {
        0 Number { 0 bound, 1 amount }
        1 Interval { 0 range }
        2 Date { 0 date }
        3 Text { 0 text }
    }
    Piece {
        0 Words { 0 words }
        1 Value { 0 value }
    }
    ExprKind {
        0 Number { 0 number }
        1 Path { 0 path }
        2 Otherwise {}
        3 Call { 0 function, 1 arguments }
        4 Not { 0 inner }
        5 Negate { 0 inner }
        6 Binary { 0 operator, 1 left, 2 right }
        7 Has { 0 inner, 1 has }
        8 Among { 0 inner, 1 list }
        9 Interval { 0 low, 1 closed, 2 high, 3 closes }
    }
    Operator {
        0 And {}
        1 Or {}
        2 Equal {}
        3 Different {}
        4 Less {}
        5 AtMost {}
        6 Greater {}
        7 AtLeast {}
        8 Add {}
        9 Subtract {}
        10 Multiply {}
        11 Divide {}
        12 OrElse {}
        13 Contains {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::from_text;

    const TEXT: &str = include_str!("../../rules/示例/两化融合专项.jx");

    #[test]
    fn a_tree_is_the_same_after_it_was_packed() {
        let (file, _) = from_text::parse(TEXT, SourceId(0));
        let (elsewhere, _) = from_text::parse(TEXT, SourceId(7));
        let (bytes, text) = pack(&file);
        let (bytes, text) = (bytes.as_slice(), text.as_str());
        assert_eq!(unpack(Packed { bytes, text }, SourceId(0)), Some(file));
        assert_eq!(unpack(Packed { bytes, text }, SourceId(7)), Some(elsewhere));
    }

    #[test]
    fn a_part_of_a_tree_is_none() {
        let (file, _) = from_text::parse(TEXT, SourceId(0));
        let (bytes, text) = pack(&file);
        for end in 0..bytes.len() {
            let (bytes, text) = (&bytes[..end], text.as_str());
            assert_eq!(unpack(Packed { bytes, text }, SourceId(0)), None, "{end}");
        }
        for (end, _) in text.char_indices() {
            let (bytes, text) = (bytes.as_slice(), &text[..end]);
            assert_eq!(unpack(Packed { bytes, text }, SourceId(0)), None, "{end}");
        }
    }
}
