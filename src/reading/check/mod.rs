//! A 检查 to a sentence: what is looked at, when, what must be, and a worked example of what is found.

mod due;
mod example;

use super::numbers::glue;
use super::{Reader, Sentence};
use crate::expr::fields::Context;
use crate::expr::{Expr, ExprKind, Piece, Template};
use crate::model::{Check, Manner, Model};

/// The sentence of a check. Of one that the program's own code judges, `about` says what it looks for.
pub fn read(model: &Model, check: &Check, about: &str) -> Sentence {
    if check.built_in {
        return Sentence {
            text: about.to_owned(),
            example: None,
        };
    }
    let reader = Reader::new(model, check.context);
    let demands: Vec<String> = check
        .requirements
        .iter()
        .map(|requirement| reader.demand(requirement))
        .collect();
    let when: Vec<String> = check
        .when
        .iter()
        .map(|condition| match check.when.as_slice() {
            [_] => alternatives(&reader, condition),
            _ => reader.statement(condition),
        })
        .collect();
    let when = match when.is_empty() {
        true => String::new(),
        false => format!("{}，", glue(&when.join("，并且"), "的")),
    };
    if demands.is_empty() {
        return Sentence {
            text: "这一条的要求没有读懂，暂不核对。".to_owned(),
            example: None,
        };
    }
    let mut text = format!("{}{when}{}。", lead(check.context), demands.join("；"));
    if check.manner == Manner::AsRanges {
        text.push_str("四舍五入造成的尾数出入不算。");
    }
    let example = check
        .requirements
        .iter()
        .find_map(|requirement| example::of(model, check, requirement));
    Sentence { text, example }
}

/// A condition; of two joined by 或者 each is a case of its own: 甲的，或者乙(的).
fn alternatives(reader: &Reader, condition: &Expr) -> String {
    match &condition.kind {
        ExprKind::Or(left, right) => {
            let (left, right) = (alternatives(reader, left), alternatives(reader, right));
            format!("{}，或者{right}", glue(&left, "的"))
        }
        _ => reader.statement(condition),
    }
}

/// 建议 in words, formulas read out, as a whole sentence.
pub fn advice(model: &Model, check: &Check) -> String {
    let mut words = template(&Reader::new(model, check.context), &check.help);
    if !words.is_empty() && !words.ends_with(['。', '！', '？']) {
        words.push('。');
    }
    words
}

fn template(reader: &Reader, template: &Template) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(value) => reader.noun(value),
    };
    template.pieces.iter().map(words).collect()
}

/// What a check goes through.
fn lead(context: Context) -> &'static str {
    match context {
        Context::Form => "看自评表：",
        Context::FundRow => "逐行看资金：",
        Context::ExecutionRow => "看预算执行率一行：",
        Context::FirstGroup => "逐个看每个一级指标：",
        Context::SecondGroup => "逐个看每个二级指标：",
        Context::IndicatorRow => "逐个看每项指标：",
        _ => "看整份报告：",
    }
}
