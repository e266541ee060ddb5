//! What may follow the colon of a line that is no formula: names, units, packs, checks, and words of which one is chosen.

use super::{Offer, Offers, in_name, item_length, units, word};
use crate::document::kind::READ;
use crate::expr::fields::{Context, FIELDS, FieldType, field_type};
use crate::lsp::analysis::Analysis;
use crate::lsp::cursor::{Cursor, lines_of};
use crate::lsp::files;
use crate::lsp::names::Kind;
use crate::lsp::names::kind_named;
use crate::model::Model;
use crate::packs;
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::Words;
use crate::syntax::keywords::{KEYWORDS, Keyword, Place, Shape, Word};
use crate::syntax::to_text::names;
use lsp_types::CompletionItemKind as Of;
use std::path::Path;

/// The signs of a target, and what each says.
const SIGNS: &[(&str, &str)] = &[
    ("≥ ", "不低于"),
    ("≤ ", "不超过"),
    ("＞ ", "超过"),
    ("＜ ", "低于"),
    ("= ", "等于"),
];

/// What may be written.
pub fn offers(cursor: &Cursor, analysis: &Analysis) -> Offers {
    let Some((row, _)) = cursor.content else {
        return Offers {
            range: cursor.back(0),
            all: Vec::new(),
        };
    };
    let model = &analysis.model;
    let item = cursor.back(item_length(cursor));
    let (range, all) = match row.shape {
        Shape::Choice(words) => {
            let chinese = words.iter().filter(|word| !word.is_ascii());
            (
                item,
                chinese
                    .map(|word| Offer::new(*word, Of::ENUM_MEMBER, row.text))
                    .collect(),
            )
        }
        Shape::Citation => (
            cursor.back(cursor.before().trim_start().len()),
            citations(analysis),
        ),
        Shape::Unit => units::of(cursor, cursor.before(), model),
        Shape::Conversion => units::behind_number(cursor, model).unwrap_or((item, Vec::new())),
        Shape::Target => target(cursor, model),
        Shape::Points => (
            cursor.back(cursor.before().trim_start().len()),
            points(cursor, analysis),
        ),
        Shape::Scoring => scoring(cursor, model),
        Shape::DefaultScoring => (cursor.back(word(cursor.before(), in_name)), standards(model)),
        Shape::Scheme => (item, groups(model, 1)),
        Shape::Field => form(cursor),
        Shape::Parameter => parameters(cursor, model),
        Shape::Path => path(cursor, model),
        Shape::Head if cursor.before().contains(['，', ',']) => (item, points(cursor, analysis)),
        Shape::List | Shape::Head | Shape::Name => (item, listed(cursor, row, model)),
        Shape::Text => text(cursor, row, analysis),
        _ => (item, Vec::new()),
    };
    Offers { range, all }
}

fn citations(analysis: &Analysis) -> Vec<Offer> {
    let own = analysis.model.sources.get(analysis.own.0 as usize);
    let own = own.map_or("", |source| source.name.as_str());
    let pack = |pack: &packs::BuiltIn| {
        let called = packs::header(pack.text, "规则").unwrap_or("");
        Offer::new(pack.name, Of::MODULE, called).rank(1)
    };
    let mut all: Vec<Offer> = packs::PACKS.iter().map(pack).collect();
    let beside = files::beside(Path::new(own), &["jx"]);
    let others = beside.iter().filter(|name| !own.ends_with(name.as_str()));
    all.extend(others.map(|name| {
        Offer::new(name.as_str(), Of::FILE, "同一文件夹里的规则文件")
            .writes(format!("“./{name}”"))
            .rank(2)
    }));
    all
}

/// A sign, or behind a number its unit.
fn target(cursor: &Cursor, model: &Model) -> (std::ops::Range<usize>, Vec<Offer>) {
    if let Some(units) = units::behind_number(cursor, model) {
        return units;
    }
    let sign = |(sign, says): &(&str, &str)| Offer::new(sign.trim(), Of::OPERATOR, *says).writes(*sign);
    let mut all: Vec<Offer> = SIGNS.iter().map(sign).collect();
    // the words of the signs are typed by their sounds, too
    all.extend(
        SIGNS
            .iter()
            .map(|(sign, says)| Offer::new(*says, Of::OPERATOR, sign.trim()).writes(*sign).rank(6)),
    );
    (cursor.back(word(cursor.before(), char::is_alphabetic)), all)
}

