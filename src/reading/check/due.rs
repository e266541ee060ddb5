//! 得分 属于 应得分 to a worked example: an indicator of the model that misses its target, or the execution rate.

use super::example::consequence;
use crate::expr::eval::Value;
use crate::expr::fields::Context;
use crate::model::{Check, Model};
use crate::reading::case::{apply, standard_of};
use crate::reading::numbers::value;
use crate::reading::sample::{Sample, target_value};
use crate::reading::search::Asked;

/// What 应得分 comes to: an indicator of the model that misses its target, or the execution rate.
pub(super) fn due(model: &Model, check: &Check) -> Option<String> {
    if check.context == Context::ExecutionRow {
        let standard = model
            .standards
            .iter()
            .find(|standard| standard.name == "按执行率")?;
        let sample = Sample::of(model, Context::ExecutionRow).with(&[], &standard.parameters);
        let (_, marks) = apply(standard, &sample)?;
        let (rate, weight) = (value(sample.get("执行率")?)?, value(sample.get("分值")?)?);
        return Some(format!(
            "例如：执行率 {rate}，分值 {weight}，应得 {}；写成其他数，{}。",
            value(&marks)?,
            consequence(check.severity)
        ));
    }
    model.names.iter().find_map(|name| {
        let indicator = name.indicator.as_ref()?;
        let scoring = indicator.scoring.as_ref()?;
        let standard = standard_of(model, scoring)?;
        let target = target_value(indicator.target.as_ref()?);
        let actual = Asked::default().actuals(&target).into_iter().next()?;
        let mut sample =
            Sample::of(model, Context::IndicatorRow).with(&scoring.arguments, &standard.parameters);
        sample.set("分值", Value::number(indicator.weight?));
        sample.set_indicator(target.clone(), actual.clone());
        let (_, marks) = apply(standard, &sample)?;
        let Value::Number(..) = marks else { return None };
        Some(format!(
            "例如：“{}”分值 {}，目标 {}，实际完成 {}，应得 {}；写成其他数，{}。",
            name.name,
            value(sample.get("分值")?)?,
            value(&target)?,
            value(&actual)?,
            value(&marks)?,
            consequence(check.severity)
        ))
    })
}
