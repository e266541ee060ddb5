//! A report with several forms: each is judged, and each finding tells in which of them it is.

use super::{BuiltIn, CHECKS, Judgements, formulas};
use crate::expr::fields::Context;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::model::Check;
use crate::source::Span;

/// Judges the forms behind the first by all checks that look at a form alone.
pub(super) fn judge_others(ledger: &mut Ledger, checks: &[&Check], judgements: &mut Judgements) {
    for form in &ledger.facts.other_forms {
        let mut own = ledger.of_form(form);
        let mut found = Judgements::default();
        for check in checks.iter().copied() {
            let before = (found.passed, found.failed, found.not_judged.len());
            match built_in(check) {
                Some(code) => {
                    if let Some(run) = code.of_form {
                        run(&mut own, check, &mut found);
                    }
                }
                None if !check.built_in && is_of_a_form(check) => formulas::run(&mut own, check, &mut found),
                _ => {}
            }
            found.count(check, before);
        }
        ledger.used.extend(own.used);
        add(judgements, found);
    }
}

/// Adds what was found in one more form.
fn add(judgements: &mut Judgements, found: Judgements) {
    found
        .tallies
        .into_iter()
        .for_each(|tally| judgements.add_tally(tally));
    judgements.findings.extend(found.findings);
    judgements.passed += found.passed;
    judgements.failed += found.failed;
    judgements.not_judged.extend(found.not_judged);
}

/// The code of a check, where it is one that only code can make.
pub(super) fn built_in(check: &Check) -> Option<&'static BuiltIn> {
    CHECKS.iter().find(|code| check.built_in && code.id == check.id())
}

/// Whether a formula goes through the rows of a form.
fn is_of_a_form(check: &Check) -> bool {
    !matches!(check.context, Context::Report | Context::Declared)
}

/// Puts before each message the form in which the finding is, where the report has several.
pub(super) fn name_forms(ledger: &Ledger, findings: &mut [Finding]) {
    let forms = ledger.facts.forms();
    if forms.len() < 2 {
        return;
    }
    let spans: Vec<Span> = forms.iter().map(|form| ledger.span(&form.range)).collect();
    for finding in findings {
        let Some(place) = finding.places.first().map(|place| place.span) else {
            continue;
        };
        let after = spans.partition_point(|span| (span.source, span.start) <= (place.source, place.start));
        let Some(at) = after.checked_sub(1) else { continue };
        if spans[at].source != place.source || place.start >= spans[at].end {
            continue;
        }
        let project = match forms[at].project.text.as_str() {
            "" => String::new(),
            name => format!("“{name}”"),
        };
        finding.message = format!("第 {} 张表{project}：{}", at + 1, finding.message);
    }
}
