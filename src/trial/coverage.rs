//! What came of trials to the checks that none of them made report.

use super::Ran;
use crate::finding::Finding;
use crate::model::{Check, Model};
use crate::source::SourceId;

/// How much of a file's checks trials exercise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// How many checks the file states.
    pub checks: usize,
    /// The names of those that no trial made report, in order.
    pub never: Vec<String>,
}

impl Coverage {
    /// Of the checks that the file itself states, not of those that it cites; but a trial of any file of the run
    /// counts, for a pack's check may need what only a citing file gives it (等级, 章节).
    pub fn of<'r>(
        model: &Model,
        file: SourceId,
        run: impl Iterator<Item = (&'r Model, &'r Ran)>,
    ) -> Coverage {
        let own: Vec<&Check> = model
            .checks
            .iter()
            .filter(|check| check.span.source == file)
            .collect();
        let mut exercised = vec![false; own.len()];
        let text = text_of(model, file);
        for (other, ran) in run {
            for check in ran.exercised.iter().filter_map(|at| other.checks.get(*at)) {
                let at = own.iter().position(|own| own.span.range() == check.span.range());
                if let Some(at) = at.filter(|at| !exercised[*at]) {
                    // one file may be loaded by several: given, cited, or built into the program
                    exercised[at] = own[at].name == check.name && text == text_of(other, check.span.source);
                }
            }
        }
        let never = own.iter().zip(&exercised).filter(|(_, exercised)| !**exercised);
        Coverage {
            checks: own.len(),
            never: never.map(|(check, _)| check.name.clone()).collect(),
        }
    }

    /// How many reported what was expected of them.
    pub fn exercised(&self) -> usize {
        self.checks - self.never.len()
    }
}

fn text_of(model: &Model, file: SourceId) -> &str {
    model
        .sources
        .get(file.0 as usize)
        .map_or("", |source| &source.text)
}

/// The check that made a finding: several may share an id, the name tells them apart.
pub(super) fn check_of(model: &Model, finding: &Finding) -> Option<usize> {
    let of_id = |at: &usize| model.checks[*at].id() == finding.check;
    let named = |at: &usize| model.checks[*at].name == finding.title;
    let all = 0..model.checks.len();
    all.clone()
        .find(|at| of_id(at) && named(at))
        .or_else(|| all.clone().find(named))
        .or_else(|| all.clone().find(of_id))
}
