//! What the editor holds and shows: its open texts, which stand before those on the disk, and its folders.

use super::{files, uri};
use crate::cli::cited::Finder;
use crate::packs;
use crate::source::Source;
use lsp_types::Uri;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A text that is open.
#[derive(Clone, Debug)]
pub struct Held {
    /// How the editor calls it.
    pub uri: Uri,
    /// The editor's number of its state; none of a text that is only thought of.
    pub version: Option<i32>,
    /// What stands in it.
    pub text: String,
}

/// All that the editor holds and shows.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// The open texts, by their places on the disk.
    pub held: HashMap<PathBuf, Held>,
    /// The folders that it shows.
    pub folders: Vec<PathBuf>,
}

impl World {
    /// The text of a file as it is now.
    pub fn text(&self, whole: &Path) -> Option<String> {
        match self.held.get(whole) {
            Some(held) => Some(held.text.clone()),
            None => files::rules(whole),
        }
    }

    /// How the editor calls a file.
    pub fn uri(&self, whole: &Path) -> Option<Uri> {
        match self.held.get(whole) {
            Some(held) => Some(held.uri.clone()),
            None => uri::of_path(whole),
        }
    }

    /// The file that another cites, as it is now; one that was never saved, too.
    pub fn cited(&self, finder: &mut Finder, citation: &str, citing: &str) -> Option<Source> {
        let Some(found) = finder.find(citation, citing) else {
            return self.unsaved(citation, citing);
        };
        Some(match self.held.get(&files::whole(&found.name)) {
            Some(held) => Source::new(found.name, held.text.clone()),
            None => found,
        })
    }

    fn unsaved(&self, citation: &str, citing: &str) -> Option<Source> {
        if self.held.is_empty() {
            return None;
        }
        let folder = files::whole(citing).parent()?.to_owned();
        let paths = ["", ".jx"].map(|ending| files::plain(&folder.join(format!("{citation}{ending}"))));
        let by_path = || paths.iter().find_map(|path| self.held.get_key_value(path));
        let number = packs::plain(citation);
        let has_number =
            |held: &Held| packs::number(&held.text).is_some_and(|own| packs::plain(own) == number);
        let by_number = || {
            let mut all = self
                .held
                .iter()
                .filter(|(path, held)| path.parent() == Some(&folder) && has_number(held));
            // where two have the same, neither is meant
            all.next().filter(|_| all.next().is_none())
        };
        let (path, held) = by_path().or_else(by_number)?;
        Some(Source::new(files::told(path), held.text.clone()))
    }
}
