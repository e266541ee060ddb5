//! A made-up form for worked examples: the evaluator asks it for fields as it asks a ledger for those of a report.

use super::numbers::{percent, unit, whole};
use crate::expr::eval::{Environment, Reading, Value};
use crate::expr::fields::Context;
use crate::model::{Grade, Model, Target};
use crate::quantity::compare::{belongs, equal, order};
use crate::quantity::{Bound, Quantity, Ratio};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Values by their path, and rows by theirs.
#[derive(Clone)]
pub(super) struct Sample<'m> {
    values: Vec<(String, Value<'m>)>,
    rows: Vec<(String, Vec<Sample<'m>>)>,
    grades: &'m [Grade],
    parameters: [&'m [(String, Quantity)]; 2],
}

impl<'m> Sample<'m> {
    fn empty(model: &'m Model) -> Sample<'m> {
        Sample {
            values: Vec::new(),
            rows: Vec::new(),
            grades: &model.grades,
            parameters: [&[], &[]],
        }
    }

    /// The form as a check of this context sees it.
    pub(super) fn of(model: &'m Model, context: Context) -> Sample<'m> {
        let mut form = form(model);
        let own = match context {
            Context::FundRow => fund(model, "年度资金总额", [600, 600, 508]),
            Context::FirstGroup => row(model, "产出指标", 50, 46),
            Context::SecondGroup => row(model, "数量指标", 20, 18),
            Context::IndicatorRow => row(model, "", 10, 8),
            Context::ExecutionRow => execution(model),
            _ => return form,
        };
        for (path, value) in own.values {
            form.set(&path, value);
        }
        let inner = match context {
            Context::FundRow => ("构成", parts(model)),
            Context::FirstGroup => ("指标行", vec![row(model, "", 30, 28), row(model, "", 20, 18)]),
            _ => ("指标行", vec![row(model, "", 12, 10), row(model, "", 8, 8)]),
        };
        form.rows.insert(0, (inner.0.to_owned(), inner.1));
        form
    }

    /// The same sample with the 参数 given at the place, and those of the 评分标准 behind them.
    pub(super) fn with(
        mut self,
        given: &'m [(String, Quantity)],
        usual: &'m [(String, Quantity)],
    ) -> Sample<'m> {
        self.parameters = [given, usual];
        self
    }

    /// Puts a value in.
    pub(super) fn set(&mut self, path: &str, value: Value<'m>) {
        match self.values.iter_mut().find(|(known, _)| known == path) {
            Some((_, held)) => *held = value,
            None => self.values.push((path.to_owned(), value)),
        }
    }

    /// What stands there.
    pub(super) fn get(&self, path: &str) -> Option<&Value<'m>> {
        let bare = path.strip_prefix("自评表.").unwrap_or(path);
        self.values
            .iter()
            .find(|(known, _)| known == bare)
            .map(|(_, value)| value)
    }

    /// Puts target and actual value in, and what follows from them as it does in a report.
    pub(super) fn set_indicator(&mut self, target: Value<'m>, actual: Value<'m>) {
        let direction = direction(&target);
        let rate = match (&target, &actual) {
            (Value::Number(target, _), Value::Number(actual, _)) if direction == "正向" => actual
                .value_in(target.unit)
                .and_then(|actual| percent(actual.div(target.value)?)),
            _ => None,
        };
        let met = match direction {
            "定性" => matches!(self.get("达成情况"), Some(Value::Text(said)) if said == "达成").into(),
            _ => is_met(&target, &actual),
        };
        self.set("方向", Value::Text(Cow::Borrowed(direction)));
        self.set("完成率", rate.map_or(Value::Missing, Value::number));
        self.set("达标", met.map_or(Value::Missing, Value::Truth));
        self.set("目标", target.clone());
        self.set("规则目标", target);
        self.set("实际", actual);
    }
}

impl<'m> Environment<'m> for Sample<'m> {
    fn field(&self, path: &'m [String]) -> Reading<'m> {
        if let [name] = path
            && let Some((_, value)) = self
                .parameters
                .iter()
                .copied()
                .flatten()
                .find(|(known, _)| known == name)
        {
            return Reading::bare(Value::number(*value));
        }
        Reading::bare(self.get(&path.join(".")).cloned().unwrap_or(Value::Missing))
    }

    fn rows(&self, path: &[String]) -> Option<Vec<Sample<'m>>> {
        let path = path.join(".");
        let bare = path.strip_prefix("自评表.").unwrap_or(&path);
        let held = self.rows.iter().find(|(known, _)| known == bare)?;
        Some(held.1.clone())
    }

    fn section_text(&self, title: &str) -> Reading<'m> {
        let held = self.get(&format!("章节文.{title}"));
        Reading::bare(held.cloned().unwrap_or(Value::Missing))
    }

    fn grade_name(&self, score: &Quantity) -> Value<'m> {
        self.grades
            .iter()
            .find(|grade| belongs(score, &grade.interval) == Some(true))
            .map_or(Value::Missing, |grade| Value::Text(Cow::Borrowed(&grade.name)))
    }
}

