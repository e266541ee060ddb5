//! A statement and the lines that change it to the statement as it stands then, with what was there before.

use super::find::{Target, View};
use super::{Change, told};
use crate::finding::Finding;
use crate::model::mentioned;
use crate::source::Span;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Content, Range, Statement, Words};
use std::collections::HashSet;

/// What of a kind may be changed.
pub fn allowed(kind: Word) -> &'static [Word] {
    use Word::{
        Aliases, Basis, Case, Each, Help, InForm, Level, Manner, Message, Parameter, Parts, Points, Range,
        Require, Scoring, SomeParts, Steps, Target, Unit, When,
    };
    match kind {
        Word::Check => &[
            Level, Parameter, Each, When, Require, Manner, Message, Help, Basis,
        ],
        Word::Third => &[
            Target, Points, Scoring, Aliases, Unit, InForm, Parts, SomeParts, Basis,
        ],
        Word::First | Word::Second => &[Points, Scoring, Basis],
        Word::Data => &[Aliases, Unit, InForm, Parts, SomeParts, Basis],
        Word::Standard => &[Parameter, Case, Basis],
        Word::Process => &[Steps, Basis],
        Word::Sections => &[Level, Aliases, Basis],
        Word::Attachments => &[Level, Basis],
        Word::Forbidden => &[Level, Help, Basis],
        Word::Grades => &[Range, Basis],
        Word::Scheme => &[Points, Basis],
        Word::DefaultScoring => &[Scoring, Basis],
        _ => &[],
    }
}

/// Of a check that the program makes itself there is less to change.
const OF_PROGRAM: &[Word] = &[Word::Level, Word::Parameter, Word::Help, Word::Basis];

/// Under which name a change of this line is told and held against others.
pub fn what(line: &Statement) -> String {
    match &line.content {
        Content::Parameter(parameter) => format!("参数 {}", parameter.name.text),
        _ => keywords::text(line.word).to_owned(),
    }
}

/// Whether several lines of this keyword make one change.
pub fn may_repeat(line: &Statement) -> bool {
    use Word::{Aliases, Basis, Case, Parts, Points, Require, SomeParts, Steps, When};
    match line.word {
        Points => matches!(line.content, Content::Scheme(_)),
        word => [Aliases, Basis, Case, Parts, Require, SomeParts, Steps, When].contains(&word),
    }
}

/// Whether a line may change that statement.
pub fn fits(view: &View, target: &Target, adjust: &Statement, line: &Statement) -> Result<(), Box<Finding>> {
    let of_kind = allowed(target.kind);
    let by_program = || {
        let built_in = |place: &(usize, usize)| view.statement(*place).all(Word::BuiltIn).next().is_some();
        target.kind == Word::Check && target.places.iter().any(built_in)
    };
    if !of_kind.contains(&line.word) {
        return Err(Box::new(told::not_of_kind(target, line, of_kind)));
    }
    if !OF_PROGRAM.contains(&line.word) && by_program() {
        return Err(Box::new(told::by_program(target, line)));
    }
    if let Some(only) = &target.parameter
        && what(line) != format!("参数 {only}")
    {
        return Err(Box::new(told::only_parameter(line, only)));
    }
    match &line.content {
        Content::Parameter(parameter) => known_parameter(view, target, adjust, &parameter.name),
        _ => Ok(()),
    }
}

/// A 参数 must be there, or be used by what the same 调整 writes anew.
fn known_parameter(
    view: &View,
    target: &Target,
    adjust: &Statement,
    name: &Words,
) -> Result<(), Box<Finding>> {
    let of_lines = |statement: &Statement| -> Vec<String> {
        let lines = statement.all(Word::Parameter);
        let name = |line: &Statement| match &line.content {
            Content::Parameter(parameter) => Some(parameter.name.text.clone()),
            _ => None,
        };
        lines.filter_map(name).collect()
    };
    let known: Vec<String> = target
        .places
        .iter()
        .flat_map(|place| of_lines(view.statement(*place)))
        .collect();
    let mut mentioned = HashSet::new();
    mentioned::by_statement(adjust, &mut mentioned);
    if known.contains(&name.text) || mentioned.contains(name.text.as_str()) {
        return Ok(());
    }
    Err(Box::new(told::unknown_parameter(target, name, &known)))
}

/// Changes the statements that stand at one place. Answers what was there, and what is there now, as written.
pub fn apply(
    view: &View,
    held: &mut Vec<Statement>,
    target: &Target,
    change: &Change,
    first: bool,
) -> (String, String) {
    let after = joined(change.lines.iter().map(|line| value(view, line)));
    match (change.word, target.kind) {
        (Word::Disable, _) => {
            disable(held, target);
            (String::new(), String::new())
        }
        (Word::Range, _) if !target.name.is_empty() => {
            (grade(view, held, &target.name, change.lines[0]), after)
        }
        (Word::Range | Word::Points | Word::Scoring, Word::Grades | Word::Scheme | Word::DefaultScoring) => {
            (whole(view, held, change, first), after)
        }
        _ => {
            alone(held, &target.name);
            let meant = held.iter_mut().filter(|statement| is_of(statement, &target.name));
            let before = meant.map(|statement| attributes(view, statement, change));
            (joined(before), after)
        }
    }
}

