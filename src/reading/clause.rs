//! Conditions to clauses: 完成率 ≥ 130% is 完成率达到 130% 及以上.

use super::Reader;
use super::numbers::glue;
use crate::expr::fields::Context;
use crate::expr::{Comparison, Expr, ExprKind, Function};

impl Reader<'_> {
    /// A condition as something that is so.
    pub(super) fn statement(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Otherwise => "其他情形".to_owned(),
            ExprKind::And(left, right) => {
                let (left, right) = (self.inside(left, false), self.inside(right, false));
                format!("{left}，并且{right}")
            }
            ExprKind::Or(left, right) => {
                glue(&glue(&self.inside(left, true), "或者"), &self.inside(right, true))
            }
            ExprKind::Not(inner) => self.denied(inner),
            ExprKind::Compare(comparison, left, right) => self.compared(*comparison, left, right),
            ExprKind::Has(inner, has) => self.filled(inner, *has),
            ExprKind::Among(inner, choices) => self.among(inner, choices, "在", "是"),
            ExprKind::Contains(whole, part) => self.contains(whole, part, ""),
            ExprKind::Field(path) => truth(path, true).unwrap_or_else(|| self.field(path)),
            _ => self.noun(expr),
        }
    }

    /// A part of a condition, in brackets where 并且 and 或者 would run into each other.
    fn inside(&self, part: &Expr, within_or: bool) -> String {
        let words = self.statement(part);
        match (&part.kind, within_or) {
            (ExprKind::Or(..), false) | (ExprKind::And(..), true) => format!("（{words}）"),
            _ => words,
        }
    }

    /// 并非
    fn denied(&self, inner: &Expr) -> String {
        use Comparison::{AtLeast, AtMost, Different, Equal, Greater, Less};
        match &inner.kind {
            ExprKind::Compare(comparison, left, right) => {
                let turned = match comparison {
                    Equal => Different,
                    Different => Equal,
                    Less => AtLeast,
                    AtLeast => Less,
                    Greater => AtMost,
                    AtMost => Greater,
                };
                self.compared(turned, left, right)
            }
            ExprKind::Has(inner, has) => self.filled(inner, !has),
            ExprKind::Not(inner) => self.statement(inner),
            ExprKind::Contains(whole, part) => self.contains(whole, part, "没有"),
            ExprKind::Among(inner, choices) => self.among(inner, choices, "不在", "不是"),
            ExprKind::Field(path) => {
                truth(path, false).unwrap_or_else(|| format!("不是{}", self.field(path)))
            }
            _ => format!("不属于“{}”的情形", self.statement(inner)),
        }
    }

    fn compared(&self, comparison: Comparison, left: &Expr, right: &Expr) -> String {
        if is_constant(left) && !is_constant(right) {
            return self.compared(mirrored(comparison), right, left);
        }
        if let Some(words) = direction(comparison, left, right) {
            return words;
        }
        if let Some(words) = self.nought_or_none(comparison, left, right) {
            return words;
        }
        let (a, b) = (self.noun(left), self.beside(left, right));
        let equal_word = if is_constant(right) { "为" } else { "等于" };
        let rate = matches!(&left.kind, ExprKind::Field(path)
            if path.last().is_some_and(|last| last.ends_with('率')));
        match comparison {
            Comparison::AtLeast if rate && matches!(right.kind, ExprKind::Constant(_)) => {
                format!("{a}达到 {b} 及以上")
            }
            Comparison::Equal => glue(&format!("{a}{equal_word}"), &b),
            Comparison::Different => glue(&format!("{a}不{equal_word}"), &b),
            Comparison::Less => glue(&format!("{a}低于"), &b),
            Comparison::AtMost => glue(&format!("{a}不超过"), &b),
            Comparison::Greater => glue(&format!("{a}超过"), &b),
            Comparison::AtLeast => glue(&format!("{a}不低于"), &b),
        }
    }

    /// (分值 若无 0 分) = 0 分: 分值为 0 分或者没有填写.
    fn nought_or_none(&self, comparison: Comparison, left: &Expr, right: &Expr) -> Option<String> {
        let zero = |expr: &Expr| matches!(&expr.kind, ExprKind::Constant(number) if number.value.is_zero());
        match &left.kind {
            ExprKind::OrElse(inner, instead)
                if comparison == Comparison::Equal && zero(instead) && zero(right) =>
            {
                let name = glue(&format!("{}为", self.noun(inner)), &self.noun(right));
                Some(glue(&name, "或者没有填写"))
            }
            _ => None,
        }
    }

    /// The right side of a comparison; a bare number beside 年度 is a year, beside a count it is so many.
    pub(super) fn beside(&self, left: &Expr, right: &Expr) -> String {
        let year =
            matches!(&left.kind, ExprKind::Field(path) if path.last().is_some_and(|last| last == "年度"));
        let count = matches!(left.kind, ExprKind::Call(Function::Count, _));
        let bare = matches!(&right.kind, ExprKind::Constant(number) if number.unit.is_none());
        match (bare, year, count) {
            (true, true, _) => format!("{} 年", self.noun(right)),
            (true, _, true) => format!("{} 个", self.noun(right)),
            _ => self.noun(right),
        }
    }

    /// 有值, 无值
    fn filled(&self, inner: &Expr, has: bool) -> String {
        let name = self.noun(inner);
        if let Some(what) = name.strip_prefix("正文的") {
            return format!("正文{}有{what}", if has { "写" } else { "没" });
        }
        if matches!(inner.kind, ExprKind::SectionText(_)) {
            return format!("报告{}{name}", if has { "写有" } else { "没有写" });
        }
        let prose = self.context == Context::Report;
        match (&inner.kind, has) {
            (ExprKind::Field(_), true) if prose => format!("报告写有{name}"),
            (ExprKind::Field(_), false) if prose => format!("报告没有写{name}"),
            (ExprKind::Field(_), true) => format!("填写了{name}"),
            (ExprKind::Field(_), false) => format!("没有填写{name}"),
            (_, true) => format!("有{name}"),
            (_, false) => format!("没有{name}"),
        }
    }

    /// 属于; the two words say it of an interval and of a list.
    pub(super) fn among(&self, inner: &Expr, choices: &[Expr], between: &str, one_of: &str) -> String {
        let name = self.noun(inner);
        match choices {
            [
                only @ Expr {
                    kind: ExprKind::Interval(..),
                    ..
                },
            ] => {
                format!("{}之间", glue(&format!("{name}{between}"), &self.noun(only)))
            }
            [
                only @ Expr {
                    kind: ExprKind::Field(_),
                    ..
                },
            ] => {
                format!("{name}{between}{}的范围之内", self.noun(only))
            }
            [only] => glue(&format!("{name}{one_of}"), &self.noun(only)),
            several => {
                let all: Vec<String> = several.iter().map(|choice| self.noun(choice)).collect();
                format!("{}之一", glue(&format!("{name}{one_of}"), &all.join("、")))
            }
        }
    }

    /// 包含; `not` stands before the verb.
    pub(super) fn contains(&self, whole: &Expr, part: &Expr, not: &str) -> String {
        let (name, part) = (self.noun(whole), self.noun(part));
        match &whole.kind {
            ExprKind::Field(path) if path.last().is_some_and(|last| last == "章节") => {
                format!("{name}中{not}有{part}").replace("没有有", "没有")
            }
            _ => format!("{name}{not}写有{part}").replace("没有写有", "没有写"),
        }
    }
}

