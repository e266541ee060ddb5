//! Which rows and mentions speak of which name. A declared name or alias, or the same words after quotes are
//! stripped, may accuse; anything less is left alone.

use crate::document::Document;
use crate::facts::form::{Form, IndicatorRow};
use crate::facts::{Facts, Heading, Mention, Number, Period, Role, Scope};
use crate::ledger::aliases::Aliases;
use crate::ledger::lead;
use crate::ledger::names::{plain, stem};
use crate::ledger::{levels, parts, projects};
use crate::model::Model;
use std::collections::HashMap;
use std::ops::Range;

/// What the report says of a name: one that the rules declare, or that of a row of the form that no rule names.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Entry {
    /// The name as people know it.
    pub label: String,
    /// Its index in `Model::names`, where the rules declare it.
    pub name: Option<usize>,
    /// The form's row, where it has one.
    pub row: Option<usize>,
    /// Its mentions outside the cells that hold one number each, as indices into `Facts::mentions`, ascending.
    pub mentions: Vec<usize>,
}

/// Mentions of one subject that no rule names.
#[derive(Clone, PartialEq, Debug)]
pub struct Unnamed {
    /// The subject that all of them state.
    pub subject: String,
    /// Indices into `Facts::mentions`, ascending, all of one role, period and scope, in comparable units.
    pub mentions: Vec<usize>,
}

/// All links of a report.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Links {
    /// For each declared name, in the order of `Model::names`; then for each row that none is bound to.
    pub entries: Vec<Entry>,
    /// The rest, where two or more stand together.
    pub unnamed: Vec<Unnamed>,
}

/// The declared name of each row of the form: the same words, or the same but for a tail like 数量.
pub fn bind_rows(model: &Model, form: &Form) -> Vec<Option<usize>> {
    let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
    for (index, name) in model
        .names
        .iter()
        .enumerate()
        .filter(|(_, name)| name.indicator.is_some())
    {
        for word in std::iter::once(&name.name).chain(&name.aliases) {
            for key in [plain(word), stem(word)] {
                // A word that two indicators share binds neither.
                let owner = by_name.entry(key).or_insert(Some(index));
                if *owner != Some(index) {
                    *owner = None;
                }
            }
        }
    }
    let find = |text: &str| {
        let exact = by_name.get(&plain(text)).or_else(|| by_name.get(&stem(text)));
        exact.copied().flatten()
    };
    // A row that prints no name of its own goes by its 二级指标, where it is the only one there.
    let by_group = |row: &IndicatorRow| {
        let group = &form.subgroups[row.second?];
        (!row.name.text.contains(char::is_alphabetic) && group.rows.len() == 1)
            .then(|| find(&group.name.text))?
    };
    form.rows
        .iter()
        .map(|row| find(&row.name.text).or_else(|| by_group(row)))
        .collect()
}

/// Links every mention to the name that it speaks of, and groups the rest by subject.
pub fn link(
    model: &Model,
    document: &Document,
    facts: &Facts,
    row_names: &[Option<usize>],
    year: Option<i32>,
) -> Links {
    let mut entries = entries_of(model, facts, row_names);
    let aliases = Aliases::new(model, &entries, facts.form.as_ref());
    let single = cells_of(facts.form.as_ref(), true);
    let worded = cells_of(facts.form.as_ref(), false);
    let report = Report::new(document, facts, year);
    let mut rest: HashMap<Key, Unnamed> = HashMap::new();
    for (index, mention) in facts.mentions.iter().enumerate() {
        let number = &facts.numbers[mention.number];
        let heading = mention.section.and_then(|section| facts.outline.get(section));
        if holding(&single, number.range.start).is_some() || heading.is_some_and(lead::is_of_the_future) {
            continue;
        }
        let above = levels::above(document, mention, number.range.start, report.own);
        let from = words_from(&worded, document, mention, number.range.start);
        match aliases.owner(document, mention, number, from) {
            // What a government above plans or has done is not said of this report's indicators.
            Some(_) if above.is_some() => {}
            Some(entry) => entries[entry].mentions.push(index),
            None => {
                if let Some(key) = report.key(mention, number, heading, above) {
                    let subject = key.subject.clone();
                    let group = rest.entry(key).or_insert_with(|| Unnamed {
                        subject,
                        mentions: Vec::new(),
                    });
                    group.mentions.push(index);
                }
            }
        }
    }
    entries.iter_mut().for_each(|entry| report.sift(entry));
    let mut unnamed: Vec<_> = rest
        .into_values()
        .filter(|group| group.mentions.len() > 1)
        .collect();
    unnamed.sort_by_key(|group| group.mentions[0]);
    Links { entries, unnamed }
}

