//! Written formulas to typed expressions: every name looked up, every operation shown to make sense.

use super::draft::Draft;
use super::fits::{self, fits};
use super::lookup::{self, Found};
use super::{faults, units};
use crate::expr::fields::{Context, FieldType};
use crate::expr::{Comparison, Expr, ExprKind, Operation};
use crate::quantity::{Quantity, Unit};
use crate::source::Span;
use crate::syntax::{self, Operator, Words};

/// What names a formula may use.
pub struct Scope<'d, 'a> {
    /// The declarations, and where faults are told.
    pub draft: &'d mut Draft<'a>,
    /// The context whose fields are meant.
    pub context: Context,
    /// 参数 and their values.
    pub parameters: &'d [(String, Quantity)],
    /// In a 评分标准 参数 stay fields, and the fields of 执行行 are known as well.
    pub standard: bool,
}

impl<'d, 'a> Scope<'d, 'a> {
    /// The scope of a formula of a check.
    pub fn new(
        draft: &'d mut Draft<'a>,
        context: Context,
        parameters: &'d [(String, Quantity)],
    ) -> Scope<'d, 'a> {
        Scope {
            draft,
            context,
            parameters,
            standard: false,
        }
    }
}

/// An expression and what it gives.
pub struct Typed {
    /// The expression.
    pub expr: Expr,
    /// What it gives.
    pub holds: FieldType,
    /// Whether it gives one for each of several rows.
    pub many: bool,
    /// The unit, where it is known before a report is read.
    pub unit: Option<Unit>,
}

fn typed(kind: ExprKind, span: Span, holds: FieldType, unit: Option<Unit>) -> Typed {
    Typed {
        expr: Expr { kind, span },
        holds,
        many: false,
        unit,
    }
}

fn boxed(typed: Typed) -> Box<Expr> {
    Box::new(typed.expr)
}

/// A formula that must be true or false: 当, 要求, the condition of a 情形.
pub fn condition(scope: &mut Scope, expr: &syntax::Expr) -> Option<Expr> {
    if expr.kind == syntax::ExprKind::Otherwise {
        if scope.standard {
            return Some(Expr {
                kind: ExprKind::Otherwise,
                span: expr.span,
            });
        }
        scope.draft.tell(
            faults::error("rule-syntax", "“其余”只用在评分标准的情形里。", expr.span)
                .help("写出条件，例如：完成率 ≥ 130%。"),
        );
        return None;
    }
    truth(scope, expr)
}

/// A part of a condition that must be true or false.
pub fn truth(scope: &mut Scope, expr: &syntax::Expr) -> Option<Expr> {
    let typed = resolve(scope, expr)?;
    if typed.holds != FieldType::Truth {
        scope.draft.tell(
            faults::error("rule-syntax", "这里不是一个能判断成立不成立的条件。", expr.span)
                .help("例如：得分 ≤ 分值；原因 有值。"),
        );
        return None;
    }
    Some(typed.expr)
}

/// Any formula.
pub fn resolve(scope: &mut Scope, expr: &syntax::Expr) -> Option<Typed> {
    use syntax::ExprKind as Kind;
    let span = expr.span;
    match &expr.kind {
        Kind::Number(amount) => {
            let constant = units::constant(amount, &scope.draft.model.units);
            let constant = scope.draft.keep(constant)?;
            Some(typed(
                ExprKind::Constant(constant),
                span,
                FieldType::Number,
                Some(constant.unit),
            ))
        }
        Kind::Path(path) => match lookup::path(scope, path) {
            Ok(found) => Some(field(found, span)),
            Err(finding) => {
                scope.draft.tell(*finding);
                None
            }
        },
        Kind::Otherwise => otherwise(scope, span),
        Kind::Call(name, arguments) => super::calls::call(scope, name, arguments, span),
        Kind::Not(inner) => {
            let inner = truth(scope, inner)?;
            Some(typed(
                ExprKind::Not(Box::new(inner)),
                span,
                FieldType::Truth,
                None,
            ))
        }
        Kind::Negate(inner) => {
            let inner = number(scope, inner)?;
            let unit = inner.unit;
            Some(typed(
                ExprKind::Negate(boxed(inner)),
                span,
                FieldType::Number,
                unit,
            ))
        }
        Kind::Binary(operator, left, right) => binary(scope, *operator, left, right, span),
        Kind::Has(inner, has) => {
            let inner = resolve(scope, inner)?;
            Some(typed(
                ExprKind::Has(boxed(inner), *has),
                span,
                FieldType::Truth,
                None,
            ))
        }
        Kind::Among(left, all) => among(scope, left, all, span),
        Kind::Interval(low, low_closed, high, high_closed) => {
            interval(scope, (low, *low_closed), (high, *high_closed), span)
        }
    }
}

