//! Outcomes to one page for a browser and a printer: the verdict, what was found indicator by indicator, the report with
//! its marks, and what stood behind the verdict. It loads nothing from elsewhere.

mod report;

use crate::document::Document;
use crate::finding::{Finding, Outcome, Place, Verdict};
use crate::markup::escaped;
use crate::render::positions::Positions;
use crate::render::words;
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");

/// The page up to its first report.
pub fn head() -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>绩效自评报告核对结果</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )
}

/// The end of the page.
pub fn tail() -> String {
    format!(
        "<p class=\"soft\">由 jixiao {} 生成。核对在本机完成，没有联网，没有改动报告。</p>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// One report as a section; `number` parts the marks of reports on one page. Without its document only what was found
/// is told.
pub fn section(outcome: &Outcome, document: Option<&Document>) -> String {
    let mut out = String::new();
    let positions = Positions::new(&outcome.sources);
    let prefix = anchor(&outcome.path);
    let _ = writeln!(out, "<section>\n<h1>{}</h1>", escaped(&outcome.path));
    verdict(&mut out, outcome);
    findings(&mut out, outcome, &positions, &prefix);
    if let Some(document) = document {
        report::write(&mut out, outcome, document, &prefix);
    }
    judged(&mut out, outcome);
    out.push_str("</section>\n");
    out
}

fn verdict(out: &mut String, outcome: &Outcome) {
    let _ = writeln!(
        out,
        "<p><span class=\"verdict {}\">{}</span> {}</p>",
        words::verdict_code(outcome.verdict),
        words::verdict(outcome.verdict),
        escaped(&words::tally(outcome))
    );
    if outcome.verdict == Verdict::Undetermined {
        for reason in words::untold_reasons(outcome) {
            let _ = writeln!(out, "<p>无法判定的原因：{}</p>", escaped(reason));
        }
    }
    let _ = writeln!(
        out,
        "<p class=\"soft\">{}</p>",
        escaped(&words::summary(&outcome.summary))
    );
    let year = outcome.year.map(|year| format!("{year} 年"));
    let about: Vec<String> = outcome.kind.clone().into_iter().chain(year).collect();
    if !about.is_empty() {
        let _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(&about.join("，")));
    }
    for note in &outcome.notes {
        let _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(note));
    }
}

/// Findings stand under the indicator that they are about, in the order in which the report comes to them.
fn findings(out: &mut String, outcome: &Outcome, positions: &Positions, prefix: &str) {
    if outcome.findings.is_empty() {
        return;
    }
    out.push_str("<h2>发现的问题</h2>\n");
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut by_subject = std::collections::HashMap::new();
    for (number, finding) in outcome.findings.iter().enumerate() {
        let subject = finding.subject.as_str();
        let at = *by_subject.entry(subject).or_insert_with(|| {
            groups.push((subject, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(number);
    }
    for (subject, numbers) in groups {
        let title = match subject {
            "" => "其他",
            subject => subject,
        };
        let _ = writeln!(out, "<h3>{}</h3>", escaped(title));
        for number in numbers {
            finding(out, &outcome.findings[number], number, positions, prefix);
        }
    }
}

fn finding(out: &mut String, finding: &Finding, number: usize, positions: &Positions, prefix: &str) {
    let _ = writeln!(
        out,
        "<div class=\"finding {}{}\" id=\"{prefix}-{}\">\n<p class=\"kind\">{}. {}：{}</p>\n<p>{}</p>",
        words::severity_code(finding.severity),
        if finding.stands() { "" } else { " accepted" },
        number + 1,
        number + 1,
        words::severity(finding.severity),
        escaped(&finding.title),
        lines(&finding.message)
    );
    if !finding.help.is_empty() {
        let _ = writeln!(out, "<p>处理办法：{}</p>", lines(&finding.help));
    }
    if let Some(accepted) = &finding.accepted {
        let by = match accepted.by.as_str() {
            "" => String::new(),
            by => format!("，批准：{by}"),
        };
        let until = match accepted.until.as_str() {
            "" => String::new(),
            until => format!("，到期：{until}"),
        };
        let said = format!("已采纳，理由：{}{by}{until}", accepted.reason);
        let _ = writeln!(out, "<p>{}</p>", escaped(&said));
    }
    out.push_str("<ul class=\"soft\">\n");
    for at in &finding.places {
        place(out, at, positions);
    }
    if let Some(rule) = &finding.rule {
        let basis = match rule.basis.as_str() {
            "" => String::new(),
            basis => format!("（依据：{}）", escaped(basis)),
        };
        let text = positions.text(rule.span).trim();
        let _ = writeln!(
            out,
            "<li>规则：{} <q>{}</q>{basis}</li>",
            escaped(positions.path(rule.span)),
            escaped(text.lines().next().unwrap_or("").trim())
        );
    }
    let _ = writeln!(
        out,
        "</ul>\n<p class=\"soft\">{}</p>\n</div>",
        escaped(&finding.check)
    );
}

fn place(out: &mut String, place: &Place, positions: &Positions) {
    let quote = positions.text(place.span).replace(['\n', '\r'], "");
    let address = match place.address.as_str() {
        "" => {
            let (line, column) = positions.line_column(place.span);
            format!("第{line}行第{column}字")
        }
        address => address.to_owned(),
    };
    let role = match place.role.as_str() {
        "" => String::new(),
        role => format!("{role} "),
    };
    let note = match place.note.as_str() {
        "" => String::new(),
        note => format!("：{note}"),
    };
    let _ = writeln!(
        out,
        "<li>{} {}<q>{}</q>{}</li>",
        escaped(&address),
        escaped(&role),
        escaped(quote.trim()),
        escaped(&note)
    );
}

/// What was judged and held, what could not be judged and why, and by which rules.
fn judged(out: &mut String, outcome: &Outcome) {
    if !outcome.checks.is_empty() {
        out.push_str(
            "<h2>核对了什么</h2>\n<div class=\"scroll\"><table>\n<tr><th>检查</th><th>通过</th><th>不符</th><th>无从核对</th></tr>\n",
        );
        for check in &outcome.checks {
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escaped(&check.title),
                check.passed,
                check.failed,
                check.not_judged
            );
        }
        out.push_str("</table></div>\n");
    }
    if !outcome.not_judged.is_empty() {
        let _ = writeln!(
            out,
            "<details><summary>无从核对的 {} 项和原因</summary>\n<ul>",
            outcome.not_judged.len()
        );
        for entry in &outcome.not_judged {
            let subject = match entry.subject.as_str() {
                "" => String::new(),
                subject => format!("／{subject}"),
            };
            let known = outcome.checks.iter().find(|check| check.check == entry.check);
            let title = known.map_or(entry.check.as_str(), |check| check.title.as_str());
            let _ = writeln!(
                out,
                "<li>{}：{}</li>",
                escaped(&format!("{title}{subject}")),
                escaped(&entry.reason)
            );
        }
        out.push_str("</ul></details>\n");
    }
    if !outcome.rules.is_empty() {
        let packs: Vec<String> = outcome.rules.iter().map(words::pack).collect();
        let _ = writeln!(out, "<p class=\"soft\">规则：{}</p>", escaped(&packs.join("；")));
    }
}

/// A name for the marks of a report that is unique on the page and legal in it.
fn anchor(path: &str) -> String {
    let mut name = String::from("r");
    for byte in path.bytes() {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}
