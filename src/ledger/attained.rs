//! How far a row got: 完成率, 达标, 达成情况.

use crate::expr::eval::{Reading, Value};
use crate::facts::form::Content;
use crate::ledger::Ledger;
use crate::ledger::direction::Direction;
use crate::ledger::names::plain;
use crate::ledger::scope::{Row, Scope, percent};
use crate::quantity::{Bound, Interval, Quantity, Ratio, compare};
use std::cmp::Ordering;

impl Ledger<'_> {
    /// Whether a row of the form reached its target, where that can be told.
    pub fn is_met(&self, row: usize) -> Option<bool> {
        match Scope::new(self, Row::Indicator(row)).is_met(row).value {
            Value::Truth(met) => Some(met),
            _ => None,
        }
    }
}

impl<'l, 'a> Scope<'l, 'a> {
    /// 完成率: 实际 ÷ 目标 for 正向; else 无值, so that a saving is never called overachieved.
    pub fn completion(&self, index: usize) -> Reading<'a> {
        if self.direction(index) != Direction::Forward {
            return Reading::bare(Value::Missing);
        }
        match self.pair(index) {
            Ok((target, actual, used)) => {
                let value = rate(&target, &actual).unwrap_or_else(|| {
                    let reason = format!("目标{}与完成值{}不能相除", target.text(), actual.text());
                    Value::Unknown(reason.into())
                });
                Reading { value, used }
            }
            Err(reason) => Reading::bare(Value::Unknown(reason)),
        }
    }

    /// Whether the actual value lies in the interval that the rule alone gives as the target.
    fn within_rule(&self, index: usize) -> Option<Reading<'a>> {
        let (target, actual) = self.figures(index);
        let (Value::Interval(bounds, unit), Value::Number(number, _)) = (&target.value, &actual.value) else {
            return None;
        };
        let bounds = unit.to(number.unit).and_then(|factor| bounds.scale(factor));
        let met = bounds.and_then(|bounds| compare::belongs(number, &bounds));
        let value = met.map_or(Value::Unknown("看不出是否在目标区间之内".into()), Value::Truth);
        Some(Reading {
            value,
            used: actual.used,
        })
    }

    /// 达标, for every direction.
    pub(super) fn is_met(&self, index: usize) -> Reading<'a> {
        let direction = self.direction(index);
        if direction == Direction::Qualitative {
            let mut reading = self.attainment(index);
            reading.value = match reading.value {
                Value::Text(text) => Value::Truth(text == "达成"),
                _ => Value::Unknown("看不出定性指标是否达成".into()),
            };
            return reading;
        }
        if let Some(within) = self.within_rule(index) {
            return within;
        }
        let (target, actual, used) = match self.pair(index) {
            Ok(pair) => pair,
            Err(reason) => return Reading::bare(Value::Unknown(reason)),
        };
        // The sign says how the target is to be met; the number itself is exact.
        let goal = Quantity {
            bound: None,
            ..target
        };
        let met = match direction {
            Direction::Forward if target.bound == Some(Bound::Above) => {
                compare::order(&actual, &goal, Ordering::is_gt)
            }
            Direction::Forward => compare::order(&actual, &goal, Ordering::is_ge),
            Direction::Reverse if target.bound == Some(Bound::Below) => {
                compare::order(&actual, &goal, Ordering::is_lt)
            }
            Direction::Reverse => compare::order(&actual, &goal, Ordering::is_le),
            Direction::Equal => compare::equal(&actual, &goal),
            Direction::Open => compare::equal(&actual, &goal).filter(|equal| *equal),
            Direction::Within => {
                let bounds = target.high.map(|high| Interval::closed(target.value, high));
                bounds.and_then(|bounds| compare::belongs(&actual, &bounds))
            }
            Direction::Qualitative => None,
        };
        let reason = || format!("看不出完成值{}是否达到目标{}", actual.text(), target.text());
        Reading {
            value: met.map_or_else(|| Value::Unknown(reason().into()), Value::Truth),
            used,
        }
    }

    /// 达成情况: only where the cell says so in those words, or repeats a qualitative target word for word.
    pub(super) fn attainment(&self, index: usize) -> Reading<'a> {
        let Some(row) = self.indicator(index) else {
            return Reading::bare(Value::Missing);
        };
        let mut reading = self.cell("完成情况", &row.actual);
        if row.actual.content != Content::Text {
            reading.value = Value::Missing;
            return reading;
        }
        let (words, target) = (plain(&row.actual.text), plain(&row.target.text));
        let said = if words.contains("未达成") || words.contains("未完成") {
            Some("未达成")
        } else if words.contains("部分达成") || words.contains("部分完成") {
            Some("部分达成")
        } else if words.starts_with("达成") || words == "已达成" || words == "完成" || words == "已完成"
        {
            Some("达成")
        } else {
            (row.target.content == Content::Text && words == target).then_some("达成")
        };
        reading.value = said.map_or(Value::Missing, |said| Value::Text(said.into()));
        reading
    }
}

/// Actual beside target as a share. An approximate number gives a span, and one that says only “at least” gives none: a
/// rate is never more certain than what it is made of.
fn rate(target: &Quantity, actual: &Quantity) -> Option<Value<'static>> {
    let share = |value: Ratio| {
        let own = Quantity { value, ..*actual };
        own.value_in(target.unit)?.div(target.value)
    };
    let exact = share(actual.value)?;
    if !matches!(actual.bound, None | Some(Bound::Exactly)) {
        return None;
    }
    if actual.approx.is_none() && actual.high.is_none() {
        return Some(percent(exact));
    }
    let range = actual.range()?;
    let (low, high) = (share(range.low?.at)?, share(range.high?.at)?);
    let (Value::Number(low, _), Value::Number(high, _)) = (percent(low), percent(high)) else {
        return None;
    };
    Some(Value::number(Quantity {
        high: Some(high.value),
        ..low
    }))
}
