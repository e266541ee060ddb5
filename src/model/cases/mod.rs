//! The 情形 of every 评分标准, proven for the 参数 that are given: no gap, none that is never reached, none that gives
//! more than 分值 or less than nought.

pub mod axes;
mod proof;
mod reading;
mod results;
#[cfg(test)]
mod tests;
mod words;

use super::draft::Draft;
use super::{Model, Pack, Scoring, Standard, faults, scoring};
use crate::finding::Finding;
use crate::quantity::Quantity;
use crate::source::Span;
use proof::{Fault, Proof};
use std::collections::HashMap;

/// All proofs of a run together go through at most this many combinations: rules that a person wrote stay far below.
const MOST: usize = 5_000_000;

/// Proves every standard by its own 参数, and again for every 评分 that gives others. What a built-in pack says is proven
/// when the program is tested: only what its users write is proven at each start.
pub fn check(draft: &mut Draft) {
    let mut findings = Vec::new();
    let model = &draft.model;
    let of_pack = |span: Span| {
        let pack = |pack: &Pack| pack.built_in && pack.source == span.source.0 as usize;
        model.packs.iter().any(pack)
    };
    let stated = scoring::stated(model);
    let mut given: HashMap<&str, Vec<&Scoring>> = HashMap::new();
    for scoring in stated.iter().filter(|scoring| !scoring.arguments.is_empty()) {
        given.entry(&scoring.standard).or_default().push(scoring);
    }
    let mut left = MOST;
    for standard in model.standards.iter().filter(|standard| standard.whole) {
        if left == 0 {
            findings.push(not_proven(standard, standard.span));
            break;
        }
        let proven = of_pack(standard.span) && !draft.marks.contains_key(&standard.span);
        let given = given.get(standard.name.as_str()).into_iter().flatten();
        let mut given = given
            .filter(|scoring| !(proven && of_pack(scoring.span)))
            .peekable();
        if proven && given.peek().is_none() {
            continue;
        }
        let own = prove(model, standard, &standard.parameters);
        left = left.saturating_sub(own.tried);
        // The same 参数 are proven once, and told at the first line that gives them.
        let mut known = vec![standard.parameters.clone()];
        for scoring in given {
            let with = with_arguments(standard, &scoring.arguments);
            if known.contains(&with) {
                continue;
            }
            if left == 0 || known.len() > MOST_GIVEN {
                findings.push(not_proven(standard, scoring.span));
                break;
            }
            let proof = prove(model, standard, &with);
            left = left.saturating_sub(proof.tried);
            let told = |fault: &Fault| own.faults.iter().any(|known| known.same(fault));
            for fault in proof.faults.iter().filter(|fault| !told(fault)) {
                findings.push(given_finding(model, standard, &proof, fault, scoring));
            }
            known.push(with);
        }
        for fault in &own.faults {
            findings.push(words::finding(model, standard, &own, fault));
        }
    }
    draft.findings.append(&mut findings);
}

/// More different 参数 of one standard than this are not proven.
const MOST_GIVEN: usize = 200;

fn not_proven(standard: &Standard, span: Span) -> Finding {
    let message = format!(
        "情形和参数太多，从评分标准“{}”的这一行起没有逐一核对。",
        standard.name
    );
    faults::info("rule-score-cases", message, span).help("请人工核对，或者少用几种情形和参数。")
}

fn prove(model: &Model, standard: &Standard, parameters: &[(String, Quantity)]) -> Proof {
    let mut proof = Proof::of(&model.sources, standard, parameters);
    let found = results::faults(&proof, standard, parameters);
    proof.faults.extend(found);
    proof
}

/// 参数 as they are given at a place, the others as the standard has them.
pub fn with_arguments(standard: &Standard, arguments: &[(String, Quantity)]) -> Vec<(String, Quantity)> {
    let given = |name: &str| arguments.iter().find(|(known, _)| known == name);
    standard
        .parameters
        .iter()
        .map(|own| given(&own.0).unwrap_or(own).clone())
        .collect()
}

/// The same fault told at the line that gives the 参数.
fn given_finding(
    model: &Model,
    standard: &Standard,
    proof: &Proof,
    fault: &Fault,
    scoring: &Scoring,
) -> Finding {
    let inner = words::finding(model, standard, proof, fault);
    let values: Vec<String> = scoring
        .arguments
        .iter()
        .map(|(name, value)| format!("{name} = {}", value.text()))
        .collect();
    let mut finding = inner.clone();
    finding.message = format!("{}，{}", words::when(&values.join("，")), inner.message);
    finding.help = format!("核对这里给的参数；或者改评分标准“{}”的情形。", standard.name);
    let place = inner.places[0].clone();
    finding.places.truncate(0);
    finding
        .places
        .extend(Finding::new("", "", inner.severity, String::new(), scoring.span).places);
    finding.and(place.span, "", place_words(place.span, standard))
}

fn place_words(span: Span, standard: &Standard) -> String {
    match span == standard.span {
        true => format!("评分标准“{}”", standard.name),
        false => "说的是这一种情形".to_owned(),
    }
}
