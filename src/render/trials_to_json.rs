//! What came of trials to JSON: the fields and their names are a contract, later versions only add to them.

use crate::render::positions::Positions;
use crate::render::to_json::{self, FindingOut, Tool, VERSION, written};
use crate::render::words;
use crate::source::Span;
use crate::trial::{Ran, Tried};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    files: Vec<File<'a>>,
    totals: Totals,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingOut<'a>>,
    trials: Vec<Trial<'a>>,
    checks: Checks<'a>,
}

#[derive(Serialize)]
struct Trial<'a> {
    name: &'a str,
    line: usize,
    passed: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem<'a>>,
    missing: Vec<Missing<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    /// What was read of the report, where something is missing.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    read: &'a [String],
    unexpected: Vec<Unexpected<'a>>,
    findings: Vec<FindingOut<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    line: usize,
    message: &'a str,
}

/// `nearest` and `finding` are indexes into the trial's `findings`.
#[derive(Serialize)]
struct Missing<'a> {
    expected: &'a str,
    line: usize,
    reasons: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<usize>,
}

#[derive(Serialize)]
struct Unexpected<'a> {
    forbidden: &'a str,
    line: usize,
    finding: usize,
}

#[derive(Serialize)]
struct Checks<'a> {
    all: usize,
    exercised: usize,
    never: &'a [String],
}

#[derive(Serialize)]
struct Totals {
    files: usize,
    trials: usize,
    passed: usize,
    failed: usize,
    checks: usize,
    exercised: usize,
}

/// One JSON document, in one line.
pub fn render(tried: &[Tried]) -> String {
    let count = |of: fn(&Tried) -> usize| tried.iter().map(of).sum::<usize>();
    let document = Document {
        version: VERSION,
        tool: Tool::this(),
        files: tried.iter().map(file).collect(),
        totals: Totals {
            files: tried.len(),
            trials: count(|file| file.ran.len()),
            passed: count(Tried::passed),
            failed: count(|file| file.ran.len() - file.passed()),
            checks: count(|file| file.coverage.checks),
            exercised: count(|file| file.coverage.exercised()),
        },
    };
    written(&document) + "\n"
}

fn file(tried: &Tried) -> File<'_> {
    let rules = Positions::new(&tried.sources);
    let findings = tried.broken.iter().flat_map(|outcome| {
        let positions = Positions::new(&outcome.sources);
        let all = outcome.findings.iter();
        all.map(|finding| to_json::finding(finding, &positions))
            .collect::<Vec<_>>()
    });
    File {
        path: &tried.path,
        verdict: words::verdict_code(tried.verdict()),
        findings: findings.collect(),
        trials: tried.ran.iter().map(|ran| trial(ran, &rules)).collect(),
        checks: Checks {
            all: tried.coverage.checks,
            exercised: tried.coverage.exercised(),
            never: &tried.coverage.never,
        },
    }
}

fn trial<'a>(ran: &'a Ran, rules: &Positions<'a>) -> Trial<'a> {
    let line = |span: Span| rules.line_column(span).0;
    let sources = ran.outcome.as_ref().map_or(&[][..], |outcome| &outcome.sources);
    let positions = Positions::new(sources);
    Trial {
        name: &ran.name,
        line: line(ran.span),
        passed: ran.passed(),
        problems: ran
            .problems
            .iter()
            .map(|problem| Problem {
                line: line(problem.span),
                message: &problem.message,
            })
            .collect(),
        missing: ran
            .missing
            .iter()
            .map(|missing| Missing {
                expected: &missing.written,
                line: line(missing.span),
                reasons: &missing.reasons,
                nearest: missing.nearest,
            })
            .collect(),
        notes: &ran.notes,
        read: &ran.read,
        unexpected: ran
            .unexpected
            .iter()
            .map(|unexpected| Unexpected {
                forbidden: &unexpected.written,
                line: line(unexpected.span),
                finding: unexpected.finding,
            })
            .collect(),
        findings: ran
            .findings()
            .iter()
            .map(|finding| to_json::finding(finding, &positions))
            .collect(),
    }
}
