//! The words that the rules look for in a report's text, found by one automaton in one pass.

use super::{Forbidden, Process};
use crate::words;
use aho_corasick::AhoCorasick;
use std::collections::HashMap;
use std::ops::Range;

/// What a phrase is looked for as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phrase {
    /// 禁用词, by its index in `Model::forbidden`.
    Forbidden(usize),
    /// A 步骤 in its own words: 流程 and step.
    Step(usize, usize),
    /// A word that shows that the step was spoken of: 初审 for 县市区初审.
    Sign(usize, usize),
}

/// All phrases of the rules.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    automaton: Option<AhoCorasick>,
    /// For each pattern what it is looked for as.
    meanings: Vec<Vec<Phrase>>,
}

/// A phrase where it stands in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// What was found.
    pub phrase: Phrase,
    /// Where.
    pub range: Range<u32>,
}

impl Phrases {
    /// The phrases of 禁用词 and 流程.
    pub fn of(forbidden: &[Forbidden], processes: &[Process]) -> Phrases {
        let mut wanted: Vec<(String, Phrase)> = Vec::new();
        let words = forbidden.iter().enumerate();
        wanted.extend(words.map(|(at, held)| (held.word.clone(), Phrase::Forbidden(at))));
        for (at, process) in processes.iter().enumerate() {
            for (step, name) in process.steps.iter().enumerate() {
                wanted.push((name.clone(), Phrase::Step(at, step)));
                wanted.extend(signs(name).map(|sign| (sign.to_owned(), Phrase::Sign(at, step))));
            }
        }
        let mut patterns: Vec<String> = Vec::new();
        let mut meanings: Vec<Vec<Phrase>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (pattern, phrase) in wanted {
            let at = *known.entry(pattern.clone()).or_insert_with(|| {
                patterns.push(pattern);
                meanings.push(Vec::new());
                meanings.len() - 1
            });
            meanings[at].push(phrase);
        }
        let automaton = (!patterns.is_empty()).then(|| AhoCorasick::new(&patterns).ok());
        Phrases {
            automaton: automaton.flatten(),
            meanings,
        }
    }

    /// Every phrase in a text, ascending by where it begins.
    pub fn in_text(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut hits: Vec<Hit> = Vec::new();
        for found in automaton.find_overlapping_iter(text) {
            let range = found.start() as u32..found.end() as u32;
            let meanings = &self.meanings[found.pattern().as_usize()];
            hits.extend(meanings.iter().map(|phrase| Hit {
                phrase: *phrase,
                range: range.clone(),
            }));
        }
        hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end), hit.phrase));
        hits
    }
}

/// Words that say the same of a step (下达 拨付 下拨), a group a line; the first line holds words that say too little.
const STEPS: &str = include_str!("../../data/step_words.tsv");

fn groups() -> impl Iterator<Item = Vec<&'static str>> {
    words::rows(STEPS).map(|line| line.split(['\t', ' ']).filter(|word| !word.is_empty()).collect())
}

/// The words by which a step is known besides its own: the word at its end, or at its beginning where that at the end
/// says too little (下达资金), and what is said for it.
fn signs(step: &str) -> impl Iterator<Item = &str> {
    let mut all: Vec<&str> = Vec::new();
    let general = groups().next().unwrap_or_default();
    let mut rest = step;
    while let Some(shorter) = general.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = shorter;
    }
    let telling = if rest.chars().count() >= 2 { rest } else { step };
    let sign = if telling.len() < step.len() && telling.chars().count() <= 2 {
        telling
    } else {
        last_two(telling)
    };
    if sign.len() < step.len() {
        all.push(sign);
    }
    for group in groups().skip(1) {
        if group
            .iter()
            .any(|word| sign.contains(word) || step.contains(word))
        {
            all.extend(group);
        }
    }
    all.into_iter()
}

fn last_two(text: &str) -> &str {
    let from = text.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(step: &str) -> Vec<&str> {
        signs(step).collect()
    }

    #[test]
    fn a_step_is_known_by_its_telling_word() {
        assert_eq!(all("县市区初审")[0], "初审");
        assert_eq!(all("申报通知")[0], "申报");
        assert_eq!(all("下达资金")[0], "下达");
        assert_eq!(all("出具验收意见")[0], "验收");
        assert!(all("下达资金").contains(&"拨付"));
        assert!(all("公示").contains(&"公告"));
        assert!(all("自查").contains(&"自评"));
    }

    #[test]
    fn phrases_are_found_in_one_pass_even_within_each_other() {
        let forbidden = ["圆满", "圆满完成"].map(|word| Forbidden {
            word: word.to_owned(),
            help: String::new(),
            severity: None,
            span: Default::default(),
            basis: String::new(),
        });
        let phrases = Phrases::of(&forbidden, &[]);
        let found: Vec<Phrase> = phrases
            .in_text("全年圆满完成任务")
            .into_iter()
            .map(|hit| hit.phrase)
            .collect();
        assert_eq!(found, [Phrase::Forbidden(1), Phrase::Forbidden(0)]);
        assert!(phrases.in_text("如期完成").is_empty());
    }
}
