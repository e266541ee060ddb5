//! Comparing two values and 属于, with a record of what was held against what.

use super::{Compared, Environment, Trace, Value, beside, evaluate, not_a_number, unknown};
use crate::expr::{Comparison, Expr, ExprKind};
use crate::quantity::compare;
use crate::quantity::{Interval, Quantity};
use std::cmp::Ordering;

pub(super) fn compare_values<'v>(
    comparison: Comparison,
    left: (&'v Expr, Value<'v>),
    right: (&'v Expr, Value<'v>),
    ranges: bool,
    trace: &mut Trace<'v>,
) -> Value<'v> {
    let ((left, a), (right, b)) = (left, right);
    let (a, b) = (exactly(left, a), exactly(right, b));
    let wanted = comparison != Comparison::Different;
    let equality = matches!(comparison, Comparison::Equal | Comparison::Different);
    let holds = match (&a, &b) {
        (Value::Missing | Value::NotApplicable | Value::Unknown(_) | Value::Unread(_), _) => {
            return not_a_number(a);
        }
        (_, Value::Missing | Value::NotApplicable | Value::Unknown(_) | Value::Unread(_)) => {
            return not_a_number(b);
        }
        (Value::Number(x, p), Value::Number(y, q)) if equality => {
            equal_numbers((&beside(x, y), p), (&beside(y, x), q), ranges).map(|equal| equal == wanted)
        }
        (Value::Number(x, _), Value::Number(y, _)) => {
            compare::order(&beside(x, y), &beside(y, x), ordering_of(comparison))
        }
        (Value::Text(x), Value::Text(y)) if equality => Some((x.trim() == y.trim()) == wanted),
        (Value::Truth(x), Value::Truth(y)) if equality => Some((x == y) == wanted),
        _ => None,
    };
    let Some(holds) = holds else {
        return unknown("两边的单位或写法不同，无法比较");
    };
    if holds {
        return Value::Truth(true);
    }
    // The single field is what was stated; between two fields the left one.
    let (field, stated, expected) = match (field_of(left), field_of(right)) {
        (None, Some(path)) => (Some(path), b, a),
        (path, _) => (path, a, b),
    };
    let slip = match (&stated, &expected) {
        (Value::Number(stated, _), Value::Number(expected, _)) if comparison == Comparison::Equal => {
            compare::slip(stated, expected)
        }
        _ => None,
    };
    let determines = comparison == Comparison::Equal;
    trace.compared.push(Compared {
        field,
        stated,
        expected,
        slip,
        determines,
    });
    Value::Truth(false)
}

/// The path of an expression that is a single field.
fn field_of(expr: &Expr) -> Option<&[String]> {
    match &expr.kind {
        ExprKind::Field(path) => Some(path),
        _ => None,
    }
}

/// A target is the number after its sign: “≥ 40 家” says how it is to be met, not that it may be 41.
fn exactly<'v>(expr: &Expr, value: Value<'v>) -> Value<'v> {
    let is_target = |path: &[String]| matches!(path.last().map(String::as_str), Some("目标" | "规则目标"));
    match (&expr.kind, value) {
        (ExprKind::Field(path), Value::Number(quantity, range)) if is_target(path) => Value::Number(
            Quantity {
                bound: None,
                ..quantity
            },
            range,
        ),
        (_, value) => value,
    }
}

fn equal_numbers(
    (x, p): (&Quantity, &Option<Interval>),
    (y, q): (&Quantity, &Option<Interval>),
    ranges: bool,
) -> Option<bool> {
    if !ranges && p.is_none() && q.is_none() {
        return compare::equal(x, y);
    }
    let own = p.or_else(|| x.range())?;
    let other = q.or_else(|| y.range())?.scale(y.unit.to(x.unit)?)?;
    Some(own.meets(&other))
}

fn ordering_of(comparison: Comparison) -> fn(Ordering) -> bool {
    match comparison {
        Comparison::Equal => Ordering::is_eq,
        Comparison::Different => Ordering::is_ne,
        Comparison::Less => Ordering::is_lt,
        Comparison::AtMost => Ordering::is_le,
        Comparison::Greater => Ordering::is_gt,
        Comparison::AtLeast => Ordering::is_ge,
    }
}

/// 属于: in an interval, or one of several values.
pub(super) fn among<'v, E: Environment<'v>>(
    inner: &'v Expr,
    choices: &'v [Expr],
    env: &E,
    ranges: bool,
    trace: &mut Trace<'v>,
) -> Value<'v> {
    let value = exactly(inner, evaluate(inner, env, ranges, trace));
    if matches!(
        value,
        Value::Missing | Value::NotApplicable | Value::Unknown(_) | Value::Unread(_)
    ) {
        return not_a_number(value);
    }
    let mut undecided = None;
    for choice in choices {
        let one = exactly(choice, evaluate(choice, env, ranges, trace));
        let holds = match (&value, &one) {
            (Value::Number(number, _), Value::Interval(interval, unit)) => unit
                .to(number.unit)
                .and_then(|factor| compare::belongs(number, &interval.scale(factor)?)),
            (Value::Number(x, _), Value::Number(y, _)) => compare::equal(x, y),
            (Value::Text(x), Value::Text(y)) => Some(x == y),
            (Value::Text(x), Value::List(all)) => Some(all.contains(&Value::Text(x.clone()))),
            _ => None,
        };
        if choices.len() == 1 && holds == Some(false) {
            record_membership(inner, &value, &one, trace);
        }
        match (holds, one) {
            (Some(true), _) => return Value::Truth(true),
            (Some(false), _) => {}
            (None, Value::Unknown(reason)) => undecided = Some(reason),
            (None, _) => undecided = Some("不能比较".into()),
        }
    }
    undecided.map_or(Value::Truth(false), Value::Unknown)
}

fn record_membership<'v>(inner: &'v Expr, value: &Value<'v>, choice: &Value<'v>, trace: &mut Trace<'v>) {
    let expected = match choice {
        Value::Interval(interval, unit) => match interval.as_point() {
            Some(point) => Value::number(Quantity::computed(point, *unit)),
            None => choice.clone(),
        },
        other => other.clone(),
    };
    let slip = match (value, &expected) {
        (Value::Number(stated, _), Value::Number(expected, _)) => compare::slip(stated, expected),
        _ => None,
    };
    trace.compared.push(Compared {
        field: field_of(inner),
        stated: value.clone(),
        expected,
        slip,
        determines: true,
    });
}
