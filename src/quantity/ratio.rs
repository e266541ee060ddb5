//! An exact ratio of integers with checked operations: `None` is 不可计算 (overflow, or division by zero).

use super::decimal::ten;
use super::large;
use num_rational::Ratio as Raw;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU64;

/// An exact ratio of two integers, reduced. Nearly all numbers of a report fit in two machine words; what does not is
/// kept apart, so that every number is small.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    /// The numerator; of a large ratio its place among the large ones.
    numerator: i64,
    /// The denominator, never above `i64::MAX`; or `LARGE`.
    denominator: NonZeroU64,
}

/// What stands in place of the denominator of a large ratio.
const LARGE: NonZeroU64 = NonZeroU64::MAX;

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.raw().fmt(f)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) if b == d => a.cmp(&c),
            // The products of machine words fit.
            (Some((a, b)), Some((c, d))) => {
                (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)))
            }
            _ => self.raw().cmp(&other.raw()),
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[allow(clippy::should_implement_trait)] // add, sub, mul and div are checked: the operators of std cannot say no
impl Ratio {
    /// Nought.
    pub const ZERO: Ratio = Ratio::whole_word(0);
    /// One.
    pub const ONE: Ratio = Ratio::whole_word(1);

    const fn whole_word(numerator: i64) -> Ratio {
        Ratio {
            numerator,
            denominator: NonZeroU64::MIN,
        }
    }

    /// The numerator and the denominator.
    pub fn parts(self) -> (i128, i128) {
        let raw = self.raw();
        (*raw.numer(), *raw.denom())
    }

    /// A whole number.
    pub fn whole(number: i128) -> Ratio {
        match i64::try_from(number) {
            Ok(word) => Ratio::whole_word(word),
            Err(_) => Ratio::of(Raw::new_raw(number, 1)),
        }
    }

    /// `numerator ÷ denominator`; nothing for a denominator of nought.
    pub fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        // i128::MIN has no positive twin, so reducing a ratio of it could overflow.
        let usable = denominator != 0 && numerator != i128::MIN && denominator != i128::MIN;
        if let (true, Ok(n), Ok(d)) = (
            denominator > 0,
            i64::try_from(numerator),
            i64::try_from(denominator),
        ) {
            let by = gcd(n.unsigned_abs(), d.unsigned_abs());
            return Some(Ratio::reduced(quotient(n, by), quotient(d, by)));
        }
        usable.then(|| Ratio::of(Raw::new(numerator, denominator)))
    }

    /// Of a numerator and a denominator above nought without a common factor.
    fn reduced(numerator: i128, denominator: i128) -> Ratio {
        let below = i64::try_from(denominator).ok();
        let below = below.and_then(|below| NonZeroU64::new(below.unsigned_abs()));
        match (i64::try_from(numerator), below) {
            (Ok(numerator), Some(denominator)) => Ratio {
                numerator,
                denominator,
            },
            _ => Ratio::kept(Raw::new_raw(numerator, denominator)),
        }
    }

    fn of(raw: Raw<i128>) -> Ratio {
        Ratio::reduced(*raw.numer(), *raw.denom())
    }

    /// A large ratio.
    #[cold]
    fn kept(raw: Raw<i128>) -> Ratio {
        Ratio {
            numerator: large::place_of(raw),
            denominator: LARGE,
        }
    }

    pub(super) fn raw(self) -> Raw<i128> {
        if self.denominator != LARGE {
            return Raw::new_raw(self.numerator.into(), self.denominator.get().into());
        }
        large::at(self.numerator)
    }

    /// Numerator and denominator, where both fit in a machine word: most numbers of a report do.
    pub(super) fn small(self) -> Option<(i64, i64)> {
        (self.denominator != LARGE).then_some((self.numerator, self.denominator.get() as i64))
    }

    /// The product or quotient of machine words: common factors are taken out first, so that the result is reduced.
    fn product((a, b): (i64, i64), (c, d): (i64, i64)) -> Ratio {
        if b == 1 && d == 1 {
            return Ratio::whole(i128::from(a) * i128::from(c));
        }
        let (left, right) = (
            gcd(a.unsigned_abs(), d.unsigned_abs()),
            gcd(c.unsigned_abs(), b.unsigned_abs()),
        );
        let above = quotient(a, left) * quotient(c, right);
        Ratio::reduced(above, quotient(b, right) * quotient(d, left))
    }

    /// The sum of machine words, where it fits in them too.
    fn sum(self, other: Ratio, sign: i64) -> Option<Ratio> {
        let ((a, b), (c, d)) = (self.small()?, other.small()?);
        if b == d {
            let sum = i128::from(a) + i128::from(c) * i128::from(sign);
            return match b {
                1 => Some(Ratio::whole(sum)),
                _ => Ratio::new(sum, b.into()),
            };
        }
        let sum = a
            .checked_mul(d)?
            .checked_add(c.checked_mul(b)?.checked_mul(sign)?)?;
        Ratio::new(sum.into(), b.checked_mul(d)?.into())
    }

    /// `digits × 10^power`.
    pub fn scaled(digits: i128, power: i32) -> Option<Ratio> {
        if power == 0 {
            Some(Ratio::whole(digits))
        } else if power > 0 {
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
        let same = self.sum(other, 1);
        same.or_else(|| self.raw().checked_add(&other.raw()).map(Ratio::of))
    }

    /// The difference.
    pub fn sub(self, other: Ratio) -> Option<Ratio> {
        let same = self.sum(other, -1);
        same.or_else(|| self.raw().checked_sub(&other.raw()).map(Ratio::of))
    }

    /// The product.
    pub fn mul(self, other: Ratio) -> Option<Ratio> {
        match (self.small(), other.small()) {
            (Some(a), Some(b)) => Some(Ratio::product(a, b)),
            _ => self.raw().checked_mul(&other.raw()).map(Ratio::of),
        }
    }

    /// The quotient; nothing when `other` is nought.
    pub fn div(self, other: Ratio) -> Option<Ratio> {
        if other.is_zero() {
            return None;
        }
        match (self.small(), other.small()) {
            (Some(a), Some((n, d))) if n > 0 => Some(Ratio::product(a, (d, n))),
            _ => self.raw().checked_div(&other.raw()).map(Ratio::of),
        }
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
        self == Ratio::ZERO
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        match self.small() {
            Some((_, denominator)) => denominator == 1,
            None => self.raw().is_integer(),
        }
    }

    /// As a whole number, where it is one and fits.
    pub fn to_whole(self) -> Option<i64> {
        let whole = |(numerator, denominator): (i64, i64)| (denominator == 1).then_some(numerator);
        self.small().and_then(whole)
    }

    /// Rounded to the digit of `10^last`, half away from zero.
    pub fn round(self, last: i32) -> Option<Ratio> {
        if let Some(steps) = self.few_steps(last.saturating_neg()) {
            return Ratio::scaled(i128::from(steps) * denominator_sign(self), last);
        }
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
        if let Some((numerator, denominator)) = scaled.small() {
            let (steps, rest) = (numerator / denominator, numerator % denominator);
            return Some((steps.into(), rest.into(), denominator.into()));
        }
        let scaled = scaled.raw();
        let (numerator, denominator) = (*scaled.numer(), *scaled.denom());
        Some((numerator / denominator, numerator % denominator, denominator))
    }

    /// The sign of the comparison with `other`.
    pub fn compare(self, other: Ratio) -> Ordering {
        self.cmp(&other)
    }
}

