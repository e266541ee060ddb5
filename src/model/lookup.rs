//! A name in a formula to the field, 参数 or declared name that it means.

use super::calls::unit_of_field;
use super::exprs::Scope;
use super::{faults, likely};
use crate::expr::ExprKind;
use crate::expr::fields::{Context, FIELDS, FieldType, around, field_type};
use crate::finding::Finding;
use crate::quantity::Unit;
use crate::source::Span;
use crate::syntax::{self, Expr, Words, nearest};

/// What a name means.
pub struct Found {
    /// The expression.
    pub kind: ExprKind,
    /// What it gives.
    pub holds: FieldType,
    /// Whether it gives one for each of several rows.
    pub many: bool,
    /// Its unit, where it is known.
    pub unit: Option<Unit>,
}

/// Looks up a way of names.
pub fn path(scope: &Scope, path: &[Words]) -> Result<Found, Box<Finding>> {
    let Some((first, rest)) = path.split_first() else {
        return Err(Box::new(faults::error(
            "rule-syntax",
            "这里少了名称。",
            Default::default(),
        )));
    };
    if rest.is_empty()
        && let Some((name, value)) = scope.parameters.iter().find(|(name, _)| *name == first.text)
    {
        return Ok(Found {
            kind: match scope.standard {
                true => ExprKind::Field(vec![name.clone()]),
                false => ExprKind::Constant(*value),
            },
            holds: FieldType::Number,
            many: false,
            unit: Some(value.unit),
        });
    }
    if rest.is_empty() && first.quoted {
        return Ok(text(&first.text));
    }
    let known = (!first.quoted).then(|| known_field(scope, &first.text)).flatten();
    match known {
        Some(holds) => along(path, holds),
        None => declared(scope, first, rest),
    }
}

/// Whether a word alone means something: `path` would find it.
pub fn is_known(scope: &Scope, word: &Words) -> bool {
    word.quoted
        || scope.parameters.iter().any(|(name, _)| *name == word.text)
        || known_field(scope, &word.text).is_some()
}

fn text(text: &str) -> Found {
    Found {
        kind: ExprKind::Text(text.to_owned()),
        holds: FieldType::Text,
        many: false,
        unit: None,
    }
}

/// What a field of the context, or of those around it, holds.
fn known_field(scope: &Scope, name: &str) -> Option<FieldType> {
    std::iter::once(scope.context)
        .chain(scope.standard.then_some(Context::ExecutionRow))
        .chain(around(scope.context).iter().copied())
        .find_map(|context| field_type(context, name))
}

/// Follows a way of fields from what the first holds.
fn along(path: &[Words], mut holds: FieldType) -> Result<Found, Box<Finding>> {
    let mut many = false;
    for (before, step) in path.iter().zip(&path[1..]) {
        let (context, several) = match holds {
            FieldType::Row(context) => (context, false),
            FieldType::Rows(context) => (context, true),
            _ => return Err(Box::new(no_step(before, step))),
        };
        many |= several;
        holds = field_type(context, &step.text).ok_or_else(|| unknown_step(before, step, context))?;
    }
    let last = path.last().map_or("", |last| last.text.as_str());
    Ok(Found {
        kind: ExprKind::Field(path.iter().map(|words| words.text.clone()).collect()),
        holds,
        many,
        unit: unit_of_field(last),
    })
}

/// 表中: a way of fields of the form.
pub fn form_path(path: &[Words]) -> Result<(), Box<Finding>> {
    let Some(first) = path.first() else {
        return Ok(());
    };
    match field_type(Context::Form, &first.text) {
        Some(holds) => along(path, holds).map(|_| ()),
        None => Err(unknown_step_of("自评表", first, Context::Form)),
    }
}

/// The context of the rows that a way runs through: 指标行.得分 → 指标行.
pub fn rows(scope: &Scope, path: &[Words]) -> Option<Context> {
    let mut holds = known_field(scope, &path.first()?.text)?;
    let mut last = None;
    for step in path.iter().skip(1) {
        let context = match holds {
            FieldType::Row(context) => context,
            FieldType::Rows(context) => {
                last = Some(context);
                context
            }
            _ => break,
        };
        holds = field_type(context, &step.text)?;
    }
    match holds {
        FieldType::Rows(context) => Some(context),
        _ => last,
    }
}

fn no_step(before: &Words, step: &Words) -> Finding {
    faults::error(
        "rule-unknown-name",
        format!("“{}”后面不能再写“.{}”。", before.text, step.text),
        step.span,
    )
    .help(match (before.text.as_str(), step.text.as_str()) {
        ("年度", "全部" | "正文" | "表中") => {
            "“年度”只有一个值，是报告所属的年度；核对它写：要求：年度 = 2024".to_owned()
        }
        (_, "小数位" | "位数" | "小数") => {
            format!("小数位写成：要求：{0} = 舍入({0}，2 位)", before.text)
        }
        (_, "单位") => format!(
            "金额都按元、万元、亿元换算后比较，不核对“{}”印的是哪个单位；去掉这个条件。",
            before.text
        ),
        (_, step) => format!("去掉“.{step}”。"),
    })
}

