//! The editor's messages in their order: each is answered before the next is read, and what takes longer is done aside.

use super::answers::{self, Answer};
use super::aside::{self, Done};
use super::session::Session;
use super::wire::Heard;
use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::MessageType;
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use serde_json::Value;
use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

/// Serves until the editor leaves; whether it left as it should.
pub fn run(heard: &Receiver<Heard>, session: &mut Session) -> bool {
    let (sender, done) = unbounded();
    let mut inbox = Inbox::default();
    let mut is_shut = false;
    loop {
        match inbox.next(heard, &done, session) {
            Next::Heard(Heard::Unread(refused)) => session.say(refused),
            Next::Heard(Heard::Message(Message::Request(request))) if is_shut => {
                refuse(session, request.id, ErrorCode::InvalidRequest, "已经关闭。");
            }
            Next::Heard(Heard::Message(Message::Request(request)))
                if request.method == request::Shutdown::METHOD =>
            {
                is_shut = true;
                session.say(Response::new_ok(request.id, ()));
            }
            Next::Heard(Heard::Message(Message::Request(request))) => answer(session, request, &sender),
            Next::Heard(Heard::Message(Message::Notification(note)))
                if note.method == notification::Exit::METHOD =>
            {
                return is_shut;
            }
            Next::Heard(Heard::Message(Message::Notification(note))) => {
                // a fault of the program in one message must not end the session
                let _ = panic::catch_unwind(AssertUnwindSafe(|| hear(session, note)));
            }
            Next::Heard(Heard::Message(Message::Response(response))) => aside::heard(session, &response),
            Next::Done(what) => aside::finish(session, what),
            Next::Due => {}
            Next::Left => return is_shut,
        }
        // keys that have arrived already come first
        if !is_shut && inbox.is_empty(heard) {
            let _ = panic::catch_unwind(AssertUnwindSafe(|| session.tell_due()));
        }
    }
}

enum Next {
    Heard(Heard),
    Done(Done),
    Due,
    Left,
}

/// What has arrived and waits.
#[derive(Default)]
struct Inbox {
    waiting: VecDeque<Heard>,
}

impl Inbox {
    fn is_empty(&self, heard: &Receiver<Heard>) -> bool {
        self.waiting.is_empty() && heard.is_empty()
    }

    fn next(&mut self, heard: &Receiver<Heard>, done: &Receiver<Done>, session: &mut Session) -> Next {
        while let Ok(more) = heard.try_recv() {
            self.put(more, session);
        }
        if let Some(first) = self.waiting.pop_front() {
            return Next::Heard(first);
        }
        let wait = session.next_due().map_or(Duration::from_secs(3600), |due| {
            due.saturating_duration_since(Instant::now())
        });
        crossbeam_channel::select! {
            recv(heard) -> heard => match heard {
                Ok(first) => {
                    self.put(first, session);
                    self.waiting.pop_front().map_or(Next::Due, Next::Heard)
                }
                Err(_) => Next::Left,
            },
            recv(done) -> what => what.map_or(Next::Due, Next::Done),
            default(wait) => Next::Due,
        }
    }

    /// A question that is taken back before its turn is never asked; what is done aside is not told.
    fn put(&mut self, heard: Heard, session: &mut Session) {
        let cancelled = match &heard {
            Heard::Message(Message::Notification(note)) if note.method == notification::Cancel::METHOD => {
                serde_json::from_value::<RequestId>(note.params.get("id").cloned().unwrap_or_default()).ok()
            }
            _ => return self.waiting.push_back(heard),
        };
        let Some(id) = cancelled else { return };
        let is_meant =
            |held: &Heard| matches!(held, Heard::Message(Message::Request(request)) if request.id == id);
        let was_waiting = self.waiting.iter().position(is_meant);
        let was_aside = session.aside.iter().position(|held| *held == id);
        if let Some(at) = was_waiting {
            self.waiting.remove(at);
        } else if let Some(at) = was_aside {
            session.aside.remove(at);
        } else {
            return;
        }
        refuse(session, id, ErrorCode::RequestCanceled, "已经取消。");
    }
}

/// Answers that it is not done.
pub fn refuse(session: &Session, id: RequestId, code: ErrorCode, why: &str) {
    session.say(Response::new_err(id, code as i32, why.to_owned()));
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
        request::ExecuteCommand::METHOD => aside::execute(session, request, aside),
        request::Initialize::METHOD => {
            refuse(
                session,
                request.id,
                ErrorCode::InvalidRequest,
                "已经开始，不能再开始一次。",
            );
        }
        VIEW => view(session, request),
        _ => {
            let message = format!("不支持 {method}。");
            refuse(session, request.id, ErrorCode::MethodNotFound, &message);
        }
    }
}

/// The text as the server holds it, to tell whether an editor's edits arrive as they were made.
const VIEW: &str = "jixiao/text";

fn view(session: &Session, request: Request) {
    let uri = request.params.get("uri").and_then(Value::as_str).unwrap_or("");
    let document = session.documents.get(uri);
    let text = document.map(|document| document.text.as_str().to_owned());
    session.say(Response::new_ok(request.id, text));
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
    session.say(response);
}

/// What is told where the program failed.
pub const FAULT: &str = "程序内部出错，没有完成。请把所用的文件告诉维护者。";

/// What the editor tells.
fn hear(session: &mut Session, note: Notification) {
    fn read<N: notification::Notification>(session: &Session, note: Notification) -> Option<N::Params> {
        let params = serde_json::from_value(note.params).ok();
        if params.is_none() {
            // a change that is lost would part the text here from the editor's without a sign
            session.show(
                MessageType::ERROR,
                format!("编辑器发来的 {} 没有读懂；请关闭这个文件再打开。", note.method),
            );
        }
        params
    }
    match note.method.as_str() {
        notification::Initialized::METHOD => session.watch(),
        notification::DidOpenTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidOpenTextDocument>(session, note) {
                session.open(params.text_document);
            }
        }
        notification::DidChangeTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidChangeTextDocument>(session, note) {
                session.change(params);
            }
        }
        notification::DidSaveTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidSaveTextDocument>(session, note) {
                session.hurry(&params.text_document.uri);
                session.touch_others();
            }
        }
        notification::DidCloseTextDocument::METHOD => {
            if let Some(params) = read::<notification::DidCloseTextDocument>(session, note) {
                session.close(&params.text_document.uri);
            }
        }
        notification::DidChangeWatchedFiles::METHOD => session.touch_others(),
        notification::DidChangeWorkspaceFolders::METHOD => {
            if let Some(params) = read::<notification::DidChangeWorkspaceFolders>(session, note) {
                session.change_folders(&params.event);
            }
        }
        _ => {}
    }
}