/// The greatest common divisor of two numbers that are not both nought.
fn gcd(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    if a == 1 || b == 1 {
        return 1;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
    }
    a << twos
}

/// A number by one of its divisors.
fn quotient(number: i64, by: u64) -> i128 {
    match i64::try_from(by) {
        Ok(1) => number.into(),
        Ok(by) if by > 0 && number != i64::MIN => (number / by).into(),
        _ => i128::from(number) / i128::from(by.max(1)),
    }
}

fn denominator_sign(ratio: Ratio) -> i128 {
    if ratio < Ratio::ZERO { -1 } else { 1 }
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
        fn the_short_ways_agree_with_the_long_ones(
            a in -2_000i64..2_000, b in 1i64..300, c in -2_000i64..2_000, d in 1i64..300, big in 0u32..2
        ) {
            // Times a large prime the same numbers take the long way.
            let by = if big == 1 { i128::from(i64::MAX) } else { 1 };
            let (x, y) = (ratio(a.into(), b.into()), ratio(c.into(), d.into()));
            let raw = |n: i64, d: i64| Raw::<i128>::new(n.into(), d.into());
            prop_assert_eq!(x.mul(y).unwrap().raw(), raw(a, b) * raw(c, d));
            prop_assert_eq!(x.add(y).unwrap().raw(), raw(a, b) + raw(c, d));
            prop_assert_eq!(x.sub(y).unwrap().raw(), raw(a, b) - raw(c, d));
            prop_assert_eq!(x.cmp(&y), raw(a, b).cmp(&raw(c, d)));
            if c != 0 {
                prop_assert_eq!(x.div(y).unwrap().raw(), raw(a, b) / raw(c, d));
            }
            let long = x.mul(Ratio::whole(by)).unwrap();
            prop_assert_eq!(long.div(Ratio::whole(by)).unwrap(), x);
        }

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
