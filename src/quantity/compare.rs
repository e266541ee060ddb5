//! Whether two numbers agree, by their print (比对：按所列数字) or as ranges (比对：按约数范围); `None` is 未知.

use super::{Bound, End, Interval, Quantity, Ratio};
use std::cmp::Ordering;

/// What may explain a number that does not agree with its formula.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slip {
    /// The printed number is the formula's value cut off instead of rounded.
    Truncated,
    /// The digits are right but stand this many places too far to the left (negative: to the right).
    Shifted(i8),
}

/// Equality by the printed digits. Between two printed numbers the finer is rounded to the coarser's last digit,
/// exact ones (counts, marks, targets) are compared as they are; a formula is rounded to the printed number's last digit.
pub fn equal(a: &Quantity, b: &Quantity) -> Option<bool> {
    if is_loose(a) || is_loose(b) {
        return ranges_meet(a, b);
    }
    let other = b.value_in(a.unit)?;
    match (a.printed, b.printed) {
        (Some(_), Some(_)) if a.exact && b.exact => Some(a.value == other),
        (Some(p), Some(q)) => {
            let q_last = q.effective_last() + power_between(b, a)?;
            // An exact number is as fine as can be: only the rounded one's digits count.
            let last = match (a.exact, b.exact) {
                (true, false) => q_last,
                (false, true) => p.effective_last(),
                _ => p.effective_last().max(q_last),
            };
            Some(a.value.round(last)? == other.round(last)?)
        }
        (Some(p), None) => Some(other.round(i32::from(p.last))? == a.value),
        (None, Some(q)) => {
            let own = a.value_in(b.unit)?;
            Some(own.round(i32::from(q.last))? == b.value)
        }
        (None, None) => Some(a.value == other),
    }
}

/// Whether the ranges that the prints stand for have a number in common.
pub fn ranges_meet(a: &Quantity, b: &Quantity) -> Option<bool> {
    let other = reach(b)?.scale(b.unit.to(a.unit)?)?;
    Some(reach(a)?.meets(&other))
}

/// `a` against `b` by their values unrounded; approximate numbers and spans only where every reading agrees.
pub fn order(a: &Quantity, b: &Quantity, holds: fn(Ordering) -> bool) -> Option<bool> {
    if !is_loose(a) && !is_loose(b) {
        return Some(holds(a.value.compare(b.value_in(a.unit)?)));
    }
    let (x, y) = (reach(a)?, reach(b)?.scale(b.unit.to(a.unit)?)?);
    let least = corner(x.low, y.high, Ordering::Less);
    let most = corner(x.high, y.low, Ordering::Greater);
    let mut possible = [Ordering::Less, Ordering::Equal, Ordering::Greater]
        .into_iter()
        .filter(|o| least <= *o && *o <= most);
    let first = holds(possible.next()?);
    possible.all(|ordering| holds(ordering) == first).then_some(first)
}

/// Whether a number lies in an interval whose computed ends are first rounded to the number's last digit.
pub fn belongs(number: &Quantity, interval: &Interval) -> Option<bool> {
    let round = |end: Option<End>| match (end, number.printed) {
        (Some(end), Some(printed)) => Some(Some(End {
            at: end.at.round(i32::from(printed.last))?,
            closed: end.closed,
        })),
        (end, _) => Some(end),
    };
    let rounded = Interval {
        low: round(interval.low)?,
        high: round(interval.high)?,
    };
    if is_loose(number) {
        let reach = reach(number)?;
        let inside = reach.intersection(&rounded) == reach;
        return if inside {
            Some(true)
        } else {
            (!reach.meets(&rounded)).then_some(false)
        };
    }
    // Rounding may have closed up an open interval; what the exact ends admit is never refused.
    Some(rounded.contains(number.value) || interval.contains(number.value))
}

/// What may explain that `stated` is not `exact`.
pub fn slip(stated: &Quantity, exact: &Quantity) -> Option<Slip> {
    let last = i32::from(stated.printed?.last);
    let exact = exact.value_in(stated.unit)?;
    if exact.truncate(last)? == stated.value && exact.round(last)? != stated.value {
        return Some(Slip::Truncated);
    }
    if stated.value.is_zero() || exact.is_zero() {
        return None;
    }
    (-8i8..=8).filter(|power| *power != 0).find_map(|power| {
        let moved = exact.mul(Ratio::power_of_ten(i32::from(power))?)?;
        let same = moved.round(last)? == stated.value || moved.truncate(last)? == stated.value;
        // Two digits at least must agree, or any number would be a shifted one.
        (same && stated.printed?.digits >= 2).then_some(Slip::Shifted(power))
    })
}

/// Whether the print leaves more than one value possible by its words.
fn is_loose(quantity: &Quantity) -> bool {
    quantity.approx.is_some()
        || quantity.high.is_some()
        || matches!(
            quantity.bound,
            Some(Bound::AtLeast | Bound::Above | Bound::AtMost | Bound::Below)
        )
}

/// The range of the print, opened on the side of a comparison word (≥95% as a statement of fact).
fn reach(quantity: &Quantity) -> Option<Interval> {
    let range = if is_loose(quantity) && quantity.approx.is_none() && quantity.high.is_none() {
        Interval::point(quantity.value)
    } else {
        quantity.range()?
    };
    let open = |end: Option<End>| end.map(|end| End::open(end.at));
    Some(match quantity.bound {
        Some(Bound::AtLeast) => Interval {
            low: range.low,
            high: None,
        },
        Some(Bound::Above) => Interval {
            low: open(range.high),
            high: None,
        },
        Some(Bound::AtMost) => Interval {
            low: None,
            high: range.high,
        },
        Some(Bound::Below) => Interval {
            low: None,
            high: open(range.low),
        },
        _ => range,
    })
}

/// The comparison at one extreme; where there is no limit it goes beyond everything.
fn corner(a: Option<End>, b: Option<End>, beyond: Ordering) -> Ordering {
    match (a, b) {
        (Some(x), Some(y)) => match x.at.compare(y.at) {
            // An open end is approached and never reached: the other side of equality.
            Ordering::Equal if !(x.closed && y.closed) => beyond.reverse(),
            other => other,
        },
        _ => beyond,
    }
}

/// The power of ten between two units, where there is one (0 for equal units).
fn power_between(from: &Quantity, to: &Quantity) -> Option<i32> {
    let factor = from.unit.to(to.unit)?;
    (-12..=12)
        .find(|power| Ratio::power_of_ten(*power) == Some(factor))
        .or(Some(0))
}
