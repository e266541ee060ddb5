//! `jixiao lsp`: what `check` finds of a rule file, and all that is known of its words, while it is being written.

pub mod abilities;
pub mod actions;
pub mod analysis;
pub mod answers;
pub mod aside;
pub mod candidates;
pub mod commands;
pub mod completion;
pub mod cursor;
pub mod diagnostics;
pub mod files;
pub mod formatting;
pub mod hints;
pub mod hover;
pub mod indicators;
pub mod names;
pub mod navigate;
pub mod outline;
pub mod rename;
pub mod repairs;
pub mod server;
pub mod session;
pub mod sounds;
pub mod text;
pub mod uri;
mod uses;
pub mod wire;
pub mod world;

use crate::cli::{FAILED, PASSED, UNDETERMINED};
use lsp_server::{ErrorCode, Message, RequestId, Response};
use lsp_types::notification::{Exit, Notification as _};
use lsp_types::request::{Initialize, Request as _};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    ExecuteCommandOptions, FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, OneOf,
    RenameOptions, SaveOptions, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};
use session::Session;
use wire::{Heard, Wire};

/// Serves the editor that started the program, over its standard input and output, and gives the exit code: the
/// protocol wants 1 where the editor left without a word.
pub fn serve() -> u8 {
    let Wire {
        heard,
        sender,
        writer,
    } = wire::open();
    let left_well = match first(&heard, &sender) {
        Some((id, params)) => {
            let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
            let mut session = Session::new(sender.clone(), &params);
            let result = serde_json::json!({
                "capabilities": capabilities(&session),
                "serverInfo": {"name": "jixiao", "version": env!("CARGO_PKG_VERSION")},
            });
            session.say(Response::new_ok(id, result));
            server::run(&heard, &mut session)
        }
        None => false,
    };
    // the thread that writes ends when nobody can send any more
    drop(sender);
    match writer.join() {
        Ok(Ok(())) if left_well => PASSED,
        Ok(Ok(())) => FAILED,
        _ => UNDETERMINED,
    }
}

/// Waits for the request with which everything begins.
fn first(
    heard: &crossbeam_channel::Receiver<Heard>,
    sender: &crossbeam_channel::Sender<wire::Said>,
) -> Option<(RequestId, serde_json::Value)> {
    for heard in heard {
        let said = match heard {
            Heard::Message(Message::Request(request)) if request.method == Initialize::METHOD => {
                return Some((request.id, request.params));
            }
            Heard::Message(Message::Request(request)) => {
                let why = "先要发送 initialize。".to_owned();
                Response::new_err(request.id, ErrorCode::ServerNotInitialized as i32, why).into()
            }
            Heard::Message(Message::Notification(note)) if note.method == Exit::METHOD => return None,
            Heard::Message(_) => continue,
            Heard::Unread(refused) => refused,
        };
        let _ = sender.send(said);
    }
    None
}

/// What the server can do.
fn capabilities(session: &Session) -> ServerCapabilities {
    let signs = [
        "：", ":", "、", "，", "／", "/", ".", "【", "≥", "≤", "=", " ", "　",
    ];
    ServerCapabilities {
        position_encoding: Some(session.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                include_text: Some(false),
            })),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(signs.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: Default::default(),
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE]),
            ..CodeActionOptions::default()
        })),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: Some(false),
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::ALL
                .iter()
                .map(|command| (*command).to_owned())
                .collect(),
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}
