//! What the editor asks to what it is answered, one function a question.

use super::session::Session;
use super::{actions, commands, completion, formatting, hints, hover, navigate, outline, rename};
use crate::lsp::navigate::View;
use lsp_types::{
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
    DocumentChanges, DocumentFormattingParams, DocumentHighlight, DocumentHighlightKind,
    DocumentHighlightParams, DocumentSymbolParams, DocumentSymbolResponse, FoldingRange, FoldingRangeParams,
    GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams, InlayHint,
    InlayHintParams, Location, MarkupContent, MarkupKind, MessageType, OneOf, PrepareRenameResponse,
    ReferenceParams, RenameParams, SymbolInformation, TextDocumentPositionParams, TextEdit, Uri,
    WorkspaceEdit,
};

/// An answer, or why there is none.
pub type Answer<T> = Result<T, String>;

/// What may be written here. The text is the newest, what is known of it may be older: keys are not to wait.
pub fn completion(session: &mut Session, params: CompletionParams) -> Answer<Option<CompletionResponse>> {
    let at = params.text_document_position;
    let analysis = session.last_analysis(&at.text_document.uri).unwrap_or_default();
    let document = session.documents.get(at.text_document.uri.as_str());
    Ok(document.map(|document| {
        let list = completion::at(&document.text, at.position, session.encoding, &analysis);
        CompletionResponse::List(list)
    }))
}

/// Runs a question about a place.
fn at<T>(
    session: &mut Session,
    at: &TextDocumentPositionParams,
    ask: impl FnOnce(&View, usize, &Session) -> Option<T>,
) -> Option<T> {
    let analysis = session.analysis(&at.text_document.uri)?;
    let document = session.documents.get(at.text_document.uri.as_str())?;
    let offset = document.text.offset(at.position, session.encoding);
    ask(&View::of(&analysis, &document.uri), offset, session)
}

/// What stands here.
pub fn hover(session: &mut Session, params: HoverParams) -> Answer<Option<Hover>> {
    Ok(at(
        session,
        &params.text_document_position_params,
        |view, offset, session| {
            let told = hover::at(view, offset)?;
            let text = view.analysis.text(view.analysis.own)?;
            let markdown = session.abilities.markdown;
            Some(Hover {
                contents: HoverContents::Markup(MarkupContent {
                    kind: if markdown {
                        MarkupKind::Markdown
                    } else {
                        MarkupKind::PlainText
                    },
                    value: shown(&told.lines, markdown),
                }),
                range: Some(text.place(told.span, session.encoding)),
            })
        },
    ))
}

