//! Outcomes to JSON: the fields and their names are a contract, later versions only add to them.

use crate::finding::{Accepted, Adjusted, Finding, Outcome, PackUsed, Place, RuleLine};
use crate::render::positions::Positions;
use crate::render::totals::Batch;
use crate::render::totals_to_json::totals;
use crate::render::words;
use serde::Serialize;

/// The version of the format.
pub const VERSION: u32 = 1;

/// The program that wrote the JSON.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    /// This program.
    pub(super) fn this() -> Tool {
        Tool {
            name: "jixiao",
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

#[derive(Serialize)]
struct Report<'a> {
    /// Only where the report is a document of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    path: &'a str,
    /// Where the report is several files.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    files: &'a [String],
    verdict: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    reasons: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    rules: Vec<Rules<'a>>,
    summary: Summary,
    not_judged: Vec<NotJudged<'a>>,
    findings: Vec<FindingOut<'a>>,
    /// Where an earlier result was compared with: what it holds already and is left out here.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    known: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    /// Of a rule file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    adjustments: Vec<Adjustment<'a>>,
}

#[derive(Serialize)]
struct Adjustment<'a> {
    target: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    what: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    before: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    after: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Rules<'a> {
    name: &'a str,
    version: &'a str,
    digest: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    years: &'a str,
}

#[derive(Serialize)]
struct Summary {
    judged: u32,
    passed: u32,
    failed: u32,
    not_judged: u32,
    numbers: u32,
    used: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<usize>,
}

#[derive(Serialize)]
struct NotJudged<'a> {
    check: &'a str,
    subject: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
pub(super) struct FindingOut<'a> {
    check: &'a str,
    title: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    help: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Rule<'a>>,
    places: Vec<PlaceOut<'a>>,
    fingerprint: &'a str,
    /// Where somebody has accepted it: it counts no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<AcceptedOut<'a>>,
}

#[derive(Serialize)]
struct AcceptedOut<'a> {
    reason: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    by: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    until: &'a str,
    path: &'a str,
    line: usize,
}

#[derive(Serialize)]
struct Rule<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    basis: &'a str,
}

#[derive(Serialize)]
struct PlaceOut<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    role: &'a str,
    quote: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    line: usize,
    column: usize,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    address: &'a str,
}

/// One JSON document, in one line, of outcomes that are all at hand; a run writes it piece by piece and adds its totals.
pub fn render(rule_files: &[Outcome], reports: &[Outcome]) -> String {
    let reports: Vec<String> = reports.iter().map(one).collect();
    format!("{}{}]}}\n", head(rule_files), reports.join(","))
}

/// The document up to its first report: the reports follow, parted by commas, and then the `tail`.
pub fn head(rule_files: &[Outcome]) -> String {
    let mut text = format!("{{\"version\":{VERSION},\"tool\":{}", written(&Tool::this()));
    if !rule_files.is_empty() {
        let files: Vec<Report> = rule_files.iter().map(report).collect();
        text.push_str(",\"rule_files\":");
        text.push_str(&written(&files));
    }
    text.push_str(",\"reports\":[");
    text
}

/// One report, or one rule file.
pub fn one(outcome: &Outcome) -> String {
    written(&report(outcome))
}

/// The end of the document.
pub fn tail(batch: &Batch) -> String {
    format!("],\"totals\":{}}}\n", written(&totals(batch)))
}

/// A report as a line of its own.
pub fn line(outcome: &Outcome) -> String {
    let report = Report {
        version: Some(VERSION),
        ..report(outcome)
    };
    written(&report) + "\n"
}

/// A rule file as a line of its own.
pub fn rule_file_line(outcome: &Outcome) -> String {
    format!("{{\"version\":{VERSION},\"rule_file\":{}}}\n", one(outcome))
}

/// The last of the lines.
pub fn totals_line(batch: &Batch) -> String {
    format!(
        "{{\"version\":{VERSION},\"totals\":{}}}\n",
        written(&totals(batch))
    )
}

