//! `jixiao explain`: what a word of the rules or of the findings means, or a whole rule file in plain words.

use crate::cli::PASSED;
use crate::cli::arguments::Color;
use crate::cli::output::{Output, Stop};
use crate::reading::catalogue::{self, Entry, Group, directory};
use crate::render::wrap;

mod manual;
pub mod options;

use options::ExplainOptions;

/// As wide as a name may be in the list.
const WIDEST: usize = 60;

/// Explains one thing, or lists all.
pub fn run(options: &ExplainOptions, output: &mut Output) -> Result<u8, Stop> {
    if let Some(path) = options
        .subject
        .as_deref()
        .filter(|subject| subject.ends_with(".jx"))
    {
        return manual::run(path, options);
    }
    if options.all {
        return manual::put(&directory::write(), options);
    }
    if let Some(word) = options
        .format
        .map(|_| "--format")
        .or(options.output.as_ref().map(|_| "-o"))
    {
        let message =
            format!("{word} 只用于规则文件和检查目录，请写上以 .jx 结尾的规则文件，或者加上 --all。");
        return Err(Stop::Failed(message));
    }
    let text = match &options.subject {
        None => list(),
        Some(subject) => explained(subject.trim())?,
    };
    let width = output.look(Color::Never).width;
    for line in text.lines() {
        let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
        let mut wrapped = String::new();
        match indent.is_empty() {
            true => wrap::wrapped(&mut wrapped, "", line, width),
            // a table or an example is laid out already
            false => wrapped = format!("{line}\n"),
        }
        output.write(&wrapped)?;
    }
    Ok(PASSED)
}

/// The names of everything, group by group.
fn list() -> String {
    let entries = catalogue::entries();
    let mut text = String::from("用 jixiao explain 加下面任何一个名称或代号，查看它的说明。\n");
    for group in Group::ALL {
        text.push_str(&format!("\n{}\n", group.title()));
        let own = entries.iter().filter(|entry| entry.group == group);
        match group {
            Group::Check | Group::Fault => {
                let row = |entry: &Entry| {
                    let id = entry.names.get(1).unwrap_or(&entry.names[0]).clone();
                    vec![id, entry.names[0].clone(), entry.brief.clone()]
                };
                wrap::table(&mut text, "  ", &own.map(row).collect::<Vec<_>>(), &[], WIDEST);
            }
            Group::Pack => {
                let row = |entry: &Entry| vec![entry.names[0].clone(), entry.brief.clone()];
                wrap::table(&mut text, "  ", &own.map(row).collect::<Vec<_>>(), &[], WIDEST);
            }
            _ => {
                let names: Vec<&str> = own.map(|entry| entry.names[0].as_str()).collect();
                wrap::wrapped(&mut text, "  ", &names.join("　"), 80);
            }
        }
    }
    text.push_str("\n用 jixiao explain --all 看全部检查的目录；加规则文件（.jx），把整个文件读成白话；加 --format docx -o 规则说明.docx，写成文档。\n");
    text
}

fn explained(name: &str) -> Result<String, Stop> {
    let entries = catalogue::named(name);
    if entries.is_empty() {
        return Err(Stop::Failed(unknown(name)));
    }
    let texts: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
    Ok(texts.join("\n"))
}

fn unknown(name: &str) -> String {
    let entries = catalogue::entries();
    let names: Vec<&str> = entries
        .iter()
        .flat_map(|entry| entry.names.iter().map(String::as_str))
        .collect();
    let ids: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| name.starts_with(|first: char| first.is_ascii_lowercase()) && name.contains('-'))
        .collect();
    format!(
        "没有名为“{name}”的检查、关键词、公式用词或规则包{}。用 jixiao explain 查看全部名称。\n检查的代号：{}",
        nearest_of(name, &names),
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
    near.dedup();
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
