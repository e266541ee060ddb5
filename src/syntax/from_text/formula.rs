//! Formulas from the flat list that the grammar matches to a tree, by precedence.

use super::build::{Builder, P};
use super::grammar::Rule;
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Operator};
use pest::pratt_parser::{Assoc, Op, PrattParser};
use std::sync::LazyLock;

/// What binds loosest stands first.
static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(left(Rule::or_word))
        .op(left(Rule::and_word))
        .op(Op::prefix(Rule::not_word))
        .op(left(Rule::equal)
            | left(Rule::different)
            | left(Rule::less)
            | left(Rule::at_most)
            | left(Rule::greater)
            | left(Rule::at_least)
            | left(Rule::contains)
            | Op::postfix(Rule::belongs)
            | Op::postfix(Rule::has)
            | Op::postfix(Rule::lacks))
        .op(left(Rule::add) | left(Rule::subtract))
        .op(left(Rule::multiply) | left(Rule::divide))
        .op(Op::prefix(Rule::minus))
        .op(left(Rule::or_else))
});

impl Builder<'_> {
    /// A formula or a part of one.
    pub fn expr(&self, pair: P) -> Option<Expr> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::quantity => ExprKind::Number(self.amount(pair)?),
            Rule::path => ExprKind::Path(pair.into_inner().map(|p| self.words(&p)).collect()),
            Rule::otherwise => ExprKind::Otherwise,
            Rule::call => {
                let mut inner = pair.into_inner();
                let name = self.words(&inner.next()?);
                ExprKind::Call(name, inner.map(|p| self.expr(p)).collect::<Option<_>>()?)
            }
            Rule::bracket => return self.bracket(pair, span),
            _ => return self.fold(pair),
        };
        Some(Expr { kind, span })
    }

    fn fold(&self, pair: P) -> Option<Expr> {
        if let Some(at) = chained(&pair) {
            self.chained.set(Some(at));
            return None;
        }
        PRECEDENCE
            .map_primary(|primary| self.expr(primary))
            .map_prefix(|sign, inner| {
                let inner = inner?;
                let span = self.span(&sign).join(inner.span);
                let kind = match sign.as_rule() {
                    Rule::minus => ExprKind::Negate(Box::new(inner)),
                    _ => ExprKind::Not(Box::new(inner)),
                };
                Some(Expr { kind, span })
            })
            .map_postfix(|inner, sign| self.suffix(inner?, sign))
            .map_infix(|left, sign, right| {
                let (left, right) = (left?, right?);
                let span = left.span.join(right.span);
                let kind = ExprKind::Binary(operator(sign.as_rule())?, Box::new(left), Box::new(right));
                Some(Expr { kind, span })
            })
            .parse(pair.into_inner())
    }

    fn suffix(&self, inner: Expr, sign: P) -> Option<Expr> {
        let span = inner.span.join(self.span(&sign));
        let kind = match sign.as_rule() {
            Rule::belongs => {
                let members = sign.into_inner().filter(|part| part.as_rule() != Rule::among);
                ExprKind::Among(
                    Box::new(inner),
                    members.map(|p| self.expr(p)).collect::<Option<_>>()?,
                )
            }
            rule => ExprKind::Has(Box::new(inner), rule == Rule::has),
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
}

/// Where a second comparison begins with no 并且 or 或者 before it.
fn chained(pair: &P) -> Option<usize> {
    let mut compared = false;
    for part in pair.clone().into_inner() {
        match part.as_rule() {
            Rule::and_word | Rule::or_word => compared = false,
            Rule::belongs | Rule::has | Rule::lacks if compared => return Some(part.as_span().start()),
            Rule::belongs | Rule::has | Rule::lacks => compared = true,
            rule if operator(rule).is_some_and(Operator::compares) => {
                if compared {
                    return Some(part.as_span().start());
                }
                compared = true;
            }
            _ => {}
        }
    }
    None
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
