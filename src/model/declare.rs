//! The statements of a file to declarations: groups, indicators, data, sections, processes, schemes, grades.

use super::adjust::Effective;
use super::draft::{Draft, Verdict};
use super::{Group, Process, Scheme, Section, demands, faults, grades, named, scoring, units};
use crate::quantity::Quantity;
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{Amount, Content, File, Statement, Words};

/// Where in the tree of indicators a file stands.
#[derive(Default)]
struct Position {
    first: Option<usize>,
    second: Option<usize>,
    /// The 一级指标 above could not be read: what belongs to it is not told to lack one.
    lost: bool,
}

/// Declares what a file says.
pub fn file<'a>(draft: &mut Draft<'a>, at: usize, file: &'a File, effective: &'a Effective) {
    let mut position = Position::default();
    let bases: Vec<&str> = file
        .all(Word::Basis)
        .filter_map(|line| line.words().map(|words| words.text.as_str()))
        .collect();
    let basis = bases.join("；");
    headers(draft, file);
    draft.bases.push(basis.clone());
    let first = |statement: &&Statement| statement.word == Word::First;
    if effective
        .statements(at, file)
        .filter(first)
        .any(|first| points_of(first).is_some())
    {
        // A file's own 分值 are its scheme; those of packs that it cites do not apply.
        let users = draft.users.clone();
        let cited = |span: Span| !users.contains(&span.source);
        draft.model.schemes.retain(|scheme| !cited(scheme.span));
        for group in draft.model.groups.iter_mut().filter(|group| group.level == 1) {
            group.weight = group.weight.filter(|_| !cited(group.span));
        }
    }
    for statement in effective.statements(at, file) {
        one(draft, statement, &mut position, &basis);
    }
}

/// What a file says of itself it says once.
fn headers(draft: &mut Draft, file: &File) {
    for word in [Word::Rules, Word::Version, Word::Year, Word::Number, Word::Years] {
        let lines: Vec<&Statement> = file.all(word).collect();
        if let [first, .., last] = lines.as_slice() {
            let message = format!("“{}”写了两次。", crate::syntax::keywords::text(word));
            let finding = faults::error("rule-duplicate", message, last.span)
                .help("留下一处。")
                .and(first.span, "", "先写在这里");
            draft.tell(finding);
        }
    }
}

fn one<'a>(draft: &mut Draft<'a>, statement: &'a Statement, position: &mut Position, basis: &str) {
    let mark = draft.marks.get(&statement.span);
    let basis = mark.map_or_else(|| own_basis(statement, basis), |mark| mark.basis.clone());
    match (statement.word, &statement.content) {
        (Word::First, Content::Head(name, _)) => {
            *position = Position {
                first: Some(group(draft, statement, name, 1, None)),
                second: None,
                lost: false,
            };
        }
        (Word::First, _) => {
            *position = Position {
                lost: true,
                ..Position::default()
            };
        }
        (Word::Second, Content::Head(name, _)) if name.text == "无" => position.second = None,
        (Word::Second, Content::Head(name, _)) => {
            orphan(draft, statement, name, position);
            position.second = Some(group(draft, statement, name, 2, position.first));
        }
        (Word::Third, Content::Head(name, _)) => {
            let groups = (position.first, position.second);
            named::indicator(draft, statement, name, groups, basis);
        }
        (Word::Data, Content::Head(name, _)) => named::data(draft, statement, name, basis),
        (Word::Process, Content::Head(name, _)) => process(draft, statement, name, basis),
        (Word::Sections, Content::List(titles)) => sections(draft, statement, titles, &basis),
        (Word::Attachments, Content::List(names)) => demands::attachments(draft, statement, names, &basis),
        (Word::Forbidden, Content::List(words)) => demands::forbidden(draft, statement, words, &basis),
        (Word::Bonus, Content::Head(name, points)) => demands::bonus(draft, statement, name, points.as_ref()),
        (Word::Scheme, Content::Scheme(parts)) => scheme(draft, statement, parts),
        (Word::Grades, Content::Grades(all)) => grades::declare(draft, statement, all),
        (Word::GradeStep, Content::Points(step)) => grades::step(draft, statement, step),
        (Word::DefaultScoring, Content::DefaultScoring(parts)) => scoring::default(draft, parts),
        (Word::Standard, Content::Head(name, _)) => {
            let verdict = draft.register("评分标准", name, statement);
            keep(&mut draft.standards, verdict, name, statement);
        }
        (Word::Check, Content::Head(name, _)) => {
            let verdict = draft.register("检查", name, statement);
            keep(&mut draft.checks, verdict, name, statement);
        }
        _ => {}
    }
}

