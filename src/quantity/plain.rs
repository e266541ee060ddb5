//! Digits with nothing behind them that could lead the number on, which most numbers of a report are, in one short way.

use super::digits::{Span, arabic_run};
use super::numeral::{Form, Numeral, Share};
use super::signs::{Sign, sign_at};
use super::sum::skip_blanks;
use super::{Printed, Ratio};

/// The number at `at`, if it is such digits.
pub fn digits(text: &str, at: usize) -> Option<Numeral> {
    let (span, signs, end) = arabic_run(text, at)?;
    if goes_on(text, end) {
        return None;
    }
    let last = -i8::try_from(span.places).ok()?;
    Some(Numeral {
        value: Ratio::scaled(span.low, last.into())?,
        high: None,
        printed: print_of(span, last),
        approx: None,
        share: Share::Plain,
        form: Form::Written,
        end,
        signs,
        arabic: true,
    })
}

/// Whether what follows digits may belong to the same number.
fn goes_on(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    let technical = |at: usize| match bytes.get(at) {
        Some(b'/' | b'^' | b'e' | b'E' | b'k' | b'K' | b'M') => true,
        // Letters and strokes of full width.
        Some(0xEF) => {
            !text[at..].starts_with(['，', '；', '：', '（', '）', '％', '、', '！', '＝', '～', '－'])
        }
        _ => false,
    };
    match sign_at(bytes, end).0 {
        Sign::Other => technical(end),
        Sign::Dot | Sign::Comma => false,
        Sign::Blank => {
            let next = skip_blanks(text, end);
            match sign_at(bytes, next).0 {
                Sign::Other => technical(next),
                Sign::Dot | Sign::Comma => false,
                Sign::Arabic(_) => next == end + 1 && bytes[end] == b' ',
                _ => true,
            }
        }
        _ => true,
    }
}

/// The print of digits without a multiplier.
fn print_of(span: Span, last: i8) -> Printed {
    let mut digits = 1;
    let mut lowest = last;
    if let Ok(mut mantissa) = u64::try_from(span.low) {
        digits = mantissa.checked_ilog10().map_or(1, |log| log as u8 + 1);
        while mantissa > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            lowest += 1;
        }
    } else {
        let mut mantissa = span.low;
        digits = mantissa.checked_ilog10().map_or(digits, |log| log as u8 + 1);
        while mantissa > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            lowest += 1;
        }
    }
    Printed {
        last,
        lowest,
        digits,
        scale: 0,
    }
}
