//! 金额前后不一致（amount-mismatch）
//!
//! 查什么：规则里用“数据”声明的金额（预算、支出、下拨资金……），在正文和自评表里写的数是不是一样。
//! 为什么：同一笔钱两个数，账表不符，财政部门要求说明。
//! 怎么改：核对账目，各处写成同一个数；口径不同的（财政拨款、全部资金），把口径写出来。
//! 例：正文写“拨付补助资金362万元”，自评表的全年执行数是462万元。
//! 不算：四舍五入后相同（812.45万元和812.5万元）；写明是别的年度、其中、累计的数；“约”“近”“余”范围内的数。
//! 依据：预算批复、决算报表和会计账簿；自评报告引用的金额应当与它们一致。

use crate::checks::{Judgements, told};
use crate::checks::statements::{Statement, hold_together, mentioned};
use crate::facts::{Mention, Period, Role, Scope};
use crate::finding::{Finding, Severity};
use crate::ledger::Ledger;
use crate::ledger::link::{Entry, period_of};
use crate::ledger::names::plain;
use crate::ledger::scope::{Row, Scope as Rows};
use crate::model::Check;
use crate::quantity::Quantity;
use crate::words::said::Said;

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
    likely(ledger, check, judgements);
}

/// 拨付补助资金362万元 beside 全年执行数 462: words that only may mean the same, and a number that differs in one digit.
/// That is asked about, not called wrong.
fn likely(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    let cells = form.funds.iter().flat_map(|row| [&row.initial, &row.budget, &row.spent]);
    let known: Vec<Quantity> = cells.filter_map(|cell| cell.number().copied()).collect();
    let total = form.funds.iter().find(|row| row.part_of.is_none()).map(|row| &row.spent);
    let total = total.or(form.execution.as_ref().map(|row| &row.spent));
    let Some((cell, spent)) = total.and_then(|cell| Some((cell, *cell.number()?))) else {
        return;
    };
    for (index, mention) in ledger.facts.mentions.iter().enumerate() {
        let (_, quantity, range) = ledger.mention(index);
        let own = matches!(mention.role, Role::Actual | Role::Spent)
            && mention.scope == Scope::Whole
            && period_of(mention, ledger.year) == Period::Report
            && !form.range.contains(&range.start)
            && Said::AllMoney.is_all_of(&plain(&mention.subject));
        let (Some(value), true) = (quantity.value_in(spent.unit), own && quantity.unit.is_money()) else {
            continue;
        };
        let is_known = known.iter().any(|cell| cell.value_in(spent.unit) == Some(value));
        let printed = (quantity.digits_like(&spent), spent.digits_like(&spent));
        if is_known || quantity.approx.is_some() || !one_digit_apart(&printed.0, &printed.1) {
            continue;
        }
        // a declared amount that stands at odds with the form has been told of already
        let span = ledger.span(range);
        ledger.memory.rests_on_more();
        if judgements.findings.iter().any(|told| told.places.iter().any(|place| place.span == span)) {
            return;
        }
        let said = ledger.quote(range);
        let message = format!("正文写“{}”{said}，自评表全年执行数是{}，只差一个数字；说的是同一笔钱的，要写成一致。", mention.subject, spent.text());
        let places = vec![ledger.place(range, "正文", ""), ledger.place(&cell.range, "全年执行数", "")];
        let finding = told::finding(check, &mention.subject, message, places);
        judgements.fail(Finding { severity: Severity::Info, ..finding });
        return;
    }
}

/// Whether two printed numbers of one length differ in exactly one digit.
fn one_digit_apart(a: &str, b: &str) -> bool {
    let digits = a.chars().filter(char::is_ascii_digit).count();
    a.len() == b.len() && digits > 2 && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() == 1
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
    let datum = Rows::new(ledger, Row::Form).datum(path)?;
    Statement::cell(datum, "表中金额")
}
