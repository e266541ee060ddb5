//! 评分标准 and 等级 to the section on how reports are scored.

use super::indicators::scoring_words;
use super::part;
use crate::model::{Grade, Model, Standard};
use crate::reading::numbers::{glue, interval_words, number, unit};
use crate::reading::{Block, case};

/// Every standard with its 情形 in sentences.
pub(super) fn standards(model: &Model) -> Vec<Block> {
    let used = |standard: &&Standard| standard_is_used(model, standard);
    let standards: Vec<&Standard> = model.standards.iter().filter(used).collect();
    let mut all = Vec::new();
    let default = &model.default_scoring;
    let mut defaults = Vec::new();
    for (kind, scoring) in [
        ("定量指标", &default.quantitative),
        ("定性指标", &default.qualitative),
    ] {
        if let Some(scoring) = scoring {
            defaults.push(format!("{kind}适用“{}”", scoring_words(scoring)));
        }
    }
    if !defaults.is_empty() {
        all.push(Block::Paragraph(format!(
            "没有另行规定的，{}。",
            defaults.join("，")
        )));
    }
    if !standards.is_empty() {
        all.push(Block::Paragraph(
            "每个评分标准的各种情形依次对照，符合哪一种就按哪一种计分，以先符合的为准。".to_owned(),
        ));
    }
    for (at, standard) in standards.into_iter().enumerate() {
        all.push(Block::Subheading(format!("{}{}", part(at + 1), standard.name)));
        let parameters: Vec<String> = standard
            .parameters
            .iter()
            .map(|(name, value)| format!("{name}为 {}", number(value)))
            .collect();
        if !parameters.is_empty() {
            all.push(Block::Paragraph(format!(
                "{}；指标另有规定的，从其规定。",
                parameters.join("，")
            )));
        }
        let items = case::read(model, standard).into_iter().enumerate();
        all.extend(items.map(|(at, sentence)| Block::Item(format!("{}. {}", at + 1, sentence.whole()))));
    }
    all
}

/// Whether anything is scored by a standard; where the rules name no indicators all are told.
fn standard_is_used(model: &Model, standard: &Standard) -> bool {
    let of_groups = model.groups.iter().filter_map(|group| group.scoring.as_ref());
    let of_names = model
        .names
        .iter()
        .filter_map(|name| name.indicator.as_ref()?.scoring.as_ref());
    let default = &model.default_scoring;
    let defaults = [&default.quantitative, &default.qualitative]
        .into_iter()
        .flatten();
    let mut any = false;
    for scoring in of_groups.chain(of_names) {
        any = true;
        if scoring.standard == standard.name {
            return true;
        }
    }
    let mut by_default = defaults.clone();
    !any && by_default.next().is_none()
        || defaults
            .into_iter()
            .any(|scoring| scoring.standard == standard.name)
        || standard.name == "按执行率"
}

/// Which total earns which grade.
pub(super) fn grades(model: &Model) -> Vec<Block> {
    let unit = unit("分");
    let grade = |grade: &Grade| format!("{}的为“{}”", interval_words(&grade.interval, unit), grade.name);
    let all: Vec<String> = model.grades.iter().map(grade).collect();
    match all.is_empty() {
        true => Vec::new(),
        false => vec![Block::Paragraph(format!("{}。", glue("总分", &all.join("，"))))],
    }
}
