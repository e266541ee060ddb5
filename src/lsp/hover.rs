//! What stands at a place, in plain words: a name with all that the rules say of it, a formula read out, what a check
//! finds, what a keyword is for.

use super::analysis::Analysis;
use super::names::{Kind, Place};
use super::navigate::{self, View};
use super::uses::{block_at, line_at};
use crate::model::{Model, Name, Target};
use crate::packs;
use crate::quantity::Unit;
use crate::reading::catalogue::{self, Group};
use crate::reading::{case, check, number};
use crate::source::Span;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Content, Parameter, Statement};

/// What to show, in lines, and the part of the text that it is about.
pub struct Told {
    /// Paragraphs.
    pub lines: Vec<String>,
    /// The words.
    pub span: Span,
}

/// What is told of an offset; nothing where nothing is known.
pub fn at(view: &View, offset: usize) -> Option<Told> {
    let analysis = view.analysis;
    let file = analysis.file()?;
    if let Some(thing) = view.at(offset) {
        let lines = of_thing(view, thing);
        if !lines.is_empty() {
            return Some(Told {
                lines,
                span: thing.span,
            });
        }
    }
    let line = match block_at(file, offset) {
        Some(block) => line_at(block, offset).map(|line| (block, line)),
        None => file
            .statements
            .iter()
            .find(|line| line_at(line, offset).is_some())
            .map(|line| (line, line)),
    };
    let (block, line) = line?;
    if offset <= line.word_span.end as usize {
        let mut lines = read_out(analysis, block, line);
        lines.extend(explained(keywords::text(line.word), Group::Keyword));
        return Some(Told {
            lines,
            span: line.word_span,
        });
    }
    of_word(analysis, offset).or_else(|| {
        let lines = read_out(analysis, block, line);
        (!lines.is_empty()).then_some(Told {
            lines,
            span: line.span,
        })
    })
}

/// What `explain` says of a word, of one kind.
fn explained(word: &str, group: Group) -> Option<String> {
    let entry = catalogue::named(word)
        .into_iter()
        .find(|entry| entry.group == group)?;
    Some(entry.text.trim_end().to_owned())
}

/// A field, function or context at an offset.
fn of_word(analysis: &Analysis, offset: usize) -> Option<Told> {
    let text = analysis.text(analysis.own)?.as_str();
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '%');
    let before = text.get(..offset)?;
    let start = offset - (before.len() - before.trim_end_matches(is_part).len());
    let after = &text[offset..];
    let end = offset + (after.len() - after.trim_start_matches(is_part).len());
    let word = &text[start..end];
    let groups = [
        Group::Field,
        Group::Context,
        Group::Word,
        Group::Check,
        Group::Fault,
        // 检查 in 调整：检查／X
        Group::Keyword,
    ];
    let entries = catalogue::named(word);
    let of = |group: &Group| entries.iter().find(|entry| entry.group == *group);
    let entry = groups.iter().find_map(of)?;
    Some(Told {
        lines: vec![entry.text.trim_end().to_owned()],
        span: Span::new(analysis.own, start..end),
    })
}

/// A check or a 情形 in plain words, where the line is of one.
fn read_out(analysis: &Analysis, block: &Statement, line: &Statement) -> Vec<String> {
    let model = &analysis.model;
    let named = block.words().map_or("", |words| words.text.as_str());
    match (block.word, line.word) {
        (Word::Check, Word::Check | Word::When | Word::Require | Word::Message | Word::Each) => {
            of_check(model, named)
        }
        (Word::Standard, Word::Standard | Word::Case) => {
            let standard = model.standards.iter().find(|standard| standard.name == named);
            let at = block.all(Word::Case).position(|case| case.span == line.span);
            let sentences = standard
                .map(|standard| case::read(model, standard))
                .unwrap_or_default();
            let one = |(index, _): &(usize, &crate::reading::Sentence)| at.is_none_or(|at| at == *index);
            sentences
                .iter()
                .enumerate()
                .filter(one)
                .map(|(_, sentence)| sentence.whole())
                .collect()
        }
        _ => Vec::new(),
    }
}

