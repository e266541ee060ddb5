//! What was found of a rule file to the marks of an editor, each in the file in which it stands.

use super::analysis::Analysis;
use super::text::Encoding;
use crate::finding::{Finding, Severity};
use crate::render::words;
use crate::source::Span;
use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString, Uri,
};

/// Who says so.
pub const SOURCE: &str = "jixiao";

/// The marks of every file that has any; the text itself is always among them.
pub fn of(analysis: &Analysis, uri: &Uri, encoding: Encoding) -> Vec<(Uri, Vec<Diagnostic>)> {
    let mut files: Vec<(Uri, Vec<Diagnostic>)> = vec![(uri.clone(), Vec::new())];
    for finding in &analysis.findings {
        let Some((file, mark)) = mark(analysis, finding, uri, encoding) else {
            continue;
        };
        match files.iter_mut().find(|(held, _)| *held == file) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((file, vec![mark])),
        }
    }
    files
}

/// Where a finding is shown: of a line that goes on, its first part.
pub fn shown_at(analysis: &Analysis, finding: &Finding) -> Option<Span> {
    finding
        .places
        .first()
        .map(|place| place.span)
        .filter(|span| analysis.text(span.source).is_some())
}

fn mark(analysis: &Analysis, finding: &Finding, uri: &Uri, encoding: Encoding) -> Option<(Uri, Diagnostic)> {
    let place = analysis.location(shown_at(analysis, finding)?, uri, encoding)?;
    let related = finding.places.iter().skip(1).filter_map(|place| {
        let label = words::label(place);
        Some(DiagnosticRelatedInformation {
            location: analysis.location(place.span, uri, encoding)?,
            message: match label.is_empty() {
                true => analysis.slice(place.span).to_owned(),
                false => label,
            },
        })
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    let message = match finding.help.is_empty() {
        true => finding.message.clone(),
        false => format!("{}\n{}", finding.message, finding.help),
    };
    let severity = match finding.severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    };
    let unused = finding.check == "rule-unused";
    let mark = Diagnostic {
        range: place.range,
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.check.clone())),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: unused.then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..Diagnostic::default()
    };
    Some((place.uri, mark))
}
