//! What an editor may ask the server to do: try a 验证, take indicators over from a report.

use super::analysis::Analysis;
use super::files;
use super::indicators;
use super::text::Encoding;
use crate::cli::trial::beside;
use crate::document::kind::READ;
use crate::finding::Severity;
use crate::render::{Look, trials_to_terminal};
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::trial::{self, Ran, Tried};
use lsp_types::{
    CodeLens, Command, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    Uri, WorkspaceEdit,
};
use std::path::Path;

/// Tries one 验证, or all of a file: its address, and the name of the trial or nothing.
pub const TRY: &str = "jixiao.try";
/// Adds to a rule file the indicators that a report has: the file's address, the report's name beside it.
pub const ADD_INDICATORS: &str = "jixiao.addIndicators";
/// All of them.
pub const ALL: &[&str] = &[TRY, ADD_INDICATORS];

/// How wide what came of a trial is written.
const WIDTH: usize = 80;

/// What came of a trial, kept until the text changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Result {
    /// The trial's name.
    pub name: String,
    /// Whether all came as expected.
    pub passed: bool,
}

/// A button over every 验证, and one for all of them at the first.
pub fn lenses(analysis: &Analysis, uri: &Uri, results: &[Result], encoding: Encoding) -> Vec<CodeLens> {
    let (Some(file), Some(text)) = (analysis.file(), analysis.text(analysis.own)) else {
        return Vec::new();
    };
    let lens = |span: Span, title: String, name: Option<&str>| {
        let mut arguments = vec![uri.as_str().into()];
        arguments.extend(name.map(serde_json::Value::from));
        CodeLens {
            range: text.place(span, encoding),
            command: Some(Command::new(title, TRY.to_owned(), Some(arguments))),
            data: None,
        }
    };
    let mut lenses = Vec::new();
    let trials: Vec<_> = file.all(Word::Trial).collect();
    for (at, trial) in trials.iter().enumerate() {
        let Some(name) = trial.words() else { continue };
        let came = results.iter().find(|result| result.name == name.text);
        let title = match came.map(|result| result.passed) {
            None => "▶ 试一试",
            Some(true) => "✓ 与预期一致，▶ 再试",
            Some(false) => "✗ 与预期不符，▶ 再试",
        };
        lenses.push(lens(trial.span, title.to_owned(), Some(&name.text)));
        if at == 0 && trials.len() > 1 {
            lenses.push(lens(trial.span, format!("▶ 全部 {} 个验证", trials.len()), None));
        }
    }
    lenses
}

/// What came of the trials that were asked for: whether each passed, and all of it in words.
pub fn tried(analysis: &Analysis, name: Option<&str>) -> std::result::Result<(Vec<Result>, String), String> {
    let model = &analysis.model;
    if let Some(error) = analysis
        .findings
        .iter()
        .find(|finding| finding.severity == Severity::Error)
    {
        return Err(format!("规则有错，改正后再试：{}", error.message));
    }
    let trials = model
        .trials
        .iter()
        .filter(|trial| trial.span.source == analysis.own);
    let trials = trials.filter(|trial| name.is_none_or(|name| trial.name == name));
    let ran: Vec<Ran> = trials
        .map(|trial| trial::run(model, trial, &|path: &str| beside(model, trial, path)))
        .collect();
    if ran.is_empty() {
        return Err("没有这个验证；请保存后再试。".to_owned());
    }
    let results = ran
        .iter()
        .map(|ran| Result {
            name: ran.name.clone(),
            passed: ran.passed(),
        })
        .collect();
    let source = model.sources.get(analysis.own.0 as usize);
    let tried = Tried {
        path: source.map_or(String::new(), |source| source.name.clone()),
        sources: model.sources.clone(),
        ran,
        ..Tried::default()
    };
    let look = Look {
        color: false,
        width: WIDTH,
    };
    Ok((results, trials_to_terminal::results(&tried, look)))
}

/// The edit that takes indicators over from a report. The editor makes it only if the text is still the same.
pub fn added(
    analysis: &Analysis,
    (uri, version): (&Uri, i32),
    report: &str,
    encoding: Encoding,
) -> std::result::Result<WorkspaceEdit, String> {
    let (Some(text), Some(source)) = (
        analysis.text(analysis.own),
        analysis.model.sources.get(analysis.own.0 as usize),
    ) else {
        return Err("规则文件没有读成。".to_owned());
    };
    // only what was offered: a name is no way into other folders
    if !files::beside(Path::new(&source.name), READ)
        .iter()
        .any(|name| name == report)
    {
        return Err(format!("规则文件旁边没有报告“{report}”。"));
    }
    let folder = Path::new(&source.name).parent().unwrap_or(Path::new(""));
    let insertions = indicators::from_report(analysis, &folder.join(report))?;
    let edits = insertions.into_iter().map(|insertion| {
        OneOf::Left(text.edit(
            insertion.at..insertion.at,
            text.lines_ended(&insertion.lines),
            encoding,
        ))
    });
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            uri: uri.clone(),
            version: Some(version),
        },
        edits: edits.collect(),
    };
    Ok(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![edit])),
        ..WorkspaceEdit::default()
    })
}
