//! Function words of formulas: what each takes and gives.

use super::exprs::{Scope, Typed, condition, number, resolve};
use super::{faults, units};
use crate::expr::fields::{Context, FieldType};
use crate::expr::{Expr, ExprKind, Function};
use crate::quantity::{Quantity, Unit};
use crate::source::Span;
use crate::syntax::{self, Words, keywords};

/// A function and its arguments.
pub fn call(scope: &mut Scope, name: &Words, arguments: &[syntax::Expr], span: Span) -> Option<Typed> {
    if name.text == "章节文" {
        return section_text(scope, arguments, span);
    }
    let Some(function) = function(&name.text) else {
        let help = likely(&name.text);
        let message = format!("没有“{}(…)”这种算法。", name.text);
        scope
            .draft
            .tell(faults::error("rule-unknown-name", message, name.span).help(help));
        return None;
    };
    match function {
        Function::Sum | Function::Count => column(scope, function, name, arguments, span),
        Function::Greatest | Function::Least => extreme(scope, function, name, arguments, span),
        Function::Round => round(scope, name, arguments, span),
        Function::GradeName => {
            let [total] = arguments else {
                return wrong_count(scope, name, "等级名(总分)");
            };
            let total = number(scope, total)?;
            Some(result(function, vec![total.expr], span, FieldType::Text, None))
        }
    }
}

/// What people write for a function, and what to do instead.
const SLIPS: &[(&[&str], &str)] = &[
    (
        &[
            "SUM", "SUMIF", "SUMIFS", "求和", "加总", "汇总", "总和", "相加", "累加",
        ],
        "写成：合计(指标行.得分)",
    ),
    (
        &[
            "COUNT",
            "COUNTA",
            "COUNTIF",
            "个数",
            "数量",
            "项数",
            "统计",
            "计数项",
        ],
        "写成：计数(指标行)；只数一部分写：计数(指标行，得分 < 分值)",
    ),
    (
        &["AVERAGE", "AVG", "平均", "平均值", "平均数", "均值"],
        "没有平均，用合计除以个数，写成：合计(指标行.得分) ÷ 计数(指标行)",
    ),
    (&["MAX", "最大值", "最高", "较大"], "写成：最大(0 分，得分)"),
    (&["MIN", "最小值", "最低", "较小"], "写成：最小(分值，得分)"),
    (
        &[
            "ROUND",
            "ROUNDUP",
            "ROUNDDOWN",
            "四舍五入",
            "取整",
            "保留",
            "INT",
            "舍入取整",
        ],
        "写成：舍入(得分，2 位)",
    ),
    (
        &["ABS", "绝对值"],
        "没有绝对值，两头分开写，例如：得分 − 应得分 ≤ 1 分 并且 应得分 − 得分 ≤ 1 分",
    ),
    (
        &["IF", "IFS", "如果", "若", "条件"],
        "规则里不写 IF：检查的条件另写一行“当：…”，评分的各种情况写成几行“情形：条件，得 …”。",
    ),
    (
        &["AND", "并且"],
        "两个条件之间写“并且”，不写括号，例如：得分 ≤ 分值 并且 原因 有值",
    ),
    (
        &["OR", "或者"],
        "两个条件之间写“或者”，不写括号，例如：得分 = 分值 或者 原因 有值",
    ),
    (&["NOT", "非"], "写成：并非 原因 无值"),
    (&["ISBLANK", "为空", "是否为空"], "写成：原因 无值"),
    (
        &["VLOOKUP", "LOOKUP", "INDEX", "MATCH"],
        "不用查找，直接写字段的名称，例如：得分、分值。",
    ),
    (&["等级", "评级", "定级"], "写成：等级名(总分)"),
];

fn likely(name: &str) -> String {
    let upper = name.to_uppercase();
    if let Some((_, help)) = SLIPS.iter().find(|(words, _)| words.contains(&upper.as_str())) {
        return (*help).to_owned();
    }
    let near = crate::syntax::nearest::like(name, keywords::FUNCTIONS.iter().copied());
    match near.is_empty() {
        true => format!(
            "括号前面可以写：{}。名称里有括号时，给名称加引号。",
            faults::quoted(keywords::FUNCTIONS.iter().copied())
        ),
        false => format!("是不是{}？", faults::quoted(near)),
    }
}

fn result(
    function: Function,
    arguments: Vec<Expr>,
    span: Span,
    holds: FieldType,
    unit: Option<Unit>,
) -> Typed {
    Typed {
        expr: Expr {
            kind: ExprKind::Call(function, arguments),
            span,
        },
        holds,
        many: false,
        unit,
    }
}

fn wrong_count(scope: &mut Scope, name: &Words, example: &str) -> Option<Typed> {
    let message = format!("“{}”的括号里写的项数不对。", name.text);
    let finding = faults::error("rule-syntax", message, name.span).help(format!("例如：{example}"));
    scope.draft.tell(finding);
    None
}

