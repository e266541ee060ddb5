//! Expressions to values over an environment, three-valued, with every number that took part.
//!
//! 无值 is `Missing`: an empty cell, an absent row. 未知 is `Unknown` with its reason: a text that cannot be read as a
//! number, any arithmetic or comparison with 无值 or 未知, a division by nought. LANGUAGE.md §4 is the table.

mod column;
mod compare;
mod compute;

use crate::expr::{Expr, ExprKind, Operation};
use crate::quantity::compare::Slip;
use crate::quantity::{End, Interval, Quantity, Ratio, Unit};
use column::call;
use compare::{among, compare_values};
use compute::compute;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;

/// Why a value is 未知 where an empty cell took part; whoever knows the cell says which.
pub const NOT_FILLED: &str = "有的数没有填";
/// Why a condition is 未知 where a part of it is.
pub const UNDECIDED: &str = "条件中有无从判断的部分";

/// What an expression comes to. It borrows its words from the report and the rules: most values are looked at once, and
/// only those of a finding are ever put into words.
#[derive(Clone, PartialEq, Debug)]
pub enum Value<'v> {
    /// A number; `range` is carried along where numbers are held against each other as ranges.
    Number(Quantity, Option<Interval>),
    /// A text.
    Text(Cow<'v, str>),
    /// 真 or 假
    Truth(bool),
    /// All numbers between two ends, in a unit.
    Interval(Interval, Unit),
    /// Several values.
    List(Vec<Value<'v>>),
    /// 无值
    Missing,
    /// Declared not applicable (`/ - —`), or counted with the row above: no part of a column, elsewhere 无值
    NotApplicable,
    /// 未知, and why
    Unknown(Cow<'v, str>),
    /// A field that the reading of the report did not reach: not even 有值 can be told of it
    Unread(Cow<'v, str>),
}

impl<'v> Value<'v> {
    /// A number without a range.
    pub fn number(quantity: Quantity) -> Value<'v> {
        Value::Number(quantity, None)
    }
}

/// What stands in a place of the report.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Printed<'v> {
    /// Nothing: the cell is empty.
    Nothing,
    /// A number.
    Number(&'v Quantity),
    /// Words.
    Words(&'v str),
}

impl Printed<'_> {
    /// As people read it.
    pub fn text(self) -> String {
        match self {
            Printed::Nothing => String::new(),
            Printed::Number(quantity) => quantity.text(),
            Printed::Words(words) => words.to_owned(),
        }
    }

    /// Whether nothing stands there.
    pub fn is_nothing(self) -> bool {
        matches!(self, Printed::Nothing | Printed::Words(""))
    }
}

/// A value of the report that took part.
#[derive(Clone, PartialEq, Debug)]
pub struct Used<'v> {
    /// What it is: 全年执行数, 得分.
    pub label: &'v str,
    /// As it is printed.
    pub printed: Printed<'v>,
    /// Where it stands in the report's text; a computed field stands nowhere.
    pub range: Option<Range<u32>>,
    /// What it was replaced by, because an earlier check refuted it.
    pub corrected: Option<Box<Quantity>>,
}

/// The places that a value rests on, hardly ever more than one.
pub type Places<'v> = SmallVec<[Used<'v>; 1]>;

/// A value with what it was read from.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading<'v> {
    /// The value.
    pub value: Value<'v>,
    /// The places that it rests on.
    pub used: Places<'v>,
}

impl<'v> Reading<'v> {
    /// A value that stands nowhere.
    pub fn bare(value: Value<'v>) -> Reading<'v> {
        Reading {
            value,
            used: SmallVec::new(),
        }
    }
}

/// Where fields get their values: the ledger, or a test. `'v` outlives the evaluation: it is that of report and rules.
pub trait Environment<'v>: Sized {
    /// The field of this path from here, outer contexts included.
    fn field(&self, path: &'v [String]) -> Reading<'v>;
    /// The rows of this path (指标行, 资金.构成); nothing when the path names no rows.
    fn rows(&self, path: &[String]) -> Option<Vec<Self>>;
    /// 章节文(“…”)
    fn section_text(&self, title: &str) -> Reading<'v>;
    /// 等级名(x)
    fn grade_name(&self, score: &Quantity) -> Value<'v>;
}

/// A comparison that did not hold, for the words of a finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Compared<'v> {
    /// The field on one side, where that side is a single field.
    pub field: Option<&'v [String]>,
    /// The value as stated.
    pub stated: Value<'v>,
    /// What it was held against.
    pub expected: Value<'v>,
    /// What may explain that it did not.
    pub slip: Option<Slip>,
    /// Whether it was an equality or membership: then `expected` is what the field should be.
    pub determines: bool,
}

/// What happened while an expression was evaluated.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trace<'v> {
    /// The values that took part, each once.
    pub used: Vec<Used<'v>>,
    /// The comparisons that did not hold, in order.
    pub compared: Vec<Compared<'v>>,
    /// Where the values of `used` stand, so that a long column is not searched for each of its cells.
    seen: FxHashSet<Range<u32>>,
}

/// As many values are searched one by one; more are looked up.
const FEW: usize = 12;

impl<'v> Trace<'v> {
    /// Forgets all but so many of the values and comparisons.
    pub fn cut(&mut self, used: usize, compared: usize) {
        self.used.truncate(used);
        self.compared.truncate(compared);
        self.seen.clear();
    }

