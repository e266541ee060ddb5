//! 采纳 entries against findings: what somebody has answered for is told with its reason and counts no more; an entry
//! that is due, or that fits nothing any more, is a finding itself.

pub mod from_text;
pub mod to_text;

use crate::finding::{Accepted, Finding, Outcome, Severity, fingerprint};
use crate::source::{Source, SourceId, Span};
use crate::syntax::date::Date;
use std::sync::Arc;

/// What a file of 采纳 entries is called, behind the name of the report that it stands beside.
pub const ENDING: &str = ".采纳.jx";

/// The ids of what is found of 采纳 entries, and their titles.
pub const TITLES: &[(&str, &str)] = &[
    ("waiver-incomplete", "采纳写得不全"),
    ("waiver-expired", "采纳已到期"),
    ("waiver-unused", "采纳用不上"),
];

/// One 采纳.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    /// The check and what it is about: 扣分无原因／受益村民人数.
    pub target: String,
    /// 指纹
    pub fingerprint: String,
    /// 理由
    pub reason: String,
    /// 批准, may be empty.
    pub by: String,
    /// 到期, as written and as a day.
    pub until: Option<(String, Date)>,
    /// The line that opens it.
    pub span: Span,
    /// All of its lines.
    pub whole: Span,
}

/// Lets the entries of `sources` (the texts of 采纳 files) speak for the findings of a report, and adds what is to be
/// said of the entries themselves. Where the report was not read as a whole nobody can say that an entry is unused.
pub fn apply(outcome: &mut Outcome, sources: Vec<Source>, today: Date, whole: bool) {
    let whole = whole && outcome.reasons.is_empty();
    let mut told = Vec::new();
    for source in sources {
        let id = SourceId(outcome.sources.len() as u32);
        let (waivers, faults) = from_text::read(&source.text, id);
        outcome.sources.push(Arc::new(source));
        told.extend(faults);
        for waiver in &waivers {
            told.extend(speak(waiver, &mut outcome.findings, today, whole));
        }
    }
    fingerprint::stamp(&mut told, &outcome.sources);
    outcome.findings.extend(told);
    outcome.verdict = outcome.settled();
}

/// Lets one entry speak; gives what is to be said of it.
fn speak(waiver: &Waiver, findings: &mut [Finding], today: Date, whole: bool) -> Option<Finding> {
    let meant = |finding: &Finding| waiver.fingerprint == finding.fingerprint && waiver.names(finding);
    let expired = waiver.until.as_ref().filter(|(_, day)| *day < today);
    if let Some(finding) = findings
        .iter_mut()
        .find(|finding| meant(finding) && may_be_accepted(finding))
    {
        if let Some((written, _)) = expired {
            return Some(due(waiver, written));
        }
        if finding.stands() {
            finding.accepted = Some(Accepted {
                reason: waiver.reason.clone(),
                by: waiver.by.clone(),
                until: waiver
                    .until
                    .as_ref()
                    .map_or(String::new(), |(written, _)| written.clone()),
                span: waiver.span,
            });
            return None;
        }
        return Some(twice(waiver, finding));
    }
    let changed = findings
        .iter()
        .any(|finding| finding.stands() && waiver.names(finding));
    whole.then(|| unused(waiver, changed))
}

/// Whether a finding is one that somebody can answer for: not that a file was not read.
pub fn may_be_accepted(finding: &Finding) -> bool {
    let own = ["rule-", "waiver-"]
        .iter()
        .any(|kind| finding.check.starts_with(kind));
    !own && !["unreadable-input", "internal-error"].contains(&finding.check.as_str())
}

impl Waiver {
    /// Whether the entry speaks of that check and subject: by name or id, with or without the subject.
    pub fn names(&self, finding: &Finding) -> bool {
        let target = plain(&self.target);
        [&finding.check, &finding.title].into_iter().any(|check| {
            let check = plain(check);
            target == check || target == format!("{check}/{}", plain(&finding.subject))
        })
    }
}

/// A name as it is compared: without blanks and quotes, with one slash.
pub fn plain(name: &str) -> String {
    fingerprint::folded(name)
        .chars()
        .filter(|sign| !"“”\"「」‘’《》".contains(*sign))
        .collect()
}

/// A finding on an entry.
fn fault(id: &str, severity: Severity, message: String, span: Span) -> Finding {
    let title = TITLES.iter().find(|(known, _)| *known == id);
    Finding::new(id, title.map_or("", |(_, title)| title), severity, message, span)
}

fn due(waiver: &Waiver, written: &str) -> Finding {
    let message = format!("对“{}”的采纳 {written} 已经到期，不再有效。", waiver.target);
    fault("waiver-expired", Severity::Warning, message, waiver.span)
        .help("改正报告；仍要认可的，经批准后用 jixiao accept 重新采纳。")
}

fn unused(waiver: &Waiver, changed: bool) -> Finding {
    let target = &waiver.target;
    let (message, help) = match changed {
        true => (
            format!("采纳“{target}”之后，报告里的数或写法改了，这一条采纳不再有效。"),
            "核对现在的数；仍要认可的，用 jixiao accept 重新采纳，这一条会被换掉；不再认可的，删去。",
        ),
        false => (
            format!("没有查到“{target}”这一处问题，这一条采纳用不上。"),
            "问题已经改好的，删去这一条；换了规则核对的，看是不是少了那一项检查。",
        ),
    };
    fault("waiver-unused", Severity::Warning, message, waiver.span).help(help)
}

fn twice(waiver: &Waiver, finding: &Finding) -> Finding {
    let message = format!("“{}”已经采纳过一次，这一条用不上。", waiver.target);
    let before = finding.accepted.as_ref().map_or(waiver.span, |entry| entry.span);
    fault("waiver-unused", Severity::Warning, message, waiver.span)
        .help("留下一处。")
        .and(before, "", "先写在这里")
}
