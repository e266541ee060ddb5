//! Exact ratios to decimal notation, for people and for machines.

use super::digits;
use super::ratio::Ratio;

impl Ratio {
    /// In plain decimal notation with exactly `places` places, rounded half away from zero.
    pub fn to_fixed(self, places: u32) -> Option<String> {
        let mut out = String::new();
        self.write_fixed(&mut out, 0, places)?;
        Some(out)
    }

    /// Writes it divided by `10^scale`, in plain decimal notation with exactly `places` places, rounded half away from
    /// zero.
    pub(super) fn write_fixed(self, out: &mut String, scale: u32, places: u32) -> Option<()> {
        let (negative, steps) = match self.few_steps(places as i32 - scale as i32) {
            Some(steps) => (self < Ratio::ZERO, u128::from(steps)),
            None => {
                let shown = self.div(Ratio::power_of_ten(scale as i32)?)?;
                let steps = shown
                    .round(-(places as i32))?
                    .mul(Ratio::power_of_ten(places as i32)?)?;
                let steps = *steps.raw().numer();
                (steps < 0, steps.unsigned_abs())
            }
        };
        if negative && steps > 0 {
            out.push('-');
        }
        write_digits(out, steps, places as usize);
        Some(())
    }

    /// How many whole steps of `10^-power` it makes without its sign, rounded, where machine words can tell: most
    /// numbers of a report are small.
    pub(super) fn few_steps(self, power: i32) -> Option<u64> {
        let (above, below) = self.small()?;
        let (above, below) = (above.unsigned_abs(), below.unsigned_abs());
        let ten = u64::try_from(ten(power.saturating_abs())?).ok()?;
        let (above, below) = match power >= 0 {
            true => (above.checked_mul(ten)?, below),
            false => (above, below.checked_mul(ten)?),
        };
        let (steps, rest) = match below {
            1 => (above, 0),
            _ => (above / below, above % below),
        };
        Some(steps + u64::from(rest >= below - rest))
    }

    /// In plain decimal notation without trailing noughts, at most `most` places.
    pub fn to_plain(self, most: u32) -> Option<String> {
        let fixed = self.to_fixed(most)?;
        if !fixed.contains('.') {
            return Some(fixed);
        }
        let plain = fixed.trim_end_matches('0').trim_end_matches('.');
        Some(if plain == "-0" {
            "0".to_owned()
        } else {
            plain.to_owned()
        })
    }

    /// In plain decimal notation for machines: exact to `places`, or else to fifteen digits behind the first one that
    /// is not nought.
    pub fn to_machine(self, places: u32) -> Option<String> {
        const DIGITS: i32 = 15;
        if self.fits(places) {
            return self.to_plain(places);
        }
        let size = self.abs()?;
        let power = |power: i32| Ratio::power_of_ten(power);
        let mut first = 0;
        while power(first + 1).is_some_and(|ten| ten <= size) {
            first += 1;
        }
        while first > -20 && power(first).is_some_and(|ten| ten > size) {
            first -= 1;
        }
        let plain = |most: i32| self.to_plain(u32::try_from(most.max(0)).ok()?);
        (1..=DIGITS).rev().find_map(|digits| plain(digits - 1 - first))
    }

    /// Whether it can be written with at most `places` decimal places.
    pub fn fits(self, places: u32) -> bool {
        self.mul(Ratio::power_of_ten(places as i32).unwrap_or(Ratio::ONE))
            .is_some_and(Ratio::is_whole)
    }
}

/// Ten to a power that is not negative.
pub(super) fn ten(power: i32) -> Option<i128> {
    digits::ten(u8::try_from(power).ok()?)
}

/// Writes a number of steps with its last `places` digits behind the point.
fn write_digits(out: &mut String, steps: u128, places: usize) {
    // as many digits as the largest number has
    let mut digits = [b'0'; 39];
    let mut begin = digits.len();
    let mut push = |digit: u8| {
        begin -= 1;
        digits[begin] = b'0' + digit;
    };
    let mut left = steps;
    while let Err(_) | Ok(10..) = u64::try_from(left) {
        push((left % 10) as u8);
        left /= 10;
    }
    push(left as u8);
    let count = digits.len() - begin;
    let noughts = std::iter::repeat_n('0', (places + 1).saturating_sub(count));
    let start = out.len();
    out.extend(noughts);
    out.extend(digits[begin..].iter().map(|digit| char::from(*digit)));
    if places > 0 {
        let point = out.len() - places;
        debug_assert!(point > start, "a digit stands before the point");
        out.insert(point, '.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_stand_before_and_behind_the_point() {
        let fixed =
            |above: i128, below: i128, places: u32| Ratio::new(above, below).unwrap().to_fixed(places);
        for (above, below, places, text) in [
            (0, 1, 0, "0"),
            (0, 1, 2, "0.00"),
            (5, 100, 2, "0.05"),
            (-1, 2, 0, "-1"),
            (-1, 3, 0, "0"),
            (-1, 300, 2, "0.00"),
            (12345, 100, 1, "123.5"),
            (i128::MAX, 1, 0, "170141183460469231731687303715884105727"),
            (i128::from(i64::MAX), 1, 3, "9223372036854775807.000"),
        ] {
            assert_eq!(fixed(above, below, places).as_deref(), Some(text));
        }
    }

    proptest! {
        /// The quick way and the general one write the same.
        #[test]
        fn small_numbers_are_written_like_large_ones(
            above in any::<i64>(), below in 1..1_000_000i64, less in 0..40u32, scale in 0..9u32, places in 0..7u32
        ) {
            let value = Ratio::new(i128::from(above >> less), below.into()).unwrap();
            let shown = value.div(Ratio::power_of_ten(scale as i32).unwrap()).unwrap();
            let steps = shown.round(-(places as i32)).unwrap().mul(Ratio::power_of_ten(places as i32).unwrap()).unwrap();
            let steps = *steps.raw().numer();
            let digits = format!("{:0>width$}", steps.unsigned_abs(), width = places as usize + 1);
            let (whole, fraction) = digits.split_at(digits.len() - places as usize);
            let point = if places > 0 { "." } else { "" };
            let sign = if steps < 0 { "-" } else { "" };
            let mut out = String::new();
            value.write_fixed(&mut out, scale, places).unwrap();
            prop_assert_eq!(out, format!("{sign}{whole}{point}{fraction}"));
        }
    }
}
