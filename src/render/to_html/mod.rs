//! Outcomes to one page for a browser and a printer: the verdict, what was found indicator by indicator, the report with
//! its marks, and what stood behind the verdict. It loads nothing from elsewhere.

mod findings;
mod judged;
mod report;

use crate::document::Document;
use crate::finding::{Outcome, Verdict};
use crate::markup::escaped;
use crate::render::positions::Positions;
use crate::render::totals::{Batch, Tally};
use crate::render::words;
use findings::Page;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fmt::Write;

const HEAD: &str = include_str!("head.html");
const STYLE: &str = include_str!("page.css");

/// The page up to its first report. Whatever a report says, nothing on the page may run or be fetched.
pub fn head() -> String {
    format!("{HEAD}<style>\n{STYLE}</style>\n</head>\n<body>\n")
}

/// A report's row in the list of all.
pub struct Row {
    path: String,
    verdict: Verdict,
    findings: usize,
    reason: String,
}

impl Row {
    /// That of a report.
    pub fn of(tally: &Tally) -> Row {
        Row {
            path: tally.path.clone(),
            verdict: tally.verdict,
            findings: tally.checks.values().map(|(_, count)| count).sum(),
            reason: tally.reasons.first().cloned().unwrap_or_default(),
        }
    }
}

/// The end of the page. What several reports came to is known only here, and the page's style shows it at the top.
pub fn tail(batch: &Batch, rows: &[Row]) -> String {
    let mut out = String::new();
    if rows.len() > 1 || batch.stopped_before.is_some() {
        all(&mut out, batch, rows);
    }
    let _ = writeln!(
        out,
        "<footer class=\"soft\">由 jixiao {} 生成。核对在本机完成，没有联网，没有改动报告。</footer>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    );
    out
}

fn all(out: &mut String, batch: &Batch, rows: &[Row]) {
    let totals = batch.verdicts;
    let _ = writeln!(
        out,
        "<section class=\"all\" id=\"all\">\n<h1>核对结果</h1>\n<p>共 {} 份报告：通过 {}，不通过 {}，无法判定 {}。</p>",
        totals.reports(),
        totals.passed,
        totals.failed,
        totals.undetermined
    );
    if let Some(all) = batch.stopped_before {
        let _ = writeln!(
            out,
            "<p>没有核对完：共 {all} 份报告，核对了 {} 份。</p>",
            totals.reports()
        );
    }
    out.push_str("<table>\n<thead><tr><th>报告</th><th>结论</th><th>问题</th></tr></thead>\n<tbody>\n");
    for row in rows {
        let reason = match row.reason.as_str() {
            "" => String::new(),
            reason => format!("<br><span class=\"soft\">{}</span>", escaped(reason)),
        };
        let found = match row.findings {
            0 => "—".to_owned(),
            count => format!("{count} 处"),
        };
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#{}\">{}</a>{reason}</td><td><span class=\"verdict {}\">{}</span></td><td>{found}</td></tr>",
            anchor(&row.path),
            escaped(&row.path),
            words::verdict_code(row.verdict),
            words::verdict(row.verdict)
        );
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

/// One report as a section. Without its document only what was found is told.
pub fn section(outcome: &Outcome, document: Option<&Document>) -> String {
    let positions = Positions::new(&outcome.sources);
    let prefix = anchor(&outcome.path);
    let mut text = String::new();
    let drawn = match document {
        Some(document) => report::write(&mut text, outcome, document, &prefix),
        None => HashSet::new(),
    };
    let mut out = String::new();
    verdict(&mut out, outcome, &prefix);
    contents(&mut out, outcome, document.is_some(), &prefix);
    let page = Page {
        outcome,
        positions: &positions,
        prefix: &prefix,
        drawn: &drawn,
    };
    page.findings(&mut out);
    out.push_str(&text);
    judged::write(&mut out, outcome, &prefix);
    out.push_str("</section>\n");
    out
}

fn verdict(out: &mut String, outcome: &Outcome, prefix: &str) {
    let (folder, name) = match outcome.path.rsplit_once(['/', '\\']) {
        Some((folder, name)) if !name.is_empty() => (folder, name),
        _ => ("", outcome.path.as_str()),
    };
    let _ = writeln!(out, "<section id=\"{prefix}\">\n<h1>{}</h1>", escaped(name));
    let soft = |out: &mut String, text: &str| {
        let _ = writeln!(out, "<p class=\"soft\">{}</p>", escaped(text));
    };
    if !folder.is_empty() {
        soft(out, &format!("位置：{}", outcome.path));
    }
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
    if outcome.summary.judged + outcome.summary.not_judged + outcome.summary.numbers > 0 {
        soft(out, &words::summary(&outcome.summary));
    }
    let year = outcome.year.map(|year| format!("{year} 年"));
    let about: Vec<String> = outcome.kind.clone().into_iter().chain(year).collect();
    if !about.is_empty() {
        soft(out, &about.join("，"));
    }
    for note in &outcome.notes {
        soft(out, note);
    }
}

/// Links to the parts of a report's section.
fn contents(out: &mut String, outcome: &Outcome, has_text: bool, prefix: &str) {
    let parts = [
        ("found", "发现的问题", true),
        ("text", "报告原文", has_text),
        ("judged", "核对了什么", !outcome.checks.is_empty()),
    ];
    let links: Vec<String> = parts
        .into_iter()
        .filter(|(.., is_there)| *is_there)
        .map(|(id, title, _)| format!("<a href=\"#{prefix}-{id}\">{title}</a>"))
        .collect();
    if links.len() > 1 {
        let _ = writeln!(out, "<nav>{}</nav>", links.join(" "));
    }
}

/// A name for a report and its marks that no other report of the page has: it stands in every mark and is short.
fn anchor(path: &str) -> String {
    let mut name = String::from("r");
    for byte in Sha256::digest(path.as_bytes()).iter().take(6) {
        let _ = write!(name, "{byte:02x}");
    }
    name
}
