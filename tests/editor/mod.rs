//! An editor as the server sees it: the built program over its standard input and output.

#![allow(dead_code, reason = "the tests and the bench use different parts")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// The server and what it said so far.
pub struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    heard: Receiver<Value>,
    /// Notifications and requests of the server that nobody has asked for yet.
    pub told: Vec<Value>,
    /// What the server can do.
    pub capabilities: Value,
    next: u64,
}

const PATIENCE: Duration = Duration::from_secs(20);

/// The address of a file.
pub fn uri(path: &Path) -> String {
    let mut out = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            byte if byte.is_ascii_alphanumeric() => out.push(byte as char),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

impl Editor {
    /// Starts a server for a folder, with the units that the editor offers.
    pub fn start(folder: &Path, encodings: &[&str], debounce: u64) -> Editor {
        Editor::for_folders(&[folder], encodings, debounce)
    }

    /// Starts a server for several folders; it stands in the first.
    pub fn for_folders(folders: &[&Path], encodings: &[&str], debounce: u64) -> Editor {
        let mut editor = Editor::bare(folders[0]);
        let shown: Vec<Value> = folders
            .iter()
            .map(|folder| json!({"uri": uri(folder), "name": "规则"}))
            .collect();
        let answer = editor.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": shown[0]["uri"],
                "workspaceFolders": shown,
                "initializationOptions": {"debounceMs": debounce},
                "capabilities": {
                    "general": {"positionEncodings": encodings},
                    "textDocument": {
                        "hover": {"contentFormat": ["plaintext"]},
                        "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}
                    },
                    "workspace": {
                        "workspaceEdit": {"documentChanges": true},
                        "didChangeWatchedFiles": {"dynamicRegistration": true},
                        "codeLens": {"refreshSupport": true}
                    }
                }
            }),
        );
        editor.capabilities = answer.expect("capabilities")["capabilities"].clone();
        editor.notify("initialized", json!({}));
        editor
    }

    /// Starts a server and says nothing to it yet.
    pub fn bare(folder: &Path) -> Editor {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .args(["lsp", "--stdio"])
            .env("XDG_CACHE_HOME", folder.join(".cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the server starts");
        let output = child.stdout.take().expect("its output");
        let (sender, heard) = channel();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(output);
            while let Some(message) = read(&mut reader) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Editor {
            input: child.stdin.take(),
            child,
            heard,
            told: Vec::new(),
            capabilities: Value::Null,
            next: 0,
        }
    }

    /// Writes bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the server listens");
        input.write_all(bytes).expect("the bytes are sent");
        input.flush().expect("the bytes are sent");
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let input = self.input.as_mut().expect("the server listens");
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the message is sent");
        input.flush().expect("the message is sent");
    }

    /// Tells the server something.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks the server, and waits for its answer.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer(&json!(id))
    }

    /// Asks the server without waiting, and gives the number of the question.
    pub fn ask(&mut self, method: &str, params: Value) -> u64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// Waits for the answer to a question.
    pub fn answer(&mut self, id: &Value) -> Result<Value, Value> {
        let is_answer = |message: &Value| message.get("method").is_none() && message["id"] == *id;
        loop {
            let known = self.told.iter().position(is_answer);
            let message = match known {
                Some(at) => self.told.remove(at),
                None => self.hear(),
            };
            if is_answer(&message) {
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                };
            }
            self.told.push(message);
        }
    }

    fn hear(&mut self) -> Value {
        self.heard.recv_timeout(PATIENCE).expect("the server speaks")
    }

    /// Waits for the server to call a method, and gives what it said with it.
    pub fn wait(&mut self, method: &str, is_meant: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let found = self
                .told
                .iter()
                .position(|told| told["method"] == method && is_meant(&told["params"]));
            if let Some(at) = found {
                return self.told.remove(at)["params"].clone();
            }
            let message = self.hear();
            self.told.push(message);
        }
        panic!("no {method}")
    }

    /// Opens a text.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "jx", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Changes a text: each change is [line, column, line, column] and what takes the place.
    pub fn change(&mut self, uri: &str, version: i64, changes: &[([u64; 4], &str)]) {
        let changes: Vec<Value> = changes
            .iter()
            .map(|([a, b, c, d], text)| {
                json!({"range": {"start": {"line": a, "character": b}, "end": {"line": c, "character": d}}, "text": text})
            })
            .collect();
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
        self.notify("textDocument/didChange", params);
    }

    /// The marks of a version of a text.
    pub fn marks(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let params = self.wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == uri && params["version"] == json!(version)
        });
        params["diagnostics"].as_array().cloned().expect("marks")
    }

    /// Asks about a place.
    pub fn at(&mut self, method: &str, uri: &str, line: u64, character: u64) -> Value {
        let params =
            json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
        self.request(method, params).expect("an answer")
    }

    /// Asks about a whole text.
    pub fn of(&mut self, method: &str, uri: &str) -> Value {
        self.request(method, json!({"textDocument": {"uri": uri}}))
            .expect("an answer")
    }

    /// The text as the server holds it.
    pub fn text(&mut self, uri: &str) -> String {
        let text = self
            .request("jixiao/text", json!({"uri": uri}))
            .expect("an answer");
        text.as_str().expect("an open text").to_owned()
    }

    /// Leaves as an editor should, and gives the exit code.
    pub fn leave(mut self) -> Option<i32> {
        self.request("shutdown", Value::Null).expect("an answer");
        self.exit()
    }

    /// Leaves without a word before, and gives the exit code.
    pub fn exit(mut self) -> Option<i32> {
        self.notify("exit", Value::Null);
        self.close()
    }

    /// Closes the server's input, and gives the exit code.
    pub fn close(mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("the server ends").code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => {
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
