//! Outcomes to the Reviewdog Diagnostic Format (rdjson), which review robots read: columns in bytes of UTF-8.

use crate::finding::{Finding, Outcome, Place, Severity, Verdict};
use crate::render::positions::{Positions, Unit};
use crate::render::to_json::written;
use crate::render::{places, plain_text, words};
use serde::Serialize;

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: String,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

/// The document up to its first diagnostic.
pub const HEAD: &str = "{\"source\":{\"name\":\"jixiao\"},\"diagnostics\":[";
/// The end of the document.
pub const TAIL: &str = "]}\n";

/// The diagnostics of one report, or of one rule file, parted by commas; nothing where there are none.
pub fn diagnostics(outcome: &Outcome) -> String {
    let positions = Positions::new(&outcome.sources);
    let mut told: Vec<String> = outcome
        .findings
        .iter()
        .filter(|finding| finding.stands())
        .map(|finding| written(&diagnostic(finding, outcome, &positions)))
        .collect();
    if outcome.verdict == Verdict::Undetermined {
        told.extend(words::untold_reasons(outcome).map(|reason| {
            written(&Diagnostic {
                message: format!("无法判定：{reason}"),
                location: Location {
                    path: &outcome.path,
                    range: None,
                },
                severity: "ERROR",
                code: Code {
                    value: "unreadable-input",
                },
                related_locations: Vec::new(),
            })
        }));
    }
    told.join(",")
}

fn diagnostic<'a>(finding: &'a Finding, outcome: &'a Outcome, positions: &Positions<'a>) -> Diagnostic<'a> {
    let mut message = finding.message.clone();
    if !finding.help.is_empty() {
        message.push_str("\n怎么改：");
        message.push_str(&finding.help);
    }
    let (first, others) = places::parted(finding, outcome, positions);
    Diagnostic {
        message: match first.map(|place| place.address.as_str()) {
            Some(address) if !address.is_empty() => format!("{address}：{message}"),
            _ => message,
        },
        location: first.map_or(
            Location {
                path: &outcome.path,
                range: None,
            },
            |place| location(place, positions),
        ),
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code {
            value: &finding.check,
        },
        related_locations: others
            .into_iter()
            .map(|place| related(place, positions))
            .collect(),
    }
}

fn related<'a>(place: &'a Place, positions: &Positions<'a>) -> Related<'a> {
    let quote = positions.text(place.span).replace(['\n', '\r'], "");
    let said = [
        place.address.as_str(),
        place.role.as_str(),
        quote.trim(),
        place.note.as_str(),
    ];
    let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
    Related {
        message: said.join(" "),
        location: location(place, positions),
    }
}

fn location<'a>(place: &Place, positions: &Positions<'a>) -> Location<'a> {
    let path = positions.path(place.span);
    let range = plain_text(path).then(|| {
        let (start, end) = positions.range(place.span, Unit::Byte);
        let position = |(line, column)| Position { line, column };
        Range {
            start: position(start),
            end: position(end),
        }
    });
    Location { path, range }
}
