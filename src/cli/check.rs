//! `jixiao check`: loads rules and reports, has each report judged on its own, and answers with the worst verdict.

use crate::cli::annotated::Annotated;
use crate::cli::arguments::CheckOptions;
use crate::cli::baseline::{self, Baseline};
use crate::cli::batch::{self, PATIENCE, Task, Turn};
use crate::cli::judge::Told;
use crate::cli::load;
use crate::cli::output::{self, Output, Stop};
use crate::cli::progress::Progress;
use crate::cli::rules::{self, Rules};
use crate::cli::submission::{self, Piece};
use crate::cli::timings::Timings;
use crate::cli::waivers;
use crate::cli::walk::{self, Input};
use crate::cli::watch;
use crate::cli::writer::{Judged, Shape, Writer};
use crate::cli::{FAILED, PASSED, UNDETERMINED, judge};
use crate::document::Document;
use crate::finding::{Outcome, Verdict};
use crate::render::Look;
use crate::render::totals::{Batch, Tally};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// All that the judging of reports needs.
pub struct Work {
    /// The reports.
    pub reports: Vec<Piece>,
    /// What judges.
    pub rules: Rules,
    /// What is known of them already.
    pub baseline: Option<Arc<Baseline>>,
    /// What was asked for.
    pub options: Arc<CheckOptions>,
    /// What is written.
    pub shape: Shape,
    /// How it looks.
    pub look: Look,
    /// The copy with remarks, where one is asked for.
    pub copy: Option<Annotated>,
}

/// The reports of a piece, written, and the time that it took.
pub type Done = (Vec<Judged>, Duration);

impl Work {
    /// A report judged and written, and the time that it took; several reports where files turned out not to be one. A
    /// fault of the program in one report must not stop the others, nor look like a report that passed.
    fn done(&self, number: usize) -> Done {
        let (started, piece) = (Instant::now(), &self.reports[number]);
        let judged = panic::catch_unwind(AssertUnwindSafe(|| {
            let mut told = judge::told(piece, &self.rules, &self.options);
            if let Some(baseline) = &self.baseline {
                let deny = self.options.deny_warnings;
                told.iter_mut()
                    .for_each(|told| baseline.leave_out(&mut told.outcome, deny));
            }
            if let (Some(copy), [one]) = (&self.copy, told.as_slice()) {
                copy.make(one);
            }
            let written = |told: &Told| self.written(&told.outcome, told.document.as_ref());
            told.iter().map(written).collect()
        }));
        let judged = judged.unwrap_or_else(|_| vec![self.written(&judge::crashed(&piece.shown()), None)]);
        (judged, started.elapsed())
    }

    fn written(&self, outcome: &Outcome, document: Option<&Document>) -> Judged {
        let knows = |baseline: &Arc<Baseline>| baseline.knows(outcome);
        Judged {
            text: self.shape.report(outcome, document, self.look),
            tally: Tally {
                is_strange: self.baseline.as_ref().is_some_and(|baseline| !knows(baseline)),
                ..Tally::of(outcome)
            },
        }
    }
}

/// Runs `check` and gives its exit code.
pub fn run(options: CheckOptions) -> Result<u8, Stop> {
    let timings = Timings::start();
    let shape = Shape::of(&options)?;
    if options.again.watch {
        return watch::run(options, shape);
    }
    let baseline = known(&options)?;
    let inputs = walk::inputs(&options.files);
    if inputs.again > 0 {
        output::complain(&format!("有 {} 个文件重复列出，每个只核对一次。", inputs.again));
    }
    let rules = rules_of(&options, &inputs.files);
    let reports = submission::pieces(inputs.files, &options);
    let copy = Annotated::asked(&options, &reports)?;
    // begun as late as may be: only from here on an interruption is answered by the run itself
    let output = open(&options)?;
    let work = Arc::new(Work {
        reports,
        rules,
        baseline,
        look: output.look(options.color),
        options: Arc::new(options),
        shape,
        copy,
    });
    // the run ends with this work: the system takes the memory back faster than it could be handed back piece by piece
    std::mem::forget(Arc::clone(&work));
    run_work(work, output, timings)
}

/// What is known already.
pub fn known(options: &CheckOptions) -> Result<Option<Arc<Baseline>>, Stop> {
    let path = options.again.baseline.as_deref();
    let read = path.map(baseline::read).transpose().map_err(Stop::Failed)?;
    Ok(read.map(Arc::new))
}

