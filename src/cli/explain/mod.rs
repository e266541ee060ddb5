//! `jixiao explain`: what a check looks for and what to do.

use crate::checks;
use crate::cli::PASSED;
use crate::cli::arguments::ExplainOptions;
use crate::cli::output::{Output, Stop};
use crate::render::wrap;

mod manual;

/// Every id with its Chinese name and one sentence.
const LIST: &str = include_str!("../../../data/checks.tsv");

/// Ids are a contract that is wider than what is built.
const NOT_YET: &str = "这一版还没有这一项检查";

/// A check as the list knows it.
struct Known {
    id: &'static str,
    title: &'static str,
    about: &'static str,
}

/// Explains one check, or lists all.
pub fn run(options: &ExplainOptions, output: &mut Output) -> Result<u8, Stop> {
    let text = match &options.subject {
        None => list(),
        Some(subject) if subject.ends_with(".jx") => return manual::run(subject, options),
        Some(check) => explained(check.trim())?,
    };
    output.write(&text)?;
    Ok(PASSED)
}

fn known() -> impl Iterator<Item = Known> {
    LIST.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some(Known {
                id: fields.next()?,
                title: fields.next()?,
                about: fields.next()?,
            })
        })
}

fn list() -> String {
    let rows: Vec<Vec<String>> = known()
        .map(|check| {
            let made = is_of_the_program(check.id) || checks::explain(check.id).is_some();
            let state = if made { "" } else { NOT_YET };
            vec![check.id.to_owned(), check.title.to_owned(), state.to_owned()]
        })
        .collect();
    let mut text = String::from("用 jixiao explain 加代号或名称，查看一项检查的说明。\n\n");
    wrap::table(&mut text, "", &rows, &[], 60);
    text
}

/// What a check looks for, in a sentence; nothing where the list does not know it.
fn about(id: &str) -> String {
    let entry = known().find(|entry| entry.id == id || entry.title == id);
    entry.map_or(String::new(), |entry| entry.about.to_owned())
}

/// Findings that no check makes: those on rule files, and on files that were not read.
fn is_of_the_program(id: &str) -> bool {
    id.starts_with("rule-") || ["unreadable-input", "internal-error"].contains(&id)
}

fn explained(check: &str) -> Result<String, Stop> {
    let entry = known().find(|entry| entry.id == check || entry.title == check);
    let id = entry.as_ref().map_or(check, |entry| entry.id);
    let head = entry.map(|entry| format!("{}（{}）\n\n{}\n", entry.title, entry.id, entry.about));
    match (head, checks::explain(id)) {
        // a statement of the rule language says what it demands, not in a sentence what it is for
        (Some(head), Some(statement)) if statement.starts_with("检查：") => {
            Ok(format!("{head}\n{}\n", statement.trim_end()))
        }
        (_, Some(page)) => Ok(format!("{}\n", page.trim_end())),
        (Some(head), None) if is_of_the_program(id) => Ok(head),
        (Some(head), None) => Ok(format!("{head}\n{NOT_YET}。\n")),
        (None, None) => Err(Stop::Failed(unknown(check))),
    }
}

fn unknown(check: &str) -> String {
    let mut names: Vec<&str> = known().flat_map(|entry| [entry.id, entry.title]).collect();
    let of_packs = checks::known_ids();
    let more = of_packs.iter().map(String::as_str);
    names.extend(more.filter(|id| known().all(|entry| entry.id != *id)));
    let ids: Vec<&str> = known().map(|entry| entry.id).collect();
    format!(
        "没有名为“{check}”的检查{}。\n全部代号：{}",
        nearest_of(check, &names),
        ids.join("、")
    )
}

/// “，是不是想写 …” with the names that differ least, or nothing where none is near.
pub fn nearest_of(typed: &str, names: &[&str]) -> String {
    let most = (typed.chars().count() / 2).max(1);
    let mut near: Vec<(usize, &str)> = names
        .iter()
        .map(|name| (distance(typed, name), *name))
        .filter(|(steps, _)| *steps <= most)
        .collect();
    near.sort();
    let named: Vec<&str> = near.iter().take(3).map(|(_, name)| *name).collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("，是不是想写 {}", named.join("、"))
    }
}

/// The letters to add, remove or replace to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_has_its_three_fields() {
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(known().count(), lines);
        assert!(known().all(|check| !check.about.is_empty()));
    }

    #[test]
    fn a_misspelt_id_is_answered_with_the_nearest() {
        assert_eq!(
            nearest_of("score-sun", &["score-sum", "fund-sum"]),
            "，是不是想写 score-sum"
        );
        assert_eq!(
            nearest_of("资金构成合计不对", &["资金构成合计不符"]),
            "，是不是想写 资金构成合计不符"
        );
        assert_eq!(nearest_of("天气", &["score-sum", "资金构成合计不符"]), "");
        assert_eq!(distance("甲乙丙", "甲丙丁"), 2);
    }
}
