//! An exact ratio of integers with checked operations: `None` is 不可计算 (overflow, or division by zero).

use num_rational::Ratio as Raw;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// An exact ratio of two integers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ratio(Raw<i128>);

#[allow(clippy::should_implement_trait)] // add, sub, mul and div are checked: the operators of std cannot say no
impl Ratio {
    /// Nought.
    pub const ZERO: Ratio = Ratio(Raw::new_raw(0, 1));
    /// One.
    pub const ONE: Ratio = Ratio(Raw::new_raw(1, 1));

    /// A whole number.
    pub const fn whole(number: i128) -> Ratio {
        Ratio(Raw::new_raw(number, 1))
    }

    /// `numerator ÷ denominator`; nothing for a denominator of nought.
    pub fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        // i128::MIN has no positive twin, so reducing a ratio of it could overflow.
        let usable = denominator != 0 && numerator != i128::MIN && denominator != i128::MIN;
        usable.then(|| Ratio(Raw::new(numerator, denominator)))
    }

    /// `digits × 10^power`.
    pub fn scaled(digits: i128, power: i32) -> Option<Ratio> {
        if power >= 0 {
            digits.checked_mul(ten(power)?).map(Ratio::whole)
        } else {
            Ratio::new(digits, ten(-power)?)
        }
    }

    /// Ten to a power, positive or negative.
    pub fn power_of_ten(power: i32) -> Option<Ratio> {
        Ratio::scaled(1, power)
    }

    /// A decimal number, exactly.
    pub fn from_decimal(decimal: Decimal) -> Option<Ratio> {
        Ratio::new(decimal.mantissa(), ten(decimal.scale() as i32)?)
    }

    /// The sum.
    pub fn add(self, other: Ratio) -> Option<Ratio> {
        self.0.checked_add(&other.0).map(Ratio)
    }

    /// The difference.
    pub fn sub(self, other: Ratio) -> Option<Ratio> {
        self.0.checked_sub(&other.0).map(Ratio)
    }

    /// The product.
    pub fn mul(self, other: Ratio) -> Option<Ratio> {
        self.0.checked_mul(&other.0).map(Ratio)
    }

    /// The quotient; nothing when `other` is nought.
    pub fn div(self, other: Ratio) -> Option<Ratio> {
        if other.is_zero() {
            return None;
        }
        self.0.checked_div(&other.0).map(Ratio)
    }

    /// The same number with the other sign.
    pub fn negate(self) -> Option<Ratio> {
        Ratio::ZERO.sub(self)
    }

    /// Without its sign.
    pub fn abs(self) -> Option<Ratio> {
        if self < Ratio::ZERO {
            self.negate()
        } else {
            Some(self)
        }
    }

    /// Whether it is nought.
    pub fn is_zero(self) -> bool {
        *self.0.numer() == 0
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        *self.0.denom() == 1
    }

    /// As a whole number, where it is one and fits.
    pub fn to_whole(self) -> Option<i64> {
        self.is_whole()
            .then(|| i64::try_from(*self.0.numer()).ok())
            .flatten()
    }

    /// Rounded to the digit of `10^last`, half away from zero.
    pub fn round(self, last: i32) -> Option<Ratio> {
        let (steps, rest, denominator) = self.steps(last)?;
        let away = rest.unsigned_abs() >= denominator.unsigned_abs() - rest.unsigned_abs();
        let steps = if away {
            steps.checked_add(denominator_sign(self))?
        } else {
            steps
        };
        Ratio::whole(steps).mul(Ratio::power_of_ten(last)?)
    }

    /// Cut off at the digit of `10^last`, towards zero.
    pub fn truncate(self, last: i32) -> Option<Ratio> {
        let (steps, _, _) = self.steps(last)?;
        Ratio::whole(steps).mul(Ratio::power_of_ten(last)?)
    }

    /// How many whole steps of `10^last` fit, and the rest as a fraction of a step.
    fn steps(self, last: i32) -> Option<(i128, i128, i128)> {
        let scaled = self.div(Ratio::power_of_ten(last)?)?;
        let (numerator, denominator) = (*scaled.0.numer(), *scaled.0.denom());
        Some((numerator / denominator, numerator % denominator, denominator))
    }

    /// The sign of the comparison with `other`.
    pub fn compare(self, other: Ratio) -> Ordering {
        self.0.cmp(&other.0)
    }

    /// In plain decimal notation with exactly `places` places, rounded half away from zero.
    pub fn to_fixed(self, places: u32) -> Option<String> {
        let steps = self
            .round(-(places as i32))?
            .mul(Ratio::power_of_ten(places as i32)?)?;
        let digits = steps.0.numer().unsigned_abs().to_string();
        let sign = if *steps.0.numer() < 0 { "-" } else { "" };
        if places == 0 {
            return Some(format!("{sign}{digits}"));
        }
        let digits = format!("{digits:0>width$}", width = places as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places as usize);
        Some(format!("{sign}{whole}.{fraction}"))
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

    /// Whether it can be written with at most `places` decimal places.
    pub fn fits(self, places: u32) -> bool {
        self.mul(Ratio::power_of_ten(places as i32).unwrap_or(Ratio::ONE))
            .is_some_and(Ratio::is_whole)
    }
}

