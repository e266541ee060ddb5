//! Every combination of pieces with the 情形 that applies there: what is left over, and which case never has its turn.

use super::super::Standard;
use super::axes::{Axis, Piece, Point, Subject};
use super::reading::{Condition, Reader};
use crate::expr::ExprKind;
use crate::finding::Severity;
use crate::quantity::{Interval, Quantity, Ratio};
use crate::source::Source;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More combinations than this, times the cases, are not gone through.
const MOST: usize = 300_000;

/// What is wrong with the cases.
#[derive(Clone, PartialEq, Debug)]
pub enum Fault {
    /// No case applies here.
    Gap(Vec<Piece>),
    /// Several things play a part, and no 其余 is last; perhaps with a place where no case applies.
    NoOtherwise(Option<Vec<Piece>>),
    /// The case is never reached.
    Unreached(Unreached),
    /// The marks of a case cannot be: which case, where, and what they come to.
    Marks {
        /// The case.
        case: usize,
        /// An error where every input shows it.
        severity: Severity,
        /// The values with which it comes out.
        with: Vec<(String, Quantity)>,
        /// What comes out.
        wrong: Wrong,
    },
}

/// A case that is never reached, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Unreached {
    /// The case.
    pub case: usize,
    /// The cases that apply wherever this one would.
    pub before: Vec<usize>,
    /// Whether an earlier case alone takes more than this one: then the order can be mended.
    pub wider: bool,
    /// Whether this one would only hold where an earlier one cannot be judged.
    pub undecided: bool,
}

/// What is wrong with marks.
#[derive(Clone, PartialEq, Debug)]
pub enum Wrong {
    /// More than 分值.
    Above(Quantity),
    /// Less than nought.
    Below(Quantity),
    /// An interval without a number.
    Empty(Quantity, Quantity),
}

impl Fault {
    /// Whether both say the same of the same case, though perhaps with other numbers.
    pub fn same(&self, other: &Fault) -> bool {
        match (self, other) {
            (Fault::Gap(_), Fault::Gap(_)) | (Fault::NoOtherwise(_), Fault::NoOtherwise(_)) => true,
            (Fault::Unreached(a), Fault::Unreached(b)) => a.case == b.case,
            (Fault::Marks { case: a, .. }, Fault::Marks { case: b, .. }) => a == b,
            _ => false,
        }
    }
}

/// What was found by going through all combinations.
pub struct Proof {
    /// What the conditions speak of.
    pub axes: Vec<Axis>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// For each case the combinations in which it applies.
    pub applies: Vec<Vec<Vec<Piece>>>,
    /// How many times a condition was looked at.
    pub tried: usize,
}

/// A combination of pieces, and what comes first there: the case, and whether it holds or cannot be judged.
struct Cell {
    pieces: Vec<Piece>,
    points: Vec<Point>,
    first: Option<(usize, bool)>,
}

impl Proof {
    /// Goes through the cases of a standard with these 参数.
    pub fn of(sources: &[Arc<Source>], standard: &Standard, parameters: &[(String, Quantity)]) -> Proof {
        let ends = standard
            .cases
            .last()
            .is_some_and(|case| case.condition.kind == ExprKind::Otherwise);
        if is_endless(standard) {
            return Proof {
                axes: Vec::new(),
                faults: Vec::from_iter((!ends).then_some(Fault::NoOtherwise(None))),
                applies: vec![Vec::new(); standard.cases.len()],
                tried: 0,
            };
        }
        let mut reader = Reader {
            sources,
            parameters,
            axes: Vec::new(),
        };
        let conditions: Vec<Condition> = standard
            .cases
            .iter()
            .map(|case| reader.read(&case.condition))
            .collect();
        let mut axes = reader.axes;
        relate(&mut axes);
        let mut proof = Proof {
            axes,
            faults: Vec::new(),
            applies: vec![Vec::new(); conditions.len()],
            tried: 0,
        };
        proof.go_through(&conditions, ends);
        proof
    }

