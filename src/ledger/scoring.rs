//! What marks a row has earned by its 评分标准: direction, completion, whether the target is met, 应得分.

use crate::expr::eval::{Places, Reading, Trace, Value, evaluate, truth};
use crate::facts::NumberKind;
use crate::facts::form::{Content, Datum, IndicatorRow};
use crate::ledger::names::plain;
use crate::ledger::scope::{Row, Scope, percent};
use crate::model::{Scoring, Target};
use crate::quantity::compare;
use crate::quantity::{Bound, End, Interval, Quantity, Ratio, Unit};
use std::borrow::Cow;
use std::cmp::Ordering;

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

/// From this share of the target on, marks below the weight are a matter of judgement (偏离较大).
const FAR_ABOVE: (i128, i128) = (130, 100);

impl<'l, 'a> Scope<'l, 'a> {
    fn indicator(&self, index: usize) -> Option<&'a IndicatorRow> {
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
        match self.figures(index).0.value {
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

    /// Target and actual value of a row. Where both cells are words with a single quantity in each, the quantities
    /// stand for them; a target in words beside an answer in words stays qualitative.
    fn figures(&self, index: usize) -> (Reading<'a>, Reading<'a>) {
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
    fn pair(&self, index: usize) -> Result<(Quantity, Quantity, Places<'a>), Cow<'a, str>> {
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

    /// 完成率: 实际 ÷ 目标 for 正向; else 无值, so that a saving is never called overachieved.
    pub(super) fn completion(&self, index: usize) -> Reading<'a> {
        if self.direction(index) != Direction::Forward {
            return Reading::bare(Value::Missing);
        }
        match self.pair(index) {
            Ok((target, actual, used)) => {
                let rate = actual
                    .value_in(target.unit)
                    .and_then(|actual| actual.div(target.value));
                let value = match rate {
                    Some(rate) => percent(rate),
                    None => {
                        let reason = format!("目标{}与完成值{}不能相除", target.text(), actual.text());
                        Value::Unknown(reason.into())
                    }
                };
                Reading { value, used }
            }
            Err(reason) => Reading::bare(Value::Unknown(reason)),
        }
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

    /// 应得分 of an indicator row. Where the rules name the row their standard decides; by 默认评分 alone an unmet
    /// target only excludes full marks, since offices differ in how they deduct.
    pub(super) fn due_to_indicator(&self, index: usize) -> Reading<'a> {
        let name = self.ledger.row_names.get(index).copied().flatten();
        let own = name.and_then(|name| self.ledger.model.names[name].indicator.as_ref()?.scoring.as_ref());
        let defaults = &self.ledger.model.default_scoring;
        let qualitative = self.direction(index) == Direction::Qualitative;
        let default = if qualitative {
            &defaults.qualitative
        } else {
            &defaults.quantitative
        };
        let Some(scoring) = own.or(default.as_ref()) else {
            return Reading::bare(Value::Unknown("没有规定评分办法".into()));
        };
        let mut reading = self.at(Row::Indicator(index)).apply(scoring);
        let Some(weight) = self.indicator(index).and_then(|row| row.weight.number().copied()) else {
            return Reading::bare(Value::Unknown("分值没有读到".into()));
        };
        if let Value::Interval(interval, _) = &mut reading.value {
            let below_weight = interval.high.is_some_and(|high| high.at < weight.value);
            if own.is_none() && !qualitative && below_weight {
                *interval = Interval {
                    low: Some(End::closed(Ratio::ZERO)),
                    high: Some(End::open(weight.value)),
                };
            }
            let met_in_full = interval.as_point() == Some(weight.value);
            // Met by 默认评分 or far above: a deduction is explained, not recomputed; marks above the weight are
            // the matter of another check.
            if met_in_full && (own.is_none() || self.is_far_above(index)) {
                *interval = Interval {
                    low: Some(End::closed(Ratio::ZERO)),
                    high: None,
                };
            }
        }
        reading
    }

    fn is_far_above(&self, index: usize) -> bool {
        let limit = Ratio::new(FAR_ABOVE.0, FAR_ABOVE.1);
        match self.completion(index).value {
            Value::Number(rate, _) => rate
                .value_in(Unit::none())
                .zip(limit)
                .is_some_and(|(rate, limit)| rate >= limit),
            _ => false,
        }
    }

    /// Applies a standard to this row: the 情形 in order, the first that holds.
    pub(super) fn apply(&self, scoring: &Scoring) -> Reading<'a> {
        let standard = self
            .ledger
            .model
            .standards
            .iter()
            .find(|standard| standard.name == scoring.standard);
        let Some(standard) = standard else {
            let reason = format!("没有“{}”这个评分标准", scoring.standard);
            return Reading::bare(Value::Unknown(reason.into()));
        };
        let mut parameters = scoring.arguments.clone();
        parameters.extend(standard.parameters.iter().cloned());
        let scope = Scope {
            parameters: &parameters,
            ..*self
        };
        let mut trace = Trace::default();
        for case in &standard.cases {
            match truth(evaluate(&case.condition, &scope, false, &mut trace)) {
                Some(true) => {
                    let value = match evaluate(&case.result, &scope, false, &mut trace) {
                        Value::Number(marks, _) => Value::Interval(Interval::point(marks.value), marks.unit),
                        other => other,
                    };
                    return Reading {
                        value,
                        used: trace.used.into(),
                    };
                }
                Some(false) => {}
                None => {
                    let reason = format!("不能判断适用“{}”的哪一种情形", standard.name);
                    return Reading::bare(Value::Unknown(reason.into()));
                }
            }
        }
        Reading::bare(Value::Unknown(
            format!("“{}”没有一种情形适用", standard.name).into(),
        ))
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
