//! From a name to where it is declared and everywhere it is meant, in the file, in those it cites, and in those of the
//! folder that cite it.

use super::analysis::Analysis;
use super::files;
use super::names::{self, Kind, Place};
use super::text::Encoding;
use super::uri;
use super::world::World;
use crate::model::trials::plain;
use crate::source::SourceId;
use lsp_types::{Location, Uri};
use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

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
        .filter(|place| place.declares && place.is_by_name());
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
    /// What stands there.
    pub place: Place,
    /// The editor's positions.
    pub range: lsp_types::Range,
    /// Whether the file comes with the program.
    pub built_in: bool,
}

/// Other files are looked through for so long; what is left then is not.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file that sees what another declares.
pub struct Neighbour {
    /// How the editor calls it.
    pub uri: Uri,
    /// What is known of it.
    pub analysis: Analysis,
}

/// The files of the editor's folders that see what is declared where a thing is, and hold one of some words. False where
/// not all were looked at.
pub fn neighbours(view: &View, thing: &Place, words: &[&str], world: &World) -> (Vec<Neighbour>, bool) {
    let own = uri::to_path(view.uri).map(|path| files::whole(&path.to_string_lossy()));
    let declared = view.same(thing).filter(|place| place.declares);
    let declared_in: HashSet<PathBuf> = declared
        .filter_map(|place| path_of(view, place.span.source))
        .collect();
    let sources = (0..view.analysis.model.sources.len() as u32).map(SourceId);
    let mut seen: HashSet<PathBuf> = sources.filter_map(|source| path_of(view, source)).collect();
    let here = own.clone().unwrap_or_default();
    seen.extend(own);
    let words: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let (paths, mut complete) = files::rules_in(&world.folders, &here);
    let begun = Instant::now();
    let mut all = Vec::new();
    // a text that was never saved is in no folder
    let unsaved = world.held.keys().filter(|path| !paths.contains(path));
    for path in paths.iter().chain(unsaved.collect::<Vec<_>>()) {
        if !seen.insert(path.clone()) {
            continue;
        }
        if begun.elapsed() > PATIENCE {
            complete = false;
            break;
        }
        let Some(text) = world.text(path) else { continue };
        // A file that cites nothing means nothing that another declares.
        let is_near = text.contains("引用") && {
            let text = plain(&text);
            words.iter().any(|word| text.contains(word))
        };
        let analysis = is_near
            .then(|| Analysis::of(&files::told(path), &text, world))
            .flatten();
        let (Some(analysis), Some(uri)) = (analysis, world.uri(path)) else {
            continue;
        };
        let sees = {
            let other = View::of(&analysis, &uri);
            let mut sources = (0..analysis.model.sources.len() as u32).map(SourceId);
            sources.any(|source| path_of(&other, source).is_some_and(|path| declared_in.contains(&path)))
        };
        if sees {
            all.push(Neighbour { uri, analysis });
        }
    }
    (all, complete)
}

/// Where a source lies.
fn path_of(view: &View, source: SourceId) -> Option<PathBuf> {
    let uri = match source == view.analysis.own {
        true => view.uri,
        false => view.analysis.uri(source)?,
    };
    Some(files::whole(&uri::to_path(uri)?.to_string_lossy()))
}

/// Every place of the thing at an offset; false where not all files were looked at.
pub fn everywhere(view: &View, offset: usize, world: &World, encoding: Encoding) -> (Vec<Found>, bool) {
    let Some(thing) = view.at(offset).cloned() else {
        return (Vec::new(), true);
    };
    let mut all = found_in(view, &thing, None, encoding);
    let (others, complete) = neighbours(view, &thing, &calls(view, &thing), world);
    for other in &others {
        let near = View::of(&other.analysis, &other.uri);
        all.extend(found_in(&near, &thing, Some(other.analysis.own), encoding));
    }
    (all, complete)
}

/// All that a thing is called.
pub fn calls<'v>(view: &'v View, thing: &'v Place) -> Vec<&'v str> {
    let mut calls: Vec<&str> = view.same(thing).map(|place| place.written.as_str()).collect();
    calls.sort_unstable();
    calls.dedup();
    calls
}

/// The places of a thing in the sources of a view, or in one of them.
pub fn found_in(view: &View, thing: &Place, only: Option<SourceId>, encoding: Encoding) -> Vec<Found> {
    let same = view
        .same(thing)
        .filter(|place| only.is_none_or(|only| place.span.source == only));
    let found = same.filter_map(|place| {
        let location = view.analysis.location(place.span, view.uri, encoding)?;
        Some(Found {
            uri: location.uri,
            range: location.range,
            built_in: view.analysis.is_built_in(place.span.source),
            place: place.clone(),
        })
    });
    found.collect()
}
