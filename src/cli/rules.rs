//! The rules that judge: those named by options and arguments, or the standard pack, with what was found of them.

use crate::cli::arguments::CheckOptions;
use crate::cli::cited::Finder;
use crate::cli::judge::{blank, crashed, unreadable};
use crate::cli::load;
use crate::cli::walk::Input;
use crate::finding::{Finding, Outcome, Severity, Verdict, fingerprint};
use crate::model::trials::Trial;
use crate::model::{Model, TITLES, from_syntax};
use crate::source::Span;
use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

/// The rules that judge, and what was found of them.
pub struct Rules {
    /// What judges.
    pub model: Model,
    /// One for each rule file on the line and for each cited one that has a finding.
    pub outcomes: Vec<Outcome>,
    /// Whether they hold an error: then no report is judged by them.
    pub broken: bool,
    /// Whether the user named none.
    pub standard: bool,
}

/// Loads the rules that the options and arguments name.
pub fn load(options: &CheckOptions, inputs: &[Input]) -> Rules {
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
    // with no source at all the standard pack judges, without its own trials
    let mut finder = Finder::default();
    given.iter().for_each(|path| finder.know(path));
    let loaded = panic::catch_unwind(AssertUnwindSafe(|| {
        from_syntax::load(sources, &mut |citation, citing| finder.find(citation, citing))
    }));
    let (model, findings) = loaded.unwrap_or_else(|_| {
        outcomes.extend(given.iter().map(|path| crashed(path)));
        from_syntax::load(Vec::new(), &mut |_, _| None)
    });
    let findings = findings.into_iter().chain(lost_samples(&model)).collect();
    outcomes.extend(rule_outcomes(&model, findings, &given, options.deny_warnings));
    let broken = outcomes
        .iter()
        .any(|outcome| outcome.verdict == Verdict::Undetermined || outcome.has(Severity::Error));
    Rules {
        model,
        outcomes,
        broken,
        standard,
    }
}

/// Where a 原文文件 stands, whose path is told from its rule file.
pub fn sample_beside(model: &Model, trial: &Trial, path: &str) -> PathBuf {
    let rules = model.sources.get(trial.span.source.0 as usize);
    let folder = rules.and_then(|source| Path::new(&source.name).parent());
    folder.unwrap_or(Path::new("")).join(path)
}

/// 原文文件 that are not there. Trials do not judge reports, so that this alone stops nothing.
fn lost_samples(model: &Model) -> Vec<Finding> {
    let files = model
        .trials
        .iter()
        .flat_map(|trial| trial.files.iter().map(move |file| (trial, file)));
    let lost = files.filter(|(trial, file)| !sample_beside(model, trial, &file.text).is_file());
    let told = lost.map(|(trial, file)| {
        let message = format!("验证“{}”的原文文件“{}”找不到。", trial.name, file.text);
        let title = TITLES
            .iter()
            .find(|(id, _)| *id == "rule-trial")
            .map_or("", |(_, title)| title);
        let place = load::shown(&sample_beside(model, trial, &file.text));
        Finding::new("rule-trial", title, Severity::Warning, message, file.span).help(format!(
            "路径从规则文件所在的文件夹算起，这里找的是 {place}；改正路径，或者把文件放过去。"
        ))
    });
    told.collect()
}

/// The findings of rules, each with the file in which it stands.
pub fn rule_outcomes(model: &Model, findings: Vec<Finding>, given: &[String], deny: bool) -> Vec<Outcome> {
    let name = |span: Span| {
        model
            .sources
            .get(span.source.0 as usize)
            .map_or("", |source| &source.name)
    };
    let changes = |path: &str| {
        model
            .changes
            .iter()
            .filter(|change| name(change.span) == path)
            .cloned()
            .collect()
    };
    let of_file = |path: &str| Outcome {
        sources: model.sources.clone(),
        adjusted: changes(path),
        ..blank(path, Verdict::Pass)
    };
    let mut outcomes: Vec<Outcome> = given.iter().map(|path| of_file(path)).collect();
    let mut places: HashMap<&str, usize> = given
        .iter()
        .enumerate()
        .map(|(at, path)| (path.as_str(), at))
        .collect();
    for finding in findings {
        let path = finding.places.first().map_or("", |place| name(place.span));
        let at = *places.entry(path).or_insert_with(|| {
            outcomes.push(of_file(path));
            outcomes.len() - 1
        });
        outcomes[at].findings.push(finding);
    }
    for outcome in &mut outcomes {
        fingerprint::stamp(&mut outcome.findings, &outcome.sources);
        if outcome.has(Severity::Error) || (deny && outcome.has(Severity::Warning)) {
            outcome.verdict = Verdict::Fail;
        }
    }
    outcomes
}
