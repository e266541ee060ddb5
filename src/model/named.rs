//! 数据 and 三级指标: the names that the ledger will look for in a report.

use super::draft::{Draft, Verdict};
use super::{Indicator, Name, Target, declare, faults, lookup, scoring, targets, units};
use crate::quantity::Unit;
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, Statement, Words, places};

/// Declares a 三级指标; `groups` are its 一级 and 二级指标.
pub fn indicator<'a>(
    draft: &mut Draft<'a>,
    statement: &'a Statement,
    name: &Words,
    groups: (Option<usize>, Option<usize>),
    basis: String,
) {
    if let Some(before) = draft.stated.get(&("三级指标", name.text.clone())).copied()
        && targets::conflict(draft, name, before, statement)
    {
        return;
    }
    if !take(draft, "三级指标", name, statement) {
        return;
    }
    let weight = declare::weight_of(draft, statement);
    let (target, target_span) = targets::of(draft, statement);
    let unit = unit_of(draft, statement, target.as_ref());
    let scoring = scoring::of(draft, statement);
    let indicator = Indicator {
        first: groups.0,
        second: groups.1,
        weight,
        target,
        target_span,
        scoring,
    };
    let mut declared = blank(name, statement.span, basis);
    declared.indicator = Some(indicator);
    declared.unit = unit;
    put(draft, statement, declared);
}

/// Declares 数据.
pub fn data<'a>(draft: &mut Draft<'a>, statement: &'a Statement, name: &Words, basis: String) {
    if !take(draft, "数据", name, statement) {
        return;
    }
    let mut declared = blank(name, statement.span, basis);
    declared.unit = unit_of(draft, statement, None);
    put(draft, statement, declared);
}

/// Whether a name is to be declared; one that nobody cited makes room for the user's.
fn take<'a>(draft: &mut Draft<'a>, kind: &'static str, name: &Words, statement: &'a Statement) -> bool {
    let verdict = draft.register(kind, name, statement);
    if verdict == Verdict::Replaces {
        draft.model.names.retain(|held| held.name != name.text);
        let places = draft.model.names.iter().enumerate();
        draft.placed = places.map(|(at, held)| (held.name.clone(), at)).collect();
    }
    verdict != Verdict::Known
}

fn blank(name: &Words, span: Span, basis: String) -> Name {
    Name {
        name: name.text.clone(),
        aliases: Vec::new(),
        unit: None,
        indicator: None,
        in_form: None,
        parts: Vec::new(),
        some_parts: Vec::new(),
        span,
        basis,
    }
}

/// Adds a declared name. 数据 and 三级指标 of one name are one: the report speaks of one thing.
fn put(draft: &mut Draft, statement: &Statement, mut declared: Name) {
    declared.aliases = list(statement, Word::Aliases);
    declared.parts = list(statement, Word::Parts);
    declared.some_parts = list(statement, Word::SomeParts);
    declared.in_form = in_form(draft, statement);
    let at = draft.placed.get(&declared.name).copied();
    let Some(held) = at.and_then(|at| draft.model.names.get_mut(at)) else {
        draft
            .placed
            .insert(declared.name.clone(), draft.model.names.len());
        draft.model.names.push(declared);
        return;
    };
    for alias in declared.aliases {
        if !held.aliases.contains(&alias) {
            held.aliases.push(alias);
        }
    }
    held.parts.append(&mut declared.parts);
    held.some_parts.append(&mut declared.some_parts);
    held.in_form = held.in_form.take().or(declared.in_form);
    held.unit = held.unit.or(declared.unit);
    if declared.indicator.is_some() {
        held.indicator = declared.indicator;
        held.span = declared.span;
    }
}

/// 表中: a way of fields that the form has.
fn in_form(draft: &mut Draft, statement: &Statement) -> Option<Vec<String>> {
    let path = statement.all(Word::InForm).find_map(|line| match &line.content {
        Content::Field(path) => Some(path),
        _ => None,
    })?;
    let known = lookup::form_path(path);
    draft.keep(known)?;
    Some(path.iter().map(|words| words.text.clone()).collect())
}

/// The items of all lines of one list keyword.
pub fn list(statement: &Statement, word: Word) -> Vec<String> {
    let mut all = Vec::new();
    for line in statement.all(word) {
        if let Content::List(items) = &line.content {
            all.extend(items.iter().map(|item| item.text.clone()));
        }
    }
    all
}

/// 单位 as given, else the unit of the target; both must fit each other.
fn unit_of(draft: &mut Draft, statement: &Statement, target: Option<&Target>) -> Option<Unit> {
    let of_target = match target {
        Some(Target::Number(quantity)) => Some(quantity.unit),
        Some(Target::Interval(_, unit)) => Some(*unit),
        _ => None,
    };
    let lines: Vec<&Statement> = statement.all(Word::Unit).collect();
    if let [first, .., last] = lines.as_slice()
        && !places::same(first, last)
    {
        let finding = faults::error("rule-duplicate", "这里“单位”写了两次。", last.span)
            .help("一项只有一个单位，留下一处；单位可以互相比较的，另写一行，例如：同类单位：家、户")
            .and(first.span, "", "先写在这里");
        draft.tell(finding);
    }
    let line = lines.iter().find_map(|line| line.words());
    let Some(words) = line else {
        return of_target.filter(|unit| !unit.is_none());
    };
    let own = units::unit(words, &draft.model.units);
    let (own, _) = draft.keep(own)?;
    if let Some(other) = of_target
        && !own.compares_with(other)
    {
        let message = format!("单位是“{}”，目标的单位却是“{}”。", own.name(), other.name());
        draft.tell(faults::error("rule-unit", message, words.span).help("两处写同一个单位。"));
    }
    Some(own)
}
