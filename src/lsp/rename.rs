//! A new name for what is declared, written in every place as it must be written there; refused where a file would have
//! new errors, or something in it would mean something else.

use super::analysis::Analysis;
use super::files;
use super::names::{self, Kind, Place, Style};
use super::navigate::{self, Neighbour, View};
use super::text::{Encoding, Text};
use super::uri;
use super::world::{Held, World};
use crate::finding::{Finding, Severity};
use crate::source::Span;
use crate::syntax::Words;
use crate::syntax::to_text::names as written;
use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};
use std::collections::HashMap;
use std::path::PathBuf;

/// What may be renamed at an offset: where it stands, and how it is called now; or why it may not.
pub fn prepare(view: &View, offset: usize, encoding: Encoding) -> Result<(Range, String), String> {
    let thing = allowed(view, offset)?;
    let text = view.analysis.text(thing.span.source).ok_or(NOTHING)?;
    Ok((text.place(thing.span, encoding), thing.written.clone()))
}

const NOTHING: &str = "这里没有可以改名的名称。";

fn allowed<'v>(view: &'v View, offset: usize) -> Result<&'v Place, String> {
    let thing = view.at(offset).ok_or(NOTHING)?;
    if matches!(thing.kind, Kind::Pack | Kind::Trial) {
        return Err("引用和验证的名称直接改即可。".to_owned());
    }
    let built_in = |place: &Place| {
        place.declares && place.written == thing.written && view.analysis.is_built_in(place.span.source)
    };
    if view.same(thing).any(built_in) {
        return Err("这是内置规则包里的名称，不能改名；报告里的其他叫法写“别名：…”。".to_owned());
    }
    Ok(thing)
}

/// The edits of all files, or why there are none.
pub fn rename(
    view: &View,
    offset: usize,
    new: &str,
    world: &World,
    encoding: Encoding,
) -> Result<WorkspaceEdit, String> {
    let new = new.trim();
    let thing = allowed(view, offset)?;
    if new.is_empty() || new.contains(['\n', '\r', '：', ':', '“', '”', '"']) {
        return Err("新的名称不能是空的，不能有引号、冒号和换行。".to_owned());
    }
    if new == thing.written {
        return Ok(WorkspaceEdit::default());
    }
    let taken = view.places.iter().find(|place| {
        thing.kind != Kind::Parameter && place.kind == thing.kind && place.declares && place.written == new
    });
    if let Some(taken) = taken {
        return Err(format!("“{new}”已经是“{}”的名称或别名。", taken.name));
    }
    // what may be touched by it holds one of the old calls, or the new one
    let mut words = navigate::calls(view, thing);
    words.push(new);
    let (others, complete) = navigate::neighbours(view, thing, &words, world);
    if !complete {
        return Err("文件夹里的规则文件太多，没有看完，没有改名；请只打开规则所在的文件夹再试。".to_owned());
    }
    let mut edits = Edits::default();
    edits.add(view, thing, new, None, encoding);
    for other in &others {
        let near = View::of(&other.analysis, &other.uri);
        edits.add(&near, thing, new, Some(other.analysis.own), encoding);
    }
    let after = edits.made(view, world, encoding);
    is_sound(view, &after)?;
    for Neighbour { uri, analysis } in &others {
        is_sound(&View::of(analysis, uri), &after)?;
    }
    Ok(edits.told(world))
}

/// The edits by file.
#[derive(Default)]
struct Edits {
    files: HashMap<String, (Uri, Vec<TextEdit>)>,
}

impl Edits {
    fn add(
        &mut self,
        view: &View,
        thing: &Place,
        new: &str,
        only: Option<crate::source::SourceId>,
        encoding: Encoding,
    ) {
        for found in navigate::found_in(view, thing, only, encoding) {
            if found.built_in || found.place.written != thing.written {
                continue;
            }
            let held = self
                .files
                .entry(found.uri.as_str().to_owned())
                .or_insert_with(|| (found.uri.clone(), Vec::new()));
            held.1
                .push(TextEdit::new(found.range, as_written(new, found.place.style)));
        }
    }

