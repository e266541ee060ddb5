//! 要求的说明缺失（explanation-required）
//!
//! 查什么：表上自己印着“执行率未达到90%的需说明原因”“年中发生预算调整的应说明理由”“偏差超过30%须说明”，而该说明的地方是空的，或者
//! 只有印好的这句话。
//! 为什么：这是表上明写的要求，没有说明会退回补充。
//! 怎么改：在原因栏或者表的说明里写明原因；印好的提示删去或者写在它后面。
//! 例：年初预算0，调整后3.36万元，原因栏里只有印好的“年中发生预算调整的，应单独说明理由”。
//! 不算：表上没有这样的要求；原因写在自评表“说明”里的；执行率、偏差没有超过所印界限的。
//! 依据：自评表自己的填报要求。

use crate::checks::Judgements;
use crate::checks::cells::{cell, name_of, row_places, told};
use crate::expr::eval::Value;
use crate::facts::form::{Content, Datum, Form};
use crate::facts::hints::{Demand, demands, is_only_hint};
use crate::ledger::Ledger;
use crate::ledger::scope::{Row, Scope};
use crate::model::Check;
use crate::quantity::{Ratio, Unit};
use crate::words::is_no_reason;

/// Holds what the form asks to be explained against what was explained.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    let mut asked: Vec<Demand> = Vec::new();
    for text in printed(form) {
        for demand in demands(text) {
            if !asked.contains(&demand) {
                asked.push(demand);
            }
        }
    }
    for demand in asked {
        match demand {
            Demand::LowRate(limit) => low_rate(ledger, check, form, limit, judgements),
            Demand::Adjusted => adjusted(ledger, check, form, judgements),
            Demand::Deviation(limit) => deviation(ledger, check, form, limit, judgements),
        }
    }
}

/// The texts of the form in which a demand may be printed.
fn printed(form: &Form) -> impl Iterator<Item = &str> {
    let execution = form.execution.iter().map(|row| &row.reason);
    let funds = form.funds.iter().map(|row| &row.reason);
    let rows = form.rows.iter().map(|row| &row.reason);
    let first = form.rows.iter().take(1).map(|row| &*row.reason.header);
    let fund = form.funds.iter().take(1).map(|row| &*row.reason.header);
    let cells = execution.chain(funds).chain(rows).chain([&form.note]);
    cells.map(|datum| datum.text.as_str()).chain(first).chain(fund)
}

/// Whether the author wrote a reason there.
fn explains(datum: &Datum) -> bool {
    datum.content == Content::Text && !is_no_reason(&datum.text) && !is_only_hint(&datum.text)
}

/// Whether the reason for what happened to the funds is told anywhere in the form.
fn funds_explained(form: &Form) -> bool {
    let execution = form.execution.iter().map(|row| &row.reason);
    let mut reasons = form.funds.iter().map(|row| &row.reason).chain(execution).chain([&form.note]);
    reasons.any(explains)
}

fn low_rate(ledger: &mut Ledger, check: &Check, form: &Form, limit: Ratio, judgements: &mut Judgements) {
    let Some(row) = &form.execution else { return };
    let rate = row.rate.number().and_then(|rate| rate.value_in(Unit::none()));
    let Some(rate) = rate else { return };
    ledger.used.insert(row.rate.range.start);
    if rate >= limit || funds_explained(form) {
        judgements.passed += 1;
        return;
    }
    let limit = limit.mul(Ratio::whole(100)).and_then(|limit| limit.to_plain(2)).unwrap_or_default();
    let message = format!("预算执行率{}，表上要求未达到{limit}%的说明原因，没有说明。", row.rate.text);
    let mut places = vec![cell(ledger, &row.rate, "执行率")];
    places.extend(row.reason.is_filled().then(|| cell(ledger, &row.reason, "原因")));
    judgements.fail(told(check, "预算执行率", message, places));
}

fn adjusted(ledger: &mut Ledger, check: &Check, form: &Form, judgements: &mut Judgements) {
    let Some(total) = form.funds.iter().find(|row| row.part_of.is_none()) else { return };
    let (Some(initial), Some(budget)) = (total.initial.number(), total.budget.number()) else { return };
    ledger.used.extend([total.initial.range.start, total.budget.range.start]);
    if budget.value_in(initial.unit) == Some(initial.value) || funds_explained(form) {
        judgements.passed += 1;
        return;
    }
    let message = format!(
        "年初预算{}，全年预算{}，表上要求预算调整的说明理由，没有说明。",
        total.initial.text, total.budget.text
    );
    let mut places = vec![
        cell(ledger, &total.budget, "全年预算数"),
        cell(ledger, &total.initial, "年初预算数"),
    ];
    places.extend(total.reason.is_filled().then(|| cell(ledger, &total.reason, "原因")));
    judgements.fail(told(check, "预算调整", message, places));
}

fn deviation(ledger: &mut Ledger, check: &Check, form: &Form, limit: Ratio, judgements: &mut Judgements) {
    for (index, row) in form.rows.iter().enumerate() {
        let scope = Scope::new(ledger, Row::Indicator(index));
        let Value::Number(rate, _) = scope.completion(index).value else { continue };
        let off = rate.value_in(Unit::none()).and_then(|rate| rate.sub(Ratio::ONE)?.abs());
        let Some(off) = off.filter(|_| rate.high.is_none()) else { continue };
        if off <= limit || row.reason.content == Content::Absent || explains(&row.reason) {
            judgements.passed += 1;
            continue;
        }
        let name = name_of(row);
        let percent = limit.mul(Ratio::whole(100)).and_then(|limit| limit.to_plain(2));
        let message = format!(
            "“{name}”目标“{}”，完成“{}”，偏差超过{}%，表上要求说明原因，没有说明。",
            row.target.text,
            row.actual.text,
            percent.unwrap_or_default()
        );
        judgements.fail(told(check, &name, message, row_places(ledger, row, &row.actual, "完成值")));
    }
}
