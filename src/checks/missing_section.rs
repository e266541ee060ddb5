//! 缺章节（missing-section）
//!
//! 查什么：规则要求的章节，报告里有没有相应的标题。
//! 为什么：报告提纲是主管部门规定的，缺章节的报告要退回补写。
//! 怎么改：补写这一章；内容已经写在别处的，把标题改成规定的名称。
//! 例：要求有“存在的问题及原因分析”，报告只写到“主要经验及做法”。
//! 不算：标题里多几个字（项目基本情况）；规则用“别名”写明的其他标题；用顿号连着的几项分开成几个标题；报告没有分章节（无从核对）。
//! 依据：规则中“章节”一行所写的依据，如财预〔2020〕10号所附的报告提纲。

use crate::checks::Judgements;
use crate::finding::{Finding, Place, RuleLine};
use crate::facts::Heading;
use std::borrow::Cow;
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::{Check, Section};

/// The fewest headings that show that a report is divided into sections at all.
const FEWEST_HEADINGS: usize = 2;

/// Looks for every section that the rules demand.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let titles: Vec<_> = ledger.facts.outline.iter().map(|heading| plain(&heading.title)).collect();
    let of_report = ledger.facts.outline.iter().filter(|heading| !is_of_form(ledger, heading)).count();
    for section in &ledger.model.sections {
        if of_report < FEWEST_HEADINGS {
            judgements.skip(check.id(), &section.title, "报告里没有读到分章节的标题");
        } else if stands(section, &titles) {
            judgements.passed += 1;
        } else {
            judgements.fail(missing(ledger, check, section));
        }
    }
}

/// The title of a form and what stands between it and the form's rows: a file that holds the form alone has no sections.
fn is_of_form(ledger: &Ledger, heading: &Heading) -> bool {
    let mut forms = ledger.facts.form.iter().chain(&ledger.facts.other_forms);
    forms.any(|form| {
        let start = form.title.as_ref().map_or(form.range.start, |title| title.start);
        (start..form.range.end).contains(&heading.range.start)
    })
}

/// A title stands where a heading holds it, or where its parts stand in several headings.
fn stands(section: &Section, titles: &[Cow<str>]) -> bool {
    let held = |title: &str| titles.iter().any(|heading| heading.contains(title));
    std::iter::once(&section.title).chain(&section.aliases).any(|title| {
        let whole = plain(title);
        held(&whole) || whole.contains('、') && whole.split('、').all(held)
    })
}

fn missing(ledger: &Ledger, check: &Check, section: &Section) -> Finding {
    let outline = &ledger.facts.outline;
    let places: Vec<Place> = outline.iter().filter(|heading| heading.level == 1).map(|heading| {
        ledger.place(&heading.range, "已有章节", "")
    }).collect();
    let basis = if section.basis.is_empty() { check.basis.clone() } else { section.basis.clone() };
    let span = places.first().map_or(ledger.span(&outline[0].range), |place| place.span);
    let message = format!("没有找到“{}”这一章。", section.title);
    let mut finding = Finding::new(check.id(), &check.name, section.severity.unwrap_or(check.severity), message, span)
        .help(super::formulas::plain_help(check));
    finding.subject.clone_from(&section.title);
    finding.rule = Some(RuleLine { span: section.span, basis });
    if !places.is_empty() {
        finding.places = places;
    }
    finding
}
