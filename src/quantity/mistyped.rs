//! Whether a printed number is another one with a slip of the pen in it.

use super::Ratio;

/// How a printed number went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistyped {
    /// One digit of three or more is another one. Of two digits, any number is often one digit away.
    OneDigit,
    /// Two digits changed places, which hardly ever happens by chance.
    Swapped,
}

/// What slip of the pen makes `stated` of what `computed` rounds to at the power of ten `last`; none where it is right,
/// or off by more than a slip.
pub fn mistyped(stated: Ratio, computed: Ratio, last: i32) -> Option<Mistyped> {
    let (stated, computed) = (digits(stated, last)?, digits(computed, last)?);
    if stated.len() != computed.len() {
        return None;
    }
    let pairs = stated.bytes().zip(computed.bytes()).enumerate();
    let different: Vec<usize> = pairs.filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let (stated, computed) = (stated.as_bytes(), computed.as_bytes());
    match different[..] {
        [_] => (stated.len() >= 3).then_some(Mistyped::OneDigit),
        [a, b] => (stated[a] == computed[b] && stated[b] == computed[a]).then_some(Mistyped::Swapped),
        _ => None,
    }
}

/// The digits down to the power of ten `last`, without a point.
fn digits(value: Ratio, last: i32) -> Option<String> {
    let unit = Ratio::power_of_ten(last)?;
    value.round(last)?.div(unit)?.to_fixed(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_digit_or_two_that_changed_places() {
        let number = |text: &str| Ratio::from_decimal(text.parse().ok()?);
        for (stated, computed, last, slip) in [
            ("75.36", "73.3631", -2, true),
            ("94.62", "92.64", -2, true),
            ("82.69", "82.96", -2, true),
            ("92", "94", 0, false),
            ("49", "94", 0, true),
            ("103.9", "102.9", -1, true),
            ("8.47", "84.7", -2, false),
            ("84.66", "84.6667", -2, true),
            ("50.11", "50.11", -2, false),
        ] {
            let (Some(a), Some(b)) = (number(stated), number(computed)) else {
                panic!("{stated} {computed}");
            };
            assert_eq!(super::mistyped(a, b, last).is_some(), slip, "{stated} {computed}");
        }
    }
}
