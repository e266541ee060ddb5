//! What a batch came to, as the JSON of `check` ends with it: fields are only ever added.

use crate::render::totals::Batch;
use serde::Serialize;

/// The sums of a run.
#[derive(Serialize)]
pub(super) struct Totals<'a> {
    reports: usize,
    passed: usize,
    failed: usize,
    undetermined: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped_before: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<usize>,
    checks: Vec<CheckCount<'a>>,
    undetermined_reports: Vec<Undetermined<'a>>,
}

#[derive(Serialize)]
struct CheckCount<'a> {
    check: &'a str,
    title: &'a str,
    findings: usize,
    reports: usize,
}

#[derive(Serialize)]
struct Undetermined<'a> {
    path: &'a str,
    reasons: &'a [String],
}

/// The sums of that run.
pub(super) fn totals(batch: &Batch) -> Totals<'_> {
    let verdicts = batch.verdicts;
    Totals {
        reports: verdicts.reports(),
        passed: verdicts.passed,
        failed: verdicts.failed,
        undetermined: verdicts.undetermined,
        stopped_before: batch.stopped_before,
        known: Some(batch.known).filter(|count| *count > 0),
        checks: batch
            .checks()
            .into_iter()
            .map(|count| CheckCount {
                check: &count.check,
                title: &count.title,
                findings: count.findings,
                reports: count.reports,
            })
            .collect(),
        undetermined_reports: batch
            .undetermined
            .iter()
            .map(|report| Undetermined {
                path: &report.path,
                reasons: &report.reasons,
            })
            .collect(),
    }
}
