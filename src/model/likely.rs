//! A word in a formula that names nothing to what its writer most likely meant.

use super::exprs::Scope;
use super::{Name, faults};
use crate::expr::fields::{Context, FIELDS, around, context_named, field_type};
use crate::finding::Finding;
use crate::syntax::{Words, nearest};

/// What forms and people call a field, and the field.
const SLIPS: &str = include_str!("../../data/field_slips.tsv");

/// The field that a form's word stands for.
pub fn field_of(word: &str) -> Option<&'static str> {
    let rows = SLIPS.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
        .find(|(written, _)| *written == word)
        .map(|(_, field)| field)
}

/// Tells a name that is none, with the likely one.
pub fn unknown(scope: &Scope, word: &Words) -> Finding {
    let help = turned(scope, &word.text)
        .or_else(|| called_otherwise(scope, &word.text))
        .or_else(|| needs_quotes(scope, &word.text))
        .or_else(|| elsewhere(scope, &word.text))
        .unwrap_or_else(|| near(scope, &word.text));
    faults::error(
        "rule-unknown-name",
        format!("这里没有“{}”这个名称。", word.text),
        word.span,
    )
    .help(help)
}

/// The declared names among which a likely one is sought: all of them, until so much is wrong that nobody reads on.
fn names<'s>(scope: &'s Scope) -> &'s [Name] {
    let names = &scope.draft.model.names;
    match scope.draft.findings.len() > 20 {
        true => &names[..names.len().min(200)],
        false => names,
    }
}

/// Whether a word means a field of the scope, a 参数 or a declared name.
fn is_known(scope: &Scope, word: &str) -> bool {
    fields(scope).any(|field| field == word)
        || scope.parameters.iter().any(|(name, _)| name == word)
        || scope.draft.index.contains_key(word)
}

fn fields(scope: &Scope) -> impl Iterator<Item = &'static str> {
    std::iter::once(scope.context)
        .chain(around(scope.context).iter().copied())
        .chain(scope.standard.then_some(Context::ExecutionRow))
        .flat_map(|context| FIELDS.iter().filter(move |(of, _, _)| *of == context))
        .map(|(_, name, _)| *name)
}

/// 原因不为空, 必须填写原因, 移民户数的实际, 如果完成率: turns of speech that run into one word.
fn turned(scope: &Scope, word: &str) -> Option<String> {
    let filled = [
        "不能为空",
        "不得为空",
        "不为空",
        "非空",
        "为空",
        "已填写",
        "有内容",
        "必填",
    ];
    if let Some((name, tail)) = filled
        .iter()
        .find_map(|tail| Some((word.strip_suffix(tail)?, *tail)))
        .filter(|(name, _)| !name.is_empty())
    {
        let has = if tail == "为空" { "无值" } else { "有值" };
        return Some(format!("写成：{name} {has}"));
    }
    let heads = [
        "必须填写",
        "应当填写",
        "应填写",
        "须填写",
        "必须说明",
        "应当说明",
        "应说明",
        "须说明",
        "说明",
        "填写",
        "填报",
        "必须有",
        "应有",
        "须有",
        "有",
    ];
    let asked = heads.iter().find_map(|head| word.strip_prefix(head));
    if let Some(name) = asked.filter(|name| is_known(scope, name)) {
        return Some(format!("写成：{name} 有值"));
    }
    if let Some((name, step)) = word.split_once('的').filter(|(name, _)| is_known(scope, name)) {
        let step = field_of(step).unwrap_or(step);
        if field_type(Context::Declared, step).is_some() {
            return Some(format!("写成：{name}.{step}"));
        }
    }
    if scope.standard && ["否则", "其余情况", "剩余", "剩余情形", "不达标", "其它所有情形"].contains(&word)
    {
        return Some("其余的情形写成：情形：其余，得 0 分".to_owned());
    }
    let lead = ["如果", "假如", "若", "当", "该", "其"];
    let rest = lead.iter().find_map(|lead| word.strip_prefix(lead));
    rest.filter(|rest| is_known(scope, rest))
        .map(|rest| format!("前面的字不要，写成：{rest}"))
}

/// 自评得分, C3: words of printed forms and of tables.
fn called_otherwise(scope: &Scope, word: &str) -> Option<String> {
    let letters = word.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let cell = letters.len() < word.len()
        && (1..=2).contains(&letters.len())
        && letters.chars().all(|sign| sign.is_ascii_uppercase());
    if cell {
        return Some("规则里不写表格的格子，要写字段的名称，例如：得分、分值、全年执行数。".to_owned());
    }
    let field = field_of(word)?;
    if is_known(scope, field) {
        return Some(format!("写成：{field}"));
    }
    elsewhere(scope, field).map(|place| format!("这里叫“{field}”。{place}"))
}

/// 完好率/使用率: a name with signs in it must stand in quotes.
fn needs_quotes(scope: &Scope, word: &str) -> Option<String> {
    let plain = |name: &str| name.chars().all(|sign| sign.is_alphanumeric() || sign == '_');
    let mut names = names(scope).iter().map(|name| &name.name);
    let name = names.find(|name| name.contains(word) && !plain(name))?;
    Some(format!("名称里有符号，要加引号，写成：“{name}”.实际"))
}

/// A field of another context: which 逐项 brings it.
pub fn elsewhere(scope: &Scope, name: &str) -> Option<String> {
    // Most of what stands in several kinds of rows is meant of the indicators.
    let place = ["指标行", "资金行", "执行行", "自评表", "一级组", "报告"]
        .into_iter()
        .find(|word| context_named(word).is_some_and(|context| field_type(context, name).is_some()))?;
    Some(match scope.context {
        _ if scope.standard => format!("评分标准里没有它；“{name}”是“{place}”的字段，只能用在“检查”里。"),
        Context::Report => format!("“{name}”是“{place}”的字段，上面写“逐项：{place}”才能用。"),
        _ => format!("“{name}”是“{place}”的字段，把“逐项”那一行改成“逐项：{place}”才能用。"),
    })
}

fn near(scope: &Scope, word: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    known.extend(scope.parameters.iter().map(|(name, _)| name.as_str()));
    for field in fields(scope) {
        known.push(field);
    }
    for name in names(scope) {
        known.push(&name.name);
        known.extend(name.aliases.iter().map(String::as_str));
    }
    let near = nearest::like(word, known);
    match near.is_empty() {
        true => "先用“数据：…”或“三级指标：…”写明这个名称；要写文字就加引号。".to_owned(),
        false => format!("是不是{}？", faults::quoted(near)),
    }
}