/// Names and strings alone cannot fail to be written.
pub(super) fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn report(outcome: &Outcome) -> Report<'_> {
    let positions = Positions::new(&outcome.sources);
    let counts = outcome.summary;
    Report {
        version: None,
        path: &outcome.path,
        files: &outcome.files,
        verdict: words::verdict_code(outcome.verdict),
        reasons: &outcome.reasons,
        year: outcome.year,
        kind: outcome.kind.as_deref(),
        rules: outcome.rules.iter().map(rules).collect(),
        summary: Summary {
            judged: counts.judged,
            passed: counts.passed,
            failed: counts.failed,
            not_judged: counts.not_judged,
            numbers: counts.numbers,
            used: counts.used,
            accepted: Some(outcome.accepted().count()).filter(|count| *count > 0),
            known: Some(outcome.known().len()).filter(|count| *count > 0),
        },
        not_judged: outcome
            .not_judged
            .iter()
            .map(|entry| NotJudged {
                check: &entry.check,
                subject: &entry.subject,
                reason: &entry.reason,
            })
            .collect(),
        findings: outcome
            .findings
            .iter()
            .map(|found| finding(found, &positions))
            .collect(),
        known: outcome
            .known()
            .iter()
            .map(|finding| finding.fingerprint.as_str())
            .collect(),
        notes: &outcome.notes,
        adjustments: outcome
            .adjusted
            .iter()
            .map(|change| adjustment(change, &positions))
            .collect(),
    }
}

fn adjustment<'a>(change: &'a Adjusted, positions: &Positions<'a>) -> Adjustment<'a> {
    let (line, column) = positions.line_column(change.span);
    Adjustment {
        target: &change.target,
        what: &change.what,
        before: &change.before,
        after: &change.after,
        reason: &change.reason,
        line,
        column,
    }
}

fn rules(pack: &PackUsed) -> Rules<'_> {
    Rules {
        name: &pack.name,
        version: &pack.version,
        digest: &pack.digest,
        years: &pack.years,
    }
}

/// A finding with its places.
pub(super) fn finding<'a>(finding: &'a Finding, positions: &Positions<'a>) -> FindingOut<'a> {
    FindingOut {
        check: &finding.check,
        title: &finding.title,
        severity: words::severity_code(finding.severity),
        message: &finding.message,
        help: &finding.help,
        subject: &finding.subject,
        stated: finding.stated.as_deref(),
        expected: finding.expected.as_deref(),
        rule: finding.rule.as_ref().map(|line| rule(line, positions)),
        places: finding
            .places
            .iter()
            .map(|found| place(found, positions))
            .collect(),
        fingerprint: &finding.fingerprint,
        accepted: finding.accepted.as_ref().map(|entry| accepted(entry, positions)),
    }
}

fn accepted<'a>(entry: &'a Accepted, positions: &Positions<'a>) -> AcceptedOut<'a> {
    AcceptedOut {
        reason: &entry.reason,
        by: &entry.by,
        until: &entry.until,
        path: positions.path(entry.span),
        line: positions.line_column(entry.span).0,
    }
}

fn rule<'a>(rule: &'a RuleLine, positions: &Positions<'a>) -> Rule<'a> {
    let (line, column) = positions.line_column(rule.span);
    Rule {
        path: positions.path(rule.span),
        line,
        column,
        text: positions.text(rule.span).trim(),
        basis: &rule.basis,
    }
}

fn place<'a>(place: &'a Place, positions: &Positions<'a>) -> PlaceOut<'a> {
    let (line, column) = positions.line_column(place.span);
    PlaceOut {
        path: positions.path(place.span),
        role: &place.role,
        quote: positions.text(place.span).replace(['\n', '\r'], ""),
        note: &place.note,
        line,
        column,
        start: place.span.start,
        end: place.span.end,
        address: &place.address,
    }
}
