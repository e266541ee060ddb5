//! The pages of the checks (src/checks/*.md) are run: each `## case` holds rules (```jx, the standard pack when there is
//! none), a report (```text or ```markdown) and the exact findings (```findings). UPDATE_PAGES=1 rewrites the findings.

use jixiao::checks::CHECKS;
use jixiao::finding::{Finding, Outcome};
use jixiao::render::positions::Positions;
use jixiao::render::words;
use jixiao::source::Source;
use jixiao::{document, lint, model};
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A fenced block: what it is, and its lines in the page without the fences.
struct Block {
    kind: String,
    lines: Range<usize>,
}

/// A `## case` with its blocks.
struct Case {
    name: String,
    blocks: Vec<Block>,
}

impl Case {
    fn block(&self, kinds: &[&str]) -> Option<&Block> {
        self.blocks
            .iter()
            .find(|block| kinds.contains(&block.kind.as_str()))
    }
}

/// The cases of a page. A fence is closed by one of its own length, so that a report may hold shorter ones.
fn cases(lines: &[&str]) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(String, String, usize)> = None;
    for (at, line) in lines.iter().enumerate() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if let Some((fence, kind, start)) = &open {
            if line.trim_end() == fence {
                if let Some(case) = cases.last_mut() {
                    case.blocks.push(Block {
                        kind: kind.clone(),
                        lines: *start..at,
                    });
                }
                open = None;
            }
        } else if ticks >= 3 {
            open = Some((line[..ticks].into(), line[ticks..].trim().into(), at + 1));
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                name: name.trim().into(),
                blocks: Vec::new(),
            });
        }
    }
    cases
}

fn text_of(block: &Block, lines: &[&str]) -> String {
    let mut text = lines[block.lines.clone()].join("\n");
    text.push('\n');
    text
}

/// What the library finds in the case's report, in the form of a findings block.
fn judged(case: &Case, lines: &[&str]) -> String {
    let rules = match case.block(&["jx"]) {
        Some(block) => vec![Source::new("规则.jx", text_of(block, lines))],
        None => Vec::new(),
    };
    let (model, of_rules) = model::from_syntax::load(rules, &mut |_, _| None);
    let mut text = String::new();
    findings(&mut text, &of_rules, &model.sources);
    if let Some(report) = case.block(&["text", "markdown"]) {
        let name = if report.kind == "text" {
            "报告.txt"
        } else {
            "报告.md"
        };
        let document = document::read(name, text_of(report, lines).as_bytes()).expect("the report is text");
        let Outcome {
            findings: found,
            sources,
            ..
        } = lint::report(&model, &document, None);
        findings(&mut text, &found, &sources);
    }
    text
}

/// One line a finding, one line a place.
fn findings(out: &mut String, found: &[Finding], sources: &[Arc<Source>]) {
    let positions = Positions::new(sources);
    for finding in found {
        let severity = words::severity(finding.severity);
        let subject = [" ", &finding.subject].concat();
        let subject = subject.trim_end();
        writeln!(
            out,
            "{severity} {}{subject}: {}",
            finding.check,
            one_line(&finding.message)
        )
        .unwrap();
        for place in &finding.places {
            let (line, column) = positions.line_column(place.span);
            let quote = one_line(positions.text(place.span));
            let note = format!("- {line}:{column} “{quote}” {}", words::label(place));
            writeln!(out, "{}", note.trim_end()).unwrap();
        }
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], "")
}

