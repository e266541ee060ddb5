//! An interval of exact numbers, each end open, closed or without limit.

use super::ratio::Ratio;

/// One end of an interval.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct End {
    /// The number.
    pub at: Ratio,
    /// Whether the number itself belongs to the interval.
    pub closed: bool,
}

impl End {
    /// An end that belongs.
    pub fn closed(at: Ratio) -> End {
        End { at, closed: true }
    }

    /// An end that does not.
    pub fn open(at: Ratio) -> End {
        End { at, closed: false }
    }
}

/// All numbers between two ends; `None` is no limit on that side.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Interval {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

impl Interval {
    /// A single number.
    pub fn point(at: Ratio) -> Interval {
        Interval {
            low: Some(End::closed(at)),
            high: Some(End::closed(at)),
        }
    }

    /// Both ends belong.
    pub fn closed(low: Ratio, high: Ratio) -> Interval {
        Interval {
            low: Some(End::closed(low)),
            high: Some(End::closed(high)),
        }
    }

    /// Whether no number lies in it.
    pub fn is_empty(&self) -> bool {
        match (self.low, self.high) {
            (Some(low), Some(high)) => {
                low.at > high.at || (low.at == high.at && !(low.closed && high.closed))
            }
            _ => false,
        }
    }

    /// The number it consists of, where it is a single one.
    pub fn as_point(&self) -> Option<Ratio> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.at == high.at && low.closed && high.closed => Some(low.at),
            _ => None,
        }
    }

    /// Whether a number lies in it.
    pub fn contains(&self, number: Ratio) -> bool {
        let above = self
            .low
            .is_none_or(|low| number > low.at || (low.closed && number == low.at));
        let below = self
            .high
            .is_none_or(|high| number < high.at || (high.closed && number == high.at));
        above && below
    }

    /// The numbers that lie in both.
    pub fn intersection(&self, other: &Interval) -> Interval {
        let low = tighter(self.low, other.low, |a, b| a.at > b.at);
        let high = tighter(self.high, other.high, |a, b| a.at < b.at);
        Interval { low, high }
    }

    /// Whether some number lies in both.
    pub fn meets(&self, other: &Interval) -> bool {
        !self.intersection(other).is_empty()
    }

    /// All sums of a number of each.
    pub fn add(&self, other: &Interval) -> Option<Interval> {
        Some(Interval {
            low: add_ends(self.low, other.low)?,
            high: add_ends(self.high, other.high)?,
        })
    }

    /// All numbers with the other sign.
    pub fn negate(&self) -> Option<Interval> {
        Some(Interval {
            low: negate_end(self.high)?,
            high: negate_end(self.low)?,
        })
    }

    /// All differences.
    pub fn sub(&self, other: &Interval) -> Option<Interval> {
        self.add(&other.negate()?)
    }

    /// All products with one number.
    pub fn scale(&self, factor: Ratio) -> Option<Interval> {
        if factor.is_zero() {
            return Some(Interval::point(Ratio::ZERO));
        }
        let low = scale_end(self.low, factor)?;
        let high = scale_end(self.high, factor)?;
        Some(if factor > Ratio::ZERO {
            Interval { low, high }
        } else {
            Interval { low: high, high: low }
        })
    }

    /// All products; both must have limits on both sides.
    pub fn mul(&self, other: &Interval) -> Option<Interval> {
        let (a, b) = (self.ends()?, other.ends()?);
        let mut corners = Vec::with_capacity(4);
        for x in a {
            for y in b {
                // A closed nought makes the product nought whatever the other end is.
                let zero = (x.closed && x.at.is_zero()) || (y.closed && y.at.is_zero());
                corners.push(End {
                    at: x.at.mul(y.at)?,
                    closed: zero || (x.closed && y.closed),
                });
            }
        }
        Some(Interval {
            low: outermost(&corners, false),
            high: outermost(&corners, true),
        })
    }

    /// All quotients; nothing when `other` holds nought or touches it.
    pub fn div(&self, other: &Interval) -> Option<Interval> {
        let [low, high] = other.ends()?;
        if low.at <= Ratio::ZERO && high.at >= Ratio::ZERO {
            return None;
        }
        let invert = |end: End| {
            Some(End {
                at: Ratio::ONE.div(end.at)?,
                closed: end.closed,
            })
        };
        self.mul(&Interval {
            low: Some(invert(high)?),
            high: Some(invert(low)?),
        })
    }

    fn ends(&self) -> Option<[End; 2]> {
        Some([self.low?, self.high?])
    }
}

