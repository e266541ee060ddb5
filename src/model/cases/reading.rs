//! Conditions of 情形 to comparisons on axes; what cannot be taken apart stands for itself.

use super::axes::{Axis, Point, Subject};
use crate::expr::fields::{Context, FieldType, field_type};
use crate::expr::{Comparison, Expr, ExprKind, Operation};
use crate::quantity::{Quantity, Ratio, Unit};
use crate::source::{Source, Span};
use std::cmp::Ordering;
use std::sync::Arc;

/// A condition over axes.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// 其余
    Otherwise,
    /// The number of an axis against a bound.
    Number(usize, Comparison, Ratio),
    /// Whether an axis is a word.
    Word(usize, usize),
    /// Whether an axis is true.
    Holds(usize),
    /// 有值 (true), 无值 (false)
    Has(usize, bool),
    /// 并非
    Not(Box<Condition>),
    /// 并且
    And(Box<Condition>, Box<Condition>),
    /// 或者
    Or(Box<Condition>, Box<Condition>),
}

impl Condition {
    /// Whether it holds where the axes have these values; nothing for 未知.
    pub fn holds(&self, at: &[Point]) -> Option<bool> {
        match self {
            Condition::Otherwise => Some(true),
            Condition::Number(axis, comparison, bound) => {
                let order = match at[*axis] {
                    Point::Number(number) => number.compare(*bound),
                    Point::OfNothing(order) => order,
                    _ => return None,
                };
                Some(fulfils(order, *comparison))
            }
            Condition::Word(axis, word) => match at[*axis] {
                Point::Word(at) => Some(at == *word),
                _ => None,
            },
            Condition::Holds(axis) => match at[*axis] {
                Point::Truth(truth) => Some(truth),
                _ => None,
            },
            Condition::Has(axis, wanted) => Some((at[*axis] != Point::Missing) == *wanted),
            Condition::Not(inner) => inner.holds(at).map(|known| !known),
            Condition::And(a, b) => both(a.holds(at), || b.holds(at), false),
            Condition::Or(a, b) => both(a.holds(at), || b.holds(at), true),
        }
    }
}

fn both(a: Option<bool>, b: impl FnOnce() -> Option<bool>, decides: bool) -> Option<bool> {
    if a == Some(decides) {
        return a;
    }
    match b() {
        Some(b) if b == decides => Some(decides),
        b => a.and(b),
    }
}

fn fulfils(order: Ordering, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::Different => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    }
}

/// The other way round: a < b is b > a.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}

/// A sum of multiples of fields, and a number.
#[derive(Clone, Debug)]
struct Linear {
    fields: Vec<(String, Ratio)>,
    number: Ratio,
    unit: Option<Unit>,
}

impl Linear {
    fn scale(mut self, factor: Ratio) -> Option<Linear> {
        for (_, many) in &mut self.fields {
            *many = many.mul(factor)?;
        }
        self.number = self.number.mul(factor)?;
        Some(self)
    }

    fn add(mut self, other: Linear) -> Option<Linear> {
        for (name, many) in other.fields {
            match self.fields.iter_mut().find(|(known, _)| *known == name) {
                Some((_, own)) => *own = own.add(many)?,
                None => self.fields.push((name, many)),
            }
        }
        self.fields.retain(|(_, many)| !many.is_zero());
        let number = match (self.unit, other.unit) {
            (Some(own), Some(unit)) => Quantity::computed(other.number, unit).value_in(own)?,
            _ => other.number,
        };
        self.number = self.number.add(number)?;
        self.unit = self.unit.or(other.unit);
        Some(self)
    }

    /// The bare number, where it is one: 120% is 1.2.
    fn factor(&self) -> Option<Ratio> {
        let unit = self.unit.unwrap_or(Unit::none());
        match self.fields.is_empty() {
            true => Quantity::computed(self.number, unit).value_in(Unit::none()),
            false => None,
        }
    }
}

/// Reads conditions, collecting the axes on the way.
pub struct Reader<'m> {
    /// The texts, for conditions that stand for themselves.
    pub sources: &'m [Arc<Source>],
    /// 参数 and their values.
    pub parameters: &'m [(String, Quantity)],
    /// What the conditions speak of.
    pub axes: Vec<Axis>,
}