/// Fields that are true or false.
fn truth(path: &[String], so: bool) -> Option<String> {
    let words = match (path.last()?.as_str(), so) {
        ("达标", true) => "达到目标",
        ("达标", false) => "没有达到目标",
        ("完整", true) => "表上列全了各组成部分",
        ("完整", false) => "表上没有列全各组成部分",
        _ => return None,
    };
    Some(words.to_owned())
}

/// 方向 = 正向 and the like.
fn direction(comparison: Comparison, left: &Expr, right: &Expr) -> Option<String> {
    let (ExprKind::Field(path), ExprKind::Text(text)) = (&left.kind, &right.kind) else {
        return None;
    };
    if path.last()? != "方向" {
        return None;
    }
    let kind = match text.as_str() {
        "正向" => "正向指标（越多越好）",
        "反向" => "反向指标（越少越好）",
        "等于" => "目标为一个定数的指标",
        "区间" => "目标为一个区间的指标",
        "定性" => "定性指标",
        "未定" => "看不出方向的指标",
        _ => return None,
    };
    match comparison {
        Comparison::Equal => Some(format!("属于{kind}")),
        Comparison::Different => Some(format!("不属于{kind}")),
        _ => None,
    }
}

/// A number or text of the rule file itself.
pub(super) fn is_constant(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant(_) | ExprKind::Text(_))
}

/// The comparison with its sides exchanged.
pub(super) fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::Greater => Comparison::Less,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}