fn tighter(a: Option<End>, b: Option<End>, wins: fn(&End, &End) -> bool) -> Option<End> {
    match (a, b) {
        (Some(a), Some(b)) if a.at == b.at => Some(End {
            at: a.at,
            closed: a.closed && b.closed,
        }),
        (Some(a), Some(b)) => Some(if wins(&a, &b) { a } else { b }),
        (one, None) => one,
        (None, other) => other,
    }
}

/// The outer option is overflow, the inner “no limit”.
fn add_ends(a: Option<End>, b: Option<End>) -> Option<Option<End>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Some(End {
            at: a.at.add(b.at)?,
            closed: a.closed && b.closed,
        })),
        _ => Some(None),
    }
}

fn negate_end(end: Option<End>) -> Option<Option<End>> {
    match end {
        Some(end) => Some(Some(End {
            at: end.at.negate()?,
            closed: end.closed,
        })),
        None => Some(None),
    }
}

fn scale_end(end: Option<End>, factor: Ratio) -> Option<Option<End>> {
    match end {
        Some(end) => Some(Some(End {
            at: end.at.mul(factor)?,
            closed: end.closed,
        })),
        None => Some(None),
    }
}

/// The least or the greatest corner; where two stand at one number, the closed one counts.
fn outermost(corners: &[End], greatest: bool) -> Option<End> {
    let mut best = *corners.first()?;
    for corner in &corners[1..] {
        let further = if greatest {
            corner.at > best.at
        } else {
            corner.at < best.at
        };
        if further || (corner.at == best.at && corner.closed) {
            best = *corner;
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn small() -> impl Strategy<Value = Interval> {
        (-6i128..6, 0i128..6, any::<bool>(), any::<bool>()).prop_map(|(low, width, a, b)| Interval {
            low: Some(End {
                at: Ratio::whole(low),
                closed: a || width == 0,
            }),
            high: Some(End {
                at: Ratio::whole(low + width),
                closed: b || width == 0,
            }),
        })
    }

    /// Every quarter from -8 to 8 that lies in the interval.
    fn members(interval: &Interval) -> Vec<Ratio> {
        (-32..=32)
            .filter_map(|n| Ratio::new(n, 4))
            .filter(|x| interval.contains(*x))
            .collect()
    }

    proptest! {
        #[test]
        fn sums_differences_and_products_hold_every_member(a in small(), b in small()) {
            let (sum, difference, product) = (a.add(&b).unwrap(), a.sub(&b).unwrap(), a.mul(&b).unwrap());
            for x in members(&a) {
                for y in members(&b) {
                    prop_assert!(sum.contains(x.add(y).unwrap()));
                    prop_assert!(difference.contains(x.sub(y).unwrap()));
                    prop_assert!(product.contains(x.mul(y).unwrap()));
                    if let (Some(quotient), Some(exact)) = (a.div(&b), x.div(y)) {
                        prop_assert!(quotient.contains(exact));
                    }
                }
            }
        }

        #[test]
        fn a_meeting_is_a_common_member(a in small(), b in small()) {
            let common = members(&a).into_iter().any(|x| b.contains(x));
            let meeting = a.intersection(&b);
            // Quarters are dense enough: ends are whole numbers, so an open gap still holds a quarter.
            prop_assert_eq!(a.meets(&b), common);
            prop_assert_eq!(members(&meeting), members(&a).into_iter().filter(|x| b.contains(*x)).collect::<Vec<_>>());
        }

        #[test]
        fn the_ends_of_a_product_are_reached_or_approached(a in small(), b in small()) {
            let product = a.mul(&b).unwrap();
            for end in [product.low.unwrap(), product.high.unwrap()] {
                let corners = [a.low, a.high].into_iter().flatten().flat_map(|x| {
                    [b.low, b.high].into_iter().flatten().map(move |y| x.at.mul(y.at).unwrap())
                }).collect::<Vec<_>>();
                prop_assert!(corners.contains(&end.at));
            }
        }
    }

    #[test]
    fn division_by_an_interval_around_nought_is_not_computable() {
        let around = Interval::closed(Ratio::whole(-1), Ratio::whole(1));
        assert_eq!(Interval::point(Ratio::ONE).div(&around), None);
    }
}
