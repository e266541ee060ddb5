//! `jixiao check`: loads rules and reports, has each report judged on its own, and answers with the worst verdict.

use crate::cli::arguments::{CheckOptions, Format};
use crate::cli::load::{self, Input, Problem};
use crate::cli::output::{self, Output, Stop};
use crate::cli::{FAILED, PASSED, UNDETERMINED};
use crate::document;
use crate::finding::{Finding, Outcome, Severity, Summary, Verdict};
use crate::lint;
use crate::model::{Model, from_syntax};
use crate::packs;
use crate::render::to_terminal::{Terminal, Totals};
use crate::render::{to_json, to_short};
use crate::source::{Source, SourceId, Span};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

/// The rules that judge, and what was found of them.
struct Rules {
    model: Model,
    /// One for each rule file on the line and for each cited one that has a finding.
    outcomes: Vec<Outcome>,
    /// Whether they hold an error: then no report is judged by them.
    broken: bool,
    /// Whether the user named none.
    standard: bool,
}

/// Runs `check` and gives its exit code.
pub fn run(options: &CheckOptions, output: &mut Output) -> Result<u8, Stop> {
    let inputs = load::inputs(&options.files);
    let rules = load_rules(options, &inputs);
    let mut writer = Writer::new(options, output);
    let alone = inputs.iter().all(|input| matches!(input, Input::Rules(_)));
    for outcome in &rules.outcomes {
        if alone || !outcome.findings.is_empty() || outcome.verdict != Verdict::Pass {
            writer.rule_file(outcome)?;
        }
    }
    let mut verdicts: Vec<Verdict> = Vec::new();
    for input in &inputs {
        let outcome = match input {
            Input::Rules(_) => continue,
            Input::Report(path) => judged_safely(path, &rules, options),
            Input::Unreadable(path, problem) => unreadable(path, problem),
        };
        verdicts.push(outcome.verdict);
        writer.report(outcome)?;
    }
    writer.end(&rules.outcomes)?;
    // an error in the rules has already made every report 无法判定
    verdicts.extend(
        rules
            .outcomes
            .iter()
            .filter(|_| alone || !rules.broken)
            .map(|outcome| outcome.verdict),
    );
    Ok(worst(&verdicts))
}

fn worst(verdicts: &[Verdict]) -> u8 {
    if verdicts.contains(&Verdict::Fail) {
        FAILED
    } else if verdicts.contains(&Verdict::Undetermined) {
        UNDETERMINED
    } else {
        PASSED
    }
}

fn load_rules(options: &CheckOptions, inputs: &[Input]) -> Rules {
    let named = options
        .rules
        .iter()
        .map(|name| (name.clone(), load::named_rules(name)));
    let listed = inputs.iter().filter_map(|input| match input {
        Input::Rules(path) => Some((load::shown(path), load::read_rules(path))),
        _ => None,
    });
    let (mut sources, mut outcomes) = (Vec::new(), Vec::new());
    let mut given = Vec::new();
    for (path, source) in named.chain(listed) {
        match source {
            Ok(source) if given.contains(&source.name) => {}
            Ok(source) => {
                given.push(source.name.clone());
                sources.push(source);
            }
            Err(problem) => outcomes.push(unreadable(&path, &problem)),
        }
    }
    let standard = sources.is_empty() && outcomes.is_empty();
    if standard {
        sources.extend(standard_pack());
    }
    let loaded = panic::catch_unwind(AssertUnwindSafe(|| {
        from_syntax::load(sources, &mut |citation, citing| load::cited(citation, citing))
    }));
    let (model, findings) = loaded.unwrap_or_else(|_| {
        outcomes.extend(given.iter().map(|path| crashed(path)));
        from_syntax::load(Vec::new(), &mut |_, _| None)
    });
    outcomes.extend(rule_outcomes(&model, findings, &given, options.deny_warnings));
    let broken = outcomes.iter().any(|outcome| {
        outcome.verdict == Verdict::Undetermined
            || outcome
                .findings
                .iter()
                .any(|finding| finding.severity == Severity::Error)
    });
    Rules {
        model,
        outcomes,
        broken,
        standard,
    }
}

