//! The words of formulas to entries: what 逐项 goes through, fields, functions, signs, joining words.

use super::{Entry, Group};
use crate::expr::fields::{Context, FIELDS, FieldType, context_named};
use crate::syntax::keywords::CONTEXTS;
use crate::words::rows;

/// Field, what it is, when it has no value.
const ABOUT_FIELDS: &str = include_str!("../../../data/fields.tsv");
/// Word, other spellings, meaning, example.
const ABOUT_WORDS: &str = include_str!("../../../data/formula_words.tsv");

pub(super) fn entries() -> Vec<Entry> {
    let contexts = CONTEXTS.iter().filter_map(|name| context(name));
    let fields = rows(ABOUT_FIELDS).filter_map(field);
    let words = rows(ABOUT_WORDS).filter_map(word);
    contexts.chain(fields).chain(words).collect()
}

fn context(name: &str) -> Option<Entry> {
    let context = context_named(name)?;
    let what = match context {
        Context::Report => "整份报告，查一次",
        Context::Form => "自评表，查一次",
        Context::FundRow => "资金的每一行",
        Context::ExecutionRow => "预算执行率一行",
        Context::FirstGroup => "每个一级指标",
        Context::SecondGroup => "每个二级指标",
        _ => "每项三级指标",
    };
    let own = FIELDS.iter().filter(|(of, _, _)| *of == context);
    let own: Vec<&str> = own.map(|(_, field, _)| *field).collect();
    Some(Entry {
        group: Group::Context,
        names: vec![name.to_owned()],
        brief: what.to_owned(),
        text: format!(
            "逐项：{name}\n对什么逐个检查：{what}。\n公式里可以用：{}。\n例如：\n    逐项：{name}\n",
            own.join("、")
        ),
    })
}

fn field(line: &'static str) -> Option<Entry> {
    let mut cells = line.split('\t');
    let (name, about, missing) = (cells.next()?, cells.next()?, cells.next()?);
    let mut places: Vec<&str> = Vec::new();
    for (context, field, _) in FIELDS {
        let place = place(*context);
        if *field == name && !places.contains(&place) {
            places.push(place);
        }
    }
    let holds = FIELDS.iter().find(|(_, field, _)| *field == name)?.2;
    Some(Entry {
        group: Group::Field,
        names: vec![name.to_owned()],
        brief: about.to_owned(),
        text: format!(
            "字段：{name}\n{about}。\n是什么：{}。\n用在：{}。\n没有值的时候：{missing}。\n",
            kind(holds),
            places.join("、")
        ),
    })
}

fn place(context: Context) -> &'static str {
    match context {
        Context::Report => "整份报告",
        Context::Form => "自评表",
        Context::FundRow => "资金行",
        Context::ExecutionRow => "执行行",
        Context::FirstGroup => "一级组",
        Context::SecondGroup => "二级组",
        Context::IndicatorRow => "指标行",
        Context::ExtraRow => "附加行",
        Context::Funds => "资金",
        Context::Declared => "数据和三级指标的名称后面（名称.字段）",
    }
}

fn kind(holds: FieldType) -> &'static str {
    match holds {
        FieldType::Number => "一个数",
        FieldType::Text => "文字",
        FieldType::Either => "一个数，或者文字",
        FieldType::Truth => "真或者假，可以直接作条件",
        FieldType::Interval => "一个数或者一段",
        FieldType::Numbers => "几个数，先用合计、最大、最小、计数变成一个数",
        FieldType::Texts => "几段文字，用“包含”来查",
        FieldType::Row(_) => "一行，后面加点和字段名",
        FieldType::Rows(_) => "几行，放在合计、计数、最大、最小的括号里",
    }
}

fn word(line: &'static str) -> Option<Entry> {
    let mut cells = line.split('\t');
    let (name, other, about, example) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let also = match other {
        "" => String::new(),
        other => format!("（也可写作：{other}）"),
    };
    let mut names = vec![name.to_owned()];
    names.extend(
        other
            .split('、')
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
    );
    Some(Entry {
        group: Group::Word,
        names,
        brief: about.to_owned(),
        text: format!("公式里的词：{name}{also}\n{about}。\n例如：\n    {example}\n"),
    })
}

/// What stands in the lists of a field or a word, without making all entries.
pub(super) fn brief(name: &str) -> &'static str {
    let second = |line: &'static str| {
        let mut cells = line.split('\t');
        (cells.next() == Some(name)).then(|| cells.next()).flatten()
    };
    let third = |line: &'static str| {
        let mut cells = line.split('\t');
        (cells.next() == Some(name)).then(|| cells.nth(1)).flatten()
    };
    let found = rows(ABOUT_FIELDS).find_map(second);
    found.or_else(|| rows(ABOUT_WORDS).find_map(third)).unwrap_or("")
}
