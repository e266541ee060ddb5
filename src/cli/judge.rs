//! One report to its outcome: read, judged, or told of where it could not be.

use crate::cli::arguments::CheckOptions;
use crate::cli::load::{self, Problem};
use crate::cli::rules::Rules;
use crate::cli::walk::Input;
use crate::document;
use crate::finding::{Finding, Outcome, Severity, Summary, Verdict};
use crate::lint;
use crate::packs;
use crate::source::{Source, SourceId, Span};
use std::path::Path;
use std::sync::Arc;

/// Whether anything that grave was found.
pub fn has(outcome: &Outcome, severity: Severity) -> bool {
    outcome
        .findings
        .iter()
        .any(|finding| finding.severity == severity)
}

/// The outcome of one input.
pub fn outcome(input: &Input, rules: &Rules, options: &CheckOptions) -> Outcome {
    let mut outcome = match input {
        Input::Report(path) | Input::Rules(path) => judged(path, rules, options.year),
        Input::Unreadable(path, problem) => unreadable(path, problem),
    };
    if options.deny_warnings && has(&outcome, Severity::Warning) {
        outcome.verdict = Verdict::Fail;
    }
    outcome
}

fn judged(path: &Path, rules: &Rules, year: Option<i32>) -> Outcome {
    let name = load::shown(path);
    let bytes = match load::read_report(path) {
        Ok(bytes) => bytes,
        Err(problem) => return unreadable(&name, &problem),
    };
    let document = match document::read_owned(&name, bytes) {
        Ok(document) => document,
        Err(message) => return unreadable(&name, &load::problem(&message, "")),
    };
    if rules.broken {
        let mut outcome = blank(&name, Verdict::Undetermined);
        outcome.reasons = vec!["规则文件有错误，没有核对。请先改正规则。".to_owned()];
        outcome.notes = document.notes;
        return outcome;
    }
    let mut outcome = lint::report(&rules.model, &document, year);
    outcome.path = name;
    if rules.standard {
        outcome.notes.insert(
            0,
            format!("没有给出规则文件，按内置的“{}”核对。", packs::STANDARD),
        );
    }
    outcome
}

/// An outcome of which nothing is known but the verdict.
pub fn blank(path: &str, verdict: Verdict) -> Outcome {
    Outcome {
        path: path.to_owned(),
        verdict,
        reasons: Vec::new(),
        year: None,
        kind: None,
        rules: Vec::new(),
        summary: Summary::default(),
        not_judged: Vec::new(),
        findings: Vec::new(),
        adjusted: Vec::new(),
        notes: Vec::new(),
        sources: Vec::new(),
    }
}

/// A file that was not read: a finding, so that no output can take it for one that passed.
pub fn unreadable(path: &str, problem: &Problem) -> Outcome {
    without_text(path, "unreadable-input", "文件没有读成", problem)
}

/// A file at which the program itself failed.
pub fn crashed(path: &str) -> Outcome {
    let problem = load::problem(
        "核对这个文件时程序出错，结果不可用。",
        "请把这个文件和所用的命令告诉维护者；其他文件不受影响。",
    );
    without_text(path, "internal-error", "核对时程序出错", &problem)
}

fn without_text(path: &str, check: &str, title: &str, problem: &Problem) -> Outcome {
    let span = Span::new(SourceId(0), 0..0);
    let finding = Finding::new(check, title, Severity::Error, problem.message.clone(), span);
    let mut outcome = blank(path, Verdict::Undetermined);
    outcome.reasons = vec![problem.message.clone()];
    outcome.findings = vec![finding.help(problem.help.clone())];
    outcome.sources = vec![Arc::new(Source::new(path, ""))];
    outcome
}
