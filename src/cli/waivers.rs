//! 采纳 files: which one stands beside a report, what it says of the report's findings, and what day it is.

use crate::cli::load;
use crate::finding::{Outcome, Verdict};
use crate::source::{Source, SourceId};
use crate::syntax::date::Date;
use crate::waivers::{self, ENDING};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Reports of this kind are made where the clock is eight hours ahead of UTC; whoever asks elsewhere can say the day.
const AHEAD: u64 = 8 * 3600;

/// The day that it is, where the user does not say it.
pub fn today() -> Date {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    Date::after_epoch((seconds + AHEAD) / (24 * 3600))
}

/// The time of the day there: 14:03:22.
pub fn clock() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = (now.map_or(0, |since| since.as_secs()) + AHEAD) % (24 * 3600);
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// A day on the command line.
pub fn day(text: &str) -> Result<Date, String> {
    Date::read(text).ok_or_else(|| "要写全年、月、日，如 2026-12-31".to_owned())
}

/// Whether a file holds 采纳 entries, by its name.
pub fn is_waivers(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_string_lossy().ends_with(ENDING))
}

/// 报告.采纳.jx beside 报告.docx; nothing for standard input.
pub fn beside(report: &Path) -> Option<PathBuf> {
    let stem = report.file_stem().filter(|_| report != Path::new("-"))?;
    let name = format!("{}{ENDING}", stem.to_string_lossy());
    Some(report.with_file_name(name))
}

/// Lets the 采纳 files beside the report's files speak. `whole` says that all its files were read.
pub fn apply(outcome: &mut Outcome, reports: &[PathBuf], today: Date, whole: bool) {
    let mut paths: Vec<PathBuf> = reports.iter().filter_map(|path| beside(path)).collect();
    paths.dedup();
    let mut sources: Vec<Source> = Vec::new();
    for path in paths.iter().filter(|path| path.exists()) {
        match load::read_rules(path) {
            Ok(source) => sources.push(source),
            Err(problem) => {
                let message = format!(
                    "采纳文件“{}”没有用上：{}{}",
                    load::shown(path),
                    problem.message,
                    problem.help
                );
                outcome.reasons.push(message);
            }
        }
    }
    // 报告.docx and 报告.xlsx have one file: what one of them does not need the other may
    let whole = whole && (sources.is_empty() || !reports.iter().any(|report| has_namesake(report)));
    let names: Vec<String> = sources
        .iter()
        .map(|source| format!("“{}”", source.name))
        .collect();
    waivers::apply(outcome, sources, today, whole);
    if !names.is_empty() {
        let count = outcome.accepted().count();
        let note = format!("用了采纳文件{}，采纳 {count} 处。", names.concat());
        outcome.notes.push(note);
    }
}

/// Whether another report of that name, in another format, stands in the folder.
fn has_namesake(report: &Path) -> bool {
    let folder = report
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."));
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let other = entry.path();
        other.file_stem() == report.file_stem()
            && other.file_name() != report.file_name()
            && load::is_known(&load::ending(&other))
    })
}

/// A 采纳 file that is looked at by itself: whether it is written right. What it accepts is seen with its report.
pub fn alone(path: &Path) -> Outcome {
    let shown = load::shown(path);
    let source = match load::read_rules(path) {
        Ok(source) => source,
        Err(problem) => return crate::cli::judge::unreadable(&shown, &problem),
    };
    let (_, findings) = waivers::from_text::read(&source.text, SourceId(0));
    let mut outcome = crate::cli::judge::blank(&shown, Verdict::Pass);
    outcome.findings = findings;
    outcome.sources = vec![Arc::new(source)];
    outcome.verdict = outcome.settled();
    outcome
}
