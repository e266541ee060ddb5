//! Groups dropped or put in order, with the rows that know theirs by its place led to where it now stands.

use super::{Form, Group};

impl Form {
    /// Keeps some of the groups of the first level.
    pub(super) fn keep_groups(&mut self, keep: impl Fn(&Group) -> bool) {
        let places = settle(&mut self.groups, |group| keep(group).then_some(0));
        for row in &mut self.rows {
            row.first = row.first.and_then(|first| *places.get(first)?);
        }
    }

    /// Puts the groups of the second level in order.
    pub(super) fn sort_subgroups(&mut self, order: impl Fn(&Group) -> usize) {
        let places = settle(&mut self.subgroups, |group| Some(order(group)));
        for row in &mut self.rows {
            row.second = row.second.and_then(|second| *places.get(second)?);
        }
    }
}

/// Puts groups in order and drops those without one. Gives where each of them now stands.
fn settle(groups: &mut Vec<Group>, order: impl Fn(&Group) -> Option<usize>) -> Vec<Option<usize>> {
    let mut places = vec![None; groups.len()];
    let numbered = std::mem::take(groups).into_iter().enumerate();
    let mut kept: Vec<(usize, usize, Group)> = numbered
        .filter_map(|(at, group)| Some((order(&group)?, at, group)))
        .collect();
    kept.sort_by_key(|(order, ..)| *order);
    for (_, at, group) in kept {
        places[at] = Some(groups.len());
        groups.push(group);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::form::IndicatorRow;

    #[test]
    fn rows_follow_their_groups_and_let_go_of_those_that_are_dropped() {
        let row = |first| IndicatorRow {
            first: Some(first),
            ..IndicatorRow::default()
        };
        let named = |rows: Vec<usize>| Group {
            rows,
            ..Group::default()
        };
        let mut form = Form {
            groups: vec![named(Vec::new()), named(vec![1])],
            rows: vec![row(0), row(1)],
            ..Form::default()
        };
        form.keep_groups(|group| !group.rows.is_empty());
        let firsts: Vec<Option<usize>> = form.rows.iter().map(|row| row.first).collect();
        assert_eq!((form.groups.len(), firsts), (1, vec![None, Some(0)]));
    }
}
