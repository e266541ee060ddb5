//! A report, of one file or several, to its outcome: read, judged, or told of where it could not be.

use crate::cli::arguments::CheckOptions;
use crate::cli::load::{self, Problem};
use crate::cli::rules::Rules;
use crate::cli::submission::{self, Piece, Submission};
use crate::cli::waivers;
use crate::cli::walk::Input;
use crate::document::Document;
use crate::facts::from_document;
use crate::finding::{Finding, NotJudged, OF_ABSENCE, Outcome, Severity, Summary, Verdict, fingerprint};
use crate::lint;
use crate::packs;
use crate::quantity::UnitTable;
use crate::source::{Source, SourceId, Span};
use std::path::PathBuf;
use std::sync::Arc;

/// What came of a report, and the report as it was read; nothing of one that could not be read.
pub struct Told {
    /// What was found.
    pub outcome: Outcome,
    /// What it was found in.
    pub document: Option<Document>,
}

/// What came of what is to be judged as one report: one, or one for each file where they turn out not to be one.
pub fn told(piece: &Piece, rules: &Rules, options: &CheckOptions) -> Vec<Told> {
    let mut all = match piece {
        Piece::One(input) => vec![of_file(read(input), rules, options)],
        Piece::Several(submission) => of_files(submission, rules, options),
    };
    for Told { outcome, .. } in &mut all {
        if options.deny_warnings && outcome.has(Severity::Warning) {
            outcome.verdict = Verdict::Fail;
        }
    }
    all
}

/// A file that was read, or the path of one that was not, and why.
type Read = Result<Document, (String, Problem)>;

fn read(input: &Input) -> Read {
    match input {
        Input::Report(path) | Input::Rules(path) | Input::Waivers(path) => {
            load::document(path).map_err(|problem| (load::shown(path), problem))
        }
        Input::Unreadable(path, problem) => Err((path.clone(), problem.clone())),
    }
}

fn of_file(read: Read, rules: &Rules, options: &CheckOptions) -> Told {
    match read {
        Ok(document) => {
            let mut outcome = judged(&document, rules, options.year);
            waive(
                &mut outcome,
                std::slice::from_ref(&document.source.name),
                rules,
                options,
                true,
            );
            Told {
                outcome,
                document: Some(document),
            }
        }
        Err((path, problem)) => Told {
            outcome: unreadable(&path, &problem),
            document: None,
        },
    }
}

fn of_files(submission: &Submission, rules: &Rules, options: &CheckOptions) -> Vec<Told> {
    let read: Vec<Read> = submission.files.iter().map(read).collect();
    if !submission.asked && !are_one(&read) {
        return read
            .into_iter()
            .map(|read| of_file(read, rules, options))
            .collect();
    }
    let (mut documents, mut refused) = (Vec::new(), Vec::new());
    for read in read {
        match read {
            Ok(document) => documents.push(document),
            Err(problem) => refused.push(problem),
        }
    }
    let document = (!documents.is_empty()).then(|| Document::together(&submission.name, documents));
    let mut outcome = match &document {
        None => blank(&submission.name, Verdict::Undetermined),
        Some(document) => judged(document, rules, options.year),
    };
    let names: Vec<String> = submission.files.iter().map(Input::shown).collect();
    outcome
        .notes
        .insert(0, submission::note(&names, submission.asked));
    waive(&mut outcome, &names, rules, options, refused.is_empty());
    outcome.files = names;
    for (path, problem) in &refused {
        lacking(&mut outcome, path, problem);
    }
    vec![Told { outcome, document }]
}

/// Lets the 采纳 files beside the report speak. Nothing was found where the rules are broken or no file was read.
fn waive(outcome: &mut Outcome, files: &[String], rules: &Rules, options: &CheckOptions, whole: bool) {
    if rules.broken || outcome.sources.is_empty() {
        return;
    }
    let paths: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    waivers::apply(
        outcome,
        &paths,
        options.today.unwrap_or_else(waivers::today),
        whole,
    );
}

fn are_one(read: &[Read]) -> bool {
    let mut facts = Vec::new();
    for read in read {
        let Ok(document) = read else { return false };
        facts.push((document, from_document::facts_of(document, UnitTable::built_in())));
    }
    submission::belong_together(&facts)
}

/// A file of the report was not read: the others have been judged, but nothing can be said of the whole.
fn lacking(outcome: &mut Outcome, path: &str, problem: &Problem) {
    let reason = format!("“{path}”没有读成：{}", problem.message);
    let (absent, standing): (Vec<Finding>, Vec<Finding>) = std::mem::take(&mut outcome.findings)
        .into_iter()
        .partition(|finding| OF_ABSENCE.contains(&finding.check.as_str()));
    outcome.findings = standing;
    outcome.summary.judged -= absent.len() as u32;
    outcome.summary.failed -= absent.len() as u32;
    outcome.summary.not_judged += absent.len() as u32;
    outcome
        .not_judged
        .extend(absent.into_iter().map(|finding| NotJudged {
            check: finding.check,
            subject: finding.subject,
            reason: format!("“{path}”没有读成，可能写在里面"),
        }));
    let told = unreadable(path, problem);
    let source = SourceId(outcome.sources.len() as u32);
    outcome.sources.extend(told.sources);
    for mut finding in told.findings {
        finding
            .places
            .iter_mut()
            .for_each(|place| place.span.source = source);
        outcome.findings.push(finding);
    }
    outcome.reasons.push(reason);
    outcome.verdict = Verdict::Undetermined;
}

fn judged(document: &Document, rules: &Rules, year: Option<i32>) -> Outcome {
    if rules.broken {
        let mut outcome = blank(&document.source.name, Verdict::Undetermined);
        outcome.reasons = vec!["规则文件有错误，没有核对。请先改正规则。".to_owned()];
        outcome.notes = document.notes.clone();
        return outcome;
    }
    let mut outcome = lint::report(&rules.model, document, year);
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
        files: Vec::new(),
        verdict,
        reasons: Vec::new(),
        year: None,
        kind: None,
        rules: Vec::new(),
        summary: Summary::default(),
        checks: Vec::new(),
        not_judged: Vec::new(),
        findings: Vec::new(),
        known: None,
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

/// A file that took too long.
pub fn late(path: &str) -> Outcome {
    unreadable(path, &load::late())
}

fn without_text(path: &str, check: &str, title: &str, problem: &Problem) -> Outcome {
    let span = Span::new(SourceId(0), 0..0);
    let finding = Finding::new(check, title, Severity::Error, problem.message.clone(), span);
    let mut outcome = blank(path, Verdict::Undetermined);
    outcome.reasons = vec![problem.message.clone()];
    outcome.findings = vec![finding.help(problem.help.clone())];
    outcome.sources = vec![Arc::new(Source::new(path, ""))];
    fingerprint::stamp(&mut outcome.findings, &outcome.sources);
    outcome
}