/// What of the report as a whole decides which mentions belong together.
struct Report<'a> {
    document: &'a Document,
    facts: &'a Facts,
    year: Option<i32>,
    /// The project whose own chapter each heading opens, where the report tells of several.
    projects: Vec<Option<String>>,
    title: &'a str,
    /// The level of government that reports.
    own: levels::Level,
}

impl<'a> Report<'a> {
    fn new(document: &'a Document, facts: &'a Facts, year: Option<i32>) -> Report<'a> {
        Report {
            document,
            facts,
            year,
            projects: projects::of_headings(&facts.outline),
            title: document.text(&title_of(document)),
            own: levels::own(document, &facts.outline),
        }
    }

    fn project_of(&self, mention: &Mention) -> Option<String> {
        self.projects.get(mention.section?)?.clone()
    }

    /// What a mention that no name claims must share with others; nothing where it speaks of a part.
    fn key(
        &self,
        mention: &Mention,
        number: &Number,
        heading: Option<&Heading>,
        above: Option<levels::Level>,
    ) -> Option<Key> {
        let subject = plain(&mention.subject);
        let short = subject.chars().count() < FEWEST_CHARACTERS;
        if mention.role == Role::Unknown || short || heading.is_some_and(lead::is_of_one) {
            return None;
        }
        let clause = mention.clause.start;
        let before = self
            .document
            .text(&(clause..mention.subject_range.start.max(clause)));
        let part = parts::is_confined(before, self.title)
            || parts::is_carried(clauses_before(self.document, clause), self.title)
            || parts::is_progress(before);
        (!part).then(|| Key {
            subject,
            lead: lead::lead(self.document, mention, number),
            role: mention.role,
            period: period_of(mention, self.year),
            scope: mention.scope,
            unit: number.quantity.unit.name(),
            project: self.project_of(mention),
            above,
        })
    }

    /// Leaves out of an entry what lists its parts, and what is told of several projects under one name.
    fn sift(&self, entry: &mut Entry) {
        let placed = |index: &usize| {
            let mention = &self.facts.mentions[*index];
            let number = &self.facts.numbers[mention.number];
            let block = self
                .document
                .block_at(number.range.start)
                .map_or(0, |block| block.range.start);
            (*index, mention.role, block, number.quantity.value)
        };
        let listed = parts::lists_of_parts(entry.mentions.iter().map(placed));
        entry.mentions.retain(|index| !listed.contains(index));
        let project = |index: &usize| self.project_of(&self.facts.mentions[*index]);
        let mut told: Vec<String> = entry.mentions.iter().filter_map(project).collect();
        told.dedup();
        // One name under two projects is two things; which of them the form and the rules mean nobody says.
        if told.len() > 1 {
            entry.mentions.retain(|index| project(index).is_none());
        }
    }
}

