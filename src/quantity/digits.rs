//! Runs of Arabic digits with grouping and decimals, as spans of exact decimals.

use super::signs::{Sign, sign_at};

/// A span of numbers in units of `10^-places`; mostly both ends are one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Span {
    /// The lower end.
    pub low: i128,
    /// The upper end.
    pub high: i128,
    /// How many decimal places are counted in.
    pub places: u8,
}

impl Span {
    /// Nought.
    pub const ZERO: Span = Span::of(0);

    /// A single whole number.
    pub const fn of(number: i128) -> Span {
        Span {
            low: number,
            high: number,
            places: 0,
        }
    }

    /// The sum of both ends.
    pub fn add(self, other: Span) -> Option<Span> {
        let places = self.places.max(other.places);
        let (a, b) = (self.at(places)?, other.at(places)?);
        Some(Span {
            low: a.low.checked_add(b.low)?,
            high: a.high.checked_add(b.high)?,
            places,
        })
    }

    /// With so many noughts more.
    pub fn times(self, power: u8) -> Option<Span> {
        let by = ten(power)?;
        Some(Span {
            low: self.low.checked_mul(by)?,
            high: self.high.checked_mul(by)?,
            ..self
        })
    }

    fn at(self, places: u8) -> Option<Span> {
        Some(Span {
            places,
            ..self.times(places - self.places)?
        })
    }

    /// Whether the ends differ.
    pub fn is_wide(self) -> bool {
        self.low != self.high
    }
}

/// The powers of ten that fit.
const TENS: [i128; 39] = {
    let (mut tens, mut at) = ([1; 39], 1);
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// Ten to a power.
pub fn ten(power: u8) -> Option<i128> {
    TENS.get(usize::from(power)).copied()
}

/// An Arabic number with grouping and decimals: its digits, how many, and where it ends.
pub fn arabic_run(text: &str, at: usize) -> Option<(Span, u32, usize)> {
    let bytes = text.as_bytes();
    let mut number = 0;
    let (mut end, first) = digits(bytes, at, &mut number)?;
    let mut count = first;
    while let Some(group) = group_at(bytes, end).filter(|_| first <= 3 && number > 0) {
        (end, _) = digits(bytes, group, &mut number)?;
        count += 3;
    }
    if let (Sign::Dot, dot) = sign_at(bytes, end) {
        let mut fraction = number;
        if let Some((after, places)) = digits(bytes, end + dot, &mut fraction) {
            let span = Span {
                places: u8::try_from(places).ok()?,
                ..Span::of(fraction)
            };
            return Some((span, count + places, after));
        }
    }
    Some((Span::of(number), count, end))
}

/// Digits that are counted in a machine word before they are carried over.
const WORD: u32 = 18;

/// Appends the digits at `at` to a number: where they end and how many they are.
fn digits(bytes: &[u8], at: usize, number: &mut i128) -> Option<(usize, u32)> {
    let (mut end, mut count) = (at, 0);
    loop {
        let (mut word, mut taken) = (0u64, 0);
        while taken < WORD {
            let (Sign::Arabic(digit), length) = sign_at(bytes, end) else {
                break;
            };
            word = word * 10 + u64::from(digit);
            (end, taken) = (end + length, taken + 1);
        }
        count += taken;
        *number = if *number == 0 {
            word.into()
        } else {
            let power = 10i128.pow(taken);
            number.checked_mul(power)?.checked_add(word.into())?
        };
        if taken < WORD {
            return (count > 0).then_some((end, count));
        }
    }
}

/// Where a group of exactly three digits begins after a comma at `at`.
fn group_at(bytes: &[u8], at: usize) -> Option<usize> {
    let (Sign::Comma, comma) = sign_at(bytes, at) else {
        return None;
    };
    let mut end = at + comma;
    for _ in 0..3 {
        let (Sign::Arabic(_), length) = sign_at(bytes, end) else {
            return None;
        };
        end += length;
    }
    let ends = !matches!(sign_at(bytes, end), (Sign::Arabic(_), _));
    ends.then_some(at + comma)
}