fn otherwise(scope: &mut Scope, span: Span) -> Option<Typed> {
    let finding = faults::error("rule-syntax", "“其余”只能单独作为一个情形的条件。", span)
        .help("例如：情形：其余，得 0 分");
    scope.draft.tell(finding);
    None
}

fn interval(
    scope: &mut Scope,
    low: (&syntax::Expr, bool),
    high: (&syntax::Expr, bool),
    span: Span,
) -> Option<Typed> {
    let (bottom, top) = (number(scope, low.0), number(scope, high.0));
    let (bottom, top) = (bottom?, top?);
    fits(scope, &bottom, &top, span);
    let unit = bottom.unit.or(top.unit);
    let kind = ExprKind::Interval(boxed(bottom), low.1, boxed(top), high.1);
    Some(typed(kind, span, FieldType::Interval, unit))
}

fn field(found: Found, span: Span) -> Typed {
    Typed {
        expr: Expr {
            kind: found.kind,
            span,
        },
        holds: found.holds,
        many: found.many,
        unit: found.unit,
    }
}

/// A formula that must give one number.
pub fn number(scope: &mut Scope, expr: &syntax::Expr) -> Option<Typed> {
    let typed = resolve(scope, expr)?;
    one_number(scope, typed)
}

fn one_number(scope: &mut Scope, typed: Typed) -> Option<Typed> {
    if typed.many || matches!(typed.holds, FieldType::Numbers | FieldType::Rows(_)) {
        scope.draft.tell(several(typed.expr.span));
        return None;
    }
    if matches!(
        typed.holds,
        FieldType::Number | FieldType::Either | FieldType::Interval
    ) {
        return Some(typed);
    }
    let what = match typed.holds {
        FieldType::Truth => "一个条件",
        FieldType::Row(_) => "一行",
        _ => "文字",
    };
    let message = format!("这里是{what}，不能当作数来计算或比较大小。");
    let help = "要用到数的地方写数、数的字段或者参数。";
    scope
        .draft
        .tell(faults::error("rule-syntax", message, typed.expr.span).help(help));
    None
}

fn several(span: Span) -> crate::finding::Finding {
    faults::error("rule-syntax", "这里有许多个数，不能直接计算或比较。", span)
        .help("先写成一个数，例如：合计(…)、最大(…)、最小(…)、计数(…)。")
}

fn binary(
    scope: &mut Scope,
    operator: Operator,
    left: &syntax::Expr,
    right: &syntax::Expr,
    span: Span,
) -> Option<Typed> {
    let judged = |kind| Some(typed(kind, span, FieldType::Truth, None));
    match operator {
        Operator::And | Operator::Or => {
            let (left, right) = (truth(scope, left), truth(scope, right));
            let (left, right) = (Box::new(left?), Box::new(right?));
            judged(match operator {
                Operator::And => ExprKind::And(left, right),
                _ => ExprKind::Or(left, right),
            })
        }
        Operator::Contains => {
            let (left, right) = (resolve(scope, left), text_or(scope, right));
            judged(ExprKind::Contains(boxed(left?), boxed(right?)))
        }
        Operator::OrElse => {
            let (left, right) = (resolve(scope, left), resolve(scope, right));
            let (left, right) = (left?, right?);
            let (holds, unit) = (left.holds, left.unit.or(right.unit));
            fits(scope, &left, &right, span);
            Some(typed(
                ExprKind::OrElse(boxed(left), boxed(right)),
                span,
                holds,
                unit,
            ))
        }
        Operator::Add => compute(scope, Operation::Add, left, right, span),
        Operator::Subtract => compute(scope, Operation::Subtract, left, right, span),
        Operator::Multiply => compute(scope, Operation::Multiply, left, right, span),
        Operator::Divide => compute(scope, Operation::Divide, left, right, span),
        Operator::Equal => equality(scope, Comparison::Equal, left, right, span),
        Operator::Different => equality(scope, Comparison::Different, left, right, span),
        Operator::Less => order(scope, Comparison::Less, left, right, span),
        Operator::AtMost => order(scope, Comparison::AtMost, left, right, span),
        Operator::Greater => order(scope, Comparison::Greater, left, right, span),
        Operator::AtLeast => order(scope, Comparison::AtLeast, left, right, span),
    }
}

