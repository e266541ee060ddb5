//! What takes longer than a key: begun beside the typing, told when it is done.

use super::answers::unversioned;
use super::commands;
use super::server::{FAULT, refuse};
use super::session::Session;
use crossbeam_channel::Sender;
use lsp_server::{ErrorCode, Request, RequestId, Response};
use lsp_types::request::{self, Request as _};
use lsp_types::{ApplyWorkspaceEditParams, ExecuteCommandParams, MessageType, Uri, WorkspaceEdit};
use serde_json::Value;
use std::panic::{self, AssertUnwindSafe};
use std::thread;

/// What was done aside.
pub enum Done {
    /// Trials, of this text and state of it.
    Tried(
        RequestId,
        (String, i32),
        Result<(Vec<commands::Result>, String), String>,
    ),
    /// Indicators taken over.
    Added(RequestId, Result<WorkspaceEdit, String>),
}

/// Begins a command aside, so that typing goes on meanwhile.
pub fn execute(session: &mut Session, request: Request, aside: &Sender<Done>) {
    let id = request.id;
    let Ok(params) = serde_json::from_value::<ExecuteCommandParams>(request.params) else {
        return refuse(session, id, ErrorCode::InvalidParams, "命令写错了。");
    };
    let what = params.command;
    if !commands::ALL.contains(&what.as_str()) {
        return refuse(session, id, ErrorCode::InvalidParams, "没有这个命令。");
    }
    let argument = |at: usize| params.arguments.get(at).and_then(Value::as_str);
    let uri = argument(0).and_then(|uri| uri.parse::<Uri>().ok());
    let analysis = uri.as_ref().and_then(|uri| session.analysis(uri));
    let (Some(uri), Some(analysis)) = (uri, analysis) else {
        return refuse(session, id, ErrorCode::InvalidParams, "没有打开这个规则文件。");
    };
    let (encoding, second, sender) = (session.encoding, argument(1).map(str::to_owned), aside.clone());
    let document = session.documents.get(uri.as_str());
    let version = document.map_or(0, |document| document.version);
    session.aside.push(id.clone());
    thread::spawn(move || {
        let done = if what == commands::TRY {
            let run = AssertUnwindSafe(|| commands::tried(&analysis, second.as_deref()));
            let ran = panic::catch_unwind(run).unwrap_or_else(|_| Err(FAULT.to_owned()));
            Done::Tried(id, (uri.as_str().to_owned(), version), ran)
        } else {
            let report = second.unwrap_or_default();
            let run = AssertUnwindSafe(|| commands::added(&analysis, (&uri, version), &report, encoding));
            let edit = panic::catch_unwind(run).unwrap_or_else(|_| Err(FAULT.to_owned()));
            Done::Added(id, edit)
        };
        let _ = sender.send(done);
    });
}

/// Tells what came of a command, unless it was taken back.
pub fn finish(session: &mut Session, done: Done) {
    let (Done::Tried(id, ..) | Done::Added(id, _)) = &done;
    let Some(at) = session.aside.iter().position(|held| held == id) else {
        return;
    };
    session.aside.remove(at);
    match done {
        Done::Tried(id, (uri, version), Ok((results, words))) => {
            let passed = results.iter().filter(|result| result.passed).count();
            let kind = if passed == results.len() {
                MessageType::INFO
            } else {
                MessageType::WARNING
            };
            let (count, text) = (results.len(), words.trim_end().to_owned());
            let document = session.documents.get_mut(&uri);
            // what came of a former text says nothing of this one
            if let Some(document) = document.filter(|document| document.version == version) {
                document
                    .results
                    .retain(|held| results.iter().all(|result| result.name != held.name));
                document.results.extend(results);
            }
            let told = if count == 1 || passed < count {
                text.clone()
            } else {
                format!("{count} 个验证都与预期一致。")
            };
            session.show(kind, told);
            session.say(Response::new_ok(
                id,
                serde_json::json!({"passed": passed, "count": count, "text": text}),
            ));
            if session.abilities.refreshes_lenses {
                session.ask(request::CodeLensRefresh::METHOD, ());
            }
        }
        Done::Added(id, Ok(edit)) => {
            let edit = if session.abilities.versioned_edits {
                edit
            } else {
                unversioned(edit)
            };
            let params = ApplyWorkspaceEditParams {
                label: Some("补上没有写的指标".to_owned()),
                edit,
            };
            session.ask(request::ApplyWorkspaceEdit::METHOD, params);
            session.say(Response::new_ok(id, ()));
        }
        Done::Tried(id, _, Err(message)) | Done::Added(id, Err(message)) => {
            session.show(MessageType::WARNING, message);
            session.say(Response::new_ok(id, ()));
        }
    }
}

/// What the editor made of what it was asked for: an edit that it did not make must not be lost in silence.
pub fn heard(session: &Session, response: &Response) {
    let refused = match &response.response_result {
        Ok(result) if result.get("applied") == Some(&Value::Bool(false)) => result.get("failureReason"),
        _ => return,
    };
    let why = refused.and_then(Value::as_str).unwrap_or("没有说原因");
    session.show(
        MessageType::WARNING,
        format!("编辑器没有照改（{why}）。文件改动过的，再试一次。"),
    );
}