impl Reader<'_> {
    /// A condition over the axes.
    pub fn read(&mut self, expr: &Expr) -> Condition {
        match &expr.kind {
            ExprKind::Otherwise => Condition::Otherwise,
            ExprKind::Not(inner) => Condition::Not(Box::new(self.read(inner))),
            ExprKind::And(a, b) => Condition::And(Box::new(self.read(a)), Box::new(self.read(b))),
            ExprKind::Or(a, b) => Condition::Or(Box::new(self.read(a)), Box::new(self.read(b))),
            ExprKind::Field(path) => Condition::Holds(self.axis(Subject::Truth(path.join(".")))),
            ExprKind::Compare(comparison, a, b) => self
                .compare(*comparison, a, b)
                .unwrap_or_else(|| self.other(expr.span)),
            ExprKind::Among(inner, choices) => self
                .among(inner, choices)
                .unwrap_or_else(|| self.other(expr.span)),
            ExprKind::Has(inner, wanted) => match &inner.kind {
                ExprKind::Field(path) => match self.subject(path) {
                    Some(subject) => Condition::Has(self.axis(subject), *wanted),
                    None => self.other(expr.span),
                },
                _ => self.other(expr.span),
            },
            _ => self.other(expr.span),
        }
    }

    fn other(&mut self, span: Span) -> Condition {
        let text = self
            .sources
            .get(span.source.0 as usize)
            .map_or("", |source| source.slice(span));
        let text = text.chars().filter(|c| !c.is_whitespace()).collect();
        Condition::Holds(self.axis(Subject::Other(text)))
    }

    fn axis(&mut self, subject: Subject) -> usize {
        let known = self.axes.iter().position(|axis| axis.subject == subject);
        known.unwrap_or_else(|| {
            self.axes.push(Axis::new(subject));
            self.axes.len() - 1
        })
    }

    /// What a field alone is, as far as it can be told.
    fn subject(&self, path: &[String]) -> Option<Subject> {
        let name = path.join(".");
        let last = path.last()?;
        let contexts = [Context::IndicatorRow, Context::ExecutionRow, Context::Declared];
        let known = contexts
            .into_iter()
            .chain([Context::Form, Context::Report, Context::FundRow])
            .find_map(|context| field_type(context, last))?;
        match known {
            FieldType::Text => Some(Subject::Text(name)),
            FieldType::Truth => Some(Subject::Truth(name)),
            FieldType::Number | FieldType::Either => Some(Subject::Number(name)),
            _ => None,
        }
    }

    fn compare(&mut self, comparison: Comparison, a: &Expr, b: &Expr) -> Option<Condition> {
        if let (ExprKind::Field(path), ExprKind::Text(word)) = (&a.kind, &b.kind) {
            let axis = self.axis(Subject::Text(path.join(".")));
            let word = Condition::Word(axis, self.axes[axis].word(word));
            return match comparison {
                Comparison::Equal => Some(word),
                Comparison::Different => Some(Condition::Not(Box::new(word))),
                _ => None,
            };
        }
        let difference = match (quotient(a), quotient(b)) {
            // 实际 ÷ 目标 ≥ 90% is 实际 ≥ 90% × 目标.
            (Some((over, under)), None) => {
                let under = self.linear(under)?.scale(self.linear(b)?.factor()?)?;
                self.linear(over)?.add(under.scale(Ratio::whole(-1))?)?
            }
            _ => self.linear(a)?.add(self.linear(b)?.scale(Ratio::whole(-1))?)?,
        };
        self.against_nought(difference, comparison)
    }

    /// A sum of fields against nought: one field against a number, or one against a multiple of another.
    fn against_nought(&mut self, sum: Linear, comparison: Comparison) -> Option<Condition> {
        let sign = |factor: Ratio| match factor > Ratio::ZERO {
            true => comparison,
            false => turned(comparison),
        };
        match sum.fields.as_slice() {
            [(name, many)] => {
                let bound = sum.number.negate()?.div(*many)?;
                let axis = self.axis(Subject::Number(name.clone()));
                let bound = self.axes[axis].bound(bound, sum.unit)?;
                Some(Condition::Number(axis, sign(*many), bound))
            }
            [first, second] if sum.number.is_zero() => {
                let (over, under) = match goal(&first.0) && !goal(&second.0) {
                    true => (second, first),
                    false => (first, second),
                };
                let bound = under.1.negate()?.div(over.1)?;
                let axis = self.axis(Subject::Share(over.0.clone(), under.0.clone()));
                let bound = self.axes[axis].bound(bound, None)?;
                Some(Condition::Number(axis, sign(over.1), bound))
            }
            _ => None,
        }
    }

    fn among(&mut self, inner: &Expr, choices: &[Expr]) -> Option<Condition> {
        let mut any: Option<Condition> = None;
        for choice in choices {
            let one = match &choice.kind {
                ExprKind::Interval(low, low_closed, high, high_closed) => {
                    let above = if *low_closed {
                        Comparison::AtLeast
                    } else {
                        Comparison::Greater
                    };
                    let below = if *high_closed {
                        Comparison::AtMost
                    } else {
                        Comparison::Less
                    };
                    let above = self.compare(above, inner, low)?;
                    Condition::And(Box::new(above), Box::new(self.compare(below, inner, high)?))
                }
                _ => self.compare(Comparison::Equal, inner, choice)?,
            };
            any = Some(match any {
                Some(before) => Condition::Or(Box::new(before), Box::new(one)),
                None => one,
            });
        }
        any
    }

    fn linear(&self, expr: &Expr) -> Option<Linear> {
        let number = |quantity: &Quantity| Linear {
            fields: Vec::new(),
            number: quantity.value,
            unit: (!quantity.unit.is_none()).then_some(quantity.unit),
        };
        match &expr.kind {
            ExprKind::Constant(quantity) => Some(number(quantity)),
            ExprKind::Field(path) => {
                if let [name] = path.as_slice()
                    && let Some((_, value)) = self.parameters.iter().find(|(known, _)| known == name)
                {
                    return Some(number(value));
                }
                match self.subject(path)? {
                    Subject::Number(name) => Some(Linear {
                        fields: vec![(name, Ratio::ONE)],
                        number: Ratio::ZERO,
                        unit: None,
                    }),
                    _ => None,
                }
            }
            ExprKind::Negate(inner) => self.linear(inner)?.scale(Ratio::whole(-1)),
            ExprKind::Compute(operation, a, b) => {
                let (a, b) = (self.linear(a)?, self.linear(b)?);
                match operation {
                    Operation::Add => a.add(b),
                    Operation::Subtract => a.add(b.scale(Ratio::whole(-1))?),
                    Operation::Multiply => match (a.factor(), b.factor()) {
                        (_, Some(factor)) => a.scale(factor),
                        (Some(factor), None) => b.scale(factor),
                        _ => None,
                    },
                    Operation::Divide => a.scale(Ratio::ONE.div(b.factor()?)?),
                }
            }
            _ => None,
        }
    }
}

/// The two sides of a division.
fn quotient(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match &expr.kind {
        ExprKind::Compute(Operation::Divide, over, under) if !under.fields().is_empty() => {
            Some((over, under))
        }
        _ => None,
    }
}

fn goal(name: &str) -> bool {
    name.ends_with("目标")
}
