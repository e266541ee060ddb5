//! Files with 适用年度 to a model for every stretch of years in which the same files judge.

use super::citations::Library;
use super::years::{self, Years};
use super::{Edition, Model, Pack, faults};
use crate::finding::{Adjusted, Finding, Severity};
use crate::source::{SourceId, Span};
use crate::syntax::keywords::Word;
use std::collections::{HashMap, HashSet};

/// More stretches than this are nobody's rules.
const MOST: usize = 60;

/// The files that judge in a stretch of years, and those that would in others.
pub struct Choice {
    /// Indexes into `Library::files`, in order.
    pub chosen: Vec<usize>,
    /// Files that the user named, and those that the chosen ones cite, which do not judge.
    pub dormant: Vec<usize>,
}

impl Model {
    /// The rules that judge a report of that year.
    pub fn in_year(&self, year: Option<i32>) -> &Model {
        let of_year = |edition: &&Edition| match (edition.years, year) {
            (Some(years), Some(year)) => years.holds(year),
            (years, year) => years.is_none() && year.is_none(),
        };
        self.editions
            .iter()
            .find(of_year)
            .map_or(self, |edition| &edition.model)
    }
}

impl Model {
    /// A year for which a dated file is meant: its first, else its last.
    pub fn year_of(&self, source: SourceId) -> Option<i32> {
        let dormant = self.dormant.iter().map(|(pack, _)| pack);
        let mut packs = self.packs.iter().chain(dormant);
        let years = packs.find(|pack| pack.source == source.0 as usize)?.years?;
        years.from.or(years.to)
    }
}

/// The files that judge in every stretch of years; only one choice where nothing is dated.
pub fn choices(library: &Library, findings: &mut Vec<Finding>) -> Vec<(Option<Years>, Choice)> {
    let dated = library.packs.iter().filter_map(|pack| pack.years);
    let mut borders = years::borders(dated);
    if borders.is_empty() {
        let all = Choice {
            chosen: (0..library.files.len()).collect(),
            dormant: Vec::new(),
        };
        return vec![(None, all)];
    }
    if borders.len() > MOST {
        findings.extend(too_many(library, borders.len()));
        borders.truncate(MOST);
    }
    let firsts = std::iter::once(None).chain(borders.iter().copied().map(Some));
    let lasts = borders.iter().map(|border| Some(border - 1)).chain([None]);
    let stretches = firsts.zip(lasts).map(|(from, to)| Years { from, to });
    let known = stretches.map(|years| (Some(years), choice(library, years.from.or(years.to))));
    known.chain([(None, choice(library, None))]).collect()
}

/// The files that judge a report of that year, or of one that is not known.
fn choice(library: &Library, year: Option<i32>) -> Choice {
    let judges = |at: &usize| match (library.packs[*at].years, year) {
        (Some(years), Some(year)) => years.holds(year),
        (years, _) => years.is_none(),
    };
    let last = library.files.len().checked_sub(1);
    let named: Vec<usize> = match library.users.is_empty() {
        true => last.into_iter().collect(),
        false => library.users.clone(),
    };
    let mut open: Vec<usize> = named.iter().copied().filter(judges).collect();
    if !open.is_empty() {
        let implied = |at: &usize| library.implied.contains(&library.files[*at].source);
        open.extend((0..library.files.len()).filter(implied));
    }
    let mut reached: HashSet<usize> = HashSet::new();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(&library.packs[next].cites);
        }
    }
    reached.extend(named);
    let mut reached: Vec<usize> = reached.into_iter().collect();
    reached.sort_unstable();
    let (chosen, dormant) = reached.into_iter().partition(judges);
    Choice { chosen, dormant }
}

fn too_many(library: &Library, count: usize) -> Option<Finding> {
    let span = library
        .files
        .iter()
        .flat_map(|file| file.all(Word::Years))
        .next()?
        .span;
    let message = format!("各份规则的“适用年度”一共分成 {count} 段，太多了，没有全部用上。");
    Some(
        faults::error("rule-syntax", message, span).help("把相邻的年度合起来写，例如：适用年度：2018—2020。"),
    )
}

/// One model of those of all stretches: that of the last years in which most of the user's files judge. What was found
/// in some years only says so.
pub fn join(library: &Library, made: Vec<(Option<Years>, Model, Vec<Finding>)>) -> (Model, Vec<Finding>) {
    let mut editions = Vec::new();
    let mut told = Told::default();
    let mut changes: Vec<Adjusted> = Vec::new();
    for (years, mut model, found) in made {
        match years {
            Some(years) => told.add(years, &model, found),
            // The last of all: what is wrong here alone is that a name is known in certain years only.
            None => model.needs_year = found.iter().any(|finding| told.is_new_error(finding)),
        }
        changes.append(&mut model.changes);
        editions.push(Edition { years, model });
    }
    let mut listed: HashSet<(Span, String)> = HashSet::new();
    changes.retain(|change| listed.insert((change.span, change.what.clone())));
    changes.sort_by_key(|change| change.span);
    let users = |edition: &&Edition| {
        let own = |pack: &&Pack| {
            library
                .users
                .iter()
                .any(|at| library.packs[*at].source == pack.source)
        };
        (
            edition.years.is_some(),
            edition.model.packs.iter().filter(own).count(),
        )
    };
    let base = editions
        .iter()
        .max_by_key(users)
        .map(|edition| edition.model.clone());
    let mut base = base.unwrap_or_default();
    base.changes = changes;
    base.editions = editions;
    (base, told.finish().collect())
}

/// What was found in which years.
#[derive(Default)]
struct Told {
    findings: Vec<(Finding, Years, usize)>,
    known: HashMap<(String, String, Option<Span>), usize>,
    /// In how many stretches a source judges.
    judges: HashMap<usize, usize>,
}

impl Told {
    fn add(&mut self, years: Years, model: &Model, found: Vec<Finding>) {
        for pack in &model.packs {
            *self.judges.entry(pack.source).or_default() += 1;
        }
        for finding in found {
            let key = key(&finding);
            match self.known.get(&key) {
                Some(at) => self.findings[*at].2 += 1,
                None => {
                    self.known.insert(key, self.findings.len());
                    self.findings.push((finding, years, 1));
                }
            }
        }
    }

    fn is_new_error(&self, finding: &Finding) -> bool {
        finding.severity == Severity::Error && !self.known.contains_key(&key(finding))
    }

    fn finish(self) -> impl Iterator<Item = Finding> {
        let judges = self.judges;
        self.findings.into_iter().map(move |(mut finding, years, times)| {
            let source = place(&finding).map(|span| span.source.0 as usize);
            let always = source.and_then(|source| judges.get(&source));
            if always.is_some_and(|always| times < *always) {
                let bare = finding.message.trim_end_matches('。');
                finding.message = format!("{bare}（核对 {years}的报告时）。");
            }
            finding
        })
    }
}

fn key(finding: &Finding) -> (String, String, Option<Span>) {
    (finding.check.clone(), finding.message.clone(), place(finding))
}

fn place(finding: &Finding) -> Option<Span> {
    finding.places.first().map(|place| place.span)
}
