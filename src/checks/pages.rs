//! The documentation of a check in its parts: the head of its file where code makes it, else its section of
//! data/check_pages.md.

use super::CHECKS;

/// Sections of checks that are formulas: `## id`, then the parts.
const OF_FORMULAS: &str = include_str!("../../data/check_pages.md");

/// What every documentation says, in this order.
pub const PARTS: &[&str] = &["查什么", "为什么", "怎么改", "例", "依据"];
/// What it may say besides, before 依据.
const BESIDES: &str = "不算";

/// A part of a documentation: what it is called, and its words.
pub type Part = (&'static str, String);

/// The documentation of a check, part by part; empty where there is none.
pub fn parts(id: &str) -> Vec<Part> {
    let of_code = CHECKS.iter().find(|check| check.id == id);
    let lines: Vec<&str> = match of_code {
        Some(check) => head(check.documentation).collect(),
        None => section(id).unwrap_or("").lines().collect(),
    };
    let mut parts: Vec<Part> = Vec::new();
    for line in lines {
        let begun = line
            .split_once('：')
            .and_then(|(word, rest)| Some((label(word)?, rest)));
        match (begun, parts.last_mut()) {
            (Some((label, rest)), _) => parts.push((label, rest.trim().to_owned())),
            (None, Some((_, words))) => words.push_str(line.trim()),
            (None, None) => {}
        }
    }
    parts.sort_by_key(|(label, _)| PARTS.iter().position(|part| part == label).map_or(7, |at| 2 * at));
    parts
}

/// The head of a file without its marks.
pub(super) fn head(file: &'static str) -> impl Iterator<Item = &'static str> {
    let head = file.lines().take_while(|line| line.starts_with("//!"));
    head.map(|line| line[3..].trim_start_matches(' '))
}

fn label(word: &str) -> Option<&'static str> {
    PARTS
        .iter()
        .chain([&BESIDES])
        .copied()
        .find(|label| *label == word)
}

fn section(id: &str) -> Option<&'static str> {
    let start = OF_FORMULAS.find(&format!("## {id}\n"))?;
    let rest = &OF_FORMULAS[start..];
    let body = &rest[rest.find('\n')? + 1..];
    Some(body.split("\n## ").next().unwrap_or(body))
}