/// Lines as they are; Markdown runs lines together and takes some signs for its own.
fn shown(lines: &[String], markdown: bool) -> String {
    let text = lines.join("\n");
    if !markdown {
        return text;
    }
    let escaped = |line: &str| {
        let mut out = String::with_capacity(line.len());
        for sign in line.chars() {
            if "\\`*_#<>|[]~".contains(sign) {
                out.push('\\');
            }
            out.push(sign);
        }
        out
    };
    // what is indented is an example; its blanks must stay
    let line = |line: &str| format!("{}  ", escaped(line).replacen("    ", "\u{3000}\u{3000}", 1));
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Where it is declared.
pub fn definition(
    session: &mut Session,
    params: GotoDefinitionParams,
) -> Answer<Option<GotoDefinitionResponse>> {
    Ok(at(
        session,
        &params.text_document_position_params,
        |view, offset, session| {
            Some(GotoDefinitionResponse::Array(navigate::definition(
                view,
                offset,
                session.encoding,
            )))
        },
    ))
}

/// Everywhere it is meant.
pub fn references(session: &mut Session, params: ReferenceParams) -> Answer<Option<Vec<Location>>> {
    let declared = params.context.include_declaration;
    Ok(at(
        session,
        &params.text_document_position,
        |view, offset, session| {
            let (all, complete) = navigate::everywhere(view, offset, &session.world(), session.encoding);
            if !complete {
                session.show(
                    MessageType::WARNING,
                    "文件夹里的规则文件太多，没有看完，列出的引用可能不全。".to_owned(),
                );
            }
            let wanted = all.into_iter().filter(|found| declared || !found.place.declares);
            Some(
                wanted
                    .map(|found| Location::new(found.uri, found.range))
                    .collect(),
            )
        },
    ))
}

/// The places of the same thing in this file.
pub fn highlight(
    session: &mut Session,
    params: DocumentHighlightParams,
) -> Answer<Option<Vec<DocumentHighlight>>> {
    Ok(at(
        session,
        &params.text_document_position_params,
        |view, offset, session| {
            let thing = view.at(offset)?;
            let text = view.analysis.text(view.analysis.own)?;
            let own = view
                .same(thing)
                .filter(|place| place.span.source == view.analysis.own);
            let highlight = own.map(|place| DocumentHighlight {
                range: text.place(place.span, session.encoding),
                kind: Some(if place.declares {
                    DocumentHighlightKind::WRITE
                } else {
                    DocumentHighlightKind::READ
                }),
            });
            Some(highlight.collect())
        },
    ))
}

/// Whether it can be renamed.
pub fn prepare_rename(
    session: &mut Session,
    params: TextDocumentPositionParams,
) -> Answer<Option<PrepareRenameResponse>> {
    at(session, &params, |view, offset, session| {
        view.at(offset)?;
        let prepared = rename::prepare(view, offset, session.encoding);
        let told = |(range, placeholder)| PrepareRenameResponse::RangeWithPlaceholder { range, placeholder };
        Some(prepared.map(told))
    })
    .transpose()
}

/// The edits that rename it.
pub fn rename(session: &mut Session, params: RenameParams) -> Answer<Option<WorkspaceEdit>> {
    let new = params.new_name;
    let edit = at(
        session,
        &params.text_document_position,
        |view, offset, session| {
            let world = session.world();
            Some(rename::rename(view, offset, &new, &world, session.encoding))
        },
    );
    let versioned = session.abilities.versioned_edits;
    let plain = |edit| if versioned { edit } else { unversioned(edit) };
    Ok(edit.transpose()?.map(plain))
}

/// The same edit for an editor that knows no versions.
#[allow(clippy::mutable_key_type)]
pub fn unversioned(edit: WorkspaceEdit) -> WorkspaceEdit {
    let Some(DocumentChanges::Edits(files)) = edit.document_changes else {
        return edit;
    };
    let changes = files.into_iter().map(|file| {
        let edits = file.edits.into_iter().map(|edit| match edit {
            OneOf::Left(edit) => edit,
            OneOf::Right(edit) => edit.text_edit,
        });
        (file.text_document.uri, edits.collect())
    });
    WorkspaceEdit::new(changes.collect())
}

/// The canonical form; why there is none is told once for each state of the text.
pub fn formatting(session: &mut Session, params: DocumentFormattingParams) -> Answer<Option<Vec<TextEdit>>> {
    let encoding = session.encoding;
    let Some(document) = session.documents.get_mut(params.text_document.uri.as_str()) else {
        return Ok(None);
    };
    match formatting::edits(&document.text, encoding) {
        Ok(edits) => Ok(Some(edits)),
        Err(why) => {
            if document.refused.replace(document.version) != Some(document.version) {
                session.show(MessageType::WARNING, why);
            }
            Ok(None)
        }
    }
}

/// The outline.
pub fn symbols(
    session: &mut Session,
    params: DocumentSymbolParams,
) -> Answer<Option<DocumentSymbolResponse>> {
    let uri = params.text_document.uri;
    let (nested, encoding) = (session.abilities.nested_symbols, session.encoding);
    let Some(analysis) = session.analysis(&uri) else {
        return Ok(None);
    };
    let symbols = analysis.file().zip(analysis.text(analysis.own));
    let symbols = symbols.map(|(file, text)| outline::symbols(file, text, encoding));
    Ok(symbols.map(|symbols| match nested {
        true => DocumentSymbolResponse::Nested(symbols),
        false => DocumentSymbolResponse::Flat(flat(&symbols, &uri)),
    }))
}

#[allow(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn flat(symbols: &[lsp_types::DocumentSymbol], uri: &Uri) -> Vec<SymbolInformation> {
    let mut all = Vec::new();
    for symbol in symbols {
        all.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            deprecated: None,
            location: Location::new(uri.clone(), symbol.range),
            container_name: symbol.detail.clone(),
        });
        all.extend(flat(symbol.children.as_deref().unwrap_or_default(), uri));
    }
    all
}

/// What can be folded.
pub fn folds(session: &mut Session, params: FoldingRangeParams) -> Answer<Option<Vec<FoldingRange>>> {
    let Some(analysis) = session.analysis(&params.text_document.uri) else {
        return Ok(None);
    };
    let both = analysis.file().zip(analysis.text(analysis.own));
    Ok(both.map(|(file, text)| outline::folds(file, text)))
}

/// What is allotted.
pub fn inlay_hints(session: &mut Session, params: InlayHintParams) -> Answer<Option<Vec<InlayHint>>> {
    let encoding = session.encoding;
    let Some(analysis) = session.analysis(&params.text_document.uri) else {
        return Ok(None);
    };
    let range = analysis
        .text(analysis.own)
        .map(|text| text.bytes(params.range, encoding));
    Ok(range.map(|range| hints::of(&analysis, range, encoding)))
}

/// What can be done.
pub fn code_actions(session: &mut Session, params: CodeActionParams) -> Answer<Option<CodeActionResponse>> {
    let Some(analysis) = session.analysis(&params.text_document.uri) else {
        return Ok(None);
    };
    Ok(Some(actions::of(
        &analysis,
        &params,
        &session.world(),
        session.encoding,
    )))
}

/// The buttons.
pub fn lenses(session: &mut Session, params: CodeLensParams) -> Answer<Option<Vec<CodeLens>>> {
    let uri = params.text_document.uri;
    let Some(analysis) = session.analysis(&uri) else {
        return Ok(None);
    };
    let document = session.documents.get(uri.as_str());
    Ok(document.map(|document| commands::lenses(&analysis, &uri, &document.results, session.encoding)))
}
