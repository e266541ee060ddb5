//! The statements of a file to declarations: groups, indicators, data, sections, processes, schemes, grades.

use super::draft::{Draft, Verdict};
use super::{
    Group, Indicator, Name, Process, Scheme, Section, Target, faults, grades, scoring, targets, units,
};
use crate::quantity::Quantity;
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{Amount, Content, File, Statement, Words};

/// Where in the tree of indicators a file stands.
#[derive(Default)]
struct Position {
    first: Option<usize>,
    second: Option<usize>,
}

/// Declares what a file says.
pub fn file<'a>(draft: &mut Draft<'a>, file: &'a File) {
    let mut position = Position::default();
    let basis = file
        .text(Word::Basis)
        .map_or(String::new(), |words| words.text.clone());
    draft.bases.push(basis.clone());
    if file
        .all(Word::First)
        .any(|statement| points_of(statement).is_some())
    {
        // A file's own 分值 are its scheme; those of packs that it cites do not apply.
        draft.model.schemes.clear();
        for group in draft.model.groups.iter_mut().filter(|group| group.level == 1) {
            group.weight = None;
        }
    }
    for statement in &file.statements {
        one(draft, statement, &mut position, &basis);
    }
}

fn one<'a>(draft: &mut Draft<'a>, statement: &'a Statement, position: &mut Position, basis: &str) {
    let basis = own_basis(statement, basis);
    match (statement.word, &statement.content) {
        (Word::First, Content::Head(name, _)) => {
            *position = Position {
                first: Some(group(draft, statement, name, 1, None)),
                second: None,
            };
        }
        (Word::Second, Content::Head(name, _)) if name.text == "无" => position.second = None,
        (Word::Second, Content::Head(name, _)) => {
            if position.first.is_none() {
                draft.tell(
                    faults::error(
                        "rule-syntax",
                        format!("二级指标“{}”的上面没有一级指标。", name.text),
                        statement.span,
                    )
                    .help("先写它所属的一级指标，例如：一级指标：产出指标，50 分"),
                );
            }
            position.second = Some(group(draft, statement, name, 2, position.first));
        }
        (Word::Third, Content::Head(name, _)) => indicator(draft, statement, name, position, basis),
        (Word::Data, Content::Head(name, _)) => data(draft, statement, name, basis),
        (Word::Process, Content::Head(name, _)) => process(draft, statement, name),
        (Word::Sections, Content::List(titles)) => sections(draft, statement, titles, &basis),
        (Word::Scheme, Content::Scheme(parts)) => scheme(draft, statement, parts),
        (Word::Grades, Content::Grades(all)) => grades::declare(draft, statement, all),
        (Word::DefaultScoring, Content::DefaultScoring(parts)) => scoring::default(draft, parts),
        (Word::Standard, Content::Head(name, _)) => {
            let verdict = draft.register("评分标准", name, statement);
            if verdict == Verdict::Replaces {
                let held = &name.text;
                draft
                    .standards
                    .retain(|s| s.words().map(|w| &w.text) != Some(held));
            }
            if verdict != Verdict::Known {
                draft.standards.push(statement);
            }
        }
        (Word::Check, Content::Head(name, _)) => {
            let verdict = draft.register("检查", name, statement);
            if verdict == Verdict::Replaces {
                let held = &name.text;
                draft.checks.retain(|s| s.words().map(|w| &w.text) != Some(held));
            }
            if verdict != Verdict::Known {
                draft.checks.push(statement);
            }
        }
        _ => {}
    }
}

/// The 依据 of a statement, or that of its file.
pub fn own_basis(statement: &Statement, of_file: &str) -> String {
    let own: Vec<&str> = statement
        .all(Word::Basis)
        .filter_map(|basis| basis.words().map(|words| words.text.as_str()))
        .collect();
    match own.is_empty() {
        true => of_file.to_owned(),
        false => own.join("；"),
    }
}

/// The marks in the head of a group or indicator, or in its 分值 line.
fn points_of(statement: &Statement) -> Option<&Amount> {
    let own = match &statement.content {
        Content::Head(_, points) => points.as_ref(),
        _ => None,
    };
    let line = || {
        statement.all(Word::Points).find_map(|line| match &line.content {
            Content::Points(points) => Some(points),
            _ => None,
        })
    };
    own.or_else(line)
}

fn weight_of(draft: &mut Draft, statement: &Statement) -> Option<Quantity> {
    let lines: Vec<Span> = statement.all(Word::Points).map(|line| line.span).collect();
    let head = matches!(&statement.content, Content::Head(_, Some(_)));
    if lines.len() + usize::from(head) > 1 {
        let finding = faults::error(
            "rule-duplicate",
            "这个指标的分值写了两次。",
            lines[lines.len() - 1],
        )
        .help("留下一处。")
        .and(if head { statement.span } else { lines[0] }, "", "先写在这里");
        draft.tell(finding);
    }
    let points = points_of(statement)?;
    let quantity = units::points(points, &draft.model.units);
    draft.keep(quantity)
}

