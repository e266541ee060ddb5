//! The result of an earlier `check` (json or jsonl) to the findings that are known already, which a later run leaves out.

use crate::cli::load;
use crate::finding::{Finding, Outcome, Severity, Verdict};
use crate::waivers::may_be_accepted;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The version of the results that can be read.
const VERSION: u32 = 1;

/// What is known already, by the path of the report.
#[derive(Debug)]
pub struct Baseline {
    name: String,
    reports: HashMap<String, Known>,
}

/// The fingerprints that are known of one report.
#[derive(Default, Debug)]
struct Known {
    standing: HashSet<String>,
    accepted: HashSet<String>,
}

/// A whole result, or one line of a result that was written line by line.
#[derive(Deserialize)]
struct Entry {
    version: u32,
    reports: Option<Vec<Report>>,
    #[serde(flatten)]
    line: Option<Report>,
    rule_file: Option<IgnoredAny>,
    totals: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Report {
    path: String,
    findings: Vec<Found>,
    /// What that run has left out by a baseline of its own.
    #[serde(default)]
    known: Vec<String>,
}

#[derive(Deserialize)]
struct Found {
    fingerprint: String,
    accepted: Option<IgnoredAny>,
}

/// Reads the result of an earlier run; an error says what is wrong and what to do.
pub fn read(path: &Path) -> Result<Baseline, String> {
    let name = load::shown(path);
    let cannot = |why: &str| format!("基线“{name}”用不上：{why}");
    let bytes = fs::read(path).map_err(|error| {
        cannot(match error.kind() {
            ErrorKind::NotFound => "找不到这个文件。请检查路径和文件名是否写对。",
            ErrorKind::PermissionDenied => "没有读取这个文件的权限。",
            _ => "文件打不开。请写上以前核对结果的文件名。",
        })
    })?;
    let foreign = "它不是 jixiao check 用 --format json 写出的结果。请先这样存一份：jixiao check 报告.docx --format json -o 基线.json";
    let text = decoded(bytes).ok_or_else(|| cannot(foreign))?;
    let mut reports: HashMap<String, Known> = HashMap::new();
    let mut entries = 0;
    for entry in serde_json::Deserializer::from_str(&text).into_iter::<Entry>() {
        let entry = entry.map_err(|error| {
            cannot(match error.classify() {
                Category::Eof => "内容不完整，像是没有写完。请重新存一份。",
                _ => foreign,
            })
        })?;
        if entry.version > VERSION {
            return Err(cannot(
                "它是更新的版本写的。请换用新版的 jixiao，或者重新存一份。",
            ));
        }
        let is_result = entry.reports.is_some() || entry.line.is_some();
        if !is_result && entry.rule_file.is_none() && entry.totals.is_none() {
            return Err(cannot(foreign));
        }
        entries += 1;
        for report in entry.reports.into_iter().flatten().chain(entry.line) {
            reports.entry(plain(&report.path)).or_default().add(report);
        }
    }
    match entries {
        0 => Err(cannot(foreign)),
        _ => Ok(Baseline { name, reports }),
    }
}

/// The text of a result. Windows PowerShell writes UTF-16 where a result is led into a file by `>`.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        return String::from_utf16(&units).ok();
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        // a result that breaks off may do so within a character
        Err(error) if error.utf8_error().error_len().is_none() => {
            let whole = error.utf8_error().valid_up_to();
            String::from_utf8(error.into_bytes().into_iter().take(whole).collect()).ok()?
        }
        Err(_) => return None,
    };
    Some(match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// A path as two runs may have been given it.
fn plain(path: &str) -> String {
    let path = path.replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

impl Known {
    fn add(&mut self, report: Report) {
        self.standing.extend(report.known);
        for found in report.findings {
            match found.accepted {
                None => self.standing.insert(found.fingerprint),
                Some(_) => self.accepted.insert(found.fingerprint),
            };
        }
    }

    /// What was accepted then and stands now is news: the 采纳 is due, or was taken away.
    fn holds(&self, finding: &Finding) -> bool {
        let fingerprint = &finding.fingerprint;
        may_be_known(finding)
            && (self.standing.contains(fingerprint)
                || (!finding.stands() && self.accepted.contains(fingerprint)))
    }
}

/// That a file was not read is told in each run.
fn may_be_known(finding: &Finding) -> bool {
    may_be_accepted(finding) || finding.check.starts_with("waiver-")
}

impl Baseline {
    /// Whether that run has judged the report.
    pub fn knows(&self, outcome: &Outcome) -> bool {
        self.reports.contains_key(&plain(&outcome.path))
    }

    /// Leaves out what is known, and settles the verdict by what is new; a report that could not be judged stays so.
    pub fn leave_out(&self, outcome: &mut Outcome, deny_warnings: bool) {
        let Some(known) = self.reports.get(&plain(&outcome.path)) else {
            let note = format!("基线“{}”里没有这份报告，问题都算新的。", self.name);
            outcome.notes.push(note);
            outcome.known = Some(Vec::new());
            return;
        };
        let all = std::mem::take(&mut outcome.findings);
        let (left, new): (Vec<Finding>, Vec<Finding>) =
            all.into_iter().partition(|finding| known.holds(finding));
        outcome.findings = new;
        let count = left.len();
        outcome.known = Some(left);
        if count == 0 {
            return;
        }
        let note = format!("对照基线“{}”，略去已知的问题 {count} 处，只列新的。", self.name);
        outcome.notes.push(note);
        if outcome.verdict == Verdict::Fail {
            outcome.verdict = settled(outcome, deny_warnings);
        }
    }
}

fn settled(outcome: &Outcome, deny_warnings: bool) -> Verdict {
    let fails = |finding: &Finding| match finding.severity {
        Severity::Error => may_be_known(finding),
        Severity::Warning => deny_warnings,
        Severity::Info => false,
    };
    let mut standing = outcome.findings.iter().filter(|finding| finding.stands());
    if standing.any(fails) {
        Verdict::Fail
    } else if outcome.reasons.is_empty() {
        Verdict::Pass
    } else {
        Verdict::Undetermined
    }
}
