//! 比较方向可疑（comparator-direction）
//!
//! 查什么：越少越好的指标（成本、单价、事故、投诉、变更次数）目标是不是写成了“≥”，越多越好的指标（合格率、覆盖率、满意度）目标
//! 是不是写成了“≤”；规则给了目标的，与规则的方向是不是相反。
//! 为什么：方向写反，完成得好反而成了“没有达标”，得分也就算反了。
//! 怎么改：对照批复的绩效目标改正比较符号；确实越多越好的（如节约成本），在名称里写明。
//! 例：“渠道维修单价”目标写“≥9.5万元/公里”。
//! 不算：成本节约率、投诉处理率、补助标准、投入金额这样名称里有相反意思的；没有写比较符号的目标；拿不准的只作提醒。
//! 依据：成本指标反映对成本的控制，一般为反向指标（财预〔2021〕101号）。

use crate::checks::Judgements;
use crate::checks::cells::{groups_of, hint, name_of, row_places, told};
use crate::ledger::Ledger;
use crate::model::{Check, Target};
use crate::quantity::Bound;
use crate::words::said::Said;

/// Holds the sign of each target against what the indicator's name says.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    for (index, row) in form.rows.iter().enumerate() {
        let Some(forward) = row.target.number().and_then(|target| is_forward(target.bound)) else {
            continue;
        };
        let name = name_of(row);
        if let Some(ruled) = rule_bound(ledger, index).and_then(|bound| is_forward(Some(bound))) {
            // What the rules say goes before what the words suggest; a contradiction is told as a wrong target.
            if ruled == forward {
                judgements.passed += 1;
                continue;
            }
        }
        let [_, second] = groups_of(form, row);
        let Some((reason, sure)) = suspicion(&name, second, forward) else {
            judgements.passed += 1;
            continue;
        };
        let sign = if forward { "≥" } else { "≤" };
        let message = format!("“{name}”的目标“{}”：{reason}，“{sign}”可能写反了。", row.target.text);
        let finding = told(check, &name, message, row_places(ledger, row, &row.target, "目标"));
        judgements.fail(if sure { finding } else { hint(finding) });
    }
}

fn is_forward(bound: Option<Bound>) -> Option<bool> {
    match bound? {
        Bound::AtLeast | Bound::Above => Some(true),
        Bound::AtMost | Bound::Below => Some(false),
        Bound::Exactly => None,
    }
}

fn rule_bound(ledger: &Ledger, index: usize) -> Option<Bound> {
    let name = ledger.row_names.get(index).copied().flatten()?;
    let indicator = ledger.model.names[name].indicator.as_ref()?;
    indicator.target.as_ref().and_then(Target::bound)
}

/// Why a sign looks wrong, and whether the name alone says so.
fn suspicion(name: &str, second: &str, forward: bool) -> Option<(&'static str, bool)> {
    if !forward {
        let good = Said::Good.ends(name) && !Said::NoGood.in_text(name);
        return good.then_some(("这样的指标越高越好", true));
    }
    if Said::Harm.in_text(name) {
        let kept = Said::NoHarm.in_text(name);
        return (!kept).then_some(("这样的指标越少越好", true));
    }
    if Said::NoCost.in_text(name) {
        return None;
    }
    let costly = second.contains("成本");
    match Said::Cost.in_text(name) {
        true => Some(("成本一类的指标越少越好", costly || second.is_empty())),
        false => costly.then_some(("列在成本指标下，成本指标一般越少越好", false)),
    }
}