fn compute(
    scope: &mut Scope,
    operation: Operation,
    left: &syntax::Expr,
    right: &syntax::Expr,
    span: Span,
) -> Option<Typed> {
    if operation == Operation::Divide && lookup::parted_by_a_slash(scope, left, right, span) {
        return None;
    }
    let (left, right) = (number(scope, left), number(scope, right));
    let (left, right) = (left?, right?);
    let unit = match operation {
        Operation::Add | Operation::Subtract => {
            // What is wrong within is not told once more of the whole.
            if !fits(scope, &left, &right, span) {
                return None;
            }
            left.unit.or(right.unit)
        }
        Operation::Multiply => left.unit.zip(right.unit).and_then(|(a, b)| Some(a.times(b)?.0)),
        Operation::Divide => left.unit.zip(right.unit).and_then(|(a, b)| Some(a.div(b)?.0)),
    };
    if operation == Operation::Divide && fits::is_zero(&right) {
        let finding = faults::error("rule-unit", "除数是 0，算不出来。", right.expr.span);
        scope
            .draft
            .tell(finding.help("除数写成不是 0 的数，或者写一个字段。"));
        return None;
    }
    let holds = match (left.holds, right.holds) {
        (FieldType::Interval, _) | (_, FieldType::Interval) => FieldType::Interval,
        _ => FieldType::Number,
    };
    Some(typed(
        ExprKind::Compute(operation, boxed(left), boxed(right)),
        span,
        holds,
        unit,
    ))
}

fn order(
    scope: &mut Scope,
    comparison: Comparison,
    left: &syntax::Expr,
    right: &syntax::Expr,
    span: Span,
) -> Option<Typed> {
    let (left, right) = (number(scope, left), number(scope, right));
    let (left, right) = (left?, right?);
    fits(scope, &left, &right, span);
    let kind = ExprKind::Compare(comparison, boxed(left), boxed(right));
    Some(typed(kind, span, FieldType::Truth, None))
}

/// = and ≠ also hold texts against each other, where a bare word stands for itself.
fn equality(
    scope: &mut Scope,
    comparison: Comparison,
    left: &syntax::Expr,
    right: &syntax::Expr,
    span: Span,
) -> Option<Typed> {
    if let Some(finding) = fits::empty_text(scope, comparison, left, right) {
        scope.draft.tell(finding);
        return None;
    }
    let left = resolve(scope, left)?;
    let right = match left.holds {
        FieldType::Text | FieldType::Either => text_or(scope, right)?,
        _ => resolve(scope, right)?,
    };
    let several_texts =
        |side: &Typed| side.many || matches!(side.holds, FieldType::Numbers | FieldType::Rows(_));
    for side in [&left, &right] {
        if several_texts(side) {
            scope.draft.tell(several(side.expr.span));
            return None;
        }
    }
    let is_text = |side: &Typed| side.holds == FieldType::Text;
    let is_number = |side: &Typed| matches!(side.holds, FieldType::Number | FieldType::Interval);
    if (is_text(&left) && is_number(&right)) || (is_number(&left) && is_text(&right)) {
        scope.draft.tell(
            faults::error("rule-syntax", "一边是文字，一边是数，不能比较。", span)
                .help("文字和文字比较，数和数比较。"),
        );
        return None;
    }
    fits(scope, &left, &right, span);
    let kind = ExprKind::Compare(comparison, boxed(left), boxed(right));
    Some(typed(kind, span, FieldType::Truth, None))
}

fn among(scope: &mut Scope, left: &syntax::Expr, all: &[syntax::Expr], span: Span) -> Option<Typed> {
    let left = resolve(scope, left)?;
    let mut values = Vec::new();
    for value in all {
        let value = match left.holds {
            FieldType::Text | FieldType::Either => text_or(scope, value)?,
            _ => resolve(scope, value)?,
        };
        fits(scope, &left, &value, span);
        values.push(value.expr);
    }
    Some(typed(
        ExprKind::Among(boxed(left), values),
        span,
        FieldType::Truth,
        None,
    ))
}

/// A formula beside a text: a bare word that names nothing is the word itself (达成情况 = 达成).
fn text_or(scope: &mut Scope, expr: &syntax::Expr) -> Option<Typed> {
    if let syntax::ExprKind::Path(path) = &expr.kind
        && let [word @ Words { text, .. }] = path.as_slice()
        && !lookup::is_known(scope, word)
        && !lookup::is_slip(scope, text)
    {
        return Some(typed(
            ExprKind::Text(text.clone()),
            expr.span,
            FieldType::Text,
            None,
        ));
    }
    resolve(scope, expr)
}
