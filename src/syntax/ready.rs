//! A syntax tree to bytes and back: the built-in packs are parsed when the program is built, and a start only puts their
//! trees together again.

use super::keywords::{KEYWORDS, Word};
use super::{
    Amount, Case, Content, Expr, ExprKind, File, Operator, Parameter, Piece, Range, RangeEnd, Scoring,
    Statement, Target, Words,
};
use crate::quantity::{Bound, Ratio};
use crate::source::{SourceId, Span};

/// How a 验证 begins in a built-in pack.
const TRIAL: &str = "\n验证：";

/// A pack's text up to its 验证, which stand at its end: whoever judges by it needs no more, and reads less.
pub fn without_trials(text: &str) -> &str {
    let end = memchr::memmem::find(text.as_bytes(), TRIAL.as_bytes());
    end.and_then(|end| text.get(..=end)).unwrap_or(text)
}

/// The bytes of a tree.
pub fn pack(file: &File) -> Vec<u8> {
    let mut out = Vec::new();
    file.statements.put(&mut out);
    file.comments.put(&mut out);
    out
}

/// The tree of these bytes, with all its places in that source; none where they are not a tree's.
pub fn unpack(bytes: &[u8], source: SourceId) -> Option<File> {
    let from = &mut Reader { bytes, source };
    let (statements, comments) = (Coded::take(from)?, Coded::take(from)?);
    from.bytes.is_empty().then_some(File {
        source,
        statements,
        comments,
    })
}

/// What is left to read.
struct Reader<'a> {
    bytes: &'a [u8],
    source: SourceId,
}

impl<'a> Reader<'a> {
    fn next(&mut self, many: usize) -> Option<&'a [u8]> {
        let (next, rest) = self.bytes.split_at_checked(many)?;
        self.bytes = rest;
        Some(next)
    }

    fn byte(&mut self) -> Option<u8> {
        Some(*self.next(1)?.first()?)
    }
}

/// What is written to bytes and read from them again.
trait Coded: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn take(from: &mut Reader) -> Option<Self>;
}

/// Seven bits a byte, the lowest first: most numbers are small.
impl Coded for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest > 0x7F {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn take(from: &mut Reader) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = from.byte()?;
            number |= u32::from(byte & 0x7F).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

impl Coded for i32 {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u32).put(out);
    }

    fn take(from: &mut Reader) -> Option<i32> {
        Some(u32::take(from)? as i32)
    }
}

impl Coded for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(from: &mut Reader) -> Option<bool> {
        Some(from.byte()? == 1)
    }
}

impl Coded for i128 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn take(from: &mut Reader) -> Option<i128> {
        Some(i128::from_le_bytes(from.next(16)?.try_into().ok()?))
    }
}

impl Coded for Ratio {
    fn put(&self, out: &mut Vec<u8>) {
        self.parts().put(out);
    }

    fn take(from: &mut Reader) -> Option<Ratio> {
        let (numerator, denominator) = Coded::take(from)?;
        Ratio::new(numerator, denominator)
    }
}

impl Coded for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        out.extend(self.as_bytes());
    }

    fn take(from: &mut Reader) -> Option<String> {
        let length = u32::take(from)? as usize;
        Some(str::from_utf8(from.next(length)?).ok()?.to_owned())
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u32).put(out);
        self.iter().for_each(|one| one.put(out));
    }

    fn take(from: &mut Reader) -> Option<Vec<T>> {
        let many = u32::take(from)? as usize;
        // bytes that are no tree's must not ask for more memory than they could fill
        let mut list = Vec::with_capacity(many.min(from.bytes.len()));
        for _ in 0..many {
            list.push(T::take(from)?);
        }
        Some(list)
    }
}

impl<T: Coded> Coded for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        self.iter().for_each(|one| one.put(out));
    }

    fn take(from: &mut Reader) -> Option<Option<T>> {
        match bool::take(from)? {
            true => T::take(from).map(Some),
            false => Some(None),
        }
    }
}

impl<T: Coded> Coded for Box<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }

    fn take(from: &mut Reader) -> Option<Box<T>> {
        T::take(from).map(Box::new)
    }
}

impl<A: Coded, B: Coded> Coded for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(from: &mut Reader) -> Option<(A, B)> {
        Some((A::take(from)?, B::take(from)?))
    }
}

/// A keyword is its place in the table.
impl Coded for Word {
    fn put(&self, out: &mut Vec<u8>) {
        let at = KEYWORDS.iter().position(|row| row.word == *self);
        out.push(at.unwrap_or(usize::MAX) as u8);
    }

    fn take(from: &mut Reader) -> Option<Word> {
        Some(KEYWORDS.get(usize::from(from.byte()?))?.word)
    }
}

impl Coded for Span {
    fn put(&self, out: &mut Vec<u8>) {
        (self.start, self.end.wrapping_sub(self.start)).put(out);
    }

    fn take(from: &mut Reader) -> Option<Span> {
        let (start, length) = <(u32, u32)>::take(from)?;
        Some(Span {
            source: from.source,
            start,
            end: start.wrapping_add(length),
        })
    }
}

/// A struct is its fields in this order.
macro_rules! fields {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Coded for $name {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)*
            }

            fn take(from: &mut Reader) -> Option<$name> {
                Some($name { $($field: Coded::take(from)?),* })
            }
        }
    )*};
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

/// A variant is its number here, and what it holds.
macro_rules! variants {
    ($($name:ident { $($number:literal $variant:ident { $($at:tt $held:ident),* })* })*) => {$(
        impl Coded for $name {
            fn put(&self, out: &mut Vec<u8>) {
                match self {
                    $($name::$variant { $($at: $held),* } => {
                        out.push($number);
                        $($held.put(out);)*
                    })*
                }
            }

            fn take(from: &mut Reader) -> Option<$name> {
                match from.byte()? {
                    $($number => Some($name::$variant { $($at: Coded::take(from)?),* }),)*
                    _ => None,
                }
            }
        }
    )*};
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
    Bound {
        0 AtLeast {}
        1 Above {}
        2 Exactly {}
        3 AtMost {}
        4 Below {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::from_text;

    const TEXT: &str = include_str!("../../rules/示例/两化融合专项.jx");

    #[test]
    fn a_tree_is_the_same_after_it_was_packed() {
        let (file, _) = from_text::parse(TEXT, SourceId(7));
        assert_eq!(unpack(&pack(&file), SourceId(7)), Some(file));
    }

    #[test]
    fn a_part_of_a_tree_is_none() {
        let (file, _) = from_text::parse(TEXT, SourceId(0));
        let bytes = pack(&file);
        for end in 0..bytes.len() {
            assert_eq!(unpack(&bytes[..end], SourceId(0)), None, "{end}");
        }
    }
}
