//! What the server reads and writes on the disk: the built-in packs as files that an editor can open, the rule files of
//! the folder, and the reports beside a rule file. The user's own files are only ever changed by the editor.

use super::uri;
pub use crate::cli::cited::plain;
use crate::cli::load;
use crate::packs::{self, BuiltIn};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// More files than these beside a rule file are not listed.
const MOST: usize = 300;
/// So much of the folders is walked: a home folder that was opened by mistake must not hold the editor up.
const WALKED: usize = 200_000;

/// Makes the editor's folder the one from which paths are told, as they are for the command.
pub fn stand_in(folder: &Path) {
    // where that fails paths are shown whole
    let _ = std::env::set_current_dir(folder);
}

/// A path as it is told from the folder, whole where it lies outside.
pub fn told(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    load::shown(path.strip_prefix(&here).unwrap_or(path))
}

/// A path as it is known on the disk.
pub fn whole(name: &str) -> PathBuf {
    let path = Path::new(name);
    match fs::canonicalize(path) {
        Ok(path) => uri::short(path),
        Err(_) => plain(&std::env::current_dir().unwrap_or_default().join(path)),
    }
}

/// Where the built-in packs are laid out for editors: in the user's own folder for such files.
fn shelf() -> PathBuf {
    let named = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let cache = named("XDG_CACHE_HOME")
        .or_else(|| named("LOCALAPPDATA"))
        .or_else(|| named("HOME").map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir);
    cache.join("jixiao").join("packs").join(env!("CARGO_PKG_VERSION"))
}

/// A built-in pack as a file. It is written anew where it is not what the program holds, and may not be written to.
pub fn of_pack(name: &str) -> Option<PathBuf> {
    let pack = packs::PACKS.iter().find(|pack| pack.name == name)?;
    let path = shelf().join(format!("{}.jx", pack.name));
    if fs::read(&path).is_ok_and(|held| held == pack.text.as_bytes()) {
        return Some(path);
    }
    fs::create_dir_all(path.parent()?).ok()?;
    // an older one may not be written to
    let _ = fs::remove_file(&path);
    fs::write(&path, pack.text).ok()?;
    if let Ok(about) = fs::metadata(&path) {
        let mut rights = about.permissions();
        rights.set_readonly(true);
        let _ = fs::set_permissions(&path, rights);
    }
    Some(path)
}

/// The built-in pack that a file of the shelf holds.
pub fn pack_of(path: &Path) -> Option<&'static BuiltIn> {
    let inside = path.strip_prefix(shelf()).ok()?;
    let name = load::shown(&inside.with_extension(""));
    packs::PACKS.iter().find(|pack| pack.name == name)
}

/// The rule files of the editor's folders, each once; where it shows none, those beside a file. False where it was too
/// much to see all.
pub fn rules_in(folders: &[PathBuf], own: &Path) -> (Vec<PathBuf>, bool) {
    // the top of the disk is no folder in which anybody works
    let shown: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let shown: Vec<&Path> = shown
        .into_iter()
        .filter(|folder| folder.parent().is_some())
        .collect();
    let beside: Vec<&Path> = own.parent().into_iter().collect();
    let (roots, depth) = match shown.is_empty() {
        true => (beside, Some(1)),
        false => (shown, None),
    };
    let mut found: Vec<PathBuf> = Vec::new();
    let mut seen = HashSet::new();
    let mut left = WALKED;
    for root in roots {
        let walker = ignore::WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .max_depth(depth)
            .filter_entry(|entry| entry.file_name() != "node_modules")
            .sort_by_file_name(|one, other| one.cmp(other))
            .build();
        for entry in walker.flatten() {
            if left == 0 {
                return (found, false);
            }
            left -= 1;
            if load::ending(entry.path()) == "jx" && !entry.path().is_dir() {
                let path = whole(&entry.path().to_string_lossy());
                if seen.insert(path.clone()) {
                    found.push(path);
                }
            }
        }
    }
    (found, true)
}

/// The text of a rule file.
pub fn rules(path: &Path) -> Option<String> {
    load::read_rules(path).ok().map(|source| source.text.into_owned())
}

/// The names of what lies beside a rule file, sorted: files with one of these endings.
pub fn beside(rules: &Path, endings: &[&str]) -> Vec<String> {
    let folder = rules
        .parent()
        .filter(|folder| *folder != Path::new(""))
        .unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| endings.contains(&load::ending(&entry.path()).as_str()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        // what an office program writes while a file is open
        .filter(|name| !name.starts_with(['.', '~']))
        .take(MOST)
        .collect();
    names.sort();
    names
}
