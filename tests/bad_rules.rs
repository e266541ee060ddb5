//! Rule files as people get them wrong (tests/language/bad/*.jx), and what `jixiao check` shows of each, word for word.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language/bad")
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".jx"))
        .collect();
    names.sort();
    names
}

/// What a user sees who checks the file where it lies, and the code with which the program ends.
fn shown(name: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(folder())
        .env("COLUMNS", "80")
        .args(["check", name])
        .output()
        .unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    let other = String::from_utf8(output.stderr).unwrap();
    format!("{words}{other}退出码 {}\n", output.status.code().unwrap())
}

#[test]
fn every_bad_rule_file_is_answered_as_its_writer_needs() {
    let names = names();
    assert!(names.len() >= 60, "{} files", names.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in &names {
            insta::assert_snapshot!(name.trim_end_matches(".jx"), shown(name));
        }
    });
}

#[test]
fn no_two_bad_rule_files_are_the_same_and_none_is_silently_passed() {
    let mut texts: Vec<Vec<u8>> = names()
        .iter()
        .map(|name| fs::read(folder().join(name)).unwrap())
        .collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), names().len());
    for name in names() {
        let words = shown(&name);
        let told = ["rule-", "unreadable-input"].iter().any(|id| words.contains(id));
        assert!(told, "{name}: {words}");
    }
}
