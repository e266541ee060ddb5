//! Expressions to values over an environment, three-valued, with every number that took part.
//!
//! 无值 is `Missing`: an empty cell, an absent row. 未知 is `Unknown` with its reason: a text that cannot be read as a
//! number, any arithmetic or comparison with 无值 or 未知, a division by nought. LANGUAGE.md §4 is the table.

use crate::expr::{Comparison, Expr, ExprKind, Function, Operation};
use crate::quantity::compare::{self, Slip};
use crate::quantity::{End, Interval, Quantity, Ratio, Unit};
use crate::source::Span;
use std::cmp::Ordering;

/// What an expression comes to.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// A number; `range` is carried along where numbers are held against each other as ranges.
    Number(Quantity, Option<Interval>),
    /// A text.
    Text(String),
    /// 真 or 假
    Truth(bool),
    /// All numbers between two ends, in a unit.
    Interval(Interval, Unit),
    /// Several values.
    List(Vec<Value>),
    /// 无值
    Missing,
    /// Declared not applicable (`/ - —`), or counted with the row above: no part of a column, elsewhere 无值
    NotApplicable,
    /// 未知, and why
    Unknown(String),
}

impl Value {
    /// A number without a range.
    pub fn number(quantity: Quantity) -> Value {
        Value::Number(quantity, None)
    }
}

/// A value of the report that took part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Used {
    /// What it is: 全年执行数, 得分.
    pub label: String,
    /// As it is printed.
    pub text: String,
    /// Where it stands; a computed field stands nowhere.
    pub span: Option<Span>,
    /// What it was replaced by, because an earlier check refuted it.
    pub corrected: Option<String>,
}

/// A value with what it was read from.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The value.
    pub value: Value,
    /// The places that it rests on.
    pub used: Vec<Used>,
}

impl Reading {
    /// A value that stands nowhere.
    pub fn bare(value: Value) -> Reading {
        Reading {
            value,
            used: Vec::new(),
        }
    }
}

/// Where fields get their values: the ledger, or a test.
pub trait Environment: Sized {
    /// The field of this path from here, outer contexts included.
    fn field(&self, path: &[String]) -> Reading;
    /// The rows of this path (指标行, 资金.构成); nothing when the path names no rows.
    fn rows(&self, path: &[String]) -> Option<Vec<Self>>;
    /// 章节文(“…”)
    fn section_text(&self, title: &str) -> Reading;
    /// 等级名(x)
    fn grade_name(&self, score: &Quantity) -> Value;
}

/// A comparison that was made, for the words of a finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Compared {
    /// The field on one side, where that side is a single field.
    pub field: Option<Vec<String>>,
    /// The value as stated.
    pub stated: Value,
    /// What it was held against.
    pub expected: Value,
    /// Whether it held.
    pub holds: bool,
    /// What may explain that it did not.
    pub slip: Option<Slip>,
    /// Whether it was an equality or membership: then `expected` is what the field should be.
    pub determines: bool,
}

/// What happened while an expression was evaluated.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trace {
    /// The values that took part, each once.
    pub used: Vec<Used>,
    /// The comparisons made, in order.
    pub compared: Vec<Compared>,
}

impl Trace {
    fn take(&mut self, reading: Reading) -> Value {
        for used in reading.used {
            if !self.used.contains(&used) {
                self.used.push(used);
            }
        }
        reading.value
    }
}

/// Evaluates `expr`. With `ranges` numbers are intervals by their print (比对：按约数范围).
pub fn evaluate<E: Environment>(expr: &Expr, env: &E, ranges: bool, trace: &mut Trace) -> Value {
    let again = |expr: &Expr, trace: &mut Trace| evaluate(expr, env, ranges, trace);
    match &expr.kind {
        ExprKind::Constant(quantity) => Value::number(*quantity),
        ExprKind::Text(text) => Value::Text(text.clone()),
        ExprKind::Otherwise => Value::Truth(true),
        ExprKind::Field(path) => with_range(trace.take(env.field(path)), ranges),
        ExprKind::SectionText(title) => trace.take(env.section_text(title)),
        ExprKind::Call(function, arguments) => call(*function, arguments, env, ranges, trace),
        ExprKind::Not(inner) => match truth(again(inner, trace)) {
            Some(known) => Value::Truth(!known),
            None => unknown("条件中有无从判断的部分"),
        },
        ExprKind::And(left, right) => both(again(left, trace), || again(right, trace), false),
        ExprKind::Or(left, right) => both(again(left, trace), || again(right, trace), true),
        ExprKind::Compare(comparison, left, right) => {
            let (a, b) = (again(left, trace), again(right, trace));
            compare_values(*comparison, (left, a), (right, b), ranges, trace)
        }
        ExprKind::Compute(operation, left, right) => {
            let (a, b) = (again(left, trace), again(right, trace));
            compute(*operation, a, b)
        }
        ExprKind::Negate(inner) => {
            let zero = |unit| Value::number(Quantity::computed(Ratio::ZERO, unit));
            match again(inner, trace) {
                Value::Number(quantity, range) => compute(
                    Operation::Subtract,
                    zero(quantity.unit),
                    Value::Number(quantity, range),
                ),
                other => not_a_number(other),
            }
        }
        ExprKind::Has(inner, wanted) => match again(inner, trace) {
            Value::Missing | Value::NotApplicable => Value::Truth(!wanted),
            _ => Value::Truth(*wanted),
        },
        ExprKind::OrElse(inner, instead) => match again(inner, trace) {
            Value::Missing | Value::NotApplicable | Value::Unknown(_) => again(instead, trace),
            value => value,
        },
        ExprKind::Among(inner, choices) => among(inner, choices, env, ranges, trace),
        ExprKind::Contains(whole, part) => match (again(whole, trace), again(part, trace)) {
            (Value::Text(whole), Value::Text(part)) => Value::Truth(whole.contains(&part)),
            (Value::List(items), part) => Value::Truth(items.contains(&part)),
            _ => unknown("没有可以查找的文字"),
        },
        ExprKind::Interval(low, low_closed, high, high_closed) => {
            let (low, high) = (again(low, trace), again(high, trace));
            interval(low, *low_closed, high, *high_closed)
        }
    }
}

