//! What was read of reports to JSON: numbers and the form, each with its place in the laid-out text.

use crate::document::Document;
use crate::facts::form::{Answer, Content, Datum, Form, Group};
use crate::facts::{Facts, Mention, Number, NumberKind};
use crate::render::number_parts;
use crate::render::positions::Positions;
use crate::render::quantity_to_json::{bound, put_quantity};
use crate::render::to_json::{Tool, VERSION};
use crate::render::words;
use crate::source::{SourceId, Span};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::ops::Range;

/// What was read of one file, or why it was not.
pub enum Read<'a> {
    /// A report and what it states.
    Report(&'a Document, &'a Facts),
    /// A path, and why the file was not read.
    Unread(&'a str, &'a str),
}

#[derive(Serialize, Default)]
struct Report {
    path: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<Map<String, Value>>,
    /// All forms in the order of the text, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forms: Vec<Map<String, Value>>,
    numbers: Vec<NumberOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Serialize)]
struct NumberOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    text: String,
    line: usize,
    column: usize,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approx: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    kind: &'static str,
}

/// What stands after the last file.
pub const TAIL: &str = "]}\n";

/// One JSON document for all files, in one line. Only quantities are listed, unless `all_numbers`.
pub fn render(read: &[Read], all_numbers: bool) -> String {
    let files: Vec<String> = read.iter().map(|file| one(file, all_numbers)).collect();
    format!("{}{}{TAIL}", head(), files.join(","))
}

/// The document up to its first file: the files follow, parted by commas, and then the `TAIL`.
pub fn head() -> String {
    let tool = serde_json::to_string(&Tool::this()).unwrap_or_default();
    format!("{{\"version\":{VERSION},\"tool\":{tool},\"reports\":[")
}

/// One file.
pub fn one(read: &Read, all_numbers: bool) -> String {
    // names and strings alone cannot fail to be written
    serde_json::to_string(&report(read, all_numbers)).unwrap_or_default()
}

/// One file with the numbers that were taken as one thing.
pub fn with_links(read: &Read, all_numbers: bool, links: Value) -> String {
    let report = Report {
        links: Some(links),
        ..report(read, all_numbers)
    };
    serde_json::to_string(&report).unwrap_or_default()
}

fn report(read: &Read, all_numbers: bool) -> Report {
    match read {
        Read::Unread(path, message) => Report {
            path: (*path).to_owned(),
            error: Some((*message).to_owned()),
            ..Report::default()
        },
        Read::Report(document, facts) => {
            let sources = document.sources();
            let at = At {
                document,
                positions: Positions::new(&sources),
            };
            Report {
                path: document.source.name.clone(),
                files: document
                    .parts
                    .iter()
                    .map(|part| part.document.source.name.clone())
                    .collect(),
                error: None,
                year: facts.year,
                form: facts.form.as_ref().map(|found| form(found, &at)),
                forms: match facts.other_forms.is_empty() {
                    true => Vec::new(),
                    false => facts.forms().into_iter().map(|found| form(found, &at)).collect(),
                },
                numbers: numbers(facts, &at, all_numbers),
                links: None,
                unread: document.unread.clone(),
                notes: document.notes.clone(),
            }
        }
    }
}

/// Where view ranges stand in the source.
struct At<'a> {
    document: &'a Document,
    positions: Positions<'a>,
}

impl At<'_> {
    fn span(&self, range: &Range<u32>) -> Span {
        let (source, bytes) = self.document.place_in_sources(range);
        Span::new(SourceId(source), bytes)
    }

    /// The file that a place lies in, where the report is several.
    fn path(&self, span: Span) -> Option<String> {
        let is_one = self.document.parts.is_empty();
        (!is_one).then(|| self.positions.path(span).to_owned())
    }
}

fn numbers(facts: &Facts, at: &At, all: bool) -> Vec<NumberOut> {
    let mut mentions: Vec<Option<&Mention>> = vec![None; facts.numbers.len()];
    for mention in &facts.mentions {
        if let Some(slot) = mentions.get_mut(mention.number) {
            *slot = Some(mention);
        }
    }
    facts
        .numbers
        .iter()
        .zip(mentions)
        .filter(|(number, _)| all || number.kind == NumberKind::Quantity)
        .flat_map(|(found, mention)| {
            let parts = number_parts::of(found, &at.document.view.text);
            parts.into_iter().map(move |part| number(&part, mention, at))
        })
        .collect()
}

fn number(number: &Number, mention: Option<&Mention>, at: &At) -> NumberOut {
    let span = at.span(&number.range);
    let (line, column) = at.positions.line_column(span);
    let quantity = &number.quantity;
    let plain = Some(quantity.plain()).filter(|text| !text.is_empty());
    let high = quantity.high.and_then(|high| high.to_plain(10));
    let (value, low) = if high.is_some() {
        (None, plain)
    } else {
        (plain, None)
    };
    NumberOut {
        path: at.path(span),
        text: at.document.text(&number.range).to_owned(),
        line,
        column,
        start: span.start,
        end: span.end,
        address: at.document.address(number.range.start),
        value,
        low,
        high,
        unit: quantity.unit.name(),
        bound: quantity.bound.map(bound),
        approx: quantity.approx.is_some(),
        role: mention.and_then(|mention| words::role_code(mention.role)),
        subject: mention
            .map(|mention| mention.subject.clone())
            .filter(|subject| !subject.is_empty()),
        period: mention.and_then(|mention| words::period(mention.period)),
        kind: words::number_kind_code(number.kind),
    }
}