/// Tells a 二级指标 without a 一级指标.
fn orphan(draft: &mut Draft, statement: &Statement, name: &Words, position: &Position) {
    if position.first.is_some() || position.lost {
        return;
    }
    let message = format!("二级指标“{}”的上面没有一级指标。", name.text);
    let finding = faults::error("rule-syntax", message, statement.span)
        .help("先写它所属的一级指标，例如：一级指标：产出指标，50 分");
    draft.tell(finding);
}

/// Puts a statement in its list, in place of one that it replaces.
fn keep<'a>(held: &mut Vec<&'a Statement>, verdict: Verdict, name: &Words, statement: &'a Statement) {
    if verdict == Verdict::Replaces {
        held.retain(|other| other.words().map(|words| &words.text) != Some(&name.text));
    }
    if verdict != Verdict::Known {
        held.push(statement);
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

/// The marks of a group or indicator; two statements of them are told.
pub fn weight_of(draft: &mut Draft, statement: &Statement) -> Option<Quantity> {
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
    if !same_file {
        group.span = statement.span;
    }
    if same_file || other_weight || other_scoring {
        draft.duplicate(kind, &name.text, statement.span, before);
    }
    at
}

fn process<'a>(draft: &mut Draft<'a>, statement: &'a Statement, name: &Words, basis: String) {
    let verdict = draft.register("流程", name, statement);
    if verdict == Verdict::Known {
        return;
    }
    let steps = named::list(statement, Word::Steps);
    if steps.is_empty() && !statement.incomplete {
        let message = format!("流程“{}”没有写步骤。", name.text);
        let help = "下面写这个流程的各个步骤，例如：步骤：申报通知、专家评审、公示";
        draft.tell(faults::error("rule-syntax", message, statement.span).help(help));
    }
    demands::shared_steps(draft, statement);
    draft.model.processes.retain(|held| held.name != name.text);
    draft.model.processes.push(Process {
        name: name.text.clone(),
        steps,
        severity: demands::severity(statement),
        span: statement.span,
        basis,
    });
}

fn sections(draft: &mut Draft, statement: &Statement, titles: &[Words], basis: &str) {
    let ordinal = |title: &&Words| {
        title
            .text
            .chars()
            .all(|sign| "一二三四五六七八九十第章部分（）()".contains(sign))
    };
    if let Some(title) = titles.iter().find(ordinal) {
        let message = format!("“{}”只是编号，不是章节的标题。", title.text);
        let finding = faults::error("rule-syntax", message, title.span);
        draft.tell(
            finding.help("编号不用写，例如：章节：基本情况、绩效分析；标题里有顿号的，整个标题加引号。"),
        );
    }
    let (aliases, severity) = (
        other_titles(draft, statement, titles),
        demands::severity(statement),
    );
    for title in titles.iter().filter(|title| !ordinal(title)) {
        let mut sections = draft.model.sections.iter_mut();
        match sections.find(|held| held.title == title.text) {
            // A line of its own gives a section that was demanded before its other titles.
            Some(held) if titles.len() == 1 && !statement.attributes.is_empty() => {
                held.aliases.extend(aliases.iter().cloned());
                held.severity = severity.or(held.severity);
            }
            // Two files may demand the same section; one file demands it once.
            Some(held) if held.span.source == statement.span.source => {
                let before = held.span;
                draft.duplicate("章节", &title.text, title.span, before);
            }
            Some(_) => {}
            None => draft.model.sections.push(Section {
                title: title.text.clone(),
                aliases: aliases.clone(),
                severity,
                span: title.span,
                basis: basis.to_owned(),
            }),
        }
    }
}

/// 别名 below a 章节: other titles of the one section that its line names.
fn other_titles(draft: &mut Draft, statement: &Statement, titles: &[Words]) -> Vec<String> {
    if let Some(line) = statement.all(Word::Aliases).next().filter(|_| titles.len() > 1) {
        let message = "“别名”上面的“章节”写了几章，不知道是哪一章的别名。";
        let help = format!(
            "给这一章另写一行，例如：章节：{}；别名写在它的下面。",
            titles[0].text
        );
        draft.tell(faults::error("rule-syntax", message, line.span).help(help));
        return Vec::new();
    }
    named::list(statement, Word::Aliases)
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
