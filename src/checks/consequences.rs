//! One fault, one finding: what only follows from another finding on the same indicator is left out.

use crate::checks::Judgements;
use crate::finding::{Finding, Severity};

/// Findings (left) that make those on the same indicator (right) a mere consequence.
const CONSEQUENCES: &[(&str, &[&str])] = &[
    (
        "missing-value",
        &[
            "deduction-unexplained",
            "score-rule",
            "overachievement-unexplained",
        ],
    ),
    (
        "actual-not-numeric",
        &["deduction-unexplained", "score-rule", "goal-text"],
    ),
    ("actual-as-comparator", &["score-rule"]),
    (
        "explanation-required",
        &[
            "overachievement-unexplained",
            "deduction-unexplained",
            "explanation-required",
        ],
    ),
    (
        "unit-mismatch",
        &["score-rule", "target-mismatch", "actual-mismatch"],
    ),
    ("unit-scale", &["unit-mismatch", "execution-over-budget"]),
];

/// Leaves out what is said already. The number of judgements that did not hold stays as it is.
pub(super) fn leave_out(judgements: &mut Judgements) {
    let causes: Vec<(String, String)> = judgements
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info)
        .filter(|finding| CONSEQUENCES.iter().any(|(cause, _)| *cause == finding.check))
        .map(|finding| (finding.check.clone(), finding.subject.clone()))
        .collect();
    if causes.is_empty() {
        return;
    }
    let mut told: Vec<(String, String)> = Vec::new();
    judgements.findings.retain(|finding| {
        let again = told.contains(&key(finding)) && finding.check == "explanation-required";
        told.push(key(finding));
        !again && !follows(finding, &causes)
    });
}

fn key(finding: &Finding) -> (String, String) {
    (finding.check.clone(), finding.subject.clone())
}

/// Whether a cause on the same indicator says it already.
fn follows(finding: &Finding, causes: &[(String, String)]) -> bool {
    let named = !finding.subject.is_empty();
    causes
        .iter()
        .filter(|(cause, _)| *cause != finding.check)
        .any(|(cause, subject)| {
            let consequences = CONSEQUENCES.iter().find(|(known, _)| known == cause);
            let follows = consequences.is_some_and(|(_, all)| all.contains(&finding.check.as_str()));
            named && follows && *subject == finding.subject
        })
}
