//! Why a check said nothing of a trial, and what was read of its report: the two questions of a writer whose 应提示 was
//! not answered.

use super::{declared, matching};
use crate::document::Document;
use crate::expr::fields::Context;
use crate::facts::{Facts, NumberKind, Role, from_document};
use crate::finding::{NotJudged, Outcome, Summary, Verdict};
use crate::ledger::Ledger;
use crate::lint;
use crate::model::trials::{Expectation, Trial, plain};
use crate::model::{Check, Model};
use crate::source::SourceId;

/// How many reasons for one missing finding are told.
const REASONS: usize = 3;
/// How many numbers or rows are named.
const NAMED: usize = 8;
/// What is said where a check is silent because another has called the same cell wrong.
const SAID_BEFORE: &str = "同一个数已由别的检查指出（见下），这项检查不再重复。";
/// What is said where a check goes through the form and there is none.
const NO_FORM: &str = "要核对自评表的检查，原文里要有表：表头和各行各写一行“原文：| … | … |”；只写指标行的，依次写一级指标、二级指标、三级指标、年度指标值、实际完成值、分值、得分、偏差原因。";
/// What is said of a subject that no rule declares.
const NO_NAME: &str = "规则里没有这个名称或别名";
/// What is said of a number whose role no word tells.
const NO_ROLE: &str = "看不出是目标还是完成值";

/// Why the check that an expectation names said nothing: what it lacked, or that it found nothing wrong.
pub(super) fn reasons(
    model: &Model,
    wanted: &Expectation,
    document: &Document,
    year: Option<i32>,
) -> Vec<String> {
    let name = wanted.check.as_deref().unwrap_or("");
    let checks: Vec<&Check> = named(model, name).collect();
    if checks.is_empty() {
        return vec![format!(
            "没有能用的检查“{name}”：规则里没有这项检查，或者它的写法有错误。"
        )];
    }
    if checks.iter().all(|check| is_void(check)) {
        return vec![format!("检查“{name}”的要求有错误，没有用上。请先改正。")];
    }
    let outcome = alone(model, &checks, document, year);
    let mut reasons: Vec<String> = Vec::new();
    for entry in outcome
        .not_judged
        .iter()
        .filter(|entry| is_meant(model, entry, wanted))
    {
        let subject = match entry.subject.as_str() {
            "" => String::new(),
            subject => format!("“{subject}”"),
        };
        let reason = format!("{subject}无从核对：{}。", entry.reason.trim_end_matches('。'));
        if !reasons.contains(&reason) && reasons.len() < REASONS {
            reasons.push(reason);
        }
    }
    let Summary { passed, failed, .. } = outcome.summary;
    if matching(model, wanted, &outcome).next().is_some() {
        // what it says alone, another check has said before it
        reasons.push(SAID_BEFORE.to_owned());
    } else if passed > 0 {
        reasons.push(format!("这项检查核对了 {passed} 处，都符合要求。"));
    } else if failed > 0 {
        reasons.push("这项检查查出的是别的内容（见下）。".to_owned());
    } else if reasons.is_empty() {
        reasons.push(not_applied(&checks).to_owned());
    }
    reasons
}

/// The checks of that name or 代号.
fn named<'m>(model: &'m Model, name: &str) -> impl Iterator<Item = &'m Check> {
    let name = plain(name);
    let checks = model.checks.iter();
    checks.filter(move |check| plain(&check.name) == name || plain(check.id()) == name)
}

/// Whether what is expected could be found at all, so that it is worth telling what was read.
pub(super) fn is_usable(model: &Model, wanted: &Expectation) -> bool {
    let name = wanted.check.as_deref().unwrap_or("");
    named(model, name).any(|check| !is_void(check))
}

/// Whether a check has no 要求 that could be read.
fn is_void(check: &Check) -> bool {
    check.requirements.is_empty() && !check.built_in
}

