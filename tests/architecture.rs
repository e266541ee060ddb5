//! The floors of the house: a file imports only from floors below it, and some things never leave their room.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. Modules on one line are on one floor and do not see one another.
const FLOORS: &[&[&str]] = &[
    &["words", "markup"],
    &["source", "quantity"],
    &["finding"],
    &["expr"],
    &["syntax", "document"],
    &["made"],
    &["packs"],
    &["model", "facts"],
    &["ledger"],
    &["checks", "waivers"],
    &["lint", "reading"],
    &["trial"],
    &["render", "annotate"],
    &["cli"],
    // An editor's rule file is loaded, and its 引用 found, as the command does it.
    &["lsp"],
    &["main"],
];

/// Walls besides the floors: (room, what it never imports).
const WALLS: &[(&str, &[&str])] = &[
    ("model", &["document", "facts"]),
    ("facts", &["model", "syntax", "packs"]),
    ("checks", &["syntax", "document"]),
];

/// Words that stay in their room: (word, path prefixes in which it may stand).
const ROOMS: &[(&str, &[&str])] = &[
    ("pest", &["syntax/from_text"]),
    ("miette", &["render/to_terminal", "cli"]),
    ("serde", &["render", "cli", "lsp"]),
    ("serde_json", &["render", "cli", "lsp"]),
    ("pulldown_cmark", &["document/from_markdown"]),
    ("encoding_rs", &["document/from_text", "document/decode"]),
    ("chardetng", &["document/from_text", "document/decode"]),
    // What docx and xlsx share: their readers see parts and elements, and neither library.
    (
        "zip",
        &["document/package", "render/rules_to_docx", "annotate/package"],
    ),
    // The readers take what elements say; a copy with remarks needs the bytes between which they stand.
    ("quick_xml", &["document/xml", "annotate/scan"]),
    ("cfb", &["document/from_xls/mod"]),
    ("std::process", &["cli", "main"]),
    ("hayro_interpret", &["document/from_pdf"]),
    ("std::fs", &["cli", "main", "lsp/files"]),
    ("std::env", &["cli", "main", "lsp/files"]),
    ("lsp_server", &["lsp"]),
    ("lsp_types", &["lsp"]),
    ("crossbeam_channel", &["lsp"]),
    ("percent_encoding", &["lsp/uri", "render/to_sarif"]),
    ("pinyin", &["lsp/sounds"]),
    // how long the reader of PDF files is waited for; what it reads does not depend on it
    ("std::time", &["cli", "main", "document/from_pdf", "lsp"]),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path
                    .strip_prefix(&root)
                    .unwrap()
                    .with_extension("")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 5, "the source tree was not found");
    found
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap()
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The code of a file without comments, so that prose may name anything.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap_or(""))
}

/// The modules of this crate that a file names: `crate::x`, `crate::{x, y}` is not our style, `jixiao::x` in main.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in code(text) {
        for start in ["crate::", "jixiao::"] {
            for piece in line.split(start).skip(1) {
                let name: String = piece
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                assert!(
                    !name.is_empty(),
                    "imports are written one module at a time: {line}"
                );
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn every_module_has_its_floor() {
    for (file, _) in sources() {
        let module = module_of(&file);
        assert!(
            module == "lib" || floor_of(module).is_some(),
            "{file} stands on no floor"
        );
    }
}

#[test]
fn a_file_imports_only_from_the_floors_below_it() {
    for (file, text) in sources() {
        let module = module_of(&file);
        let Some(floor) = floor_of(module) else { continue };
        for name in imports(&text) {
            let Some(other) = floor_of(&name) else { continue };
            assert!(
                name == module || other < floor,
                "{file} imports {name}, which is not below it"
            );
        }
    }
}

#[test]
fn the_two_wings_meet_only_in_the_ledger() {
    for (file, text) in sources() {
        for (room, forbidden) in WALLS {
            if module_of(&file) == *room {
                for name in imports(&text) {
                    assert!(!forbidden.contains(&name.as_str()), "{file} imports {name}");
                }
            }
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (file, text) in sources() {
        for (word, rooms) in ROOMS {
            if rooms.iter().any(|room| file.starts_with(room)) {
                continue;
            }
            for line in code(&text) {
                let used = line.contains(&format!("{word}::")) || line.contains(&format!("use {word}"));
                assert!(!used, "{file} uses {word}: {line}");
            }
        }
    }
}

/// Where a format writes its numbers as floats: they leave as their printed text.
const FLOATS: &[&str] = &["document/from_xls/records"];

#[test]
fn no_value_is_a_float_and_nothing_is_unsafe() {
    for (file, text) in sources() {
        // places on paper are measured; no value of a report is
        let measures = file.starts_with("document/from_pdf/");
        for line in code(&text) {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            assert!(
                measures
                    || FLOATS.contains(&file.as_str())
                    || !words.contains(&"f64") && !words.contains(&"f32"),
                "{file}: a float: {line}"
            );
            assert!(!words.contains(&"unsafe"), "{file}: {line}");
        }
    }
}

/// The longest that a file and a function may be; what grows past it is split by meaning.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

#[test]
fn no_file_has_outgrown_its_idea() {
    for (file, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{file} has {lines} lines");
        assert!(
            text.starts_with("//!"),
            "{file} does not open with a sentence that says what it is"
        );
    }
}

#[test]
fn no_function_has_outgrown_its_idea() {
    let indent = |line: &str| line.len() - line.trim_start().len();
    for (file, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let bare = line
                .trim_start()
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ");
            if !bare
                .trim_start_matches("pub ")
                .trim_start_matches("const ")
                .starts_with("fn ")
            {
                continue;
            }
            let ends = |other: &&str| indent(other) == indent(line) && other.trim() == "}";
            let Some(length) = lines[at..].iter().position(ends) else {
                continue;
            };
            assert!(
                length < LONGEST_FUNCTION,
                "{file}:{}: a function of {} lines",
                at + 1,
                length + 1
            );
        }
    }
}
