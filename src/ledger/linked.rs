//! Which numbers of a report were taken as one thing, and why: what the checks compared, for people to look at.

use crate::facts::claims::Parts;
use crate::facts::{Period, Role, Scope};
use crate::ledger::Ledger;
use crate::ledger::link::{Entry, period_of, scope_of};
use std::ops::Range;

/// Why numbers were taken as one thing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Why {
    /// The rules declare the name or an alias.
    Declared,
    /// A row of the form bears the name.
    Row,
    /// The same words, role, time and scope, without quotes and places.
    SameWords,
    /// A whole and its parts in one passage.
    Parts,
    /// A percentage and what it is reckoned from.
    Share,
}

/// A number in a link.
#[derive(Clone, PartialEq, Debug)]
pub struct Linked {
    /// Where it stands in the view.
    pub range: Range<u32>,
    /// What it is said to be.
    pub role: Role,
    /// Whether it is compared with the others: one of another time, of a part, or of an unknown role is not.
    pub compared: bool,
}

/// Numbers that were taken as one thing.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// The name, or the words of the report.
    pub label: String,
    /// Why.
    pub why: Why,
    /// The numbers in the order of the report.
    pub numbers: Vec<Linked>,
}

impl Ledger<'_> {
    /// Every two or more numbers that were taken as one thing.
    pub fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.entries.iter().map(|entry| self.of_entry(entry)).collect();
        for group in &self.unnamed {
            let numbers = group
                .mentions
                .iter()
                .map(|index| self.linked(*index, true))
                .collect();
            links.push(link(group.subject.clone(), Why::SameWords, numbers));
        }
        for sum in &self.facts.claims.sums {
            let all = std::iter::once(&sum.whole).chain(&sum.parts);
            let numbers = all
                .map(|index| self.linked(*index, sum.how != Parts::Overlapping))
                .collect();
            links.push(link(self.words(sum.whole), Why::Parts, numbers));
        }
        for share in &self.facts.claims.shares {
            let all = [Some(share.percent), share.part, share.base];
            let numbers = all
                .into_iter()
                .flatten()
                .map(|index| self.linked(index, true))
                .collect();
            links.push(link(self.words(share.percent), Why::Share, numbers));
        }
        links.retain(|link| link.numbers.len() > 1);
        links
            .iter_mut()
            .for_each(|link| link.numbers.sort_by_key(|number| number.range.start));
        links.sort_by_key(|link| link.numbers[0].range.start);
        links
    }

    fn of_entry(&self, entry: &Entry) -> Link {
        let compared = |index: usize| {
            let mention = self.mention(index).0;
            mention.role != Role::Unknown
                && scope_of(mention, &entry.label) == Scope::Whole
                && period_of(mention, self.year) == Period::Report
        };
        let mut numbers: Vec<Linked> = entry
            .mentions
            .iter()
            .map(|index| self.linked(*index, compared(*index)))
            .collect();
        if let Some(row) = entry.row.and_then(|row| Some(&self.form()?.rows[row])) {
            let cells = [(&row.target, Role::Target), (&row.actual, Role::Actual)];
            let filled = cells.iter().filter(|(cell, _)| cell.number().is_some());
            numbers.extend(filled.map(|(cell, role)| Linked {
                range: cell.range.clone(),
                role: *role,
                compared: true,
            }));
        }
        // A row alone links nothing: its two cells are two things.
        if entry.mentions.is_empty() {
            numbers.clear();
        }
        let why = if entry.name.is_some() {
            Why::Declared
        } else {
            Why::Row
        };
        link(entry.label.clone(), why, numbers)
    }

    fn linked(&self, index: usize, compared: bool) -> Linked {
        let (mention, _, range) = self.mention(index);
        Linked {
            range: range.clone(),
            role: mention.role,
            compared,
        }
    }

    fn words(&self, index: usize) -> String {
        let (mention, _, range) = self.mention(index);
        match mention.subject.is_empty() {
            true => self.quote(range).to_owned(),
            false => mention.subject.clone(),
        }
    }
}

fn link(label: String, why: Why, numbers: Vec<Linked>) -> Link {
    Link { label, why, numbers }
}
