//! Exact ratios to decimal notation, for people and for machines.

use super::ratio::Ratio;

impl Ratio {
    /// In plain decimal notation with exactly `places` places, rounded half away from zero.
    pub fn to_fixed(self, places: u32) -> Option<String> {
        let by = 10i128.checked_pow(places)?;
        let steps = match self.steps_of(by) {
            Some(steps) => steps,
            None => {
                let rounded = self.round(-(places as i32))?;
                *rounded.mul(Ratio::whole(by))?.raw().numer()
            }
        };
        let (whole, fraction) = (
            steps.unsigned_abs() / by.unsigned_abs(),
            steps.unsigned_abs() % by.unsigned_abs(),
        );
        let sign = if steps < 0 { "-" } else { "" };
        Some(match places as usize {
            0 => format!("{sign}{whole}"),
            width => format!("{sign}{whole}.{fraction:0>width$}"),
        })
    }

    /// How many steps of one over `by` it is, rounded half away from zero; nothing where that is too large to count.
    fn steps_of(self, by: i128) -> Option<i128> {
        let (numerator, denominator) = self.parts();
        let scaled = numerator.checked_mul(by)?;
        let (steps, rest) = (scaled / denominator, scaled % denominator);
        let away = rest.unsigned_abs() >= denominator.unsigned_abs() - rest.unsigned_abs();
        Some(steps + if away { scaled.signum() } else { 0 })
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
