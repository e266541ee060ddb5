//! Which rows and mentions speak of which name. A declared name or alias, or the same words after quotes are
//! stripped, may accuse; anything less is left alone.

use crate::document::Document;
use crate::facts::form::{Form, IndicatorRow};
use crate::facts::{Facts, Heading, Mention, Number, Period, Role, Scope};
use crate::ledger::aliases::Aliases;
use crate::ledger::carried::Carried;
use crate::ledger::lead;
use crate::ledger::names::{plain, stem};
use crate::ledger::{levels, parts, projects};
use crate::model::Model;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::borrow::Cow;
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
            for key in [plain(word).into_owned(), stem(word)] {
                // A word that two indicators share binds neither.
                let owner = by_name.entry(key).or_insert(Some(index));
                if *owner != Some(index) {
                    *owner = None;
                }
            }
        }
    }
    let find = |text: &str| {
        if by_name.is_empty() {
            return None;
        }
        let exact = by_name.get(&*plain(text)).or_else(|| by_name.get(&stem(text)));
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
    let single = cells_of(facts, true);
    let worded = cells_of(facts, false);
    let report = Report::new(document, facts, year);
    let mut carried = Carried::default();
    let mut rest: FxHashMap<Key, SmallVec<[u32; 2]>> = FxHashMap::default();
    for (index, mention) in facts.mentions.iter().enumerate() {
        let number = &facts.numbers[mention.number];
        let chapter = report.chapter(mention);
        if holding(&single, number.range.start).is_some()
            || chapter.is_some_and(|chapter| chapter.of_the_future)
        {
            continue;
        }
        let above = report.levels.above(document, mention, number.range.start);
        let from = words_from(&worded, document, mention, number.range.start);
        let of_a_part = carried.carried(document, report.title, from);
        match aliases
            .owner(document, report.title, mention, number, from)
            .filter(|_| !of_a_part)
        {
            // What a government above plans or has done is not said of this report's indicators.
            Some(_) if above.is_some() => {}
            Some(entry) => entries[entry].mentions.push(index),
            None => {
                if let Some(key) = report.key(mention, number, above) {
                    rest.entry(key).or_default().push(index as u32);
                }
            }
        }
    }
    entries.iter_mut().for_each(|entry| report.sift(entry));
    let mut unnamed: Vec<Unnamed> = Vec::new();
    let mut groups: Vec<(Key, SmallVec<[u32; 2]>)> =
        rest.into_iter().filter(|(_, all)| all.len() > 1).collect();
    groups.sort_by_key(|(_, mentions)| mentions[0]);
    for (key, mentions) in groups {
        unnamed.extend(report.alike(&key, &mentions, &mut carried));
    }
    unnamed.sort_by_key(|group| group.mentions[0]);
    Links { entries, unnamed }
}

/// What of the report as a whole decides which mentions belong together.
struct Report<'a> {
    document: &'a Document,
    facts: &'a Facts,
    year: Option<i32>,
    /// What the words of each heading say of all that stands below it.
    chapters: Vec<Chapter>,
    title: &'a str,
    /// The words of level in it, and the level of government that reports.
    levels: levels::Levels,
}

/// What a heading says of what stands below it.
struct Chapter {
    /// The project whose own chapter it opens, where the report tells of several.
    project: Option<String>,
    of_the_future: bool,
    of_one: bool,
}

impl<'a> Report<'a> {
    fn new(document: &'a Document, facts: &'a Facts, year: Option<i32>) -> Report<'a> {
        let chapter = |(heading, project): (&Heading, Option<String>)| Chapter {
            project,
            of_the_future: lead::is_of_the_future(heading),
            of_one: lead::is_of_one(heading),
        };
        let projects = projects::of_headings(&facts.outline);
        Report {
            document,
            facts,
            year,
            chapters: facts.outline.iter().zip(projects).map(chapter).collect(),
            title: document.text(&title_of(document)),
            levels: levels::Levels::of(document, &facts.outline),
        }
    }

    fn chapter(&self, mention: &Mention) -> Option<&Chapter> {
        self.chapters.get(mention.section?)
    }

    fn project_of(&self, mention: &Mention) -> Option<&str> {
        self.chapter(mention)?.project.as_deref()
    }

    /// What a mention that no name claims must share with others, but for the words before it.
    fn key(&self, mention: &'a Mention, number: &Number, above: Option<levels::Level>) -> Option<Key<'_>> {
        let subject = plain(&mention.subject);
        let short = subject.chars().nth(FEWEST_CHARACTERS - 1).is_none();
        if mention.role == Role::Unknown
            || short
            || self.chapter(mention).is_some_and(|chapter| chapter.of_one)
        {
            return None;
        }
        Some(Key {
            subject,
            role: mention.role,
            period: period_of(mention, self.year),
            scope: mention.scope,
            unit: number.quantity.unit.name(),
            project: self.project_of(mention),
            above,
        })
    }

    /// Of mentions with one key those that stand behind the same words, where there are two or more; what speaks of
    /// a part is left out.
    fn alike(&self, key: &Key, mentions: &[u32], carried: &mut Carried) -> impl Iterator<Item = Unnamed> {
        let mut by_lead: FxHashMap<Cow<str>, Vec<usize>> = FxHashMap::default();
        for index in mentions.iter().map(|index| *index as usize) {
            let mention = &self.facts.mentions[index];
            if !self.is_of_a_part(mention, carried) {
                let lead = lead::lead(self.document, mention, &self.facts.numbers[mention.number]);
                by_lead.entry(lead).or_default().push(index);
            }
        }
        let subject = key.subject.clone().into_owned();
        let several = by_lead.into_values().filter(|mentions| mentions.len() > 1);
        several.map(move |mentions| Unnamed {
            subject: subject.clone(),
            mentions,
        })
    }

    fn is_of_a_part(&self, mention: &Mention, carried: &mut Carried) -> bool {
        let clause = mention.clause.start;
        let before = self
            .document
            .text(&(clause..mention.subject_range.start.max(clause)));
        parts::is_confined(before, self.title)
            || carried.carried(self.document, self.title, clause)
            || parts::is_progress(before)
    }

    /// Leaves out of an entry what lists its parts, and what is told of several projects under one name.
    fn sift(&self, entry: &mut Entry) {
        if entry.mentions.len() < 2 {
            return;
        }
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
        let mut told: Vec<&str> = entry.mentions.iter().filter_map(project).collect();
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
                let label = facts.form.as_ref().map_or(String::new(), |form| {
                    plain(&form.rows[row].name.text).into_owned()
                });
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
fn cells_of(facts: &Facts, single: bool) -> Vec<Range<u32>> {
    let forms = facts.form.iter().chain(&facts.other_forms);
    let rows = forms.flat_map(|form| &form.rows);
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
struct Key<'a> {
    subject: Cow<'a, str>,
    role: Role,
    period: Period,
    scope: Scope,
    unit: &'static str,
    /// The project whose own chapter it stands in, where the report tells of several.
    project: Option<&'a str>,
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
