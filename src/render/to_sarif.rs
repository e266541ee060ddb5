//! Outcomes to SARIF 2.1.0, which code hosts and review tools read: one run, written piece by piece.
//!
//! Beside an earlier run the standard wants both: what is new, and what was known already and is unchanged. Whoever reads
//! such a log tells them apart by `baselineState`.

use crate::finding::{Finding, Outcome, Place, Severity, Verdict};
use crate::reading::catalogue::{self, Group};
use crate::render::positions::{Positions, Unit};
use crate::render::to_json::written;
use crate::render::totals::Batch;
use crate::render::{places, plain_text, words};
use crate::source::Span;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use serde_sarif::sarif::{
    ArtifactContent, ArtifactLocation, Invocation, Location, LogicalLocation, Message,
    MultiformatMessageString, Notification, PhysicalLocation, Region, ReportingDescriptor,
    ReportingDescriptorReference, Result as Told, ResultLevel, Suppression, ToolComponent,
};
use std::collections::BTreeMap;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The name under which review tools match a result with that of an earlier run.
const PRINT: &str = "jixiao/v1";
/// The id of what the tool says of a report that it could not judge.
const UNDETERMINED: &str = "undetermined";
/// What a path may hold and a URI may not.
const NOT_IN_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The log up to its first result, with the catalogue of what is checked.
pub fn head() -> String {
    let rules: Vec<ReportingDescriptor> = catalogue::entries()
        .into_iter()
        .filter(|entry| matches!(entry.group, Group::Check | Group::Fault))
        .map(|entry| {
            let title = entry.names.first().cloned().unwrap_or_default();
            let id = entry.names.get(1).cloned().unwrap_or_else(|| title.clone());
            let about = match catalogue::about(&id) {
                about if about.is_empty() => title.clone(),
                about => about,
            };
            let mut rule = ReportingDescriptor::builder()
                .id(id.clone())
                .short_description(text(&title))
                .full_description(text(&about))
                .help(text(&entry.text))
                .build();
            // a name says more than the id, or is left out
            rule.name = Some(title).filter(|title| *title != id);
            rule
        })
        .collect();
    let driver = ToolComponent::builder()
        .name("jixiao")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .language("zh-CN")
        .rules(rules)
        .notifications(vec![
            ReportingDescriptor::builder()
                .id(UNDETERMINED)
                .name("无法判定")
                .short_description(text("报告没有核对成，不等于通过。"))
                .build(),
        ])
        .build();
    format!(
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{}}},\
         \"columnKind\":\"unicodeCodePoints\",\"language\":\"zh-CN\",\"results\":[",
        written(&driver)
    )
}

/// The results of one report, or of one rule file, parted by commas; nothing where there are none.
pub fn results(outcome: &Outcome) -> String {
    let positions = Positions::new(&outcome.sources);
    let state = |of: &str| outcome.known.as_ref().map(|_| Value::from(of));
    let told = |finding: &Finding, of: &str| {
        let mut told = result(finding, outcome, &positions);
        told.baseline_state = state(of);
        written(&told)
    };
    let new = outcome.findings.iter().map(|finding| told(finding, "new"));
    let known = outcome.known().iter().map(|finding| told(finding, "unchanged"));
    let mut all: Vec<String> = new.chain(known).collect();
    // a report that was not judged must not look like one that passed
    if outcome.verdict == Verdict::Undetermined {
        all.extend(words::untold_reasons(outcome).map(|reason| {
            let mut told = undetermined(outcome, reason);
            told.baseline_state = state("new");
            written(&told)
        }));
    }
    all.join(",")
}

/// The end of the log: whether the run went through, and which reports it could not judge, as the tool itself says it.
pub fn tail(batch: &Batch) -> String {
    let mut notes: Vec<Notification> = batch
        .undetermined
        .iter()
        .flat_map(|report| {
            let reasons = report.reasons.iter().map(String::as_str);
            let told = if report.reasons.is_empty() {
                Some("没有核对成。")
            } else {
                None
            };
            reasons
                .chain(told)
                .map(|reason| notification(Some(&report.path), reason))
        })
        .collect();
    if let Some(all) = batch.stopped_before {
        let judged = batch.verdicts.reports();
        notes.push(notification(
            None,
            &format!("没有核对完：共 {all} 份报告，核对了 {judged} 份。"),
        ));
    }
    let mut invocation = Invocation::builder()
        .execution_successful(batch.stopped_before.is_none())
        .build();
    invocation.tool_execution_notifications = (!notes.is_empty()).then_some(notes);
    format!("],\"invocations\":[{}]}}]}}\n", written(&invocation))
}

