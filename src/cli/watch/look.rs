//! One look at the files of a run: which there are, and when each was last written.

use crate::cli::arguments::CheckOptions;
use crate::cli::load;
use crate::cli::rules::Rules;
use crate::cli::submission::{self, Piece};
use crate::cli::waivers;
use crate::cli::walk::{self, Input};
use crate::packs;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// When a file was written and how long it is; nothing of one that is not there.
type Stamp = Option<(SystemTime, u64)>;
type Stamps = BTreeMap<PathBuf, Stamp>;

/// The files as they are.
#[derive(PartialEq, Eq, Debug)]
pub struct Seen {
    /// What the arguments mean.
    pub files: Vec<Input>,
    /// What all reports depend on: rules, those that they cite, the baseline.
    pub rules: Stamps,
    /// The reports.
    pub reports: Vec<Report>,
}

/// A report with its files and the 采纳 files beside them.
#[derive(PartialEq, Eq, Debug)]
pub struct Report {
    /// The report.
    pub piece: Piece,
    stamps: Stamps,
}

/// What the rules were read from besides the files that were named.
#[derive(Default, Debug)]
pub struct Sources {
    cited: Vec<PathBuf>,
    /// Folders in which a rule file may appear that was cited and not found.
    folders: Vec<PathBuf>,
}

/// The files as they are now.
pub fn look(options: &CheckOptions, sources: &Sources) -> Seen {
    let files = walk::inputs(&options.files).files;
    let rules = rule_files(options, &files, sources);
    let reports = submission::pieces(files.clone(), options);
    Seen {
        files,
        rules: rules.into_iter().map(stamped).collect(),
        reports: reports.into_iter().map(Report::of).collect(),
    }
}

/// What all reports depend on.
fn rule_files(options: &CheckOptions, files: &[Input], sources: &Sources) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = options
        .rules
        .iter()
        .filter(|name| packs::by_name(name).is_none())
        .map(PathBuf::from)
        .collect();
    paths.extend(options.again.baseline.clone());
    paths.extend(files.iter().filter_map(|input| match input {
        Input::Rules(path) | Input::Waivers(path) => Some(path.clone()),
        _ => None,
    }));
    paths.extend(sources.cited.iter().cloned());
    for folder in &sources.folders {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let beside = entries.map(|entry| entry.path());
        paths.extend(beside.filter(|path| load::ending(path) == "jx" && !waivers::is_waivers(path)));
    }
    paths
}

/// What those rules were read from.
pub fn sources(rules: &Rules, options: &CheckOptions) -> Sources {
    let names = rules
        .model
        .sources
        .iter()
        .map(|source| PathBuf::from(&source.name));
    let cited: Vec<PathBuf> = names.filter(|path| path.is_file()).collect();
    let mut folders = Vec::new();
    if rules.broken {
        let named = options
            .rules
            .iter()
            .map(PathBuf::from)
            .filter(|path| path.is_file());
        let beside = cited.iter().cloned().chain(named).map(|path| folder_of(&path));
        folders = beside.collect();
        folders.sort();
        folders.dedup();
    }
    Sources { cited, folders }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn stamped(path: PathBuf) -> (PathBuf, Stamp) {
    let about = fs::metadata(&path).ok();
    let stamp = about.map(|about| (about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len()));
    (path, stamp)
}

impl Report {
    fn of(piece: Piece) -> Report {
        let inputs = match &piece {
            Piece::One(input) => std::slice::from_ref(input),
            Piece::Several(submission) => &submission.files,
        };
        let paths = inputs.iter().filter_map(|input| match input {
            Input::Report(path) => Some(path.clone()),
            _ => None,
        });
        let stamps = paths
            .flat_map(|path| [waivers::beside(&path), Some(path)])
            .flatten()
            .map(stamped)
            .collect();
        Report { piece, stamps }
    }
}

impl Seen {
    /// Turns to what the rules have now been read from. Files that were looked at before they were read stay as they
    /// were then, so that what was saved meanwhile is seen at the next look.
    pub fn turn_to(&mut self, sources: &Sources, options: &CheckOptions) {
        let old = std::mem::take(&mut self.rules);
        let paths = rule_files(options, &self.files, sources);
        let stamps = paths.into_iter().map(|path| match old.get(&path) {
            Some(stamp) => (path, *stamp),
            None => stamped(path),
        });
        self.rules = stamps.collect();
    }

    /// The files that are there and were not, or were otherwise.
    pub fn changed(&self, before: Option<&Seen>) -> Vec<PathBuf> {
        let Some(before) = before else {
            return Vec::new();
        };
        let old = before.all();
        let now = self.all();
        now.iter()
            .filter(|(path, stamp)| stamp.is_some() && old.get(*path) != Some(*stamp))
            .map(|(path, _)| (*path).clone())
            .collect()
    }

    /// The files that were there and are no more.
    pub fn gone(&self, now: &Seen) -> Vec<PathBuf> {
        let now = now.all();
        self.all()
            .iter()
            .filter(|(path, stamp)| stamp.is_some() && now.get(*path).is_none_or(|stamp| stamp.is_none()))
            .map(|(path, _)| (*path).clone())
            .collect()
    }

    fn all(&self) -> BTreeMap<&PathBuf, &Stamp> {
        let reports = self.reports.iter().flat_map(|report| &report.stamps);
        self.rules.iter().chain(reports).collect()
    }
}
