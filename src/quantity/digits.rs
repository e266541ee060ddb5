//! Runs of Arabic digits with grouping and decimals, as spans of exact decimals.

use super::signs::{Sign, sign};

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

/// Ten to a power.
pub fn ten(power: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(power))
}

/// An Arabic number with grouping and decimals: its digits, how many, and where it ends.
pub fn arabic_run(text: &str, at: usize) -> Option<(Span, u32, usize)> {
    let mut number = Span::ZERO;
    let (mut end, first) = digits(text, at, &mut number)?;
    let mut count = first;
    while let Some(group) = group_at(text, end).filter(|_| first <= 3 && number.low > 0) {
        (end, _) = digits(text, group, &mut number)?;
        count += 3;
    }
    let dot = text[end..].chars().next().filter(|c| sign(*c) == Sign::Dot);
    if let Some(dot) = dot {
        let mut fraction = number;
        if let Some((after, places)) = digits(text, end + dot.len_utf8(), &mut fraction) {
            fraction.places = u8::try_from(places).ok()?;
            return Some((fraction, count + places, after));
        }
    }
    Some((number, count, end))
}

/// Appends the digits at `at` to a number: where they end and how many they are.
fn digits(text: &str, at: usize, number: &mut Span) -> Option<(usize, u32)> {
    let (mut end, mut count) = (at, 0);
    for c in text[at..].chars() {
        let Sign::Arabic(digit) = sign(c) else { break };
        *number = number.times(1)?.add(Span {
            low: digit.into(),
            high: digit.into(),
            places: number.places,
        })?;
        end += c.len_utf8();
        count += 1;
    }
    (count > 0).then_some((end, count))
}

/// Where a group of exactly three digits begins after a comma at `at`.
fn group_at(text: &str, at: usize) -> Option<usize> {
    let mut rest = text[at..].chars();
    let comma = rest.next().filter(|c| sign(*c) == Sign::Comma)?;
    let three = rest
        .by_ref()
        .take(3)
        .filter(|c| matches!(sign(*c), Sign::Arabic(_)))
        .count()
        == 3;
    let ends = !matches!(rest.next().map(sign), Some(Sign::Arabic(_)));
    (three && ends).then_some(at + comma.len_utf8())
}