/// True, false, or nothing for 无值 and 未知.
pub fn truth(value: Value) -> Option<bool> {
    match value {
        Value::Truth(known) => Some(known),
        _ => None,
    }
}

fn unknown(reason: &str) -> Value {
    Value::Unknown(reason.to_owned())
}

fn not_a_number(value: Value) -> Value {
    match value {
        Value::Unknown(reason) => Value::Unknown(reason),
        Value::Missing | Value::NotApplicable => unknown("有的数没有填"),
        Value::Text(text) => Value::Unknown(format!("“{text}”不是数")),
        _ => unknown("不是数"),
    }
}

/// Puts the range of the print beside a number, where ranges are asked for or the number is approximate.
fn with_range(value: Value, ranges: bool) -> Value {
    match value {
        Value::Number(quantity, None) if ranges || quantity.approx.is_some() || quantity.high.is_some() => {
            Value::Number(quantity, quantity.range())
        }
        other => other,
    }
}

/// 并且 (`decides` false) and 或者 (`decides` true): the deciding value wins even beside 未知.
fn both(left: Value, right: impl FnOnce() -> Value, decides: bool) -> Value {
    let left = truth(left);
    if left == Some(decides) {
        return Value::Truth(decides);
    }
    match (left, truth(right())) {
        (_, Some(right)) if right == decides => Value::Truth(decides),
        (Some(_), Some(_)) => Value::Truth(!decides),
        _ => unknown("条件中有无从判断的部分"),
    }
}

