//! 缺附件（missing-attachment）
//!
//! 查什么：规则用“附件：…”列出的材料，报告的附件清单里有没有；报告里就有这张表的，也算有。
//! 为什么：自评表、验收意见这些材料要随报告一起报送，缺了要退回补齐。
//! 怎么改：补上附件，并在报告末尾写明“附件：1. …”；附件另外成册报送的，也要在报告末尾列出名称。
//! 例：规则要求“验收意见”，报告末尾的附件只列了“项目支出绩效自评表”。
//! 不算：名称多几个字或换个说法（“满意度调查表”“关于下达资金的通知”）；正文写明“见附件”的；报告里就有的表。
//! 程序只看这一个文件：附件是单独的文件而报告没有列出名称的，会提示，核对后不用改。
//! 依据：规则中“附件”一行所写的依据，如自评工作通知里的报送要求。

use crate::checks::Judgements;
use crate::facts::form::FormKind;
use crate::finding::{Finding, Place, RuleLine, Severity};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::{Attachment, Check};
use std::ops::Range;

/// Looks for every material that the rules demand.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let attachments = &ledger.facts.attachments;
    let named = |ranges: &[Range<u32>]| -> Vec<String> {
        ranges
            .iter()
            .map(|range| plain(ledger.quote(range)).into_owned())
            .collect()
    };
    let mut lines = named(&attachments.listed);
    lines.extend(named(&attachments.mentioned));
    lines.extend(named(&attachments.titles));
    let mut missing: Vec<&Attachment> = Vec::new();
    for wanted in &ledger.model.attachments {
        let name = plain(&wanted.name);
        if is_the_form(ledger, &name) || lines.iter().any(|line| tells(line, &name)) {
            judgements.passed += 1;
        } else {
            missing.push(wanted);
        }
    }
    if missing.is_empty() {
        return;
    }
    let finding = told(ledger, check, &missing);
    judgements.fail(finding);
}

/// The form that was read is itself the material.
fn is_the_form(ledger: &Ledger, name: &str) -> bool {
    let Some(form) = ledger.form() else { return false };
    match form.kind {
        Some(FormKind::Targets) => name.contains("目标") && !name.contains("自评"),
        _ => name.contains("自评表") || name.contains("评分表"),
    }
}

/// Ends of names that say only what kind of paper it is.
const KINDS: &[&str] = &[
    "汇总表",
    "统计表",
    "明细表",
    "情况表",
    "一览表",
    "文件",
    "材料",
    "资料",
    "报告",
    "意见",
    "证明",
    "清单",
    "通知",
    "凭证",
    "照片",
    "复印件",
    "表",
];

/// Whether a line speaks of a material: it holds its name, the end of it, or most of its letters.
fn tells(line: &str, name: &str) -> bool {
    let kind = KINDS.iter().find_map(|kind| name.strip_suffix(kind));
    let core = kind.filter(|core| core.chars().count() >= 2).unwrap_or(name);
    let letters: Vec<char> = core.chars().collect();
    let held = letters.iter().filter(|letter| line.contains(**letter)).count();
    let tail: String = letters[letters.len().saturating_sub(4)..].iter().collect();
    line.contains(core) || line.contains(&tail) || (letters.len() > 3 && held * 3 >= letters.len() * 2)
}

fn told(ledger: &Ledger, check: &Check, missing: &[&Attachment]) -> Finding {
    let names: Vec<&str> = missing.iter().map(|wanted| wanted.name.as_str()).collect();
    let names = names.join("、");
    let listed = &ledger.facts.attachments.listed;
    let message = match listed.is_empty() {
        true => format!("报告没有附件清单，没有看到：{names}。"),
        false => format!("附件清单里没有：{names}。"),
    };
    let places: Vec<Place> = match listed.is_empty() {
        true => vec![ledger.place(&end_of(ledger), "", "附件应列在这里")],
        false => listed
            .iter()
            .map(|range| ledger.place(range, "附件清单", ""))
            .collect(),
    };
    let gravest: Option<Severity> = missing.iter().filter_map(|wanted| wanted.severity).min();
    let first = missing[0];
    let basis = if first.basis.is_empty() {
        &check.basis
    } else {
        &first.basis
    };
    Finding {
        subject: names,
        severity: gravest.unwrap_or(check.severity),
        ..super::unmet(check, message, RuleLine {
            span: first.span,
            basis: basis.clone(),
        }, places)
    }
}

/// The last line of the report, where a list of attachments would stand.
fn end_of(ledger: &Ledger) -> Range<u32> {
    let text = ledger.text().trim_end();
    let from = text.rfind('\n').map_or(0, |at| at + 1);
    from as u32..text.len() as u32
}
