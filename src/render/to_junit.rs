//! Outcomes to the XML that build servers read (JUnit): a report is a suite, what was found of it are its cases.

use crate::finding::{Finding, NotJudged, Outcome, Place, Verdict};
use crate::render::positions::Positions;
use crate::render::{plain_text, words};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::HashSet;

/// The document up to its first suite. The sums of all suites are not known yet; whoever reads it may do without them.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"jixiao check\">\n    ";
/// The end of the document.
pub const TAIL: &str = "\n</testsuites>\n";
/// What stands between two suites.
pub const BETWEEN: &str = "\n    ";

/// The suite of one report, or of one rule file: what stands has failed, what was accepted or could not be judged is
/// skipped, and a report that could not be judged is an error.
pub fn suite(outcome: &Outcome) -> String {
    let positions = Positions::new(&outcome.sources);
    let mut suite = TestSuite::new(outcome.path.as_str());
    suite.add_test_cases(
        outcome
            .findings
            .iter()
            .map(|finding| found(finding, outcome, &positions)),
    );
    suite.add_test_cases(unjudged(outcome));
    if outcome.findings.is_empty() && outcome.verdict != Verdict::Undetermined {
        suite.add_test_case(case(outcome, "没有查出问题", TestCaseStatus::success()));
    }
    // a check may be one of several formulas, of which none found anything to judge
    let mut told = HashSet::new();
    for entry in &outcome.not_judged {
        if told.insert((&entry.check, &entry.subject, &entry.reason)) {
            suite.add_test_case(skipped(entry, outcome));
        }
    }
    alone(suite)
}

/// A suite as it stands in a document of its own: a run writes one after the other and never holds them all.
fn alone(suite: TestSuite) -> String {
    let mut report = Report::new("");
    report.add_test_suite(suite);
    // what is written to a text cannot fail
    let text = report.to_string().unwrap_or_default();
    let start = text.find("<testsuite ");
    let end = text.rfind("</testsuites>");
    match (start, end) {
        (Some(start), Some(end)) => text[start..end].trim_end().to_owned(),
        _ => String::new(),
    }
}

fn found(finding: &Finding, outcome: &Outcome, positions: &Positions) -> TestCase {
    let name = match finding.subject.as_str() {
        "" => finding.title.clone(),
        subject => format!("{}／{subject}", finding.title),
    };
    let status = match &finding.accepted {
        Some(entry) => skip(&format!(
            "已采纳：{}。{}",
            words::accepted(entry),
            finding.message
        )),
        // that a file or a part of it was not read is no fault of the report
        None if is_reason(finding, outcome) => failed(NonSuccessKind::Error, finding, positions),
        None => failed(NonSuccessKind::Failure, finding, positions),
    };
    case(outcome, &name, status)
}

fn is_reason(finding: &Finding, outcome: &Outcome) -> bool {
    outcome.verdict == Verdict::Undetermined && outcome.reasons.contains(&finding.message)
}

fn failed(kind: NonSuccessKind, finding: &Finding, positions: &Positions) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(format!(
        "{}：{}",
        words::severity(finding.severity),
        finding.message
    ));
    status.set_type(finding.check.as_str());
    let mut told = vec![finding.message.clone()];
    told.extend(
        finding
            .places
            .iter()
            .map(|place| at(place, positions))
            .filter(|at| !at.is_empty()),
    );
    if !finding.help.is_empty() {
        told.push(format!("怎么改：{}", finding.help));
    }
    status.set_description(told.join("\n"));
    status
}

/// Where something stands and what is written there, in one line. The schema of such files knows no attributes for
/// that.
fn at(place: &Place, positions: &Positions) -> String {
    let path = positions.path(place.span);
    let path = match plain_text(path) && !positions.text(place.span).is_empty() {
        true => format!("{path}:{}", positions.line_column(place.span).0),
        false => path.to_owned(),
    };
    let quote = positions.text(place.span).replace(['\n', '\r'], "");
    let label = words::label(place);
    let said = [
        path.as_str(),
        place.address.as_str(),
        quote.trim(),
        label.as_str(),
    ];
    let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(" ")
}

/// Why a report could not be judged, where no finding has said so.
fn unjudged(outcome: &Outcome) -> Option<TestCase> {
    let told = outcome
        .findings
        .iter()
        .any(|finding| finding.stands() && is_reason(finding, outcome));
    let untold: Vec<&str> = words::untold_reasons(outcome).collect();
    if outcome.verdict != Verdict::Undetermined || (told && untold.is_empty()) {
        return None;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(untold.first().copied().unwrap_or("没有核对成。"));
    status.set_type("undetermined");
    status.set_description(untold.join("\n"));
    Some(case(outcome, "无法判定", status))
}

fn skipped(entry: &NotJudged, outcome: &Outcome) -> TestCase {
    let tally = outcome.checks.iter().find(|tally| tally.check == entry.check);
    let title = tally.map_or(entry.check.as_str(), |tally| tally.title.as_str());
    let name = match entry.subject.as_str() {
        "" => title.to_owned(),
        subject => format!("{title}／{subject}"),
    };
    case(outcome, &name, skip(&format!("无从核对：{}", entry.reason)))
}

fn skip(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(message);
    status
}

fn case(outcome: &Outcome, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(outcome.path.as_str());
    case
}
