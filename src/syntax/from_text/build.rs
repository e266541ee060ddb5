//! What the grammar matched to syntax, with places in the whole file.

use super::contents::{number, unquote};
use super::grammar::Rule;
use super::lines::Line;
use crate::quantity::Bound;
use crate::source::Span;
use crate::syntax::keywords::Shape;
use crate::syntax::{
    Amount, Case, Content, Expr, ExprKind, Operator, Parameter, Range, RangeEnd, Scoring, Target, Words,
};
use pest::iterators::{Pair, Pairs};

type P<'a> = Pair<'a, Rule>;

/// Turns matches within one line into syntax. `None` anywhere is a number too large to hold.
pub struct Builder<'a> {
    line: &'a Line,
    base: usize,
}

impl<'a> Builder<'a> {
    /// A builder for a text that begins at `base` of the file.
    pub fn new(line: &'a Line, base: usize) -> Builder<'a> {
        Builder { line, base }
    }

    fn span(&self, pair: &P) -> Span {
        let span = pair.as_span();
        // Implicit blanks behind the last part belong to nobody.
        let length = span.as_str().trim_end_matches(super::lines::is_blank).len();
        self.line
            .span(self.base + span.start()..self.base + span.start() + length)
    }

    fn words(&self, pair: &P) -> Words {
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
    fn amount(&self, pair: P) -> Option<Amount> {
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
                _ => amount.as_mut()?.unit = Some(self.words(&part)),
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
                Rule::unit => after = Some(self.words(&part)),
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

    /// A formula, whichever level of precedence it was read at.
    fn expr(&self, pair: P) -> Option<Expr> {
        let span = self.span(&pair);
        let rule = pair.as_rule();
        let kind = match rule {
            Rule::quantity => ExprKind::Number(self.amount(pair)?),
            Rule::path => ExprKind::Path(pair.into_inner().map(|p| self.words(&p)).collect()),
            Rule::otherwise => ExprKind::Otherwise,
            Rule::call => {
                let mut inner = pair.into_inner();
                let name = self.words(&inner.next()?);
                ExprKind::Call(name, inner.map(|p| self.expr(p)).collect::<Option<_>>()?)
            }
            Rule::bracket => return self.bracket(pair, span),
            _ => return self.chain(pair.into_inner(), span),
        };
        Some(Expr { kind, span })
    }

    fn bracket(&self, pair: P, span: Span) -> Option<Expr> {
        let mut inner = pair.into_inner();
        let open = matches!(inner.next()?.as_str(), "(" | "（");
        let first = self.expr(inner.next()?)?;
        let next = inner.next()?;
        if next.as_rule() == Rule::shut {
            return Some(first);
        }
        let second = self.expr(next)?;
        let shut = matches!(inner.next()?.as_str(), ")" | "）");
        let kind = ExprKind::Interval(Box::new(first), !open, Box::new(second), !shut);
        Some(Expr { kind, span })
    }

    /// Operands and what stands between them, from left to right; all levels of precedence have this form.
    fn chain(&self, mut inner: Pairs<'a, Rule>, span: Span) -> Option<Expr> {
        let first = inner.next()?;
        match first.as_rule() {
            Rule::not_word => {
                let kind = ExprKind::Not(Box::new(self.expr(inner.next()?)?));
                return Some(Expr { kind, span });
            }
            Rule::minus => {
                let kind = ExprKind::Negate(Box::new(self.expr(inner.next()?)?));
                return Some(Expr { kind, span });
            }
            _ => {}
        }
        let mut left = self.expr(first)?;
        while let Some(sign) = inner.next() {
            let kind = match sign.as_rule() {
                Rule::has | Rule::lacks => {
                    let kind = ExprKind::Has(Box::new(left), sign.as_rule() == Rule::has);
                    return Some(Expr { kind, span });
                }
                Rule::among => {
                    let of = inner.map(|p| self.expr(p)).collect::<Option<_>>()?;
                    let kind = ExprKind::Among(Box::new(left), of);
                    return Some(Expr { kind, span });
                }
                rule => {
                    let right = self.expr(inner.next()?)?;
                    ExprKind::Binary(operator(rule)?, Box::new(left), Box::new(right))
                }
            };
            let end = match &kind {
                ExprKind::Binary(_, left, right) => left.span.join(right.span),
                _ => span,
            };
            left = Expr { kind, span: end };
        }
        Some(left)
    }
}

/// The parts of a line without the mark of its end.
fn parts(pair: P<'_>) -> impl Iterator<Item = P<'_>> {
    pair.into_inner().filter(|part| part.as_rule() != Rule::EOI)
}

fn operator(rule: Rule) -> Option<Operator> {
    Some(match rule {
        Rule::and_word => Operator::And,
        Rule::or_word => Operator::Or,
        Rule::equal => Operator::Equal,
        Rule::different => Operator::Different,
        Rule::less => Operator::Less,
        Rule::at_most => Operator::AtMost,
        Rule::greater => Operator::Greater,
        Rule::at_least => Operator::AtLeast,
        Rule::add => Operator::Add,
        Rule::subtract => Operator::Subtract,
        Rule::multiply => Operator::Multiply,
        Rule::divide => Operator::Divide,
        Rule::or_else => Operator::OrElse,
        Rule::contains => Operator::Contains,
        _ => return None,
    })
}
