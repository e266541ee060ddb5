//! 评分标准, who is scored by which, and 默认评分.

use super::draft::Draft;
use super::exprs::{Scope, Typed, condition, resolve as resolve_expr};
use super::{Case, Model, Scoring, Standard, faults, units};
use crate::expr::ExprKind;
use crate::expr::fields::{Context, FieldType};
use crate::quantity::Quantity;
use crate::syntax::keywords::Word;
use crate::syntax::{self, Content, Parameter, Statement, Words};

/// The standard that the program itself knows: marks in proportion to the execution rate.
const BY_EXECUTION: &str = "按执行率";

/// The 评分 line of a group or indicator.
pub fn of(draft: &mut Draft, statement: &Statement) -> Option<Scoring> {
    let lines: Vec<&Statement> = statement.all(Word::Scoring).collect();
    if let [first, .., last] = lines.as_slice() {
        let finding = faults::error("rule-duplicate", "“评分”写了两次。", last.span)
            .help("留下一处；不同的算法写在一个评分标准的几个“情形”里。")
            .and(first.span, "", "先写在这里");
        draft.tell(finding);
    }
    match &lines.first()?.content {
        Content::Scoring(written) => Some(read(draft, written, lines[0].span)),
        _ => None,
    }
}

fn read(draft: &mut Draft, written: &syntax::Scoring, span: crate::source::Span) -> Scoring {
    Scoring {
        standard: written.standard.text.clone(),
        arguments: parameters(draft, written.arguments.iter()),
        span,
    }
}

/// 参数, each name once.
pub fn parameters<'a>(
    draft: &mut Draft,
    written: impl Iterator<Item = &'a Parameter>,
) -> Vec<(String, Quantity)> {
    let mut all: Vec<(String, Quantity)> = Vec::new();
    let mut places: Vec<&Words> = Vec::new();
    for parameter in written {
        if let Some(before) = places.iter().find(|before| before.text == parameter.name.text) {
            draft.duplicate("参数", &parameter.name.text, parameter.name.span, before.span);
            continue;
        }
        places.push(&parameter.name);
        let value = units::constant(&parameter.value, &draft.model.units);
        if let Some(value) = draft.keep(value) {
            all.push((parameter.name.text.clone(), value));
        }
    }
    all
}

/// The 参数 lines of a statement.
pub fn parameter_lines(statement: &Statement) -> impl Iterator<Item = &Parameter> {
    statement
        .all(Word::Parameter)
        .filter_map(|line| match &line.content {
            Content::Parameter(parameter) => Some(parameter),
            _ => None,
        })
}

/// 默认评分：定量 …；定性 …
pub fn default(draft: &mut Draft, parts: &[(Words, syntax::Scoring)]) {
    for (quality, written) in parts {
        let end = written
            .arguments
            .last()
            .map_or(written.standard.span, |last| last.value.span);
        let scoring = read(draft, written, quality.span.join(end));
        let held = match quality.text.as_str() {
            "定量" => &mut draft.model.default_scoring.quantitative,
            _ => &mut draft.model.default_scoring.qualitative,
        };
        let before = held.clone();
        match before {
            Some(before)
                if !draft.implied.contains(&before.span.source)
                    && (before.span.source == scoring.span.source
                        || (&before.standard, &before.arguments)
                            != (&scoring.standard, &scoring.arguments)) =>
            {
                draft.duplicate("默认评分", &quality.text, scoring.span, before.span);
            }
            _ => *held = Some(scoring),
        }
    }
}

/// Gives indicators without 评分 that of their 二级指标, else of their 一级指标.
pub fn inherit(draft: &mut Draft) {
    let groups = &draft.model.groups;
    for name in &mut draft.model.names {
        let Some(indicator) = &mut name.indicator else {
            continue;
        };
        let of = |at: Option<usize>| at.and_then(|at| groups[at].scoring.clone());
        indicator.scoring = indicator
            .scoring
            .take()
            .or_else(|| of(indicator.second))
            .or_else(|| of(indicator.first));
    }
}

/// Reads the 情形 of every standard, and looks up every standard and 参数 that is named.
pub fn resolve(draft: &mut Draft) {
    for statement in draft.standards.clone() {
        if let Some(standard) = standard(draft, statement) {
            draft.model.standards.push(standard);
        }
    }
    for scoring in stated(&draft.model) {
        look_up(draft, &scoring);
    }
}

