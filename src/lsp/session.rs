//! An editor's session: the texts that it has open, what is known of each, and what was told of it.

use super::analysis::{Analysis, Open};
use super::commands;
use super::diagnostics;
use super::files;
use super::text::{Encoding, Text};
use super::uri;
use crossbeam_channel::Sender;
use lsp_server::{Message, Notification, Request};
use lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, InitializeParams, PublishDiagnosticsParams, TextDocumentItem,
    Uri,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So long after the last key a text is looked at: longer than between two keys, shorter than a pause.
const PAUSE: Duration = Duration::from_millis(200);

/// What the editor can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Abilities {
    /// Markdown in what is shown.
    pub markdown: bool,
    /// An outline of more than one level.
    pub nested_symbols: bool,
    /// Edits of a given version of a text.
    pub versioned_edits: bool,
    /// Asking again for buttons when it is told to.
    pub refreshes_lenses: bool,
}

/// A text that is open.
pub struct Document {
    /// How the editor calls it.
    pub uri: Uri,
    /// The editor's number of its state.
    pub version: i32,
    /// What stands in it.
    pub text: Text,
    /// What it is called in messages.
    pub name: String,
    /// What came of its trials, since it was last changed.
    pub results: Vec<commands::Result>,
    analysis: Option<Arc<Analysis>>,
    is_stale: bool,
    due: Option<Instant>,
    /// Whether it is a pack that comes with the program, which nobody mends.
    is_pack: bool,
}

/// All that is open.
pub struct Session {
    /// To the editor.
    pub sender: Sender<Message>,
    /// In which units the editor counts.
    pub encoding: Encoding,
    /// What the editor can do.
    pub abilities: Abilities,
    /// The open texts, by address.
    pub documents: BTreeMap<String, Document>,
    pause: Duration,
    /// The marks that each open text gives to each file.
    marks: BTreeMap<String, Vec<(Uri, Vec<Diagnostic>)>>,
    requests: u32,
}

impl Session {
    /// A session with nothing open.
    pub fn new(sender: Sender<Message>, params: &InitializeParams) -> Session {
        let capabilities = &params.capabilities;
        let general = capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        let options = params.initialization_options.as_ref();
        let pause = options.and_then(|options| options.get("debounceMs")?.as_u64());
        Session {
            sender,
            encoding: Encoding::agreed(offered),
            abilities: abilities(params),
            documents: BTreeMap::new(),
            pause: pause.map_or(PAUSE, Duration::from_millis),
            marks: BTreeMap::new(),
            requests: 0,
        }
    }

    /// A text is opened.
    pub fn open(&mut self, item: TextDocumentItem) {
        let path = uri::to_path(&item.uri);
        let pack = path.as_deref().and_then(files::pack_of);
        let name = match (pack, path) {
            (Some(pack), _) => pack.name.to_owned(),
            (None, Some(path)) => files::told(&path),
            (None, None) => uri::name(&item.uri),
        };
        let document = Document {
            version: item.version,
            text: Text::new(item.text),
            name,
            results: Vec::new(),
            analysis: None,
            is_stale: true,
            due: Some(Instant::now()),
            is_pack: pack.is_some(),
            uri: item.uri,
        };
        self.documents.insert(document.uri.as_str().to_owned(), document);
        self.touch_others();
    }

    /// A text was changed.
    pub fn change(&mut self, params: DidChangeTextDocumentParams) {
        let (encoding, due) = (self.encoding, Instant::now() + self.pause);
        let Some(document) = self.documents.get_mut(params.text_document.uri.as_str()) else {
            return;
        };
        for change in &params.content_changes {
            document.text.change(change, encoding);
        }
        document.version = params.text_document.version;
        document.is_stale = true;
        document.due = Some(due);
        document.results.clear();
        self.touch_others();
    }

    /// A text is closed: what it said of files is taken back.
    pub fn close(&mut self, uri: &Uri) {
        self.documents.remove(uri.as_str());
        let held = self.marks.remove(uri.as_str()).unwrap_or_default();
        for (file, _) in held {
            self.publish(&file);
        }
        self.touch_others();
    }

    /// Files on the disk have changed, or a text that others may cite.
    pub fn touch_others(&mut self) {
        let due = Instant::now() + self.pause;
        for document in self.documents.values_mut() {
            let analysis = document.analysis.as_ref();
            if analysis.is_some_and(|analysis| analysis.cites_own_files()) || document.cites_in_vain() {
                document.is_stale = true;
                document.due = document.due.or(Some(due));
            }
        }
    }

    /// The texts that are open, by their places on the disk.
    pub fn open_texts(&self) -> Open {
        let files = self.documents.values().filter(|document| !document.is_pack);
        files
            .filter_map(|document| {
                let path = uri::to_path(&document.uri)?;
                Some((
                    files::whole(&path.to_string_lossy()),
                    document.text.as_str().to_owned(),
                ))
            })
            .collect()
    }

