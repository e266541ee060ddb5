//! Typed expressions of the rule language: what a 要求, 当, 情形 or 提示 says, with every name resolved.

pub mod eval;
pub mod fields;

use crate::quantity::Quantity;
use crate::source::Span;

/// An expression with the place where it stands in its rule file.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl Expr {
    /// Visits it and every part of it, the whole first.
    pub fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        visit(self);
        match &self.kind {
            ExprKind::Call(_, inner) => inner.iter().for_each(|inner| inner.walk(visit)),
            ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Has(inner, _) => inner.walk(visit),
            ExprKind::And(a, b)
            | ExprKind::Or(a, b)
            | ExprKind::Compare(_, a, b)
            | ExprKind::Compute(_, a, b)
            | ExprKind::OrElse(a, b)
            | ExprKind::Contains(a, b)
            | ExprKind::Interval(a, _, b, _) => {
                a.walk(visit);
                b.walk(visit);
            }
            ExprKind::Among(inner, choices) => {
                inner.walk(visit);
                choices.iter().for_each(|choice| choice.walk(visit));
            }
            _ => {}
        }
    }

    /// The fields that take part in it, as the last word of their way, each once.
    pub fn fields(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        self.walk(&mut |expr| {
            if let ExprKind::Field(path) = &expr.kind
                && let Some(last) = path.last()
                && !names.contains(&last.as_str())
            {
                names.push(last);
            }
        });
        names
    }
}

/// What an expression says.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// A number of the rule file, or a 参数 with its value put in.
    Constant(Quantity),
    /// A quoted text, or a bare word compared with a text field (达成情况 = 达成).
    Text(String),
    /// A field, by its path from the context: 得分, 资金.总额.全年执行数, 上云企业数.实际.
    Field(Vec<String>),
    /// 章节文(“…”)
    SectionText(String),
    /// 其余, as a whole condition
    Otherwise,
    /// A function and its arguments.
    Call(Function, Vec<Expr>),
    /// 并非
    Not(Box<Expr>),
    /// 并且
    And(Box<Expr>, Box<Expr>),
    /// 或者
    Or(Box<Expr>, Box<Expr>),
    /// = ≠ < ≤ > ≥
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// + − × ÷
    Compute(Operation, Box<Expr>, Box<Expr>),
    /// A leading −
    Negate(Box<Expr>),
    /// 有值 (true) and 无值 (false)
    Has(Box<Expr>, bool),
    /// x 若无 y
    OrElse(Box<Expr>, Box<Expr>),
    /// 属于 an interval (one element of kind `Interval`, or a field such as 应得分) or a list of values
    Among(Box<Expr>, Vec<Expr>),
    /// 包含: the left text contains the right
    Contains(Box<Expr>, Box<Expr>),
    /// `[low，high)`; the flags say which ends are closed
    Interval(Box<Expr>, bool, Box<Expr>, bool),
}

/// The functions of the language.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Function {
    /// 合计(列，条件)
    Sum,
    /// 计数(列，条件)
    Count,
    /// 最大(…): of a column, or of several values
    Greatest,
    /// 最小(…)
    Least,
    /// 舍入(x，2 位): the second argument is a constant without unit, the number of places
    Round,
    /// 等级名(x)
    GradeName,
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// =
    Equal,
    /// ≠
    Different,
    /// <
    Less,
    /// ≤
    AtMost,
    /// >
    Greater,
    /// ≥
    AtLeast,
}

/// How two values are reckoned with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operation {
    /// +
    Add,
    /// −
    Subtract,
    /// ×
    Multiply,
    /// ÷
    Divide,
}

/// A text with 【…】 in it (提示, 建议).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Template {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// Words as they are.
    Words(String),
    /// 【…】
    Value(Expr),
}
