//! What the grammar matched to syntax, with places in the whole file.

use super::contents::{number, unquote};
use super::grammar::Rule;
use super::lines::Line;
use crate::quantity::Bound;
use crate::source::Span;
use crate::syntax::keywords::Shape;
use crate::syntax::{Amount, Case, Content, Expr, Parameter, Range, RangeEnd, Scoring, Target, Words};
use pest::iterators::Pair;
use std::cell::Cell;

pub(super) type P<'a> = Pair<'a, Rule>;

/// Turns matches within one line into syntax. `None` anywhere is a number too large to hold, or `chained`.
pub struct Builder<'a> {
    line: &'a Line,
    base: usize,
    /// Where a formula that the grammar takes says more than one thing: the second of two comparisons.
    pub chained: Cell<Option<usize>>,
}

impl<'a> Builder<'a> {
    /// A builder for a text that begins at `base` of the file.
    pub fn new(line: &'a Line, base: usize) -> Builder<'a> {
        Builder {
            line,
            base,
            chained: Cell::new(None),
        }
    }

    pub(super) fn span(&self, pair: &P) -> Span {
        let span = pair.as_span();
        // Implicit blanks behind the last part belong to nobody.
        let length = span.as_str().trim_end_matches(super::lines::is_blank).len();
        self.line
            .span(self.base + span.start()..self.base + span.start() + length)
    }

    pub(super) fn words(&self, pair: &P) -> Words {
        let (text, quoted) = unquote(pair.as_str().trim_matches(super::lines::is_blank));
        Words {
            text: text.to_owned(),
            span: self.span(pair),
            quoted,
        }
    }

    /// The content of a line that a production read.
    pub fn content(&self, shape: Shape, pair: P) -> Option<Content> {
        let mut inner = parts(pair);
        Some(match shape {
            Shape::Head => self.head(inner)?,
            Shape::List => Content::List(inner.map(|p| self.words(&p)).collect()),
            Shape::Points => Content::Points(self.amount(inner.next()?)?),
            Shape::Scoring => Content::Scoring(self.scoring(inner.next()?)?),
            Shape::Field => Content::Field(inner.next()?.into_inner().map(|p| self.words(&p)).collect()),
            Shape::Parameter => Content::Parameter(self.parameter(inner.next()?)?),
            Shape::Cases => Content::Cases(inner.map(|p| self.case(p)).collect::<Option<_>>()?),
            Shape::Interval => Content::Interval(self.range(inner.next()?)?),
            Shape::Grades => Content::Grades(inner.map(|p| self.grade(p)).collect::<Option<_>>()?),
            Shape::DefaultScoring => {
                Content::DefaultScoring(inner.map(|p| self.default_part(p)).collect::<Option<_>>()?)
            }
            Shape::Scheme => Content::Scheme(inner.map(|p| self.scheme_part(p)).collect::<Option<_>>()?),
            Shape::Conversion => {
                Content::Conversion(self.amount(inner.next()?)?, self.amount(inner.next()?)?)
            }
            _ => Content::Condition(self.expr(inner.next()?)?),
        })
    }

    /// The expression of a whole condition line.
    pub fn line_expr(&self, pair: P) -> Option<Expr> {
        self.expr(parts(pair).next()?)
    }

    fn head(&self, mut inner: impl Iterator<Item = P<'a>>) -> Option<Content> {
        let name = self.words(&inner.next()?);
        let points = match inner.next() {
            Some(marked) => Some(self.amount(marked)?),
            None => None,
        };
        Some(Content::Head(name, points))
    }

    /// A number and its unit.
    pub(super) fn amount(&self, pair: P) -> Option<Amount> {
        let span = self.span(&pair);
        let mut amount = None;
        let mut negative = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::minus => negative = true,
                Rule::quantity => amount = Some(self.amount(part)?),
                Rule::number => {
                    let (number, places, digits) = number(part.as_str())?;
                    amount = Some(Amount {
                        number,
                        places,
                        digits,
                        unit: None,
                        span,
                    });
                }
                _ => amount.as_mut()?.unit = Some(plain_unit(self.words(&part))),
            }
        }
        let mut amount = amount?;
        if negative {
            amount.number = amount.number.negate()?;
        }
        amount.span = span;
        Some(amount)
    }

    /// 目标
    pub fn target(&self, pair: P) -> Option<Target> {
        let inner = parts(pair).next()?;
        Some(match inner.as_rule() {
            Rule::bounded => {
                let mut parts = inner.into_inner();
                let bound = match parts.next()?.as_rule() {
                    Rule::at_least => Bound::AtLeast,
                    Rule::at_most => Bound::AtMost,
                    Rule::greater => Bound::Above,
                    Rule::less => Bound::Below,
                    _ => Bound::Exactly,
                };
                Target::Number(Some(bound), self.amount(parts.next()?)?)
            }
            Rule::limited => {
                let mut parts = inner.into_inner();
                let amount = self.amount(parts.next()?)?;
                let up = parts.next()?.as_rule() == Rule::upward;
                Target::Number(Some(if up { Bound::AtLeast } else { Bound::AtMost }), amount)
            }
            Rule::signed => Target::Number(None, self.amount(inner)?),
            _ => Target::Interval(self.range_kind(inner)?),
        })
    }

    fn range(&self, pair: P) -> Option<Range> {
        self.range_kind(pair.into_inner().next()?)
    }

    fn range_kind(&self, pair: P) -> Option<Range> {
        let span = self.span(&pair);
        let kind = pair.as_rule();
        let (mut ends, mut direction, mut first_open, mut last_open) = (Vec::new(), None, false, false);
        let mut after = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::open => first_open = matches!(part.as_str(), "(" | "（"),
                Rule::shut => last_open = matches!(part.as_str(), ")" | "）"),
                Rule::unit => after = Some(plain_unit(self.words(&part))),
                Rule::upward | Rule::downward => direction = Some(part.as_rule()),
                Rule::included | Rule::excluded => {
                    let end: &mut RangeEnd = ends.last_mut()?;
                    end.closed = Some(part.as_rule() == Rule::included);
                }
                _ => ends.push(RangeEnd {
                    at: self.amount(part)?,
                    closed: None,
                }),
            }
        }
        if kind == Rule::bracket_range {
            ends.first_mut()?.closed = Some(!first_open);
            ends.last_mut()?.closed = Some(!last_open);
        }
        // [90，100] 分 and 90—100 分: one unit serves both ends.
        let unit = after.or_else(|| ends.last()?.at.unit.clone());
        for end in ends.iter_mut().filter(|end| end.at.unit.is_none()) {
            end.at.unit.clone_from(&unit);
        }
        let mut ends = ends.into_iter();
        let first = ends.next();
        let (low, high) = match direction {
            Some(Rule::upward) => (first, None),
            Some(_) => (None, first),
            None => (first, ends.next()),
        };
        Some(Range { low, high, span })
    }

    fn grade(&self, pair: P) -> Option<(Words, Range)> {
        let mut inner = pair.into_inner();
        Some((self.words(&inner.next()?), self.range(inner.next()?)?))
    }

    fn parameter(&self, pair: P) -> Option<Parameter> {
        let mut inner = pair.into_inner();
        Some(Parameter {
            name: self.words(&inner.next()?),
            value: self.amount(inner.next()?)?,
        })
    }

    fn scoring(&self, pair: P) -> Option<Scoring> {
        let mut inner = pair.into_inner();
        Some(Scoring {
            standard: self.words(&inner.next()?),
            arguments: inner.map(|p| self.parameter(p)).collect::<Option<_>>()?,
        })
    }

    fn default_part(&self, pair: P) -> Option<(Words, Scoring)> {
        let mut inner = pair.into_inner();
        Some((self.words(&inner.next()?), self.scoring(inner.next()?)?))
    }

    fn scheme_part(&self, pair: P) -> Option<(Words, Amount)> {
        let mut inner = pair.into_inner();
        let name = self.words(&inner.next()?);
        let part = inner.next()?;
        let (value, places, digits) = number(part.as_str())?;
        Some((
            name,
            Amount {
                number: value,
                places,
                digits,
                unit: None,
                span: self.span(&part),
            },
        ))
    }

    fn case(&self, pair: P) -> Option<Case> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        Some(Case {
            condition: self.expr(inner.next()?)?,
            result: self.expr(inner.next()?)?,
            span,
        })
    }
}

/// A unit in half-width signs, however it was typed.
pub fn plain_unit(mut words: Words) -> Words {
    words.text = words.text.replace('％', "%").replace('／', "/");
    words
}

/// The parts of a line without the mark of its end.
fn parts(pair: P<'_>) -> impl Iterator<Item = P<'_>> {
    pair.into_inner().filter(|part| part.as_rule() != Rule::EOI)
}
