//! What an editor says of itself at the beginning, to what the server may use.

use super::uri;
use lsp_types::{InitializeParams, MarkupKind};
use std::path::PathBuf;

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
    /// Telling what changes on the disk when it is asked to.
    pub watches_files: bool,
}

impl Abilities {
    /// Reads them.
    pub fn of(params: &InitializeParams) -> Abilities {
        let text = params.capabilities.text_document.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let formats = text.and_then(|text| text.hover.as_ref()?.content_format.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes);
        let lenses = workspace.and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support);
        let watches =
            workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref()?.dynamic_registration);
        let symbols = text.and_then(|text| {
            text.document_symbol
                .as_ref()?
                .hierarchical_document_symbol_support
        });
        Abilities {
            markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            nested_symbols: symbols.unwrap_or(false),
            versioned_edits: edits.unwrap_or(false),
            refreshes_lenses: lenses.unwrap_or(false),
            watches_files: watches.unwrap_or(false),
        }
    }
}

/// The folders in which the editor works.
#[allow(deprecated, reason = "older editors name the folder so")]
pub fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let all = params.workspace_folders.as_deref().unwrap_or_default();
    let all: Vec<PathBuf> = all
        .iter()
        .filter_map(|folder| uri::to_path(&folder.uri))
        .collect();
    if !all.is_empty() {
        return all;
    }
    params
        .root_uri
        .as_ref()
        .and_then(uri::to_path)
        .into_iter()
        .collect()
}
