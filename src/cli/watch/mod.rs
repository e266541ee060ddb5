//! `jixiao check --watch`: looks at the files again and again, and judges anew the reports that were saved meanwhile.
//!
//! Files are looked at by their time and size, twice a second. A library that asks the system for changes would be told
//! sooner, but hears nothing of what colleagues save on a shared drive, where such reports lie.

mod look;

use crate::cli::PASSED;
use crate::cli::arguments::CheckOptions;
use crate::cli::baseline::Baseline;
use crate::cli::batch::Turn;
use crate::cli::check::{self, Work};
use crate::cli::interrupt;
use crate::cli::output::{self, Output, Stop};
use crate::cli::rules::Rules;
use crate::cli::submission::Piece;
use crate::cli::waivers;
use crate::cli::walk::Input;
use crate::cli::writer::{Shape, Writer};
use crate::finding::Verdict;
use crate::render::to_terminal::{Terminal, Totals};
use look::{Seen, Sources};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long files are left alone between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// A large folder takes long to look through: looking may take so small a part of the time.
const SHARE: u32 = 10;
/// A file that is written all the time is judged after so many looks though it is never at rest.
const PATIENCE: usize = 10;
/// Changed files that are named.
const NAMED: usize = 3;

/// Runs until the user has seen enough, and gives the exit code.
pub fn run(options: CheckOptions, shape: Shape) -> Result<u8, Stop> {
    refuse(&options, shape)?;
    let (sender, pressed) = mpsc::channel();
    interrupt::watch(move || {
        let _ = sender.send(());
    });
    let baseline = check::known(&options)?;
    let mut watch = Watch {
        output: Output::standard(),
        options: Arc::new(options),
        shape,
        baseline,
        pressed,
        sources: Sources::default(),
        judged: None,
        verdicts: HashMap::new(),
    };
    while let Some(seen) = watch.next() {
        if !watch.round(seen)? {
            break;
        }
    }
    output::complain("持续核对结束。");
    Ok(PASSED)
}

/// What cannot be done again and again.
fn refuse(options: &CheckOptions, shape: Shape) -> Result<(), Stop> {
    let why = if !matches!(shape, Shape::Full | Shape::Short | Shape::JsonLines) {
        "--watch 一轮一轮地显示结果，只能用 full、short 两种格式或 --jsonl。"
    } else if options.output.is_some() {
        "--watch 的结果显示在屏幕上，不能同时用 -o 写入文件。"
    } else if options.annotate.is_some() {
        "--watch 一直核对下去，不能同时用 --annotate 写批注副本。"
    } else if options.files.iter().any(|path| path == Path::new("-")) {
        "--watch 要看着文件，不能从标准输入读报告。"
    } else {
        return Ok(());
    };
    Err(Stop::Failed(why.to_owned()))
}

/// What is known of the files so far.
struct Watch {
    output: Output,
    options: Arc<CheckOptions>,
    shape: Shape,
    baseline: Option<Arc<Baseline>>,
    pressed: Receiver<()>,
    sources: Sources,
    /// The files as they were when they were judged.
    judged: Option<Seen>,
    /// The verdicts of the reports that each piece has come to.
    verdicts: HashMap<String, Vec<Verdict>>,
}

impl Watch {
    /// The files when they have changed and come to rest; nothing when the user has seen enough.
    fn next(&self) -> Option<Seen> {
        let Some(judged) = &self.judged else {
            return Some(look::look(&self.options, &self.sources));
        };
        let mut last: Option<Seen> = None;
        let mut restless = 0;
        let mut pause = PAUSE;
        loop {
            match self.pressed.recv_timeout(pause) {
                Err(RecvTimeoutError::Timeout) => {}
                _ => return None,
            }
            let started = Instant::now();
            let now = look::look(&self.options, &self.sources);
            pause = PAUSE.max(started.elapsed() * SHARE);
            if now == *judged {
                last = None;
            } else if last.as_ref() == Some(&now) || restless >= PATIENCE {
                return Some(now);
            } else {
                restless += 1;
                last = Some(now);
            }
        }
    }

