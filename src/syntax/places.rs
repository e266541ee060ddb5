//! Syntax without its places, to tell whether two statements say the same.

use super::{
    Amount, Case, Content, Expr, ExprKind, File, Parameter, Piece, Range, Scoring, Statement, Target, Words,
};
use crate::source::Span;
use crate::syntax::keywords::Word;

/// Whether two statements say the same; 备注 and 依据 do not count.
pub fn same(a: &Statement, b: &Statement) -> bool {
    let bare = |statement: &Statement| {
        let mut copy = statement.clone();
        copy.attributes
            .retain(|attribute| !matches!(attribute.word, Word::Remark | Word::Basis));
        forget_statement(&mut copy);
        copy
    };
    bare(a) == bare(b)
}

/// The file with every place set to nought.
pub fn forget(file: &mut File) {
    file.comments.clear();
    file.statements.iter_mut().for_each(forget_statement);
}

fn forget_statement(statement: &mut Statement) {
    statement.span = Span::default();
    statement.word_span = Span::default();
    statement.incomplete = false;
    forget_content(&mut statement.content);
    statement.attributes.iter_mut().for_each(forget_statement);
}

fn forget_content(content: &mut Content) {
    match content {
        Content::Empty | Content::Year(_) => {}
        Content::Text(w) | Content::Unit(w) => words(w),
        Content::Template(pieces) => {
            for piece in pieces {
                if let Piece::Value(expr) = piece {
                    forget_expr(expr);
                }
            }
        }
        Content::Citation(name, from) => {
            words(name);
            from.iter_mut().for_each(words);
        }
        Content::Head(name, points) => {
            words(name);
            points.iter_mut().for_each(amount);
        }
        Content::Path(all) | Content::Field(all) | Content::List(all) => all.iter_mut().for_each(words),
        Content::Target(Target::Number(_, a)) | Content::Points(a) => amount(a),
        Content::Target(Target::Interval(r)) | Content::Interval(r) => range(r),
        Content::Target(Target::Date(w) | Target::Text(w)) => words(w),
        Content::Scoring(s) => scoring(s),
        Content::Parameter(p) => parameter(p),
        Content::Cases(cases) => cases.iter_mut().for_each(case),
        Content::Condition(expr) => forget_expr(expr),
        Content::Grades(grades) => grades.iter_mut().for_each(|(name, r)| {
            words(name);
            range(r);
        }),
        Content::DefaultScoring(parts) => parts.iter_mut().for_each(|(name, s)| {
            words(name);
            scoring(s);
        }),
        Content::Scheme(parts) => parts.iter_mut().for_each(|(name, a)| {
            words(name);
            amount(a);
        }),
        Content::Conversion(a, b) => {
            amount(a);
            amount(b);
        }
    }
}

fn words(words: &mut Words) {
    words.span = Span::default();
}

fn amount(amount: &mut Amount) {
    amount.span = Span::default();
    amount.unit.iter_mut().for_each(words);
}

fn range(range: &mut Range) {
    range.span = Span::default();
    for end in range.low.iter_mut().chain(range.high.iter_mut()) {
        amount(&mut end.at);
    }
}

fn parameter(parameter: &mut Parameter) {
    words(&mut parameter.name);
    amount(&mut parameter.value);
}

fn scoring(scoring: &mut Scoring) {
    words(&mut scoring.standard);
    scoring.arguments.iter_mut().for_each(parameter);
}

fn case(case: &mut Case) {
    case.span = Span::default();
    forget_expr(&mut case.condition);
    forget_expr(&mut case.result);
}

fn forget_expr(expr: &mut Expr) {
    expr.span = Span::default();
    match &mut expr.kind {
        ExprKind::Otherwise => {}
        ExprKind::Number(a) => amount(a),
        ExprKind::Path(all) => all.iter_mut().for_each(words),
        ExprKind::Call(name, arguments) => {
            words(name);
            arguments.iter_mut().for_each(forget_expr);
        }
        ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Has(inner, _) => forget_expr(inner),
        ExprKind::Binary(_, left, right) | ExprKind::Interval(left, _, right, _) => {
            forget_expr(left);
            forget_expr(right);
        }
        ExprKind::Among(left, all) => {
            forget_expr(left);
            all.iter_mut().for_each(forget_expr);
        }
    }
}
