//! Built-in packs to entries: what each is, on what it rests, what it holds, how it is cited.

use super::checks::{model_of, own_checks};
use super::{Entry, Group};
use crate::model::Model;
use crate::packs::{BuiltIn, PACKS, by_name};
use crate::reading::manual;
use crate::source::{SourceId, Span};
use crate::syntax::keywords::Word;
use crate::syntax::{File, from_text};

pub(super) fn entries() -> Vec<Entry> {
    PACKS.iter().map(entry).collect()
}

fn entry(pack: &BuiltIn) -> Entry {
    let model = model_of(pack);
    let (file, _) = from_text::parse(pack.text, SourceId(0));
    let texts = |word: Word| -> Vec<&str> {
        let lines = file.all(word).filter_map(|line| line.words());
        lines.map(|words| words.text.as_str()).collect()
    };
    let name = texts(Word::Rules).join("");
    let remark = texts(Word::Remark).join("");
    let parts = [
        ("版本", texts(Word::Version).join("")),
        ("依据", texts(Word::Basis).join("；")),
        ("适用年度", texts(Word::Years).join("；")),
        ("引用", cited(&file)),
        ("说明", remark.clone()),
    ];
    let mut lines = vec![format!("规则包：{}", pack.name), format!("名称：{name}")];
    let all = parts.into_iter().chain(held(&model, pack));
    let said = all.filter(|(_, words)| !words.is_empty());
    lines.extend(said.map(|(label, words)| format!("{label}：{words}")));
    lines.push(format!("怎样用：在规则文件开头写“引用：{}”。", pack.name));
    lines.push(format!("看全文：jixiao packs show {}", pack.name));
    let mut names = vec![pack.name.to_owned()];
    if name != pack.name {
        names.push(name);
    }
    // 四川 is what 引用 takes for 地方/四川, too.
    let tail = pack.name.rsplit('/').next().unwrap_or(pack.name);
    if tail != pack.name && by_name(tail) == Some(pack) {
        names.push(tail.to_owned());
    }
    Entry {
        group: Group::Pack,
        names,
        brief: remark,
        text: format!("{}\n", lines.join("\n")),
    }
}

/// What a pack itself states, by kind.
fn held(model: &Model, pack: &BuiltIn) -> [(&'static str, String); 5] {
    let own = |span: Span| model.sources[span.source.0 as usize].name == pack.name;
    let listed = |all: Vec<(&str, Span)>| -> String {
        let names = all.into_iter().filter(|(_, span)| own(*span));
        names.map(|(name, _)| name).collect::<Vec<_>>().join("、")
    };
    let (standards, grades) = (model.standards.iter(), model.grades.iter());
    let (names, sections) = (model.names.iter(), model.sections.iter());
    [
        ("检查", own_checks_words(model, pack)),
        (
            "评分标准",
            listed(standards.map(|one| (one.name.as_str(), one.span)).collect()),
        ),
        (
            "等级",
            listed(grades.map(|one| (one.name.as_str(), one.span)).collect()),
        ),
        (
            "数据和指标",
            listed(names.map(|one| (one.name.as_str(), one.span)).collect()),
        ),
        (
            "章节",
            listed(sections.map(|one| (one.title.as_str(), one.span)).collect()),
        ),
    ]
}

fn cited(file: &File) -> String {
    let cited = file.all(Word::Cites).filter_map(|line| match &line.content {
        crate::syntax::Content::Citation(cited, _) => Some(cited.text.clone()),
        _ => None,
    });
    cited.collect::<Vec<_>>().join("、")
}

/// The checks of a pack by name and severity.
fn own_checks_words(model: &Model, pack: &BuiltIn) -> String {
    let one = |check: &&crate::model::Check| format!("{}（{}）", check.name, manual::level(check));
    let all = own_checks(model, pack);
    match all.len() {
        0 => String::new(),
        count => format!(
            "{count} 项：{}",
            all.iter().map(one).collect::<Vec<_>>().join("、")
        ),
    }
}