fn notification(path: Option<&str>, reason: &str) -> Notification {
    let mut told = Notification::builder()
        .level("error")
        .message(words_of(&format!("无法判定：{reason}")))
        .descriptor(
            ReportingDescriptorReference::builder()
                .id(UNDETERMINED)
                .index(0)
                .build(),
        )
        .build();
    told.locations = path.map(|path| vec![whole(path)]);
    told
}

fn result(finding: &Finding, outcome: &Outcome, positions: &Positions) -> Told {
    let mut message = finding.message.clone();
    if !finding.help.is_empty() {
        message.push_str("\n怎么改：");
        message.push_str(&finding.help);
    }
    let (first, others) = places::parted(finding, outcome, positions);
    let at = |place: &Place| location(place, positions);
    let first = first.map_or_else(|| whole(&outcome.path), at);
    let mut told = Told::builder()
        .rule_id(finding.check.clone())
        .level(level(finding.severity))
        .message(words_of(&message))
        .locations(vec![first])
        .partial_fingerprints(BTreeMap::from([(PRINT.to_owned(), finding.fingerprint.clone())]))
        .build();
    let others: Vec<Location> = others.into_iter().map(at).collect();
    told.related_locations = (!others.is_empty()).then_some(others);
    told.suppressions = finding.accepted.as_ref().map(|accepted| {
        let mut suppression = Suppression::builder()
            .kind("external")
            .status("accepted")
            .justification(words::accepted(accepted))
            .build();
        // the entry stands in a file beside the report
        suppression.location = positions
            .source(accepted.span)
            .map(|_| of_span(accepted.span, positions));
        vec![suppression]
    });
    told
}

fn undetermined(outcome: &Outcome, reason: &str) -> Told {
    Told::builder()
        .rule_id("unreadable-input")
        .level(ResultLevel::Error)
        .message(words_of(&format!("无法判定：{reason}")))
        .locations(vec![whole(&outcome.path)])
        .build()
}

/// A file as a whole.
fn whole(path: &str) -> Location {
    Location::builder().physical_location(file(path)).build()
}

fn file(path: &str) -> PhysicalLocation {
    PhysicalLocation::builder()
        .artifact_location(ArtifactLocation::builder().uri(uri(path)).build())
        .build()
}

fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Info => ResultLevel::Note,
    }
}

/// Lines and columns are those of the file only where it is plain text; elsewhere the address says where it stands.
fn of_span(span: Span, positions: &Positions) -> Location {
    let path = positions.path(span);
    let mut physical = file(path);
    if plain_text(path) {
        let ((line, column), (end_line, end_column)) = positions.range(span, Unit::Character);
        physical.region = Some(
            Region::builder()
                .start_line(line as i64)
                .start_column(column as i64)
                .end_line(end_line as i64)
                .end_column(end_column as i64)
                .snippet(ArtifactContent::builder().text(positions.text(span)).build())
                .build(),
        );
    }
    Location::builder().physical_location(physical).build()
}

fn location(place: &Place, positions: &Positions) -> Location {
    let mut location = of_span(place.span, positions);
    if !place.address.is_empty() {
        location.logical_locations = Some(vec![
            LogicalLocation::builder()
                .name(positions.text(place.span).trim())
                .fully_qualified_name(place.address.clone())
                .kind("element")
                .build(),
        ]);
    }
    let note = match (place.role.is_empty(), place.note.is_empty()) {
        (_, false) => &place.note,
        (false, true) => &place.role,
        (true, true) => return location,
    };
    location.message = Some(words_of(note));
    location
}

/// The address of a file: relative to wherever the run began, or whole with `file:`, also for a drive (`C:\`) and a
/// shared folder (`\\server`).
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let encoded = utf8_percent_encode(&path, NOT_IN_URI).to_string();
    let is_drive = |path: &str| {
        let mut signs = path.chars();
        signs.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && signs.as_str().starts_with(":/")
    };
    match path.as_str() {
        path if path.starts_with("//") => format!("file:{encoded}"),
        path if path.starts_with('/') => format!("file://{encoded}"),
        path if is_drive(path) => format!("file:///{encoded}"),
        // what stands before a colon would be taken for a scheme
        _ => encoded.replace(':', "%3A"),
    }
}

fn text(words: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(words).build()
}

fn words_of(words: &str) -> Message {
    Message::builder().text(words).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address_that_every_reader_understands() {
        assert_eq!(uri("报告 1.md"), "%E6%8A%A5%E5%91%8A%201.md");
        assert_eq!(uri("/a/b.md"), "file:///a/b.md");
        assert_eq!(uri("子夹\\a.md"), "%E5%AD%90%E5%A4%B9/a.md");
        assert_eq!(uri("C:\\报送\\a.md"), "file:///C:/%E6%8A%A5%E9%80%81/a.md");
        assert_eq!(uri("\\\\server\\a.md"), "file://server/a.md");
        assert_eq!(uri("一:二.md"), "%E4%B8%80%3A%E4%BA%8C.md");
    }
}