    fn go_through(&mut self, conditions: &[Condition], ends: bool) {
        let pieces: Vec<Vec<Piece>> = self.axes.iter().map(Axis::pieces).collect();
        let many = pieces
            .iter()
            .try_fold(conditions.len().max(1), |many, axis| many.checked_mul(axis.len()));
        if conditions.is_empty() {
            return;
        }
        if many.is_none_or(|many| many > MOST) {
            self.faults.extend((!ends).then_some(Fault::NoOtherwise(None)));
            return;
        }
        self.tried = many.unwrap_or(0);
        let cells = self.cells(conditions, &pieces);
        let mut gap: Option<Vec<Piece>> = None;
        let mut reached = vec![false; conditions.len()];
        for cell in &cells {
            let usual = |(axis, point): (&Axis, &Point)| axis.is_usual(*point);
            let usual = self.axes.iter().zip(&cell.points).all(usual);
            match cell.first {
                Some((first, true)) => {
                    reached[first] = true;
                    if usual {
                        self.applies[first].push(cell.pieces.clone());
                    }
                }
                None if usual => {
                    gap = Some(gap.map_or_else(|| cell.pieces.clone(), |gap| joined(gap, &cell.pieces)));
                }
                _ => {}
            }
        }
        self.tell_gap(conditions, gap, ends);
        for (case, reached) in reached.into_iter().enumerate() {
            let last = conditions[case] == Condition::Otherwise && case + 1 == conditions.len();
            if !reached && !last {
                self.faults.push(Fault::Unreached(why(conditions, &cells, case)));
            }
        }
    }

    fn cells(&self, conditions: &[Condition], pieces: &[Vec<Piece>]) -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut at = vec![0; pieces.len()];
        loop {
            let here: Vec<Piece> = at.iter().zip(pieces).map(|(at, axis)| axis[*at]).collect();
            let points: Vec<Point> = here.iter().map(|piece| piece.point).collect();
            if is_possible(&self.axes, &points) {
                let mut all = conditions.iter().map(|one| one.holds(&points)).enumerate();
                let first = all.find_map(|(case, holds)| match holds {
                    Some(false) => None,
                    holds => Some((case, holds.is_some())),
                });
                cells.push(Cell {
                    pieces: here,
                    points,
                    first,
                });
            }
            if !step(&mut at, pieces) {
                return cells;
            }
        }
    }

    fn tell_gap(&mut self, conditions: &[Condition], gap: Option<Vec<Piece>>, ends: bool) {
        let single = matches!(self.axes.as_slice(), [axis]
            if !matches!(axis.subject, Subject::Share(..) | Subject::Other(_)));
        let ended = conditions.contains(&Condition::Otherwise);
        match gap {
            Some(gap) if single => self.faults.push(Fault::Gap(gap)),
            gap if !single && !ends && !ended => self.faults.push(Fault::NoOtherwise(gap)),
            _ => {}
        }
    }
}

/// So many earlier cases are named at most.
const MOST_NAMED: usize = 6;

/// Why a case is never reached: what comes first wherever it would hold.
fn why(conditions: &[Condition], cells: &[Cell], case: usize) -> Unreached {
    let holds = |case: usize, cell: &Cell| conditions[case].holds(&cell.points) == Some(true);
    let own: Vec<&Cell> = cells.iter().filter(|cell| holds(case, cell)).collect();
    let firsts = |wanted: bool| -> BTreeSet<usize> {
        let first = own.iter().filter_map(|cell| cell.first);
        first
            .filter(|(_, judged)| *judged == wanted)
            .map(|(first, _)| first)
            .collect()
    };
    let (before, undecided) = (firsts(true), firsts(false));
    // Where an earlier case cannot be judged nothing further is looked at, so that only the other places tell.
    let judged = |cell: &&&Cell| cell.first.is_some_and(|(_, judged)| judged);
    let alone = before
        .iter()
        .take(MOST_NAMED)
        .find(|before| own.iter().filter(judged).all(|cell| holds(**before, cell)));
    let wider = alone.is_some_and(|alone| cells.iter().any(|cell| holds(*alone, cell) && !holds(case, cell)));
    let only_undecided = before.is_empty() && !undecided.is_empty();
    let named = match (only_undecided, alone) {
        (true, _) => undecided.into_iter().take(1).collect(),
        (_, Some(alone)) => vec![*alone],
        _ => before.iter().copied().take(MOST_NAMED).collect(),
    };
    Unreached {
        case,
        before: named,
        wider,
        undecided: only_undecided,
    }
}

