//! Which way an indicator's target points, and the two numbers of its row.

use crate::expr::eval::{Places, Reading, Value};
use crate::facts::NumberKind;
use crate::facts::form::{Datum, IndicatorRow};
use crate::ledger::scope::Scope;
use crate::model::Target;
use crate::quantity::{Bound, Quantity};
use std::borrow::Cow;

/// Which way an indicator's target points.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// 正向: the more the better
    Forward,
    /// 反向: the less the better
    Reverse,
    /// 等于
    Equal,
    /// 区间
    Within,
    /// 定性
    Qualitative,
    /// 未定: a bare target under 成本指标
    Open,
}

impl Direction {
    /// Its word in the language.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Forward => "正向",
            Direction::Reverse => "反向",
            Direction::Equal => "等于",
            Direction::Within => "区间",
            Direction::Qualitative => "定性",
            Direction::Open => "未定",
        }
    }
}

impl<'l, 'a> Scope<'l, 'a> {
    pub(super) fn indicator(&self, index: usize) -> Option<&'a IndicatorRow> {
        self.ledger.form()?.rows.get(index)
    }

    /// The rule's target of a declared name.
    pub(super) fn rule_target(&self, name: Option<usize>) -> Reading<'a> {
        let indicator = name.and_then(|name| self.ledger.model.names[name].indicator.as_ref());
        Reading::bare(match indicator.and_then(|indicator| indicator.target.as_ref()) {
            Some(Target::Number(quantity)) => Value::number(*quantity),
            Some(Target::Interval(interval, unit)) => Value::Interval(*interval, *unit),
            Some(Target::Date(text) | Target::Text(text)) => Value::Text(Cow::Borrowed(text)),
            None => Value::Missing,
        })
    }

    /// The target that a row is judged by: the form's, else the rule's.
    fn target(&self, index: usize) -> Reading<'a> {
        match self.indicator(index) {
            Some(row) if row.target.is_filled() => self.cell("目标", &row.target),
            _ => self.rule_target(self.ledger.row_names.get(index).copied().flatten()),
        }
    }

    /// Which way the row's target points: by its sign, else by the rule's, else by where it stands.
    pub fn direction(&self, index: usize) -> Direction {
        let name = self.ledger.row_names.get(index).copied().flatten();
        let rule = name.and_then(|name| self.ledger.model.names[name].indicator.as_ref()?.target.as_ref());
        let demanded = rule.and_then(Target::bound);
        match self.aim(index).value {
            Value::Number(target, _) if target.high.is_some() => Direction::Within,
            // The form and the rules point opposite ways: that is told elsewhere, and neither is judged by.
            Value::Number(target, _) if opposite(target.bound, demanded) => Direction::Open,
            Value::Number(target, _) => match target.bound.or(demanded) {
                Some(Bound::AtLeast | Bound::Above) => Direction::Forward,
                Some(Bound::AtMost | Bound::Below) => Direction::Reverse,
                Some(Bound::Exactly) => Direction::Equal,
                None if self.is_cost(index) => Direction::Open,
                None => Direction::Forward,
            },
            Value::Interval(..) => Direction::Within,
            _ => Direction::Qualitative,
        }
    }

    fn is_cost(&self, index: usize) -> bool {
        let (Some(form), Some(row)) = (self.ledger.form(), self.indicator(index)) else {
            return false;
        };
        let names = [
            row.first.map(|at| &form.groups[at].name),
            row.second.map(|at| &form.subgroups[at].name),
        ];
        names.into_iter().flatten().any(|name| name.text.contains("成本"))
    }

    pub(super) fn direction_field(&self, index: usize) -> Reading<'a> {
        Reading::bare(Value::Text(self.direction(index).word().into()))
    }

    /// The target of a row as it stands beside the actual value.
    pub(super) fn aim(&self, index: usize) -> Reading<'a> {
        let target = self.target(index);
        match target.value {
            Value::Text(_) => self.figures(index).0,
            _ => target,
        }
    }

    /// Target and actual value of a row. Where both cells are words with a single quantity in each, the quantities
    /// stand for them; a target in words beside an answer in words stays qualitative.
    pub(super) fn figures(&self, index: usize) -> (Reading<'a>, Reading<'a>) {
        let target = self.target(index);
        let Some(row) = self.indicator(index) else {
            return (target, Reading::bare(Value::Missing));
        };
        let actual = self.figure(self.cell("完成值", &row.actual), &row.actual);
        match (&target.value, &actual.value) {
            (Value::Text(_), Value::Number(..)) => (self.figure(target, &row.target), actual),
            _ => (target, actual),
        }
    }

    /// The two numbers of a row with what they were read from, or why there are none.
    pub fn pair(&self, index: usize) -> Result<(Quantity, Quantity, Places<'a>), Cow<'a, str>> {
        let (target, actual) = self.figures(index);
        let used = target.used.into_iter().chain(actual.used).collect();
        match (target.value, actual.value) {
            (Value::Number(target, _), Value::Number(actual, _)) => Ok((target, actual, used)),
            (Value::Number(..), Value::Text(text)) => {
                Err(format!("完成值写的是“{}”，不是一个数", short(&text)).into())
            }
            (_, Value::Missing | Value::NotApplicable) => Err("完成值没有填".into()),
            (_, Value::Unknown(reason) | Value::Unread(reason))
            | (Value::Unknown(reason) | Value::Unread(reason), _) => Err(reason),
            _ => Err("目标不是一个数".into()),
        }
    }

    /// A cell of words with a single quantity among them (全年完成8500家) stands for that quantity.
    fn figure(&self, reading: Reading<'a>, datum: &Datum) -> Reading<'a> {
        if !matches!(reading.value, Value::Text(_)) {
            return reading;
        }
        let numbers = &self.ledger.facts.numbers;
        let from = numbers.partition_point(|number| number.range.start < datum.range.start);
        let inside = numbers[from..]
            .iter()
            .take_while(|number| number.range.end <= datum.range.end);
        let mut quantities = inside.filter(|number| number.kind == NumberKind::Quantity);
        match (quantities.next(), quantities.next()) {
            (Some(only), None) => Reading {
                value: Value::number(only.quantity),
                used: reading.used,
            },
            _ => reading,
        }
    }
}

/// Whether one sign says “at least” and the other “at most”.
pub fn opposite(a: Option<Bound>, b: Option<Bound>) -> bool {
    let forward = |bound| match bound {
        Some(Bound::AtLeast | Bound::Above) => Some(true),
        Some(Bound::AtMost | Bound::Below) => Some(false),
        _ => None,
    };
    matches!((forward(a), forward(b)), (Some(a), Some(b)) if a != b)
}

/// The beginning of a long text, for a reason.
fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(20).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