    /// Judges what has changed. False when the user has interrupted it.
    fn round(&mut self, mut seen: Seen) -> Result<bool, Stop> {
        let before = self.judged.take();
        let all = before.as_ref().is_none_or(|before| before.rules != seen.rules);
        let gone = before.as_ref().map_or(Vec::new(), |before| before.gone(&seen));
        let changed = seen.changed(before.as_ref());
        self.tell(before.is_some(), &changed, &gone)?;
        if all && before.is_some() {
            self.renew_baseline();
        }
        let is_gone = |piece: &Piece| match piece {
            Piece::One(Input::Report(path)) => gone.contains(path),
            _ => false,
        };
        let reports: Vec<Piece> = seen
            .reports
            .iter()
            .filter(|report| {
                let old = before
                    .as_ref()
                    .is_some_and(|before| before.reports.contains(report));
                (all || !old) && !is_gone(&report.piece)
            })
            .map(|report| report.piece.clone())
            .collect();
        let rules = check::rules_of(&self.options, &seen.files);
        self.sources = look::sources(&rules, &self.options);
        seen.turn_to(&self.sources, &self.options);
        let went_on = self.judge(reports, rules, all)?;
        let there: Vec<String> = seen.reports.iter().map(|report| report.piece.shown()).collect();
        self.verdicts.retain(|piece, _| there.contains(piece));
        for path in &gone {
            self.verdicts.remove(&crate::cli::load::shown(path));
        }
        self.judged = Some(seen);
        if went_on {
            self.totals()?;
        }
        Ok(went_on)
    }

    fn judge(&mut self, reports: Vec<Piece>, rules: Rules, tell_rules: bool) -> Result<bool, Stop> {
        let names: Vec<String> = reports.iter().map(Piece::shown).collect();
        let work = Arc::new(Work {
            reports,
            rules,
            baseline: self.baseline.clone(),
            options: Arc::clone(&self.options),
            shape: self.shape,
            look: self.output.look(self.options.color),
            copy: None,
        });
        let mut writer = Writer::new(&mut self.output, self.shape, work.look);
        if tell_rules {
            writer.rule_files(&work.rules.outcomes, names.is_empty())?;
        }
        let (verdicts, pressed) = (&mut self.verdicts, &self.pressed);
        let (mut at, mut interrupted) = (0, false);
        let written = check::in_order(&work, &mut |turn| {
            if pressed.try_recv().is_ok() {
                interrupted = true;
                return Err(Stop::ReaderLeft);
            }
            if let Turn::Next((judged, _)) = turn {
                let of_piece = judged.iter().map(|judged| judged.tally.verdict).collect();
                verdicts.insert(names[at].clone(), of_piece);
                at += 1;
                for judged in judged {
                    writer.report(judged)?;
                }
            }
            Ok(())
        });
        match written {
            Err(_) if interrupted => Ok(false),
            Err(stop) => Err(stop),
            Ok(count) => Ok(count == names.len()),
        }
    }

    /// A baseline that cannot be read for the moment leaves the old one in force.
    fn renew_baseline(&mut self) {
        match check::known(&self.options) {
            Ok(baseline) => self.baseline = baseline,
            Err(Stop::Failed(why)) => output::complain(&why),
            Err(Stop::ReaderLeft) => {}
        }
    }

    /// The line that parts the rounds: the time, and what has happened.
    fn tell(&mut self, again: bool, changed: &[PathBuf], gone: &[PathBuf]) -> Result<(), Stop> {
        let mut line = format!("—— {} ", waivers::clock());
        match again {
            false => line.push_str("开始持续核对，按 Ctrl-C 结束"),
            true => {
                let told: Vec<String> = [(changed, "有改动"), (gone, "不见了，放回来以后再核对")]
                    .into_iter()
                    .filter(|(paths, _)| !paths.is_empty())
                    .map(|(paths, what)| named(paths) + what)
                    .collect();
                line.push_str(&told.join("；"));
            }
        }
        line.push_str(" ——\n");
        if again {
            line.insert(0, '\n');
        }
        self.say(&line)
    }

    /// How all reports stand now, where they are several.
    fn totals(&mut self) -> Result<(), Stop> {
        let mut totals = Totals::default();
        self.verdicts
            .values()
            .flatten()
            .for_each(|verdict| totals.count(*verdict));
        if totals.reports() < 2 {
            return self.output.hand_on();
        }
        let mut text = String::new();
        Terminal::new(self.output.look(self.options.color)).totals(&mut text, totals);
        self.say(&text)
    }

    /// Lines that a program reads have nothing between them that is none of theirs.
    fn say(&mut self, text: &str) -> Result<(), Stop> {
        if self.shape == Shape::JsonLines {
            output::complain_plainly(text);
            return Ok(());
        }
        self.output.write(text)?;
        self.output.hand_on()
    }
}

/// “甲.docx”、“乙.docx”等 5 个文件
fn named(paths: &[PathBuf]) -> String {
    let first: Vec<String> = paths
        .iter()
        .take(NAMED)
        .map(|path| format!("“{}”", crate::cli::load::shown(path)))
        .collect();
    let rest = match paths.len() {
        count if count > NAMED => format!("等 {count} 个文件"),
        _ => String::new(),
    };
    first.join("、") + &rest
}
