//! The names that a statement's formulas speak of.

use crate::syntax::{Content, Expr, ExprKind, Piece, Statement};
use std::collections::HashSet;

/// Adds the first words of every way of names in the formulas of a statement and its attributes.
pub fn by_statement<'a>(statement: &'a Statement, names: &mut HashSet<&'a str>) {
    match &statement.content {
        Content::Condition(expr) => by_expr(expr, names),
        Content::Cases(cases) => {
            for case in cases {
                by_expr(&case.condition, names);
                by_expr(&case.result, names);
            }
        }
        Content::Template(pieces) => {
            for piece in pieces {
                if let Piece::Value(expr) = piece {
                    by_expr(expr, names);
                }
            }
        }
        _ => {}
    }
    for attribute in &statement.attributes {
        by_statement(attribute, names);
    }
}

fn by_expr<'a>(expr: &'a Expr, names: &mut HashSet<&'a str>) {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Otherwise => {}
        ExprKind::Path(path) => names.extend(path.first().map(|first| first.text.as_str())),
        ExprKind::Call(_, arguments) => arguments.iter().for_each(|argument| by_expr(argument, names)),
        ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Has(inner, _) => by_expr(inner, names),
        ExprKind::Binary(_, left, right) | ExprKind::Interval(left, _, right, _) => {
            by_expr(left, names);
            by_expr(right, names);
        }
        ExprKind::Among(left, all) => {
            by_expr(left, names);
            all.iter().for_each(|item| by_expr(item, names));
        }
    }
}