/// Takes a statement, or one item of a list, away.
fn disable(held: &mut Vec<Statement>, target: &Target) {
    for statement in held.iter_mut() {
        if let Content::List(items) = &mut statement.content {
            items.retain(|item| item.text != target.name);
        }
    }
    held.retain(|statement| matches!(&statement.content, Content::List(items) if !items.is_empty()));
}

/// Where a list is changed in one item, that stands in a statement of its own, between those before and after it.
fn alone(held: &mut Vec<Statement>, name: &str) {
    let parted = |statement: Statement| -> Vec<Statement> {
        let Content::List(items) = &statement.content else {
            return vec![statement];
        };
        let Some(at) = items
            .iter()
            .position(|item| item.text == name)
            .filter(|_| items.len() > 1)
        else {
            return vec![statement];
        };
        let with = |items: &[Words]| Statement {
            content: Content::List(items.to_vec()),
            ..statement.clone()
        };
        let own = Statement {
            span: items[at].span,
            ..with(&items[at..=at])
        };
        let parts = [with(&items[..at]), own, with(&items[at + 1..])];
        parts
            .into_iter()
            .filter(|part| !matches!(&part.content, Content::List(items) if items.is_empty()))
            .collect()
    };
    *held = std::mem::take(held).into_iter().flat_map(parted).collect();
}

/// Whether a statement is the one of that name; one that is no list always is.
fn is_of(statement: &Statement, name: &str) -> bool {
    match &statement.content {
        Content::List(items) => items.iter().any(|item| item.text == name),
        _ => true,
    }
}

/// The span by which the statement of a target is known: in a list, that of its item.
pub fn known_by(statement: &Statement, name: &str) -> Span {
    let own = match &statement.content {
        Content::List(items) if items.len() > 1 => items.iter().find(|item| item.text == name),
        _ => None,
    };
    own.map_or(statement.span, |item| item.span)
}

/// Gives one grade another interval.
fn grade(view: &View, held: &mut [Statement], name: &str, line: &Statement) -> String {
    let Content::Interval(range) = &line.content else {
        return String::new();
    };
    let mut before = String::new();
    for statement in held {
        let Content::Grades(grades) = &mut statement.content else {
            continue;
        };
        for (held, interval) in grades.iter_mut().filter(|(held, _)| held.text == name) {
            before = interval_text(view, interval);
            // The place of the name goes with that of the interval.
            held.span = range.span;
            *interval = range.clone();
        }
    }
    before
}

fn interval_text(view: &View, range: &Range) -> String {
    view.text(range.span).to_owned()
}

/// Puts the lines of a 调整 in place of all of 等级, 分值方案 or 默认评分.
fn whole(view: &View, held: &mut Vec<Statement>, change: &Change, first: bool) -> String {
    let before = joined(held.iter().map(|statement| value(view, statement)));
    let Some(model) = held.first().cloned() else {
        return before;
    };
    let instead = |line: &&Statement| Statement {
        content: line.content.clone(),
        span: if model.word == Word::Scheme {
            line.span
        } else {
            model.span
        },
        ..model.clone()
    };
    *held = change.lines.iter().filter(|_| first).map(instead).collect();
    before
}

/// Replaces the attributes of one keyword, of 参数 that of one name.
fn attributes(view: &View, statement: &mut Statement, change: &Change) -> String {
    let replaced = |attribute: &Statement| what(attribute) == change.what;
    let mut before: Vec<String> = Vec::new();
    if change.word == Word::Points
        && let Content::Head(_, points) = &mut statement.content
    {
        before.extend(points.take().map(|points| view.text(points.span).to_owned()));
    }
    before.extend(
        statement
            .attributes
            .iter()
            .filter(|line| replaced(line))
            .map(|line| value(view, line)),
    );
    statement.attributes.retain(|attribute| !replaced(attribute));
    statement
        .attributes
        .extend(change.lines.iter().map(|line| (*line).clone()));
    joined(before.into_iter())
}

/// What a line says after its colon, of a 参数 after its sign.
fn value(view: &View, line: &Statement) -> String {
    let text = view.text(line.span);
    let (_, said) = text.split_once(is_colon).unwrap_or(("", text));
    let own: Span = match &line.content {
        Content::Parameter(parameter) => parameter.value.span,
        _ => return said.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    view.text(own).to_owned()
}

fn is_colon(sign: char) -> bool {
    matches!(sign, '：' | ':' | '∶' | '﹕')
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("；")
}
