//! A requirement to a worked example: values for all that it asks, tried until the check finds something.

use super::due::due;
use crate::expr::eval::{Environment, Trace, Value, evaluate};
use crate::expr::{Comparison, Expr, ExprKind};
use crate::finding::Severity;
use crate::model::{Check, Model};
use crate::quantity::Quantity;
use crate::reading::Reader;
use crate::reading::numbers::{glue, value};
use crate::reading::sample::{Sample, target_value};
use crate::reading::search::{Asked, MOST_TRIALS, declared, fill, holds, judges_indicators, usual_targets};

/// What follows from target and actual value, and these themselves.
const OF_INDICATOR: &[&str] = &["目标", "规则目标", "实际", "完成率", "达标", "方向"];

/// What happens to a report that is at fault.
pub(super) fn consequence(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "就会指出错误",
        Severity::Warning => "就会给出警告",
        Severity::Info => "就会提醒",
    }
}

/// 例如：… for a requirement: what it should be, or what is refused; nothing where no try fits.
pub(super) fn of<'m>(model: &'m Model, check: &'m Check, requirement: &'m Expr) -> Option<String> {
    if let ExprKind::Among(_, choices) = &requirement.kind
        && let [
            Expr {
                kind: ExprKind::Field(path),
                ..
            },
        ] = choices.as_slice()
        && path.last().is_some_and(|last| last == "应得分")
    {
        return due(model, check);
    }
    match determined(requirement) {
        Some((field, formula)) => what_it_should_be(model, check, field, formula),
        None => what_is_refused(model, check, requirement),
    }
}

/// The field that an equality determines, and the formula that it must equal.
fn determined(requirement: &Expr) -> Option<(&[String], &Expr)> {
    let ExprKind::Compare(Comparison::Equal, left, right) = &requirement.kind else {
        return None;
    };
    match (&left.kind, &right.kind) {
        (_, ExprKind::Constant(_) | ExprKind::Text(_)) => None,
        (ExprKind::Field(path), _) if !Asked::by([&**right]).fields.contains(&path.as_slice()) => {
            Some((path, right))
        }
        (_, ExprKind::Field(path)) if !Asked::by([&**left]).fields.contains(&path.as_slice()) => {
            Some((path, left))
        }
        _ => None,
    }
}

/// 例如：全年执行数 508 万元，全年预算数 600 万元，执行率应为 84.67%；写成其他数，就会指出错误。
fn what_it_should_be<'m>(
    model: &'m Model,
    check: &'m Check,
    field: &'m [String],
    formula: &'m Expr,
) -> Option<String> {
    let mut asked = Asked::by(check.when.iter().chain([formula]));
    asked.fields.retain(|path| *path != field);
    let (sample, expected) = search(model, check, &mut asked, |sample| {
        let expected = evaluate(formula, sample, false, &mut Trace::default());
        let like = sample.get(&field.join("."));
        let expected = in_unit_of(expected, like)?;
        sample.set(&field.join("."), expected.clone());
        all_hold(check, sample).then_some(expected)
    })?;
    let reader = Reader::new(model, check.context);
    let other = match expected {
        Value::Text(_) => "写成别的",
        _ => "写成其他数",
    };
    let expected = glue("应为", &value(&expected)?);
    Some(format!(
        "例如：{}{}{expected}；{other}，{}。",
        givens(&reader, &sample, &asked),
        reader.field(field),
        consequence(check.severity)
    ))
}

/// 例如：分值 10 分，得分 12 分，就会指出错误。
fn what_is_refused<'m>(model: &'m Model, check: &'m Check, requirement: &'m Expr) -> Option<String> {
    let mut asked = Asked::by(check.when.iter().chain([requirement]));
    let (sample, ()) = search(model, check, &mut asked, |sample| {
        (all_hold(check, sample) && holds(requirement, sample) == Some(false)).then_some(())
    })?;
    let reader = Reader::new(model, check.context);
    let givens = givens(&reader, &sample, &asked);
    (!givens.is_empty()).then(|| format!("例如：{givens}{}。", consequence(check.severity)))
}

fn all_hold<'m>(check: &'m Check, sample: &Sample<'m>) -> bool {
    check.when.iter().all(|when| holds(when, sample) == Some(true))
}

/// A value in the unit in which its field is printed.
fn in_unit_of<'m>(value: Value<'m>, like: Option<&Value<'m>>) -> Option<Value<'m>> {
    Some(match (value, like) {
        (Value::Number(value, _), Some(Value::Number(like, _))) => match value.value_in(like.unit) {
            Some(same) => Value::number(Quantity::computed(same, like.unit)),
            None => Value::number(value),
        },
        (Value::Number(value, _), _) => Value::number(value),
        (Value::Text(text), _) => Value::Text(text),
        _ => return None,
    })
}

