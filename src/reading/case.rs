//! A 评分标准 to sentences: each 情形 read back, with a worked number that the evaluator computed.

use super::numbers::{between, glue, number, unit, value, whole};
use super::sample::{Sample, target_value};
use super::search::{Asked, holds, usual_targets};
use super::{Reader, Sentence};
use crate::expr::eval::{Trace, Value, evaluate};
use crate::expr::fields::Context;
use crate::expr::{Comparison, Expr, ExprKind, Function};
use crate::model::{Case, Model, Scoring, Standard};
use crate::quantity::{Interval, Quantity, Ratio};

/// An indicator that may stand in an example.
struct Subject<'m> {
    name: Option<&'m str>,
    weight: Value<'m>,
    target: Value<'m>,
    given: &'m [(String, Quantity)],
}

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
                    (true, true) => format!("{high}以内"),
                    (true, false) => format!("{high}（不含）以下"),
                    _ => format!("{}之间", between(&low, *low_closed, &high, *high_closed)),
                };
                format!("{}合理确定得分", glue("在", &range))
            }
            ExprKind::Call(function @ (Function::Greatest | Function::Least), pair) => self
                .limited(*function, pair)
                .unwrap_or_else(|| format!("得分 = {}", self.noun(result))),
            _ => format!("得分 = {}", self.noun(result)),
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
            _ => "最高为",
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

/// The model's own indicators that are scored by a standard, then made-up ones.
fn subjects<'m>(model: &'m Model, standard: &'m Standard) -> Vec<Subject<'m>> {
    let own = model.names.iter().filter_map(|name| {
        let indicator = name.indicator.as_ref()?;
        let scoring = indicator.scoring.as_ref()?;
        (scoring.standard == standard.name).then_some(())?;
        Some(Subject {
            name: Some(&name.name),
            weight: Value::number(indicator.weight?),
            target: target_value(indicator.target.as_ref()?),
            given: &scoring.arguments,
        })
    });
    let of_groups = model.groups.iter().filter_map(|group| {
        let scoring = group.scoring.as_ref()?;
        (scoring.standard == standard.name && group.level == 1).then_some(())?;
        Some(Subject {
            name: Some(&group.name),
            weight: Value::number(group.weight?),
            target: Value::Missing,
            given: &scoring.arguments,
        })
    });
    let mut targets = usual_targets();
    if points_down(standard) {
        targets.swap(0, 1);
    }
    let usual = targets.into_iter().map(|target| Subject {
        name: None,
        weight: Value::number(whole(20, unit("分"))),
        target,
        given: &[],
    });
    own.chain(of_groups).chain(usual).collect()
}

/// Whether a standard is made for indicators of which less is better: it says so, or asks for 实际 ≤ 目标.
fn points_down(standard: &Standard) -> bool {
    let conditions = standard.cases.iter().map(|case| &case.condition);
    let texts = Asked::by(conditions).texts;
    if texts.contains(&"反向") || texts.contains(&"正向") {
        return !texts.contains(&"正向");
    }
    standard.cases.iter().any(|case| match &case.condition.kind {
        ExprKind::Compare(Comparison::AtMost | Comparison::Less, left, right) => {
            Asked::by([&**left]).has("实际") && Asked::by([&**right]).has("目标")
        }
        _ => false,
    })
}

/// 例如：… for the 情形 at this place: the first try to which it and none before it applies.
fn example<'m>(
    model: &'m Model,
    standard: &'m Standard,
    at: usize,
    subjects: &[Subject<'m>],
) -> Option<String> {
    let formulas = standard.cases.iter().take(at + 1);
    let asked = Asked::by(formulas.flat_map(|case| [&case.condition, &case.result]));
    let case = Asked::by([&standard.cases[at].condition, &standard.cases[at].result]);
    let mut rough = None;
    for subject in subjects {
        for sample in tries(model, standard, subject, &asked) {
            let Some((applied, marks)) = apply(standard, &sample) else {
                continue;
            };
            let earned = (applied == at).then(|| earned_words(&marks)).flatten();
            let Some(earned) = earned else { continue };
            let words = told(subject, &sample, &asked, &case, &earned);
            if is_smooth(&marks) {
                return Some(words);
            }
            rough.get_or_insert(words);
        }
    }
    rough
}

