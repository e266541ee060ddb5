//! Outcomes to SARIF 2.1.0, which code hosts and review tools read: one run, written piece by piece.

use crate::finding::{Finding, Outcome, Place, Severity, Verdict};
use crate::reading::catalogue::{self, Group};
use crate::render::positions::{Positions, Unit};
use crate::render::to_json::written;
use crate::render::{plain_text, words};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_sarif::sarif::{
    ArtifactContent, ArtifactLocation, Location, LogicalLocation, Message, MultiformatMessageString,
    PhysicalLocation, Region, ReportingDescriptor, Result as Told, ResultLevel, Suppression, ToolComponent,
};
use std::collections::BTreeMap;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The name under which review tools match a result with that of an earlier run.
const PRINT: &str = "jixiao/v1";
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
            ReportingDescriptor::builder()
                .id(id)
                .name(title.clone())
                .short_description(text(&title))
                .full_description(text(&about))
                .help(text(&entry.text))
                .build()
        })
        .collect();
    let driver = ToolComponent::builder()
        .name("jixiao")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .language("zh-CN")
        .rules(rules)
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
    let mut told: Vec<String> = outcome
        .findings
        .iter()
        .map(|finding| written(&result(finding, &positions)))
        .collect();
    // a report that was not judged must not look like one that passed
    if outcome.verdict == Verdict::Undetermined {
        told.extend(words::untold_reasons(outcome).map(|reason| written(&undetermined(outcome, reason))));
    }
    told.join(",")
}

/// The end of the log: whether the run went through, as the tool itself says it.
pub fn tail(complete: bool) -> String {
    format!("],\"invocations\":[{{\"executionSuccessful\":{complete}}}]}}]}}\n")
}

fn result(finding: &Finding, positions: &Positions) -> Told {
    let mut message = finding.message.clone();
    if !finding.help.is_empty() {
        message.push_str("\n处理办法：");
        message.push_str(&finding.help);
    }
    let mut places = finding.places.iter().map(|place| location(place, positions));
    let first: Vec<Location> = places.next().into_iter().collect();
    let mut told = Told::builder()
        .rule_id(finding.check.clone())
        .level(level(finding.severity))
        .message(words_of(&message))
        .locations(first)
        .partial_fingerprints(BTreeMap::from([(PRINT.to_owned(), finding.fingerprint.clone())]))
        .build();
    let others: Vec<Location> = places.collect();
    told.related_locations = (!others.is_empty()).then_some(others);
    told.suppressions = finding.accepted.as_ref().map(|accepted| {
        vec![
            Suppression::builder()
                .kind("external")
                .status("accepted")
                .justification(accepted.reason.clone())
                .build(),
        ]
    });
    told
}

fn undetermined(outcome: &Outcome, reason: &str) -> Told {
    Told::builder()
        .rule_id("unreadable-input")
        .level(ResultLevel::Error)
        .message(words_of(&format!("无法判定：{reason}")))
        .locations(vec![
            Location::builder()
                .physical_location(
                    PhysicalLocation::builder()
                        .artifact_location(ArtifactLocation::builder().uri(uri(&outcome.path)).build())
                        .build(),
                )
                .build(),
        ])
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
fn location(place: &Place, positions: &Positions) -> Location {
    let path = positions.path(place.span);
    let mut physical = PhysicalLocation::builder()
        .artifact_location(ArtifactLocation::builder().uri(uri(path)).build())
        .build();
    if plain_text(path) {
        let ((line, column), (end_line, end_column)) = positions.range(place.span, Unit::Character);
        physical.region = Some(
            Region::builder()
                .start_line(line as i64)
                .start_column(column as i64)
                .end_line(end_line as i64)
                .end_column(end_column as i64)
                .snippet(
                    ArtifactContent::builder()
                        .text(positions.text(place.span))
                        .build(),
                )
                .build(),
        );
    }
    let mut location = Location::builder().physical_location(physical).build();
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

fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let encoded = utf8_percent_encode(&path, NOT_IN_URI).to_string();
    match path.starts_with('/') {
        true => format!("file://{encoded}"),
        false => encoded,
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
    }
}