/// Tries what is asked for in every way, indicators among it.
fn search<'m, T>(
    model: &'m Model,
    check: &'m Check,
    asked: &mut Asked<'m>,
    mut wanted: impl FnMut(&mut Sample<'m>) -> Option<T>,
) -> Option<(Sample<'m>, T)> {
    let mut sample = Sample::of(model, check.context);
    for column in &asked.columns {
        if let ExprKind::Call(_, arguments) = &column.kind
            && let Some(Expr {
                kind: ExprKind::Field(path),
                ..
            }) = arguments.first()
            && let Some(usual) = declared(model, path)
        {
            sample.set(&path.join("."), usual);
        }
        if let Value::Number(sum, _) = evaluate(column, &sample, false, &mut Trace::default()) {
            asked.constants.push(sum);
        }
    }
    let of_indicator = judges_indicators(check.context) && asked.needs_indicator();
    let choices: Vec<(String, Vec<Value>)> = asked
        .fields
        .iter()
        .filter(|path| !(of_indicator && matches!(path, [only] if OF_INDICATOR.contains(&only.as_str()))))
        .map(|path| (path.join("."), asked.candidates(model, &sample, path)))
        .collect();
    let mut left = MOST_TRIALS;
    if !of_indicator {
        return fill(&sample, &choices, &mut left, wanted);
    }
    let own = model
        .names
        .iter()
        .filter_map(|name| Some(target_value(name.indicator.as_ref()?.target.as_ref()?)))
        .filter(|target| matches!(target, Value::Number(..)));
    for target in usual_targets().into_iter().chain(own.take(4)) {
        for actual in asked.actuals(&target) {
            let mut tried = sample.clone();
            tried.set_indicator(target.clone(), actual);
            if let Some(found) = fill(&tried, &choices, &mut left, &mut wanted) {
                return Some(found);
            }
        }
    }
    None
}

/// What an example takes for granted, each with a comma behind it.
fn givens<'m>(reader: &Reader, sample: &Sample<'m>, asked: &Asked<'m>) -> String {
    let mut words = String::new();
    let mut say = |label: &str, value: &str| {
        let given = format!("{}，", glue(label, value));
        // 合计(附加行.分值) and 合计(附加行.分值，…) are told alike.
        if !words.starts_with(&given) && !words.contains(&format!("，{given}")) {
            words.push_str(&given);
        }
    };
    let of_indicator = judges_indicators(reader.context) && asked.needs_indicator();
    if of_indicator {
        for (label, path) in [("目标", "目标"), ("实际完成", "实际"), ("完成率", "完成率")] {
            if (path != "完成率" || asked.has(path))
                && let Some(value) = sample.get(path).and_then(value)
            {
                say(label, &value);
            }
        }
    }
    for column in &asked.columns {
        let sum = evaluate(column, sample, false, &mut Trace::default());
        if let Some(sum) = value(&sum) {
            say(&reader.noun(&without_condition(column)), &sum);
        }
    }
    let mut fields = asked.fields.clone();
    fields.sort_by_key(|path| path.last().is_none_or(|last| last != "分值"));
    for path in &fields {
        let derived = matches!(path, [only] if OF_INDICATOR.contains(&only.as_str()));
        if of_indicator && derived {
            continue;
        }
        let name = reader.field(path);
        match sample.field(path).value {
            Value::Missing if name.ends_with("一栏") => say(&name, "空白"),
            Value::Missing => say("没有填写", &name),
            Value::Text(_) if name.ends_with("一栏") => say(&name, "已写明"),
            Value::Text(text) if ["正文", "章节"].contains(&name.as_str()) => {
                say(&format!("{name}写有"), &format!("“{text}”"));
            }
            Value::Text(text) => say(&format!("{name}为"), &format!("“{text}”")),
            held => {
                let year = if name == "年度" { " 年" } else { "" };
                if let Some(value) = value(&held) {
                    say(&name, &format!("{value}{year}"));
                }
            }
        }
    }
    words
}

/// 合计(列，条件) as 合计(列): the made-up rows all fulfil the condition.
fn without_condition(column: &Expr) -> Expr {
    let mut bare = column.clone();
    if let ExprKind::Call(_, arguments) = &mut bare.kind {
        arguments.truncate(1);
    }
    bare
}