fn of_check(model: &Model, name: &str) -> Vec<String> {
    let Some(held) = model
        .checks
        .iter()
        .find(|check| check.name == name || check.code == name)
    else {
        return Vec::new();
    };
    let mut lines = vec![check::read(model, held, &catalogue::about(held.id())).whole()];
    let advice = check::advice(model, held);
    if !advice.is_empty() {
        lines.push(format!("建议：{advice}"));
    }
    lines
}

/// What the rules say of a thing.
fn of_thing(view: &View, thing: &Place) -> Vec<String> {
    let model = &view.analysis.model;
    let mut lines = match thing.kind {
        Kind::Name => model
            .names
            .iter()
            .find(|name| name.name == thing.name)
            .map(|name| of_name(view, name)),
        Kind::Check => Some(titled("检查", &thing.name, of_check(model, &thing.name))),
        Kind::Standard => {
            let standard = model
                .standards
                .iter()
                .find(|standard| standard.name == thing.name);
            let sentences = standard
                .map(|standard| case::read(model, standard))
                .unwrap_or_default();
            Some(titled(
                "评分标准",
                &thing.name,
                sentences.iter().map(|sentence| sentence.whole()).collect(),
            ))
        }
        Kind::First | Kind::Second => Some(of_group(model, thing)),
        Kind::Pack => Some(of_pack(view.analysis, thing)),
        Kind::Parameter => of_parameter(view, thing),
        Kind::Process => Some(vec![format!("流程：{}", thing.name)]),
        Kind::Grade => model
            .grades
            .iter()
            .find(|grade| grade.name == thing.name)
            .map(|grade| {
                let marks = model.units.parse("分").map_or(Unit::none(), |(unit, _)| unit);
                let band = crate::reading::interval_words(&grade.interval, marks);
                vec![format!("等级：{}", grade.name), format!("区间：{band}")]
            }),
        Kind::Trial => None,
    }
    .unwrap_or_default();
    lines.extend(remarks(view, thing));
    lines.extend(changes(model, thing));
    lines
}

fn titled(kind: &str, name: &str, mut rest: Vec<String>) -> Vec<String> {
    rest.insert(0, format!("{kind}：{name}"));
    rest
}

fn of_name(view: &View, name: &Name) -> Vec<String> {
    let model = &view.analysis.model;
    let kind = if name.indicator.is_some() {
        "三级指标"
    } else {
        "数据"
    };
    let mut lines = vec![format!("{kind}：{}", name.name)];
    let group = |at: Option<usize>| {
        at.and_then(|at| model.groups.get(at))
            .map(|group| group.name.clone())
    };
    if let Some(indicator) = &name.indicator {
        let above: Vec<String> = [group(indicator.first), group(indicator.second)]
            .into_iter()
            .flatten()
            .collect();
        lines.extend((!above.is_empty()).then(|| format!("属于：{}", above.join(" › "))));
        lines.extend(
            indicator
                .target
                .as_ref()
                .map(|target| format!("目标：{}", target_words(target))),
        );
        lines.extend(
            indicator
                .weight
                .as_ref()
                .map(|weight| format!("分值：{}", number(weight))),
        );
        lines.extend(
            indicator
                .scoring
                .as_ref()
                .map(|scoring| format!("评分：{}", scoring.standard)),
        );
    }
    // as it is written: 万元, of which the model keeps 元
    let written = declaration(view, name.span).and_then(|block| {
        let line = block.all(Word::Unit).next()?;
        Some(line.words()?.text.clone())
    });
    let unit = written.or_else(|| name.unit.map(|unit| unit.name().to_owned()));
    lines.extend(unit.map(|unit| format!("单位：{unit}")));
    lines.extend(
        name.in_form
            .as_ref()
            .map(|path| format!("表中：{}", path.join("."))),
    );
    let list =
        |label: &str, items: &[String]| (!items.is_empty()).then(|| format!("{label}：{}", items.join("、")));
    lines.extend(list("别名", &name.aliases));
    lines.extend(list("分项", &name.parts));
    lines.extend(list("其中", &name.some_parts));
    lines.extend((!name.basis.is_empty()).then(|| format!("依据：{}", name.basis)));
    lines
}

/// The block that declares what is named or begins at a place.
fn declaration<'v>(view: &'v View, span: Span) -> Option<&'v Statement> {
    let file = view.analysis.files().get(span.source.0 as usize)?;
    let holds = |block: &&Statement| {
        let words = block.words().map(|words| words.span);
        block.span == span || words == Some(span)
    };
    file.statements.iter().find(holds)
}

