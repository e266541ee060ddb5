//! Every rule file that ships with the project loads without an error, and every check that it switches on is built.

use jixiao::checks;
use jixiao::finding::Severity;
use jixiao::model::from_syntax::load;
use jixiao::packs;
use jixiao::source::{Source, SourceId};
use jixiao::syntax::{from_text, ready};
use std::fs;
use std::path::{Path, PathBuf};

fn rule_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("rules"), root.join("examples")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "jx") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() >= 4, "the rule files were not found: {found:?}");
    found
}

#[test]
fn every_rule_file_loads_without_an_error_or_a_warning() {
    for path in rule_files() {
        let source = Source::new(path.display().to_string(), fs::read_to_string(&path).unwrap());
        let (model, findings) = load(vec![source], &mut |_, _| None);
        let loud: Vec<_> = findings
            .iter()
            // the 情形 of packs are proven here, and by no user's run
            .filter(|finding| finding.severity != Severity::Info || finding.check == "rule-score-cases")
            .collect();
        assert!(loud.is_empty(), "{}: {loud:#?}", path.display());
        assert!(!model.checks.is_empty(), "{}: no check at all", path.display());
    }
}

#[test]
fn every_built_in_check_that_a_rule_file_switches_on_is_in_the_list_and_the_other_way_round() {
    let sources = packs::PACKS
        .iter()
        .map(|pack| Source::new(pack.name, pack.text))
        .collect();
    let (model, _) = load(sources, &mut |_, _| None);
    let mut switched_on: Vec<&str> = model
        .checks
        .iter()
        .filter(|check| check.built_in)
        .map(|check| check.id())
        .collect();
    switched_on.sort_unstable();
    let mut built: Vec<&str> = checks::CHECKS.iter().map(|check| check.id).collect();
    built.sort_unstable();
    assert_eq!(switched_on, built);
}

#[test]
fn every_pack_is_found_by_the_name_that_citations_use() {
    for pack in packs::PACKS {
        let text = format!("规则：试\n引用：{}\n", pack.name);
        let (model, findings) = load(vec![Source::new("试.jx", text)], &mut |_, _| None);
        assert!(
            findings.iter().all(|finding| finding.check != "rule-reference"),
            "{findings:#?}"
        );
        assert!(
            model.packs.iter().any(|known| known.built_in),
            "{} was not loaded",
            pack.name
        );
    }
    assert!(packs::PACKS.iter().any(|pack| pack.name == packs::STANDARD));
}

#[test]
fn every_pack_has_its_part_of_the_page_of_packs() {
    let page = include_str!("../docs/规则包.md");
    for pack in packs::PACKS {
        let heading = format!("\n## {}\n", pack.name);
        assert!(page.contains(&heading), "{} is missing", pack.name);
    }
    let headings = page.lines().filter(|line| line.starts_with("## ")).count();
    assert_eq!(headings, packs::PACKS.len());
}

#[test]
fn nothing_but_trials_stands_behind_the_first_trial_of_a_pack() {
    let of_trials = ["验证", "原文", "原文文件", "年度", "应提示", "不应提示", "备注"];
    for pack in packs::PACKS {
        let rules = ready::without_trials(pack.text);
        assert!(
            rules.ends_with('\n') && rules.len() < pack.text.len(),
            "{} has no trials",
            pack.name
        );
        for line in pack.text[rules.len()..].lines().map(str::trim) {
            let word = line.split('：').next().unwrap_or("");
            assert!(
                line.is_empty() || line.starts_with('#') || of_trials.contains(&word),
                "{line}"
            );
        }
    }
}

#[test]
fn what_was_made_of_a_pack_when_the_program_was_built_is_what_its_text_says() {
    for pack in packs::PACKS {
        let made = packs::made(pack.name, pack.text).unwrap();
        let (file, findings) = from_text::parse(ready::without_trials(pack.text), SourceId(3));
        assert_eq!(findings, [], "{}", pack.name);
        assert_eq!(ready::unpack(made.tree, SourceId(3)), Some(file), "{}", pack.name);
    }
}