fn standard_pack() -> Option<Source> {
    let pack = packs::PACKS.iter().find(|pack| pack.name == packs::STANDARD)?;
    Some(Source::new(pack.name, pack.text))
}

/// The findings of rules, each with the file in which it stands.
fn rule_outcomes(model: &Model, findings: Vec<Finding>, given: &[String], deny: bool) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = given
        .iter()
        .map(|path| Outcome {
            sources: model.sources.clone(),
            ..blank(path, Verdict::Pass)
        })
        .collect();
    for finding in findings {
        let source = finding.places.first().map(|place| place.span.source.0 as usize);
        let path = source
            .and_then(|source| model.sources.get(source))
            .map_or("", |source| source.name.as_str());
        let at = outcomes.iter().position(|outcome| outcome.path == path);
        let at = at.unwrap_or_else(|| {
            outcomes.push(Outcome {
                sources: model.sources.clone(),
                ..blank(path, Verdict::Pass)
            });
            outcomes.len() - 1
        });
        outcomes[at].findings.push(finding);
    }
    for outcome in &mut outcomes {
        let error = has(outcome, Severity::Error);
        if error || (deny && has(outcome, Severity::Warning)) {
            outcome.verdict = Verdict::Fail;
        }
    }
    outcomes
}

fn has(outcome: &Outcome, severity: Severity) -> bool {
    outcome
        .findings
        .iter()
        .any(|finding| finding.severity == severity)
}

/// A fault of the program in one report must not stop the others, nor look like a report that passed.
fn judged_safely(path: &Path, rules: &Rules, options: &CheckOptions) -> Outcome {
    let mut outcome = panic::catch_unwind(AssertUnwindSafe(|| judged(path, rules, options.year)))
        .unwrap_or_else(|_| crashed(&load::shown(path)));
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
    let document = match document::read(&name, &bytes) {
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

fn blank(path: &str, verdict: Verdict) -> Outcome {
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
        notes: Vec::new(),
        sources: Vec::new(),
    }
}

/// A file that was not read: a finding, so that no output can take it for one that passed.
fn unreadable(path: &str, problem: &Problem) -> Outcome {
    without_text(path, "unreadable-input", "文件没有读成", problem)
}

fn crashed(path: &str) -> Outcome {
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

/// Writes outcomes as they come; JSON only when all are there.
struct Writer<'a> {
    output: &'a mut Output,
    format: Format,
    terminal: Terminal,
    totals: Totals,
    written: usize,
    kept: Vec<Outcome>,
}

impl<'a> Writer<'a> {
    fn new(options: &CheckOptions, output: &'a mut Output) -> Writer<'a> {
        Writer {
            output,
            format: options.format,
            terminal: Terminal::new(output::look(options.color)),
            totals: Totals::default(),
            written: 0,
            kept: Vec::new(),
        }
    }

    fn rule_file(&mut self, outcome: &Outcome) -> Result<(), Stop> {
        let mut text = self.gap();
        match self.format {
            Format::Full => self.terminal.rule_file(&mut text, outcome),
            Format::Short => to_short::write(&mut text, outcome),
            Format::Json => return Ok(()),
        }
        self.output.write(&text)
    }

    fn report(&mut self, outcome: Outcome) -> Result<(), Stop> {
        let mut text = self.gap();
        self.totals.count(outcome.verdict);
        match self.format {
            Format::Full => self.terminal.report(&mut text, &outcome),
            Format::Short => to_short::write(&mut text, &outcome),
            Format::Json => {
                self.kept.push(outcome);
                return Ok(());
            }
        }
        self.output.write(&text)
    }

    fn end(&mut self, rule_files: &[Outcome]) -> Result<(), Stop> {
        let mut text = String::new();
        match self.format {
            Format::Json => text = to_json::render(rule_files, &self.kept),
            Format::Full if self.totals.reports() > 1 => self.terminal.totals(&mut text, self.totals),
            _ => {}
        }
        self.output.write(&text)
    }

    /// An empty line between files.
    fn gap(&mut self) -> String {
        self.written += 1;
        let between = self.format == Format::Full && self.written > 1;
        if between { "\n".to_owned() } else { String::new() }
    }
}