/// 合计(列，条件), 计数(行，条件): the condition is judged for each row of the column.
fn column(
    scope: &mut Scope,
    function: Function,
    name: &Words,
    arguments: &[syntax::Expr],
    span: Span,
) -> Option<Typed> {
    let (first, rest) = match arguments {
        [first] => (first, None),
        [first, rest] => (first, Some(rest)),
        _ => return wrong_count(scope, name, "合计(指标行.得分，一级指标 = “产出指标”)"),
    };
    let column = resolve(scope, first)?;
    let numbers = matches!(
        column.holds,
        FieldType::Number | FieldType::Numbers | FieldType::Either
    );
    let several = column.many
        || matches!(
            column.holds,
            FieldType::Numbers | FieldType::Rows(_) | FieldType::Texts
        );
    if !several || (function == Function::Sum && !numbers) {
        let message = format!("“{}”的括号里要写一列数。", name.text);
        let finding = faults::error("rule-syntax", message, first.span)
            .help("例如：合计(指标行.得分)、计数(指标行，得分 < 分值)。");
        scope.draft.tell(finding);
        return None;
    }
    let unit = match function {
        Function::Count => None,
        _ => column.unit,
    };
    let rows = rows_of(scope, first);
    let mut all = vec![column.expr];
    if let Some(rest) = rest {
        let outer = scope.context;
        scope.context = rows.unwrap_or(outer);
        let judged = condition(scope, rest);
        scope.context = outer;
        all.push(judged?);
    }
    Some(result(function, all, span, FieldType::Number, unit))
}

/// The context of the rows that a column runs through.
fn rows_of(scope: &mut Scope, column: &syntax::Expr) -> Option<Context> {
    let syntax::ExprKind::Path(path) = &column.kind else {
        return None;
    };
    super::lookup::rows(scope, path)
}

fn extreme(
    scope: &mut Scope,
    function: Function,
    name: &Words,
    arguments: &[syntax::Expr],
    span: Span,
) -> Option<Typed> {
    // 最大(指标行.得分，得分 有值): a column and its condition, as for 合计.
    if let [first, _] = arguments
        && rows_of(scope, first).is_some()
    {
        return column(scope, function, name, arguments, span);
    }
    if let [one] = arguments {
        let column = resolve(scope, one)?;
        let unit = column.unit;
        return Some(result(function, vec![column.expr], span, FieldType::Number, unit));
    }
    if arguments.is_empty() {
        return wrong_count(scope, name, "最大(0 分，得分)");
    }
    let mut unit = None;
    let mut all = Vec::new();
    for argument in arguments {
        let argument = number(scope, argument)?;
        unit = unit.or(argument.unit);
        all.push(argument.expr);
    }
    Some(result(function, all, span, FieldType::Number, unit))
}

fn round(scope: &mut Scope, name: &Words, arguments: &[syntax::Expr], span: Span) -> Option<Typed> {
    let [value, places] = arguments else {
        return wrong_count(scope, name, "舍入(得分，2 位)");
    };
    let value = number(scope, value)?;
    let syntax::ExprKind::Number(amount) = &places.kind else {
        return wrong_count(scope, name, "舍入(得分，2 位)");
    };
    let bare = amount
        .unit
        .as_ref()
        .is_none_or(|unit| unit.text.starts_with('位'));
    let whole = amount.number.is_whole() && amount.number <= crate::quantity::Ratio::whole(12);
    if !bare || !whole {
        let finding = faults::error("rule-syntax", "舍入的位数要写整数，例如 2 位。", places.span)
            .help("例如：舍入(得分，2 位)");
        scope.draft.tell(finding);
        return None;
    }
    let constant = Expr {
        kind: ExprKind::Constant(Quantity::computed(amount.number, Unit::none())),
        span: places.span,
    };
    let unit = value.unit;
    Some(result(
        Function::Round,
        vec![value.expr, constant],
        span,
        FieldType::Number,
        unit,
    ))
}

/// 章节文(“…”)
fn section_text(scope: &mut Scope, arguments: &[syntax::Expr], span: Span) -> Option<Typed> {
    let title = match arguments {
        [
            syntax::Expr {
                kind: syntax::ExprKind::Path(path),
                ..
            },
        ] if path.len() == 1 => &path[0].text,
        _ => {
            let finding = faults::error("rule-syntax", "“章节文”的括号里写一个章节的标题。", span)
                .help("例如：章节文(“基本情况”)");
            scope.draft.tell(finding);
            return None;
        }
    };
    Some(Typed {
        expr: Expr {
            kind: ExprKind::SectionText(title.clone()),
            span,
        },
        holds: FieldType::Text,
        many: false,
        unit: None,
    })
}

/// The unit of a field of the standard form, where the form fixes it.
pub fn unit_of_field(name: &str) -> Option<Unit> {
    let named = |unit: &str| crate::quantity::UnitTable::built_in().atom(unit).map(Unit::of);
    match name {
        "分值" | "得分" | "应得分" | "满分" | "总分" => Some(units::score()),
        "年初预算数" | "全年预算数" | "全年执行数" => named("元"),
        "执行率" | "完成率" => named("%"),
        _ => None,
    }
}

/// The function of a name.
fn function(name: &str) -> Option<Function> {
    Some(match name {
        "合计" => Function::Sum,
        "计数" => Function::Count,
        "最大" => Function::Greatest,
        "最小" => Function::Least,
        "舍入" => Function::Round,
        "等级名" => Function::GradeName,
        _ => return None,
    })
}
