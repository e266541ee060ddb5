//! What marks a row has earned by its 评分标准: the 情形 that applies, and 应得分.

use crate::expr::ExprKind;
use crate::expr::eval::{Places, Reading, Trace, Value, evaluate, truth};
use crate::facts::form::{Content, IndicatorRow};
use crate::ledger::direction::Direction;
use crate::ledger::scope::{Row, Scope};
use crate::model::{Case, Scoring, Standard, Target};
use crate::quantity::{End, Interval, Quantity, Ratio, Unit};
use std::borrow::Cow;

/// What a standard says of a row: the 情形 that applies and what it earns.
#[derive(Clone, Debug)]
pub struct Applied<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// The first 情形 that holds.
    pub case: &'a Case,
    /// The marks: a point where they are a single number.
    pub marks: Interval,
    /// 分
    pub unit: Unit,
    /// 参数, and the two numbers of the row as the formulas read them.
    pub values: Vec<(String, Quantity)>,
    /// What it was read from.
    pub used: Places<'a>,
}

/// Why 应得分 is what it is.
#[derive(Clone, Debug)]
pub enum Ground<'a> {
    /// The standard decides.
    Standard(Box<Applied<'a>>),
    /// By the 默认评分 of a built-in pack alone, or where only the place of a bare target says which way it points, an unmet
    /// target just excludes full marks: offices differ in how they deduct.
    Unmet(&'a Scoring),
    /// Met by such a 默认评分, or far above the target: a deduction is explained, not recomputed.
    Free,
}

/// 应得分 of an indicator row.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    /// Why.
    pub ground: Ground<'a>,
    /// The marks that are in order.
    pub marks: Interval,
    /// 分
    pub unit: Unit,
    /// What it was read from.
    pub used: Places<'a>,
}

