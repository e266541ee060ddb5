//! Functions: sums, counts and extremes over the rows of a column, rounding, the name of a grade.

use super::compute::compute;
use super::{Environment, Trace, Value, beside, evaluate, not_a_number, truth, unknown, with_range};
use crate::expr::{Expr, ExprKind, Function, Operation};
use crate::quantity::{Quantity, Ratio, Unit};
use std::cmp::Ordering;

pub(super) fn call<'v, E: Environment<'v>>(
    function: Function,
    arguments: &'v [Expr],
    env: &E,
    ranges: bool,
    trace: &mut Trace<'v>,
) -> Value<'v> {
    match function {
        Function::Round => round(arguments, env, ranges, trace),
        Function::GradeName => match arguments.first().map(|inner| evaluate(inner, env, ranges, trace)) {
            Some(Value::Number(score, _)) => env.grade_name(&score),
            Some(other) => not_a_number(other),
            None => unknown("等级名要有一个分数"),
        },
        _ => {
            let values = column(arguments, env, ranges, trace);
            match values {
                Ok(values) => gather(function, values),
                Err(reason) => unknown(reason),
            }
        }
    }
}

fn round<'v, E: Environment<'v>>(
    arguments: &'v [Expr],
    env: &E,
    ranges: bool,
    trace: &mut Trace<'v>,
) -> Value<'v> {
    let [inner, places] = arguments else {
        return unknown("舍入要有一个数和位数");
    };
    let (value, places) = (
        evaluate(inner, env, ranges, trace),
        evaluate(places, env, ranges, trace),
    );
    match (value, places) {
        (Value::Number(quantity, _), Value::Number(places, _)) => {
            let last = places
                .value
                .to_whole()
                .and_then(|places| i32::try_from(-places).ok());
            match last.and_then(|last| quantity.value.round(last)) {
                Some(rounded) => Value::number(Quantity::computed(rounded, quantity.unit)),
                None => unknown("数太大，算不出来"),
            }
        }
        (Value::Number(..), other) | (other, _) => not_a_number(other),
    }
}

/// The values of a column over its rows (合计(指标行.得分，条件)), or of the arguments themselves.
fn column<'v, E: Environment<'v>>(
    arguments: &'v [Expr],
    env: &E,
    ranges: bool,
    trace: &mut Trace<'v>,
) -> Result<Vec<Value<'v>>, &'static str> {
    let Some(first) = arguments.first() else {
        return Ok(Vec::new());
    };
    if let ExprKind::Field(path) = &first.kind
        && let Some((rows, field)) = rows_of(path, env)
    {
        return over_rows(rows, field, arguments.get(1), ranges, trace);
    }
    let values = arguments
        .iter()
        .map(|argument| evaluate(argument, env, ranges, trace));
    Ok(values
        .flat_map(|value| {
            if let Value::List(items) = value {
                items
            } else {
                vec![value]
            }
        })
        .collect())
}

/// The rows that the longest leading part of a path names, and what is asked of each.
fn rows_of<'v, E: Environment<'v>>(path: &'v [String], env: &E) -> Option<(Vec<E>, &'v [String])> {
    (1..=path.len())
        .rev()
        .find_map(|split| Some((env.rows(&path[..split])?, &path[split..])))
}

fn over_rows<'v, E: Environment<'v>>(
    rows: Vec<E>,
    field: &'v [String],
    condition: Option<&'v Expr>,
    ranges: bool,
    trace: &mut Trace<'v>,
) -> Result<Vec<Value<'v>>, &'static str> {
    let mut values = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(condition) = condition {
            match truth(evaluate(condition, row, ranges, trace)) {
                Some(true) => {}
                Some(false) => continue,
                None => return Err("有的行不知道是否符合条件"),
            }
        }
        values.push(if field.is_empty() {
            Value::Truth(true)
        } else {
            with_range(trace.take(row.field(field)), ranges)
        });
    }
    values.retain(|value| *value != Value::NotApplicable);
    Ok(values)
}

fn gather<'v>(function: Function, values: Vec<Value<'v>>) -> Value<'v> {
    if function == Function::Count {
        let count = Ratio::whole(values.len() as i128);
        return Value::number(Quantity::computed(count, Unit::none()));
    }
    let mut values = values.into_iter();
    let Some(first) = values.next() else {
        return unknown("没有可以合计的数");
    };
    if !matches!(first, Value::Number(..)) {
        return not_a_number(first);
    }
    let start = match first {
        // A sum is a formula even when it has a single part.
        Value::Number(quantity, range) if function == Function::Sum => {
            Value::Number(Quantity::computed(quantity.value, quantity.unit), range)
        }
        other => other,
    };
    values.fold(start, |so_far, value| match function {
        Function::Sum => compute(Operation::Add, so_far, value),
        _ => extreme(function, so_far, value),
    })
}

fn extreme<'v>(function: Function, so_far: Value<'v>, value: Value<'v>) -> Value<'v> {
    let (Value::Number(a, _), Value::Number(b, _)) = (&so_far, &value) else {
        let faulty = if matches!(so_far, Value::Number(..)) {
            value
        } else {
            so_far
        };
        return not_a_number(faulty);
    };
    let wanted: fn(Ordering) -> bool = if function == Function::Greatest {
        Ordering::is_ge
    } else {
        Ordering::is_le
    };
    let (a, b) = (beside(a, b), beside(b, a));
    match b.value_in(a.unit).map(|other| wanted(a.value.compare(other))) {
        Some(true) => so_far,
        Some(false) => value,
        None => unknown("单位不同，无法比较大小"),
    }
}
