//! An editor's session: the texts that it has open, what is known of each, and what was told of it.

use super::abilities::{self, Abilities};
use super::analysis::Analysis;
use super::commands;
use super::diagnostics;
use super::files;
use super::text::{Encoding, Text};
use super::uri;
use super::wire::Said;
use super::world::{Held, World};
use crossbeam_channel::Sender;
use lsp_server::{Notification, Request, RequestId};
use lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, InitializeParams, MessageType, PublishDiagnosticsParams,
    Registration, RegistrationParams, ShowMessageParams, TextDocumentItem, Uri, WorkspaceFolder,
    WorkspaceFoldersChangeEvent,
};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So long after the last key a text is looked at: longer than between two keys, shorter than a pause.
const PAUSE: Duration = Duration::from_millis(200);

/// No editor shows more marks of one file.
const MOST: usize = 1000;

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
    /// The state of which was told why it was not formatted.
    pub refused: Option<i32>,
    analysis: Option<Arc<Analysis>>,
    is_stale: bool,
    due: Option<Instant>,
    /// Whether it is a pack that comes with the program, which nobody mends.
    is_pack: bool,
}

/// All that is open.
pub struct Session {
    /// To the editor.
    pub sender: Sender<Said>,
    /// In which units the editor counts.
    pub encoding: Encoding,
    /// What the editor can do.
    pub abilities: Abilities,
    /// The folders that the editor shows.
    pub folders: Vec<PathBuf>,
    /// What is done aside and not told yet.
    pub aside: Vec<RequestId>,
    /// The open texts, by address.
    pub documents: BTreeMap<String, Document>,
    pause: Duration,
    /// The marks that each open text gives to each file.
    marks: BTreeMap<String, Vec<(Uri, Vec<Diagnostic>)>>,
    requests: u32,
}

impl Session {
    /// A session with nothing open.
    pub fn new(sender: Sender<Said>, params: &InitializeParams) -> Session {
        let capabilities = &params.capabilities;
        let general = capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        let options = params.initialization_options.as_ref();
        let pause = options.and_then(|options| options.get("debounceMs")?.as_u64());
        let folders = abilities::folders(params);
        if let Some(first) = folders.first() {
            files::stand_in(first);
        }
        Session {
            sender,
            folders,
            aside: Vec::new(),
            encoding: Encoding::agreed(offered),
            abilities: Abilities::of(params),
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
            refused: None,
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

    /// All that the editor holds and shows.
    pub fn world(&self) -> World {
        let files = self.documents.values().filter(|document| !document.is_pack);
        let held = files.filter_map(|document| {
            let path = files::whole(&uri::to_path(&document.uri)?.to_string_lossy());
            let held = Held {
                uri: document.uri.clone(),
                version: Some(document.version),
                text: document.text.as_str().to_owned(),
            };
            Some((path, held))
        });
        World {
            held: held.collect(),
            folders: self.folders.clone(),
        }
    }

    /// The editor shows other folders.
    pub fn change_folders(&mut self, event: &WorkspaceFoldersChangeEvent) {
        let path = |folder: &WorkspaceFolder| uri::to_path(&folder.uri);
        let gone: Vec<PathBuf> = event.removed.iter().filter_map(path).collect();
        self.folders.retain(|folder| !gone.contains(folder));
        let new: Vec<PathBuf> = event.added.iter().filter_map(path).collect();
        let new = new.into_iter().filter(|folder| !self.folders.contains(folder));
        self.folders.extend(new.collect::<Vec<_>>());
        self.touch_others();
    }

    /// What is known of a text as it is now.
    pub fn analysis(&mut self, uri: &Uri) -> Option<Arc<Analysis>> {
        let world = match self.documents.get(uri.as_str()) {
            Some(document) if document.is_stale => self.world(),
            _ => World::default(),
        };
        let document = self.documents.get_mut(uri.as_str())?;
        if document.is_stale {
            document.is_stale = false;
            if let Some(new) = Analysis::of(&document.name, document.text.as_str(), &world) {
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
        let mut seen = HashSet::new();
        for (from, marks) in &self.marks {
            if own.is_some() && from != file.as_str() {
                continue;
            }
            for mark in marks
                .iter()
                .filter(|(of, _)| of == file)
                .flat_map(|(_, marks)| marks)
            {
                let place = (mark.range.start.line, mark.range.start.character);
                if all.len() < MOST && seen.insert((place, mark.message.as_str())) {
                    all.push(mark.clone());
                }
            }
        }
        let params = PublishDiagnosticsParams::new(file.clone(), all, own.map(|document| document.version));
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Says something to the editor; one that has left hears nothing.
    pub fn say(&self, said: impl Into<Said>) {
        let _ = self.sender.send(said.into());
    }

    /// Tells the editor something.
    pub fn notify(&self, method: &str, params: impl serde::Serialize) {
        self.say(Notification::new(method.to_owned(), params));
    }

    /// Tells the user something.
    pub fn show(&self, typ: MessageType, message: String) {
        self.notify("window/showMessage", ShowMessageParams { typ, message });
    }

    /// Asks the editor for something; what it answers is not waited for.
    pub fn ask(&mut self, method: &str, params: impl serde::Serialize) {
        self.requests += 1;
        let id = format!("jixiao-{}", self.requests).into();
        self.say(Request::new(id, method.to_owned(), params));
    }

    /// Asks the editor to tell which rule files change on the disk.
    pub fn watch(&mut self) {
        if !self.abilities.watches_files {
            return;
        }
        let watchers = serde_json::json!({"watchers": [{"globPattern": "**/*.jx"}]});
        let registration = Registration {
            id: "jixiao-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(watchers),
        };
        let params = RegistrationParams {
            registrations: vec![registration],
        };
        self.ask("client/registerCapability", params);
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
