//! `jixiao lsp`: what `check` finds of a rule file, and all that is known of its words, while it is being written.

pub mod actions;
pub mod analysis;
pub mod answers;
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

use crate::cli::{PASSED, UNDETERMINED};
use lsp_server::Connection;
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    ExecuteCommandOptions, FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams, OneOf,
    RenameOptions, SaveOptions, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};
use session::Session;

/// Serves the editor that started the program, over its standard input and output, and gives the exit code.
pub fn serve() -> u8 {
    let (connection, threads) = Connection::stdio();
    let left_well = talk(&connection);
    // the thread that writes ends when nobody can send any more
    drop(connection);
    let written = left_well && threads.join().is_ok();
    if written { PASSED } else { UNDETERMINED }
}

fn talk(connection: &Connection) -> bool {
    let Ok((id, params)) = connection.initialize_start() else {
        return false;
    };
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    if let Some(folder) = folder(&params) {
        files::stand_in(&folder);
    }
    let mut session = Session::new(connection.sender.clone(), &params);
    let result = serde_json::json!({
        "capabilities": capabilities(&session),
        "serverInfo": {"name": "jixiao", "version": env!("CARGO_PKG_VERSION")},
    });
    connection.initialize_finish(id, result).is_ok() && server::run(connection, &mut session)
}

/// The folder in which the editor works.
#[allow(deprecated, reason = "older editors name the folder so")]
fn folder(params: &InitializeParams) -> Option<std::path::PathBuf> {
    let first = params
        .workspace_folders
        .as_ref()
        .and_then(|folders| folders.first());
    let uri = first.map(|folder| &folder.uri).or(params.root_uri.as_ref());
    uri.and_then(uri::to_path)
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
        ..ServerCapabilities::default()
    }
}