/// Conditions with more parts than this in all are not taken apart.
const MOST_PARTS: usize = 5_000;

/// Whether there is more written than a person writes.
fn is_endless(standard: &Standard) -> bool {
    let mut parts = 0;
    for case in &standard.cases {
        case.condition.walk(&mut |_| parts += 1);
        if parts > MOST_PARTS {
            return true;
        }
    }
    false
}

/// The next combination; false after the last.
fn step(at: &mut [usize], pieces: &[Vec<Piece>]) -> bool {
    for (at, axis) in at.iter_mut().zip(pieces) {
        *at += 1;
        if *at < axis.len() {
            return true;
        }
        *at = 0;
    }
    false
}

/// A gap with a further piece that directly follows, so that [60%，90%) is told whole.
fn joined(gap: Vec<Piece>, here: &[Piece]) -> Vec<Piece> {
    let ([only], [next]) = (gap.as_slice(), here) else {
        return gap;
    };
    let (Some(low), Some(high)) = (only.numbers, next.numbers) else {
        return gap;
    };
    let touch = matches!((low.high, high.low), (Some(a), Some(b)) if a.at == b.at && (a.closed || b.closed));
    if !touch {
        return gap;
    }
    let numbers = Interval {
        low: low.low,
        high: high.high,
    };
    let point = super::axes::easy(&numbers).map_or(only.point, Point::Number);
    vec![Piece {
        point,
        numbers: Some(numbers),
    }]
}

fn find(axes: &[Axis], wanted: impl Fn(&Subject) -> bool) -> Option<usize> {
    axes.iter().position(|axis| wanted(&axis.subject))
}

fn rate(axes: &[Axis]) -> Option<usize> {
    find(axes, |subject| *subject == Subject::Number("完成率".into()))
}

fn met(axes: &[Axis]) -> Option<usize> {
    find(axes, |subject| *subject == Subject::Truth("达标".into()))
}

fn share(axes: &[Axis]) -> Option<usize> {
    find(axes, |subject| {
        *subject == Subject::Share("实际".into(), "目标".into())
    })
}

/// Where 达标 plays a part, the rate and the share part at the target as well.
fn relate(axes: &mut [Axis]) {
    if met(axes).is_none() {
        return;
    }
    if let Some(rate) = rate(axes) {
        axes[rate].bound(Ratio::whole(100), None);
    }
    if let Some(share) = share(axes) {
        axes[share].bound(Ratio::ONE, None);
    }
}

/// Whether values of several subjects can stand together: 完成率 exists for 正向 only, and tells with 100% whether the
/// target is met. What is not known to be impossible is possible.
fn is_possible(axes: &[Axis], at: &[Point]) -> bool {
    let direction = find(axes, |subject| *subject == Subject::Text("方向".into()));
    let direction = direction.and_then(|axis| match at[axis] {
        Point::Word(word) => axes[axis].words.get(word).map(String::as_str),
        _ => None,
    });
    let met = met(axes).and_then(|axis| match at[axis] {
        Point::Truth(met) => Some(met),
        _ => None,
    });
    if let Some(Point::Number(rate)) = rate(axes).map(|axis| at[axis]) {
        let hundred = Ratio::whole(100);
        if direction.is_some_and(|direction| direction != "正向")
            || (met == Some(false) && rate > hundred)
            || (met == Some(true) && rate < hundred)
        {
            return false;
        }
    }
    let (Some(Point::Number(share)), Some(direction), Some(met)) =
        (share(axes).map(|axis| at[axis]), direction, met)
    else {
        return true;
    };
    let order = share.compare(Ratio::ONE);
    match direction {
        "正向" => !(met && order.is_lt() || !met && order.is_gt()),
        "反向" => !(met && order.is_gt() || !met && order.is_lt()),
        "等于" => met == order.is_eq(),
        _ => true,
    }
}
