//! Values to what people write: 27 万元/家, 93.75%, 8 分（含）至 10 分（不含）.

use crate::expr::eval::Value;
use crate::quantity::{Bound, Dimension, Interval, Quantity, Ratio, Unit, UnitTable};

/// From here on money is written in 万元.
const TEN_THOUSAND: i128 = 10_000;

/// A number as it was printed; one that was not, in the unit that people would take, with two places at most.
pub fn number(quantity: &Quantity) -> String {
    if quantity.printed.is_some() {
        return quantity.text();
    }
    let ten_thousand = Ratio::whole(TEN_THOUSAND);
    let large = quantity
        .value
        .abs()
        .is_some_and(|size| size >= ten_thousand && quantity.unit.is_money());
    let (value, scale) = match quantity.value.div(ten_thousand) {
        Some(value) if large => (value, "万"),
        _ => (quantity.value, ""),
    };
    let digits = value.to_plain(2).unwrap_or_default();
    let unit = format!("{scale}{}", quantity.unit.name());
    let bound = quantity.bound.map_or("", Bound::sign);
    match unit.starts_with(['%', '‰']) || unit.is_empty() {
        true => format!("{bound}{digits}{unit}"),
        false => format!("{bound}{digits} {unit}"),
    }
}

/// 分 and %, and other built-in units by name.
pub fn unit(name: &str) -> Unit {
    UnitTable::built_in().single(name).unwrap_or(Unit::none())
}

/// A whole number of a unit.
pub fn whole(value: i128, unit: Unit) -> Quantity {
    Quantity::computed(Ratio::whole(value), unit)
}

/// A share as a percentage.
pub fn percent(share: Ratio) -> Option<Quantity> {
    Some(Quantity::computed(share.mul(Ratio::whole(100))?, unit("%")))
}

/// A value in words, for an example.
pub fn value(value: &Value) -> Option<String> {
    Some(match value {
        Value::Number(quantity, _) => number(quantity),
        Value::Text(text) => format!("“{text}”"),
        Value::Interval(interval, unit) => interval_words(interval, *unit),
        _ => return None,
    })
}

/// All numbers between two ends.
pub fn interval_words(interval: &Interval, unit: Unit) -> String {
    let said = |at| number(&Quantity::computed(at, unit));
    if let Some(point) = interval.as_point() {
        return said(point);
    }
    match (interval.low, interval.high) {
        (Some(low), Some(high))
            if low.at.is_zero() && low.closed && unit.dimension() == Some(Dimension::Score) =>
        {
            let word = if high.closed { "含" } else { "不含" };
            format!("{}（{word}）以下", said(high.at))
        }
        (Some(low), Some(high)) => between(&said(low.at), low.closed, &said(high.at), high.closed),
        (Some(low), None) if low.closed => format!("{}（含）以上", said(low.at)),
        (Some(low), None) => format!("{}（不含）以上", said(low.at)),
        (None, Some(high)) if high.closed => format!("{}（含）以下", said(high.at)),
        (None, Some(high)) => format!("{}（不含）以下", said(high.at)),
        (None, None) => "不限".to_owned(),
    }
}

/// 8 分（含）至 10 分（不含）; where both ends are closed that is said once.
pub fn between(low: &str, low_closed: bool, high: &str, high_closed: bool) -> String {
    let word = |closed: bool| if closed { "（含）" } else { "（不含）" };
    let gap = if high.starts_with(|first: char| first.is_ascii_digit()) {
        " "
    } else {
        ""
    };
    format!("{low}{}至{gap}{high}{}", word(low_closed), word(high_closed))
}

/// Joins Chinese words and what may begin with a digit: 低于 + 60% gives 低于 60%.
pub fn glue(left: &str, right: &str) -> String {
    let latin =
        |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '%' | '≥' | '≤' | '<' | '>' | '=');
    let wide = |sign: char| !sign.is_ascii() && !"（）“”《》，。；：、≥≤×÷−".contains(sign);
    let gap = match (left.chars().last(), right.chars().next()) {
        (Some(before), Some(after)) => (wide(before) && latin(after)) || (latin(before) && wide(after)),
        _ => false,
    };
    match gap {
        true => format!("{left} {right}"),
        false => format!("{left}{right}"),
    }
}
