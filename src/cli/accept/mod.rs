//! `jixiao accept`: judges reports, and writes for the findings that are meant 采纳 entries beside each report, whole
//! or not at all.

pub mod options;

use crate::cli::judge;
use crate::cli::load;
use crate::cli::output::{Output, Stop};
use crate::cli::replacement::Replacement;
use crate::cli::submission;
use crate::cli::walk;
use crate::cli::{PASSED, rules, waivers as beside};
use crate::finding::{Finding, Outcome, Severity};
use crate::render::positions::Positions;
use crate::waivers::to_text::{self, Grounds};
use crate::waivers::{may_be_accepted, plain};
use options::AcceptOptions;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Findings that are listed where the user must choose.
const LISTED: usize = 20;

/// Runs `accept` and gives its exit code.
pub fn run(options: &AcceptOptions, output: &mut Output) -> Result<u8, Stop> {
    if options.reason.trim().is_empty() {
        return Err(Stop::Failed(
            "没有写理由。请在 --reason 后面写明为什么认可。".to_owned(),
        ));
    }
    let outcomes = judged(options)?;
    let meant: Vec<(&Outcome, Vec<&Finding>)> = outcomes
        .iter()
        .map(|outcome| {
            (
                outcome,
                outcome
                    .findings
                    .iter()
                    .filter(|finding| is_meant(finding, options))
                    .collect(),
            )
        })
        .collect();
    let standing = |findings: &[&Finding]| findings.iter().filter(|finding| finding.stands()).count();
    let count: usize = meant.iter().map(|(_, findings)| standing(findings)).sum();
    if count == 0 {
        return Err(Stop::Failed(nothing(&outcomes, &meant)));
    }
    if count > 1 && !options.chooses() {
        let words =
            format!("有 {count} 处问题，不知道采纳哪一处。请加上 --check、--subject 或 --fingerprint：\n");
        return Err(Stop::Failed(words + &listed(&outcomes)));
    }
    let files = files(&meant, options)?;
    write(&files)?;
    for (path, file) in &files {
        let path = load::shown(path);
        output.write(&format!(
            "采纳了 {} 处，写在“{path}”：\n{}",
            file.told.len(),
            file.told.concat()
        ))?;
    }
    output.write("下次核对这份报告时，这些问题照样列出，但不再算不通过；报告里的数改了，采纳自动作废。\n")?;
    Ok(PASSED)
}

/// All reports, judged as `check` does.
fn judged(options: &AcceptOptions) -> Result<Vec<Outcome>, Stop> {
    let of_check = options.of_check();
    let inputs = walk::inputs(&options.files);
    let rules = rules::load(&of_check, &inputs.files);
    if rules.broken {
        return Err(Stop::Failed(
            "规则文件有错误，没有核对，也没有写采纳。先用 jixiao check 查看并改正规则。".to_owned(),
        ));
    }
    let pieces = submission::pieces(inputs.files, &of_check);
    let outcomes: Vec<Outcome> = pieces
        .iter()
        .flat_map(|piece| judge::told(piece, &rules, &of_check))
        .map(|told| told.outcome)
        .collect();
    let unread = |outcome: &&Outcome| {
        outcome
            .findings
            .iter()
            .any(|finding| finding.check == "unreadable-input")
    };
    if let Some(outcome) = outcomes.iter().find(unread) {
        let reason = outcome.reasons.first().map_or("", String::as_str);
        return Err(Stop::Failed(format!(
            "“{}”没有读成：{reason}没有写采纳。",
            outcome.path
        )));
    }
    match outcomes.is_empty() {
        true => Err(Stop::Failed("没有写报告。请写上查出问题的报告文件。".to_owned())),
        false => Ok(outcomes),
    }
}

fn is_meant(finding: &Finding, options: &AcceptOptions) -> bool {
    let is = |wanted: &Option<String>, of: &[&str]| {
        wanted
            .as_ref()
            .is_none_or(|wanted| of.iter().any(|one| plain(one) == plain(wanted)))
    };
    may_be_accepted(finding)
        && is(&options.check, &[&finding.check, &finding.title])
        && is(&options.subject, &[&finding.subject])
        && is(&options.fingerprint, &[&finding.fingerprint])
}

/// Why there is nothing to accept.
fn nothing(outcomes: &[Outcome], meant: &[(&Outcome, Vec<&Finding>)]) -> String {
    if meant.iter().any(|(_, findings)| !findings.is_empty()) {
        return "这些问题已经采纳过，没有再写。".to_owned();
    }
    match listed(outcomes).as_str() {
        "" => "没有查出可以采纳的问题，没有写。".to_owned(),
        all => format!("没有查到所说的问题，没有写。查出的问题有：\n{all}"),
    }
}

