//! What marks the execution row has earned: 分值 × 执行率, by the printed rate or by the exact one.

use crate::expr::eval::{Reading, Value};
use crate::ledger::scope::{Row, Scope};
use crate::model::Scoring;
use crate::quantity::{Interval, Ratio, compare};

impl<'a> Scope<'_, 'a> {
    /// 应得分 of the execution row: by the standard of the 一级指标 that is bound to it, else 按执行率. Both the printed
    /// rate and the exact one are in order: the one that the printed marks follow counts, else the exact one.
    pub(super) fn due_to_execution(&self) -> Reading<'a> {
        let groups = &self.ledger.model.groups;
        let bound = groups
            .iter()
            .filter_map(|group| group.scoring.as_ref())
            .find(|s| s.standard.contains("执行率"));
        let usual = Scoring {
            standard: "按执行率".into(),
            arguments: Vec::new(),
            span: Default::default(),
        };
        let scope = self.at(Row::Execution);
        let mut reading = scope.apply(bound.unwrap_or(&usual));
        let by_rate = bound.is_none_or(|scoring| scoring.standard == "按执行率");
        let row = self.ledger.form().and_then(|form| form.execution.as_ref());
        if let (Value::Interval(interval, unit), Some(exact), Some(row), true) =
            (&reading.value, scope.exact_execution(), row, by_rate)
        {
            let printed = row.score.number();
            let follows = printed.and_then(|marks| compare::belongs(marks, interval)) == Some(true);
            if interval.as_point().is_some() && !follows {
                reading.value = Value::Interval(Interval::point(exact), *unit);
            }
        }
        reading
    }

    /// 分值 × 执行数 ÷ 预算数, at most 分值.
    fn exact_execution(&self) -> Option<Ratio> {
        let row = self.ledger.form()?.execution.as_ref()?;
        let number = |value: Value| match value {
            Value::Number(quantity, _) => Some(quantity),
            _ => None,
        };
        let amount = |field: &'static str| number(self.total_field(field)?.value);
        let weight = number(self.number("分值", &row.weight).value)?;
        let (budget, spent) = (amount("全年预算数")?, amount("全年执行数")?);
        let rate = spent.value_in(budget.unit)?.div(budget.value)?;
        rate.min(Ratio::ONE).mul(weight.value)
    }
}
