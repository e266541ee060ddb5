//! Findings that are accepted to the entries of a 采纳 file, in canonical form, behind those that it has already.

use super::{Waiver, from_text};
use crate::finding::{Finding, Outcome, Severity};
use crate::source::SourceId;
use crate::syntax::date::Date;
use crate::syntax::to_text::{self, Refusal};
use std::collections::HashSet;

/// Numbers of a finding that an entry tells, and how much of each: it is there to be recognised.
const PLACES: usize = 6;
const LONGEST: usize = 40;

/// What is said of all findings that are accepted together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grounds {
    /// 理由
    pub reason: String,
    /// 批准
    pub by: Option<String>,
    /// 到期
    pub until: Option<Date>,
}

/// The file with an entry for each of the findings of a report, in canonical form: `old` is what stands in it. An entry on
/// the same fault that is due, or that fits no finding any more because the numbers have changed, gives way. An error is
/// what must be mended in the file first.
pub fn written(
    old: &str,
    findings: &[&Finding],
    outcome: &Outcome,
    grounds: &Grounds,
) -> Result<String, Vec<Finding>> {
    let (known, faults) = from_text::read(old, SourceId(0));
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(faults);
    }
    let all = outcome.findings.iter();
    let alive: HashSet<&str> = all.map(|finding| finding.fingerprint.as_str()).collect();
    let renewed = |waiver: &&Waiver| {
        let same = |finding: &&Finding| waiver.fingerprint == finding.fingerprint;
        let changed = !alive.contains(waiver.fingerprint.as_str());
        findings
            .iter()
            .any(|finding| same(finding) || changed && waiver.names(finding))
    };
    let mut text = without(old, known.iter().filter(renewed));
    for finding in findings {
        if !text.trim().is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        text.push_str(&readable(finding, outcome, grounds));
    }
    match to_text::format(&text) {
        Ok(text) => Ok(text),
        // what the formatter leaves alone reads as well as it stands
        Err(Refusal::Unsure) => Ok(text),
        Err(Refusal::Unreadable(findings)) => Err(findings),
    }
}

/// An entry that reads as it is meant: a subject of strange signs is left out, the fingerprint says which it is.
fn readable(finding: &Finding, outcome: &Outcome, grounds: &Grounds) -> String {
    let full = entry(finding, outcome, grounds, true);
    let (read, faults) = from_text::read(&full, SourceId(0));
    match read.as_slice() {
        [one] if faults.is_empty() && one.names(finding) => full,
        _ => entry(finding, outcome, grounds, false),
    }
}

/// A text without the lines of some entries.
fn without<'a>(old: &str, entries: impl Iterator<Item = &'a Waiver>) -> String {
    let mut text = old.to_owned();
    let mut gone: Vec<_> = entries.map(|waiver| waiver.whole.range()).collect();
    gone.sort_by_key(|range| std::cmp::Reverse(range.start));
    for range in gone {
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[range.end..]
            .find('\n')
            .map_or(text.len(), |at| range.end + at + 1);
        text.replace_range(start..end, "");
    }
    text
}

fn entry(finding: &Finding, outcome: &Outcome, grounds: &Grounds, with_subject: bool) -> String {
    let subject = match with_subject && !finding.subject.is_empty() {
        true => format!("／{}", one_line(&finding.subject)),
        false => String::new(),
    };
    let mut text = format!("采纳：{}{subject}\n", one_line(&finding.title));
    let mut say = |word: &str, what: &str| {
        if !what.is_empty() {
            text.push_str(&format!("　{word}：{what}\n"));
        }
    };
    say("指纹", &finding.fingerprint);
    say("原文", &quoted(finding, outcome));
    say("理由", &one_line(&grounds.reason));
    say("批准", &one_line(grounds.by.as_deref().unwrap_or("")));
    say(
        "到期",
        &grounds.until.map_or(String::new(), |day| day.to_string()),
    );
    text
}

/// 目标“8000 家”；完成值“7500 家”: what the report says at the places of the finding.
fn quoted(finding: &Finding, outcome: &Outcome) -> String {
    let mut words: Vec<String> = Vec::new();
    for place in &finding.places {
        let Some(source) = outcome.sources.get(place.span.source.0 as usize) else {
            continue;
        };
        let quote = one_line(source.slice(place.span));
        let cut: String = quote.chars().take(LONGEST).collect();
        let more = if cut.len() < quote.len() { "…" } else { "" };
        let told = format!("{}“{cut}{more}”", place.role);
        if outcome.is_own(&source.name) && !quote.is_empty() && !words.contains(&told) && words.len() < PLACES
        {
            words.push(told);
        }
    }
    words.join("；")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