/// What is left of the groups, that of the group above first.
fn points(cursor: &Cursor, analysis: &Analysis) -> Vec<Offer> {
    let model = &analysis.model;
    // 分值 of a group is not what is left of itself
    let is_line = cursor.content.is_some_and(|(row, _)| row.word == Word::Points);
    let block = cursor.block.filter(|_| is_line).map_or("", |(_, rest)| rest);
    let above = cursor.text.get(..cursor.line.start).unwrap_or("");
    let groups = lines_of(above).filter(|(row, _)| matches!(row.word, Word::First | Word::Second));
    let mut open: Vec<&str> = Vec::new();
    for (row, rest) in groups {
        if row.word == Word::First {
            open.clear();
        }
        open.push(rest.split(['，', ',']).next().unwrap_or("").trim());
    }
    // what stands in the line already is given back first
    let line = cursor.line.start as u32..=cursor.line.end as u32;
    let is_own = |span: &Span| span.source == analysis.own && line.contains(&span.start);
    let own = model.names.iter().find(|name| is_own(&name.span));
    let own = own.and_then(|name| Some(name.indicator.as_ref()?.weight.as_ref()?.value));
    let own = own.unwrap_or(Ratio::ZERO);
    let left = model.allotted().into_iter().filter_map(|group| {
        let is_above = open.contains(&group.name.as_str());
        let sum = if is_above { group.sum.sub(own)? } else { group.sum };
        let left = group.whole?.sub(sum)?;
        let told = left.to_plain(4)?;
        let rank = match open.iter().rev().position(|name| *name == group.name) {
            Some(depth) => depth as u8,
            None => 8,
        };
        (!told.starts_with('-') && told != "0" && (block.is_empty() || !block.starts_with(&group.name))).then(
            || {
                Offer::new(
                    format!("{told} 分"),
                    Of::VALUE,
                    format!("{} 尚余 {told} 分", group.name),
                )
                .rank(rank)
            },
        )
    });
    left.collect()
}

fn standards(model: &Model) -> Vec<Offer> {
    let standard = |name: &str| Offer::new(name, Of::METHOD, "评分标准");
    let mut all: Vec<Offer> = model.standards.iter().map(|held| standard(&held.name)).collect();
    all.push(standard("按执行率"));
    all
}

fn scoring(cursor: &Cursor, model: &Model) -> (std::ops::Range<usize>, Vec<Offer>) {
    let before = cursor.before();
    let length = word(before, in_name);
    let named = before.split(['，', ',']).next().unwrap_or("").trim();
    let standard = model.standards.iter().find(|standard| standard.name == named);
    let given = before.rsplit(['，', ',']).next().unwrap_or("");
    let all = match standard.filter(|_| before.contains(['，', ','])) {
        Some(standard) if given.contains(['=', '＝']) => {
            return values_of(cursor, given, &standard.parameters);
        }
        Some(standard) => {
            let given = |(name, value): &(String, crate::quantity::Quantity)| {
                let value = crate::reading::number(value);
                Offer::new(name.as_str(), Of::CONSTANT, format!("不写时是 {value}"))
                    .writes(format!("{name} = "))
            };
            standard.parameters.iter().map(given).collect()
        }
        None => standards(model),
    };
    (cursor.back(length), all)
}

/// The value that a 参数 has where no other is given.
fn values_of(
    cursor: &Cursor,
    given: &str,
    parameters: &[(String, crate::quantity::Quantity)],
) -> (std::ops::Range<usize>, Vec<Offer>) {
    let (name, begun) = given.split_once(['=', '＝']).unwrap_or((given, ""));
    let held = parameters.iter().filter(|(held, _)| held == name.trim());
    let value = |(_, value): &(String, crate::quantity::Quantity)| {
        Offer::new(crate::reading::number(value), Of::VALUE, "现在的值")
    };
    (cursor.back(begun.trim_start().len()), held.map(value).collect())
}

fn groups(model: &Model, level: u8) -> Vec<Offer> {
    let of_level = model.groups.iter().filter(|group| group.level == level);
    let mut names: Vec<&str> = of_level.map(|group| group.name.as_str()).collect();
    if level == 1 {
        let parts = model.schemes.iter().flat_map(|scheme| &scheme.parts);
        names.extend(parts.map(|(name, _)| name.as_str()));
    }
    names
        .into_iter()
        .map(|name| Offer::new(name, Of::CLASS, "指标类别"))
        .collect()
}

/// 表中：资金.总额.…
fn form(cursor: &Cursor) -> (std::ops::Range<usize>, Vec<Offer>) {
    let before = cursor.before();
    let length = word(before, in_name);
    let way = before[..before.len() - length].trim_start();
    let mut of = Context::Form;
    for step in way.split(['.', '．', '。']).filter(|step| !step.is_empty()) {
        match field_type(of, step.trim()) {
            Some(FieldType::Row(context) | FieldType::Rows(context)) => of = context,
            _ => return (cursor.back(length), Vec::new()),
        }
    }
    let own = FIELDS.iter().filter(|(context, _, _)| *context == of);
    let all = own.map(|(_, name, _)| Offer::new(*name, Of::FIELD, crate::reading::catalogue::brief(name)));
    (cursor.back(length), all.collect())
}