    fn take(&mut self, reading: Reading<'v>) -> Value<'v> {
        match reading.used.into_inner() {
            Ok([only]) => self.add(only),
            Err(others) => others.into_iter().for_each(|used| self.add(used)),
        }
        reading.value
    }

    fn add(&mut self, used: Used<'v>) {
        if self.is_new(&used) {
            self.used.push(used);
        }
    }

    fn is_new(&mut self, used: &Used) -> bool {
        let Some(range) = &used.range else {
            return !self.used.contains(used);
        };
        if self.used.len() < FEW {
            return self.used.iter().all(|known| known.range.as_ref() != Some(range));
        }
        if self.seen.is_empty() {
            self.seen
                .extend(self.used.iter().filter_map(|known| known.range.clone()));
        }
        self.seen.insert(range.clone())
    }
}

/// Evaluates `expr`. With `ranges` numbers are intervals by their print (比对：按约数范围).
pub fn evaluate<'v, E: Environment<'v>>(
    expr: &'v Expr,
    env: &E,
    ranges: bool,
    trace: &mut Trace<'v>,
) -> Value<'v> {
    let again = |expr: &'v Expr, trace: &mut Trace<'v>| evaluate(expr, env, ranges, trace);
    match &expr.kind {
        ExprKind::Constant(quantity) => Value::number(*quantity),
        ExprKind::Text(text) => Value::Text(Cow::Borrowed(text)),
        ExprKind::Otherwise => Value::Truth(true),
        ExprKind::Field(path) => with_range(trace.take(env.field(path)), ranges),
        ExprKind::SectionText(title) => trace.take(env.section_text(title)),
        ExprKind::Call(function, arguments) => call(*function, arguments, env, ranges, trace),
        ExprKind::Not(inner) => match truth(again(inner, trace)) {
            Some(known) => Value::Truth(!known),
            None => unknown(UNDECIDED),
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
        ExprKind::Negate(inner) => negate(again(inner, trace)),
        ExprKind::Has(inner, wanted) => match again(inner, trace) {
            Value::Missing | Value::NotApplicable => Value::Truth(!wanted),
            Value::Unread(reason) => Value::Unknown(reason),
            _ => Value::Truth(*wanted),
        },
        ExprKind::OrElse(inner, instead) => match again(inner, trace) {
            Value::Missing | Value::NotApplicable | Value::Unknown(_) | Value::Unread(_) => {
                again(instead, trace)
            }
            value => value,
        },
        ExprKind::Among(inner, choices) => among(inner, choices, env, ranges, trace),
        ExprKind::Contains(whole, part) => match (again(whole, trace), again(part, trace)) {
            (Value::Text(whole), Value::Text(part)) => Value::Truth(whole.contains(&*part)),
            (Value::List(items), part) => Value::Truth(items.contains(&part)),
            _ => unknown("没有可以查找的文字"),
        },
        ExprKind::Interval(low, low_closed, high, high_closed) => {
            let (low, high) = (again(low, trace), again(high, trace));
            interval(low, *low_closed, high, *high_closed)
        }
    }
}

fn negate(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Number(quantity, _) => {
            let zero = Value::number(Quantity::computed(Ratio::ZERO, quantity.unit));
            compute(Operation::Subtract, zero, value)
        }
        other => not_a_number(other),
    }
}

/// True, false, or nothing for 无值 and 未知.
pub fn truth(value: Value) -> Option<bool> {
    match value {
        Value::Truth(known) => Some(known),
        _ => None,
    }
}

fn unknown(reason: &'static str) -> Value<'static> {
    Value::Unknown(Cow::Borrowed(reason))
}

/// Nought is nought in every unit: a bare 0 takes the unit of what it stands beside.
fn beside(quantity: &Quantity, other: &Quantity) -> Quantity {
    match quantity.value.is_zero() && quantity.unit.is_none() {
        true => Quantity {
            unit: other.unit,
            ..*quantity
        },
        false => *quantity,
    }
}

fn not_a_number(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Unknown(reason) | Value::Unread(reason) => Value::Unknown(reason),
        Value::Missing | Value::NotApplicable => unknown(NOT_FILLED),
        Value::Text(text) => Value::Unknown(format!("“{text}”不是数").into()),
        _ => unknown("不是数"),
    }
}

/// Puts the range of the print beside a number, where ranges are asked for or the number is approximate.
#[inline]
fn with_range(value: Value<'_>, ranges: bool) -> Value<'_> {
    match value {
        Value::Number(quantity, None) if ranges || quantity.approx.is_some() || quantity.high.is_some() => {
            Value::Number(quantity, quantity.range())
        }
        other => other,
    }
}

/// 并且 (`decides` false) and 或者 (`decides` true): the deciding value wins even beside 未知.
fn both<'v>(left: Value<'v>, right: impl FnOnce() -> Value<'v>, decides: bool) -> Value<'v> {
    let left = truth(left);
    if left == Some(decides) {
        return Value::Truth(decides);
    }
    match (left, truth(right())) {
        (_, Some(right)) if right == decides => Value::Truth(decides),
        (Some(_), Some(_)) => Value::Truth(!decides),
        _ => unknown(UNDECIDED),
    }
}

fn interval<'v>(low: Value<'v>, low_closed: bool, high: Value<'v>, high_closed: bool) -> Value<'v> {
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
