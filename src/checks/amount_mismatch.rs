//! 金额前后不一致（amount-mismatch）
//!
//! 查什么：规则里用“数据”声明的金额（预算、支出、下拨资金……），在正文和自评表里写的数是不是一样。
//! 为什么：同一笔钱两个数，账表不符，财政部门要求说明。
//! 怎么改：核对账目，各处写成同一个数；口径不同的（财政拨款、全部资金），把口径写出来。
//! 例：正文写“下拨项目资金为408万元”，自评表的全年执行数是508万元。
//! 不算：四舍五入后相同（812.45万元和812.5万元）；写明是别的年度、其中、累计的数；“约”“近”“余”范围内的数。
//! 依据：预算批复、决算报表和会计账簿；自评报告引用的金额应当与它们一致。

use crate::checks::Judgements;
use crate::checks::statements::{Statement, hold_together, mentioned};
use crate::facts::{Mention, Role};
use crate::ledger::Ledger;
use crate::ledger::link::Entry;
use crate::ledger::scope::{Row, Scope};
use crate::model::Check;

/// Holds every declared amount's statements against each other, the form's cell among them.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let entries = std::mem::take(&mut ledger.entries);
    for entry in &entries {
        if !entry.name.is_some_and(|name| ledger.model.names[name].is_amount()) {
            continue;
        }
        let cell = entry.name.and_then(|name| ledger.model.names[name].in_form.as_ref());
        let cell = cell.and_then(|path| path.last()).map_or(String::new(), String::clone);
        let its_amount = |mention: &Mention| is_its_amount(mention, &cell);
        let mut statements = mentioned(ledger, entry, "金额", its_amount);
        statements.extend(in_form(ledger, entry));
        hold_together(ledger, check, &entry.label, "金额", statements, false, judgements);
    }
    ledger.entries = entries;
}

/// The name itself says which amount is meant; a target or a mark is another thing
/// too, and where 表中 says that it is what was spent, what was planned is another (and the other way about).
fn is_its_amount(mention: &Mention, cell: &str) -> bool {
    match mention.role {
        Role::Target | Role::Weight | Role::Score => false,
        Role::Budget => !cell.ends_with("执行数"),
        Role::Spent => !cell.ends_with("预算数"),
        _ => true,
    }
}

/// The cell that 表中 names.
fn in_form(ledger: &Ledger, entry: &Entry) -> Option<Statement> {
    let path = ledger.model.names[entry.name?].in_form.as_ref()?;
    let datum = Scope::new(ledger, Row::Form).datum(path)?;
    Statement::cell(datum, "表中金额")
}
