//! 目标前后不一致（target-mismatch）
//!
//! 查什么：同一个指标的目标，在正文、绩效目标、自评表和规则文件里写的数是不是一样。
//! 为什么：目标是评价的依据，前后不一就无法评分，财政部门会退回报告。
//! 怎么改：以批复的绩效目标为准，把各处改成同一个数；如果年中调整过目标，写明调整的文件。
//! 例：正文写“实现上云企业达到1万家”，自评表写“上云企业达到8000家”。
//! 不算：单位换算后相同（1.2万亩和12000亩）；写明是别的年度、累计、新增的数；“约”“近”“余”范围内的数。
//! 依据：预算批复时下达的绩效目标；没有批准调整的，自评时不能另写。

use crate::checks::Judgements;
use crate::checks::statements::{Statement, hold_together, mentioned, unnamed};
use crate::facts::Role;
use crate::ledger::Ledger;
use crate::ledger::link::Entry;
use crate::ledger::direction::opposite;
use crate::model::{Check, Target};

/// Holds every name's targets against each other, those of the rules and of the form among them.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let entries = std::mem::take(&mut ledger.entries);
    for entry in &entries {
        let mut statements = mentioned(ledger, entry, "目标", |mention| mention.role == Role::Target);
        statements.extend(form_target(ledger, entry));
        statements.extend(rule_target(ledger, entry, !statements.is_empty()));
        opposite_signs(ledger, check, entry, judgements);
        hold_together(ledger, check, &entry.label, "目标", statements, true, judgements);
    }
    ledger.entries = entries;
    for (subject, statements) in unnamed(ledger, Role::Target, "目标") {
        hold_together(ledger, check, &subject, "目标", statements, true, judgements);
    }
}

fn form_target(ledger: &Ledger, entry: &Entry) -> Option<Statement> {
    let row = &ledger.form()?.rows[entry.row?];
    Statement::cell(&row.target, "目标")
}

/// The target that the rules declare, where the report states one too.
fn rule_target(ledger: &Ledger, entry: &Entry, reported: bool) -> Option<Statement> {
    let indicator = ledger.model.names[entry.name?].indicator.as_ref()?;
    let Some(Target::Number(quantity)) = &indicator.target else { return None };
    reported.then(|| Statement::of_rule(quantity, indicator.target_span))
}

/// ≥ in the form where the rules say ≤: the same number, but another target.
fn opposite_signs(ledger: &Ledger, check: &Check, entry: &Entry, judgements: &mut Judgements) {
    let (Some(form), Some(rule)) = (form_target(ledger, entry), rule_target(ledger, entry, true)) else { return };
    if !opposite(form.quantity.bound, rule.quantity.bound) {
        return;
    }
    let message = format!(
        "“{}”的目标写作“{}”，规则规定的是“{}”，方向相反。",
        entry.label,
        form.quantity.text(),
        rule.quantity.text()
    );
    let mut finding = crate::finding::Finding::new(check.id(), &check.name, check.severity, message, form.place(ledger).span)
        .help("核对比较符号：越多越好的写 ≥，越少越好的写 ≤。");
    finding.subject.clone_from(&entry.label);
    finding.places = vec![form.place(ledger), rule.place(ledger)];
    judgements.fail(finding);
}
