//! What stood behind a verdict to the page: what was judged and held, what could not be judged and why, by which rules.

use crate::finding::{CheckTally, Outcome};
use crate::markup::escaped;
use crate::render::words;
use std::fmt::Write;

/// Writes it.
pub(super) fn write(out: &mut String, outcome: &Outcome, prefix: &str) {
    if !outcome.checks.is_empty() {
        let _ = writeln!(out, "<h2 id=\"{prefix}-judged\">核对了什么</h2>");
        table(out, &outcome.checks);
    }
    if !outcome.not_judged.is_empty() {
        not_judged(out, outcome);
    }
    if !outcome.rules.is_empty() {
        let packs: Vec<String> = outcome.rules.iter().map(words::pack).collect();
        let _ = writeln!(out, "<p class=\"soft\">规则：{}</p>", escaped(&packs.join("；")));
    }
}

fn table(out: &mut String, checks: &[CheckTally]) {
    out.push_str(
        "<table class=\"counts\">\n<thead><tr><th>检查</th><th>通过</th><th>不符</th><th>无从核对</th></tr></thead>\n<tbody>\n",
    );
    for check in checks {
        let failed = if check.failed > 0 { " class=\"failed\"" } else { "" };
        let _ = writeln!(
            out,
            "<tr{failed}><td>{}</td>{}{}{}</tr>",
            escaped(&check.title),
            count(check.passed),
            count(check.failed),
            count(check.not_judged)
        );
    }
    let sum = |of: fn(&CheckTally) -> u32| count(checks.iter().map(of).sum());
    let _ = writeln!(
        out,
        "</tbody>\n<tfoot><tr><th>合计</th>{}{}{}</tr></tfoot>\n</table>",
        sum(|check| check.passed),
        sum(|check| check.failed),
        sum(|check| check.not_judged)
    );
}

fn count(count: u32) -> String {
    match count {
        0 => "<td class=\"none\">—</td>".to_owned(),
        count => format!("<td>{count}</td>"),
    }
}

fn not_judged(out: &mut String, outcome: &Outcome) {
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
