//! Outcomes to one line a finding, as editors and build logs read them: path:line:column: error[id]: message.

use crate::finding::{Outcome, Verdict};
use crate::render::positions::Positions;
use crate::render::{places, words, wrap};
use std::fmt::Write;

/// Writes one line for each finding, and one for a report that could not be judged.
pub fn write(out: &mut String, outcome: &Outcome) {
    let positions = Positions::new(&outcome.sources);
    for finding in &outcome.findings {
        let place = places::parted(finding, outcome, &positions).0;
        let place = place.map(|place| place.span);
        let path = place.map_or("", |span| positions.path(span));
        let path = if path.is_empty() { &outcome.path } else { path };
        let (line, column) = place.map_or((1, 1), |span| positions.line_column(span));
        let reason = finding.accepted.as_ref().map(words::accepted);
        let (word, reason) = match &reason {
            None => (words::severity_code(finding.severity), String::new()),
            Some(reason) => ("accepted", format!("（已采纳：{}）", wrap::one_line(reason))),
        };
        let _ = writeln!(
            out,
            "{path}:{line}:{column}: {word}[{}]: {}{reason}",
            finding.check,
            wrap::one_line(&finding.message)
        );
    }
    if outcome.verdict == Verdict::Undetermined {
        let reasons: Vec<String> = words::untold_reasons(outcome).map(wrap::one_line).collect();
        let colon = if reasons.is_empty() { "" } else { "：" };
        let _ = writeln!(out, "{}: 无法判定{colon}{}", outcome.path, reasons.join("；"));
    }
}
