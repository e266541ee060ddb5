//! Numbers as machines and engineers write them: 2e5, 2.5^-1, 40k, .5.

use super::digits::arabic_run;
use super::numeral::{Form, Numeral, Share};
use super::signs::{Sign, sign_at};
use super::sum::skip_blanks;
use super::{Printed, Ratio};

/// The largest exponent that is worked out.
const LARGEST: u32 = 64;

/// The numeral with the exponent, the power or the letter for a multiple that stands behind it.
pub fn raised(text: &str, base: &Numeral) -> Option<Numeral> {
    if !base.arabic || base.approx.is_some() || base.high.is_some() {
        return None;
    }
    let next = letter(text, base.end);
    let (value, end) = match next {
        Some(('e' | 'E', at)) => {
            let (power, end) = exponent(text, at)?;
            (base.value.mul(Ratio::power_of_ten(power)?)?, end)
        }
        Some(('^', at)) => {
            let (power, end) = exponent(text, at)?;
            (power_of(base.value, power)?, end)
        }
        _ => multiple(text, base)?,
    };
    let printed = Printed {
        last: 0,
        lowest: 0,
        scale: 0,
        ..base.printed
    };
    Some(Numeral {
        value,
        end,
        printed,
        form: Form::Technical,
        ..*base
    })
}

/// 40k, 2.5 M: thousands and millions, where no word goes on.
fn multiple(text: &str, base: &Numeral) -> Option<(Ratio, usize)> {
    let (letter, end) = letter(text, skip_blanks(text, base.end))?;
    let by = match letter {
        'k' | 'K' => 1_000,
        'M' => 1_000_000,
        _ => return None,
    };
    let goes_on = text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || "²³/·-_".contains(c));
    (!goes_on).then_some((base.value.mul(Ratio::whole(by))?, end))
}

/// The letter or sign at `at`, of normal or full width, and where it ends.
fn letter(text: &str, at: usize) -> Option<(char, usize)> {
    let c = text[at..].chars().next()?;
    let narrow = match c {
        'ａ'..='ｚ' => char::from(b'a' + u8::try_from(u32::from(c) - u32::from('ａ')).ok()?),
        'Ａ'..='Ｚ' => char::from(b'A' + u8::try_from(u32::from(c) - u32::from('Ａ')).ok()?),
        _ => c,
    };
    Some((narrow, at + c.len_utf8()))
}

/// A whole number with a sign before it, and where it ends.
fn exponent(text: &str, at: usize) -> Option<(i32, usize)> {
    let rest = &text[at..];
    let negative = rest.starts_with(['-', '－', '−']);
    let bare = rest.strip_prefix(['-', '－', '−', '+', '＋']).unwrap_or(rest);
    let (digits, count, end) = arabic_run(text, text.len() - bare.len())?;
    let power = i32::try_from(digits.low)
        .ok()
        .filter(|_| digits.places == 0 && count <= 2)?;
    let stops = !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    stops.then_some((if negative { -power } else { power }, end))
}

fn power_of(base: Ratio, power: i32) -> Option<Ratio> {
    let times = Some(power.unsigned_abs()).filter(|times| *times <= LARGEST)?;
    let product = (0..times).try_fold(Ratio::ONE, |product, _| product.mul(base))?;
    if power < 0 {
        Ratio::ONE.div(product)
    } else {
        Some(product)
    }
}

/// .5 with its point at `at`: digits that follow no other digits.
pub fn after_point(text: &str, at: usize) -> Option<Numeral> {
    let (Sign::Dot, length) = sign_at(text.as_bytes(), at) else {
        return None;
    };
    let (digits, count, end) = arabic_run(text, at + length)?;
    let last = -i8::try_from(count).ok().filter(|_| digits.places == 0)?;
    let printed = Printed {
        last,
        lowest: last,
        digits: u8::try_from(count).ok()?,
        scale: 0,
    };
    Some(Numeral {
        value: Ratio::scaled(digits.low, last.into())?,
        high: None,
        printed,
        approx: None,
        share: Share::Plain,
        form: Form::Technical,
        end,
        signs: count,
        arabic: true,
    })
}
