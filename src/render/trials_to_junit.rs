//! What came of trials to the XML that build servers read: a file is a suite, a 验证 a case.

use crate::finding::Finding;
use crate::render::positions::Positions;
use crate::trial::{Ran, Tried};
use std::fmt::Write;

/// Writes all files.
pub fn render(tried: &[Tried]) -> String {
    let suites: Vec<Suite> = tried.iter().map(Suite::of).collect();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let sum = |of: fn(&Suite) -> usize| suites.iter().map(of).sum::<usize>();
    let _ = writeln!(
        out,
        "<testsuites name=\"jixiao test\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        sum(|suite| suite.cases.len()),
        sum(Suite::failures),
        sum(Suite::errors)
    );
    for suite in &suites {
        suite.write(&mut out);
    }
    out.push_str("</testsuites>\n");
    out
}

/// How a case ended, with what is told of it.
enum End {
    Passed,
    Failed(Vec<String>),
    /// It could not be tried.
    Broken(Vec<String>),
}

struct Case {
    name: String,
    line: usize,
    end: End,
}

struct Suite {
    name: String,
    cases: Vec<Case>,
}

impl Suite {
    fn of(tried: &Tried) -> Suite {
        let rules = Positions::new(&tried.sources);
        let mut cases: Vec<Case> = Vec::new();
        if !tried.broken.is_empty() {
            let findings = tried.broken.iter().flat_map(|outcome| &outcome.findings);
            cases.push(Case {
                name: "规则文件没有错误".to_owned(),
                line: 1,
                end: End::Broken(findings.map(|finding| finding.message.clone()).collect()),
            });
        }
        cases.extend(tried.ran.iter().map(|ran| Case {
            name: ran.name.clone(),
            line: rules.line_column(ran.span).0,
            end: end(ran),
        }));
        if tried.demands_coverage {
            let never = tried.coverage.never.iter();
            let told: Vec<String> = never
                .map(|name| format!("没有被任何验证触发过：{name}"))
                .collect();
            cases.push(Case {
                name: "每项检查都有验证触发".to_owned(),
                line: 1,
                end: if told.is_empty() {
                    End::Passed
                } else {
                    End::Failed(told)
                },
            });
        }
        Suite {
            name: tried.path.clone(),
            cases,
        }
    }

    fn failures(&self) -> usize {
        self.cases
            .iter()
            .filter(|case| matches!(case.end, End::Failed(_)))
            .count()
    }

    fn errors(&self) -> usize {
        self.cases
            .iter()
            .filter(|case| matches!(case.end, End::Broken(_)))
            .count()
    }

    fn write(&self, out: &mut String) {
        let name = escaped(&self.name);
        let _ = writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
            self.cases.len(),
            self.failures(),
            self.errors()
        );
        for case in &self.cases {
            let _ = write!(
                out,
                "    <testcase name=\"{}\" classname=\"{name}\" file=\"{name}\" line=\"{}\"",
                escaped(&case.name),
                case.line
            );
            match &case.end {
                End::Passed => out.push_str("/>\n"),
                End::Failed(told) => ended(out, "failure", told),
                End::Broken(told) => ended(out, "error", told),
            }
        }
        out.push_str("  </testsuite>\n");
    }
}

fn ended(out: &mut String, element: &str, told: &[String]) {
    let first = told.first().map_or("", String::as_str);
    let all: Vec<String> = told.iter().map(|line| escaped(line)).collect();
    let _ = writeln!(
        out,
        ">\n      <{element} message=\"{}\">{}</{element}>\n    </testcase>",
        escaped(first),
        all.join("\n")
    );
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

/// The text as XML holds it; signs that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_xml_are_written_as_entities_and_control_signs_not_at_all() {
        assert_eq!(
            escaped("≥8000 & <甲>\"乙\"\u{1}\n"),
            "≥8000 &amp; &lt;甲&gt;&quot;乙&quot;&#10;"
        );
    }
}
