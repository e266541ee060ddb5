//! The report itself to the page: its paragraphs and tables, with a mark at every place that took part in a finding.

use crate::document::{BlockKind, Cell, Document, Table};
use crate::finding::{Outcome, Severity};
use crate::render::markup::escaped;
use crate::render::words;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

/// A place of a finding in one of the report's texts.
struct Mark {
    bytes: Range<usize>,
    severity: Severity,
    finding: usize,
}

/// The marks of each text, in the order of the texts, and how far they reach.
struct Marks {
    /// By text, ascending by where they begin.
    of: BTreeMap<u32, Vec<Mark>>,
    /// How many sources stand before the report's own: those of the rules.
    rules: u32,
}

impl Marks {
    fn of(outcome: &Outcome, document: &Document) -> Marks {
        // rules stand before the report's own texts, 采纳 files behind them
        let own = document.sources();
        let first = own.first().map_or("", |source| source.name.as_str());
        let rules = outcome.sources.iter().position(|source| source.name == first);
        let rules = rules.unwrap_or(0) as u32;
        let mut of: BTreeMap<u32, Vec<Mark>> = BTreeMap::new();
        for (number, finding) in outcome.findings.iter().enumerate() {
            for place in &finding.places {
                let Some(text) = place.span.source.0.checked_sub(rules) else {
                    continue;
                };
                of.entry(text).or_default().push(Mark {
                    bytes: place.span.start as usize..place.span.end as usize,
                    severity: finding.severity,
                    finding: number,
                });
            }
        }
        for marks in of.values_mut() {
            marks.sort_by_key(|mark| (mark.bytes.start, std::cmp::Reverse(mark.bytes.end), mark.finding));
        }
        Marks { of, rules }
    }

    /// Those that begin in the range.
    fn within(&self, text: u32, range: &Range<usize>) -> &[Mark] {
        let Some(marks) = self.of.get(&text) else {
            return &[];
        };
        let first = marks.partition_point(|mark| mark.bytes.start < range.start);
        let end = marks.partition_point(|mark| mark.bytes.start < range.end.max(range.start + 1));
        &marks[first..end.max(first)]
    }
}

/// Writes the report.
pub(super) fn write(out: &mut String, outcome: &Outcome, document: &Document, prefix: &str) {
    let marks = Marks::of(outcome, document);
    let page = Page {
        outcome,
        document,
        marks: &marks,
        prefix,
    };
    out.push_str("<h2>报告原文</h2>\n");
    for block in &document.blocks {
        match block.kind {
            BlockKind::Heading(_) => {
                let _ = writeln!(out, "<h3>{}</h3>", page.marked(&block.range));
            }
            BlockKind::Paragraph => {
                let _ = writeln!(out, "<p>{}</p>", page.marked(&block.range));
            }
            BlockKind::Item => {
                let _ = writeln!(out, "<p>· {}</p>", page.marked(&block.range));
            }
            BlockKind::Table(index) => {
                if let Some(table) = document.tables.get(index as usize) {
                    page.table(out, table);
                }
            }
        }
    }
}

struct Page<'a> {
    outcome: &'a Outcome,
    document: &'a Document,
    marks: &'a Marks,
    prefix: &'a str,
}

impl Page<'_> {
    fn table(&self, out: &mut String, table: &Table) {
        out.push_str("<div class=\"scroll\"><table>\n");
        for row in &table.rows {
            out.push_str("<tr>");
            for cell in row {
                self.cell(out, cell);
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</table></div>\n");
    }

    fn cell(&self, out: &mut String, cell: &Cell) {
        let (text, bytes) = self.document.place_in_sources(&cell.range);
        let gravest = self
            .marks
            .within(text, &bytes)
            .iter()
            .map(|mark| mark.severity)
            .min();
        out.push_str("<td");
        if let Some(severity) = gravest {
            let _ = write!(out, " class=\"{}\"", words::severity_code(severity));
        }
        for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if count > 1 {
                let _ = write!(out, " {name}=\"{count}\"");
            }
        }
        let _ = write!(out, ">{}</td>", self.marked(&cell.range));
    }

    /// The words of a view range with a mark at each place of a finding, and the numbers of the findings behind it.
    fn marked(&self, range: &Range<u32>) -> String {
        let (text, bytes) = self.document.place_in_sources(range);
        let marks = self.marks.within(text, &bytes);
        if marks.is_empty() {
            return escaped(self.document.text(range));
        }
        let whole = self.outcome.sources.get((text + self.marks.rules) as usize);
        let whole = whole.map_or("", |source| &*source.text);
        let words = |range: Range<usize>| escaped(&whole.get(range).unwrap_or("").replace(['\r', '\n'], ""));
        let (mut out, mut at, mut next) = (String::new(), bytes.start, 0);
        while next < marks.len() {
            let (start, end) = (
                marks[next].bytes.start.max(at),
                marks[next].bytes.end.min(bytes.end),
            );
            // marks that begin inside this one are told behind it
            let inside = marks[next..]
                .iter()
                .take_while(|mark| mark.bytes.start < end.max(start + 1))
                .count();
            let together = &marks[next..next + inside.max(1)];
            out.push_str(&words(at..start));
            let gravest = together.iter().map(|mark| mark.severity).min();
            let class = words::severity_code(gravest.unwrap_or(Severity::Info));
            if end > start {
                let _ = write!(out, "<mark class=\"{class}\">{}</mark>", words(start..end));
            }
            self.references(&mut out, together);
            at = end.max(start);
            next += together.len();
        }
        out.push_str(&words(at..bytes.end.max(at)));
        out
    }

    fn references(&self, out: &mut String, marks: &[Mark]) {
        let mut numbers: Vec<usize> = marks.iter().map(|mark| mark.finding + 1).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let _ = write!(
                out,
                "<a class=\"ref\" href=\"#{}-{number}\">[{number}]</a>",
                self.prefix
            );
        }
    }
}
