//! What the conditions of a standard speak of, parted into pieces within which every condition stays the same.

use crate::quantity::{End, Interval, Quantity, Ratio, Unit};
use std::cmp::Ordering;

/// Something that varies on its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A number: 完成率.
    Number(String),
    /// A number beside a multiple of another: 实际 beside 目标. The second is never below nought.
    Share(String, String),
    /// A text: 方向.
    Text(String),
    /// 真 or 假: 达标.
    Truth(String),
    /// A condition that is not taken apart, by its text.
    Other(String),
}

/// A subject with the numbers or words at which conditions part.
#[derive(Clone, PartialEq, Debug)]
pub struct Axis {
    /// What varies.
    pub subject: Subject,
    /// The unit of `bounds`, where one is known.
    pub unit: Option<Unit>,
    /// The numbers that it is compared with.
    pub bounds: Vec<Ratio>,
    /// The words that it is compared with, and those that it may be.
    pub words: Vec<String>,
    /// Whether `words` are all that it may be.
    pub closed: bool,
}

/// A value of a subject, standing for all of its piece.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Point {
    /// 无值
    Missing,
    /// A number; of a share the quotient, where the second number is above nought.
    Number(Ratio),
    /// Of a share: the second number is nought, and the first lies so to nought.
    OfNothing(Ordering),
    /// One of `Axis::words`; one past the end is any other word.
    Word(usize),
    /// 真 or 假
    Truth(bool),
}

/// A piece: its point, and all its numbers where it consists of numbers.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Piece {
    /// The value that stands for it.
    pub point: Point,
    /// Its numbers.
    pub numbers: Option<Interval>,
}

impl Piece {
    fn of(point: Point) -> Piece {
        Piece { point, numbers: None }
    }
}

/// What a text field may say; other texts may say anything.
pub fn closed_words(field: &str) -> Option<&'static [&'static str]> {
    match field {
        "方向" => Some(&["正向", "反向", "等于", "区间", "定性", "未定"]),
        "达成情况" => Some(&["达成", "部分达成", "未达成"]),
        _ => None,
    }
}

impl Axis {
    /// An axis at which nothing parts yet.
    pub fn new(subject: Subject) -> Axis {
        let (unit, words) = match &subject {
            Subject::Number(name) => (super::super::calls::unit_of_field(name), None),
            Subject::Text(name) => (None, closed_words(name)),
            _ => (None, None),
        };
        Axis {
            subject,
            unit,
            bounds: Vec::new(),
            closed: words.is_some(),
            words: words
                .unwrap_or_default()
                .iter()
                .map(|word| (*word).to_owned())
                .collect(),
        }
    }

    /// Notes a number at which it parts, and gives it in the unit of the axis; nothing when the units differ.
    pub fn bound(&mut self, at: Ratio, unit: Option<Unit>) -> Option<Ratio> {
        let at = match (self.unit, unit) {
            _ if at.is_zero() => at,
            (Some(own), Some(unit)) => Quantity::computed(at, unit).value_in(own)?,
            (None, Some(_)) => {
                self.unit = unit;
                at
            }
            (_, None) => at,
        };
        if !self.bounds.contains(&at) {
            self.bounds.push(at);
        }
        Some(at)
    }

    /// The number of a word of the axis.
    pub fn word(&mut self, word: &str) -> usize {
        let known = self.words.iter().position(|known| known == word);
        known.unwrap_or_else(|| {
            // A word that cannot be stays outside: nothing is equal to it.
            if self.closed {
                return usize::MAX;
            }
            self.words.push(word.to_owned());
            self.words.len() - 1
        })
    }

    /// Whether its numbers never lie below nought: counts, money, marks, rates of completion.
    fn is_never_negative(&self) -> bool {
        let pure = self.unit.is_none_or(|unit| unit.is_pure());
        match &self.subject {
            Subject::Number(name) => !pure || super::super::calls::unit_of_field(name).is_some(),
            _ => false,
        }
    }

    /// Its pieces, in order.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut all = match &self.subject {
            Subject::Number(_) => self.stretches(),
            Subject::Share(..) => {
                let nothing = [Ordering::Less, Ordering::Equal, Ordering::Greater];
                let mut all = self.stretches();
                all.extend(nothing.map(|order| Piece::of(Point::OfNothing(order))));
                all
            }
            Subject::Text(_) => {
                let many = self.words.len() + usize::from(!self.closed);
                (0..many).map(|word| Piece::of(Point::Word(word))).collect()
            }
            Subject::Truth(_) | Subject::Other(_) => {
                [true, false].map(|truth| Piece::of(Point::Truth(truth))).into()
            }
        };
        if !matches!(self.subject, Subject::Other(_)) {
            all.push(Piece::of(Point::Missing));
        }
        all
    }

    /// Whether a value is one that reports state: nobody has to write a case for fewer than no enterprises.
    pub fn is_usual(&self, point: Point) -> bool {
        !matches!(point, Point::Number(number) if number < Ratio::ZERO && self.is_never_negative())
    }

    /// The bounds, and the open stretches between them.
    fn stretches(&self) -> Vec<Piece> {
        let mut bounds = self.bounds.clone();
        if self.is_never_negative() {
            bounds.push(Ratio::ZERO);
        }
        bounds.sort();
        bounds.dedup();
        let mut pieces = Vec::with_capacity(bounds.len() * 2 + 1);
        let mut low: Option<Ratio> = None;
        for bound in &bounds {
            pieces.extend(stretch(low, Some(*bound)));
            pieces.push(Piece {
                point: Point::Number(*bound),
                numbers: Some(Interval::point(*bound)),
            });
            low = Some(*bound);
        }
        pieces.extend(stretch(low, None));
        pieces
    }
}

fn stretch(low: Option<Ratio>, high: Option<Ratio>) -> Option<Piece> {
    let numbers = Interval {
        low: low.map(End::open),
        high: high.map(End::open),
    };
    Some(Piece {
        point: Point::Number(easy(&numbers)?),
        numbers: Some(numbers),
    })
}

/// A number of an interval that is easy to say.
pub fn easy(numbers: &Interval) -> Option<Ratio> {
    if let Some(point) = numbers.as_point() {
        return Some(point);
    }
    let far = |at: Ratio| {
        let step = at.abs()?.div(Ratio::whole(2))?;
        Some(if step.is_zero() { Ratio::ONE } else { step })
    };
    let middle = match (numbers.low, numbers.high) {
        (Some(low), Some(high)) => low.at.add(high.at)?.div(Ratio::whole(2))?,
        (Some(low), None) => low.at.add(far(low.at)?)?,
        (None, Some(high)) => high.at.sub(far(high.at)?)?,
        (None, None) => Ratio::ZERO,
    };
    let rounded = [1, 0, -1, -2].into_iter().filter_map(|last| middle.round(last));
    rounded.chain([middle]).find(|number| numbers.contains(*number))
}
