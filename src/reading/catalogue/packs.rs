//! Built-in packs to entries: what each is, on what it rests, what it holds, how it is cited.

use super::checks::{model_of, own_checks};
use super::{Entry, Group};
use crate::model::Model;
use crate::packs::{BuiltIn, PACKS};
use crate::reading::manual;
use crate::source::SourceId;
use crate::syntax::keywords::Word;
use crate::syntax::{File, from_text};

pub(super) fn entries() -> Vec<Entry> {
    PACKS.iter().map(entry).collect()
}

fn entry(pack: &BuiltIn) -> Entry {
    let model = model_of(pack);
    let (file, _) = from_text::parse(pack.text, SourceId(0));
    let texts = |word: Word| -> Vec<String> {
        let lines = file.all(word).filter_map(|line| line.words());
        lines.map(|words| words.text.clone()).collect()
    };
    let name = texts(Word::Rules).pop().unwrap_or_default();
    let remark = texts(Word::Remark).join("");
    let mut lines = vec![format!("规则包：{}", pack.name), format!("名称：{name}")];
    let mut say = |label: &str, words: String| {
        if !words.is_empty() {
            lines.push(format!("{label}：{words}"));
        }
    };
    say("版本", texts(Word::Version).join(""));
    say("依据", texts(Word::Basis).join("；"));
    say("适用年度", texts(Word::Years).join("；"));
    say("引用", cited(&file));
    say("说明", remark.clone());
    say("检查", own_checks_words(&model, pack));
    let own = |source: SourceId| model.sources[source.0 as usize].name == pack.name;
    let standards = model
        .standards
        .iter()
        .filter(|standard| own(standard.span.source));
    say(
        "评分标准",
        standards
            .map(|standard| standard.name.clone())
            .collect::<Vec<_>>()
            .join("、"),
    );
    let grades = model.grades.iter().filter(|grade| own(grade.span.source));
    say(
        "等级",
        grades
            .map(|grade| grade.name.clone())
            .collect::<Vec<_>>()
            .join("、"),
    );
    let names = model.names.iter().filter(|name| own(name.span.source));
    say(
        "数据和指标",
        names.map(|name| name.name.clone()).collect::<Vec<_>>().join("、"),
    );
    let sections = model.sections.iter().filter(|section| own(section.span.source));
    say(
        "章节",
        sections
            .map(|section| section.title.clone())
            .collect::<Vec<_>>()
            .join("、"),
    );
    lines.push(format!("怎样用：在规则文件开头写“引用：{}”。", pack.name));
    lines.push(format!("看全文：jixiao packs show {}", pack.name));
    let mut names = vec![pack.name.to_owned()];
    if name != pack.name {
        names.push(name);
    }
    Entry {
        group: Group::Pack,
        names,
        brief: remark,
        text: format!("{}\n", lines.join("\n")),
    }
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
