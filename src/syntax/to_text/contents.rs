//! What stands after the colon, as it is written, by what kind of content it is.

use super::{amounts, formula, names};
use crate::syntax::from_text::{COLONS, trim};
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Amount, Content, Parameter, Scoring, Statement, Words};
use std::ops::Range;

/// Synonyms of the few words that some keywords take, each with the one that is written.
const CHOICES: &[(&str, &str)] = &[
    ("error", "错误"),
    ("warning", "警告"),
    ("info", "提醒"),
    ("按列示数", "按所列数字"),
    ("真值区间", "按约数范围"),
];

/// The content of a statement in its canonical form. A 当 or 要求 may have several lines.
pub fn written(text: &str, statement: &Statement) -> String {
    let body = body(text, statement);
    let as_it_is = || text[body.clone()].to_owned();
    match &statement.content {
        Content::Empty if statement.word == Word::BuiltIn => "是".to_owned(),
        Content::Text(_) => match statement.word {
            Word::Level | Word::Manner => choice(&text[body]).to_owned(),
            Word::Number => names::document_number(&text[body.clone()]).unwrap_or_else(as_it_is),
            _ => as_it_is(),
        },
        Content::Year(year) => year.to_string(),
        Content::Citation(name, from) => citation(name, from.as_ref()),
        Content::Head(name, None) => names::listed(name),
        Content::Head(name, Some(points)) => {
            format!("{}，{}", names::head(name), amounts::amount(text, points))
        }
        Content::Path(steps) => match steps.split_first() {
            Some((one, [])) => names::listed(one),
            Some((kind_of, rest)) => {
                let steps = rest.iter().map(names::listed);
                list([kind(&kind_of.text).to_owned()].into_iter().chain(steps), "／")
            }
            None => String::new(),
        },
        Content::Field(steps) => list(steps.iter().map(names::in_formula), "."),
        Content::List(items) => list(items.iter().map(names::listed), "、"),
        Content::Target(target) => amounts::target(text, target).unwrap_or_else(as_it_is),
        Content::Points(points) => amounts::amount(text, points),
        Content::Scoring(given) => scoring(text, given),
        Content::Unit(unit) => names::listed(unit),
        Content::Parameter(given) => parameter(text, given),
        Content::Cases(cases) => {
            let formulas = cases.iter().flat_map(|case| [&case.condition, &case.result]);
            formula::written(text, body.clone(), formulas).unwrap_or_else(as_it_is)
        }
        Content::Condition(condition) => {
            formula::written(text, body.clone(), [condition]).unwrap_or_else(as_it_is)
        }
        Content::Interval(range) => amounts::range(text, range),
        Content::Grades(all) => list(all.iter().map(|(name, range)| grade(text, name, range)), "；"),
        Content::DefaultScoring(all) => {
            let part = |(kind, given): &(Words, Scoring)| format!("{} {}", kind.text, scoring(text, given));
            list(all.iter().map(part), "；")
        }
        Content::Scheme(all) => list(all.iter().map(|(name, points)| share(text, name, points)), "、"),
        Content::Conversion(one, other) => {
            format!(
                "{} = {}",
                amounts::amount(text, one),
                amounts::amount(text, other)
            )
        }
        // Free text is the author's own, and so is whatever is not known here.
        _ => as_it_is(),
    }
}

/// The bytes after the colon.
fn body(text: &str, statement: &Statement) -> Range<usize> {
    let (start, end) = (statement.word_span.end as usize, statement.span.end as usize);
    let colon = text[start..end]
        .chars()
        .next()
        .filter(|sign| COLONS.contains(sign));
    trim(text, start + colon.map_or(0, char::len_utf8)..end)
}

/// The word of a few that is written for a spelling.
pub fn choice(spelling: &str) -> &str {
    let known = CHOICES.iter().find(|(known, _)| *known == spelling);
    known.map_or(spelling, |(_, written)| written)
}

/// 财预〔2020〕10号，2020.1 起
fn citation(name: &Words, from: Option<&Words>) -> String {
    let number = names::document_number(&name.text).filter(|_| !name.quoted);
    let mut written = number.unwrap_or_else(|| names::as_it_is(name));
    if let Some(from) = from {
        written.push_str(&format!("，{} 起", names::as_it_is(from)));
    }
    written
}

fn grade(text: &str, name: &Words, range: &crate::syntax::Range) -> String {
    format!("{} {}", names::listed(name), amounts::range(text, range))
}

fn share(text: &str, name: &Words, points: &Amount) -> String {
    format!("{} {}", names::before_number(name), amounts::amount(text, points))
}

/// What stands before ／; 指标 is usual there for 三级指标 and stays.
pub fn kind(spelling: &str) -> &str {
    let known = keywords::by_spelling(spelling).filter(|row| row.word == Word::Standard);
    known.map_or(spelling, |row| row.text)
}

fn scoring(text: &str, given: &Scoring) -> String {
    let mut written = names::in_formula(&given.standard);
    for argument in &given.arguments {
        written.push('，');
        written.push_str(&parameter(text, argument));
    }
    written
}

fn parameter(text: &str, given: &Parameter) -> String {
    format!(
        "{} = {}",
        names::in_formula(&given.name),
        amounts::amount(text, &given.value)
    )
}

fn list(items: impl Iterator<Item = String>, separator: &str) -> String {
    items.collect::<Vec<_>>().join(separator)
}
