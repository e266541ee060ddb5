//! Runs of Arabic digits with grouping and decimals, as spans of exact decimals.

use super::signs::{Sign, sign, sign_at};

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
    while first <= 3
        && number > 0
        && let Some(group) = group_at(text, at, end)
    {
        (end, _) = digits(bytes, group, &mut number)?;
        count += 3;
    }
    if let (Sign::Dot, dot) = sign_at(bytes, end) {
        let mut fraction = number;
        let torn = usize::from(count >= 2 && is_torn(text, at, end + dot));
        if let Some((after, places)) = digits(bytes, end + dot + torn, &mut fraction) {
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

/// Where a group of exactly three digits begins behind a number that began at `begin`: after a comma, a stroke (3'500)
/// or a thin blank at `at`; after a plain blank only in an amount of money.
fn group_at(text: &str, begin: usize, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mark = match sign_at(bytes, at) {
        (Sign::Comma, comma) => comma,
        (Sign::Blank, blank) if parts_money(text, begin, at, blank) => blank,
        (Sign::Other, 1) if bytes[at] == b'\'' => 1,
        (Sign::Other, 3) if bytes[at] == 0xE2 && text[at..].starts_with(['’', '\u{2009}', '\u{202f}']) => 3,
        _ => return None,
    };
    three_digits(bytes, at + mark)?;
    Some(at + mark)
}

/// 存款2 345 000元: blanks part the cells of a form too, so that two groups must follow, with a word closed up to the
/// digits before and the money behind them.
fn parts_money(text: &str, begin: usize, at: usize, blank: usize) -> bool {
    const MOST: usize = 4;
    let bytes = text.as_bytes();
    if begin == 0 || bytes[begin - 1].is_ascii() {
        return false;
    }
    let (mut end, mut groups) = (at, usize::from(text[begin..at].contains([' ', '\u{a0}'])));
    while groups < MOST && sign_at(bytes, end) == (Sign::Blank, blank) {
        let Some(next) = three_digits(bytes, end + blank) else {
            break;
        };
        (end, groups) = (next, groups + 1);
    }
    groups >= 2 && text[..begin].ends_with(char::is_alphabetic) && text[end..].starts_with(['元', '万', '亿'])
}

/// Where exactly three digits at `at` end.
fn three_digits(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    for _ in 0..3 {
        let (Sign::Arabic(_), length) = sign_at(bytes, end) else {
            return None;
        };
        end += length;
    }
    let ends = !matches!(sign_at(bytes, end), (Sign::Arabic(_), _));
    ends.then_some(end)
}

/// 执行率84. 66%: a blank that a page has put behind the point, which is at `after`. A list mark stands behind no letter.
fn is_torn(text: &str, begin: usize, after: usize) -> bool {
    let bytes = text.as_bytes();
    let places = || digits(bytes, after + 1, &mut 0).filter(|(_, places)| *places <= 2);
    bytes.get(after) == Some(&b' ')
        && text[..begin].ends_with(char::is_alphabetic)
        && places().is_some_and(|(end, _)| {
            ["%", "％", "万元", "亿元"]
                .iter()
                .any(|unit| text[end..].starts_with(unit))
        })
}

/// 100兆 is said of a line or a file; 3兆元 and 3兆5000亿 are numbers.
pub(super) fn counts_on(rest: &str) -> bool {
    let digit = |c: char| !matches!(sign(c), Sign::Other | Sign::Blank | Sign::Comma | Sign::Word);
    rest.starts_with(['元', '圆', '日', '韩', '美']) || rest.starts_with(digit)
}

/// 千米 千克 千瓦 兆瓦 are units: their first letter is no multiplier.
pub(super) fn begins_metric(rest: &str) -> bool {
    rest.starts_with(['米', '克', '瓦', '伏', '卡', '帕', '赫', '比', '字', '焦'])
}
