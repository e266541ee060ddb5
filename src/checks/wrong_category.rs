//! 指标归类可疑（wrong-category）
//!
//! 查什么：数量指标下面是不是列了“…率”，质量指标下面是不是列了人数、户数这样的数量，生态效益下面是不是列了成本。
//! 为什么：指标放错类别，分值和评分办法也就跟着错；批复目标时会要求改正。
//! 怎么改：把指标移到相应的类别下，或者改写指标。
//! 例：“设施达标率”列在数量指标下，“改造户数”列在质量指标下。
//! 不算：各地归类习惯不同，所以都只作提醒，不影响结论。
//! 依据：数量指标反映产出的数量，质量指标反映产出达到的标准（财预〔2021〕101号）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, groups_of, name_of, told};
use crate::facts::form::IndicatorRow;
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Dimension, Unit};
use crate::words::said::Said;

/// Holds the name and unit of each indicator against the group that it stands in.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    for row in &form.rows {
        let [_, group] = groups_of(form, row);
        if group.is_empty() || !row.name.is_filled() {
            continue;
        }
        let name = name_of(row);
        let Some(kind) = misplaced(&name, group, row) else {
            judgements.passed += 1;
            continue;
        };
        let message = format!("“{name}”{kind}，列在“{group}”下，归类可能不合适。");
        let place = cell(ledger, &row.name, group);
        judgements.fail(told(check, &name, message, vec![place]));
    }
}

/// What the indicator is, where that does not suit its group.
fn misplaced(name: &str, group: &str, row: &IndicatorRow) -> Option<&'static str> {
    let unit = row.target.number().map(|target| target.unit);
    let dimension = unit.and_then(Unit::dimension);
    let share = Said::Share.ends(name) && !Said::NoShare.in_text(name);
    let counter = unit.is_some_and(Unit::is_counter);
    let cost = Said::Cost.in_text(name) || name.contains("造价");
    if group.contains("数量") {
        let measured = dimension == Some(Dimension::Share) || unit.is_none();
        return (share && measured).then_some("是比率");
    }
    if group.contains("质量") {
        let counted = Said::Counted.ends(name) && counter;
        return counted.then_some("是数量");
    }
    if group.contains("生态") && !group.contains("成本") {
        return (cost && !name.contains("能耗")).then_some("说的是成本");
    }
    None
}
