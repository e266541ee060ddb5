//! The editor's messages in their order: each is answered before the next is read, and what takes longer is done aside.

use super::answers::{self, Answer};
use super::commands;
use super::session::Session;
use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    ApplyWorkspaceEditParams, ExecuteCommandParams, MessageType, ShowMessageParams, Uri, WorkspaceEdit,
};
use serde_json::Value;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

/// What was done aside.
enum Done {
    /// Trials, of this text.
    Tried(RequestId, String, Result<(Vec<commands::Result>, String), String>),
    /// Indicators taken over.
    Added(RequestId, Result<WorkspaceEdit, String>),
}

/// Serves until the editor leaves; whether it left as it should.
pub fn run(connection: &Connection, session: &mut Session) -> bool {
    let (sender, done) = unbounded();
    let mut is_shut = false;
    loop {
        match next(connection, &done, session.next_due()) {
            Next::Message(Message::Request(request)) if is_shut => {
                let error = Response::new_err(
                    request.id,
                    ErrorCode::InvalidRequest as i32,
                    "已经关闭。".to_owned(),
                );
                send(session, error);
            }
            Next::Message(Message::Request(request)) if request.method == request::Shutdown::METHOD => {
                is_shut = true;
                send(session, Response::new_ok(request.id, ()));
            }
            Next::Message(Message::Request(request)) => answer(session, request, &sender),
            Next::Message(Message::Notification(note)) if note.method == notification::Exit::METHOD => {
                return is_shut;
            }
            Next::Message(Message::Notification(note)) => {
                // a fault of the program in one message must not end the session
                let _ = panic::catch_unwind(AssertUnwindSafe(|| hear(session, note)));
            }
            Next::Message(Message::Response(_)) => {}
            Next::Done(what) => finish(session, what),
            Next::Due => {}
            Next::Left => return is_shut,
        }
        // keys that have arrived already come first
        if connection.receiver.is_empty() {
            let _ = panic::catch_unwind(AssertUnwindSafe(|| session.tell_due()));
        }
    }
}

enum Next {
    Message(Message),
    Done(Done),
    Due,
    Left,
}

fn next(connection: &Connection, done: &Receiver<Done>, due: Option<Instant>) -> Next {
    let wait = due.map_or(Duration::from_secs(3600), |due| {
        due.saturating_duration_since(Instant::now())
    });
    crossbeam_channel::select! {
        recv(connection.receiver) -> message => message.map_or(Next::Left, Next::Message),
        recv(done) -> what => what.map_or(Next::Due, Next::Done),
        default(wait) => Next::Due,
    }
}

fn send(session: &Session, response: Response) {
    // an editor that has left hears nothing
    let _ = session.sender.send(response.into());
}

fn answer(session: &mut Session, request: Request, aside: &Sender<Done>) {
    let method = request.method.clone();
    match method.as_str() {
        request::Completion::METHOD => reply::<request::Completion>(session, request, answers::completion),
        request::HoverRequest::METHOD => reply::<request::HoverRequest>(session, request, answers::hover),
        request::GotoDefinition::METHOD => {
            reply::<request::GotoDefinition>(session, request, answers::definition)
        }
        request::References::METHOD => reply::<request::References>(session, request, answers::references),
        request::DocumentHighlightRequest::METHOD => {
            reply::<request::DocumentHighlightRequest>(session, request, answers::highlight);
        }
        request::PrepareRenameRequest::METHOD => {
            reply::<request::PrepareRenameRequest>(session, request, answers::prepare_rename);
        }
        request::Rename::METHOD => reply::<request::Rename>(session, request, answers::rename),
        request::Formatting::METHOD => reply::<request::Formatting>(session, request, answers::formatting),
        request::DocumentSymbolRequest::METHOD => {
            reply::<request::DocumentSymbolRequest>(session, request, answers::symbols);
        }
        request::FoldingRangeRequest::METHOD => {
            reply::<request::FoldingRangeRequest>(session, request, answers::folds)
        }
        request::InlayHintRequest::METHOD => {
            reply::<request::InlayHintRequest>(session, request, answers::inlay_hints)
        }
        request::CodeActionRequest::METHOD => {
            reply::<request::CodeActionRequest>(session, request, answers::code_actions);
        }
        request::CodeLensRequest::METHOD => {
            reply::<request::CodeLensRequest>(session, request, answers::lenses)
        }
        request::ExecuteCommand::METHOD => execute(session, request, aside),
        VIEW => view(session, request),
        _ => {
            let message = format!("不支持 {method}。");
            send(
                session,
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message),
            );
        }
    }
}

/// The text as the server holds it, to tell whether an editor's edits arrive as they were made.
const VIEW: &str = "jixiao/text";

fn view(session: &Session, request: Request) {
    let uri = request.params.get("uri").and_then(Value::as_str).unwrap_or("");
    let document = session.documents.get(uri);
    let text = document.map(|document| document.text.as_str().to_owned());
    send(session, Response::new_ok(request.id, text));
}