fn entries_of(model: &Model, facts: &Facts, row_names: &[Option<usize>]) -> Vec<Entry> {
    let declared = model.names.iter().enumerate();
    let mut entries: Vec<Entry> = declared
        .map(|(index, name)| Entry {
            label: name.name.clone(),
            name: Some(index),
            row: None,
            mentions: Vec::new(),
        })
        .collect();
    for (row, name) in row_names.iter().enumerate() {
        match name {
            Some(name) => {
                entries[*name].row.get_or_insert(row);
            }
            None => {
                let label = facts
                    .form
                    .as_ref()
                    .map_or(String::new(), |form| plain(&form.rows[row].name.text));
                entries.push(Entry {
                    label,
                    name: None,
                    row: Some(row),
                    mentions: Vec::new(),
                });
            }
        }
    }
    entries
}

/// The cells of the rows that hold one number each (`single`), or words, ascending.
fn cells_of(form: Option<&Form>, single: bool) -> Vec<Range<u32>> {
    let rows = form.iter().flat_map(|form| &form.rows);
    let mut cells: Vec<_> = rows
        .flat_map(|row| [&row.target, &row.actual, &row.weight, &row.score])
        .filter(|datum| datum.is_filled() && datum.number().is_some() == single)
        .map(|datum| datum.range.clone())
        .collect();
    cells.sort_by_key(|range| range.start);
    cells
}

/// Where the words begin that may name a number: its clause, or its cell where lines part the cell's words.
fn words_from(cells: &[Range<u32>], document: &Document, mention: &Mention, number: u32) -> u32 {
    let Some(cell) = holding(cells, number) else {
        return mention.clause.start;
    };
    let between = document.text(&(cell.start..mention.clause.start.max(cell.start)));
    let parted = between.contains(['，', '；', '。', '：', '、', ',', ';']);
    if parted {
        mention.clause.start
    } else {
        cell.start.min(mention.clause.start)
    }
}

/// The cell that an offset lies in.
fn holding(cells: &[Range<u32>], offset: u32) -> Option<&Range<u32>> {
    let after = cells.partition_point(|cell| cell.start <= offset);
    cells.get(after.checked_sub(1)?).filter(|cell| offset < cell.end)
}

/// What mentions must share to be compared when no rule names them.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    subject: String,
    lead: String,
    role: Role,
    period: Period,
    scope: Scope,
    unit: &'static str,
    /// The project whose own chapter it stands in, where the report tells of several.
    project: Option<String>,
    /// The government above that it speaks of.
    above: Option<levels::Level>,
}

/// The shortest subject that says enough to be the same thing in two places.
const FEWEST_CHARACTERS: usize = 3;

/// The report's own year named is as good as no year named.
pub fn period_of(mention: &Mention, year: Option<i32>) -> Period {
    match mention.period {
        Period::Year(named) if Some(named) == year => Period::Report,
        other => other,
    }
}

/// What part of its subject a mention speaks of, seen from a name: 新增 is no part where the name itself says 新增.
pub fn scope_of(mention: &Mention, label: &str) -> Scope {
    let words: &[&str] = match mention.scope {
        Scope::Added => &["新增", "净增", "新建", "新发展"],
        Scope::Average => &["平均", "人均", "户均", "均", "每", "单位", "单价"],
        Scope::Change => &["增", "减", "提高", "提升", "下降", "降低", "递增", "缩短", "降本"],
        Scope::Whole | Scope::Part => &[],
    };
    if words.iter().any(|word| label.contains(word)) {
        Scope::Whole
    } else {
        mention.scope
    }
}

/// What stands in the block before a place, as far as people look back.
pub(super) fn clauses_before(document: &Document, clause: u32) -> &str {
    let block = document
        .block_at(clause)
        .map_or(clause, |block| block.range.start);
    let text = document.view.text.as_str();
    let mut from = block.max(clause.saturating_sub(FARTHEST)).min(clause) as usize;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..clause as usize]
}

/// How many bytes back words may still speak of a number.
const FARTHEST: u32 = 1500;

/// The first block: the report's title, where its own place is named.
pub(super) fn title_of(document: &Document) -> Range<u32> {
    document.blocks.first().map_or(0..0, |block| block.range.clone())
}