fn form(form: &Form, at: &At) -> Map<String, Value> {
    let mut out = Map::new();
    if let Some(kind) = form.kind {
        out.insert("kind".into(), kind.name().into());
    }
    out.insert("reading".into(), words::reading_code(form.reading).into());
    if let Some(year) = form.year {
        out.insert("year".into(), year.into());
    }
    if let Some(title) = &form.title {
        out.insert("title".into(), at.document.text(title).into());
    }
    let data = [
        ("project", &form.project),
        ("full", &form.full),
        ("total", &form.total),
        ("grade", &form.grade),
        ("note", &form.note),
        ("goal", &form.goal),
        ("goal_done", &form.goal_done),
    ];
    out.extend(cells(&data, at));
    out.insert("funds".into(), funds(form, at));
    if let Some(row) = &form.execution {
        let data = [
            ("rate", &row.rate),
            ("weight", &row.weight),
            ("score", &row.score),
            ("reason", &row.reason),
            ("budget", &row.budget),
            ("spent", &row.spent),
        ];
        out.insert("execution".into(), cells(&data, at).into());
    }
    out.insert("groups".into(), groups(&form.groups, at));
    out.insert("subgroups".into(), groups(&form.subgroups, at));
    out.insert("rows".into(), rows(form, at));
    out.insert("extras".into(), extras(form, at));
    if !form.answers.is_empty() {
        out.insert("answers".into(), answers(form, at));
    }
    let unread = form.unread.iter().map(|(range, reason)| {
        let (line, column) = at.positions.line_column(at.span(range));
        json!({"line": line, "column": column, "text": at.document.text(range), "reason": reason})
    });
    out.insert("unread".into(), unread.collect());
    out
}

fn funds(form: &Form, at: &At) -> Value {
    let row = |row: &crate::facts::form::FundRow| {
        let mut out = cells(
            &[
                ("name", &row.name),
                ("of", &row.of),
                ("initial", &row.initial),
                ("budget", &row.budget),
                ("spent", &row.spent),
                ("reason", &row.reason),
            ],
            at,
        );
        let rows = [
            ("part_of", row.part_of),
            ("restates", row.restates),
            ("share_of", row.share_of),
        ];
        for (key, other) in rows {
            if let Some(other) = other {
                out.insert(key.into(), other.into());
            }
        }
        out.insert("complete".into(), row.complete.into());
        Value::from(out)
    };
    form.funds.iter().map(row).collect()
}

fn groups(groups: &[Group], at: &At) -> Value {
    let group = |group: &Group| {
        let mut out = cells(
            &[
                ("name", &group.name),
                ("weight", &group.weight),
                ("score", &group.score),
            ],
            at,
        );
        out.insert("rows".into(), group.rows.clone().into());
        out.insert("complete".into(), group.complete.into());
        Value::from(out)
    };
    groups.iter().map(group).collect()
}

fn rows(form: &Form, at: &At) -> Value {
    let row = |row: &crate::facts::form::IndicatorRow| {
        let mut out = cells(
            &[
                ("name", &row.name),
                ("target", &row.target),
                ("actual", &row.actual),
                ("unit", &row.unit),
                ("weight", &row.weight),
                ("score", &row.score),
                ("reason", &row.reason),
            ],
            at,
        );
        for (key, group) in [("first", row.first), ("second", row.second)] {
            if let Some(group) = group {
                out.insert(key.into(), group.into());
            }
        }
        Value::from(out)
    };
    form.rows.iter().map(row).collect()
}

fn extras(form: &Form, at: &At) -> Value {
    form.extras
        .iter()
        .map(|row| {
            let data = [
                ("name", &row.name),
                ("weight", &row.weight),
                ("score", &row.score),
            ];
            Value::from(cells(&data, at))
        })
        .collect()
}

fn answers(form: &Form, at: &At) -> Value {
    let answer = |row: &Answer| {
        let data = [
            ("label", &row.label),
            ("text", &row.text),
            ("problem", &row.problem),
        ];
        Value::from(cells(&data, at))
    };
    form.answers.iter().map(answer).collect()
}

/// The cells that the form has; one that is absent is left out.
fn cells(data: &[(&str, &Datum)], at: &At) -> Map<String, Value> {
    data.iter()
        .filter(|(_, datum)| datum.content != Content::Absent)
        .map(|(key, datum)| ((*key).to_owned(), cell(datum, at)))
        .collect()
}

fn cell(datum: &Datum, at: &At) -> Value {
    let span = at.span(&datum.range);
    let (line, column) = at.positions.line_column(span);
    let state = match datum.content {
        Content::Absent => "absent",
        Content::Empty => "empty",
        Content::NotApplicable => "not_applicable",
        Content::Number(_) => "number",
        Content::Text => "text",
    };
    let mut out = Map::new();
    if let Some(path) = at.path(span) {
        out.insert("path".into(), path.into());
    }
    out.insert("text".into(), datum.text.as_str().into());
    out.insert("state".into(), state.into());
    out.insert("line".into(), line.into());
    out.insert("column".into(), column.into());
    if let Some(quantity) = datum.number() {
        put_quantity(&mut out, quantity);
    }
    if datum.covered {
        out.insert("covered".into(), true.into());
    }
    out.into()
}
