//! 完成值前后不一致（actual-mismatch）
//!
//! 查什么：同一个指标的完成值，在正文和自评表里写的数是不是一样。
//! 为什么：完成值决定得分，前后不一说明至少有一处没有核实。
//! 怎么改：核对佐证材料，各处写成同一个数；两处口径不同的（累计、新增、其中），把口径写出来。
//! 例：正文写“服务对象满意度 90%”，自评表的实际完成值写“95%”。
//! 不算：四舍五入后相同（1.2万亩和12350亩）；写明是别的年度、累计、新增、其中的数；“约”“近”“余”范围内的数。
//! 依据：财预〔2020〕10号：自评结果应当真实、客观，绩效指标完成值以佐证材料为准。

use crate::checks::Judgements;
use crate::checks::statements::{Statement, hold_together, mentioned};
use crate::facts::Role;
use crate::ledger::Ledger;
use crate::model::Check;

/// Holds every name's actual values against each other. Amounts of money of 数据 are `amount-mismatch`.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let entries = std::mem::take(&mut ledger.entries);
    for entry in &entries {
        if entry.name.is_some_and(|name| ledger.model.names[name].is_amount()) {
            continue;
        }
        let mut statements = mentioned(ledger, entry, "完成值", |mention| mention.role == Role::Actual);
        let row = entry.row.and_then(|row| Some(&ledger.form()?.rows[row]));
        statements.extend(row.and_then(|row| Statement::cell(&row.actual, "完成值")));
        hold_together(ledger, check, &entry.label, "完成值", statements, false, judgements);
    }
    ledger.entries = entries;
}
