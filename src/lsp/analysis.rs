//! A rule text to all that the server knows of it: the rules with what they cite, and what `check` finds of them.

use super::repairs::Repair;
use super::text::{Encoding, Text};
use super::world::World;
use super::{files, uri};
use crate::cli::cited::Finder;
use crate::finding::Finding;
use crate::model::{Model, from_syntax};
use crate::packs;
use crate::source::{Source, SourceId, Span};
use crate::syntax::{File, from_text};
use lsp_types::{Location, Uri};
use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

/// What is known of a text.
#[derive(Debug, Default)]
pub struct Analysis {
    /// The rules.
    pub model: Model,
    /// What is wrong with them.
    pub findings: Vec<Finding>,
    /// The text itself among the sources.
    pub own: SourceId,
    files: OnceLock<Vec<File>>,
    /// The repairs of findings that were asked for, by their numbers.
    repairs: Mutex<HashMap<usize, Vec<Repair>>>,
    texts: OnceLock<Vec<Text>>,
    /// How the editor calls the files that it holds.
    called: HashMap<PathBuf, Uri>,
    uris: OnceLock<Vec<Option<Uri>>>,
}

impl Analysis {
    /// Loads a text as `check` loads the file. Nothing where the program failed at it.
    pub fn of(name: &str, text: &str, world: &World) -> Option<Analysis> {
        let mut finder = Finder::default();
        finder.know(name);
        let mut find = |citation: &str, citing: &str| world.cited(&mut finder, citation, citing);
        let source = Source::new(name, text);
        let loading = AssertUnwindSafe(|| from_syntax::load(vec![source], &mut find));
        let (model, findings) = panic::catch_unwind(loading).ok()?;
        let own = model.sources.iter().position(|source| source.name == name)?;
        Some(Analysis {
            model,
            findings,
            own: SourceId(own as u32),
            called: (world.held.iter())
                .map(|(path, held)| (path.clone(), held.uri.clone()))
                .collect(),
            ..Analysis::default()
        })
    }

    /// What each source says, by its id; of packs their trials, too.
    pub fn files(&self) -> &[File] {
        let read = |(at, source): (usize, &std::sync::Arc<Source>)| {
            from_text::parse(&source.text, SourceId(at as u32)).0
        };
        self.files
            .get_or_init(|| self.model.sources.iter().enumerate().map(read).collect())
    }

    /// What the text itself says.
    pub fn file(&self) -> Option<&File> {
        self.files().get(self.own.0 as usize)
    }

    /// The words at a span.
    pub fn slice(&self, span: Span) -> &str {
        let source = self.model.sources.get(span.source.0 as usize);
        source.map_or("", |source| source.slice(span))
    }

    /// The text of a source, to count places in.
    pub fn text(&self, source: SourceId) -> Option<&Text> {
        let of = |source: &std::sync::Arc<Source>| Text::new(source.text.clone());
        let texts = self
            .texts
            .get_or_init(|| self.model.sources.iter().map(of).collect());
        texts.get(source.0 as usize)
    }

    /// Whether a source comes with the program.
    pub fn is_built_in(&self, source: SourceId) -> bool {
        let source = self.model.sources.get(source.0 as usize);
        source.is_some_and(|source| packs::PACKS.iter().any(|pack| pack.name == source.name))
    }

    /// The address under which the editor opens a source. Built-in packs are laid out as files first.
    pub fn uri(&self, source: SourceId) -> Option<&Uri> {
        let of = |source: &std::sync::Arc<Source>| {
            let path = match packs::PACKS.iter().any(|pack| pack.name == source.name) {
                true => files::of_pack(&source.name)?,
                false => files::whole(&source.name),
            };
            self.called.get(&path).cloned().or_else(|| uri::of_path(&path))
        };
        let uris = self
            .uris
            .get_or_init(|| self.model.sources.iter().map(of).collect());
        uris.get(source.0 as usize).and_then(Option::as_ref)
    }

    /// Where the editor finds a span. `uri` is how it calls the text itself.
    pub fn location(&self, span: Span, uri: &Uri, encoding: Encoding) -> Option<Location> {
        let place = self.text(span.source)?.place(span, encoding);
        let uri = match span.source == self.own {
            true => uri,
            false => self.uri(span.source)?,
        };
        Some(Location::new(uri.clone(), place))
    }

    /// The repairs of a finding, where they were tried before.
    pub fn repairs_of(&self, finding: usize) -> Option<Vec<Repair>> {
        self.repairs.lock().ok()?.get(&finding).cloned()
    }

    /// Remembers the repairs of a finding.
    pub fn keep_repairs(&self, finding: usize, repairs: Vec<Repair>) {
        if let Ok(mut held) = self.repairs.lock() {
            held.insert(finding, repairs);
        }
    }

    /// Whether it holds files that the user may change while the text is open.
    pub fn cites_own_files(&self) -> bool {
        let ids = (0..self.model.sources.len() as u32).map(SourceId);
        ids.filter(|id| !self.is_built_in(*id)).count() > 1
    }
}
