//! A 评分标准 to sentences: each 情形 read back, with a worked number that the evaluator computed.

mod example;

use super::numbers::{between, glue, number};
use super::sample::Sample;
use super::search::holds;
use super::{Reader, Sentence};
use crate::expr::eval::{Trace, Value, evaluate};
use crate::expr::fields::Context;
use crate::expr::{Expr, ExprKind, Function};
use crate::model::{Case, Model, Scoring, Standard};
use example::{example, subjects};

/// The sentences of a standard, one a 情形, in order.
pub fn read(model: &Model, standard: &Standard) -> Vec<Sentence> {
    let reader = Reader {
        model,
        context: Context::IndicatorRow,
        parameters: &standard.parameters,
    };
    let subjects = subjects(model, standard);
    let only = standard.cases.len() == 1;
    let sentence = |(at, case): (usize, &Case)| Sentence {
        text: format!(
            "{}{}，{}。",
            other(&reader, standard, at),
            reader.condition(&case.condition, only),
            reader.earned(&case.result)
        ),
        example: example(model, standard, at, &subjects),
    };
    standard.cases.iter().enumerate().map(sentence).collect()
}

/// “其他” before a condition of which an earlier 情形 took a part away (正向 after 正向 and 完成率 ≥ 60%).
fn other(reader: &Reader, standard: &Standard, at: usize) -> &'static str {
    let own = reader.statement(&standard.cases[at].condition);
    let wider = |case: &Case| reader.statement(&case.condition).starts_with(&format!("{own}，"));
    match standard.cases[..at].iter().any(wider) {
        true => "其他",
        false => "",
    }
}

impl Reader<'_> {
    fn condition(&self, condition: &Expr, only: bool) -> String {
        match condition.kind {
            ExprKind::Otherwise if only => "一律".to_owned(),
            ExprKind::Otherwise => "其他情形".to_owned(),
            _ => glue(&self.statement(condition), "的"),
        }
    }

    /// What a 情形 earns.
    fn earned(&self, result: &Expr) -> String {
        match &result.kind {
            ExprKind::Field(path) if path.last().is_some_and(|last| last == "分值") => "得满分".to_owned(),
            ExprKind::Constant(marks) if marks.value.is_zero() => "不得分".to_owned(),
            ExprKind::Constant(marks) => format!("得 {}", number(marks)),
            ExprKind::Interval(low, low_closed, high, high_closed) => {
                let from_nought = matches!(&low.kind, ExprKind::Constant(low) if low.value.is_zero());
                let (low, high) = self.ends(low, high);
                let range = match (from_nought && *low_closed, *high_closed) {
                    (true, true) => glue(&high, "以内"),
                    (true, false) => format!("{high}（不含）以下"),
                    _ => format!("{}之间", between(&low, *low_closed, &high, *high_closed)),
                };
                format!("{}合理确定得分", glue("在", &range))
            }
            ExprKind::Call(function @ (Function::Greatest | Function::Least), pair) => self
                .limited(*function, pair)
                .unwrap_or_else(|| format!("得分 = {}", self.noun(result))),
            _ => match self.noun(result) {
                share if share.starts_with("分值的 ") => format!("得分为{share}"),
                formula => format!("得分 = {formula}"),
            },
        }
    }

    /// The ends of a range of marks: 分值的 80% and 100%.
    fn ends(&self, low: &Expr, high: &Expr) -> (String, String) {
        let (below, above) = (self.noun(low), self.noun(high));
        match (below.strip_prefix("分值的 "), above.strip_prefix("分值的 ")) {
            (Some(_), Some(share)) => (below.clone(), share.to_owned()),
            (Some(_), None) if above == "分值" => (below, "100%".to_owned()),
            _ => (below, above),
        }
    }

    /// 最大(0 分，x) is x but never less than 0 分; 最小(分值，x) is x but never more than the weight.
    fn limited(&self, function: Function, pair: &[Expr]) -> Option<String> {
        let [one, other] = pair else { return None };
        let fixed = |expr: &Expr| match &expr.kind {
            ExprKind::Constant(_) => true,
            ExprKind::Field(path) => path.last().is_some_and(|last| last == "分值"),
            _ => false,
        };
        let (limit, inner) = match (fixed(one), fixed(other)) {
            (true, false) => (one, other),
            (false, true) => (other, one),
            _ => return None,
        };
        let word = match function {
            Function::Greatest => "最低为",
            _ => "最高不超过",
        };
        let limit = glue(word, &self.noun(limit));
        Some(format!("得分 = {}，{limit}", self.noun(inner)))
    }
}

/// The 情形 that applies to a sample, and what it earns; nothing where one before it is 未知.
pub(super) fn apply<'m>(standard: &'m Standard, sample: &Sample<'m>) -> Option<(usize, Value<'m>)> {
    for (at, case) in standard.cases.iter().enumerate() {
        if holds(&case.condition, sample)? {
            return Some((at, evaluate(&case.result, sample, false, &mut Trace::default())));
        }
    }
    None
}

/// The standard that a scoring names.
pub(super) fn standard_of<'m>(model: &'m Model, scoring: &Scoring) -> Option<&'m Standard> {
    model
        .standards
        .iter()
        .find(|standard| standard.name == scoring.standard)
}
