//! The marks that a form gives its 一级指标, beside those of a 分值方案: what differs, and how little of it.

use crate::ledger::names::plain;
use crate::model::Scheme;
use crate::quantity::Ratio;
use std::ops::Range;

/// How the execution row is called among the groups.
pub(super) const EXECUTION: &str = "执行";

/// The marks of one group as the form prints them.
pub(super) struct Printed {
    /// Its name as printed.
    pub name: String,
    /// The name as it is compared.
    pub core: String,
    /// Its marks.
    pub points: Ratio,
    /// Where they stand.
    pub range: Range<u32>,
}

/// What is the same of 产出指标, 产出 and 项目产出指标.
pub(super) fn core(name: &str) -> String {
    if name.contains("执行率") || name.contains("预算执行") || name.contains("资金执行") {
        return EXECUTION.to_owned();
    }
    let bare = name.trim_start_matches("项目").trim_end_matches("情况");
    let bare = bare.strip_suffix("指标").unwrap_or(bare);
    if bare.is_empty() {
        name.to_owned()
    } else {
        bare.to_owned()
    }
}

/// What a form's marks lack of a scheme.
pub(super) enum Difference {
    /// The group, as an index into the printed ones, and what the scheme gives it.
    Other(usize, Ratio),
    /// A group that the scheme does not have.
    Extra(usize),
    /// A group that the form does not have.
    Lacking(String, Ratio),
}

/// The differences from a scheme. Where it does not name the execution row, that may count in one of its groups.
pub(super) fn fewest(scheme: &Scheme, printed: &[Printed]) -> Option<Vec<Difference>> {
    let mut best = differences(scheme, printed, None)?;
    let execution = printed.iter().position(|group| group.core == EXECUTION);
    let named = scheme
        .parts
        .iter()
        .any(|(name, _)| core(&plain(name)) == EXECUTION);
    if let Some(execution) = execution.filter(|_| !named) {
        for at in (0..printed.len()).filter(|at| *at != execution) {
            let merged = differences(scheme, printed, Some((execution, at)))?;
            if merged.len() < best.len() {
                best = merged;
            }
        }
    }
    Some(best)
}

/// The differences, with the marks of one group counted in another; nothing where it is not certain which is which.
fn differences(
    scheme: &Scheme,
    printed: &[Printed],
    merged: Option<(usize, usize)>,
) -> Option<Vec<Difference>> {
    let left_out = |at: usize| merged.is_some_and(|(from, _)| from == at);
    let mut found = Vec::new();
    let mut taken = vec![false; printed.len()];
    let mut sum = Ratio::ZERO;
    for (name, points) in &scheme.parts {
        sum = sum.add(points.value)?;
        let wanted = core(&plain(name));
        let exact = |group: &Printed| group.core == wanted;
        let close = |group: &Printed| group.core.contains(&wanted) || wanted.contains(&group.core);
        let free = |at: &usize| !taken[*at] && !left_out(*at);
        let mut like: Vec<usize> = (0..printed.len())
            .filter(|at| free(at) && exact(&printed[*at]))
            .collect();
        if like.is_empty() {
            like = (0..printed.len())
                .filter(|at| free(at) && close(&printed[*at]))
                .collect();
        }
        match like.as_slice() {
            [] if points.value.is_zero() => {}
            [] => found.push(Difference::Lacking(name.clone(), points.value)),
            [at] => {
                taken[*at] = true;
                let with = merged
                    .filter(|(_, into)| into == at)
                    .map(|(from, _)| printed[from].points);
                let own = printed[*at].points.add(with.unwrap_or(Ratio::ZERO))?;
                if own != points.value {
                    found.push(Difference::Other(*at, points.value));
                }
            }
            _ => return None,
        }
    }
    // A scheme that leaves marks open says nothing of further groups.
    if sum == Ratio::whole(100) {
        let further = (0..printed.len()).filter(|at| !taken[*at] && !left_out(*at));
        found.extend(further.map(Difference::Extra));
    }
    Some(found)
}
