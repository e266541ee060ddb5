//! A 验证 to what came of it: the report that it gives judged by the rules, and the findings held against those expected.

pub mod coverage;
mod reasons;
pub mod sample;

use crate::document::Document;
use crate::finding::{Finding, Outcome, Verdict};
use crate::lint;
use crate::model::Model;
use crate::model::trials::{Expectation, Trial, plain};
use crate::source::{Source, Span};
pub use coverage::Coverage;
pub use sample::{Problem, Read};
use std::sync::Arc;

/// What came of a trial.
#[derive(Clone, Debug, Default)]
pub struct Ran {
    /// The trial's name.
    pub name: String,
    /// The line that opens it.
    pub span: Span,
    /// What could not be read, so that nothing was judged.
    pub problems: Vec<Problem>,
    /// 应提示 that nothing answered.
    pub missing: Vec<Missing>,
    /// What was read of the report, in sentences, where something is missing.
    pub read: Vec<String>,
    /// What a trial that passed does not show, in sentences: a 不应提示 whose check was not judged at all.
    pub notes: Vec<String>,
    /// Findings that 不应提示 forbids.
    pub unexpected: Vec<Unexpected>,
    /// The indexes in `Model::checks` of those that reported what was expected of them.
    pub exercised: Vec<usize>,
    /// The findings that 应提示 expected, as indexes into the outcome's.
    pub met: Vec<usize>,
    /// The outcome of the report; none where it could not be read.
    pub outcome: Option<Outcome>,
}

/// A rule file with what came of its trials.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// The path as the user gave it, or the name of a built-in pack.
    pub path: String,
    /// What is wrong with the rules, where they hold an error or were not read; each file with its findings.
    pub broken: Vec<Outcome>,
    /// The rule sources, into which the spans of trials point.
    pub sources: Vec<Arc<Source>>,
    /// Its trials, in order.
    pub ran: Vec<Ran>,
    /// How much of its checks they exercise.
    pub coverage: Coverage,
    /// Whether a check that no trial exercises is a failure.
    pub demands_coverage: bool,
}

impl Tried {
    /// How many trials came as expected.
    pub fn passed(&self) -> usize {
        self.ran.iter().filter(|ran| ran.passed()).count()
    }

    /// Whether checks are left that had to be exercised.
    pub fn lacks_coverage(&self) -> bool {
        self.demands_coverage && !self.coverage.never.is_empty()
    }

    /// Rules with an error leave it open what their trials are worth.
    pub fn verdict(&self) -> Verdict {
        if !self.broken.is_empty() {
            Verdict::Undetermined
        } else if self.passed() < self.ran.len() || self.lacks_coverage() {
            Verdict::Fail
        } else {
            Verdict::Pass
        }
    }
}

/// An 应提示 that nothing answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing {
    /// As it is written.
    pub written: String,
    /// The line.
    pub span: Span,
    /// The finding that comes nearest, as an index into the outcome's.
    pub nearest: Option<usize>,
    /// Why it may not have been found, in words for the writer.
    pub reasons: Vec<String>,
}

/// A finding that must not be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unexpected {
    /// The 不应提示 as it is written.
    pub written: String,
    /// The line.
    pub span: Span,
    /// The finding, as an index into the outcome's.
    pub finding: usize,
}

impl Ran {
    /// Whether all came as expected.
    pub fn passed(&self) -> bool {
        self.problems.is_empty() && self.missing.is_empty() && self.unexpected.is_empty()
    }

    /// The findings of the report.
    pub fn findings(&self) -> &[Finding] {
        self.outcome.as_ref().map_or(&[], |outcome| &outcome.findings)
    }
}

/// Tries one. `read` gives the bytes of a 原文文件.
pub fn run(model: &Model, trial: &Trial, read: &Read) -> Ran {
    let mut ran = Ran {
        name: trial.name.clone(),
        span: trial.span,
        ..Ran::default()
    };
    let document = match sample::document(trial, read) {
        Ok(document) => document,
        Err(problem) => {
            ran.problems.push(problem);
            return ran;
        }
    };
    let mut outcome = lint::report(model, &document, trial.year);
    // A piece of prose names no year; a dated file is tried in a year of its own.
    if let (None, Some(year)) = (outcome.year, model.year_of(trial.span.source)) {
        outcome = lint::report(model, &document, Some(year));
    }
    for wanted in &trial.expected {
        let found: Vec<usize> = matching(model, wanted, &outcome).collect();
        if found.is_empty() {
            ran.missing.push(missing(model, wanted, &document, &outcome));
        }
        ran.exercised.extend(
            found
                .iter()
                .filter_map(|at| coverage::check_of(model, &outcome.findings[*at])),
        );
        ran.met.extend(found);
    }
    if trial
        .expected
        .iter()
        .any(|wanted| reasons::is_usable(model, wanted))
        && !ran.missing.is_empty()
    {
        ran.read = reasons::read(model, trial, &document, outcome.year);
    }
    for not in &trial.unexpected {
        ran.notes
            .extend(reasons::unjudged(model, not, &document, &outcome));
        let told = matching(model, not, &outcome).filter(|at| not.check.is_some() || !ran.met.contains(at));
        ran.unexpected.extend(told.map(|finding| Unexpected {
            written: not.written.clone(),
            span: not.span,
            finding,
        }));
    }
    ran.outcome = Some(outcome);
    ran
}

/// The findings that an expectation names.
fn matching(model: &Model, wanted: &Expectation, outcome: &Outcome) -> impl Iterator<Item = usize> {
    let about = |finding: &Finding| match &wanted.subject {
        None => true,
        Some(subject) => is_about(model, finding, subject, outcome),
    };
    outcome
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| wanted.names(finding) && about(finding))
        .map(|(at, _)| at)
        .collect::<Vec<usize>>()
        .into_iter()
}

/// Whether a finding is about what the writer calls so: the same name, or two calls of one declared name. Where the
/// finding has no subject its words and places count.
fn is_about(model: &Model, finding: &Finding, subject: &str, outcome: &Outcome) -> bool {
    if !finding.subject.is_empty() {
        return declared(model, &finding.subject) == declared(model, subject);
    }
    let wanted = plain(subject);
    let quoted = |span: Span| {
        let source = outcome.sources.get(span.source.0 as usize);
        source.is_some_and(|source| plain(source.slice(span)).contains(&wanted))
    };
    plain(&finding.message).contains(&wanted) || finding.places.iter().any(|place| quoted(place.span))
}

/// The declared name that something is a call of, or itself.
fn declared(model: &Model, called: &str) -> String {
    let called = plain(called);
    let calls = |calls: &str| plain(calls) == called;
    let name = model
        .names
        .iter()
        .find(|name| calls(&name.name) || name.aliases.iter().any(|alias| calls(alias)));
    name.map_or(called.clone(), |name| plain(&name.name))
}

fn missing(model: &Model, wanted: &Expectation, document: &Document, outcome: &Outcome) -> Missing {
    let same_check = outcome.findings.iter().position(|finding| wanted.names(finding));
    let same_subject = || {
        let subject = wanted.subject.as_deref()?;
        let about = |finding: &Finding| is_about(model, finding, subject, outcome);
        outcome.findings.iter().position(about)
    };
    Missing {
        written: wanted.written.clone(),
        span: wanted.span,
        nearest: same_check.or_else(same_subject),
        reasons: reasons::reasons(model, wanted, document, outcome.year),
    }
}
