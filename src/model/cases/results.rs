//! The marks that each 情形 gives, tried where it applies: never more than 分值, never less than nought.

use super::super::Standard;
use super::axes::{Axis, Piece, Point, Subject};
use super::proof::{Fault, Proof, Wrong};
use crate::expr::eval::{Environment, Reading, Trace, Value, evaluate};
use crate::finding::Severity;
use crate::quantity::{Interval, Quantity, Ratio, Unit};

/// The 分值 that is tried: large beside whatever fixed marks a case adds or takes off.
const WEIGHT: i128 = 100;

/// Values of fields by their names.
struct Sample<'s> {
    values: &'s [(String, Quantity)],
}

impl<'v> Environment<'v> for Sample<'_> {
    fn field(&self, path: &'v [String]) -> Reading<'v> {
        let name = path.join(".");
        let known = self.values.iter().find(|(known, _)| *known == name);
        Reading::bare(known.map_or(Value::Unknown("".into()), |(_, value)| Value::number(*value)))
    }

    fn rows(&self, _: &[String]) -> Option<Vec<Self>> {
        None
    }

    fn section_text(&self, _: &str) -> Reading<'v> {
        Reading::bare(Value::Missing)
    }

    fn grade_name(&self, _: &Quantity) -> Value<'v> {
        Value::Missing
    }
}

/// Tries every case; at most one fault each. What cannot be computed from the conditions alone proves nothing.
pub fn faults(proof: &Proof, standard: &Standard, parameters: &[(String, Quantity)]) -> Vec<Fault> {
    let mut found = Vec::new();
    for (case, stated) in standard.cases.iter().enumerate() {
        let fields = stated.result.fields();
        let own: Vec<&str> = fields
            .into_iter()
            .filter(|field| *field != "分值" && parameters.iter().all(|(name, _)| name != field))
            .collect();
        if !own.is_empty() && !is_plain(&proof.axes) {
            continue;
        }
        let marked = stated.result.fields().contains(&"分值");
        let (mut tried, mut wrong) = (0, Vec::new());
        for here in proof.applies[case].iter().take(500) {
            for with in samples(&proof.axes, here, &own) {
                let mut values = with.clone();
                values.push(("分值".into(), marks(WEIGHT)));
                values.extend(parameters.iter().cloned());
                let sample = Sample { values: &values };
                let value = evaluate(&stated.result, &sample, false, &mut Trace::default());
                tried += 1;
                if let Some(fault) = judge(value, marked) {
                    let shown = marked.then(|| ("分值".to_owned(), marks(WEIGHT)));
                    wrong.push((shown.into_iter().chain(with).collect(), fault));
                }
            }
        }
        let severity = match wrong.len() == tried {
            true => Severity::Error,
            false => Severity::Warning,
        };
        if let Some((with, wrong)) = wrong.into_iter().next() {
            found.push(Fault::Marks {
                case,
                severity,
                with,
                wrong,
            });
        }
    }
    found
}

fn marks(many: i128) -> Quantity {
    Quantity::computed(Ratio::whole(many), super::super::units::score())
}

/// Whether every axis varies on its own, so that what is tried can be: no field stands on two, and nothing is hidden.
fn is_plain(axes: &[Axis]) -> bool {
    let mut numbers: Vec<&str> = Vec::new();
    for axis in axes {
        match &axis.subject {
            Subject::Number(name) => numbers.push(name),
            Subject::Share(over, under) => numbers.extend([over.as_str(), under.as_str()]),
            Subject::Text(_) | Subject::Truth(_) => {}
            Subject::Other(_) => return false,
        }
    }
    let related = |name: &&str| matches!(*name, "完成率" | "实际" | "目标");
    let many = numbers.iter().filter(|name| related(name)).count();
    let rate = numbers.contains(&"完成率");
    numbers.sort_unstable();
    let count = numbers.len();
    numbers.dedup();
    count == numbers.len() && !(rate && many > 1)
}

/// Values of the fields that the marks are made of, a few within each piece.
fn samples(axes: &[Axis], here: &[Piece], wanted: &[&str]) -> Vec<Vec<(String, Quantity)>> {
    let mut all: Vec<Vec<(String, Quantity)>> = vec![Vec::new()];
    for (axis, piece) in axes.iter().zip(here) {
        let one = values(axis, piece, wanted);
        if !one.is_empty() {
            all = all
                .iter()
                .flat_map(|so_far| one.iter().map(move |more| [so_far.as_slice(), more].concat()))
                .collect();
        }
    }
    all
}

fn values(axis: &Axis, piece: &Piece, wanted: &[&str]) -> Vec<Vec<(String, Quantity)>> {
    let Point::Number(point) = piece.point else {
        return Vec::new();
    };
    let tried = || numbers(point, piece.numbers);
    let asked = |name: &str| {
        wanted
            .iter()
            .any(|wanted| name.rsplit('.').next() == Some(*wanted))
    };
    match &axis.subject {
        Subject::Number(name) if asked(name) => {
            let unit = axis.unit.unwrap_or(Unit::none());
            tried()
                .into_iter()
                .map(|number| vec![(name.clone(), Quantity::computed(number, unit))])
                .collect()
        }
        Subject::Share(over, under) if asked(over) || asked(under) => {
            let of_hundred = |share: Ratio| {
                let goal = Ratio::whole(100);
                let actual = share.mul(goal)?;
                Some(vec![
                    (under.clone(), Quantity::computed(goal, Unit::none())),
                    (over.clone(), Quantity::computed(actual, Unit::none())),
                ])
            };
            tried().into_iter().filter_map(of_hundred).collect()
        }
        _ => Vec::new(),
    }
}

/// The point of a piece, and two numbers near its ends.
fn numbers(point: Ratio, all: Option<Interval>) -> Vec<Ratio> {
    let mut tried = vec![point];
    let near = |end: Ratio| point.sub(end)?.div(Ratio::whole(20))?.add(end);
    // A rate far beyond the target is where marks without a limit show.
    if all.is_some_and(|all| all.high.is_none()) {
        tried.extend(
            [Some(Ratio::whole(150)), point.mul(Ratio::whole(2))]
                .into_iter()
                .flatten(),
        );
        tried.retain(|number| all.is_none_or(|all| all.contains(*number)));
    }
    let ends = all.map_or([None, None], |all| [all.low, all.high]);
    tried.extend(
        ends.into_iter()
            .flatten()
            .filter(|end| end.at != point)
            .filter_map(|end| near(end.at)),
    );
    tried
}

fn judge(value: Value, marked: bool) -> Option<Wrong> {
    let (low, high, unit, empty) = match value {
        Value::Number(marks, _) => (marks.value, marks.value, marks.unit, false),
        Value::Interval(interval, unit) => (interval.low?.at, interval.high?.at, unit, interval.is_empty()),
        _ => return None,
    };
    let quantity = |value| Quantity::computed(value, unit);
    if empty {
        Some(Wrong::Empty(quantity(low), quantity(high)))
    } else if low < Ratio::ZERO {
        Some(Wrong::Below(quantity(low)))
    } else if marked && high > Ratio::whole(WEIGHT) {
        Some(Wrong::Above(quantity(high)))
    } else {
        None
    }
}
