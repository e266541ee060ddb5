//! 分值: 三级 add up to 二级, these to 一级, these to 100. What is left open is not judged, unless it is already too much.

use super::draft::Draft;
use super::{Group, Model, Name, faults};
use crate::finding::Finding;
use crate::quantity::Ratio;
use crate::source::Span;

/// What the members of a group have: the sum of the known, and whether all are known.
struct Members {
    sum: Ratio,
    complete: bool,
    count: usize,
    places: Vec<(Span, String)>,
}

/// What a group, or the whole, has to give, and what of it is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allotted {
    /// The group's name; of the whole, 满分.
    pub name: String,
    /// 0 for the whole, 1 for a 一级指标, 2 for a 二级指标.
    pub level: u8,
    /// Its own 分值; a 一级 or 二级指标 may have none.
    pub whole: Option<Ratio>,
    /// What its members have together, as far as it is written.
    pub sum: Ratio,
    /// How many members it has.
    pub members: usize,
    /// How many of these have no 分值, written or summed up.
    pub unwritten: usize,
    /// The line that declares the group; none for the whole.
    pub span: Option<Span>,
}

impl Model {
    /// What is allotted and what is left, the whole first; nothing where there are no 一级指标.
    pub fn allotted(&self) -> Vec<Allotted> {
        let firsts: Vec<&Group> = self.groups.iter().filter(|group| group.level == 1).collect();
        if firsts.is_empty() {
            return Vec::new();
        }
        let whole = gather(firsts.iter().map(|group| {
            let weight = group.weight.map(|weight| (weight.value, true));
            (weight, group.span, group.name.as_str())
        }));
        let one = |name: &str, level, whole, members: Members, span| Allotted {
            name: name.to_owned(),
            level,
            whole,
            sum: members.sum,
            members: members.count,
            unwritten: members.count - members.places.len(),
            span,
        };
        let mut all = vec![one("满分", 0, Some(Ratio::whole(100)), whole, None)];
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|at| {
            (
                self.groups[*at].parent.unwrap_or(*at),
                self.groups[*at].level,
                *at,
            )
        });
        for at in order {
            let group = &self.groups[at];
            let inside = members(at, &self.groups, &self.names);
            if group.weight.is_some() || inside.count > 0 {
                let weight = group.weight.map(|weight| weight.value);
                all.push(one(&group.name, group.level, weight, inside, Some(group.span)));
            }
        }
        all
    }
}

/// Checks every group, the whole, and every 分值方案.
pub fn check(draft: &mut Draft) {
    // Where a line could not be read, what seems to be left over may stand there.
    let unread = draft
        .findings
        .iter()
        .any(|finding| finding.check == "rule-syntax");
    let mut findings = Vec::new();
    let (groups, names) = (&draft.model.groups, &draft.model.names);
    for (at, group) in groups.iter().enumerate() {
        let members = members(at, groups, names);
        let weight = group.weight.map(|weight| weight.value);
        if let Some(weight) = weight
            && let Some(finding) = judge(&group.name, weight, &members, group.span)
        {
            findings.push(finding);
        }
    }
    let firsts: Vec<&Group> = groups.iter().filter(|group| group.level == 1).collect();
    let all = gather(firsts.iter().map(|group| {
        (
            group.weight.map(|weight| (weight.value, true)),
            group.span,
            group.name.as_str(),
        )
    }));
    if let Some(last) = firsts.iter().rev().find(|group| group.weight.is_some())
        && let Some(finding) = judge("满分", Ratio::whole(100), &all, last.span)
    {
        findings.push(finding);
    }
    for scheme in &draft.model.schemes {
        let parts = scheme
            .parts
            .iter()
            .map(|(name, points)| (Some((points.value, true)), scheme.span, name.as_str()));
        let mut members = gather(parts);
        members.places.clear();
        findings.extend(judge("分值方案", Ratio::whole(100), &members, scheme.span));
    }
    findings.retain(|(over, _)| *over || !unread);
    draft
        .findings
        .extend(findings.into_iter().map(|(_, finding)| finding));
}

fn members(at: usize, groups: &[Group], names: &[Name]) -> Members {
    let level = groups[at].level;
    let below = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.parent == Some(at))
        .map(|(index, group)| {
            let inside = members(index, groups, names);
            let own = group.weight.map(|weight| (weight.value, true));
            // A group with neither marks nor members says nothing yet.
            let sum = (inside.count > 0).then_some((inside.sum, inside.complete));
            (own.or(sum), group.span, group.name.as_str())
        });
    let direct = names.iter().filter_map(|name| {
        let indicator = name.indicator.as_ref()?;
        let inside = match level {
            1 => indicator.first == Some(at) && indicator.second.is_none(),
            _ => indicator.second == Some(at),
        };
        inside.then(|| {
            (
                indicator.weight.map(|weight| (weight.value, true)),
                name.span,
                name.name.as_str(),
            )
        })
    });
    gather(below.chain(direct))
}

/// Adds up marks, each with whether that is all of them.
fn gather<'a>(all: impl Iterator<Item = (Option<(Ratio, bool)>, Span, &'a str)>) -> Members {
    let mut members = Members {
        sum: Ratio::ZERO,
        complete: true,
        count: 0,
        places: Vec::new(),
    };
    for (points, span, name) in all {
        members.count += 1;
        match points.and_then(|(points, all)| Some((points, all, members.sum.add(points)?))) {
            Some((points, all, sum)) => {
                members.sum = sum;
                members.complete &= all;
                members
                    .places
                    .push((span, format!("{name} {} 分", shown(points))));
            }
            None => members.complete = false,
        }
    }
    members
}

/// Whether it is too much, and what to say.
fn judge(name: &str, whole: Ratio, members: &Members, span: Span) -> Option<(bool, Finding)> {
    let over = members.sum > whole;
    if members.count == 0 || members.sum == whole || (!members.complete && !over) {
        return None;
    }
    let (difference, word) = match over {
        true => (members.sum.sub(whole)?, "超出"),
        false => (whole.sub(members.sum)?, "尚余"),
    };
    let message = format!(
        "{name} {} 分，已分 {} 分，{word} {} 分。",
        shown(whole),
        shown(members.sum),
        shown(difference)
    );
    let mut finding = faults::error("rule-weight-sum", message, span).help("改动其中的分值，使合计相等。");
    finding.subject = name.to_owned();
    finding.stated = members.sum.to_plain(4);
    finding.expected = whole.to_plain(4);
    for (place, note) in members.places.iter().take(12) {
        finding = finding.and(*place, "分值", note.clone());
    }
    Some((over, finding))
}

fn shown(ratio: Ratio) -> String {
    ratio.to_plain(4).unwrap_or_default()
}