/// The page with the findings that were found, and what differs from the page as it is.
fn run(page: &str) -> (String, Vec<String>, usize) {
    let lines: Vec<&str> = page.lines().collect();
    let mut differences = Vec::new();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let all = cases(&lines);
    for case in &all {
        let found = judged(case, &lines);
        match case.block(&["findings"]) {
            Some(block) => {
                let stated: String = lines[block.lines.clone()]
                    .iter()
                    .map(|line| format!("{line}\n"))
                    .collect();
                if stated != found {
                    differences.push(format!(
                        "## {}\nthe page says:\n{stated}found:\n{found}",
                        case.name
                    ));
                    edits.push((block.lines.clone(), found));
                }
            }
            None => {
                differences.push(format!("## {} has no findings block; found:\n{found}", case.name));
                if let Some(last) = case.blocks.last() {
                    let after = last.lines.end + 1;
                    edits.push((after..after, format!("```findings\n{found}```\n")));
                }
            }
        }
    }
    (edited(&lines, &edits), differences, all.len())
}

fn edited(lines: &[&str], edits: &[(Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (range, text) in edits {
        out.extend(lines[at..range.start].iter().flat_map(|line| [line, "\n"]));
        out.push_str(text);
        at = range.end;
    }
    out.extend(lines[at..].iter().flat_map(|line| [line, "\n"]));
    out
}

fn checks() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks")
}

fn files(ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(checks())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == ending))
        .collect();
    found.sort();
    found
}

#[test]
fn every_check_has_its_page() {
    for check in CHECKS {
        let page = checks().join(check.id.replace('-', "_")).with_extension("md");
        assert!(page.exists(), "{} is missing", page.display());
    }
}

#[test]
fn every_page_holds_a_case_that_is_refused_and_one_that_is_silent() {
    for page in files("md") {
        let text = fs::read_to_string(&page).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let (mut refused, mut silent) = (false, false);
        for case in cases(&lines) {
            if let Some(block) = case.block(&["findings"]) {
                refused |= !block.lines.is_empty();
                silent |= block.lines.is_empty();
            }
        }
        assert!(refused, "{}: no case is refused", page.display());
        assert!(silent, "{}: no case is silent", page.display());
    }
}

#[test]
fn pages_say_what_is_found() {
    let update = std::env::var_os("UPDATE_PAGES").is_some();
    let (mut ran, mut wrong) = (0, String::new());
    for page in files("md") {
        let text = fs::read_to_string(&page).unwrap();
        let (rewritten, differences, cases) = run(&text);
        ran += cases;
        if update && !differences.is_empty() {
            fs::write(&page, rewritten).unwrap();
        } else if !differences.is_empty() {
            writeln!(wrong, "{}\n{}", page.display(), differences.join("\n")).unwrap();
        }
    }
    println!("{ran} cases ran");
    assert!(wrong.is_empty(), "{wrong}UPDATE_PAGES=1 rewrites the pages");
}

const PAGE: &str = "# 一页\n\n## 甲\n```jx\n规则：甲\n```\n````markdown\n```\n内\n```\n````\n```findings\n旧\n```\n\n## 乙\n```text\n乙\n```\n尾\n";

#[test]
fn a_page_is_read_case_by_case_and_block_by_block() {
    let lines: Vec<&str> = PAGE.lines().collect();
    let found = cases(&lines);
    let names: Vec<&str> = found.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["甲", "乙"]);
    let kinds: Vec<&str> = found[0].blocks.iter().map(|block| block.kind.as_str()).collect();
    assert_eq!(kinds, ["jx", "markdown", "findings"]);
    assert_eq!(text_of(&found[0].blocks[1], &lines), "```\n内\n```\n");
    assert_eq!(text_of(&found[1].blocks[0], &lines), "乙\n");
}

#[test]
fn rewriting_a_page_changes_only_its_findings() {
    let lines: Vec<&str> = PAGE.lines().collect();
    let found = cases(&lines);
    let stated = found[0].block(&["findings"]).unwrap().lines.clone();
    let after = found[1].blocks[0].lines.end + 1;
    let edits = [
        (stated, "新一\n新二\n".to_owned()),
        (after..after, "```findings\n```\n".to_owned()),
    ];
    let expected = PAGE
        .replace("旧\n", "新一\n新二\n")
        .replace("尾\n", "```findings\n```\n尾\n");
    assert_eq!(edited(&lines, &edits), expected);
}
