//! Arguments to the rule files that they mean: folders walked, each file once.

use crate::cli::load::{self, Problem};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Whether a path is standard input.
pub fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// A rule file, or a path that leads to none and why.
pub type Found = Result<PathBuf, (String, Problem)>;

/// The rule files that the arguments mean, those of a folder sorted by name.
pub fn named(arguments: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in arguments {
        if path.is_dir() {
            walk(path, &mut found);
        } else if is_input(path) || load::ending(path) == "jx" || !path.exists() {
            found.push(Ok(path.clone()));
        } else {
            let problem = load::problem("这不是规则文件，没有动。", "规则文件的文件名以 .jx 结尾。");
            found.push(Err((load::shown(path), problem)));
        }
    }
    let mut seen = HashSet::new();
    found.retain(|file| match file {
        Ok(path) => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        Err(_) => true,
    });
    found
}

/// The rule files in a folder. Hidden ones are left out, and links to folders are not followed.
fn walk(folder: &Path, found: &mut Vec<Found>) {
    let before = found.len();
    let walker = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .sort_by_file_name(|a, b| a.cmp(b))
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if load::ending(entry.path()) == "jx" && !entry.path().is_dir() => {
                found.push(Ok(entry.into_path()));
            }
            Ok(_) => {}
            Err(_) => {
                let problem = load::problem("文件夹里有打不开的内容。", "请检查读取权限。");
                found.push(Err((load::shown(folder), problem)));
            }
        }
    }
    if found.len() == before {
        let problem = load::problem("文件夹里没有规则文件。", "规则文件的文件名以 .jx 结尾。");
        found.push(Err((load::shown(folder), problem)));
    }
}
