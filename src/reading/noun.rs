//! Formulas that give a value to noun phrases: 合计(指标行.得分) is 各项指标的得分之和.

use super::Reader;
use super::fields::counted;
use super::numbers::{between, glue, number};
use crate::expr::{Expr, ExprKind, Function, Operation};
use crate::quantity::{Dimension, Quantity};

/// How tightly a phrase holds together; a looser one is put in brackets inside a tighter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    /// a + b
    Sum,
    /// a × b
    Product,
    /// One thing.
    Whole,
}

/// A noun phrase.
pub(super) struct Phrase {
    pub(super) text: String,
    hold: Hold,
}

impl Phrase {
    fn whole(text: impl Into<String>) -> Phrase {
        Phrase {
            text: text.into(),
            hold: Hold::Whole,
        }
    }

    /// In brackets where it holds less tightly than is needed.
    fn at_least(self, hold: Hold) -> String {
        match self.hold < hold {
            true => format!("（{}）", self.text),
            false => self.text,
        }
    }
}

impl Reader<'_> {
    /// A value in words.
    pub(super) fn noun(&self, expr: &Expr) -> String {
        self.phrase(expr).text
    }

    fn phrase(&self, expr: &Expr) -> Phrase {
        match &expr.kind {
            ExprKind::Constant(constant) => Phrase::whole(number(constant)),
            ExprKind::Text(text) => Phrase::whole(format!("“{text}”")),
            ExprKind::Field(path) => Phrase::whole(self.field(path)),
            ExprKind::SectionText(title) => Phrase::whole(format!("“{title}”一章")),
            ExprKind::Call(function, arguments) => self.call(*function, arguments),
            ExprKind::Compute(operation, left, right) => self.computed(*operation, left, right),
            ExprKind::Negate(inner) => {
                Phrase::whole(format!("负的{}", self.phrase(inner).at_least(Hold::Whole)))
            }
            ExprKind::OrElse(inner, instead) => {
                let instead = glue("没有的按", &self.noun(instead));
                Phrase::whole(format!("{}（{}）", self.noun(inner), glue(&instead, "计")))
            }
            ExprKind::Interval(low, low_closed, high, high_closed) => {
                let (low, high) = (self.noun(low), self.noun(high));
                Phrase::whole(between(&low, *low_closed, &high, *high_closed))
            }
            _ => Phrase::whole(format!("“{}”", self.statement(expr))),
        }
    }

    fn computed(&self, operation: Operation, left: &Expr, right: &Expr) -> Phrase {
        if operation == Operation::Multiply
            && let Some(share) = self.share_of(left, right)
        {
            return Phrase::whole(share);
        }
        let (a, b) = (self.phrase(left), self.phrase(right));
        let (sign, hold, needed) = match operation {
            Operation::Add => ("+", Hold::Sum, Hold::Sum),
            Operation::Subtract => ("−", Hold::Sum, Hold::Product),
            Operation::Multiply => ("×", Hold::Product, Hold::Product),
            Operation::Divide => ("÷", Hold::Product, Hold::Whole),
        };
        let (a, b) = (a.at_least(hold), b.at_least(needed));
        Phrase {
            text: format!("{a} {sign} {b}")
                .replace("） ", "）")
                .replace(" （", "（"),
            hold,
        }
    }

    /// 分值 × 80% is 分值的 80%, 目标 × 2 is 目标值的 2 倍.
    fn share_of(&self, left: &Expr, right: &Expr) -> Option<String> {
        let (ExprKind::Field(path), ExprKind::Constant(times)) = (&left.kind, &right.kind) else {
            return None;
        };
        let share = times.unit.dimension() == Some(Dimension::Share);
        let whole = times.unit.is_none() && times.value.is_whole();
        let of = format!("{}的", self.field(path));
        match (share, whole) {
            (true, _) => Some(glue(&of, &number(times))),
            (_, true) => Some(glue(&of, &format!("{} 倍", number(times)))),
            _ => None,
        }
    }

    fn call(&self, function: Function, arguments: &[Expr]) -> Phrase {
        Phrase::whole(match (function, arguments) {
            (Function::Round, [inner, places]) => format!("{}（{}）", self.noun(inner), rounded(places)),
            (Function::GradeName, [score]) => format!("{}对应的等级", self.noun(score)),
            (Function::Count, [rows, rest @ ..]) => self.count(rows, rest.first()),
            (Function::Sum, [column]) => format!("{}之和", self.noun(column)),
            (Function::Greatest, [column]) => format!("{}中最大的一个", self.noun(column)),
            (Function::Least, [column]) => format!("{}中最小的一个", self.noun(column)),
            (_, [column, condition]) if is_condition(condition) => {
                let all = self.call(function, std::slice::from_ref(column));
                format!("{}（只算{}的）", all.text, self.statement(condition))
            }
            (_, several) => {
                let all: Vec<Phrase> = several.iter().map(|one| self.phrase(one)).collect();
                // formulas side by side are told apart by quotation marks
                let formulas = all.iter().any(|one| one.hold < Hold::Whole);
                let quoted = |one: Phrase| match formulas {
                    true => format!("“{}”", one.text),
                    false => one.text,
                };
                let all: Vec<String> = all.into_iter().map(quoted).collect();
                let word = match function {
                    Function::Greatest => "中较大的一个",
                    Function::Least => "中较小的一个",
                    _ => "之和",
                };
                format!("{}{word}", all.join("与"))
            }
        })
    }

    fn count(&self, rows: &Expr, condition: Option<&Expr>) -> String {
        let what = match &rows.kind {
            ExprKind::Field(path) => counted(path),
            _ => "项目",
        };
        match condition {
            Some(condition) => format!("{}的{what}个数", self.statement(condition)),
            None => format!("{what}的个数"),
        }
    }
}

/// Whether an argument selects rows rather than being one of several values.
fn is_condition(expr: &Expr) -> bool {
    !matches!(
        expr.kind,
        ExprKind::Constant(_)
            | ExprKind::Field(_)
            | ExprKind::Call(..)
            | ExprKind::Compute(..)
            | ExprKind::Negate(_)
            | ExprKind::OrElse(..)
    )
}

fn rounded(places: &Expr) -> String {
    match &places.kind {
        ExprKind::Constant(Quantity { value, .. }) if !value.is_zero() => {
            format!("四舍五入，保留 {} 位小数", value.to_plain(0).unwrap_or_default())
        }
        _ => "四舍五入到整数".to_owned(),
    }
}
