//! Forms of every kind and layout, as they come out of extracted text: what is read of each, and what is found in it.

use jixiao::document;
use jixiao::facts::from_document;
use jixiao::quantity::UnitTable;
use jixiao::render::{Look, facts_to_terminal};
use std::path::Path;
use std::process::Command;

/// What was read of a fixture's forms, without the list of its numbers, and the findings.
fn shown(folder: &Path, name: &str) -> String {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let document = document::read(name, &bytes).unwrap();
    let facts = from_document::facts_of(&document, UnitTable::built_in());
    let mut text = String::new();
    let look = Look {
        width: 100,
        ..Look::default()
    };
    facts_to_terminal::write(&mut text, &document, &facts, false, look);
    let form = text.split("\n数字 ").next().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    let output = command
        .current_dir(folder)
        .args(["check", "--format", "short", name])
        .output()
        .unwrap();
    format!(
        "{form}\n—— 查出 ——\n{}",
        String::from_utf8(output.stdout).unwrap()
    )
}

#[test]
fn every_kind_and_layout_is_read_and_judged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/forms");
    let files = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name());
    let mut names: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 13, "{names:?}");
    for name in names {
        insta::assert_snapshot!(name.trim_end_matches(".txt").to_owned(), shown(&folder, &name));
    }
}