/// Declares a group, or re-opens the one of that name. Answers its index.
fn group<'a>(
    draft: &mut Draft<'a>,
    statement: &'a Statement,
    name: &Words,
    level: u8,
    parent: Option<usize>,
) -> usize {
    let weight = weight_of(draft, statement);
    let scoring = scoring::of(draft, statement);
    let held = draft
        .model
        .groups
        .iter()
        .position(|group| group.level == level && group.name == name.text && group.parent == parent);
    let Some(at) = held else {
        draft.model.groups.push(Group {
            name: name.text.clone(),
            level,
            parent,
            weight,
            scoring,
            span: statement.span,
        });
        return draft.model.groups.len() - 1;
    };
    let kind = if level == 1 {
        "一级指标"
    } else {
        "二级指标"
    };
    let group = &mut draft.model.groups[at];
    let before = group.span;
    let same_file = before.source == statement.span.source;
    let other_weight = matches!((&group.weight, &weight), (Some(a), Some(b)) if a.value != b.value);
    let other_scoring = matches!((&group.scoring, &scoring),
        (Some(a), Some(b)) if (&a.standard, &a.arguments) != (&b.standard, &b.arguments));
    group.weight = group.weight.or(weight);
    group.scoring = group.scoring.take().or(scoring);
    group.span = statement.span;
    if same_file || other_weight || other_scoring {
        draft.duplicate(kind, &name.text, statement.span, before);
    }
    at
}

fn indicator<'a>(
    draft: &mut Draft<'a>,
    statement: &'a Statement,
    name: &Words,
    position: &Position,
    basis: String,
) {
    if let Some(before) = draft.stated.get(&("三级指标", name.text.clone())).copied()
        && targets::conflict(draft, name, before, statement)
    {
        return;
    }
    if draft.register("三级指标", name, statement) == Verdict::Known {
        return;
    }
    let weight = weight_of(draft, statement);
    let (target, target_span) = targets::of(draft, statement);
    let unit = unit_of(draft, statement, target.as_ref());
    let scoring = scoring::of(draft, statement);
    let indicator = Indicator {
        first: position.first,
        second: position.second,
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

fn data<'a>(draft: &mut Draft<'a>, statement: &'a Statement, name: &Words, basis: String) {
    if draft.register("数据", name, statement) == Verdict::Known {
        return;
    }
    let mut declared = blank(name, statement.span, basis);
    declared.unit = unit_of(draft, statement, None);
    put(draft, statement, declared);
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
    declared.in_form = statement.all(Word::InForm).find_map(|line| match &line.content {
        Content::Field(path) => Some(path.iter().map(|words| words.text.clone()).collect()),
        _ => None,
    });
    let Some(held) = draft
        .model
        .names
        .iter_mut()
        .find(|held| held.name == declared.name)
    else {
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
fn unit_of(
    draft: &mut Draft,
    statement: &Statement,
    target: Option<&Target>,
) -> Option<crate::quantity::Unit> {
    let of_target = match target {
        Some(Target::Number(quantity)) => Some(quantity.unit),
        Some(Target::Interval(_, unit)) => Some(*unit),
        _ => None,
    };
    let line = statement.all(Word::Unit).find_map(|line| line.words());
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

fn process<'a>(draft: &mut Draft<'a>, statement: &'a Statement, name: &Words) {
    let verdict = draft.register("流程", name, statement);
    if verdict == Verdict::Known {
        return;
    }
    draft.model.processes.retain(|held| held.name != name.text);
    draft.model.processes.push(Process {
        name: name.text.clone(),
        steps: list(statement, Word::Steps),
        span: statement.span,
    });
}

fn sections(draft: &mut Draft, statement: &Statement, titles: &[Words], basis: &str) {
    for title in titles {
        let held = draft.model.sections.iter().find(|held| held.title == title.text);
        match held.map(|held| held.span) {
            // Two files may demand the same section; one file demands it once.
            Some(before) if before.source == statement.span.source => {
                draft.duplicate("章节", &title.text, title.span, before);
            }
            Some(_) => {}
            None => draft.model.sections.push(Section {
                title: title.text.clone(),
                span: title.span,
                basis: basis.to_owned(),
            }),
        }
    }
}

fn scheme(draft: &mut Draft, statement: &Statement, parts: &[(Words, Amount)]) {
    let parts: Vec<(String, Quantity)> = parts
        .iter()
        .filter_map(|(name, amount)| {
            Some((name.text.clone(), units::points(amount, &draft.model.units).ok()?))
        })
        .collect();
    let known = draft.model.schemes.iter().any(|held| {
        held.span.source != statement.span.source
            && held
                .parts
                .iter()
                .map(|(name, points)| (name, points.value))
                .eq(parts.iter().map(|(name, points)| (name, points.value)))
    });
    if !known {
        draft.model.schemes.push(Scheme {
            parts,
            span: statement.span,
        });
    }
}
