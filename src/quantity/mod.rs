//! Exact numbers with a unit and a printed precision: the only arithmetic in this tool.

pub mod compare;
mod decimal;
mod digits;
pub mod interval;
mod large;
pub mod mistyped;
pub mod numeral;
mod plain;
pub mod ratio;
mod shares;
pub mod signs;
mod sum;
pub mod table;
mod technical;
pub mod unit;

pub use interval::{End, Interval};
pub use ratio::Ratio;
pub use table::UnitTable;
pub use unit::{Dimension, Unit};

/// How a number was printed: what its digits promise of its precision.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Printed {
    /// The power of ten of the last printed digit, in the unit with 万/亿 multiplied out: 84.66 → -2, 2.4万 → 3.
    pub last: i8,
    /// The power of ten of the last digit that is not nought: 300 → 2. Equal to `last` for nought itself.
    pub lowest: i8,
    /// How many significant digits were printed: 1万 → 1.
    pub digits: u8,
    /// The power of ten of the 万 or 亿 before the unit: 万元 → 4.
    pub scale: u8,
}

impl Printed {
    /// The digit that the number is good to. One significant digit with 万/亿 counts as two: nobody prints 1.0万.
    pub fn effective_last(&self) -> i32 {
        i32::from(self.last) - i32::from(self.digits <= 1 && self.scale > 0)
    }
}

/// A comparison word before or after a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Bound {
    /// ≥ 不低于 以上
    AtLeast,
    /// ＞ 高于
    Above,
    /// ＝
    Exactly,
    /// ≤ 不超过 以内
    AtMost,
    /// ＜ 低于
    Below,
}

impl Bound {
    /// The sign that it is printed with.
    pub fn sign(self) -> &'static str {
        match self {
            Bound::AtLeast => "≥",
            Bound::Above => ">",
            Bound::Exactly => "=",
            Bound::AtMost => "≤",
            Bound::Below => "<",
        }
    }
}

/// A word that makes a number approximate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Approx {
    /// 约 左右: half a unit of the last digit that is not nought, at most ten per cent
    About,
    /// 近: a little less
    Nearly,
    /// 余 多 逾: a little more
    Over,
}

/// A number with a unit: read from a text (`printed`) or computed (`printed` is none and the value is exact).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Quantity {
    /// The value in `unit`, with 万/亿 multiplied out.
    pub value: Ratio,
    /// The upper end where the text states a span (十几 11…19, 3—5).
    pub high: Option<Ratio>,
    /// The unit; pure numbers have none.
    pub unit: Unit,
    /// How it was printed; none for a computed value or a constant of a rule.
    pub printed: Option<Printed>,
    /// Whether the printed digits are the whole truth (counts, marks, targets) or rounded (amounts, rates).
    pub exact: bool,
    /// A comparison that goes with it.
    pub bound: Option<Bound>,
    /// A word that makes it approximate.
    pub approx: Option<Approx>,
}

impl Quantity {
    /// A computed value.
    pub fn computed(value: Ratio, unit: Unit) -> Quantity {
        Quantity {
            value,
            high: None,
            unit,
            printed: None,
            exact: true,
            bound: None,
            approx: None,
        }
    }

    /// Whether by its unit and print the number is exact as printed (LANGUAGE.md §4): counts in whole
    /// counter units without 万/亿, and marks.
    pub fn exact_as_printed(unit: Unit, printed: &Printed) -> bool {
        let whole = printed.last >= 0 && printed.scale == 0;
        (unit.is_counter() && whole) || unit.dimension() == Some(Dimension::Score)
    }

    /// The value in another unit of its dimension.
    pub fn value_in(&self, unit: Unit) -> Option<Ratio> {
        if self.unit == unit {
            return Some(self.value);
        }
        self.value.mul(self.unit.to(unit)?)
    }

    /// The numbers that the print may stand for (比对：按约数范围), in the quantity's own unit.
    pub fn range(&self) -> Option<Interval> {
        if let Some(high) = self.high {
            return Some(Interval::closed(self.value, high));
        }
        let Some(printed) = self.printed else {
            return Some(Interval::point(self.value));
        };
        match self.approx {
            Some(approx) => self.approximate_range(approx, &printed),
            None if self.exact => Some(Interval::point(self.value)),
            None => {
                let half = half_of(Ratio::power_of_ten(printed.effective_last())?)?;
                Some(Interval::closed(self.value.sub(half)?, self.value.add(half)?))
            }
        }
    }

    fn approximate_range(&self, approx: Approx, printed: &Printed) -> Option<Interval> {
        let step = Ratio::power_of_ten(i32::from(printed.lowest))?;
        let value = self.value;
        match approx {
            Approx::About => {
                let tenth = value.abs()?.div(Ratio::whole(10))?;
                let half = half_of(step)?.min(tenth);
                Some(Interval::closed(value.sub(half)?, value.add(half)?))
            }
            Approx::Nearly => Some(Interval {
                low: Some(End::closed(value.sub(step)?)),
                high: Some(End::open(value)),
            }),
            Approx::Over => Some(Interval {
                low: Some(End::open(value)),
                high: Some(End::open(value.add(step)?)),
            }),
        }
    }