fn compute(operation: Operation, left: Value, right: Value) -> Value {
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
            let Some(factor) = b.unit.to(a.unit) else {
                return Value::Unknown(format!("单位不同：{} 与 {}", a.text(), b.text()));
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
        Operation::Multiply => a.unit.mul(b.unit).and_then(|(unit, factor)| {
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

fn compare_values(
    comparison: Comparison,
    left: (&Expr, Value),
    right: (&Expr, Value),
    ranges: bool,
    trace: &mut Trace,
) -> Value {
    let ((left, a), (right, b)) = (left, right);
    let wanted = comparison != Comparison::Different;
    let equality = matches!(comparison, Comparison::Equal | Comparison::Different);
    let holds = match (&a, &b) {
        (Value::Missing | Value::NotApplicable | Value::Unknown(_), _) => return not_a_number(a),
        (_, Value::Missing | Value::NotApplicable | Value::Unknown(_)) => return not_a_number(b),
        (Value::Number(x, p), Value::Number(y, q)) if equality => {
            equal_numbers((x, p), (y, q), ranges).map(|equal| equal == wanted)
        }
        (Value::Number(x, _), Value::Number(y, _)) => compare::order(x, y, ordering_of(comparison)),
        (Value::Text(x), Value::Text(y)) if equality => Some((x.trim() == y.trim()) == wanted),
        (Value::Truth(x), Value::Truth(y)) if equality => Some((x == y) == wanted),
        _ => None,
    };
    let Some(holds) = holds else {
        return unknown("两边的单位或写法不同，无法比较");
    };
    // The single field is what was stated; between two fields the left one.
    let field_of = |expr: &Expr| match &expr.kind {
        ExprKind::Field(path) => Some(path.clone()),
        _ => None,
    };
    let (field, stated, expected) = match (field_of(left), field_of(right)) {
        (None, Some(path)) => (Some(path), b, a),
        (path, _) => (path, a, b),
    };
    let slip = match (&stated, &expected) {
        (Value::Number(stated, _), Value::Number(expected, _))
            if !holds && comparison == Comparison::Equal =>
        {
            compare::slip(stated, expected)
        }
        _ => None,
    };
    let determines = comparison == Comparison::Equal;
    trace.compared.push(Compared {
        field,
        stated,
        expected,
        holds,
        slip,
        determines,
    });
    Value::Truth(holds)
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

fn interval(low: Value, low_closed: bool, high: Value, high_closed: bool) -> Value {
    let (Value::Number(a, _), Value::Number(b, _)) = (&low, &high) else {
        let faulty = if matches!(low, Value::Number(..)) {
            high
        } else {
            low
        };
        return not_a_number(faulty);
    };
    match b.value_in(a.unit) {
        Some(top) => {
            let low = End {
                at: a.value,
                closed: low_closed,
            };
            let high = End {
                at: top,
                closed: high_closed,
            };
            Value::Interval(
                Interval {
                    low: Some(low),
                    high: Some(high),
                },
                a.unit,
            )
        }
        None => unknown("区间两端的单位不同"),
    }
}

/// 属于: in an interval, or one of several values.
fn among<E: Environment>(inner: &Expr, choices: &[Expr], env: &E, ranges: bool, trace: &mut Trace) -> Value {
    let value = evaluate(inner, env, ranges, trace);
    if matches!(value, Value::Missing | Value::NotApplicable | Value::Unknown(_)) {
        return not_a_number(value);
    }
    let mut undecided = None;
    for choice in choices {
        let one = evaluate(choice, env, ranges, trace);
        let holds = match (&value, &one) {
            (Value::Number(number, _), Value::Interval(interval, unit)) => unit
                .to(number.unit)
                .and_then(|factor| compare::belongs(number, &interval.scale(factor)?)),
            (Value::Number(x, _), Value::Number(y, _)) => compare::equal(x, y),
            (Value::Text(x), Value::Text(y)) => Some(x == y),
            (Value::Text(x), Value::List(all)) => Some(all.contains(&Value::Text(x.clone()))),
            _ => None,
        };
        if choices.len() == 1 {
            record_membership(inner, &value, &one, holds, trace);
        }
        match (holds, one) {
            (Some(true), _) => return Value::Truth(true),
            (Some(false), _) => {}
            (None, Value::Unknown(reason)) => undecided = Some(reason),
            (None, _) => undecided = Some("不能比较".to_owned()),
        }
    }
    undecided.map_or(Value::Truth(false), Value::Unknown)
}

fn record_membership(inner: &Expr, value: &Value, choice: &Value, holds: Option<bool>, trace: &mut Trace) {
    let Some(holds) = holds else { return };
    let field = match &inner.kind {
        ExprKind::Field(path) => Some(path.clone()),
        _ => None,
    };
    let expected = match choice {
        Value::Interval(interval, unit) => match interval.as_point() {
            Some(point) => Value::number(Quantity::computed(point, *unit)),
            None => choice.clone(),
        },
        other => other.clone(),
    };
    let slip = match (value, &expected) {
        (Value::Number(stated, _), Value::Number(expected, _)) if !holds => compare::slip(stated, expected),
        _ => None,
    };
    trace.compared.push(Compared {
        field,
        stated: value.clone(),
        expected,
        holds,
        slip,
        determines: true,
    });
}

fn call<E: Environment>(
    function: Function,
    arguments: &[Expr],
    env: &E,
    ranges: bool,
    trace: &mut Trace,
) -> Value {
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
                Err(reason) => Value::Unknown(reason),
            }
        }
    }
}

fn round<E: Environment>(arguments: &[Expr], env: &E, ranges: bool, trace: &mut Trace) -> Value {
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
                .to_plain(0)
                .and_then(|digits| digits.parse::<i32>().ok())
                .map(|n| -n);
            match last.and_then(|last| quantity.value.round(last)) {
                Some(rounded) => Value::number(Quantity::computed(rounded, quantity.unit)),
                None => unknown("数太大，算不出来"),
            }
        }
        (Value::Number(..), other) | (other, _) => not_a_number(other),
    }
}

/// The values of a column over its rows (合计(指标行.得分，条件)), or of the arguments themselves.
fn column<E: Environment>(
    arguments: &[Expr],
    env: &E,
    ranges: bool,
    trace: &mut Trace,
) -> Result<Vec<Value>, String> {
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
fn rows_of<'p, E: Environment>(path: &'p [String], env: &E) -> Option<(Vec<E>, &'p [String])> {
    (1..=path.len())
        .rev()
        .find_map(|split| Some((env.rows(&path[..split])?, &path[split..])))
}

fn over_rows<E: Environment>(
    rows: Vec<E>,
    field: &[String],
    condition: Option<&Expr>,
    ranges: bool,
    trace: &mut Trace,
) -> Result<Vec<Value>, String> {
    let mut values = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(condition) = condition {
            match truth(evaluate(condition, row, ranges, trace)) {
                Some(true) => {}
                Some(false) => continue,
                None => return Err("有的行不知道是否符合条件".to_owned()),
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

fn gather(function: Function, values: Vec<Value>) -> Value {
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

fn extreme(function: Function, so_far: Value, value: Value) -> Value {
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
    match b.value_in(a.unit).map(|other| wanted(a.value.compare(other))) {
        Some(true) => so_far,
        Some(false) => value,
        None => unknown("单位不同，无法比较大小"),
    }
}
