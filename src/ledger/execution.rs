//! What marks the execution row has earned: by the printed rate or by the exact one.

use crate::expr::eval::{Reading, Value};
use crate::facts::form::IndicatorRow;
use crate::ledger::scope::{Row, Scope, percent};
use crate::ledger::scoring::{Applied, reads_rate};
use crate::model::{Scoring, Standard};
use crate::quantity::{Quantity, compare};
use std::borrow::Cow;

/// The standard of the execution row where no rule gives another.
const USUAL: &str = "按执行率";

impl<'a> Scope<'_, 'a> {
    /// 应得分 of the execution row as a field.
    pub(super) fn due_to_execution(&self) -> Reading<'a> {
        match self.execution_due() {
            Ok(applied) => Reading {
                value: Value::Interval(applied.marks, applied.unit),
                used: applied.used,
            },
            Err(reason) => Reading::bare(Value::Unknown(reason)),
        }
    }

    /// 应得分 of the execution row, by the standard that is bound to it, else 按执行率. Both the printed rate and the exact
    /// one are in order: the one that the printed marks follow counts, else the exact one.
    pub fn execution_due(&self) -> Result<Applied<'a>, Cow<'static, str>> {
        let usual = Scoring {
            standard: USUAL.into(),
            arguments: Vec::new(),
            span: Default::default(),
        };
        let scope = self.at(Row::Execution);
        let scoring = self.execution_scoring().unwrap_or(&usual);
        let printed = scope.apply(scoring, &[])?;
        let Some(rate) = scope.exact_rate() else {
            return Ok(printed);
        };
        let row = self.ledger.form().and_then(|form| form.execution.as_ref());
        let score = row.and_then(|row| row.score.number());
        let follows = score.and_then(|marks| compare::belongs(marks, &printed.marks)) == Some(true);
        if follows || printed.marks.as_point().is_none() {
            return Ok(printed);
        }
        let exact = scope.apply(scoring, &[("执行率".to_owned(), rate)]);
        Ok(match exact {
            Ok(exact) => Applied {
                used: printed.used,
                ..exact
            },
            Err(_) => printed,
        })
    }

    /// The 评分 of a group or indicator whose standard reckons with the rate: that of the execution row, wherever it is
    /// printed.
    fn execution_scoring(&self) -> Option<&'a Scoring> {
        let model = self.ledger.model;
        let groups = model.groups.iter().filter_map(|group| group.scoring.as_ref());
        let names = model.names.iter().filter(|name| name.name.contains("执行率"));
        let names = names.filter_map(|name| name.indicator.as_ref()?.scoring.as_ref());
        let by_rate = |scoring: &&Scoring| {
            let named = |standard: &&Standard| standard.name == scoring.standard;
            scoring.standard == USUAL || model.standards.iter().find(named).is_some_and(reads_rate)
        };
        groups.chain(names).find(by_rate)
    }

    /// 执行率 for the standard of an indicator row: its own number where the row is the rate, else that of the
    /// execution row.
    pub(super) fn rate_of(&self, row: &'a IndicatorRow) -> Reading<'a> {
        if row.name.text.contains("执行率") {
            return self.number("执行率", &row.actual);
        }
        let path = self.at(Row::Execution).execution_rate();
        path.unwrap_or(Reading::bare(Value::Unread("报告里没有读到执行率".into())))
    }

    fn execution_rate(&self) -> Option<Reading<'a>> {
        let row = self.ledger.form()?.execution.as_ref()?;
        Some(self.number("执行率", &row.rate))
    }

    /// 执行数 ÷ 预算数, unrounded.
    fn exact_rate(&self) -> Option<Quantity> {
        let amount = |field: &'static str| match self.total_field(field)?.value {
            Value::Number(quantity, _) => Some(quantity),
            _ => None,
        };
        let (budget, spent) = (amount("全年预算数")?, amount("全年执行数")?);
        match percent(spent.value_in(budget.unit)?.div(budget.value)?) {
            Value::Number(rate, _) => Some(rate),
            _ => None,
        }
    }
}
