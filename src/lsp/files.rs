//! What the server reads and writes on the disk: the built-in packs as files that an editor can open, the rule files of
//! the folder, and the reports beside a rule file. The user's own files are only ever changed by the editor.

use crate::cli::load;
use crate::cli::rule_files;
use crate::packs::{self, BuiltIn};
use std::fs;
use std::path::{Path, PathBuf};

/// More rule files than these in one folder are no office's; the rest is not looked through.
const MOST: usize = 300;

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
    fs::canonicalize(path).unwrap_or_else(|_| std::env::current_dir().unwrap_or_default().join(path))
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

/// The rule files of the folder in which the editor works.
pub fn rules_here() -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    // A server without a folder stands at the top of the disk, which nobody wants to be walked.
    if here.parent().is_none() {
        return Vec::new();
    }
    let found = rule_files::named(&[here]).into_iter().flatten();
    found.take(MOST).collect()
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