fn target_words(target: &Target) -> String {
    match target {
        Target::Number(quantity) => number(quantity),
        Target::Interval(interval, unit) => crate::reading::interval_words(interval, *unit),
        Target::Date(text) | Target::Text(text) => text.clone(),
    }
}

fn of_group(model: &Model, thing: &Place) -> Vec<String> {
    let level = if thing.kind == Kind::First { 1 } else { 2 };
    let mut lines = vec![format!(
        "{}：{}",
        if level == 1 {
            "一级指标"
        } else {
            "二级指标"
        },
        thing.name
    )];
    let allotted = model
        .allotted()
        .into_iter()
        .find(|group| group.level == level && group.name == thing.name);
    lines.extend(allotted.and_then(|group| super::hints::allotted(&group)));
    lines
}

fn of_pack(analysis: &Analysis, thing: &Place) -> Vec<String> {
    let Some(source) = navigate::cited(analysis, thing) else {
        return vec![format!("没有找到“{}”。", thing.written)];
    };
    let held = analysis.model.sources.get(source.0 as usize);
    let text = held.map_or("", |held| &*held.text);
    let words = ["规则", "版本", "文号", "适用年度"];
    let header = words
        .iter()
        .filter_map(|word| Some((word, packs::header(text, word)?)));
    let mut lines: Vec<String> = header.map(|(word, value)| format!("{word}：{value}")).collect();
    // a 备注 of the file itself: those of its indicators and checks stand below them
    let file = analysis.files().get(source.0 as usize);
    let remarks = file.into_iter().flat_map(|file| file.all(Word::Remark));
    lines.extend(remarks.filter_map(remark));
    if analysis.is_built_in(source) {
        lines.push("内置的规则包".to_owned());
    }
    lines
}

fn of_parameter(view: &View, thing: &Place) -> Option<Vec<String>> {
    let (owner, name) = thing.name.split_once('\n')?;
    let model = &view.analysis.model;
    let checks = model
        .checks
        .iter()
        .find(|check| check.name == owner)
        .map(|check| &check.parameters);
    let standards = model
        .standards
        .iter()
        .find(|standard| standard.name == owner)
        .map(|held| &held.parameters);
    let value = checks
        .or(standards)?
        .iter()
        .find(|(held, _)| held == name)
        .map(|(_, value)| number(value));
    let mut lines = vec![format!("参数：{name}（{owner}）")];
    // in 评分 it is given for one indicator
    let is_given = |argument: &&Parameter| argument.name.span == thing.span;
    let given = view.analysis.file().into_iter().flat_map(|file| &file.statements);
    let given = given
        .flat_map(|block| block.all(Word::Scoring))
        .find_map(|line| match &line.content {
            Content::Scoring(scoring) => scoring.arguments.iter().find(is_given),
            _ => None,
        });
    if let Some(given) = given {
        lines.push(format!("这里是：{}", view.analysis.slice(given.value.span)));
        lines.extend(value.map(|value| format!("不写时是：{value}")));
        return Some(lines);
    }
    lines.extend(value.map(|value| format!("值：{value}")));
    Some(lines)
}

/// 备注 below the lines that declare it.
fn remarks(view: &View, thing: &Place) -> Vec<String> {
    let declared = view.same(thing).filter(|place| place.declares);
    let blocks = declared.filter_map(|place| declaration(view, place.span));
    blocks
        .flat_map(|block| block.all(Word::Remark))
        .filter_map(remark)
        .collect()
}

fn remark(line: &Statement) -> Option<String> {
    match &line.content {
        Content::Text(words) => Some(format!("备注：{}", words.text)),
        _ => None,
    }
}

/// What 调整 and 不适用 changed of it.
fn changes(model: &Model, thing: &Place) -> Vec<String> {
    let of_it = model.changes.iter().filter(|change| {
        let named = change.target.split_once('／').map_or("", |(_, name)| name);
        named == thing.name
            || thing
                .name
                .split_once('\n')
                .is_some_and(|(owner, name)| owner == named && change.what.contains(name))
    });
    of_it
        .map(|change| format!("调整：{}", crate::render::words::adjusted(change)))
        .collect()
}
