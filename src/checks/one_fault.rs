//! Several findings to the one number that explains them: where one cell, given the value that another statement or a
//! sum asks for, leaves nothing else to find, its fault is told once.

use super::Judgements;
use crate::finding::{Finding, Severity};
use crate::ledger::{Correction, Ledger};
use crate::packs;
use crate::quantity::{Quantity, Ratio};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Values that are tried for one report, and faults that are told so: each try judges the report again.
const TRIES: usize = 6;
const FAULTS: usize = 3;

/// A number that a finding calls wrong, and the value that it should have, where that is known.
#[derive(Clone, PartialEq, Debug)]
pub struct Suspect {
    /// The finding, by its place among them.
    pub finding: usize,
    /// Where the number stands in the view.
    pub cell: Range<u32>,
    /// The field that it is, where it is one of a formula.
    pub field: String,
    /// As it stands.
    pub stated: Quantity,
    /// As the finding would have it.
    pub expected: Option<Quantity>,
}

/// A value for a cell, and the findings that ask for it; the first is the one that tells the fault.
struct Idea {
    cell: Range<u32>,
    value: Quantity,
    asking: Vec<usize>,
}

/// Judges by `judge` and tells each number that explains several findings once.
pub fn told_once<'a>(
    ledger: &mut Ledger<'a>,
    judge: &mut dyn FnMut(&mut Ledger<'a>) -> Judgements,
) -> Judgements {
    let mut judged = judge(ledger);
    let (corrections, refuted, used) = (
        std::mem::take(&mut ledger.corrections),
        std::mem::take(&mut ledger.refuted),
        std::mem::take(&mut ledger.used),
    );
    let mut supposed: HashMap<u32, Correction> = HashMap::new();
    let mut tries = 0;
    for _ in 0..FAULTS {
        let mut best: Option<(Judgements, Idea)> = None;
        let ideas = ideas(ledger, &judged);
        let own = match ideas.is_empty() {
            true => break,
            false => built_in(ledger),
        };
        for idea in ideas {
            if tries == TRIES || supposed.contains_key(&idea.cell.start) {
                break;
            }
            tries += 1;
            ledger.corrections = supposed.clone();
            ledger.corrections.insert(idea.cell.start, correction(&idea));
            ledger.refuted.clear();
            let again = judge(ledger);
            if let Some(joined) = joined(&judged, again, &idea, &own)
                && best
                    .as_ref()
                    .is_none_or(|(known, _)| joined.findings.len() < known.findings.len())
            {
                best = Some((joined, idea));
            }
        }
        let Some((joined, idea)) = best else { break };
        supposed.insert(idea.cell.start, correction(&idea));
        judged = joined;
    }
    ledger.corrections = corrections;
    ledger.refuted = refuted;
    ledger.used = used;
    judged
}

/// The names of the checks that come with the program; what others find is never put together.
fn built_in<'a>(ledger: &Ledger<'a>) -> HashSet<&'a str> {
    let model = ledger.model;
    let own = |check: &&crate::model::Check| {
        let source = model.sources.get(check.span.source.0 as usize);
        source.is_some_and(|source| packs::by_name(&source.name).is_some())
    };
    model
        .checks
        .iter()
        .filter(own)
        .map(|check| check.name.as_str())
        .collect()
}

fn correction(idea: &Idea) -> Correction {
    Correction {
        value: idea.value,
        check: String::new(),
    }
}

/// The values that are worth a try: those of a number that two findings show, and a score that is as much too high or
/// too low as the total.
fn ideas(ledger: &Ledger, judged: &Judgements) -> Vec<Idea> {
    let errors = judged
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    if errors.count() < 2 {
        return Vec::new();
    }
    let mut ideas: Vec<Idea> = Vec::new();
    let mut add = |suspect: &Suspect, value: Option<Quantity>, asking: &[usize]| {
        let Some(value) = value.filter(|value| value.value >= Ratio::ZERO) else {
            return;
        };
        let known = ideas
            .iter_mut()
            .find(|idea| idea.cell == suspect.cell && idea.value.value_in(value.unit) == Some(value.value));
        match known {
            Some(idea) => idea.asking.extend(
                asking
                    .iter()
                    .filter(|at| !idea.asking.contains(at))
                    .copied()
                    .collect::<Vec<_>>(),
            ),
            None => ideas.push(Idea {
                cell: suspect.cell.clone(),
                value,
                asking: asking.to_vec(),
            }),
        }
    };
    for suspect in &judged.suspects {
        let span = ledger.span(&suspect.cell);
        let shown = |finding: &&Finding| {
            finding.severity == Severity::Error && finding.places.iter().any(|place| place.span == span)
        };
        if judged.findings.iter().filter(shown).count() >= 2 {
            add(suspect, suspect.expected, &[suspect.finding]);
        }
    }
    for total in judged.suspects.iter().filter(|suspect| suspect.field == "总分") {
        for score in judged.suspects.iter().filter(|suspect| suspect.field == "得分") {
            add(score, fitting(score, total), &[score.finding, total.finding]);
        }
    }
    ideas
}

