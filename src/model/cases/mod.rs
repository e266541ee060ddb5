//! The 情形 of every 评分标准, proven for the 参数 that are given: no gap, none that is never reached, none that gives
//! more than 分值 or less than nought.

mod axes;
mod proof;
mod reading;
mod results;
#[cfg(test)]
mod tests;
mod words;

use super::draft::Draft;
use super::{Model, Standard, scoring};
use crate::finding::Finding;
use crate::quantity::Quantity;
use crate::source::Span;
use proof::{Fault, Proof};

/// Proves every standard by its own 参数, and again for every 评分 that gives others.
pub fn check(draft: &mut Draft) {
    let mut findings = Vec::new();
    let model = &draft.model;
    for standard in model.standards.iter().filter(|standard| standard.whole) {
        let own = prove(model, standard, &standard.parameters);
        let given = scoring::stated(model)
            .into_iter()
            .filter(|scoring| scoring.standard == standard.name && !scoring.arguments.is_empty());
        for scoring in given {
            let with = with_arguments(standard, &scoring.arguments);
            let proof = prove(model, standard, &with);
            let told = |fault: &Fault| own.faults.iter().any(|known| known.same(fault));
            for fault in proof.faults.iter().filter(|fault| !told(fault)) {
                findings.push(given_finding(model, standard, &proof, fault, &scoring));
            }
        }
        for fault in &own.faults {
            findings.push(words::finding(model, standard, &own, fault));
        }
    }
    draft.findings.append(&mut findings);
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
    scoring: &super::Scoring,
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