    /// What is known of a text as it is now.
    pub fn analysis(&mut self, uri: &Uri) -> Option<Arc<Analysis>> {
        let open = match self.documents.get(uri.as_str()) {
            Some(document) if document.is_stale => self.open_texts(),
            _ => Open::new(),
        };
        let document = self.documents.get_mut(uri.as_str())?;
        if document.is_stale {
            document.is_stale = false;
            if let Some(new) = Analysis::of(&document.name, document.text.as_str(), &open) {
                document.analysis = Some(Arc::new(new));
            }
        }
        document.analysis.clone()
    }

    /// What was last known of a text, perhaps of a former state.
    pub fn last_analysis(&mut self, uri: &Uri) -> Option<Arc<Analysis>> {
        match self.documents.get(uri.as_str())?.analysis.clone() {
            Some(analysis) => Some(analysis),
            None => self.analysis(uri),
        }
    }

    /// When the next text is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.documents.values().filter_map(|document| document.due).min()
    }

    /// A text that was saved is looked at without a pause.
    pub fn hurry(&mut self, uri: &Uri) {
        if let Some(document) = self.documents.get_mut(uri.as_str()) {
            document.is_stale = true;
            document.due = Some(Instant::now());
        }
    }

    /// Looks at the texts that are due, and tells what was found.
    pub fn tell_due(&mut self) {
        let now = Instant::now();
        let due = self
            .documents
            .values()
            .filter(|document| document.due.is_some_and(|due| due <= now));
        let due: Vec<Uri> = due.map(|document| document.uri.clone()).collect();
        for uri in due {
            if let Some(document) = self.documents.get_mut(uri.as_str()) {
                document.due = None;
            }
            self.tell(&uri);
        }
    }

    fn tell(&mut self, uri: &Uri) {
        let Some(analysis) = self.analysis(uri) else {
            return;
        };
        let is_pack = self
            .documents
            .get(uri.as_str())
            .is_some_and(|document| document.is_pack);
        let marks = match is_pack {
            true => vec![(uri.clone(), Vec::new())],
            false => diagnostics::of(&analysis, uri, self.encoding),
        };
        let before = self
            .marks
            .insert(uri.as_str().to_owned(), marks.clone())
            .unwrap_or_default();
        let mut files: Vec<Uri> = marks.into_iter().map(|(file, _)| file).collect();
        let gone = before.into_iter().map(|(file, _)| file);
        files.extend(gone.filter(|file| !files.contains(file)).collect::<Vec<_>>());
        for file in files {
            self.publish(&file);
        }
    }

    /// Sends the marks of a file: its own where it is open, else those that the open ones give it, each once.
    fn publish(&self, file: &Uri) {
        let own = self.documents.get(file.as_str());
        let mut all: Vec<Diagnostic> = Vec::new();
        for (from, marks) in &self.marks {
            if own.is_some() && from != file.as_str() {
                continue;
            }
            for (_, marks) in marks.iter().filter(|(of, _)| of == file) {
                for mark in marks {
                    if !all.contains(mark) {
                        all.push(mark.clone());
                    }
                }
            }
        }
        let params = PublishDiagnosticsParams::new(file.clone(), all, own.map(|document| document.version));
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Tells the editor something.
    pub fn notify(&self, method: &str, params: impl serde::Serialize) {
        // an editor that has left hears nothing
        let _ = self
            .sender
            .send(Notification::new(method.to_owned(), params).into());
    }

    /// Asks the editor for something; what it answers is not waited for.
    pub fn ask(&mut self, method: &str, params: impl serde::Serialize) {
        self.requests += 1;
        let id = format!("jixiao-{}", self.requests).into();
        let _ = self
            .sender
            .send(Request::new(id, method.to_owned(), params).into());
    }
}

impl Document {
    /// Whether it cites what was not found: the next file that is saved may be it.
    fn cites_in_vain(&self) -> bool {
        let analysis = self.analysis.as_ref();
        analysis.is_some_and(|analysis| {
            analysis
                .findings
                .iter()
                .any(|finding| finding.check == "rule-reference")
        })
    }
}

fn abilities(params: &InitializeParams) -> Abilities {
    let text = params.capabilities.text_document.as_ref();
    let workspace = params.capabilities.workspace.as_ref();
    let formats = text.and_then(|text| text.hover.as_ref()?.content_format.as_ref());
    let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes);
    let lenses = workspace.and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support);
    let symbols = text.and_then(|text| {
        text.document_symbol
            .as_ref()?
            .hierarchical_document_symbol_support
    });
    Abilities {
        markdown: formats.is_some_and(|formats| formats.contains(&lsp_types::MarkupKind::Markdown)),
        nested_symbols: symbols.unwrap_or(false),
        versioned_edits: edits.unwrap_or(false),
        refreshes_lenses: lenses.unwrap_or(false),
    }
}
