//! From a name to where it is declared and everywhere it is meant, in the file, in those it cites, and in those of the
//! folder that cite it.

use super::analysis::{Analysis, Open};
use super::files;
use super::names::{self, Kind, Place};
use super::text::{Encoding, Text};
use super::uri;
use crate::source::SourceId;
use lsp_types::{Location, Uri};
use std::collections::HashSet;
use std::path::PathBuf;

/// A rule file with all that is named in it and in what it cites.
pub struct View<'a> {
    /// What is known of it.
    pub analysis: &'a Analysis,
    /// How the editor calls it.
    pub uri: &'a Uri,
    /// Everything that is named.
    pub places: Vec<Place>,
}

impl<'a> View<'a> {
    /// Gathers what is named.
    pub fn of(analysis: &'a Analysis, uri: &'a Uri) -> View<'a> {
        View {
            analysis,
            uri,
            places: names::places(analysis.files()),
        }
    }

    /// What is named at an offset of the file.
    pub fn at(&self, offset: usize) -> Option<&Place> {
        names::at(&self.places, self.analysis.own, offset)
    }

    /// All places of the same thing.
    pub fn same<'s>(&'s self, thing: &'s Place) -> impl Iterator<Item = &'s Place> {
        self.places
            .iter()
            .filter(move |place| place.kind == thing.kind && place.name == thing.name)
    }
}

/// Where the thing at an offset is declared; of an 引用 the file.
pub fn definition(view: &View, offset: usize, encoding: Encoding) -> Vec<Location> {
    let Some(thing) = view.at(offset) else {
        return Vec::new();
    };
    let analysis = view.analysis;
    if thing.kind == Kind::Pack {
        let top = |source: SourceId| {
            let uri = analysis.uri(source)?.clone();
            Some(Location::new(uri, lsp_types::Range::default()))
        };
        return cited(analysis, thing).and_then(top).into_iter().collect();
    }
    let declared = view
        .same(thing)
        .filter(|place| place.declares && place.written == place.name);
    declared
        .filter_map(|place| analysis.location(place.span, view.uri, encoding))
        .collect()
}

/// The source that an 引用 loaded.
pub fn cited(analysis: &Analysis, citation: &Place) -> Option<SourceId> {
    let called = &citation.written;
    let pack = crate::packs::by_name(called).map(|pack| pack.name);
    let tail = called.trim_start_matches("./");
    let is_meant = |name: &str| match pack {
        Some(pack) => name == pack,
        None => {
            let bare = name.strip_suffix(".jx").unwrap_or(name);
            name.ends_with(tail) || bare.ends_with(tail)
        }
    };
    let by_number =
        |text: &str| crate::packs::number(text).map(crate::packs::plain) == Some(crate::packs::plain(called));
    let sources = || analysis.model.sources.iter().enumerate();
    let other = |at: &usize| *at != analysis.own.0 as usize;
    let found = sources().find(|(at, source)| other(at) && is_meant(&source.name));
    let found = found.or_else(|| sources().find(|(at, source)| other(at) && by_number(&source.text)));
    found.map(|(at, _)| SourceId(at as u32))
}

/// A place in any file, with the file's text.
pub struct Found {
    /// How the editor calls the file.
    pub uri: Uri,
    /// The path, where it is a file.
    pub path: Option<PathBuf>,
    /// What stands there.
    pub place: Place,
    /// The editor's positions.
    pub range: lsp_types::Range,
    /// Whether the file comes with the program.
    pub built_in: bool,
}

/// Every place of the thing at an offset.
pub fn everywhere(view: &View, offset: usize, open: &Open, encoding: Encoding) -> Vec<Found> {
    let Some(thing) = view.at(offset).cloned() else {
        return Vec::new();
    };
    let mut all = found_in(view, &thing, None, encoding);
    let own_path = uri::to_path(view.uri).map(|path| files::whole(&path.to_string_lossy()));
    let declared_in: HashSet<PathBuf> = all
        .iter()
        .filter(|found| found.place.declares)
        .filter_map(|found| found.path.clone())
        .collect();
    let mut seen: HashSet<PathBuf> = all.iter().filter_map(|found| found.path.clone()).collect();
    seen.extend(own_path);
    for path in files::rules_here() {
        let whole = files::whole(&path.to_string_lossy());
        if seen.contains(&whole) {
            continue;
        }
        let Some(text) = open.get(&whole).cloned().or_else(|| files::rules(&path)) else {
            continue;
        };
        // A file that cites nothing means nothing that another declares.
        if !text.contains("引用") || !text.contains(&thing.written) && !text.contains(&thing.name) {
            continue;
        }
        let (Some(analysis), Some(uri)) = (
            Analysis::of(&files::told(&path), &text, open),
            uri::of_path(&path),
        ) else {
            continue;
        };
        let other = View::of(&analysis, &uri);
        let sees = (0..analysis.model.sources.len() as u32)
            .filter_map(|id| uri::to_path(analysis.uri(SourceId(id))?))
            .any(|path| declared_in.contains(&files::whole(&path.to_string_lossy())));
        if sees {
            all.extend(found_in(&other, &thing, Some(analysis.own), encoding));
        }
    }
    all
}

/// The places of a thing in the sources of a view, or in one of them.
fn found_in(view: &View, thing: &Place, only: Option<SourceId>, encoding: Encoding) -> Vec<Found> {
    let same = view
        .same(thing)
        .filter(|place| only.is_none_or(|only| place.span.source == only));
    let found = same.filter_map(|place| {
        let location = view.analysis.location(place.span, view.uri, encoding)?;
        let path = uri::to_path(&location.uri).map(|path| files::whole(&path.to_string_lossy()));
        Some(Found {
            uri: location.uri,
            path,
            range: location.range,
            built_in: view.analysis.is_built_in(place.span.source),
            place: place.clone(),
        })
    });
    found.collect()
}

/// The text that a place stands in.
pub fn text_of<'a>(view: &View<'a>, place: &Place) -> Option<&'a Text> {
    view.analysis.text(place.span.source)
}