/// What these checks alone say: several checks share an id, and an outcome tells them apart only by what they found.
fn alone(model: &Model, checks: &[&Check], document: &Document, year: Option<i32>) -> Outcome {
    let mut alone = model.in_year(year).clone();
    alone.editions.clear();
    alone.checks = checks.iter().map(|check| (*check).clone()).collect();
    lint::report(&alone, document, year)
}

/// Whether what was not judged is what the writer means.
fn is_meant(model: &Model, entry: &NotJudged, wanted: &Expectation) -> bool {
    let same = |subject| declared(model, &entry.subject) == declared(model, subject);
    entry.subject.is_empty() || wanted.subject.as_deref().is_none_or(same)
}

/// A 不应提示 that holds only because nothing was judged.
pub(super) fn unjudged(
    model: &Model,
    not: &Expectation,
    document: &Document,
    outcome: &Outcome,
) -> Option<String> {
    let Some(name) = not.check.as_deref() else {
        let open = outcome.verdict == Verdict::Undetermined;
        let reasons = outcome.reasons.join("；");
        return open.then(|| format!("没有查出问题，不等于没有问题：{reasons}。"));
    };
    let written = &not.written;
    let checks: Vec<&Check> = named(model, name).collect();
    if !checks.is_empty() && checks.iter().all(|check| is_void(check)) {
        return Some(format!(
            "没有查出“{written}”，是因为这项检查的要求有错误，没有用上。"
        ));
    }
    let about = |entry: &&NotJudged| {
        is_meant(model, entry, not) && (not.subject.is_some() || entry.subject.is_empty())
    };
    let of_check = |entry: &NotJudged| checks.iter().any(|check| check.id() == entry.check);
    // most checks were judged: only where one of that id was not it is worth a closer look
    outcome
        .not_judged
        .iter()
        .filter(about)
        .find(|entry| of_check(entry))?;
    let outcome = alone(model, &checks, document, outcome.year);
    let entry = outcome.not_judged.iter().find(about)?;
    let reason = entry.reason.trim_end_matches('。');
    Some(format!("没有查出“{written}”，是因为无从核对：{reason}。"))
}

fn not_applied(checks: &[&Check]) -> &'static str {
    match checks.iter().any(|check| !check.when.is_empty()) {
        true => "没有轮到这项检查：“当”的条件不成立。",
        false => "没有轮到这项检查：原文里没有要它核对的内容。",
    }
}

/// What was read of a report: the rows of its form, and each number in its sentences with what it was taken for.
pub(super) fn read(model: &Model, trial: &Trial, document: &Document, year: Option<i32>) -> Vec<String> {
    let facts = from_document::facts_of(document, &model.units);
    let ledger = Ledger::new(
        model,
        document,
        &facts,
        SourceId(model.sources.len() as u32),
        year,
    );
    let mut told: Vec<String> = rows(&facts).into_iter().collect();
    told.push(numbers(&ledger));
    let checks = trial.expected.iter().filter_map(|wanted| wanted.check.as_deref());
    let of_form = |check: &Check| !check.built_in && check.context != Context::Report;
    if facts.form.is_none() && checks.flat_map(|name| named(model, name)).any(of_form) {
        told.push(NO_FORM.to_owned());
    }
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
            None if matches!(mention.role, Role::Score | Role::Weight) => {
                format!("说的是“{}”", mention.subject)
            }
            None => format!("说的是“{}”，{NO_NAME}", mention.subject),
        };
        format!("“{quote}”（{subject}，{}）", role(mention.role))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return "文字里没有读到带单位的数。".to_owned();
    }
    let mut text = format!("文字里读到的数：{}。", listed(&told, "；"));
    if text.contains(NO_NAME) {
        text.push_str("原文里的叫法要写进规则的“别名”，才算同一项。");
    }
    if text.contains(NO_ROLE) {
        text.push_str("分不清是目标还是完成值的数不参与比较，原文里要有“计划”“完成”这样的词。");
    }
    text
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
        Role::Unknown => NO_ROLE,
    }
}
