//! The report itself to the page: its paragraphs and tables, with a mark at every place that took part in a finding.

use crate::document::{BlockKind, Cell, Document, Table};
use crate::finding::{Finding, Outcome, Severity};
use crate::markup::escaped;
use crate::render::words;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::ops::Range;

/// The places that the page shows: each by the numbers of its finding and of the place in it, from 0.
pub(super) type Drawn = HashSet<(usize, usize)>;

/// Of a finding with more places only the first is where the fault lies; the others took part.
const EQUALS: usize = 2;

/// How a place is marked, the most striking first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tone {
    Fault(Severity),
    /// A number that took part in a finding.
    Part(Severity),
    /// Somebody has answered for it.
    Accepted,
}

impl Tone {
    fn of(finding: &Finding, place: usize) -> Tone {
        match finding.places.len() {
            _ if !finding.stands() => Tone::Accepted,
            count if count > EQUALS && place > 0 => Tone::Part(finding.severity),
            _ => Tone::Fault(finding.severity),
        }
    }

    fn class(self) -> String {
        match self {
            Tone::Fault(severity) => words::severity_code(severity).to_owned(),
            Tone::Part(severity) => format!("{} part", words::severity_code(severity)),
            Tone::Accepted => "accepted".to_owned(),
        }
    }
}

/// A place of a finding in one of the report's texts.
struct Mark {
    bytes: Range<usize>,
    tone: Tone,
    finding: usize,
    place: usize,
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
            for (at, place) in finding.places.iter().enumerate() {
                let Some(text) = place.span.source.0.checked_sub(rules) else {
                    continue;
                };
                of.entry(text).or_default().push(Mark {
                    bytes: place.span.start as usize..place.span.end as usize,
                    tone: Tone::of(finding, at),
                    finding: number,
                    place: at,
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

/// Writes the report, and says which places it shows.
pub(super) fn write(out: &mut String, outcome: &Outcome, document: &Document, prefix: &str) -> Drawn {
    let marks = Marks::of(outcome, document);
    let page = Page {
        outcome,
        document,
        marks: &marks,
        prefix,
        drawn: RefCell::default(),
    };
    let _ = writeln!(out, "<h2 id=\"{prefix}-text\">报告原文</h2>");
    if !outcome.findings.is_empty() {
        legend(out, outcome);
    }
    for block in &document.blocks {
        match block.kind {
            BlockKind::Heading(_) => {
                let _ = writeln!(out, "<h3>{}</h3>", page.marked(&block.range));
            }
            BlockKind::Paragraph => {
                let _ = writeln!(out, "<p>{}</p>", page.marked(&block.range));
            }
            BlockKind::Item => {
                let dot = if is_numbered(document.text(&block.range)) {
                    ""
                } else {
                    "· "
                };
                let _ = writeln!(out, "<p class=\"item\">{dot}{}</p>", page.marked(&block.range));
            }
            BlockKind::Table(index) => {
                if let Some(table) = document.tables.get(index as usize) {
                    page.table(out, table);
                }
            }
        }
    }
    page.drawn.into_inner()
}

/// What the marks of this report mean.
fn legend(out: &mut String, outcome: &Outcome) {
    let tones: HashSet<String> = outcome
        .findings
        .iter()
        .flat_map(|finding| (0..finding.places.len()).map(|place| Tone::of(finding, place).class()))
        .collect();
    let known = [
        ("error", "错误"),
        ("warning", "警告"),
        ("info", "提醒"),
        (" part", "参与核对的数"),
        ("accepted", "已采纳"),
    ];
    let shown: Vec<String> = known
        .into_iter()
        .filter_map(|(class, word)| {
            let own = |tone: &&String| tone.as_str() == class || (class == " part" && tone.ends_with(class));
            let tone = tones.iter().filter(own).min()?;
            Some(format!("<mark class=\"{tone}\">{word}</mark>"))
        })
        .collect();
    let _ = writeln!(
        out,
        "<p class=\"soft\">标记：{}；方括号里是问题的编号。</p>",
        shown.join(" ")
    );
}

/// Whether an item bears a number of its own: 1、 (一) ① a.
fn is_numbered(text: &str) -> bool {
    let mut signs = text.trim_start().chars();
    let first = signs.next().unwrap_or(' ');
    matches!(first, '(' | '（' | '①'..='⓿' | '0'..='9' | '０'..='９')
        || signs
            .take(3)
            .any(|sign| matches!(sign, '、' | '．' | '.' | ')' | '）'))
}

struct Page<'a> {
    outcome: &'a Outcome,
    document: &'a Document,
    marks: &'a Marks,
    prefix: &'a str,
    drawn: RefCell<Drawn>,
}

impl Page<'_> {
    fn table(&self, out: &mut String, table: &Table) {
        let columns = table.rows.iter().flatten().map(|cell| cell.column + cell.columns);
        let _ = writeln!(
            out,
            "<div class=\"scroll\"><table style=\"--columns:{}\">",
            columns.max().unwrap_or(1)
        );
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
        let marks = self.marks.within(text, &bytes).iter();
        out.push_str("<td");
        if let Some(tone) = marks.map(|mark| mark.tone).min() {
            let _ = write!(out, " class=\"{}\"", tone.class());
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
            let tone = together.iter().map(|mark| mark.tone).min();
            let class = tone.unwrap_or(Tone::Accepted).class();
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

    /// A link to each finding, which is itself what the finding's place leads to.
    fn references(&self, out: &mut String, marks: &[Mark]) {
        let mut sorted: Vec<(usize, usize)> = marks.iter().map(|mark| (mark.finding, mark.place)).collect();
        sorted.sort_unstable();
        let mut last = None;
        for (finding, place) in sorted {
            // a place that two cells share is led to where it stands first
            let id = match self.drawn.borrow_mut().insert((finding, place)) {
                true => format!(" id=\"{}-{}-{}\"", self.prefix, finding + 1, place + 1),
                false => String::new(),
            };
            let _ = match last == Some(finding) {
                true => write!(out, "<span{id}></span>"),
                false => write!(
                    out,
                    "<a class=\"ref\"{id} href=\"#{}-{number}\">[{number}]</a>",
                    self.prefix,
                    number = finding + 1
                ),
            };
            last = Some(finding);
        }
    }
}
