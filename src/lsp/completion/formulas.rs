//! What may stand in a formula: fields of what the check goes through, declared names and what is taken of them,
//! functions, joining words, 参数.

use super::{Offer, Offers, in_name, word};
use crate::expr::fields::{Context, FIELDS, FieldType, around, field_type};
use crate::lsp::analysis::Analysis;
use crate::lsp::cursor::Cursor;
use crate::model::cases::axes::closed_words;
use crate::syntax::Words;
use crate::syntax::keywords::{FUNCTIONS, Word};
use crate::syntax::to_text::names;
use lsp_types::CompletionItemKind;

const JOINS: &[(&str, &str)] = &[
    ("有值", "填了内容"),
    ("无值", "没有填"),
    ("并且", "两个条件同时成立"),
    ("或者", "有一个条件成立"),
    ("并非", "条件不成立"),
    ("属于", "在一段里，或是其中一个"),
    ("包含", "文字里有"),
    ("若无", "没有值时用后面的数"),
];

/// What may be written where a formula was written so far.
pub fn offers(cursor: &Cursor, formula: &str, analysis: &Analysis) -> Offers {
    let length = word(formula, in_name);
    let range = cursor.back(length);
    let ahead = &formula[..formula.len() - length];
    if let Some(open) = open_quote(formula) {
        let range = cursor.back(formula.len() - open);
        let all = quoted(&formula[..open], analysis);
        return Offers { range, all };
    }
    if let Some((units, all)) = super::units::behind_number(cursor, &analysis.model) {
        // a bracket that closes is no part of a unit
        let range = units;
        let mut all = all;
        all.extend(
            words(cursor, analysis)
                .into_iter()
                .filter(|offer| offer.kind == CompletionItemKind::OPERATOR),
        );
        return Offers { range, all };
    }
    let all = match ahead.strip_suffix(['.', '．', '。']) {
        Some(path) => steps(cursor, path, analysis),
        None => {
            let mut all = values(ahead, analysis);
            all.extend(words(cursor, analysis));
            all
        }
    };
    Offers { range, all }
}

/// Where a quote was opened that is still open.
fn open_quote(formula: &str) -> Option<usize> {
    let last = formula.rfind('“')?;
    (!formula[last..].contains('”')).then_some(last)
}

/// What may stand in quotes: names, and in 章节文() the sections of the rules.
fn quoted(ahead: &str, analysis: &Analysis) -> Vec<Offer> {
    let model = &analysis.model;
    if ahead.trim_end_matches(['(', '（']).ends_with("章节文") {
        let section = |title: &str| Offer::new(title, CompletionItemKind::STRUCT, "章节");
        return model.sections.iter().map(|held| section(&held.title)).collect();
    }
    let name = |name: &str| Offer::new(name, CompletionItemKind::VARIABLE, "").writes(format!("{name}."));
    model.names.iter().map(|held| name(&held.name)).collect()
}

/// What the field before a sign of comparison may say.
fn values(ahead: &str, analysis: &Analysis) -> Vec<Offer> {
    let ahead = ahead.trim_end();
    let sign = ["属于", "不等于", "等于", "≠", "!=", "==", "=", "＝"];
    let Some(rest) = sign.iter().find_map(|sign| ahead.strip_suffix(sign)) else {
        return Vec::new();
    };
    let rest = rest.trim_end();
    let field = &rest[rest.len() - word(rest, in_name)..];
    let value = |text: &str| Offer::new(text, CompletionItemKind::ENUM_MEMBER, field.to_owned()).rank(0);
    match field {
        "等级" | "自评等级" => analysis
            .model
            .grades
            .iter()
            .map(|grade| value(&grade.name))
            .collect(),
        _ => closed_words(field)
            .into_iter()
            .flatten()
            .map(|text| value(text))
            .collect(),
    }
}

fn field(name: &str, holds: FieldType) -> Offer {
    let about = crate::reading::catalogue::brief(name);
    let more = matches!(holds, FieldType::Row(_) | FieldType::Rows(_));
    let offer = Offer::new(name, CompletionItemKind::FIELD, about).rank(2);
    if more {
        offer.writes(format!("{name}."))
    } else {
        offer
    }
}

