//! Files to the reports that they are: each one alone, or several that are one report (a text and its form).

use crate::cli::arguments::CheckOptions;
use crate::cli::load;
use crate::cli::walk::Input;
use crate::document::Document;
use crate::facts::Facts;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// How many files of a folder may be one report unasked.
const MOST: usize = 6;
/// A shorter project name may stand in a text by chance.
const SHORTEST_NAME: usize = 4;

/// What is judged as one report.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A file.
    One(Input),
    /// Files that are one report.
    Several(Submission),
}

/// Files that are one report.
#[derive(Clone, Debug)]
pub struct Submission {
    /// What it is called: its folder, or its files.
    pub name: String,
    /// Its files.
    pub files: Vec<Input>,
    /// Whether the user said so. Otherwise it is to be seen from what they hold.
    pub asked: bool,
}

impl Piece {
    /// Its path as it is shown.
    pub fn shown(&self) -> String {
        match self {
            Piece::One(input) => input.shown(),
            Piece::Several(submission) => submission.name.clone(),
        }
    }

    /// Whether it is judged before anybody could interrupt it.
    pub fn is_short(&self) -> bool {
        match self {
            Piece::One(input) => input.is_short(),
            Piece::Several(submission) => submission.files.iter().all(Input::is_short),
        }
    }
}

/// The reports that the files are, in their order.
pub fn pieces(files: Vec<Input>, options: &CheckOptions) -> Vec<Piece> {
    let reports: Vec<Input> = files
        .into_iter()
        .filter(|input| !matches!(input, Input::Rules(_) | Input::Waivers(_)))
        .collect();
    if options.as_one || options.separate {
        return as_asked(reports, options.as_one);
    }
    let folders = candidates(&reports, &options.files);
    let mut begun = HashSet::new();
    let mut pieces = Vec::new();
    for input in &reports {
        let folder = folder_of(input).filter(|folder| folders.contains_key(*folder));
        match folder {
            None => pieces.push(Piece::One(input.clone())),
            Some(folder) if begun.insert(folder) => pieces.push(Piece::Several(Submission {
                name: load::shown(folder),
                files: folders[folder].clone(),
                asked: false,
            })),
            Some(_) => {}
        }
    }
    pieces
}

/// All files as one report, or each as its own.
pub fn as_asked(files: Vec<Input>, as_one: bool) -> Vec<Piece> {
    if !as_one || files.len() < 2 {
        return files.into_iter().map(Piece::One).collect();
    }
    let names: Vec<String> = files.iter().map(Input::shown).collect();
    vec![Piece::Several(Submission {
        name: names.join(" + "),
        files,
        asked: true,
    })]
}

fn folder_of(input: &Input) -> Option<&Path> {
    match input {
        Input::Report(path) => path.parent(),
        _ => None,
    }
}

/// Folders below those that were named which hold two to six reports, each of another format and another name: one
/// report is saved in many formats under one name, and reports of many units share a format.
fn candidates(reports: &[Input], arguments: &[PathBuf]) -> BTreeMap<PathBuf, Vec<Input>> {
    let mut folders: BTreeMap<PathBuf, Vec<Input>> = BTreeMap::new();
    for input in reports {
        let Input::Report(path) = input else { continue };
        let walked = |argument: &&PathBuf| path != *argument && path.starts_with(argument);
        if let Some(folder) = path.parent().filter(|_| arguments.iter().any(|a| walked(&a))) {
            folders.entry(folder.to_owned()).or_default().push(input.clone());
        }
    }
    folders.retain(|_, files| (2..=MOST).contains(&files.len()) && differ(files));
    folders
}

fn differ(files: &[Input]) -> bool {
    let (mut formats, mut names) = (HashSet::new(), HashSet::new());
    files.iter().all(|input| match input {
        Input::Report(path) => {
            let name = path.file_stem().map(|name| name.to_owned());
            formats.insert(format(&load::ending(path))) && names.insert(name)
        }
        _ => false,
    })
}

/// Endings of one format are one.
fn format(ending: &str) -> String {
    match ending {
        "docx" | "docm" | "doc" | "wps" | "odt" | "rtf" => "docx",
        "xlsx" | "xlsm" | "xls" | "et" | "ods" | "xlsb" => "xlsx",
        "htm" => "html",
        "markdown" => "md",
        "text" => "txt",
        other => other,
    }
    .to_owned()
}

/// Whether files of a folder are one report: one of them is the form, all others speak of its project by its name and
/// hold no form, and none is of another year.
pub fn belong_together(read: &[(&Document, Facts)]) -> bool {
    let mut forms = read.iter().filter_map(|(_, facts)| facts.form.as_ref());
    let (Some(form), None) = (forms.next(), forms.next()) else {
        return false;
    };
    let project = bare(&form.project.text);
    let named = form.project.is_filled() && project.chars().count() >= SHORTEST_NAME;
    let years: HashSet<i32> = read.iter().filter_map(|(_, facts)| facts.year).collect();
    let speaks = |document: &Document| bare(&document.view.text).contains(&project);
    let all = read
        .iter()
        .all(|(document, facts)| facts.form.is_some() || speaks(document));
    form.others == 0 && named && years.len() <= 1 && all
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is said of a report that is several files.
pub fn note(files: &[String], asked: bool) -> String {
    let told = format!("{} 个文件合为一份报告：{}。", files.len(), files.join("、"));
    match asked {
        true => told,
        false => told + "要分开核对，请加 --separate。",
    }
}
