//! Several findings to the one number that explains them: where one cell, given the value that another statement or a
//! sum asks for, leaves nothing else to find, its fault is told once.

use super::Judgements;
use crate::finding::{Finding, Severity};
use crate::ledger::{Correction, Ledger};
use crate::packs;
use crate::quantity::{Quantity, Ratio};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Values that are tried for one report, and faults that are told so: each try judges again what the value can touch.
const TRIES: usize = 6;
const FAULTS: usize = 3;
/// Where more than this is wrong, no one number explains it, and a report of that size is not judged again and again.
const MOST: usize = 40;

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
    ledger.memory.begin();
    let mut judged = judge(ledger);
    let (corrections, refuted, used) = (
        std::mem::take(&mut ledger.corrections),
        std::mem::take(&mut ledger.refuted),
        std::mem::take(&mut ledger.used),
    );
    let mut supposed: FxHashMap<u32, Correction> = FxHashMap::default();
    let mut tries = 0;
    for _ in 0..FAULTS {
        let mut best: Option<(usize, Idea)> = None;
        let ideas = ideas(ledger, &judged);
        let own = match ideas.is_empty() {
            true => break,
            false => built_in(ledger),
        };
        for idea in ideas {
            if tries == TRIES || supposed.contains_key(&idea.cell.start) {
                continue;
            }
            tries += 1;
            // whether it explains anything is seen without the words of the findings
            ledger.sketching = true;
            let sketch = judge_with(ledger, &supposed, &idea, judge);
            ledger.sketching = false;
            let left = joined(&judged, sketch, &idea, &own).map(|joined| joined.findings.len());
            if let Some(left) = left
                && best.as_ref().is_none_or(|(least, _)| left < *least)
            {
                best = Some((left, idea));
            }
        }
        let Some((_, idea)) = best else { break };
        let again = judge_with(ledger, &supposed, &idea, judge);
        let Some(joined) = joined(&judged, again, &idea, &own) else {
            break;
        };
        supposed.insert(idea.cell.start, correction(&idea));
        judged = joined;
    }
    ledger.corrections = corrections;
    ledger.refuted = refuted;
    ledger.used = used;
    judged
}

/// Judges again with the value that an idea gives its cell.
fn judge_with<'a>(
    ledger: &mut Ledger<'a>,
    supposed: &FxHashMap<u32, Correction>,
    idea: &Idea,
    judge: &mut dyn FnMut(&mut Ledger<'a>) -> Judgements,
) -> Judgements {
    ledger.corrections = supposed.clone();
    ledger.corrections.insert(idea.cell.start, correction(idea));
    ledger.refuted.clear();
    ledger.memory.again();
    judge(ledger)
}

/// The names of the checks that come with the program; what others find is never put together.
fn built_in<'a>(ledger: &Ledger<'a>) -> FxHashSet<&'a str> {
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
    if !(2..=MOST).contains(&errors.count()) {
        return Vec::new();
    }
    let mut shown: FxHashMap<Span, usize> = FxHashMap::default();
    for finding in judged
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
    {
        let spans: FxHashSet<Span> = finding.places.iter().map(|place| place.span).collect();
        spans
            .into_iter()
            .for_each(|span| *shown.entry(span).or_insert(0) += 1);
    }
    let mut ideas: Vec<Idea> = Vec::new();
    for suspect in &judged.suspects {
        if shown
            .get(&ledger.span(&suspect.cell))
            .is_some_and(|many| *many >= 2)
        {
            add(&mut ideas, suspect, suspect.expected, &[suspect.finding]);
        }
    }
    let of_field = |field: &'static str| {
        judged
            .suspects
            .iter()
            .filter(move |suspect| suspect.field == field)
    };
    for total in of_field("总分") {
        for score in of_field("得分") {
            add(
                &mut ideas,
                score,
                fitting(score, total),
                &[score.finding, total.finding],
            );
        }
    }
    ideas
}