/// The 参数 of what an 调整 changes, and the value of one.
fn parameters(cursor: &Cursor, model: &Model) -> (std::ops::Range<usize>, Vec<Offer>) {
    let adjusted = cursor.adjusted(model).map_or(&[][..], |check| &check.parameters);
    let before = cursor.before();
    if before.contains(['=', '＝']) {
        return match units::behind_number(cursor, model) {
            Some(units) => units,
            None => values_of(cursor, before, adjusted),
        };
    }
    let offer = |(name, value): &(String, crate::quantity::Quantity)| {
        Offer::new(
            name.as_str(),
            Of::CONSTANT,
            format!("现在是 {}", crate::reading::number(value)),
        )
        .writes(format!("{name} = "))
    };
    (
        cursor.back(item_length(cursor)),
        adjusted.iter().map(offer).collect(),
    )
}

/// 检查／X
fn path(cursor: &Cursor, model: &Model) -> (std::ops::Range<usize>, Vec<Offer>) {
    let before = cursor.before().trim_start();
    let Some((kind, name)) = before.split_once(['／', '/']) else {
        let openers = KEYWORDS
            .iter()
            .filter(|row| matches!(row.place, Place::Opener | Place::Line));
        let openers = openers.filter(|row| !matches!(row.word, Word::Adjust | Word::Disable | Word::Trial));
        let all =
            openers.map(|row| Offer::new(row.text, Of::KEYWORD, row.note).writes(format!("{}／", row.text)));
        return (cursor.back(before.len()), all.collect());
    };
    let names: Vec<(&str, &str)> = match kind_named(kind.trim()) {
        Some(Kind::Check) => model
            .checks
            .iter()
            .map(|check| (check.name.as_str(), check.code.as_str()))
            .collect(),
        Some(Kind::Standard) => model
            .standards
            .iter()
            .map(|held| (held.name.as_str(), ""))
            .collect(),
        Some(Kind::Name) => model.names.iter().map(|name| (name.name.as_str(), "")).collect(),
        Some(Kind::First) => model
            .groups
            .iter()
            .filter(|group| group.level == 1)
            .map(|group| (group.name.as_str(), ""))
            .collect(),
        Some(Kind::Grade) => model
            .grades
            .iter()
            .map(|grade| (grade.name.as_str(), ""))
            .collect(),
        Some(Kind::Process) => model
            .processes
            .iter()
            .map(|process| (process.name.as_str(), ""))
            .collect(),
        _ => Vec::new(),
    };
    let all = names
        .into_iter()
        .map(|(name, about)| Offer::new(name, Of::REFERENCE, about).writes(as_listed(name)));
    (cursor.back(name.trim_start().len()), all.collect())
}

/// A name as it stands in a list.
fn as_listed(name: &str) -> String {
    names::listed(&Words {
        text: name.to_owned(),
        span: Span::default(),
        quoted: true,
    })
}

fn listed(cursor: &Cursor, row: &Keyword, model: &Model) -> Vec<Offer> {
    let own = cursor.block.map_or("", |(_, rest)| rest);
    match row.word {
        Word::SameUnits => units::of(cursor, "", model).1,
        // a whole is no part of itself
        Word::Parts | Word::SomeParts => (model.names.iter())
            .filter(|name| name.name != own)
            .map(|name| Offer::new(name.name.as_str(), Of::VARIABLE, "").writes(as_listed(&name.name)))
            .collect(),
        Word::First => groups(model, 1),
        Word::Second => groups(model, 2),
        _ => Vec::new(),
    }
}

/// 应提示, 原文文件, 代号
fn text(cursor: &Cursor, row: &Keyword, analysis: &Analysis) -> (std::ops::Range<usize>, Vec<Offer>) {
    let model = &analysis.model;
    let before = cursor.before().trim_start();
    match row.word {
        Word::Expect | Word::ExpectNot => {
            if let Some((_, subject)) = before.rsplit_once(['／', '/']) {
                let names = model
                    .names
                    .iter()
                    .map(|name| Offer::new(name.name.as_str(), Of::VARIABLE, ""));
                return (cursor.back(subject.len()), names.collect());
            }
            let check =
                |check: &crate::model::Check| Offer::new(check.name.as_str(), Of::EVENT, check.code.as_str());
            let mut all: Vec<Offer> = model.checks.iter().map(check).collect();
            let by_id = model.checks.iter().filter(|check| !check.code.is_empty());
            all.extend(
                by_id.map(|check| Offer::new(check.code.as_str(), Of::EVENT, check.name.as_str()).rank(6)),
            );
            if row.word == Word::ExpectNot {
                all.push(Offer::new("全部", Of::KEYWORD, "没有错误，也没有警告").rank(0));
            }
            (cursor.back(before.len()), all)
        }
        Word::SampleFile => {
            let own = model
                .sources
                .get(analysis.own.0 as usize)
                .map_or("", |source| &source.name);
            let offer =
                |name: &String| Offer::new(name.as_str(), Of::FILE, "报告").writes(format!("“./{name}”"));
            (
                cursor.back(before.len()),
                files::beside(Path::new(own), READ).iter().map(offer).collect(),
            )
        }
        Word::Code => {
            let known = crate::reading::catalogue::checks_known();
            let all = known.map(|(id, title)| Offer::new(id, Of::EVENT, title));
            (cursor.back(before.len()), all.collect())
        }
        _ => (cursor.back(0), Vec::new()),
    }
}