    /// The decimal places that the number was printed with, in its printed unit (万元: in ten thousands).
    pub fn places(&self) -> u32 {
        self.printed.map_or(0, |p| {
            u32::try_from(i32::from(p.scale) - i32::from(p.last)).unwrap_or(0)
        })
    }

    /// For people: in its printed unit and places (508 万元, 84.66%), or as a plain number when computed.
    pub fn text(&self) -> String {
        let Some(printed) = self.printed else {
            return self.computed_text();
        };
        let mut text = self.bound.map_or("", Bound::sign).to_owned();
        let (scale, places) = (printed.scale.into(), self.places());
        // a number that cannot be reckoned is left out
        let _ = self.value.write_fixed(&mut text, scale, places);
        if let Some(high) = self.high {
            text.push('—');
            let _ = high.write_fixed(&mut text, scale, places);
        }
        push_unit(&mut text, scale_word(printed.scale), self.unit.name());
        text
    }

    /// A computed value: its digits as they are up to four places. Large sums of money are told in 万元, as people say them.
    fn computed_text(&self) -> String {
        let wan = Ratio::whole(10_000);
        let large =
            self.unit.name().starts_with('元') && (self.value >= wan || self.value <= Ratio::whole(-10_000));
        let in_wan = large.then(|| self.value.div(wan)).flatten();
        match in_wan {
            Some(value) => {
                let places = if value.round(-4) == Some(value) { 4 } else { 2 };
                let number = value.to_plain(places).unwrap_or_default();
                format!("{number} 万{}", self.unit.name())
            }
            None => {
                let mut text = self.value.to_plain(4).unwrap_or_default();
                push_unit(&mut text, "", self.unit.name());
                text
            }
        }
    }

    /// This value as it ought to stand where `like` stands: in its unit, rounded to its last digit. A value that is
    /// whole with a few more digits is told whole (9.5 分 is never told as 10 分), and marks get two places at least.
    /// Nothing when the units do not compare.
    pub fn printed_like(&self, like: &Quantity) -> Option<Quantity> {
        const FINER: i32 = 4;
        let printed = like.printed?;
        let exact = self.value_in(like.unit)?;
        let coarsest = i32::from(printed.last);
        let whole = |last: &i32| exact.round(*last) == Some(exact);
        let marks = like.unit.dimension() == Some(Dimension::Score);
        let rounded_to = if marks { coarsest.min(-2) } else { coarsest };
        let last = (coarsest - FINER..=coarsest)
            .rev()
            .find(whole)
            .unwrap_or(rounded_to);
        let printed = Printed {
            last: i8::try_from(last).ok()?,
            lowest: i8::try_from(last).ok()?,
            ..printed
        };
        let value = exact.round(last)?;
        Some(Quantity {
            value,
            printed: Some(printed),
            bound: None,
            approx: None,
            high: None,
            ..*like
        })
    }

    /// This value as a computed one would be printed in `like`'s unit and places.
    pub fn text_like(&self, like: &Quantity) -> String {
        self.printed_like(like).unwrap_or(*self).text()
    }

    /// The digits alone, as `like` prints them (84.67 for a share computed as 0.84666…): for machines.
    pub fn digits_like(&self, like: &Quantity) -> String {
        let shown = self.printed_like(like).unwrap_or(*self);
        let Some(printed) = shown.printed else {
            return shown.value.to_plain(4).unwrap_or_default();
        };
        let mut digits = String::new();
        let _ = shown
            .value
            .write_fixed(&mut digits, printed.scale.into(), shown.places());
        digits
    }

    /// The value in plain decimal notation, in its unit with 万/亿 multiplied out: for machines.
    pub fn plain(&self) -> String {
        let last = self.printed.map_or(0, |printed| i32::from(printed.last));
        let places = u32::try_from(-last).unwrap_or(0).max(10);
        self.value.to_machine(places).unwrap_or_default()
    }
}

/// 万, 亿 … for a power of ten.
pub fn scale_word(scale: u8) -> &'static str {
    match scale {
        3 => "千",
        4 => "万",
        6 => "百万",
        7 => "千万",
        8 => "亿",
        12 => "万亿",
        _ => "",
    }
}

/// Writes a unit behind its number, with 万 or 亿 before it. A blank stands between, but not before %.
fn push_unit(out: &mut String, scale: &str, unit: &str) {
    let close = scale.is_empty() && (unit.is_empty() || unit.starts_with(['%', '‰']));
    if !close {
        out.push(' ');
    }
    out.push_str(scale);
    out.push_str(unit);
}

fn half_of(ratio: Ratio) -> Option<Ratio> {
    ratio.div(Ratio::whole(2))
}
