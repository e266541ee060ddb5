//! A report with several forms: each is judged, and each finding tells in which of them it is.

use super::{BuiltIn, CHECKS, Judgements, formulas};
use crate::expr::fields::Context;
use crate::finding::{Finding, NotJudged};
use crate::ledger::Ledger;
use crate::model::Check;

/// The checks that only code can make and that look at the form alone: they judge each of several.
const OF_A_FORM: &[&str] = &[
    "score-over-weight",
    "weight-scheme",
    "fund-sum",
    "unit-mismatch",
    "actual-not-numeric",
    "actual-as-comparator",
    "comparator-direction",
    "missing-value",
    "missing-group",
    "goal-copied",
    "goal-text",
    "wrong-category",
    "explanation-required",
    "unit-scale",
    "template-leftover",
];

/// Judges the forms behind the first by all checks that look at a form alone.
pub(super) fn judge_others(ledger: &mut Ledger, checks: &[&Check], judgements: &mut Judgements) {
    for form in &ledger.facts.other_forms {
        let mut own = ledger.of_form(form);
        let mut found = Judgements::default();
        for check in checks {
            match built_in(check) {
                Some(code) if OF_A_FORM.contains(&code.id) => (code.run)(&mut own, check, &mut found),
                None if !check.built_in && is_of_a_form(check) => formulas::run(&mut own, check, &mut found),
                _ => {}
            }
        }
        ledger.used.extend(own.used);
        add(judgements, found);
    }
}

/// The code of a check, where it is one that only code can make.
pub(super) fn built_in(check: &Check) -> Option<&'static BuiltIn> {
    CHECKS.iter().find(|code| check.built_in && code.id == check.id())
}

/// Whether a formula goes through the rows of a form.
fn is_of_a_form(check: &Check) -> bool {
    !matches!(check.context, Context::Report | Context::Declared)
}

/// Adds what was found in one more form; what a check finds of the whole report was told with the first.
fn add(judgements: &mut Judgements, found: Judgements) {
    let told = |finding: &Finding| {
        let same = |other: &Finding| other.check == finding.check && other.places == finding.places;
        judgements.findings.iter().any(same)
    };
    let fresh: Vec<Finding> = found
        .findings
        .into_iter()
        .filter(|finding| !told(finding))
        .collect();
    judgements.failed += fresh.len() as u32;
    judgements.findings.extend(fresh);
    judgements.passed += found.passed;
    let known = |entry: &NotJudged| judgements.not_judged.contains(entry);
    let fresh: Vec<NotJudged> = found
        .not_judged
        .into_iter()
        .filter(|entry| !known(entry))
        .collect();
    judgements.not_judged.extend(fresh);
}

/// Puts before each message the form in which the finding is, where the report has several.
pub(super) fn name_forms(ledger: &Ledger, findings: &mut [Finding]) {
    let forms = ledger.facts.forms();
    if forms.len() < 2 {
        return;
    }
    for finding in findings {
        let Some(place) = finding.places.first() else {
            continue;
        };
        let holds = |range: &std::ops::Range<u32>| {
            let span = ledger.span(range);
            span.source == place.span.source && span.start <= place.span.start && place.span.start < span.end
        };
        let Some(at) = forms.iter().position(|form| holds(&form.range)) else {
            continue;
        };
        let project = match forms[at].project.text.as_str() {
            "" => String::new(),
            name => format!("“{name}”"),
        };
        finding.message = format!("第 {} 张表{project}：{}", at + 1, finding.message);
    }
}