/// Every 评分 and 默认评分 that is written, each once: inherited ones stand where they are written.
pub fn stated(model: &Model) -> Vec<Scoring> {
    let of_groups = model.groups.iter().filter_map(|group| group.scoring.as_ref());
    let of_names = model
        .names
        .iter()
        .filter_map(|name| name.indicator.as_ref()?.scoring.as_ref());
    let defaults = [
        &model.default_scoring.quantitative,
        &model.default_scoring.qualitative,
    ];
    let mut used: Vec<Scoring> = of_groups
        .chain(of_names)
        .chain(defaults.into_iter().flatten())
        .cloned()
        .collect();
    used.sort_by_key(|scoring| scoring.span);
    used.dedup_by_key(|scoring| scoring.span);
    used
}

fn standard(draft: &mut Draft, statement: &Statement) -> Option<Standard> {
    let name = statement.words()?;
    let parameters = parameters(draft, parameter_lines(statement));
    let mut cases = Vec::new();
    let mut whole = !statement.incomplete;
    for line in statement.all(Word::Case) {
        let Content::Cases(written) = &line.content else {
            continue;
        };
        for case in written {
            let mut scope = Scope::new(draft, Context::IndicatorRow, &parameters);
            scope.standard = true;
            let condition = condition(&mut scope, &case.condition);
            let result = resolve_expr(&mut scope, &case.result);
            let result = result.filter(|result| earns_marks(draft, result));
            match (condition, result) {
                (Some(condition), Some(result)) => cases.push(Case {
                    condition,
                    result: result.expr,
                    span: case.span,
                }),
                _ => whole = false,
            }
        }
    }
    if !statement.incomplete && statement.all(Word::Case).next().is_none() {
        draft.tell(
            faults::error(
                "rule-syntax",
                format!("评分标准“{}”没有写情形。", name.text),
                statement.span,
            )
            .help("下面写：情形：达标，得 分值；最后写：情形：其余，得 0 分"),
        );
    }
    Some(Standard {
        name: name.text.clone(),
        parameters,
        cases,
        whole,
        span: statement.span,
    })
}

/// What follows 得 must be marks or an interval of them.
fn earns_marks(draft: &mut Draft, result: &Typed) -> bool {
    let numeric = matches!(
        result.holds,
        FieldType::Number | FieldType::Interval | FieldType::Either
    );
    let marks = result.unit.is_none_or(|unit| unit.compares_with(units::score()));
    if numeric && !result.many && marks {
        return true;
    }
    let message = match (numeric, result.unit) {
        (true, Some(unit)) if unit.is_none() => "得分没有写单位。".to_owned(),
        (true, Some(unit)) => format!("得分的单位应是“分”，这里得出的单位是“{}”。", unit.name()),
        _ => "“得”后面应是分数或分数的区间。".to_owned(),
    };
    let help = match (&result.expr.kind, result.unit) {
        (ExprKind::Constant(marks), Some(unit)) if unit.is_none() => format!("写成：得 {} 分", marks.text()),
        _ => "例如：得 0 分；得 分值 × 完成率。".to_owned(),
    };
    draft.tell(faults::error("rule-unit", message, result.expr.span).help(help));
    false
}

fn look_up(draft: &mut Draft, scoring: &Scoring) {
    let Some(standard) = draft
        .model
        .standards
        .iter()
        .find(|known| known.name == scoring.standard)
    else {
        if scoring.standard == BY_EXECUTION {
            return;
        }
        let known_by_rules = draft
            .model
            .standards
            .iter()
            .any(|known| known.name == BY_EXECUTION);
        let known: Vec<&str> = draft
            .model
            .standards
            .iter()
            .map(|known| known.name.as_str())
            .chain((!known_by_rules).then_some(BY_EXECUTION))
            .collect();
        let near = crate::syntax::nearest::like(&scoring.standard, known.iter().copied());
        let help = match (near.is_empty(), known.len()) {
            (false, _) => format!("是不是{}？", faults::quoted(near)),
            (true, 0..=1) => "先写“评分标准：…”，或者引用写有它的规则。".to_owned(),
            (true, _) => format!("现有的评分标准：{}。", faults::quoted(known.into_iter().take(6))),
        };
        let message = format!("没有“{}”这个评分标准。", scoring.standard);
        draft.tell(faults::error("rule-unknown-name", message, scoring.span).help(help));
        return;
    };
    let unknown = scoring
        .arguments
        .iter()
        .find(|(name, _)| !standard.parameters.iter().any(|(known, _)| known == name));
    if let Some((name, _)) = unknown {
        let known = faults::quoted(standard.parameters.iter().map(|(name, _)| name.as_str()));
        let message = format!("评分标准“{}”没有“{name}”这个参数。", standard.name);
        let help = match known.is_empty() {
            true => "它不带参数，去掉逗号和后面的内容。".to_owned(),
            false => format!("它的参数有：{known}。"),
        };
        let finding = faults::error("rule-unknown-name", message, scoring.span)
            .help(help)
            .and(standard.span, "", "评分标准写在这里");
        draft.tell(finding);
    }
}
