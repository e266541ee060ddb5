//! The ways in which the names of a requirement may be read, where the prose states them differently.

use crate::expr::{Expr, ExprKind};
use crate::facts::Role;
use crate::ledger::scope::{Choice, Scope};
use crate::model::Check;

/// More combinations of disagreeing mentions than this are not tried.
const MOST_WAYS: usize = 64;

/// Every combination of the different statements of the names that a check uses; nothing where there are too many.
pub(super) type Ways = Option<Vec<Vec<Choice>>>;

/// The ways of a requirement. They are the same for all rows.
pub(super) fn ways(scope: &Scope, check: &Check, requirement: &Expr) -> Ways {
    let mut several: Vec<(usize, Role, usize)> = Vec::new();
    for expr in check.when.iter().chain([requirement]) {
        expr.walk(&mut |expr| {
            if let ExprKind::Field(path) = &expr.kind
                && let Some(found) = scope.alternatives(path).filter(|(.., many)| *many > 1)
                && !several.contains(&found)
            {
                several.push(found);
            }
        });
    }
    let mut ways = vec![Vec::new()];
    for (name, role, many) in several {
        if ways.len() * many > MOST_WAYS {
            return None;
        }
        let with = |way: &Vec<Choice>, at| [way.as_slice(), &[Choice { name, role, at }]].concat();
        ways = (0..many)
            .flat_map(|at| ways.iter().map(move |way| with(way, at)))
            .collect();
    }
    Some(ways)
}
