//! A 情形 to a worked example: indicators and actual values, tried until this 情形 is the first that holds.

use super::apply;
use crate::expr::eval::Value;
use crate::expr::fields::Context;
use crate::expr::{Comparison, ExprKind};
use crate::model::{Model, Standard};
use crate::quantity::{Interval, Quantity, Ratio};
use crate::reading::numbers::{glue, number, unit, value, whole};
use crate::reading::sample::{Sample, target_value};
use crate::reading::search::{Asked, usual_targets};

/// So many indicators of one standard are tried: others are like them.
const MOST_SUBJECTS: usize = 12;

/// An indicator that may stand in an example.
pub(super) struct Subject<'m> {
    name: Option<&'m str>,
    weight: Value<'m>,
    target: Value<'m>,
    given: &'m [(String, Quantity)],
}

/// The model's own indicators that are scored by a standard, then made-up ones.
pub(super) fn subjects<'m>(model: &'m Model, standard: &'m Standard) -> Vec<Subject<'m>> {
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
    own.take(MOST_SUBJECTS).chain(of_groups).chain(usual).collect()
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
pub(super) fn example<'m>(
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
    if asked.has("原因") {
        let explained = all.clone().into_iter().map(|mut tried| {
            tried.set("原因", Value::Text("已写明".into()));
            tried
        });
        all.extend(explained.collect::<Vec<_>>());
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
    if case.has("原因") {
        parts.push(match sample.get("原因") {
            Some(Value::Text(_)) => "“原因”一栏已写明".to_owned(),
            _ => "“原因”一栏空白".to_owned(),
        });
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
