//! Findings to the page: each under the indicator that it is about, with links to its places in the report.

use crate::finding::{Finding, Outcome, Place, RuleLine};
use crate::markup::escaped;
use crate::render::positions::Positions;
use crate::render::to_html::report::Drawn;
use crate::render::{places, words};
use std::collections::HashMap;
use std::fmt::Write;

/// A finding with more places than this lists them in columns.
const FEW: usize = 4;

/// What the parts of one report share.
pub(super) struct Page<'a> {
    pub outcome: &'a Outcome,
    pub positions: &'a Positions<'a>,
    /// What the ids of the report begin with.
    pub prefix: &'a str,
    /// The places that the report below shows.
    pub drawn: &'a Drawn,
}

impl Page<'_> {
    /// Findings stand under the indicator that they are about, in the order in which the report comes to them.
    pub(super) fn findings(&self, out: &mut String) {
        let _ = writeln!(out, "<h2 id=\"{}-found\">发现的问题</h2>", self.prefix);
        if self.outcome.findings.is_empty() {
            out.push_str("<p>没有发现问题。</p>\n");
            return;
        }
        let groups = by_subject(&self.outcome.findings);
        let is_one = groups.len() == 1;
        for (subject, numbers) in groups {
            match subject {
                "" if is_one => {}
                "" => out.push_str("<h3>整份报告</h3>\n"),
                subject => {
                    let _ = writeln!(out, "<h3>{}</h3>", escaped(subject));
                }
            }
            for number in numbers {
                self.finding(out, &self.outcome.findings[number], number);
            }
        }
    }

    fn finding(&self, out: &mut String, finding: &Finding, number: usize) {
        let accepted = if finding.stands() { "" } else { "（已采纳）" };
        let id = match finding.check == finding.title {
            true => String::new(),
            false => format!(" <span class=\"id\">{}</span>", escaped(&finding.check)),
        };
        let _ = writeln!(
            out,
            "<div class=\"finding {}{}\" id=\"{}-{}\">\n<p class=\"kind\">{}. {}：{}{accepted}{id}</p>\n<p>{}</p>",
            words::severity_code(finding.severity),
            if finding.stands() { "" } else { " accepted" },
            self.prefix,
            number + 1,
            number + 1,
            words::severity(finding.severity),
            escaped(&finding.title),
            lines(&finding.message)
        );
        if !finding.help.is_empty() {
            let _ = writeln!(out, "<p>怎么改：{}</p>", lines(&finding.help));
        }
        if let Some(entry) = &finding.accepted {
            let said = format!("已采纳，理由：{}", words::accepted(entry));
            let _ = writeln!(out, "<p>{}</p>", escaped(&said));
        }
        self.places(out, finding, number);
        out.push_str("</div>\n");
    }

    fn places(&self, out: &mut String, finding: &Finding, number: usize) {
        let (first, others) = places::parted(finding, self.outcome, self.positions);
        let all = first.into_iter().chain(others);
        let told: Vec<String> = all
            .filter_map(|place| self.place(finding, place, number))
            .collect();
        if !told.is_empty() {
            let many = if told.len() > FEW { " many" } else { "" };
            let _ = writeln!(out, "<ul class=\"soft{many}\">\n{}</ul>", told.concat());
        }
        if let Some(rule) = &finding.rule {
            self.rule(out, rule);
        }
    }

    /// A place with its address, which leads to it; nothing of a file without a text.
    fn place(&self, finding: &Finding, place: &Place, number: usize) -> Option<String> {
        let quote = self.positions.text(place.span).replace(['\n', '\r'], "");
        let address = match place.address.as_str() {
            "" if self
                .positions
                .source(place.span)
                .is_none_or(|source| source.text.is_empty()) =>
            {
                return None;
            }
            "" => {
                let (line, column) = self.positions.line_column(place.span);
                format!("第{line}行第{column}字")
            }
            address => address.to_owned(),
        };
        let at = finding.places.iter().position(|own| std::ptr::eq(own, place));
        let link = at.filter(|at| self.drawn.contains(&(number, *at)));
        let address = match link {
            None => escaped(&address),
            Some(at) => format!(
                "<a href=\"#{}-{}-{}\">{}</a>",
                self.prefix,
                number + 1,
                at + 1,
                escaped(&address)
            ),
        };
        let role = match place.role.as_str() {
            "" => String::new(),
            role => format!("{role} "),
        };
        let quote = match quote.trim() {
            "" => "（空白）".to_owned(),
            quote => format!("<q>{}</q>", escaped(quote)),
        };
        let note = match place.note.as_str() {
            "" => String::new(),
            note => format!("：{note}"),
        };
        Some(format!(
            "<li>{address} {}{quote}{}</li>\n",
            escaped(&role),
            escaped(&note)
        ))
    }

    fn rule(&self, out: &mut String, rule: &RuleLine) {
        let basis = match rule.basis.as_str() {
            "" => String::new(),
            basis => format!("（依据：{}）", escaped(basis)),
        };
        let text = self.positions.text(rule.span).trim();
        let _ = writeln!(
            out,
            "<p class=\"soft\">规则：{} <q>{}</q>{basis}</p>",
            escaped(self.positions.path(rule.span)),
            escaped(text.lines().next().unwrap_or("").trim())
        );
    }
}

/// The numbers of the findings on each subject; subjects in the order of their first findings.
fn by_subject(findings: &[Finding]) -> Vec<(&str, Vec<usize>)> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (number, finding) in findings.iter().enumerate() {
        let subject = finding.subject.as_str();
        let at = *known.entry(subject).or_insert_with(|| {
            groups.push((subject, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(number);
    }
    groups
}

fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}
