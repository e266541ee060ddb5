//! What may be wrong with a rule file, and findings that no check makes, to entries: what it means, a wrong line and its
//! repair, why.

use super::{Entry, Group};
use crate::model::TITLES;

/// Every id with its Chinese name and one sentence.
const LIST: &str = include_str!("../../../data/checks.tsv");
/// What each rule-* id means, with an example.
const PAGES: &str = include_str!("../../../data/rule_faults.md");

/// An id as the list knows it.
pub(super) struct Known {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    /// What it is about: 资金, 分值和得分 …; empty for findings that no check makes.
    pub(super) kind: &'static str,
    /// How grave it is by its consequence: 错误, 警告, 提醒.
    pub(super) level: &'static str,
}

pub(super) fn known() -> impl Iterator<Item = Known> {
    LIST.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some(Known {
                id: fields.next()?,
                title: fields.next()?,
                about: fields.next()?,
                kind: fields.next().unwrap_or(""),
                level: fields.next().unwrap_or(""),
            })
        })
}

/// Findings that no check makes: those on rule files, and on files that were not read.
pub(super) fn is_of_the_program(id: &str) -> bool {
    id.starts_with("rule-")
        || id.starts_with("waiver-")
        || ["unreadable-input", "internal-error"].contains(&id)
}

pub(super) fn entries() -> Vec<Entry> {
    let listed = known().filter(|known| is_of_the_program(known.id));
    let mut all: Vec<Entry> = listed
        .map(|known| entry(known.id, known.title, known.about))
        .collect();
    for (id, title) in TITLES {
        if !all.iter().any(|entry| entry.names.iter().any(|name| name == id)) {
            all.push(entry(id, title, ""));
        }
    }
    all
}

/// The title that findings bear comes first; the list's own is answered to as well.
fn entry(id: &str, title: &str, about: &str) -> Entry {
    let told = TITLES
        .iter()
        .find(|(known, _)| *known == id)
        .map_or(title, |(_, told)| told);
    let page = page(id).unwrap_or_else(|| format!("{about}\n"));
    let mut names = vec![told.to_owned(), id.to_owned()];
    if told != title {
        names.push(title.to_owned());
    }
    Entry {
        group: Group::Fault,
        names,
        brief: String::new(),
        text: format!("问题：{told}（{id}）\n{page}"),
    }
}

/// The page of an id, its examples set in by four blanks.
fn page(id: &str) -> Option<String> {
    let head = format!("## {id}\n");
    let start = PAGES.find(&head)? + head.len();
    let rest = &PAGES[start..];
    let body = &rest[..rest.find("\n## ").unwrap_or(rest.len())];
    let mut out = String::new();
    let mut inside = false;
    for line in body.trim_end().lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else {
            out.push_str(if inside { "    " } else { "" });
            out.push_str(line);
            out.push('\n');
        }
    }
    Some(out)
}