/// The score with which the total comes out as it stands.
fn fitting(score: &Suspect, total: &Suspect) -> Option<Quantity> {
    let unit = score.stated.unit;
    let surplus = total
        .expected?
        .value_in(unit)?
        .sub(total.stated.value_in(unit)?)?;
    let value = Quantity::computed(score.stated.value.sub(surplus)?, unit);
    Some(value.printed_like(&total.stated).unwrap_or(value))
}

/// What is told where the idea holds: nothing new is found by it, and it explains two findings or more.
fn joined(judged: &Judgements, again: Judgements, idea: &Idea, own: &HashSet<&str>) -> Option<Judgements> {
    let stands =
        |finding: &Finding, among: &Judgements| among.findings.iter().any(|other| same(finding, other));
    if !again.findings.iter().all(|finding| stands(finding, judged)) {
        return None;
    }
    // what a statement says is compared as it stands, whatever the idea makes of the number
    let compared = |at: usize| {
        let suspects = judged.suspects.iter().filter(|suspect| suspect.finding == at);
        suspects
            .clone()
            .any(|suspect| suspect.field.is_empty() && suspect.cell == idea.cell)
    };
    let explained: Vec<usize> = (0..judged.findings.len())
        .filter(|at| {
            let finding = &judged.findings[*at];
            let gone = !stands(finding, &again) || idea.asking.contains(at) && compared(*at);
            gone && own.contains(finding.title.as_str())
        })
        .collect();
    let first = *idea.asking.first()?;
    if !idea.asking.iter().all(|at| explained.contains(at)) {
        return None;
    }
    let errors = explained
        .iter()
        .filter(|at| judged.findings[**at].severity == Severity::Error);
    if errors.count() < 2 {
        return None;
    }
    let rest: Vec<&Finding> = explained
        .iter()
        .filter(|at| **at != first)
        .map(|at| &judged.findings[*at])
        .collect();
    let mut cause = judged.findings[first].clone();
    tell(&mut cause, &rest, idea, &judged.suspects);
    let mut kept = rest_of(judged, again, &explained);
    kept.findings.push(cause);
    Some(kept)
}

fn same(one: &Finding, other: &Finding) -> bool {
    (&one.check, &one.title, &one.subject) == (&other.check, &other.title, &other.subject)
}

/// What is left to be told: as it is found with the number put right, and what an author's own check says of it.
fn rest_of(judged: &Judgements, again: Judgements, explained: &[usize]) -> Judgements {
    let is_explained = |finding: &Finding| explained.iter().any(|at| same(&judged.findings[*at], finding));
    let mut kept = Vec::new();
    let mut at_now: HashMap<usize, usize> = HashMap::new();
    for (at, finding) in again.findings.into_iter().enumerate() {
        if !is_explained(&finding) {
            at_now.insert(at, kept.len());
            kept.push(finding);
        }
    }
    let suspects = again.suspects.into_iter().filter_map(|suspect| {
        let finding = *at_now.get(&suspect.finding)?;
        Some(Suspect { finding, ..suspect })
    });
    let suspects = suspects.collect();
    for (at, finding) in judged.findings.iter().enumerate() {
        if !explained.contains(&at) && !kept.iter().any(|other| same(finding, other)) {
            kept.push(finding.clone());
        }
    }
    Judgements {
        findings: kept,
        suspects,
        ..judged.clone()
    }
}

/// Adds to the finding what else its number spoils, and who else says what it should be.
fn tell(cause: &mut Finding, rest: &[&Finding], idea: &Idea, suspects: &[Suspect]) {
    // what would have to be changed if the number were right is none of its consequences
    if let Some(at) = cause.message.find("随之，") {
        cause.message.truncate(at);
    }
    let value = idea.value.text();
    let mut titles: Vec<String> = rest
        .iter()
        .map(|finding| format!("“{}”", finding.title))
        .collect();
    titles.dedup();
    let known = suspects
        .iter()
        .any(|suspect| suspect.expected.is_some() && suspect.cell == idea.cell);
    let by = if known { "按" } else { "这一处改为" };
    cause.message.push_str(&format!(
        "{by}{value}计算，不再有{}的问题，只需改这一处。",
        titles.concat()
    ));
    for place in rest.iter().flat_map(|finding| &finding.places) {
        if !cause.places.iter().any(|known| known.span == place.span) {
            cause.places.push(place.clone());
        }
    }
}