/// The rules that judge, and what is to be said of 采纳 files that were named themselves.
pub fn rules_of(options: &CheckOptions, inputs: &[Input]) -> Rules {
    let mut rules = rules::load(options, inputs);
    rules
        .outcomes
        .extend(inputs.iter().filter_map(|input| match input {
            Input::Waivers(path) => Some(waivers::alone(path)),
            _ => None,
        }));
    rules
}

/// Judges the reports and writes the result.
fn run_work(work: Arc<Work>, mut output: Output, mut timings: Timings) -> Result<u8, Stop> {
    let all = work.reports.len();
    let mut progress = Progress::new(output.kind);
    let mut writer = Writer::new(&mut output, work.shape, work.look);
    writer.rule_files(&work.rules.outcomes, all == 0)?;
    let written = in_order(&work, &mut |turn| {
        if let Turn::Next((judged, took)) = turn {
            for judged in judged {
                timings.file(&judged.tally.path, took);
                progress.aside(|| writer.report(judged))?;
            }
        }
        let verdicts = writer.batch.verdicts;
        progress.show(verdicts.reports(), all, verdicts.failed);
        Ok(())
    })?;
    progress.clear();
    let code = if written < all {
        stopped(&mut writer, written, all, named(&work.options))?
    } else {
        let judged = writer.batch.verdicts.reports();
        finished(&mut writer, judged, named(&work.options))?;
        let code = code(&work.rules, &writer.batch);
        match &work.copy {
            Some(copy) => copy.write(code)?,
            None => code,
        }
    };
    if work.options.timings {
        output::complain_plainly(&timings.told());
    }
    Ok(code)
}

/// The file that the result is written to.
fn named(options: &CheckOptions) -> Option<&Path> {
    options.output.as_deref().filter(|path| *path != Path::new("-"))
}

fn open(options: &CheckOptions) -> Result<Output, Stop> {
    let Some(path) = named(options) else {
        return Ok(Output::standard());
    };
    let rules = options.rules.iter().map(PathBuf::from);
    let known = options.again.baseline.clone();
    let files = options.files.iter().cloned();
    let read: Vec<PathBuf> = files.chain(rules).chain(known).collect();
    match walk::is_in_the_way(path, &read) {
        Some(why) => Err(Stop::Failed(format!(
            "结果不能写到“{}”：{why}",
            load::shown(path)
        ))),
        None => Output::named(path),
    }
}

/// Hands the reports to `write` in their order, each judged; gives how many.
pub fn in_order(
    work: &Arc<Work>,
    write: &mut dyn FnMut(Turn<Done>) -> Result<(), Stop>,
) -> Result<usize, Stop> {
    // standard input may let us wait, and a file that was begun must then be taken away
    let waits = |piece: &Piece| named(&work.options).is_some() && piece.shown() == "-";
    let alone = matches!(work.reports.as_slice(), [one] if one.is_short() && !waits(one));
    let (count, threads, shared) = (work.reports.len(), work.options.threads, Arc::clone(work));
    let task = Task {
        work: move |number| shared.done(number),
        late: |number: usize| {
            let path = work.reports[number].shown();
            (vec![work.written(&judge::late(&path), None)], PATIENCE)
        },
        patience: PATIENCE,
    };
    batch::run(count, alone, threads, task, write)
}

fn finished(writer: &mut Writer, all: usize, named: Option<&Path>) -> Result<(), Stop> {
    output::complain_plainly(&writer.end()?);
    if let Some(path) = named {
        let path = load::shown(path);
        output::complain(&format!("核对了 {all} 份报告，结果写在“{path}”。"));
    }
    Ok(())
}

/// What was judged is left as a whole on standard output; a file is left as it was.
fn stopped(writer: &mut Writer, written: usize, all: usize, named: Option<&Path>) -> Result<u8, Stop> {
    let rest = if named.is_some() {
        "结果没有写出，原来的文件不变。"
    } else {
        writer.batch.stopped_before = Some(all);
        output::complain_plainly(&writer.end()?);
        "其余没有核对。"
    };
    output::complain(&format!("已中断：共 {all} 份报告，核对了 {written} 份，{rest}"));
    Ok(UNDETERMINED)
}

fn code(rules: &Rules, batch: &Batch) -> u8 {
    // an error in the rules has already made every report 无法判定
    let told = batch.verdicts.reports() == 0 || !rules.broken;
    let of_rules = |verdict| told && rules.outcomes.iter().any(|outcome| outcome.verdict == verdict);
    if batch.verdicts.failed > 0 || of_rules(Verdict::Fail) {
        FAILED
    } else if batch.verdicts.undetermined > 0 || of_rules(Verdict::Undetermined) {
        UNDETERMINED
    } else {
        PASSED
    }
}
