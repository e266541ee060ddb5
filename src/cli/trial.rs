//! `jixiao test`: tries rule files on the 验证 that they hold, and answers whether all came as expected.

use crate::cli::arguments::{TestFormat, TestOptions};
use crate::cli::batch::{self, PATIENCE, Task, Turn};
use crate::cli::cited::Finder;
use crate::cli::judge::{crashed, unreadable};
use crate::cli::output::{self, Output, Stop};
use crate::cli::walk::{self, Input};
use crate::cli::{FAILED, PASSED, UNDETERMINED, load, rules};
use crate::finding::{Outcome, Severity, Verdict};
use crate::model::Model;
use crate::model::from_syntax;
use crate::model::trials::Trial;
use crate::render::{Look, trials_to_json, trials_to_junit, trials_to_terminal};
use crate::source::{Source, SourceId};
use crate::trial::{self, Coverage, Problem, Ran, Tried};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Fewer trials than these are done sooner than threads are started.
const FEW: usize = 24;

/// A rule file that was loaded, once for all its trials.
struct Loaded {
    path: String,
    model: Option<Model>,
    /// The file itself among the sources of the model.
    source: SourceId,
    broken: Vec<Outcome>,
}

/// All files, and their trials as (file, trial) in order.
struct Work {
    files: Vec<Loaded>,
    trials: Vec<(usize, usize)>,
}

/// Runs `test` and gives its exit code.
pub fn run(options: &TestOptions) -> Result<u8, Stop> {
    let inputs = walk::rule_files(&options.files);
    let files: Vec<Loaded> = inputs.files.iter().map(loaded).collect();
    let mut output = open(options, &inputs.files)?;
    let trials = files.iter().enumerate().flat_map(|(at, file)| {
        let count = file.model.as_ref().map_or(0, |model| model.trials.len());
        (0..count).map(move |trial| (at, trial))
    });
    let work = Arc::new(Work {
        trials: trials.collect(),
        files,
    });
    let ran = in_order(&work, options.threads)?;
    let tried = gathered(&work, ran, options.require_coverage);
    output.write(&written(&tried, options.format, output.look(options.color)))?;
    output.finish()?;
    if let Some(path) = named(options) {
        let path = load::shown(path);
        output::complain(&format!("试了 {} 个验证，结果写在“{path}”。", work.trials.len()));
    }
    if work.trials.is_empty() && tried.iter().all(|file| file.broken.is_empty()) {
        output::complain(
            "没有验证可试。在规则文件末尾写，例如：\n验证：培训人数前后不一\n　原文：计划培训800人。\n　原文：全年目标为培训900人。\n　应提示：目标前后不一致",
        );
    }
    Ok(code(&tried))
}

fn code(tried: &[Tried]) -> u8 {
    let any = |verdict| tried.iter().any(|file| file.verdict() == verdict);
    if any(Verdict::Fail) {
        FAILED
    } else if any(Verdict::Undetermined) || tried.iter().all(|file| file.ran.is_empty()) {
        UNDETERMINED
    } else {
        PASSED
    }
}

fn written(tried: &[Tried], format: TestFormat, look: Look) -> String {
    match format {
        TestFormat::Full => trials_to_terminal::render(tried, look),
        TestFormat::Junit => trials_to_junit::render(tried),
        TestFormat::Json => trials_to_json::render(tried),
    }
}

/// The file that the result is written to.
fn named(options: &TestOptions) -> Option<&Path> {
    options.output.as_deref().filter(|path| *path != Path::new("-"))
}

fn open(options: &TestOptions, inputs: &[Input]) -> Result<Output, Stop> {
    let Some(path) = named(options) else {
        return Ok(Output::standard());
    };
    let read: Vec<PathBuf> = inputs.iter().map(|input| PathBuf::from(input.shown())).collect();
    match walk::is_in_the_way(path, &read) {
        Some(_) => Err(Stop::Failed(format!(
            "结果不能写到“{}”：它是要试的规则文件，会被覆盖。请换一个文件名。",
            load::shown(path)
        ))),
        None => Output::named(path),
    }
}

/// Loads a rule file and all that it cites.
fn loaded(input: &Input) -> Loaded {
    let path = input.shown();
    let source = match input {
        Input::Unreadable(_, problem) => Err(problem.clone()),
        Input::Rules(file) | Input::Waivers(file) | Input::Report(file) if file.exists() => {
            load::read_rules(file)
        }
        _ => load::named_rules(&path),
    };
    match source {
        Ok(source) => built(path, source),
        Err(problem) => Loaded {
            broken: vec![unreadable(&path, &problem)],
            path,
            model: None,
            source: SourceId::default(),
        },
    }
}

