//! A new name for what is declared, written in every place as it must be written there; refused where it would make
//! other rules of the file.

use super::analysis::{Analysis, Open};
use super::names::{Kind, Place, Style};
use super::navigate::{self, Found, View};
use super::text::{Encoding, Text};
use crate::finding::Severity;
use crate::source::Span;
use crate::syntax::Words;
use crate::syntax::to_text::names;
use lsp_types::{Range, TextEdit, Uri, WorkspaceEdit};
use std::collections::HashMap;

/// What may be renamed at an offset: where it stands, and how it is called now.
pub fn prepare(view: &View, offset: usize, encoding: Encoding) -> Option<(Range, String)> {
    let thing = view
        .at(offset)
        .filter(|thing| !matches!(thing.kind, Kind::Pack | Kind::Trial))?;
    let text = view.analysis.text(thing.span.source)?;
    Some((text.place(thing.span, encoding), thing.written.clone()))
}

/// The edits of all files, or why there are none.
pub fn rename(
    view: &View,
    offset: usize,
    new: &str,
    open: &Open,
    encoding: Encoding,
) -> Result<WorkspaceEdit, String> {
    let new = new.trim();
    let thing = view.at(offset).ok_or("这里没有可以改名的名称。")?;
    if matches!(thing.kind, Kind::Pack | Kind::Trial) {
        return Err("引用和验证的名称直接改即可。".to_owned());
    }
    if new.is_empty() || new.contains(['\n', '\r', '：', ':', '“', '”', '"']) {
        return Err("新的名称不能是空的，不能有引号、冒号和换行。".to_owned());
    }
    let same_call = |place: &Place| place.written == thing.written;
    let all = navigate::everywhere(view, offset, open, encoding);
    let all: Vec<&Found> = all.iter().filter(|found| same_call(&found.place)).collect();
    if all.iter().any(|found| found.built_in && found.place.declares) {
        return Err("这是内置规则包里的名称，不能改名；报告里的其他叫法写“别名：…”。".to_owned());
    }
    let taken = view
        .places
        .iter()
        .find(|place| place.kind == thing.kind && place.declares && place.written == new);
    if let Some(taken) = taken {
        return Err(format!("“{new}”已经是“{}”的名称或别名。", taken.name));
    }
    let mut edits: HashMap<String, (Uri, Vec<TextEdit>)> = HashMap::new();
    for found in all.iter().filter(|found| !found.built_in) {
        let written = written(new, found.place.style);
        let held = edits
            .entry(found.uri.as_str().to_owned())
            .or_insert_with(|| (found.uri.clone(), Vec::new()));
        held.1.push(TextEdit::new(found.range, written));
    }
    is_sound(
        view,
        edits.get(view.uri.as_str()).map_or(&[][..], |(_, edits)| edits),
        open,
        encoding,
    )?;
    // The protocol has addresses for keys; that their type could be changed from inside is nobody's concern here.
    #[allow(clippy::mutable_key_type)]
    let changes: HashMap<Uri, Vec<TextEdit>> = edits.into_values().collect();
    Ok(WorkspaceEdit::new(changes))
}

/// A name as it stands in a place of that style.
fn written(name: &str, style: Style) -> String {
    let words = Words {
        text: name.to_owned(),
        span: Span::default(),
        quoted: true,
    };
    match style {
        Style::Head => names::head(&words),
        Style::Listed => names::listed(&words),
        Style::Formula => names::in_formula(&words),
        Style::BeforeNumber => names::before_number(&words),
        Style::Plain => name.to_owned(),
    }
}

/// Whether the file with its edits is found no worse than before.
fn is_sound(view: &View, edits: &[TextEdit], open: &Open, encoding: Encoding) -> Result<(), String> {
    let (Some(text), Some(source)) = (
        view.analysis.text(view.analysis.own),
        view.analysis.model.sources.get(view.analysis.own.0 as usize),
    ) else {
        return Ok(());
    };
    let new = apply(text, edits, encoding);
    let errors = |analysis: &Analysis| {
        let errors = analysis
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    let before = errors(view.analysis).len();
    let after = Analysis::of(&source.name, &new, open)
        .map(|analysis| errors(&analysis))
        .unwrap_or_default();
    match after.first().filter(|_| after.len() > before) {
        Some(first) => Err(format!("改成这个名称后规则有错，没有改名：{first}")),
        None => Ok(()),
    }
}

/// A text with edits that do not overlap.
pub fn apply(text: &Text, edits: &[TextEdit], encoding: Encoding) -> String {
    let mut ranges: Vec<(std::ops::Range<usize>, &str)> = edits
        .iter()
        .map(|edit| (text.bytes(edit.range, encoding), edit.new_text.as_str()))
        .collect();
    ranges.sort_by_key(|(range, _)| range.start);
    let mut new = text.as_str().to_owned();
    for (range, with) in ranges.into_iter().rev() {
        new.replace_range(range, with);
    }
    new
}
