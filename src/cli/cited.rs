//! What a rule file cites to the file that is meant: by path or by 文号, and one file under one name however it is reached.

use crate::cli::load;
use crate::packs;
use crate::source::Source;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The header of a rule file stands within so many bytes.
const HEAD: u64 = 8 << 10;

/// Finds cited files.
#[derive(Default)]
pub struct Finder {
    /// Under which name a file is known, by its place on the disk.
    names: HashMap<PathBuf, String>,
    /// The rule files of a folder by their 文号; none where two have the same.
    folders: HashMap<PathBuf, HashMap<String, Option<PathBuf>>>,
    /// What was found already, by the folder of the citing file and the citation.
    found: HashMap<(PathBuf, String), Option<Source>>,
}

impl Finder {
    /// Remembers a file that the user gave, under the name that he gave it.
    pub fn know(&mut self, name: &str) {
        if let Ok(place) = fs::canonicalize(name) {
            self.names.entry(place).or_insert_with(|| name.to_owned());
        }
    }

    /// The file that a rule file cites: beside the citing file, with or without its ending, or with that 文号.
    pub fn find(&mut self, citation: &str, citing: &str) -> Option<Source> {
        let folder = Path::new(citing).parent().unwrap_or(Path::new(""));
        let key = (folder.to_owned(), citation.to_owned());
        if let Some(found) = self.found.get(&key) {
            return found.clone();
        }
        let found = self.look(citation, folder);
        self.found.insert(key, found.clone());
        found
    }

    fn look(&mut self, citation: &str, folder: &Path) -> Option<Source> {
        let beside = [citation.to_owned(), format!("{citation}.jx")];
        let by_path = beside
            .iter()
            .map(|name| plain(&folder.join(name)))
            .find(|path| path.is_file());
        let path = by_path.or_else(|| self.numbered(folder, citation))?;
        let source = load::read_rules(&path).ok()?;
        let place = fs::canonicalize(&path).unwrap_or(path);
        let name = self.names.entry(place).or_insert_with(|| source.name.clone());
        Some(Source::new(name.clone(), source.text))
    }

    fn numbered(&mut self, folder: &Path, citation: &str) -> Option<PathBuf> {
        let folder = if folder == Path::new("") {
            Path::new(".")
        } else {
            folder
        };
        let known = self
            .folders
            .entry(folder.to_owned())
            .or_insert_with(|| numbers(folder));
        known.get(&packs::plain(citation)).cloned().flatten()
    }
}

/// The rule files of a folder by their 文号.
fn numbers(folder: &Path) -> HashMap<String, Option<PathBuf>> {
    let mut found: HashMap<String, Option<PathBuf>> = HashMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = plain(&entry.path());
        if load::ending(&path) != "jx" {
            continue;
        }
        let mut head = Vec::new();
        let read = File::open(&path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
        if read.is_ok()
            && let Some(number) = packs::number(&String::from_utf8_lossy(&head))
        {
            let path = Some(path);
            found
                .entry(packs::plain(number))
                .and_modify(|other| *other = None)
                .or_insert(path);
        }
    }
    found
}

/// A path without `.` and without steps that lead back.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            step => plain.push(step),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_lead_back_are_taken_out_of_a_path() {
        for (path, shown) in [
            ("./甲.jx", "甲.jx"),
            ("市/../甲.jx", "甲.jx"),
            ("../市/./甲.jx", "../市/甲.jx"),
            ("../../甲.jx", "../../甲.jx"),
        ] {
            assert_eq!(plain(Path::new(path)), Path::new(shown));
        }
    }
}
