//! Requirements to what must be: 原因 有值 is “原因”一栏必须填写.

use super::Reader;
use super::clause::{is_constant, mirrored};
use super::numbers::glue;
use crate::expr::{Comparison, Expr, ExprKind, Function};

impl Reader<'_> {
    /// A requirement as a demand.
    pub(super) fn demand(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Compare(comparison, left, right) => self.must_compare(*comparison, left, right),
            ExprKind::Has(inner, true) => self.must_fill(inner),
            ExprKind::Has(inner, false) => format!("不得填写{}", self.noun(inner)),
            ExprKind::And(left, right) => format!("{}，并且{}", self.demand(left), self.demand(right)),
            ExprKind::Or(..) => self.must_be_one(expr),
            ExprKind::Among(inner, choices) => self.must_be_among(inner, choices),
            ExprKind::Contains(whole, part) => self.contains(whole, part, "必须"),
            ExprKind::Field(_) => format!("必须{}", self.statement(expr)),
            ExprKind::Not(inner) => match &inner.kind {
                ExprKind::Contains(whole, part) => self.contains(whole, part, "不得"),
                ExprKind::Has(inner, has) => self.demand(&Expr {
                    kind: ExprKind::Has(inner.clone(), !has),
                    span: expr.span,
                }),
                _ => format!("应当是：{}", self.statement(expr)),
            },
            _ => format!("应当是：{}", self.statement(expr)),
        }
    }

    fn must_compare(&self, comparison: Comparison, left: &Expr, right: &Expr) -> String {
        if is_constant(left) && !is_constant(right) {
            return self.must_compare(mirrored(comparison), right, left);
        }
        let (a, b) = (self.noun(left), self.beside(left, right));
        let grade = matches!(&right.kind, ExprKind::Call(Function::GradeName, _));
        let word = match comparison {
            Comparison::Equal if is_constant(right) => "应当为",
            Comparison::Equal if grade => "应当是",
            Comparison::Equal => "应当等于",
            Comparison::Different if is_constant(right) => "不得为",
            Comparison::Different => "不得等于",
            Comparison::Less => "必须低于",
            Comparison::AtMost => "不得超过",
            Comparison::Greater => "必须超过",
            Comparison::AtLeast => "不得低于",
        };
        glue(&format!("{a}{word}"), &b)
    }

    fn must_fill(&self, inner: &Expr) -> String {
        let name = self.noun(inner);
        match &inner.kind {
            ExprKind::SectionText(_) => format!("必须写有{name}"),
            _ if name.ends_with("一栏") => format!("{name}必须填写"),
            _ => format!("必须填写{name}"),
        }
    }

    /// 或者: at least one.
    fn must_be_one(&self, expr: &Expr) -> String {
        let mut all = Vec::new();
        alternatives(expr, &mut all);
        let filled = |one: &&&Expr| matches!(one.kind, ExprKind::Has(_, true));
        if all.iter().filter(filled).count() == all.len() {
            let names: Vec<String> = all
                .iter()
                .filter_map(|one| match &one.kind {
                    ExprKind::Has(inner, _) => Some(self.noun(inner)),
                    _ => None,
                })
                .collect();
            return format!("{}至少填写一处", names.join("、"));
        }
        let all: Vec<String> = all.iter().map(|one| self.statement(one)).collect();
        format!("至少要符合一条：{}", all.join("；或者"))
    }

    fn must_be_among(&self, inner: &Expr, choices: &[Expr]) -> String {
        if let [only] = choices
            && let ExprKind::Field(path) = &only.kind
            && path.last().is_some_and(|last| last == "应得分")
        {
            return format!("{}应当与{}相符", self.noun(inner), self.noun(only));
        }
        self.among(inner, choices, "应当在", "应当是")
    }
}

/// The conditions that 或者 joins.
fn alternatives<'e>(expr: &'e Expr, all: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Or(left, right) => {
            alternatives(left, all);
            alternatives(right, all);
        }
        _ => all.push(expr),
    }
}
