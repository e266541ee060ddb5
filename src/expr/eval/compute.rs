//! Reckoning with two values: units must fit, ranges are carried along, overflow is 未知.

use super::{Value, beside, not_a_number, unknown};
use crate::expr::Operation;
use crate::quantity::{Interval, Quantity};

pub(super) fn compute<'v>(operation: Operation, left: Value<'v>, right: Value<'v>) -> Value<'v> {
    let (Value::Number(a, a_range), Value::Number(b, b_range)) = (&left, &right) else {
        let faulty = if matches!(left, Value::Number(..)) {
            right
        } else {
            left
        };
        return not_a_number(faulty);
    };
    if operation == Operation::Divide && b.value.is_zero() {
        return unknown("除数是 0");
    }
    let ranged = a_range.is_some() || b_range.is_some();
    let ends = |quantity: &Quantity, range: &Option<Interval>| {
        range.or_else(|| ranged.then(|| Interval::point(quantity.value)))
    };
    let (x, y) = (ends(a, a_range), ends(b, b_range));
    let answer = match operation {
        Operation::Add | Operation::Subtract => {
            let (a, b) = (&beside(a, b), &beside(b, a));
            let Some(factor) = b.unit.to(a.unit) else {
                return Value::Unknown(format!("单位不同：{} 与 {}", a.text(), b.text()).into());
            };
            let add = operation == Operation::Add;
            let exact = b
                .value
                .mul(factor)
                .and_then(|b| if add { a.value.add(b) } else { a.value.sub(b) });
            let range = x.zip(y).and_then(|(x, y)| {
                let y = y.scale(factor)?;
                if add { x.add(&y) } else { x.sub(&y) }
            });
            exact.map(|exact| (exact, a.unit, range))
        }
        Operation::Multiply => a.unit.times(b.unit).and_then(|(unit, factor)| {
            let exact = a.value.mul(b.value)?.mul(factor)?;
            Some((exact, unit, x.zip(y).and_then(|(x, y)| x.mul(&y)?.scale(factor))))
        }),
        Operation::Divide => a.unit.div(b.unit).and_then(|(unit, factor)| {
            let exact = a.value.div(b.value)?.mul(factor)?;
            Some((exact, unit, x.zip(y).and_then(|(x, y)| x.div(&y)?.scale(factor))))
        }),
    };
    match answer {
        Some((exact, unit, range)) if !ranged || range.is_some() => {
            Value::Number(Quantity::computed(exact, unit), range)
        }
        _ => unknown("数太大，算不出来"),
    }
}
