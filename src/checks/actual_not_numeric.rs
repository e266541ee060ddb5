//! 定量指标完成值不是数（actual-not-numeric）
//!
//! 查什么：目标是一个数（“≥30个”“100%”）的指标，完成值是不是只写了“已完成”“达标”这样的话。
//! 为什么：定量指标按完成的数计分，只写“已完成”，核对不出完成了多少，也核对不出得分。
//! 怎么改：写实际完成的数和单位，如“32个”。
//! 例：目标“≤30万元”，完成值写“完成”。
//! 不算：定性目标；没有发生的事（目标“≤0起”，写“未发生”）；写了数又写了话的；时限指标写“按期完成”的，只作提醒。
//! 依据：定量指标要填写完成的具体数值（自评表填报说明）。

use crate::checks::Judgements;
use crate::checks::cells::{hint, letters, name_of, numbers_in, row_places, told, with_actuals};
use crate::facts::form::{Content, IndicatorRow};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Dimension, Quantity};
use crate::words::said::Said;

/// Looks for words among the actual values of indicators with a number for a target.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    for row in with_actuals(ledger).iter().flat_map(|form| &form.rows) {
        let Some(target) = row.target.number() else { continue };
        if row.actual.number().is_some() {
            judgements.passed += 1;
            continue;
        }
        if row.actual.content != Content::Text || !is_only_words(ledger, row) {
            continue;
        }
        let name = name_of(row);
        let message = format!(
            "“{name}”的目标是“{}”，完成值只写了“{}”，没有写数。",
            row.target.text, row.actual.text
        );
        let finding = told(check, &name, message, row_places(ledger, row, &row.actual, "完成值"));
        judgements.fail(if is_time(target) { hint(finding) } else { finding });
    }
}

/// 已完成, 达到预期目标: words of completion without a number, and nothing that says that it did not happen.
fn is_only_words(ledger: &Ledger, row: &IndicatorRow) -> bool {
    let text = letters(&row.actual.text);
    let short = text.chars().count() <= 14;
    let denied = ["未", "没", "无", "零", "不"].iter().any(|word| text.contains(word));
    let worded = ["完成", "达标", "达到", "达成", "实现", "落实"].iter().any(|word| text.contains(word));
    let silent = numbers_in(ledger, &row.actual.range).is_empty()
        && !row.actual.text.contains(|c: char| c.is_numeric());
    silent && !denied && (Said::Done.is(&text) || (short && worded))
}

/// 30天 answered by 按期完成 says enough for many offices.
fn is_time(target: &Quantity) -> bool {
    matches!(target.unit.dimension(), Some(Dimension::Day | Dimension::Month))
}
