//! 章节, 流程, 附件, 禁用词 to what a report must look like.

use crate::model::Model;
use crate::reading::Block;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File};

/// What is demanded of the report as a whole.
pub(super) fn demands(model: &Model, files: &[File]) -> Vec<Block> {
    let mut all = Vec::new();
    let quoted = |names: &[String]| {
        names
            .iter()
            .map(|name| format!("“{name}”"))
            .collect::<Vec<_>>()
            .join("")
    };
    if !model.sections.is_empty() {
        let titles: Vec<String> = model
            .sections
            .iter()
            .map(|section| section.title.clone())
            .collect();
        all.push(Block::Paragraph(format!(
            "报告应有下列章节：{}。",
            quoted(&titles)
        )));
    }
    for process in &model.processes {
        let steps = match process.steps.is_empty() {
            true => String::new(),
            false => format!("，步骤依次为：{}", process.steps.join("、")),
        };
        all.push(Block::Paragraph(format!(
            "报告应当交代“{}”的流程{steps}。",
            process.name
        )));
    }
    let lists = |word: Word| -> Vec<String> {
        let lines = files.iter().flat_map(|file| file.all(word));
        lines
            .filter_map(|line| match &line.content {
                Content::List(items) => Some(items.iter().map(|item| item.text.clone()).collect::<Vec<_>>()),
                _ => None,
            })
            .flatten()
            .collect()
    };
    let attachments = lists(Word::Attachments);
    let judged = |id: &str| model.checks.iter().any(|check| check.id() == id);
    if !attachments.is_empty() && judged("missing-attachment") {
        all.push(Block::Paragraph(format!(
            "报告应附下列材料：{}。",
            attachments.join("、")
        )));
    }
    let forbidden = lists(Word::Forbidden);
    if !forbidden.is_empty() && judged("forbidden-word") {
        all.push(Block::Paragraph(format!(
            "报告不得使用下列词语：{}。",
            quoted(&forbidden)
        )));
    }
    all.extend(bonus(files));
    all
}

/// 加分项, each with the most that it adds.
fn bonus(files: &[File]) -> Option<Block> {
    let lines = files.iter().flat_map(|file| file.all(Word::Bonus));
    let items: Vec<String> = lines
        .filter_map(|line| match &line.content {
            Content::Head(name, Some(most)) => {
                Some(format!("“{}”最多加 {} 分", name.text, most.number.to_plain(4)?))
            }
            Content::Head(name, None) => Some(format!("“{}”", name.text)),
            _ => None,
        })
        .collect();
    (!items.is_empty()).then(|| Block::Paragraph(format!("可以加分的事项：{}。", items.join("；"))))
}
