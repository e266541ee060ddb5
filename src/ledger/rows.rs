//! The fields of the form's rows, by the table in expr/fields.

use crate::expr::eval::{Reading, Value};
use crate::facts::form::{
    Content, Datum, ExecutionRow, FundRow, Group, IndicatorRow, Reading as FormReading,
};
use crate::ledger::grades;
use crate::ledger::scope::{Row, Rows, Scope};
use crate::quantity::{Quantity, Ratio};

/// Why sums over the rows are not judged.
const LOST: &str = "表格里可能有指标没有读到，不能合计";

impl<'l, 'a> Scope<'l, 'a> {
    /// A field of this row alone; nothing when it has none of that name.
    pub(super) fn own_field(&self, head: &'a str, rest: &'a [String]) -> Option<Reading<'a>> {
        match self.row {
            Row::Report => self.report_field(head, rest),
            Row::Form => self.form_field(head, rest),
            Row::Funds => self.funds_field(head, rest),
            Row::Fund(index) => self.fund_field(&self.ledger.form()?.funds[index], index, head),
            Row::Execution => match self.ledger.form().and_then(|form| form.execution.as_ref()) {
                Some(row) => self.execution_field(row, head),
                None => is_execution_field(head).then(|| self.absent("执行率一行")),
            },
            Row::First(index) => self.group_field(&self.ledger.form()?.groups[index], head),
            Row::Second(index) => self.group_field(&self.ledger.form()?.subgroups[index], head),
            Row::Indicator(index) => self.indicator_field(&self.ledger.form()?.rows[index], index, head),
            Row::Lost => Some(Reading::bare(Value::Unread(LOST.into()))),
            Row::Extra(index) => {
                let row = &self.ledger.form()?.extras[index];
                match head {
                    "名称" => Some(self.cell(head, &row.name)),
                    "分值" => Some(self.number(head, &row.weight)),
                    "得分" => Some(self.number(head, &row.score)),
                    _ => None,
                }
            }
        }
    }

    /// The rows that a field of this row names.
    pub(super) fn own_rows(&self, name: &str) -> Option<Rows<'l, 'a>> {
        let form = self.ledger.form()?;
        let all =
            |many: usize, row: fn(usize) -> Row| Some((0..many).map(|index| self.at(row(index))).collect());
        match (self.row, name) {
            (Row::First(index), "指标行") => Some(self.rows_of_group(&form.groups[index])),
            (Row::Second(index), "指标行") => Some(self.rows_of_group(&form.subgroups[index])),
            (Row::Fund(index), "构成") => Some(self.parts_of(index)),
            (Row::Funds, "构成") => {
                Some(self.total_fund().map_or(Vec::new(), |total| self.parts_of(total)))
            }
            (Row::Form, "指标行") => {
                let read = (0..form.rows.len()).map(Row::Indicator);
                let lost = self.ledger.rows_lost.then_some(Row::Lost);
                Some(read.chain(lost).map(|row| self.at(row)).collect())
            }
            (Row::Form, "一级组") => all(form.groups.len(), Row::First),
            (Row::Form, "二级组") => all(form.subgroups.len(), Row::Second),
            (Row::Form, "附加行") => all(form.extras.len(), Row::Extra),
            _ => None,
        }
    }

    /// The fund row that holds the total: the first that is part of no other.
    pub(super) fn total_fund(&self) -> Option<usize> {
        self.ledger
            .form()?
            .funds
            .iter()
            .position(|row| row.part_of.is_none() && row.restates.is_none())
    }

    /// The form's cell of a path from 自评表 (资金.总额.全年执行数), for its place.
    pub fn datum(&self, path: &[String]) -> Option<&'a Datum> {
        let form = self.ledger.form()?;
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let execution = form.execution.as_ref();
        let total = self.total_fund().map(|total| &form.funds[total]);
        Some(match path.as_slice() {
            ["资金", "总额", "年初预算数"] => &total?.initial,
            ["资金", "总额", "全年预算数"] => total
                .map(|row| &row.budget)
                .or(execution.map(|row| &row.budget))?,
            ["资金", "总额", "全年执行数"] => {
                total.map(|row| &row.spent).or(execution.map(|row| &row.spent))?
            }
            ["执行", "执行率"] => &execution?.rate,
            ["执行", "分值"] => &execution?.weight,
            ["执行", "得分"] => &execution?.score,
            ["满分"] => &form.full,
            ["总分"] => &form.total,
            _ => return None,
        })
    }

    fn rows_of_group(&self, group: &Group) -> Rows<'l, 'a> {
        group
            .rows
            .iter()
            .map(|index| self.at(Row::Indicator(*index)))
            .collect()
    }

    fn parts_of(&self, whole: usize) -> Rows<'l, 'a> {
        let funds = self.ledger.form().map_or(&[][..], |form| &form.funds);
        let parts = funds
            .iter()
            .enumerate()
            .filter(|(_, row)| row.part_of == Some(whole));
        parts.map(|(index, _)| self.at(Row::Fund(index))).collect()
    }

    fn absent(&self, what: &str) -> Reading<'a> {
        Reading::bare(Value::Unread(format!("报告里没有读到{what}").into()))
    }

    fn form_field(&self, head: &'a str, rest: &'a [String]) -> Option<Reading<'a>> {
        let Some(form) = self.ledger.form() else {
            let known = matches!(head, "种类" | "满分" | "总分" | "等级" | "说明" | "资金" | "执行");
            return known.then(|| self.absent("自评表"));
        };
        Some(match head {
            "种类" => Reading::bare(
                form.kind
                    .map_or(Value::Missing, |kind| Value::Text(kind.name().into())),
            ),
            "满分" => self.number(head, &form.full),
            "总分" => self.number(head, &form.total),
            "等级" => grades::named(self.cell(head, &form.grade), &self.ledger.model.grades),
            // A form that was read cell by cell and has no such row says nothing there.
            "说明" if form.reading == FormReading::Grid && form.note.content == Content::Absent => {
                self.cell(head, &form.note)
            }
            "说明" => self.reason(head, &form.note),
            "资金" => self.at(Row::Funds).own_field(rest.first()?, &rest[1..])?,
            "执行" => self.at(Row::Execution).own_field(rest.first()?, &rest[1..])?,
            _ => return None,
        })
    }

    fn funds_field(&self, head: &str, rest: &'a [String]) -> Option<Reading<'a>> {
        match head {
            "总额" => self.total_field(rest.first()?),
            "完整" => {
                let complete = self
                    .total_fund()
                    .is_some_and(|total| self.ledger.form().is_some_and(|f| f.funds[total].complete));
                Some(Reading::bare(Value::Truth(complete)))
            }
            _ => None,
        }
    }

    /// A field of the fund row that holds the total.
    pub(super) fn total_field(&self, field: &'a str) -> Option<Reading<'a>> {
        // Where no fund row was found, the execution row may still hold the two amounts.
        let execution = self.ledger.form()?.execution.as_ref();
        match (self.total_fund(), execution, field) {
            (Some(total), _, _) => {
                let stated = self.at(Row::Fund(total)).own_field(field, &[])?;
                Some(self.sum_of_parts(total, field, &stated).unwrap_or(stated))
            }
            (None, Some(row), "全年预算数") => Some(self.number(field, &row.budget)),
            (None, Some(row), "全年执行数") => Some(self.number(field, &row.spent)),
            _ => Some(self.absent("资金总额")),
        }
    }

    /// What the parts of a row come to where the row itself says nought: the amounts were written beside it only.
    fn sum_of_parts(&self, whole: usize, field: &'a str, stated: &Reading<'a>) -> Option<Reading<'a>> {
        let Value::Number(nought, _) = stated.value else {
            return None;
        };
        if nought.value != Ratio::ZERO {
            return None;
        }
        let parts = self.parts_of(whole);
        let read = parts.iter().filter_map(|part| part.own_field(field, &[]));
        let (mut sum, mut used, mut scale) = (Ratio::ZERO, stated.used.clone(), nought);
        for part in read {
            if let Value::Number(amount, _) = part.value {
                sum = sum.add(amount.value_in(nought.unit)?)?;
                used.extend(part.used);
                scale = amount;
            }
        }
        (sum != Ratio::ZERO).then(|| Reading {
            value: Value::number(
                Quantity::computed(sum, nought.unit)
                    .printed_like(&scale)
                    .unwrap_or(scale),
            ),
            used,
        })
    }

    fn fund_field(&self, row: &'a FundRow, index: usize, head: &'a str) -> Option<Reading<'a>> {
        Some(match head {
            "名称" => self.cell(head, &row.name),
            "年初预算数" => self.number(head, &row.initial),
            "全年预算数" => self.number(head, &row.budget),
            "全年执行数" => self.number(head, &row.spent),
            "原因" => self.reason(head, &row.reason),
            "完整" => Reading::bare(Value::Truth(row.complete && !self.parts_of(index).is_empty())),
            _ => return None,
        })
    }

    fn execution_field(&self, row: &'a ExecutionRow, head: &'a str) -> Option<Reading<'a>> {
        Some(match head {
            "执行率" => self.number(head, &row.rate),
            "分值" => self.number(head, &row.weight),
            "得分" => self.number(head, &row.score),
            "原因" => self.reason(head, &row.reason),
            "应得分" => self.due_to_execution(),
            _ => return None,
        })
    }

    fn group_field(&self, group: &'a Group, head: &'a str) -> Option<Reading<'a>> {
        Some(match head {
            "名称" => self.cell(head, &group.name),
            // A sum over rows that were not all found says nothing about the group.
            "分值" | "得分" if self.ledger.rows_lost => Reading::bare(Value::Unread(LOST.into())),
            "分值" | "得分" if !group.complete => {
                self.absent(&format!("“{}”的全部指标", group.name.text))
            }
            "分值" => self.number(head, &group.weight),
            "得分" => self.number(head, &group.score),
            _ => return None,
        })
    }

    fn indicator_field(&self, row: &'a IndicatorRow, index: usize, head: &'a str) -> Option<Reading<'a>> {
        let group = |group: Option<&'a Group>| {
            group.map_or_else(|| Reading::bare(Value::Missing), |g| self.cell(head, &g.name))
        };
        let form = self.ledger.form()?;
        Some(match head {
            "一级指标" => group(row.first.map(|at| &form.groups[at])),
            "二级指标" => group(row.second.map(|at| &form.subgroups[at])),
            "三级指标" => self.cell(head, &row.name),
            "目标" => self.cell(head, &row.target),
            "实际" => self.cell(head, &row.actual),
            "单位" => self.cell(head, &row.unit),
            // One score of several rows is not held against the weight of the first.
            "分值" if row.score.merged && !row.weight.merged => {
                Reading::bare(Value::Unknown("得分是几行合并成一格的".into()))
            }
            "分值" => self.number(head, &row.weight),
            "得分" => self.number(head, &row.score),
            "原因" => self.reason(head, &row.reason),
            "规则目标" => self.rule_target(self.ledger.row_names[index]),
            "完成率" => self.completion(index),
            "达标" => self.is_met(index),
            "方向" => self.direction_field(index),
            "达成情况" => self.attainment(index),
            "应得分" => self.due_to_indicator(index),
            "执行率" => self.rate_of(row),
            _ => return None,
        })
    }
}

fn is_execution_field(name: &str) -> bool {
    matches!(name, "执行率" | "分值" | "得分" | "原因" | "应得分")
}
