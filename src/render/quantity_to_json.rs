//! A quantity to what JSON says of it: its value or both ends, its unit, its bound.

use crate::quantity::{Bound, Quantity};
use serde_json::{Map, Value};

/// Signs that every keyboard has.
pub(super) fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::AtLeast => ">=",
        Bound::Above => ">",
        Bound::Exactly => "=",
        Bound::AtMost => "<=",
        Bound::Below => "<",
    }
}

/// Puts it to the other keys of an object.
pub(super) fn put_quantity(out: &mut Map<String, Value>, quantity: &Quantity) {
    let high = quantity.high.and_then(|high| high.to_plain(10));
    let key = if high.is_some() { "low" } else { "value" };
    out.insert(key.into(), quantity.plain().into());
    if let Some(high) = high {
        out.insert("high".into(), high.into());
    }
    if !quantity.unit.is_none() {
        out.insert("unit".into(), quantity.unit.name().into());
    }
    if let Some(found) = quantity.bound {
        out.insert("bound".into(), bound(found).into());
    }
    if quantity.approx.is_some() {
        out.insert("approx".into(), true.into());
    }
}
