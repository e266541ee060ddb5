//! Rule sources to the model: names resolved, units checked, packs that are cited loaded. No file system: what is
//! not built in is asked of `find`.

use super::citations::Library;
use super::draft::Draft;
use super::editions::{self, Choice};
use super::phrases::Phrases;
use super::{
    Model, adjust, cases, checks, declare, grades, names, ready, scoring, sums, targets, trials, units,
    unobeyed, unused, weights,
};
use crate::finding::Finding;
use crate::made;
use crate::quantity::UnitTable;
use crate::source::Source;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File};
use std::collections::HashSet;

/// Loads the user's rule sources and all that they cite. `find` is given the citation and the name of the citing
/// source, and answers with the cited file. Findings are the `rule-*` ones; their spans point into `Model::sources`.
pub fn load(
    sources: Vec<Source>,
    find: &mut dyn FnMut(&str, &str) -> Option<Source>,
) -> (Model, Vec<Finding>) {
    // what judges where nobody gives any rules was resolved when the program was built
    if sources.is_empty()
        && let Some(model) = ready::unpack(made::STANDARD_MODEL)
    {
        return (model, Vec::new());
    }
    resolved(sources, find)
}

/// The same with nothing made beforehand.
pub fn resolved(
    sources: Vec<Source>,
    find: &mut dyn FnMut(&str, &str) -> Option<Source>,
) -> (Model, Vec<Finding>) {
    let library = Library::load(sources, find);
    let mut findings = library.findings.clone();
    let all: Vec<&File> = library.files.iter().collect();
    let units = units::table(&all, &mut findings);
    unused::check(&library, &mut findings);
    let mut choices = editions::choices(&library, &mut findings);
    let (mut model, mut findings) = match choices.len() {
        1 => build(&library, &choices.remove(0).1, units, findings),
        _ => {
            let made = choices.into_iter().map(|(years, choice)| {
                let (model, found) = build(&library, &choice, units.clone(), findings.clone());
                (years, model, found)
            });
            editions::join(&library, made.collect())
        }
    };
    one_each(&library, &mut findings);
    model.sources = library.sources;
    findings.sort_by_key(|finding| finding.places.first().map(|place| place.span));
    (model, findings)
}

/// The model of the files that judge together, and what was found before and by making it.
fn build(
    library: &Library,
    choice: &Choice,
    units: UnitTable,
    mut findings: Vec<Finding>,
) -> (Model, Vec<Finding>) {
    let (files, packs) = (&library.files, &library.packs);
    let mut effective = adjust::apply(library, &choice.chosen, &mut findings);
    let own = |at: &usize| library.users.contains(at);
    let model = Model {
        sources: library.sources.clone(),
        packs: choice.chosen.iter().map(|at| packs[*at].clone()).collect(),
        dormant: choice
            .dormant
            .iter()
            .map(|at| (packs[*at].clone(), own(at)))
            .collect(),
        year: library.users.iter().rev().find_map(|at| year(&files[*at])),
        units,
        changes: std::mem::take(&mut effective.changes),
        ..Model::default()
    };
    let mut draft = Draft::new(model, library.implied.clone(), findings);
    draft.library = Some(library);
    draft.marks = std::mem::take(&mut effective.marks);
    draft.users = library.users.iter().map(|at| files[*at].source).collect();
    for at in choice.chosen.iter().copied() {
        declare::file(&mut draft, at, &files[at], &effective);
        unobeyed::file(&mut draft, &files[at]);
    }
    scoring::inherit(&mut draft);
    weights::check(&mut draft);
    adjust::blame(&mut draft);
    grades::check(&mut draft);
    names::yield_aliases(&mut draft);
    names::clashes(&mut draft);
    sums::declare_parts(&mut draft);
    draft.index_names();
    checks::resolve(&mut draft);
    sums::resolve(&mut draft);
    scoring::resolve(&mut draft);
    cases::check(&mut draft);
    targets::without_rate(&mut draft);
    trials::resolve(&mut draft, choice.chosen.iter().map(|at| &files[*at]));
    draft.model.phrases = Phrases::of(&draft.model.forbidden, &draft.model.processes);
    draft.finish()
}

fn year(file: &File) -> Option<i32> {
    file.all(Word::Year)
        .find_map(|statement| match statement.content {
            Content::Year(year) => Some(year),
            _ => None,
        })
}

/// What was read of a line all the same, although it is written wrong, is not blamed a second time: its writer mends
/// it as told, and then it is read anew.
fn one_each(library: &Library, findings: &mut Vec<Finding>) {
    let line = |finding: &Finding| {
        let span = finding.places.first()?.span;
        let text = &library.sources.get(span.source.0 as usize)?.text;
        let before = text.get(..span.start as usize)?;
        Some((span.source, before.rfind(['\n', '\r'])))
    };
    let read_wrong =
        |finding: &&Finding| finding.check == "rule-syntax" && finding.help.starts_with("写成：");
    let wrong: HashSet<_> = library
        .findings
        .iter()
        .filter(read_wrong)
        .filter_map(line)
        .collect();
    let own: HashSet<_> = library
        .findings
        .iter()
        .filter_map(|finding| finding.places.first())
        .map(|p| p.span)
        .collect();
    findings.retain(|finding| {
        let told = finding
            .places
            .first()
            .is_some_and(|place| own.contains(&place.span));
        told || !line(finding).is_some_and(|line| wrong.contains(&line))
    });
}