/// What was found and stands, a line each: fingerprint, check, subject.
fn listed(outcomes: &[Outcome]) -> String {
    let standing = |outcome: &Outcome| -> Vec<String> {
        let all = outcome
            .findings
            .iter()
            .filter(|finding| finding.stands() && may_be_accepted(finding));
        all.map(|finding| {
            format!(
                "  {}  {}（{}）\n",
                finding.fingerprint,
                named(finding),
                outcome.path
            )
        })
        .collect()
    };
    let all: Vec<String> = outcomes.iter().flat_map(standing).collect();
    let rest = match all.len().saturating_sub(LISTED) {
        0 => String::new(),
        rest => format!("  另有 {rest} 处。\n"),
    };
    let shown: String = all.into_iter().take(LISTED).collect();
    (shown + &rest).trim_end().to_owned()
}

fn named(finding: &Finding) -> String {
    match finding.subject.as_str() {
        "" => finding.title.clone(),
        subject => format!(
            "{}／{}",
            finding.title,
            subject.split_whitespace().collect::<String>()
        ),
    }
}

/// A 采纳 file as it will be.
#[derive(Default)]
struct File {
    text: String,
    told: Vec<String>,
}

/// The files with their entries. An entry stands beside the file in which the finding is shown first.
fn files(
    meant: &[(&Outcome, Vec<&Finding>)],
    options: &AcceptOptions,
) -> Result<BTreeMap<PathBuf, File>, Stop> {
    let grounds = Grounds {
        reason: options.reason.trim().to_owned(),
        by: options.by.clone(),
        until: options.until,
    };
    let mut files: BTreeMap<PathBuf, File> = BTreeMap::new();
    for (outcome, findings) in meant {
        for (path, own) in by_place(outcome, findings)? {
            let file = match files.remove(&path) {
                Some(file) => file,
                None => File {
                    text: old(&path)?,
                    told: Vec::new(),
                },
            };
            let text = to_text::written(&file.text, &own, outcome, &grounds);
            let text = text.map_err(|_| in_the_way(&path))?;
            let mut told = file.told;
            told.extend(
                own.iter()
                    .map(|finding| format!("  {}（指纹 {}）\n", named(finding), finding.fingerprint)),
            );
            files.insert(path, File { text, told });
        }
    }
    Ok(files)
}

/// The findings of a report that stand, by the 采纳 files that they belong in.
fn by_place<'f>(
    outcome: &Outcome,
    findings: &[&'f Finding],
) -> Result<BTreeMap<PathBuf, Vec<&'f Finding>>, Stop> {
    let positions = Positions::new(&outcome.sources);
    let mut all: BTreeMap<PathBuf, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.stands()) {
        let mut places = finding.places.iter().map(|place| positions.path(place.span));
        let own = |path: &&str| outcome.files.iter().any(|file| file == path);
        let first = outcome.files.first().unwrap_or(&outcome.path);
        let report = places.find(own).unwrap_or(first);
        let path = beside::beside(Path::new(report))
            .ok_or_else(|| Stop::Failed("从标准输入读的报告没有文件名，采纳没有地方写。".to_owned()))?;
        all.entry(path).or_default().push(finding);
    }
    Ok(all)
}

fn in_the_way(path: &Path) -> Stop {
    let path = load::shown(path);
    Stop::Failed(format!(
        "“{path}”里有写错的地方，没有动它。先用 jixiao check {path} 查看并改正。"
    ))
}

/// What stands in the file already.
fn old(path: &Path) -> Result<String, Stop> {
    if !path.exists() {
        return Ok(String::new());
    }
    let broken = beside::alone(path).has(Severity::Error);
    match load::read_rules(path) {
        Ok(source) if !broken => Ok(source.text.into_owned()),
        _ => Err(in_the_way(path)),
    }
}

/// Writes all files beside those that they replace, and puts them in place when the last is whole.
fn write(files: &BTreeMap<PathBuf, File>) -> Result<(), Stop> {
    let failed = |path: &Path| {
        let path = load::shown(path);
        Stop::Failed(format!(
            "“{path}”写不进去，没有写采纳。请检查磁盘是否已满、文件夹能否写入。"
        ))
    };
    let mut whole = Vec::new();
    for (path, file) in files {
        let mut new = Replacement::of(path).map_err(Stop::Failed)?;
        new.write_all(file.text.as_bytes()).map_err(|_| failed(path))?;
        whole.push((path, new));
    }
    for (path, mut new) in whole {
        new.put_in_place().map_err(|_| failed(path))?;
    }
    Ok(())
}