    /// What the editor holds once they are made.
    fn made(&self, view: &View, world: &World, encoding: Encoding) -> World {
        let mut after = world.clone();
        let own = view.analysis.text(view.analysis.own).map(Text::as_str);
        for (uri, edits) in self.files.values() {
            let path = place_of(uri);
            let text = match *uri == *view.uri {
                true => own.map(str::to_owned),
                false => world.text(&path),
            };
            let Some(text) = text else { continue };
            let held = Held {
                uri: uri.clone(),
                version: None,
                text: apply(&Text::new(text), edits, encoding),
            };
            after.held.insert(path, held);
        }
        after
    }

    /// As the protocol has it; of an open file its version is told, so that no edit is made to a later one.
    fn told(self, world: &World) -> WorkspaceEdit {
        let version = |uri: &Uri| {
            let held = world.held.values().find(|held| held.uri == *uri);
            held.and_then(|held| held.version)
        };
        let mut files: Vec<(Uri, Vec<TextEdit>)> = self.files.into_values().collect();
        files.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
        let edits = files.into_iter().map(|(uri, edits)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: version(&uri),
                uri,
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        });
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(edits.collect())),
            ..WorkspaceEdit::default()
        }
    }
}

/// Where a file lies, or would lie that was never saved.
fn place_of(uri: &Uri) -> PathBuf {
    let path = uri::to_path(uri).map(|path| path.to_string_lossy().into_owned());
    files::whole(&path.unwrap_or_else(|| uri::name(uri)))
}

/// A name as it stands in a place of that style.
fn as_written(name: &str, style: Style) -> String {
    let words = Words {
        text: name.to_owned(),
        span: Span::default(),
        quoted: true,
    };
    match style {
        Style::Head => written::head(&words),
        Style::Listed => written::listed(&words),
        Style::Formula => written::in_formula(&words),
        Style::BeforeNumber => written::before_number(&words),
        Style::Plain => name.to_owned(),
    }
}

/// Whether a file has no new errors once the edits are made, and all in it means what it meant.
fn is_sound(view: &View, after: &World) -> Result<(), String> {
    let before = view.analysis;
    let Some(source) = before.model.sources.get(before.own.0 as usize) else {
        return Ok(());
    };
    let held = after.held.get(&place_of(view.uri));
    let text = held.map_or(&*source.text, |held| held.text.as_str());
    let file = &source.name;
    let Some(new) = Analysis::of(file, text, after) else {
        return Err(format!("改成这个名称后 {file} 读不成，没有改名。"));
    };
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let errors = |analysis: &Analysis| analysis.findings.iter().filter(is_error).count();
    if errors(&new) > errors(before) {
        let known = |finding: &Finding| before.findings.iter().any(|held| held.message == finding.message);
        let first = new
            .findings
            .iter()
            .filter(is_error)
            .find(|finding| !known(finding));
        let why = first.map_or("", |finding| finding.message.as_str());
        return Err(format!("改成这个名称后 {file} 有错，没有改名：{why}"));
    }
    // what a pack that comes with the program means by a name is its own matter
    let own = |analysis: &Analysis, places: Vec<Place>| -> Vec<Place> {
        let is_own = |place: &Place| !analysis.is_built_in(place.span.source);
        places.into_iter().filter(is_own).collect()
    };
    let places = own(&new, names::places(new.files()));
    match parted(&own(before, view.places.clone()), &places) {
        None => Ok(()),
        Some(at) => {
            let place = places.get(at).or(places.last());
            let words = place.map_or("", |place| place.written.as_str());
            Err(format!(
                "改成这个名称后 {file} 里的“{words}”会指别的东西，没有改名。"
            ))
        }
    }
}

/// The first place that means something else than before: what was named alike must still be, and nothing more.
fn parted(before: &[Place], after: &[Place]) -> Option<usize> {
    let same = groups(before).into_iter().zip(groups(after));
    let differs = same.into_iter().position(|(one, other)| one != other);
    differs.or_else(|| (before.len() != after.len()).then(|| before.len().min(after.len())))
}

/// Of each place its kind, and which was the first of the same name.
fn groups(places: &[Place]) -> Vec<(Kind, bool, usize)> {
    let mut first: HashMap<(Kind, &str), usize> = HashMap::new();
    let mut all = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let of = *first.entry((place.kind, &place.name)).or_insert(at);
        all.push((place.kind, place.declares, of));
    }
    all
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