/// The whole form: its funds, its execution row, three indicators and their sum.
fn form(model: &Model) -> Sample<'_> {
    let mut form = Sample::empty(model);
    for (field, value) in fund(model, "年度资金总额", [600, 600, 508]).values {
        form.set(&format!("资金.总额.{field}"), value);
    }
    form.set("资金.完整", Value::Truth(true));
    for (field, value) in execution(model).values {
        form.set(&format!("执行.{field}"), value);
    }
    let groups = [("产出指标", 50, 46), ("效益指标", 30, 28), ("满意度指标", 10, 9)];
    let rows: Vec<Sample> = groups
        .iter()
        .map(|(name, weight, score)| row(model, name, *weight, *score))
        .collect();
    let total = Ratio::new(9147, 100).map(|total| Quantity::computed(total, unit("分")));
    let total = total.map_or(Value::Missing, Value::number);
    form.set(
        "年度",
        Value::number(whole(i128::from(model.year.unwrap_or(2020)), unit(""))),
    );
    form.set("种类", Value::Text("项目支出绩效自评表".into()));
    form.set("满分", points(100));
    form.set("总分", total.clone());
    form.set("自评总分", total);
    form.set("说明", Value::Missing);
    form.rows = vec![
        ("一级组".to_owned(), rows.clone()),
        ("指标行".to_owned(), rows),
        ("附加行".to_owned(), Vec::new()),
        ("资金.构成".to_owned(), parts(model)),
    ];
    form
}

fn points(value: i128) -> Value<'static> {
    Value::number(whole(value, unit("分")))
}

fn row<'m>(model: &'m Model, name: &'static str, weight: i128, score: i128) -> Sample<'m> {
    let mut row = Sample::empty(model);
    row.set("名称", Value::Text(name.into()));
    row.set("分值", points(weight));
    row.set("得分", points(score));
    row.set("原因", Value::Missing);
    row
}

fn execution(model: &Model) -> Sample<'_> {
    let mut row = Sample::empty(model);
    let hundredths = |digits, name| {
        let value = Ratio::new(digits, 100).map(|value| Quantity::computed(value, unit(name)));
        value.map_or(Value::Missing, Value::number)
    };
    row.set("执行率", hundredths(8467, "%"));
    row.set("分值", points(10));
    row.set("得分", hundredths(847, "分"));
    row.set("原因", Value::Missing);
    row
}

/// A row of funds: budget at the beginning, adjusted budget, spent; in 万元.
fn fund<'m>(model: &'m Model, name: &'static str, amounts: [i128; 3]) -> Sample<'m> {
    let mut row = Sample::empty(model);
    row.set("名称", Value::Text(name.into()));
    for (field, amount) in ["年初预算数", "全年预算数", "全年执行数"]
        .into_iter()
        .zip(amounts)
    {
        row.set(field, Value::number(whole(amount * 10_000, unit("元"))));
    }
    row.set("完整", Value::Truth(true));
    row.set("原因", Value::Missing);
    row
}

fn parts(model: &Model) -> Vec<Sample<'_>> {
    vec![
        fund(model, "财政拨款", [400, 400, 338]),
        fund(model, "其他资金", [200, 200, 170]),
    ]
}

/// A rule's target as the evaluator sees it.
pub(super) fn target_value(target: &Target) -> Value<'_> {
    match target {
        Target::Number(quantity) => Value::number(*quantity),
        Target::Interval(interval, unit) => Value::Interval(*interval, *unit),
        Target::Date(text) | Target::Text(text) => Value::Text(Cow::Borrowed(text)),
    }
}

fn direction(target: &Value) -> &'static str {
    match target {
        Value::Number(target, _) => match target.bound {
            Some(Bound::AtMost | Bound::Below) => "反向",
            Some(Bound::Exactly) => "等于",
            _ => "正向",
        },
        Value::Interval(..) => "区间",
        _ => "定性",
    }
}

fn is_met(target: &Value, actual: &Value) -> Option<bool> {
    let Value::Number(actual, _) = actual else {
        return None;
    };
    match target {
        Value::Interval(interval, unit) => belongs(actual, &interval.scale(unit.to(actual.unit)?)?),
        Value::Number(target, _) => {
            let goal = Quantity {
                bound: None,
                ..*target
            };
            match target.bound {
                Some(Bound::AtMost) => order(actual, &goal, Ordering::is_le),
                Some(Bound::Below) => order(actual, &goal, Ordering::is_lt),
                Some(Bound::Exactly) => equal(actual, &goal),
                Some(Bound::Above) => order(actual, &goal, Ordering::is_gt),
                _ => order(actual, &goal, Ordering::is_ge),
            }
        }
        _ => None,
    }
}