/// The samples that are worth trying for a subject.
fn tries<'m>(
    model: &'m Model,
    standard: &'m Standard,
    subject: &Subject<'m>,
    asked: &Asked<'m>,
) -> Vec<Sample<'m>> {
    let mut sample = Sample::of(model, Context::IndicatorRow).with(subject.given, &standard.parameters);
    sample.set("分值", subject.weight.clone());
    let mut all = Vec::new();
    if asked.has("执行率") {
        for share in [9000, 8467, 10000, 10500, 7500, 6000, 5000] {
            let rate = Ratio::new(share, 100).map(|rate| Quantity::computed(rate, unit("%")));
            let mut tried = sample.clone();
            tried.set("执行率", rate.map_or(Value::Missing, Value::number));
            all.push(tried);
        }
    }
    if asked.has("达成情况") {
        for text in &asked.texts {
            let mut tried = sample.clone();
            tried.set("达成情况", Value::Text((*text).into()));
            tried.set_indicator(Value::Text((*text).into()), Value::Text((*text).into()));
            all.push(tried);
        }
    }
    if asked.needs_indicator() {
        let mut near = Asked {
            constants: asked.constants.clone(),
            ..Asked::default()
        };
        near.constants
            .extend(subject.given.iter().map(|(_, value)| *value));
        for actual in near.actuals(&subject.target) {
            let mut tried = sample.clone();
            tried.set_indicator(subject.target.clone(), actual);
            all.push(tried);
        }
    }
    if all.is_empty() {
        all.push(sample);
    }
    all
}

/// 例如：分值 10 分，目标 ≥8000 家，实际完成 7200 家，完成率 90%，得 9 分。
fn told(subject: &Subject, sample: &Sample, asked: &Asked, case: &Asked, earned: &str) -> String {
    let mut parts = Vec::new();
    let mut say = |label: &str, path: &str| {
        if let Some(words) = sample.get(path).and_then(value) {
            parts.push(glue(label, &words));
        }
    };
    say("分值", "分值");
    if asked.has("达成情况") {
        say("达成情况为", "达成情况");
    } else if asked.needs_indicator() {
        say("目标", "目标");
        say("实际完成", "实际");
        if case.has("完成率") || asked.has("完成率") {
            say("完成率", "完成率");
        }
    }
    if asked.has("执行率") {
        say("执行率", "执行率");
    }
    let name = subject.name.map_or(String::new(), |name| format!("“{name}”"));
    format!("例如：{name}{}，{earned}。", parts.join("，"))
}

fn earned_words(marks: &Value) -> Option<String> {
    Some(match marks {
        Value::Number(marks, _) if marks.value.is_zero() => "不得分".to_owned(),
        Value::Number(marks, _) => format!("得 {}", number(marks)),
        Value::Interval(interval, _) if Interval::is_empty(interval) => return None,
        Value::Interval(..) => {
            let range = value(marks)?;
            let word = if range.ends_with("以下") { "" } else { "之间" };
            format!("得分应在 {range}{word}")
        }
        _ => return None,
    })
}

/// Whether marks need no rounding to two places.
fn is_smooth(marks: &Value) -> bool {
    match marks {
        Value::Number(marks, _) => marks.value.fits(2),
        _ => true,
    }
}

/// The standard that a scoring names.
pub(super) fn standard_of<'m>(model: &'m Model, scoring: &Scoring) -> Option<&'m Standard> {
    model
        .standards
        .iter()
        .find(|standard| standard.name == scoring.standard)
}
