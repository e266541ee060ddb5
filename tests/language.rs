//! The pages of tests/language: each case is a rule file and what is said of it, compared exactly.
//! `UPDATE_PAGES=1 cargo test --test language` rewrites what is said; review reads it.

use jixiao::finding::{Finding, Severity};
use jixiao::model::from_syntax;
use jixiao::source::{LineIndex, Source};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let mut found = Vec::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        if folder.is_dir() {
            found.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    found.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    found.sort();
    found
}

/// What is said of a rule file that may cite the page's other files by name.
fn said(text: &str, others: &[(String, String)]) -> String {
    let mut find = |cited: &str, _: &str| {
        let found = others.iter().find(|(name, _)| name == cited);
        found.map(|(name, text)| Source::new(name.clone(), text.clone()))
    };
    let (model, findings) = from_syntax::load(vec![Source::new("规则.jx", text)], &mut find);
    let mut out = String::new();
    for finding in &findings {
        tell(
            &mut out,
            finding,
            &model.sources.iter().map(|s| s.as_ref()).collect::<Vec<_>>(),
        );
    }
    out
}

fn tell(out: &mut String, finding: &Finding, sources: &[&Source]) {
    let place = |at: usize| {
        let place = &finding.places[at];
        let source = sources[place.span.source.0 as usize];
        let (line, column) = LineIndex::new(&source.text).line_column(&source.text, place.span.start);
        let own = if source.name == "规则.jx" {
            String::new()
        } else {
            format!("{}:", source.name)
        };
        (format!("{own}{line}:{column}"), source.slice(place.span))
    };
    let level = match finding.severity {
        Severity::Error => "",
        Severity::Warning => "（警告）",
        Severity::Info => "（提醒）",
    };
    let (at, marked) = place(0);
    let marked: String = marked.chars().take(24).collect();
    writeln!(out, "{at} {} {}{level}", finding.check, finding.message).unwrap();
    writeln!(out, "    标出：{}", marked.replace('\n', "⏎")).unwrap();
    if !finding.help.is_empty() {
        writeln!(out, "    建议：{}", finding.help).unwrap();
    }
    for (index, other) in finding.places.iter().enumerate().skip(1) {
        writeln!(out, "    另见 {}：{}", place(index).0, other.note).unwrap();
    }
}

/// The blocks of a page: text outside, or the inside of a fence with its word.
fn blocks(page: &str) -> Vec<(Option<String>, String)> {
    let mut blocks = vec![(None, String::new())];
    for line in page.split_inclusive('\n') {
        let inside = blocks.last().is_some_and(|(word, _)| word.is_some());
        if let Some(word) = line.trim_end().strip_prefix("```") {
            blocks.push(((!inside).then(|| word.to_owned()), String::new()));
        } else if let Some((_, text)) = blocks.last_mut() {
            text.push_str(line);
        }
    }
    blocks
}

#[test]
fn every_page_says_what_it_shows() {
    let update = std::env::var_os("UPDATE_PAGES").is_some();
    let mut failures = String::new();
    let (mut refused, mut silent) = (0, 0);
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        let mut rebuilt = String::new();
        let (mut rules, mut others) = (String::new(), Vec::new());
        let (mut page_refused, mut page_silent) = (0, 0);
        for (word, text) in blocks(&page) {
            let Some(word) = word else {
                if text.contains("## ") {
                    others.clear();
                }
                rebuilt.push_str(&text);
                continue;
            };
            let mut shown = text.clone();
            match word.split_once(' ') {
                Some(("jx", name)) => others.push((name.to_owned(), text.clone())),
                _ if word == "jx" => rules = text.clone(),
                _ if word == "findings" => {
                    shown = said(&rules, &others);
                    *if shown.is_empty() {
                        &mut page_silent
                    } else {
                        &mut page_refused
                    } += 1;
                    if shown != text && !update {
                        writeln!(
                            failures,
                            "{}\n{rules}--- shown\n{text}--- said\n{shown}",
                            path.display()
                        )
                        .unwrap();
                    }
                }
                _ => {}
            }
            write!(rebuilt, "```{word}\n{shown}```\n").unwrap();
        }
        if page_refused == 0 || page_silent == 0 {
            writeln!(
                failures,
                "{}: one refused and one silent case at least",
                path.display()
            )
            .unwrap();
        }
        refused += page_refused;
        silent += page_silent;
        if update && rebuilt != page {
            fs::write(&path, rebuilt).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(refused >= 45, "{refused} refused cases, {silent} silent ones");
}