/// Adds an idea, or those who ask for it to one that is there. There are no more of them than there are tries.
fn add(ideas: &mut Vec<Idea>, suspect: &Suspect, value: Option<Quantity>, asking: &[usize]) {
    let Some(value) = value.filter(|value| value.value >= Ratio::ZERO) else {
        return;
    };
    let room = ideas.len() < TRIES;
    let known = ideas
        .iter_mut()
        .find(|idea| idea.cell == suspect.cell && idea.value.value_in(value.unit) == Some(value.value));
    match known {
        Some(idea) => {
            for at in asking {
                if !idea.asking.contains(at) {
                    idea.asking.push(*at);
                }
            }
        }
        None if room => ideas.push(Idea {
            cell: suspect.cell.clone(),
            value,
            asking: asking.to_vec(),
        }),
        None => {}
    }
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

/// By what a finding is known in another run.
type Key<'f> = (&'f str, &'f str, &'f str, Option<Span>);

fn key(finding: &Finding) -> Key<'_> {
    let first = finding.places.first().map(|place| place.span);
    (&finding.check, &finding.title, &finding.subject, first)
}

/// What is told where the idea holds: nothing new is found by it, and it explains two findings or more.
fn joined(judged: &Judgements, again: Judgements, idea: &Idea, own: &FxHashSet<&str>) -> Option<Judgements> {
    let before: FxHashSet<Key> = judged.findings.iter().map(key).collect();
    let after: FxHashSet<Key> = again.findings.iter().map(key).collect();
    if !after.is_subset(&before) {
        return None;
    }
    // what a statement says is compared as it stands, whatever the idea makes of the number
    let compares = |suspect: &&Suspect| suspect.field.is_empty() && suspect.cell == idea.cell;
    let compared = judged
        .suspects
        .iter()
        .filter(compares)
        .map(|suspect| suspect.finding);
    let compared: FxHashSet<usize> = compared.filter(|at| idea.asking.contains(at)).collect();
    let is_explained = |at: &usize| {
        let finding = &judged.findings[*at];
        let gone = !after.contains(&key(finding)) || compared.contains(at);
        gone && own.contains(finding.title.as_str())
    };
    let explained: Vec<usize> = (0..judged.findings.len()).filter(is_explained).collect();
    let first = *idea.asking.first()?;
    let errors = explained
        .iter()
        .filter(|at| judged.findings[**at].severity == Severity::Error);
    if errors.count() < 2 || !idea.asking.iter().all(|at| explained.contains(at)) {
        return None;
    }
    let others = explained.iter().filter(|at| **at != first);
    let rest: Vec<&Finding> = others.map(|at| &judged.findings[*at]).collect();
    let mut cause = judged.findings[first].clone();
    tell(&mut cause, &rest, idea, &judged.suspects);
    let gone: FxHashSet<Key> = explained.iter().map(|at| key(&judged.findings[*at])).collect();
    let mut kept = rest_of(judged, &again, &gone);
    kept.findings.push(cause);
    Some(kept)
}

/// What is left to be told: as it is found with the number put right, and what an author's own check says of it.
fn rest_of(judged: &Judgements, again: &Judgements, gone: &FxHashSet<Key>) -> Judgements {
    let mut kept = Vec::new();
    let mut at_now: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, finding) in again.findings.iter().enumerate() {
        if !gone.contains(&key(finding)) {
            at_now.insert(at, kept.len());
            kept.push(finding.clone());
        }
    }
    let now: FxHashSet<Key> = again.findings.iter().map(key).collect();
    let lost = |finding: &&Finding| !gone.contains(&key(finding)) && !now.contains(&key(finding));
    kept.extend(judged.findings.iter().filter(lost).cloned());
    let suspects = again.suspects.iter().filter_map(|suspect| {
        let finding = *at_now.get(&suspect.finding)?;
        Some(Suspect {
            finding,
            ..suspect.clone()
        })
    });
    Judgements {
        findings: kept,
        suspects: suspects.collect(),
        ..judged.clone()
    }
}

/// Adds to the finding what else its number spoils, and who else says what it should be.
fn tell(cause: &mut Finding, rest: &[&Finding], idea: &Idea, suspects: &[Suspect]) {
    // what would have to be changed if the number were right is none of its consequences
    let consequences = ["随之，", "按分值计，"];
    if let Some(at) = consequences
        .iter()
        .filter_map(|words| cause.message.find(words))
        .min()
    {
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
