//! Rule sources to the model: names resolved, units checked, packs that are cited loaded. No file system: what is
//! not built in is asked of `find`.

use super::citations::Library;
use super::draft::Draft;
use super::{
    DefaultScoring, Model, cases, checks, declare, grades, names, scoring, targets, trials, units, unobeyed,
    weights,
};
use crate::finding::Finding;
use crate::source::Source;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File};

/// Loads the user's rule sources and all that they cite. `find` is given the citation and the name of the citing
/// source, and answers with the cited file. Findings are the `rule-*` ones; their spans point into `Model::sources`.
pub fn load(
    sources: Vec<Source>,
    find: &mut dyn FnMut(&str, &str) -> Option<Source>,
) -> (Model, Vec<Finding>) {
    let library = Library::load(sources, find);
    let Library {
        sources,
        files,
        packs,
        implied,
        users,
        mut findings,
        ..
    } = library;
    let all: Vec<&File> = files.iter().collect();
    let model = Model {
        sources,
        packs,
        year: users.iter().rev().find_map(|at| year(&files[*at])),
        names: Vec::new(),
        groups: Vec::new(),
        grades: Vec::new(),
        grade_step: None,
        sections: Vec::new(),
        processes: Vec::new(),
        standards: Vec::new(),
        default_scoring: DefaultScoring::default(),
        schemes: Vec::new(),
        checks: Vec::new(),
        trials: Vec::new(),
        units: units::table(&all, &mut findings),
    };
    let mut draft = Draft::new(model, implied, findings);
    draft.users = users.iter().map(|at| files[*at].source).collect();
    for file in &files {
        declare::file(&mut draft, file);
        unobeyed::file(&mut draft, file);
    }
    scoring::inherit(&mut draft);
    weights::check(&mut draft);
    grades::check(&mut draft);
    names::yield_aliases(&mut draft);
    names::clashes(&mut draft);
    draft.index_names();
    checks::resolve(&mut draft);
    scoring::resolve(&mut draft);
    cases::check(&mut draft);
    targets::without_rate(&mut draft);
    trials::resolve(&mut draft, &files);
    draft.finish()
}

fn year(file: &File) -> Option<i32> {
    file.all(Word::Year)
        .find_map(|statement| match statement.content {
            Content::Year(year) => Some(year),
            _ => None,
        })
}
