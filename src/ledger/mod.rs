//! The ledger: each name of the rules beside what the report says of it, or that it says nothing; an environment for
//! expr. Checks ask it and nothing else, so they depend neither on a file format nor on how a rule was spelled.

mod aliases;
mod attained;
mod carried;
pub mod direction;
mod execution;
pub mod grades;
mod lead;
mod levels;
pub mod link;
pub mod linked;
mod lost;
mod memory;
pub mod names;
mod parts;
pub mod passage;
mod projects;
mod report;
mod rows;
pub mod scoring;
pub mod scope;

use crate::document::Document;
use crate::facts::form::Form;
use crate::facts::{Facts, Mention};
use crate::finding::Place;
use crate::model::Model;
use crate::model::phrases::Hit;
use crate::packs;
use crate::quantity::Quantity;
use crate::source::{Source, SourceId, Span};
use memory::Memory;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

/// A cell that an error refuted, with the value that later checks use instead.
#[derive(Clone, PartialEq, Debug)]
pub struct Correction {
    /// The recomputed value, printed as the cell is.
    pub value: Quantity,
    /// The id of the check that refuted it.
    pub check: String,
}

/// Rules and report side by side.
#[derive(Clone, Debug)]
pub struct Ledger<'a> {
    /// What the rules demand.
    pub model: &'a Model,
    /// What the report states.
    pub facts: &'a Facts,
    document: &'a Document,
    /// The form that is judged.
    form: Option<&'a Form>,
    /// The headers of the form's cells by where the cells begin in the view, ascending.
    headers: Vec<(u32, &'a str)>,
    /// The report's source; where it is several files, the first of them, and the others follow.
    pub source: SourceId,
    /// The year that the report is about, where it is known.
    pub year: Option<i32>,
    /// For each `Model::names`: what the report says of it.
    pub entries: Vec<link::Entry>,
    /// Mentions of one subject that no rule names, two or more together.
    pub unnamed: Vec<link::Unnamed>,
    /// The words that the rules look for, where they stand in the text, ascending.
    pub phrases: Vec<Hit>,
    /// For each row of the form: the declared name that it is bound to.
    pub row_names: Vec<Option<usize>>,
    /// Whether indicator rows were probably not read, so that sums over them prove nothing.
    pub rows_lost: bool,
    /// Cells that were refuted, by where they begin in the view.
    pub corrections: FxHashMap<u32, Correction>,
    /// Cells that a finding already calls wrong, by where they begin in the view.
    pub refuted: FxHashSet<u32>,
    /// Where values that took part in a judgement begin in the view, for the summary.
    pub used: FxHashSet<u32>,
    /// Whether findings are only told from one another: their words and addresses are left out.
    pub sketching: bool,
    /// Which sources of the rules are built-in packs; found out where that is asked.
    packs: OnceCell<Vec<bool>>,
    /// What the judgements read, where they may be gone through again.
    pub memory: Memory,
}

