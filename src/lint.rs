//! The whole run on one page: rules and a report in, an outcome out.

use crate::checks;
use crate::document::Document;
use crate::facts::{Facts, NumberKind, from_document, periods};
use crate::finding::{Finding, Outcome, Summary, Verdict, fingerprint};
use crate::ledger::Ledger;
use crate::model::Model;
use crate::source::{SourceId, Span};
use std::collections::{HashMap, HashSet};

/// Judges a report. `year` is the user's `--year`; otherwise the form's, the title's or the rules' counts, at last the
/// only one that the report names.
pub fn report(model: &Model, document: &Document, year: Option<i32>) -> Outcome {
    let facts = from_document::facts_of(document, &model.units);
    let year = year
        .or(facts.year)
        .or(model.year)
        .or_else(|| periods::only_year(&facts.mentions));
    let model = model.in_year(year);
    let source = SourceId(model.sources.len() as u32);
    let mut ledger = Ledger::new(model, document, &facts, source, year);
    let judgements = checks::judge(&mut ledger);
    let summary = Summary {
        judged: judgements.passed + judgements.failed,
        passed: judgements.passed,
        failed: judgements.failed,
        not_judged: judgements.not_judged.len() as u32,
        numbers: quantities(&facts) as u32,
        used: ledger.numbers_used() as u32,
    };
    let mut findings = judgements.findings;
    group(&mut findings, &ledger);
    let mut sources = model.sources.clone();
    sources.extend(document.sources());
    let (reasons, mut notes) = dormant(model, year);
    notes.extend(document.notes.iter().cloned());
    let judged = summary.judged - judgements.of_letters;
    let reasons = not_read(document, &facts, judged, reasons);
    fingerprint::stamp(&mut findings, &sources);
    let outcome = Outcome {
        path: document.source.name.clone(),
        files: document
            .parts
            .iter()
            .map(|part| part.document.source.name.clone())
            .collect(),
        verdict: Verdict::Pass,
        reasons,
        year,
        kind: facts
            .form
            .as_ref()
            .and_then(|form| form.kind)
            .map(|kind| kind.name().to_owned()),
        rules: model.packs_used(),
        summary,
        checks: judgements.tallies,
        not_judged: judgements.not_judged,
        findings,
        known: None,
        adjusted: Vec::new(),
        notes,
        sources,
    };
    Outcome {
        verdict: outcome.settled(),
        ..outcome
    }
}

/// Checks are independent of one another; people read a report from its beginning, and what is said of one indicator
/// together, where the first of it stands.
fn group(findings: &mut [Finding], ledger: &Ledger) {
    let rows = ledger.form().map_or(&[][..], |form| &form.rows);
    let rows = rows.iter().map(|row| row.name.text.as_str());
    let names: HashSet<&str> = rows
        .chain(ledger.model.names.iter().map(|name| name.name.as_str()))
        .collect();
    let mut first: HashMap<String, Span> = HashMap::new();
    for finding in findings
        .iter()
        .filter(|finding| names.contains(finding.subject.as_str()))
    {
        let place = first
            .entry(finding.subject.clone())
            .or_insert(finding.places[0].span);
        *place = (*place).min(finding.places[0].span);
    }
    findings.sort_by_cached_key(|finding| {
        let own = finding.places[0].span;
        let group = first.get(&finding.subject).copied().unwrap_or(own);
        (group, own, finding.severity, finding.check.clone())
    });
}

/// CHECKS.md, Verdicts: what was not read, and that nothing was judged, leave a report undetermined.
fn not_read(document: &Document, facts: &Facts, judged: u32, mut reasons: Vec<String>) -> Vec<String> {
    let by_none = !reasons.is_empty();
    reasons.extend(document.unread.iter().cloned());
    reasons.extend(facts.form.iter().flat_map(|form| form.not_read()));
    if judged == 0 && !by_none {
        let form = match facts.form.is_some() {
            true => "自评表里没有可以互相核对的数",
            false => "没有读到自评表，也没有可以互相对照的数和要求的章节",
        };
        reasons.push(format!("除错别字外，没有一项检查能够核对：{form}"));
    }
    reasons
}

/// What does not judge a report of that year (适用年度): the reasons for which nothing can be said of it, and remarks.
fn dormant(model: &Model, year: Option<i32>) -> (Vec<String>, Vec<String>) {
    let none_is_left = model.packs.is_empty();
    let mut told = (Vec::new(), Vec::new());
    if model.needs_year {
        let text = "有的规则只在写明年度时才能用，看不出这份报告是哪一年的；可以用 --year 写明年度";
        told.0.push(text.to_owned());
    }
    for (pack, own) in &model.dormant {
        let Some(years) = pack.years else { continue };
        let name = &pack.name;
        let text = match year {
            Some(year) => format!("规则“{name}”适用 {years}，这份报告是 {year} 年的，没有用它核对"),
            None => format!(
                "规则“{name}”适用 {years}，看不出这份报告是哪一年的，没有用它核对；可以用 --year 写明年度"
            ),
        };
        match *own && (none_is_left || year.is_none()) {
            true => told.0.push(text),
            false => told.1.push(text + "。"),
        }
    }
    told
}

fn quantities(facts: &Facts) -> usize {
    facts
        .numbers
        .iter()
        .filter(|number| number.kind == NumberKind::Quantity)
        .count()
}
