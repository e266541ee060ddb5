//! What came of trials to the XML that build servers read: a file is a suite, a 验证 a case.

use crate::finding::Finding;
use crate::render::positions::Positions;
use crate::trial::{Ran, Tried};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// Writes all files.
pub fn render(tried: &[Tried]) -> String {
    let mut report = Report::new("jixiao test");
    report.add_test_suites(tried.iter().map(suite));
    // what is written to a text cannot fail
    let text = report.to_string().unwrap_or_default();
    // the schema of such files knows this sum of each suite, and not of all of them
    let (head, suites) = text.split_at(text.find("<testsuite ").unwrap_or(0));
    let sum = head
        .split_once(" skipped=\"")
        .and_then(|(before, rest)| Some((before, rest.split_once('"')?.1)));
    match sum {
        Some((before, after)) => format!("{before}{after}{suites}"),
        None => text,
    }
}

/// How a case ended, with what is told of it.
enum End {
    Passed,
    Failed(Vec<String>),
    /// It could not be tried.
    Broken(Vec<String>),
}

fn suite(tried: &Tried) -> TestSuite {
    let rules = Positions::new(&tried.sources);
    let mut suite = TestSuite::new(tried.path.as_str());
    let mut add = |name: &str, line: usize, end: End| {
        suite.add_test_case(case(&tried.path, name, line, end));
    };
    if !tried.broken.is_empty() {
        let findings = tried.broken.iter().flat_map(|outcome| &outcome.findings);
        let told = findings.map(|finding| finding.message.clone()).collect();
        add("规则文件没有错误", 1, End::Broken(told));
    }
    for ran in &tried.ran {
        add(&ran.name, rules.line_column(ran.span).0, end(ran));
    }
    if tried.demands_coverage {
        let never = tried.coverage.never.iter();
        let told: Vec<String> = never
            .map(|name| format!("没有被任何验证触发过：{name}"))
            .collect();
        let end = if told.is_empty() {
            End::Passed
        } else {
            End::Failed(told)
        };
        add("每项检查都有验证触发", 1, end);
    }
    suite
}

fn case(path: &str, name: &str, line: usize, end: End) -> TestCase {
    let (kind, told) = match end {
        End::Passed => (None, Vec::new()),
        End::Failed(told) => (Some(NonSuccessKind::Failure), told),
        End::Broken(told) => (Some(NonSuccessKind::Error), told),
    };
    let status = match kind {
        None => TestCaseStatus::success(),
        Some(kind) => {
            let mut status = TestCaseStatus::non_success(kind);
            status.set_message(told.first().map_or("", String::as_str));
            // the schema of such files knows no attributes for a place
            let place = format!("{path}:{line}");
            let told = told.iter().map(String::as_str).chain([place.as_str()]);
            status.set_description(told.collect::<Vec<_>>().join("\n"));
            status
        }
    };
    let mut case = TestCase::new(name, status);
    case.set_classname(path);
    case
}

fn end(ran: &Ran) -> End {
    if !ran.problems.is_empty() {
        return End::Broken(
            ran.problems
                .iter()
                .map(|problem| problem.message.clone())
                .collect(),
        );
    }
    let told = |at: usize| ran.findings().get(at).map_or(String::new(), in_words);
    let missing = ran.missing.iter().map(|missing| {
        let near = missing
            .nearest
            .map_or(String::new(), |at| format!("最接近的：{}", told(at)));
        format!(
            "没有查出：{}。{}{near}",
            missing.written,
            missing.reasons.concat()
        )
    });
    let unexpected = ran.unexpected.iter().map(|unexpected| {
        format!(
            "不应查出（不应提示：{}）：{}",
            unexpected.written,
            told(unexpected.finding)
        )
    });
    let all: Vec<String> = missing.chain(unexpected).collect();
    if all.is_empty() {
        End::Passed
    } else {
        End::Failed(all)
    }
}

fn in_words(finding: &Finding) -> String {
    let subject = match finding.subject.as_str() {
        "" => String::new(),
        subject => format!("／{subject}"),
    };
    format!("{}{subject}：{}", finding.title, finding.message)
}