fn fields(context: Context) -> impl Iterator<Item = Offer> {
    let own = FIELDS.iter().filter(move |(of, _, _)| *of == context);
    own.map(|(_, name, holds)| field(name, *holds))
}

/// What may follow a dot.
fn steps(cursor: &Cursor, path: &str, analysis: &Analysis) -> Vec<Offer> {
    let mut rest = path.trim_end();
    let mut way: Vec<&str> = Vec::new();
    loop {
        let name = match rest.strip_suffix('”') {
            Some(inner) => inner
                .rfind('“')
                .map_or("", |open| &inner[open + '“'.len_utf8()..]),
            None => &rest[rest.len() - word(rest, in_name)..],
        };
        way.insert(0, name);
        let quotes = if rest.ends_with('”') {
            '“'.len_utf8() * 2
        } else {
            0
        };
        rest = &rest[..rest.len().saturating_sub(name.len() + quotes)];
        match rest.strip_suffix(['.', '．', '。']) {
            Some(before) if !name.is_empty() => rest = before,
            _ => break,
        }
    }
    let (first, further) = way
        .split_first()
        .map_or(("", &[][..]), |(first, further)| (*first, further));
    let context = cursor.context(&analysis.model);
    let mut contexts = std::iter::once(context).chain(around(context).iter().copied());
    let known = contexts.find_map(|context| field_type(context, first));
    let mut of = match known {
        Some(FieldType::Row(context) | FieldType::Rows(context)) => context,
        Some(_) => return Vec::new(),
        None => Context::Declared,
    };
    for step in further {
        match field_type(of, step) {
            Some(FieldType::Row(context) | FieldType::Rows(context)) => of = context,
            _ => return Vec::new(),
        }
    }
    fields(of).collect()
}

/// What may begin a part of a formula.
fn words(cursor: &Cursor, analysis: &Analysis) -> Vec<Offer> {
    let model = &analysis.model;
    let context = cursor.context(model);
    let mut all: Vec<Offer> = Vec::new();
    let parameter = |name: &str| Offer::new(name, CompletionItemKind::CONSTANT, "参数").rank(1);
    all.extend(cursor.parameters().map(parameter));
    all.extend(fields(context));
    if cursor
        .block
        .is_some_and(|(block, _)| block.word == Word::Standard)
    {
        all.extend(fields(Context::ExecutionRow).map(|offer| offer.rank(3)));
    }
    for outer in around(context) {
        all.extend(fields(*outer).map(|offer| offer.rank(4)));
    }
    all.extend(model.names.iter().map(|name| {
        let own = name.span.source == analysis.own;
        let what = if name.indicator.is_some() {
            "三级指标"
        } else {
            "数据"
        };
        let words = Words {
            text: name.name.clone(),
            span: name.span,
            quoted: true,
        };
        Offer::new(name.name.as_str(), CompletionItemKind::VARIABLE, what)
            .writes(format!("{}.", names::in_formula(&words)))
            .rank(if own { 3 } else { 6 })
    }));
    all.extend(FUNCTIONS.iter().map(|name| {
        Offer::new(
            *name,
            CompletionItemKind::FUNCTION,
            crate::reading::catalogue::brief(name),
        )
        .writes(format!("{name}("))
        .rank(5)
    }));
    let join = |(word, about): &(&str, &str)| Offer::new(*word, CompletionItemKind::OPERATOR, *about).rank(5);
    all.extend(JOINS.iter().map(join));
    if cursor.content.is_some_and(|(row, _)| row.word == Word::Case) {
        all.push(Offer::new("其余", CompletionItemKind::OPERATOR, "其他情形").rank(5));
        all.push(
            Offer::new("得", CompletionItemKind::OPERATOR, "逗号后面写“得”和分数")
                .writes("得 ")
                .rank(5),
        );
    }
    all
}
