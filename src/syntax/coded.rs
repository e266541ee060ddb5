//! Values to bytes and back, for what is known before the program starts: trees of rule files and the standard model.
//! Texts lie apart, where the compiler sees that they are sound, and not each start.

use crate::quantity::{Bound, Ratio};
use crate::source::{SourceId, Span};

/// What was written.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
    text: String,
}

impl Writer {
    /// The bytes, and the texts one behind the other.
    pub fn done(self) -> (Vec<u8>, String) {
        (self.bytes, self.text)
    }
}

/// What was written, as it lies in the program.
#[derive(Clone, Copy)]
pub struct Packed<'a> {
    /// All but the texts.
    pub bytes: &'a [u8],
    /// The texts one behind the other.
    pub text: &'a str,
}

/// What is left to read.
pub struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    source: SourceId,
}

impl<'a> Reader<'a> {
    /// A reader of what a writer wrote; the sources that it speaks of are counted from this one.
    pub fn new(packed: Packed<'a>, source: SourceId) -> Reader<'a> {
        let Packed { bytes, text } = packed;
        Reader { bytes, text, source }
    }

    /// Whether all was read.
    pub fn is_at_end(&self) -> bool {
        self.bytes.is_empty() && self.text.is_empty()
    }

    fn next(&mut self, many: usize) -> Option<&'a [u8]> {
        let (next, rest) = self.bytes.split_at_checked(many)?;
        self.bytes = rest;
        Some(next)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    /// The next text.
    pub fn text(&mut self) -> Option<&'a str> {
        let length = u32::take(self)? as usize;
        let (text, rest) = self.text.split_at_checked(length)?;
        self.text = rest;
        Some(text)
    }
}

/// What is written to bytes and read from them again.
pub trait Coded: Sized {
    /// Writes it.
    fn put(&self, out: &mut Writer);
    /// Reads it; nothing where it does not stand there.
    fn take(from: &mut Reader) -> Option<Self>;
}

/// Seven bits a byte, the lowest first: most numbers are small.
impl Coded for u64 {
    fn put(&self, out: &mut Writer) {
        let mut rest = *self;
        while rest > 0x7F {
            out.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.bytes.push(rest as u8);
    }

    fn take(from: &mut Reader) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = from.byte()?;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

/// Numbers of other sizes are written as that one.
macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Coded for $number {
            fn put(&self, out: &mut Writer) {
                (*self as u64).put(out);
            }

            fn take(from: &mut Reader) -> Option<$number> {
                Some(u64::take(from)? as $number)
            }
        }
    )*};
}

numbers! { i8 u32 i32 i64 usize }

impl Coded for u8 {
    fn put(&self, out: &mut Writer) {
        out.bytes.push(*self);
    }

    fn take(from: &mut Reader) -> Option<u8> {
        from.byte()
    }
}

impl Coded for bool {
    fn put(&self, out: &mut Writer) {
        out.bytes.push(u8::from(*self));
    }

    fn take(from: &mut Reader) -> Option<bool> {
        Some(from.byte()? == 1)
    }
}

/// Nearly all are two small numbers.
impl Coded for Ratio {
    fn put(&self, out: &mut Writer) {
        let (numerator, denominator) = self.parts();
        let small = i64::try_from(numerator).ok().zip(i64::try_from(denominator).ok());
        small.put(out);
        if small.is_none() {
            out.bytes.extend(numerator.to_le_bytes());
            out.bytes.extend(denominator.to_le_bytes());
        }
    }

    fn take(from: &mut Reader) -> Option<Ratio> {
        let small: Option<(i64, i64)> = Coded::take(from)?;
        if let Some((numerator, denominator)) = small {
            return Ratio::new(i128::from(numerator), i128::from(denominator));
        }
        let mut word = || Some(i128::from_le_bytes(from.next(16)?.try_into().ok()?));
        let (numerator, denominator) = (word()?, word()?);
        Ratio::new(numerator, denominator)
    }
}

impl Coded for String {
    fn put(&self, out: &mut Writer) {
        (self.len() as u32).put(out);
        out.text.push_str(self);
    }

    fn take(from: &mut Reader) -> Option<String> {
        Some(from.text()?.to_owned())
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn put(&self, out: &mut Writer) {
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
    fn put(&self, out: &mut Writer) {
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
    fn put(&self, out: &mut Writer) {
        (**self).put(out);
    }

    fn take(from: &mut Reader) -> Option<Box<T>> {
        T::take(from).map(Box::new)
    }
}

impl<A: Coded, B: Coded> Coded for (A, B) {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(from: &mut Reader) -> Option<(A, B)> {
        Some((A::take(from)?, B::take(from)?))
    }
}

/// Most spans lie in the first source.
impl Coded for Span {
    fn put(&self, out: &mut Writer) {
        let length = u64::from(self.end.wrapping_sub(self.start));
        (self.start, length << 1 | u64::from(self.source.0 > 0)).put(out);
        if self.source.0 > 0 {
            self.source.0.put(out);
        }
    }

    fn take(from: &mut Reader) -> Option<Span> {
        let (start, length) = <(u32, u64)>::take(from)?;
        let further = match length & 1 {
            0 => 0,
            _ => u32::take(from)?,
        };
        Some(Span {
            source: SourceId(from.source.0.checked_add(further)?),
            start,
            end: start.wrapping_add((length >> 1) as u32),
        })
    }
}

/// A struct is its fields in this order.
macro_rules! fields {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl $crate::syntax::coded::Coded for $name {
            fn put(&self, out: &mut $crate::syntax::coded::Writer) {
                $($crate::syntax::coded::Coded::put(&self.$field, out);)*
            }

            fn take(from: &mut $crate::syntax::coded::Reader) -> Option<$name> {
                Some($name { $($field: $crate::syntax::coded::Coded::take(from)?),* })
            }
        }
    )*};
}
pub(crate) use fields;

/// A variant is its number here, and what it holds.
macro_rules! variants {
    ($($name:ident { $($number:literal $variant:ident { $($at:tt $held:ident),* })* })*) => {$(
        impl $crate::syntax::coded::Coded for $name {
            fn put(&self, out: &mut $crate::syntax::coded::Writer) {
                match self {
                    $($name::$variant { $($at: $held),* } => {
                        $crate::syntax::coded::Coded::put(&($number as u8), out);
                        $($crate::syntax::coded::Coded::put($held, out);)*
                    })*
                }
            }

            fn take(from: &mut $crate::syntax::coded::Reader) -> Option<$name> {
                match from.byte()? {
                    $($number => Some($name::$variant { $($at: $crate::syntax::coded::Coded::take(from)?),* }),)*
                    _ => None,
                }
            }
        }
    )*};
}
pub(crate) use variants;

variants! {
    Bound {
        0 AtLeast {}
        1 Above {}
        2 Exactly {}
        3 AtMost {}
        4 Below {}
    }
}