fn unknown_step(before: &Words, step: &Words, context: Context) -> Box<Finding> {
    unknown_step_of(&before.text, step, context)
}

fn unknown_step_of(before: &str, step: &Words, context: Context) -> Box<Finding> {
    let fields: Vec<&str> = FIELDS
        .iter()
        .filter(|(of, _, _)| *of == context)
        .map(|(_, name, _)| *name)
        .collect();
    let near = nearest::like(&step.text, fields.iter().copied());
    let called = likely::field_of(&step.text).filter(|field| fields.contains(field));
    let below = (context == Context::Funds).then(|| field_type(Context::FundRow, &step.text));
    let help = match near.is_empty() {
        _ if called.is_some() && before == "自评表" => format!("写成：{}", called.unwrap_or_default()),
        _ if called.is_some() => format!("写成：{before}.{}", called.unwrap_or_default()),
        _ if before == "总额" && field_type(Context::ExecutionRow, &step.text).is_some() => {
            format!("预算执行率的{0}写成：执行.{0}", step.text)
        }
        _ if below.flatten().is_some() => format!("写成：{before}.总额.{}", step.text),
        _ if before == "自评表" && field_type(Context::FundRow, &step.text).is_some() => {
            format!("写成：资金.总额.{}", step.text)
        }
        true => format!("可以写：{}。", faults::quoted(fields)),
        false => format!("是不是{}？", faults::quoted(near)),
    };
    Box::new(
        faults::error(
            "rule-unknown-name",
            format!("“{before}”没有“{}”这一项。", step.text),
            step.span,
        )
        .help(help),
    )
}

/// A declared name and what of it is meant: 上云企业数.实际.
fn declared(scope: &Scope, first: &Words, rest: &[Words]) -> Result<Found, Box<Finding>> {
    let at = scope.draft.index.get(&first.text).copied();
    let Some(name) = at.and_then(|at| scope.draft.model.names.get(at)) else {
        return Err(Box::new(likely::unknown(scope, first)));
    };
    let Some(step) = rest.first() else {
        let message = format!("“{}”后面要写明取哪个数。", first.text);
        let example = format!("例如：{0}.实际、{0}.目标、{0}.全部。", first.text);
        let help = match likely::elsewhere(scope, &first.text) {
            Some(place) => format!("{place}要用报告全文里的数，写：{0}.实际", first.text),
            None => example,
        };
        return Err(Box::new(
            faults::error("rule-unknown-name", message, first.span).help(help),
        ));
    };
    let Some(holds) = field_type(Context::Declared, &step.text) else {
        return Err(unknown_step(first, step, Context::Declared));
    };
    if let Some(further) = rest.get(1) {
        return Err(Box::new(no_step(step, further)));
    }
    Ok(Found {
        kind: ExprKind::Field(vec![name.name.clone(), step.text.clone()]),
        holds,
        many: false,
        unit: unit_of_field(&step.text).or(match step.text.as_str() {
            "原因" => None,
            _ => name.unit,
        }),
    })
}

/// Whether a bare word beside a text field is more likely a field's name with one sign wrong than a text.
pub fn is_slip(scope: &Scope, word: &str) -> bool {
    let fields = std::iter::once(scope.context)
        .chain(around(scope.context).iter().copied())
        .flat_map(|context| FIELDS.iter().filter(move |(of, _, _)| *of == context))
        .map(|(_, name, _)| *name);
    word.chars().count() >= 3 && nearest::nearest(word, fields).is_some()
}

/// 移民户数/实际: tells a name and what is taken from it, parted by the sign of division.
pub fn parted_by_a_slash(scope: &mut Scope, left: &Expr, right: &Expr, span: Span) -> bool {
    let word = |expr: &Expr| match &expr.kind {
        syntax::ExprKind::Path(path) if path.len() == 1 => path.first().filter(|word| !word.quoted).cloned(),
        _ => None,
    };
    let (Some(name), Some(step)) = (word(left), word(right)) else {
        return false;
    };
    let step_only =
        field_type(Context::Declared, &step.text).is_some() && known_field(scope, &step.text).is_none();
    if !step_only || !scope.draft.index.contains_key(&name.text) {
        return false;
    }
    let message = format!("“{}”和“{}”之间写的是除号。", name.text, step.text);
    let help = format!("名称和要取的数之间用“.”，写成：{}.{}", name.text, step.text);
    scope
        .draft
        .tell(faults::error("rule-syntax", message, span).help(help));
    true
}
