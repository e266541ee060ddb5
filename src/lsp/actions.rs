//! What can be done at a place: the repairs of what was found there, and indicators taken over from a report.

use super::analysis::Analysis;
use super::diagnostics::shown_at;
use super::repairs::{self, Repair};
use super::text::Encoding;
use super::world::World;
use super::{commands, files};
use crate::document::kind::READ;
use crate::syntax::keywords::Word;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, Diagnostic, NumberOrString,
    TextEdit, Uri, WorkspaceEdit,
};
use std::collections::HashMap;
use std::path::Path;

/// More findings in one place are not mended at once.
const MOST: usize = 16;
/// So many repairs are tried for one answer, each by loading the rules once more. What was tried is remembered until the
/// text changes, so that the next answer goes on from there.
const TRIALS: usize = 5;

/// All that can be done in a range.
pub fn of(
    analysis: &Analysis,
    params: &CodeActionParams,
    world: &World,
    encoding: Encoding,
) -> Vec<CodeActionOrCommand> {
    let Some(text) = analysis.text(analysis.own) else {
        return Vec::new();
    };
    let uri = &params.text_document.uri;
    let range = text.bytes(params.range, encoding);
    let wanted = |kind: &CodeActionKind| {
        let only = params.context.only.as_ref();
        only.is_none_or(|only| only.iter().any(|only| kind.as_str().starts_with(only.as_str())))
    };
    let mut all = Vec::new();
    if wanted(&CodeActionKind::QUICKFIX) {
        let there = analysis.findings.iter().enumerate().filter(|(_, finding)| {
            let span = shown_at(analysis, finding).filter(|span| span.source == analysis.own);
            span.is_some_and(|span| span.start as usize <= range.end && range.start <= span.end as usize)
        });
        let mut trials = TRIALS;
        for (number, finding) in there.take(MOST) {
            let marks = &params.context.diagnostics;
            let mark = marks.iter().find(|mark| is_of(mark, finding)).cloned();
            let repairs = repairs::of(analysis, number, world, &mut trials);
            let only = repairs.iter().filter(|repair| !repair.to_fill).count() == 1;
            for repair in repairs {
                let new = text.lines_ended(&repair.new);
                let edit = text.edit(repair.range.clone(), new, encoding);
                all.push(quick(uri, &repair, edit, mark.clone(), only));
            }
        }
    }
    if wanted(&CodeActionKind::SOURCE) {
        all.extend(reports(analysis, uri, range.start));
    }
    all
}

fn is_of(mark: &Diagnostic, finding: &crate::finding::Finding) -> bool {
    matches!(&mark.code, Some(NumberOrString::String(code)) if *code == finding.check)
        && mark.message.starts_with(&finding.message)
}

fn quick(
    uri: &Uri,
    repair: &Repair,
    edit: TextEdit,
    mark: Option<Diagnostic>,
    only: bool,
) -> CodeActionOrCommand {
    #[allow(clippy::mutable_key_type)]
    let changes = HashMap::from([(uri.clone(), vec![edit])]);
    CodeActionOrCommand::CodeAction(CodeAction {
        title: repair.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: mark.map(|mark| vec![mark]),
        edit: Some(WorkspaceEdit::new(changes)),
        is_preferred: Some(only && !repair.to_fill),
        ..CodeAction::default()
    })
}

/// One for each report beside the file, where indicators are written.
fn reports(analysis: &Analysis, uri: &Uri, offset: usize) -> Vec<CodeActionOrCommand> {
    let block = analysis.file().and_then(|file| {
        file.statements
            .iter()
            .rev()
            .find(|block| block.span.start as usize <= offset)
    });
    let here = block.is_none_or(|block| {
        matches!(
            block.word,
            Word::First | Word::Second | Word::Third | Word::Rules | Word::Cites
        )
    });
    let Some(source) = analysis
        .model
        .sources
        .get(analysis.own.0 as usize)
        .filter(|_| here)
    else {
        return Vec::new();
    };
    let action = |name: &String| {
        let title = format!("从“{name}”补上没有写的指标");
        let arguments = vec![uri.as_str().into(), name.as_str().into()];
        CodeActionOrCommand::CodeAction(CodeAction {
            title: title.clone(),
            kind: Some(CodeActionKind::SOURCE),
            command: Some(Command::new(
                title,
                commands::ADD_INDICATORS.to_owned(),
                Some(arguments),
            )),
            ..CodeAction::default()
        })
    };
    files::beside(Path::new(&source.name), READ)
        .iter()
        .take(12)
        .map(action)
        .collect()
}
