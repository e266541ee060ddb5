//! What came of all trials of a file to the checks of that file that none of them made report.

use super::Ran;
use crate::finding::Finding;
use crate::model::Model;
use crate::source::SourceId;

/// How much of a file's checks its trials exercise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// How many checks the file states.
    pub checks: usize,
    /// The names of those that no trial made report, in order.
    pub never: Vec<String>,
}

impl Coverage {
    /// Of the checks that the file itself states; what it cites has trials of its own.
    pub fn of<'r>(model: &Model, file: SourceId, ran: impl Iterator<Item = &'r Ran>) -> Coverage {
        let mut exercised = vec![false; model.checks.len()];
        for at in ran.flat_map(|ran| &ran.exercised) {
            exercised[*at] = true;
        }
        let own = || model.checks.iter().zip(&exercised).filter(|(check, _)| check.span.source == file);
        Coverage {
            checks: own().count(),
            never: own()
                .filter(|(_, exercised)| !**exercised)
                .map(|(check, _)| check.name.clone())
                .collect(),
        }
    }

    /// How many reported what was expected of them.
    pub fn exercised(&self) -> usize {
        self.checks - self.never.len()
    }
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