fn denominator_sign(ratio: Ratio) -> i128 {
    if ratio < Ratio::ZERO { -1 } else { 1 }
}

fn ten(power: i32) -> Option<i128> {
    10i128.checked_pow(u32::try_from(power).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio(numerator: i128, denominator: i128) -> Ratio {
        Ratio::new(numerator, denominator).unwrap()
    }

    #[test]
    fn one_twelfth_of_fifteen_rounds_up_where_decimal_division_misses() {
        let exact = ratio(1, 12).mul(Ratio::whole(15)).unwrap();
        assert_eq!(exact.to_fixed(1).unwrap(), "1.3");
    }

    #[test]
    fn the_execution_rate_of_the_first_report_is_84_67_and_not_84_66() {
        let rate = ratio(508, 600).mul(Ratio::whole(100)).unwrap();
        assert_eq!(rate.to_fixed(2).unwrap(), "84.67");
        assert_eq!(rate.truncate(-2).unwrap().to_plain(4).unwrap(), "84.66");
    }

    #[test]
    fn what_cannot_be_computed_is_nothing() {
        assert_eq!(Ratio::ONE.div(Ratio::ZERO), None);
        assert_eq!(Ratio::whole(i128::MAX).add(Ratio::ONE), None);
        assert_eq!(Ratio::whole(i128::MAX).mul(Ratio::whole(2)), None);
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(Ratio::scaled(1, 60), None);
    }

    proptest! {
        #[test]
        fn rounding_agrees_with_brute_force(n in -1_000_000i128..1_000_000, d in 1i128..5_000, places in 0u32..4) {
            let step = 10i128.pow(places);
            // Brute force: the nearest multiple, a tie going away from zero.
            let scaled = n.abs() * step;
            let mut best = scaled / d;
            if 2 * (scaled - best * d) >= d { best += 1; }
            let expected = ratio(best * n.signum(), step);
            prop_assert_eq!(ratio(n, d).round(-(places as i32)).unwrap(), expected);
        }

        #[test]
        fn truncation_never_grows(n in -1_000_000i128..1_000_000, d in 1i128..5_000, last in -3i32..3) {
            let exact = ratio(n, d);
            let cut = exact.truncate(last).unwrap();
            prop_assert!(cut.abs().unwrap() <= exact.abs().unwrap());
            let gap = exact.sub(cut).unwrap().abs().unwrap();
            prop_assert!(gap < Ratio::power_of_ten(last).unwrap());
        }

        #[test]
        fn what_is_printed_reads_back(n in -10_000_000i128..10_000_000, places in 0u32..6) {
            let exact = Ratio::scaled(n, -(places as i32)).unwrap();
            let read: Decimal = exact.to_fixed(places).unwrap().parse().unwrap();
            prop_assert_eq!(Ratio::from_decimal(read).unwrap(), exact);
            let plain: Decimal = exact.to_plain(10).unwrap().parse().unwrap();
            prop_assert_eq!(Ratio::from_decimal(plain).unwrap(), exact);
        }
    }
}
