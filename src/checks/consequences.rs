//! One fault, one finding: what only follows from another finding on the same indicator is left out.

use crate::checks::Judgements;
use crate::finding::{Finding, Severity};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

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
    // What was copied from the goal says nothing of what was done.
    ("goal-copied", &["actual-mismatch"]),
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
    let causes = Causes::of(&judgements.findings);
    if causes.spans.is_empty() {
        return;
    }
    prove_signs(&mut judgements.findings);
    let mut told: FxHashSet<String> = FxHashSet::default();
    let (mut now, mut left): (Vec<Option<usize>>, usize) = (Vec::new(), 0);
    judgements.findings.retain(|finding| {
        // What the form and the rules of the place both demand to be explained is told once.
        let demanded = finding.check == "explanation-required";
        let again = demanded && !told.insert(finding.subject.clone());
        let kept = !again && !causes.explain(finding);
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

/// A sign that the score refutes is wrong beyond doubt.
fn prove_signs(findings: &mut [Finding]) {
    let scores = findings.iter().filter(|finding| finding.check == "score-rule");
    let refuted: FxHashSet<String> = scores.map(|finding| finding.subject.clone()).collect();
    for sign in findings
        .iter_mut()
        .filter(|finding| finding.check == "comparator-direction")
    {
        if refuted.contains(&sign.subject) && sign.severity != Severity::Info {
            sign.severity = Severity::Error;
            sign.message.push_str("按写出的符号算，得分对不上。");
        }
    }
}

/// The findings that make others a mere consequence, by what they are about and by where they stand.
struct Causes {
    subjects: FxHashMap<String, Vec<usize>>,
    spans: Vec<(Span, usize)>,
}

impl Causes {
    fn of(findings: &[Finding]) -> Causes {
        let mut subjects: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut spans = Vec::new();
        for finding in findings
            .iter()
            .filter(|finding| finding.severity != Severity::Info)
        {
            let row = CONSEQUENCES.iter().position(|(cause, _)| *cause == finding.check);
            if let Some(row) = row {
                let known = subjects.entry(finding.subject.clone()).or_default();
                if !known.contains(&row) {
                    known.push(row);
                }
                spans.extend(finding.places.first().map(|place| (place.span, row)));
            }
        }
        spans.sort_unstable_by_key(|(span, _)| (span.source, span.start));
        Causes { subjects, spans }
    }

    /// Whether a cause on the same indicator, or of the same number, says it already.
    fn explain(&self, finding: &Finding) -> bool {
        let follows = |row: &usize| {
            let (cause, all) = CONSEQUENCES[*row];
            cause != finding.check && all.contains(&finding.check.as_str())
        };
        let named = self
            .subjects
            .get(&finding.subject)
            .filter(|_| !finding.subject.is_empty());
        named.is_some_and(|rows| rows.iter().any(follows))
            || finding
                .places
                .iter()
                .any(|place| self.around(place.span).is_some_and(|row| follows(&row)))
    }

    /// The cause that stands around a place.
    fn around(&self, place: Span) -> Option<usize> {
        let after = self
            .spans
            .partition_point(|(span, _)| (span.source, span.start) <= (place.source, place.start));
        let (span, row) = self.spans.get(after.checked_sub(1)?)?;
        (span.source == place.source && place.end <= span.end).then_some(*row)
    }
}
