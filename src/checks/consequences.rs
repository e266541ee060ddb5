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
    // The score that the wrong sign refutes proves that the sign is wrong.
    ("comparator-direction", &["score-rule"]),
    ("target-mismatch", &["comparator-direction"]),
    (
        "unit-mismatch",
        &["score-rule", "target-mismatch", "actual-mismatch"],
    ),
    (
        "unit-scale",
        &[
            "unit-mismatch",
            "execution-over-budget",
            "amount-mismatch",
            "count-sum",
            "fund-sum",
        ],
    ),
];

/// Leaves out what is said already. The number of judgements that did not hold stays as it is.
pub(super) fn leave_out(judgements: &mut Judgements) {
    let is_cause = |finding: &&Finding| {
        let known = CONSEQUENCES.iter().any(|(cause, _)| *cause == finding.check);
        known && finding.severity != Severity::Info
    };
    let causes: Vec<Finding> = judgements.findings.iter().filter(is_cause).cloned().collect();
    if causes.is_empty() {
        return;
    }
    let is_score = |finding: &&Finding| finding.check == "score-rule";
    let all_scores: Vec<Finding> = judgements.findings.iter().filter(is_score).cloned().collect();
    for cause in judgements
        .findings
        .iter_mut()
        .filter(|cause| cause.check == "comparator-direction")
    {
        let refutes = |score: &Finding| score.check == "score-rule" && score.subject == cause.subject;
        if all_scores.iter().any(|score| refutes(score)) && cause.severity != Severity::Info {
            cause.severity = Severity::Error;
            cause.message.push_str("按写出的符号算，得分对不上。");
        }
    }
    let mut told: Vec<String> = Vec::new();
    let (mut now, mut left): (Vec<Option<usize>>, usize) = (Vec::new(), 0);
    judgements.findings.retain(|finding| {
        // What the form and the rules of the place both demand to be explained is told once.
        let again = finding.check == "explanation-required" && told.contains(&finding.subject);
        if finding.check == "explanation-required" {
            told.push(finding.subject.clone());
        }
        let kept = !again && !causes.iter().any(|cause| follows(finding, cause));
        now.push(kept.then_some(left));
        left += usize::from(kept);
        kept
    });
    // what is known of a finding by its place among them follows it
    judgements.suspects.retain_mut(|suspect| {
        let at = now.get(suspect.finding).copied().flatten();
        suspect.finding = at.unwrap_or(suspect.finding);
        at.is_some()
    });
}

/// Whether a finding is a mere consequence of a cause: on the same indicator, or of the same number.
fn follows(finding: &Finding, cause: &Finding) -> bool {
    let of_cause = CONSEQUENCES.iter().find(|(known, _)| *known == cause.check);
    let follows = of_cause.is_some_and(|(_, all)| all.contains(&finding.check.as_str()));
    let shares = || {
        let first = cause.places.first();
        first.is_some_and(|first| finding.places.iter().any(|place| place.span == first.span))
    };
    let same = !finding.subject.is_empty() && finding.subject == cause.subject;
    follows && finding.check != cause.check && (same || shares())
}