fn built(path: String, source: Source) -> Loaded {
    let named = source.name.clone();
    let mut finder = Finder::default();
    finder.know(&named);
    let loading = panic::catch_unwind(AssertUnwindSafe(|| {
        from_syntax::load(vec![source], &mut |citation, citing| {
            finder.find(citation, citing)
        })
    }));
    match loading {
        Ok((model, findings)) => {
            let mut broken = rules::rule_outcomes(&model, findings, std::slice::from_ref(&named), false);
            broken.retain(|outcome| outcome.has(Severity::Error));
            let source = model.sources.iter().position(|source| source.name == named);
            Loaded {
                path,
                model: Some(model),
                source: SourceId(source.unwrap_or(0) as u32),
                broken,
            }
        }
        Err(_) => Loaded {
            broken: vec![crashed(&path)],
            path,
            model: None,
            source: SourceId::default(),
        },
    }
}

/// What came of all trials, in their order.
fn in_order(work: &Arc<Work>, threads: Option<u16>) -> Result<Vec<Ran>, Stop> {
    let (count, shared) = (work.trials.len(), Arc::clone(work));
    let mut all = Vec::with_capacity(count);
    let done = batch::run(
        count,
        count < FEW && threads.is_none(),
        threads,
        Task {
            work: move |at| shared.ran(at),
            late: |at| {
                work.failed(
                    at,
                    "这个验证一分钟还没有试完，没有结果。请把原文改短，或把规则文件告诉维护者。",
                )
            },
            patience: PATIENCE,
        },
        &mut |turn| {
            if let Turn::Next(ran) = turn {
                all.extend(ran);
            }
            Ok(())
        },
    )?;
    if done < count {
        return Err(Stop::Failed(format!(
            "已中断：共 {count} 个验证，试了 {done} 个，结果没有写出。"
        )));
    }
    Ok(all)
}

impl Work {
    /// What came of a trial. A fault of the program in one must not look like a trial that passed.
    fn ran(&self, at: usize) -> Option<Ran> {
        let (file, trial) = self.trials[at];
        let model = self.files[file].model.as_ref()?;
        let trial = &model.trials[trial];
        let read = |path: &str| beside(model, trial, path);
        let ran = panic::catch_unwind(AssertUnwindSafe(|| trial::run(model, trial, &read)));
        let failed = || self.failed(at, "程序在这个验证上出错，结果不可用。请把规则文件告诉维护者。");
        ran.ok().or_else(failed)
    }

    /// A trial of which nothing is known but that it did not come to an end.
    fn failed(&self, at: usize, message: &str) -> Option<Ran> {
        let (file, trial) = self.trials[at];
        let trial = &self.files[file].model.as_ref()?.trials[trial];
        Some(Ran {
            name: trial.name.clone(),
            span: trial.span,
            problems: vec![Problem {
                message: message.to_owned(),
                span: trial.span,
            }],
            ..Ran::default()
        })
    }
}

/// The bytes of a 原文文件, whose path is told from its rule file.
pub fn beside(model: &Model, trial: &Trial, path: &str) -> Result<Vec<u8>, String> {
    let file = rules::sample_beside(model, trial, path);
    load::read_report(&file).map_err(|problem| {
        format!(
            "{}{}（路径从规则文件所在的文件夹算起，这里找的是 {}）",
            problem.message,
            problem.help,
            load::shown(&file)
        )
    })
}

/// Each file with its trials and what all trials cover of it.
fn gathered(work: &Work, ran: Vec<Ran>, demands_coverage: bool) -> Vec<Tried> {
    let models = || {
        work.trials
            .iter()
            .filter_map(|(file, _)| work.files[*file].model.as_ref())
    };
    let covered = |file: &Loaded| {
        let model = file.model.as_ref();
        model.map_or(Coverage::default(), |model| {
            Coverage::of(model, file.source, models().zip(&ran))
        })
    };
    let coverages: Vec<Coverage> = work.files.iter().map(covered).collect();
    let mut ran = ran.into_iter();
    let files = work.files.iter().zip(coverages);
    let tried = files.map(|(file, coverage)| {
        let model = file.model.as_ref();
        let count = model.map_or(0, |model| model.trials.len());
        Tried {
            path: file.path.clone(),
            broken: file.broken.clone(),
            sources: model.map_or(Vec::new(), |model| model.sources.clone()),
            ran: ran.by_ref().take(count).collect(),
            coverage,
            demands_coverage,
        }
    });
    tried.collect()
}
