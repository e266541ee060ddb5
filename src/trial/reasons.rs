//! Why a check said nothing of a trial, and what was read of its report: the two questions of a writer whose 应提示 was
//! not answered.

use super::declared;
use crate::document::Document;
use crate::facts::{Facts, NumberKind, Role, from_document};
use crate::finding::Outcome;
use crate::ledger::Ledger;
use crate::model::trials::{Expectation, plain};
use crate::model::{Check, Model};
use crate::source::SourceId;

/// How many reasons for one missing finding are told.
const REASONS: usize = 3;
/// How many numbers or rows are named.
const NAMED: usize = 8;

/// Why the check that an expectation names said nothing: what it lacked, or that it found nothing wrong.
pub(super) fn reasons(model: &Model, wanted: &Expectation, outcome: &Outcome) -> Vec<String> {
    let name = wanted.check.as_deref().unwrap_or("");
    let same = |check: &&Check| plain(&check.name) == plain(name) || plain(check.id()) == plain(name);
    let Some(check) = model.checks.iter().find(same) else {
        return vec![format!("没有能用的检查“{name}”：规则里没有这项检查，或者它的写法有错误。")];
    };
    if check.requirements.is_empty() && !check.built_in {
        return vec![format!("检查“{name}”的要求有错误，没有用上。请先改正。")];
    }
    let about = |subject: &str| match &wanted.subject {
        Some(wanted) => subject.is_empty() || declared(model, subject) == declared(model, wanted),
        None => true,
    };
    let mut reasons: Vec<String> = Vec::new();
    let entries = outcome.not_judged.iter().filter(|entry| entry.check == check.id() && about(&entry.subject));
    for entry in entries {
        let subject = match entry.subject.as_str() {
            "" => String::new(),
            subject => format!("“{subject}”"),
        };
        let reason = format!("{subject}无从核对：{}。", entry.reason.trim_end_matches('。'));
        if !reasons.contains(&reason) && reasons.len() < REASONS {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() {
        reasons.push(nothing_wrong(check).to_owned());
    }
    reasons
}

fn nothing_wrong(check: &Check) -> &'static str {
    if check.when.is_empty() {
        "这项检查没有查出问题：要求成立，或者原文里没有要它核对的内容。"
    } else {
        "这项检查没有查出问题：要求成立，或者“当”的条件不成立。"
    }
}

/// What was read of a report: the rows of its form, and each number in its sentences with what it was taken for.
pub(super) fn read(model: &Model, document: &Document, year: Option<i32>) -> Vec<String> {
    let facts = from_document::facts_of(document, &model.units);
    let ledger = Ledger::new(model, document, &facts, SourceId(model.sources.len() as u32), year);
    let mut told: Vec<String> = rows(&facts).into_iter().collect();
    told.push(numbers(&ledger));
    told
}

fn rows(facts: &Facts) -> Option<String> {
    let form = facts.form.as_ref()?;
    let rows = form.rows.iter().map(|row| {
        let named = |label: &str, text: &str| match text {
            "" => String::new(),
            text => format!("，{label}{text}"),
        };
        let values = [
            named("目标", &row.target.text),
            named("完成", &row.actual.text),
            named("分值", &row.weight.text),
            named("得分", &row.score.text),
        ];
        format!("{}{}", row.name.text, values.concat())
    });
    let rows: Vec<String> = rows.collect();
    match rows.len() {
        0 => Some("读到自评表，其中没有指标。".to_owned()),
        count => Some(format!("读到自评表，指标 {count} 项：{}。", listed(&rows, "；"))),
    }
}

fn numbers(ledger: &Ledger) -> String {
    let facts = ledger.facts;
    let in_prose = |mention: &usize| {
        let mention = &facts.mentions[*mention];
        !mention.in_form && facts.numbers[mention.number].kind == NumberKind::Quantity
    };
    let told = (0..facts.mentions.len()).filter(in_prose).map(|at| {
        let mention = &facts.mentions[at];
        let quote = ledger.quote(&facts.numbers[mention.number].range);
        let owner = ledger.entries.iter().find(|entry| entry.mentions.contains(&at));
        let subject = match owner {
            Some(entry) => format!("算作“{}”", entry.label),
            None if mention.subject.is_empty() => "没有认出说的是哪一项".to_owned(),
            None => format!("说的是“{}”，规则里没有这个名称或别名", mention.subject),
        };
        format!("“{quote}”（{subject}，{}）", role(mention.role))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return "文字里没有读到带单位的数。".to_owned();
    }
    format!("文字里读到的数：{}。", listed(&told, "；"))
}

fn listed(items: &[String], between: &str) -> String {
    let mut text = items[..items.len().min(NAMED)].join(between);
    if items.len() > NAMED {
        text.push_str(&format!("；还有 {} 项", items.len() - NAMED));
    }
    text
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Target => "是目标",
        Role::Actual => "是完成值",
        Role::Budget => "是预算",
        Role::Spent => "是支出",
        Role::Weight => "是分值",
        Role::Score => "是得分",
        Role::Unknown => "看不出是目标还是完成值",
    }
}