impl<'l, 'a> Scope<'l, 'a> {
    /// 应得分 of an indicator row as a field.
    pub(super) fn due_to_indicator(&self, index: usize) -> Reading<'a> {
        match self.due(index) {
            Ok(due) => Reading {
                value: Value::Interval(due.marks, due.unit),
                used: due.used,
            },
            Err(reason) => Reading::bare(Value::Unknown(reason)),
        }
    }

    /// 应得分 of an indicator row with its ground, or why nothing can be said.
    pub fn due(&self, index: usize) -> Result<Due<'a>, Cow<'static, str>> {
        let model = self.ledger.model;
        let name = self.ledger.row_names.get(index).copied().flatten();
        let own = name.and_then(|name| model.names[name].indicator.as_ref()?.scoring.as_ref());
        let qualitative = self.direction(index) == Direction::Qualitative;
        let default = match qualitative {
            true => &model.default_scoring.qualitative,
            false => &model.default_scoring.quantitative,
        };
        let scoring = own
            .or(default.as_ref())
            .ok_or(Cow::Borrowed("没有规定评分办法"))?;
        if self.shares_weight(index) {
            return Err("几项指标合用一个分值，不能逐项核对得分".into());
        }
        let row = self.indicator(index);
        let weight = row.and_then(|row| row.weight.number().copied());
        let weight = weight.ok_or(Cow::Borrowed("分值没有读到"))?;
        if own.is_none() && !qualitative && (self.is_of_pack(scoring) || !self.is_directed(index)) {
            return self.by_default(index, scoring, &weight);
        }
        let applied = self.at(Row::Indicator(index)).apply(scoring, &[])?;
        let free = applied.marks.as_point() == Some(weight.value) && self.is_far_above(index);
        Ok(Due {
            marks: if free { unlimited() } else { applied.marks },
            unit: applied.unit,
            used: applied.used.clone(),
            ground: if free {
                Ground::Free
            } else {
                Ground::Standard(Box::new(applied))
            },
        })
    }

    /// What is in order where no rule of the office itself says how the row is scored.
    fn by_default(
        &self,
        index: usize,
        scoring: &'a Scoring,
        weight: &Quantity,
    ) -> Result<Due<'a>, Cow<'static, str>> {
        let met = self.is_met(index);
        let below = Interval {
            low: Some(End::closed(Ratio::ZERO)),
            high: Some(End::open(weight.value)),
        };
        let (ground, marks) = match truth(met.value) {
            Some(false) if weight.value > Ratio::ZERO => (Ground::Unmet(scoring), below),
            Some(_) => (Ground::Free, unlimited()),
            None => return Err(self.undecided(index, &scoring.standard)),
        };
        Ok(Due {
            ground,
            marks,
            unit: weight.unit,
            used: met.used,
        })
    }

    /// Whether the target itself, or the rule's, says which way it points.
    fn is_directed(&self, index: usize) -> bool {
        let name = self.ledger.row_names.get(index).copied().flatten();
        let rule = name.and_then(|name| self.ledger.model.names[name].indicator.as_ref()?.target.as_ref());
        match self.aim(index).value {
            Value::Number(target, _) => {
                target.bound.is_some() || target.high.is_some() || rule.and_then(Target::bound).is_some()
            }
            _ => true,
        }
    }

    /// Whether a built-in pack says so, and not the office's own rules.
    fn is_of_pack(&self, scoring: &Scoring) -> bool {
        self.ledger.is_of_pack(scoring.span.source)
    }

    /// Whether the row's marks are printed once for several rows: in a merged cell, or with nothing in the row below.
    fn shares_weight(&self, index: usize) -> bool {
        let merged = |row: &IndicatorRow| row.weight.covered || row.score.covered;
        let blank =
            |row: &IndicatorRow| row.weight.content == Content::Empty && row.score.content == Content::Empty;
        self.indicator(index).is_some_and(merged)
            || self
                .indicator(index + 1)
                .is_some_and(|row| merged(row) || blank(row))
    }

    fn is_far_above(&self, index: usize) -> bool {
        match self.completion(index).value {
            Value::Number(rate, _) => rate
                .value_in(Unit::none())
                .zip(self.ledger.model.far_above())
                .is_some_and(|(rate, limit)| rate >= limit),
            _ => false,
        }
    }

    /// Applies a standard to this row: the 情形 in order, the first that holds. `instead` goes before all other values.
    pub fn apply(
        &self,
        scoring: &Scoring,
        instead: &[(String, Quantity)],
    ) -> Result<Applied<'a>, Cow<'static, str>> {
        let model = self.ledger.model;
        let standard = model
            .standards
            .iter()
            .find(|standard| standard.name == scoring.standard)
            .ok_or_else(|| format!("没有“{}”这个评分标准", scoring.standard))?;
        let mut values = instead.to_vec();
        values.extend(scoring.arguments.iter().chain(&standard.parameters).cloned());
        let mut used = self.figures_of_row(&mut values);
        let scope = Scope {
            parameters: &values,
            ..*self
        };
        let mut trace = Trace::default();
        for case in &standard.cases {
            match truth(evaluate(&case.condition, &scope, false, &mut trace)) {
                Some(true) => {
                    let result = evaluate(&case.result, &scope, false, &mut trace);
                    let (marks, unit) = marks_of(result)?;
                    used.extend(trace.used);
                    return Ok(Applied {
                        standard,
                        case,
                        marks,
                        unit,
                        values,
                        used,
                    });
                }
                Some(false) => {}
                None => return Err(self.undecided_of(&standard.name)),
            }
        }
        Err(format!("“{}”没有一种情形适用", standard.name).into())
    }

    /// 实际 and 目标 of an indicator row as the formulas of a standard read them: the numbers, without the sign that says
    /// how the target is to be met.
    fn figures_of_row(&self, values: &mut Vec<(String, Quantity)>) -> Places<'a> {
        let Row::Indicator(index) = self.row else {
            return Places::new();
        };
        match self.pair(index) {
            Ok((target, actual, used)) => {
                let target = Quantity {
                    bound: None,
                    ..target
                };
                values.extend([("目标".to_owned(), target), ("实际".to_owned(), actual)]);
                used
            }
            Err(_) => Places::new(),
        }
    }

    fn undecided_of(&self, standard: &str) -> Cow<'static, str> {
        match self.row {
            Row::Indicator(index) => self.undecided(index, standard),
            _ => format!("不能判断适用“{standard}”的哪一种情形").into(),
        }
    }

    /// Why no 情形 can be told to apply.
    fn undecided(&self, index: usize, standard: &str) -> Cow<'static, str> {
        let why = match (self.direction(index), self.pair(index)) {
            (Direction::Open, _) => "目标没有写 ≤ 或 ≥，看不出是越多越好还是越少越好，",
            (Direction::Qualitative, _) => "没有写明达成、部分达成还是未达成，",
            (_, Err(_)) => "完成值不是一个确定的数，",
            (_, Ok((_, actual, _))) if actual.approx.is_some() || actual.high.is_some() => "完成值是约数，",
            _ => "",
        };
        format!("{why}不能判断适用“{standard}”的哪一种情形").into()
    }
}

/// Marks above the weight are the matter of another check.
fn unlimited() -> Interval {
    Interval {
        low: Some(End::closed(Ratio::ZERO)),
        high: None,
    }
}

/// The marks that a result states: a number is an interval of one, an approximate number all that it may stand for.
fn marks_of(value: Value) -> Result<(Interval, Unit), Cow<'static, str>> {
    match value {
        Value::Number(marks, Some(range)) => Ok((range, marks.unit)),
        Value::Number(marks, None) => Ok((Interval::point(marks.value), marks.unit)),
        Value::Interval(interval, unit) => Ok((interval, unit)),
        Value::Unknown(reason) | Value::Unread(reason) => Err(reason.into_owned().into()),
        _ => Err("算不出应得的分数".into()),
    }
}

/// Whether a standard reckons with 执行率, so that it is meant for the execution row.
pub fn reads_rate(standard: &Standard) -> bool {
    let is_rate = |name: &str| name == "执行率";
    let reads = |expr: &crate::expr::Expr| {
        !matches!(expr.kind, ExprKind::Otherwise) && expr.fields().into_iter().any(is_rate)
    };
    standard
        .cases
        .iter()
        .any(|case| reads(&case.condition) || reads(&case.result))
}
