//! 目标或完成情况没有实质内容（goal-text）
//!
//! 查什么：自评表上“实际完成情况”是不是只写了“完成”“100%”“已完成年度目标”这样的话，“预期目标”是不是只写了“完成任务”。
//! 为什么：总体目标的完成情况要能看出做了什么、做了多少；只写“完成”，等于没有写。
//! 怎么改：对照预期目标逐项写完成的数和效果。
//! 例：实际完成情况一栏只写“100%”。
//! 不算：写得短而有内容的（“如期通车”）；一格是空的（由“必填项空白”报）；三级指标的完成值。
//! 依据：年度总体目标完成情况要写实际完成情况（自评表填报说明）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, letters, told};
use crate::facts::form::{Content, Datum};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::words::said::Said;

/// Looks at the goal and its completion.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    for (datum, what) in [(&form.goal_done, "实际完成情况"), (&form.goal, "预期目标")] {
        if !matches!(datum.content, Content::Text | Content::Number(_)) {
            continue;
        }
        if !says_nothing(datum) {
            judgements.passed += 1;
            continue;
        }
        let message = format!("“{what}”只写了“{}”，没有实质内容。", datum.text);
        judgements.fail(told(check, what, message, vec![cell(ledger, datum, what)]));
    }
}

fn says_nothing(datum: &Datum) -> bool {
    Said::EmptyGoal.is(&letters(&datum.text))
}