impl<'a> Ledger<'a> {
    /// Sets the report beside the rules. `source` is the id that the report's spans get.
    pub fn new(
        model: &'a Model,
        document: &'a Document,
        facts: &'a Facts,
        source: SourceId,
        year: Option<i32>,
    ) -> Ledger<'a> {
        let form = facts.form.as_ref();
        let row_names = form.map_or(Vec::new(), |form| link::bind_rows(model, form));
        let links = link::link(model, document, facts, &row_names, year);
        Ledger {
            model,
            facts,
            document,
            form,
            headers: form.map_or(Vec::new(), headers),
            source,
            year,
            entries: links.entries,
            unnamed: links.unnamed,
            phrases: model.phrases.in_text(&document.view.text),
            row_names,
            rows_lost: form.is_some_and(lost::rows_lost),
            corrections: FxHashMap::default(),
            refuted: FxHashSet::default(),
            used: FxHashSet::default(),
            sketching: false,
            packs: OnceCell::new(),
            memory: Memory::default(),
        }
    }

    /// The same report with another of its forms: what the prose says and what the rules say of single indicators is
    /// of the first form, and stays with it.
    pub fn of_form(&self, form: &'a Form) -> Ledger<'a> {
        let entry = |(index, name): (usize, &crate::model::Name)| link::Entry {
            label: name.name.clone(),
            name: Some(index),
            ..link::Entry::default()
        };
        Ledger {
            form: Some(form),
            headers: headers(form),
            entries: self.model.names.iter().enumerate().map(entry).collect(),
            unnamed: Vec::new(),
            phrases: Vec::new(),
            row_names: vec![None; form.rows.len()],
            rows_lost: lost::rows_lost(form),
            corrections: FxHashMap::default(),
            refuted: FxHashSet::default(),
            used: FxHashSet::default(),
            sketching: false,
            packs: OnceCell::new(),
            memory: Memory::default(),
            ..*self
        }
    }

    /// The form that is judged, where the report has one.
    pub fn form(&self) -> Option<&'a Form> {
        self.form
    }

    /// The span in the report's source of a range of the view.
    pub fn span(&self, range: &Range<u32>) -> Span {
        let (file, range) = self.document.place_in_sources(range);
        Span::new(SourceId(self.source.0 + file), range)
    }

    /// The text of a range of the view, as people quote it.
    pub fn quote(&self, range: &Range<u32>) -> &'a str {
        self.document.text(range)
    }

    /// The paragraph or table that holds a view offset.
    pub fn block(&self, offset: u32) -> Option<Range<u32>> {
        Some(self.document.block_at(offset)?.range.clone())
    }

    /// Whether every cell and page of the report was read: what was not read is not known to be blank.
    pub fn is_read_whole(&self) -> bool {
        self.document.unread.is_empty()
    }

    /// The whole view.
    pub fn text(&self) -> &'a str {
        &self.document.view.text
    }

    /// A place in the report.
    pub fn place(&self, range: &Range<u32>, role: &str, note: impl Into<String>) -> Place {
        let span = self.span(range);
        if self.sketching {
            return Place {
                span,
                role: String::new(),
                note: String::new(),
                address: String::new(),
            };
        }
        Place {
            span,
            role: role.to_owned(),
            note: note.into(),
            address: self.address(range),
        }
    }

    /// Where a reader of the document finds it: 第3段, 表1 第4行“得分”.
    pub fn address(&self, range: &Range<u32>) -> String {
        let plain = self.document.address(range.start);
        match (plain.rsplit_once('第'), self.header_at(range.start)) {
            (Some((row, column)), Some(header)) if column.ends_with('列') && !header.is_empty() => {
                format!("{row}“{header}”")
            }
            _ => plain,
        }
    }

    /// The header of the form's cell that begins at this view offset.
    fn header_at(&self, start: u32) -> Option<&'a str> {
        let at = self
            .headers
            .binary_search_by_key(&start, |(begins, _)| *begins)
            .ok()?;
        Some(self.headers[at].1)
    }

    /// The mention of a number.
    pub fn mention(&self, index: usize) -> (&'a Mention, &'a Quantity, &'a Range<u32>) {
        let mention = &self.facts.mentions[index];
        let number = &self.facts.numbers[mention.number];
        (mention, &number.quantity, &number.range)
    }

    /// Replaces the value of a refuted cell in all later checks. The first check to refute it has the word.
    pub fn correct(&mut self, cell: &Range<u32>, value: Quantity, check: &str) {
        self.corrections.entry(cell.start).or_insert(Correction {
            value,
            check: check.to_owned(),
        });
    }

    /// Whether a source of the rules is a built-in pack, and no file of the office itself.
    pub fn is_of_pack(&self, source: SourceId) -> bool {
        let is_pack = |source: &Arc<Source>| packs::PACKS.iter().any(|pack| pack.text == source.text);
        let all = || self.model.sources.iter().map(is_pack).collect();
        let all: &Vec<bool> = self.packs.get_or_init(all);
        all.get(source.0 as usize).copied().unwrap_or(false)
    }

    /// Whether a finding already calls a cell wrong.
    pub fn is_refuted(&self, cell: &Range<u32>) -> bool {
        self.memory.rests_on_more();
        self.refuted.contains(&cell.start)
    }

    /// Notes that these ranges of the view took part in a judgement.
    pub fn take_part<'r>(&mut self, ranges: impl IntoIterator<Item = &'r Range<u32>>) {
        self.used.extend(ranges.into_iter().map(|range| range.start));
    }

    /// How many of the report's quantities took part in a judgement.
    pub fn numbers_used(&self) -> usize {
        let quantities = self
            .facts
            .numbers
            .iter()
            .filter(|n| n.kind == crate::facts::NumberKind::Quantity);
        quantities
            .filter(|number| self.used.contains(&number.range.start))
            .count()
    }
}

/// The headers of all cells that hold something, by where they begin.
fn headers(form: &Form) -> Vec<(u32, &str)> {
    let rows = form
        .rows
        .iter()
        .flat_map(|row| [&row.target, &row.actual, &row.weight, &row.score, &row.reason]);
    let funds = form
        .funds
        .iter()
        .flat_map(|row| [&row.initial, &row.budget, &row.spent, &row.reason]);
    let execution = form
        .execution
        .iter()
        .flat_map(|row| [&row.rate, &row.weight, &row.score]);
    let totals = [&form.full, &form.total, &form.grade];
    let cells = rows.chain(funds).chain(execution).chain(totals);
    let filled = cells.filter(|datum| !datum.text.is_empty());
    let mut headers: Vec<_> = filled.map(|datum| (datum.range.start, &*datum.header)).collect();
    headers.sort_unstable();
    headers.dedup_by_key(|(begins, _)| *begins);
    headers
}
