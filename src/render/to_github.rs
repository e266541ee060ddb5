//! Outcomes to the annotations that GitHub's workflows read from the log of a job: one line a finding.

use crate::finding::{Finding, Outcome, Severity, Verdict};
use crate::render::positions::{Positions, Unit};
use crate::render::{places, plain_text, words};
use std::fmt::Write;

/// Writes one line for each finding, and one for a report that could not be judged.
pub fn write(out: &mut String, outcome: &Outcome) {
    let positions = Positions::new(&outcome.sources);
    for finding in outcome.findings.iter().filter(|finding| finding.stands()) {
        annotation(out, finding, outcome, &positions);
    }
    if outcome.verdict == Verdict::Undetermined {
        for reason in words::untold_reasons(outcome) {
            let path = property(&outcome.path);
            let _ = writeln!(out, "::error file={path},title=无法判定::{}", data(reason));
        }
    }
}

fn annotation(out: &mut String, finding: &Finding, outcome: &Outcome, positions: &Positions) {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = places::parted(finding, outcome, positions).0;
    let path = match place.map_or("", |place| positions.path(place.span)) {
        "" => &outcome.path,
        path => path,
    };
    let _ = write!(out, "::{command} file={}", property(path));
    if let Some(place) = place.filter(|_| plain_text(path)) {
        let ((line, column), (end_line, end_column)) = positions.range(place.span, Unit::Utf16);
        let _ = write!(out, ",line={line}");
        // columns are understood within one line only
        match line == end_line {
            true => {
                let _ = write!(out, ",col={column},endColumn={end_column}");
            }
            false => {
                let _ = write!(out, ",endLine={end_line}");
            }
        }
    }
    let mut message = match place.map_or("", |place| &place.address) {
        "" => finding.message.clone(),
        address => format!("{address}：{}", finding.message),
    };
    if !finding.help.is_empty() {
        message.push_str("\n怎么改：");
        message.push_str(&finding.help);
    }
    let _ = writeln!(
        out,
        ",title={}::{}",
        property(&format!("{}（{}）", finding.title, finding.check)),
        data(&message)
    );
}

/// A message as a command holds it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command: it ends at a comma, and the message begins at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_property_or_a_line_is_written_otherwise() {
        assert_eq!(property("C:\\a,b.md"), "C%3A\\a%2Cb.md");
        assert_eq!(data("84.66%\n改"), "84.66%25%0A改");
    }
}