/// Answers a question; a fault of the program is an answer, too.
fn reply<R: request::Request>(
    session: &mut Session,
    request: Request,
    ask: fn(&mut Session, R::Params) -> Answer<R::Result>,
) {
    let id = request.id;
    let response = match serde_json::from_value::<R::Params>(request.params) {
        Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        Ok(params) => match panic::catch_unwind(AssertUnwindSafe(|| ask(session, params))) {
            Ok(Ok(result)) => Response::new_ok(id, result),
            Ok(Err(message)) => Response::new_err(id, ErrorCode::RequestFailed as i32, message),
            Err(_) => Response::new_err(id, ErrorCode::InternalError as i32, FAULT.to_owned()),
        },
    };
    send(session, response);
}

const FAULT: &str = "程序内部出错，没有完成。请把所用的文件告诉维护者。";

/// What the editor tells.
fn hear(session: &mut Session, note: Notification) {
    fn read<N: notification::Notification>(note: Notification) -> Option<N::Params> {
        serde_json::from_value(note.params).ok()
    }
    match note.method.as_str() {
        notification::DidOpenTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidOpenTextDocument>(note) {
                session.open(params.text_document);
            }
        }
        notification::DidChangeTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidChangeTextDocument>(note) {
                session.change(params);
            }
        }
        notification::DidSaveTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidSaveTextDocument>(note) {
                session.hurry(&params.text_document.uri);
                session.touch_others();
            }
        }
        notification::DidCloseTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidCloseTextDocument>(note) {
                session.close(&params.text_document.uri);
            }
        }
        notification::DidChangeWatchedFiles::METHOD => session.touch_others(),
        _ => {}
    }
}

/// Begins a command aside, so that typing goes on meanwhile.
fn execute(session: &mut Session, request: Request, aside: &Sender<Done>) {
    let id = request.id;
    let refuse = |session: &Session, message: &str| {
        send(
            session,
            Response::new_err(id.clone(), ErrorCode::InvalidParams as i32, message.to_owned()),
        );
    };
    let Ok(params) = serde_json::from_value::<ExecuteCommandParams>(request.params) else {
        return refuse(session, "命令写错了。");
    };
    let argument = |at: usize| {
        params
            .arguments
            .get(at)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let uri = argument(0).and_then(|uri| uri.parse::<Uri>().ok());
    let analysis = uri.as_ref().and_then(|uri| session.analysis(uri));
    let (Some(uri), Some(analysis)) = (uri, analysis) else {
        return refuse(session, "没有打开这个规则文件。");
    };
    let (encoding, second, sender) = (session.encoding, argument(1), aside.clone());
    let document = session.documents.get(uri.as_str());
    let version = document.map_or(0, |document| document.version);
    let what = params.command.clone();
    if !commands::ALL.contains(&what.as_str()) {
        return refuse(session, "没有这个命令。");
    }
    let id = id.clone();
    thread::spawn(move || {
        let done = if what == commands::TRY {
            let run = AssertUnwindSafe(|| commands::tried(&analysis, second.as_deref()));
            let ran = panic::catch_unwind(run).unwrap_or_else(|_| Err(FAULT.to_owned()));
            Done::Tried(id, uri.as_str().to_owned(), ran)
        } else {
            let report = second.unwrap_or_default();
            let run = AssertUnwindSafe(|| commands::added(&analysis, (&uri, version), &report, encoding));
            let edit = panic::catch_unwind(run).unwrap_or_else(|_| Err(FAULT.to_owned()));
            Done::Added(id, edit)
        };
        let _ = sender.send(done);
    });
}

/// Tells what came of a command.
fn finish(session: &mut Session, done: Done) {
    match done {
        Done::Tried(id, uri, Ok((results, words))) => {
            let passed = results.iter().filter(|result| result.passed).count();
            let kind = if passed == results.len() {
                MessageType::INFO
            } else {
                MessageType::WARNING
            };
            let (count, text) = (results.len(), words.trim_end().to_owned());
            if let Some(document) = session.documents.get_mut(&uri) {
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
            show(session, kind, told);
            send(
                session,
                Response::new_ok(
                    id,
                    serde_json::json!({"passed": passed, "count": count, "text": text}),
                ),
            );
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
            send(session, Response::new_ok(id, ()));
        }
        Done::Tried(id, _, Err(message)) | Done::Added(id, Err(message)) => {
            show(session, MessageType::WARNING, message);
            send(session, Response::new_ok(id, ()));
        }
    }
}

fn show(session: &Session, typ: MessageType, message: String) {
    session.notify(
        notification::ShowMessage::METHOD,
        ShowMessageParams { typ, message },
    );
}

/// The same edit for an editor that knows no versions.
#[allow(clippy::mutable_key_type)]
fn unversioned(edit: WorkspaceEdit) -> WorkspaceEdit {
    use lsp_types::{DocumentChangeOperation, DocumentChanges, OneOf};
    let Some(DocumentChanges::Operations(operations)) = edit.document_changes else {
        return edit;
    };
    let changes = operations.into_iter().filter_map(|operation| match operation {
        DocumentChangeOperation::Edit(edit) => {
            let edits = edit.edits.into_iter().map(|edit| match edit {
                OneOf::Left(edit) => edit,
                OneOf::Right(edit) => edit.text_edit,
            });
            Some((edit.text_document.uri, edits.collect()))
        }
        DocumentChangeOperation::Op(_) => None,
    });
    WorkspaceEdit::new(changes.collect())
}
