//! 附件, 禁用词 and 加分项 to what they demand of a report.

use super::draft::Draft;
use super::{Attachment, Bonus, Forbidden, faults, units};
use crate::finding::Severity;
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{Amount, Content, Piece, Statement, Words};

/// A word of one letter stands in too many others.
const FEWEST_LETTERS: usize = 2;

/// 附件：甲、乙
pub fn attachments(draft: &mut Draft, statement: &Statement, names: &[Words], basis: &str) {
    for name in names {
        if draft.lists("附件", name) {
            draft.model.attachments.push(Attachment {
                name: name.text.clone(),
                severity: severity(statement),
                span: name.span,
                basis: basis.to_owned(),
            });
        }
    }
}

/// 禁用词：甲、乙, with its 建议 as what to do.
pub fn forbidden(draft: &mut Draft, statement: &Statement, words: &[Words], basis: &str) {
    let help = help(statement);
    for word in words {
        if word.text.chars().count() < FEWEST_LETTERS {
            let message = format!("禁用词“{}”只有一个字，别的词里也会有这个字。", word.text);
            let finding = faults::error("rule-syntax", message, word.span);
            draft.tell(finding.help("写成完整的词，例如：禁用词：圆满完成"));
            continue;
        }
        if draft.lists("禁用词", word) {
            draft.model.forbidden.push(Forbidden {
                word: word.text.clone(),
                help: help.clone(),
                severity: severity(statement),
                span: word.span,
                basis: basis.to_owned(),
            });
        }
    }
}

/// 加分项：获奖加分，5 分
pub fn bonus<'a>(draft: &mut Draft<'a>, statement: &'a Statement, name: &Words, points: Option<&Amount>) {
    let Some(points) = points else {
        let message = format!("加分项“{}”没有写最多加几分。", name.text);
        let help = format!("例如：加分项：{}，5 分", name.text);
        draft.tell(faults::error("rule-syntax", message, statement.span).help(help));
        return;
    };
    let most = units::points(points, &draft.model.units);
    let Some(most) = draft.keep(most) else { return };
    let held = draft.model.bonuses.iter().find(|held| held.name == name.text);
    match held.map(|held| (held.span, held.most.value)) {
        Some((before, value)) if before.source == statement.span.source || value != most.value => {
            draft.duplicate("加分项", &name.text, statement.span, before);
        }
        Some(_) => {}
        None => draft.model.bonuses.push(Bonus {
            name: name.text.clone(),
            most,
            span: statement.span,
        }),
    }
}

/// 级别 below a statement that demands something of the report itself.
pub fn severity(statement: &Statement) -> Option<Severity> {
    let line = statement.all(Word::Level).find_map(|line| line.words())?;
    Some(match line.text.as_str() {
        "警告" | "warning" => Severity::Warning,
        "提醒" | "info" => Severity::Info,
        _ => Severity::Error,
    })
}

fn help(statement: &Statement) -> String {
    let pieces = statement.all(Word::Help).find_map(|line| match &line.content {
        Content::Template(pieces) => Some(pieces),
        _ => None,
    });
    let words = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(_) => String::new(),
    };
    pieces.map_or(String::new(), |pieces| pieces.iter().map(words).collect())
}

/// Tells a step that two 流程 of one file name: a line that stands too far down belongs to the wrong one.
pub fn shared_steps(draft: &mut Draft, statement: &Statement) {
    let lines: Vec<(String, Span)> = steps(statement)
        .map(|step| (step.text.clone(), step.span))
        .collect();
    for (step, span) in lines {
        let other = draft.model.processes.iter().find(|process| {
            process.span != statement.span
                && process.span.source == span.source
                && process.steps.contains(&step)
        });
        if let Some(other) = other {
            let own = statement.words().map_or("", |name| name.text.as_str());
            let message = format!(
                "“{step}”已经是流程“{}”的步骤，写在这里又算作“{own}”的步骤。",
                other.name
            );
            let held = other.span;
            let finding = faults::info("rule-duplicate", message, span)
                .help(format!(
                    "两个流程都有这一步的，可以这样写；“{own}”没有这一步的，把“{step}”从这里删去，“{}”里已经有它。",
                    other.name
                ))
                .and(held, "", "那个流程写在这里");
            draft.tell(finding);
        }
    }
}

/// The 步骤 of a 流程.
pub fn steps(statement: &Statement) -> impl Iterator<Item = &Words> {
    statement.all(Word::Steps).flat_map(|line| match &line.content {
        Content::List(items) => items.as_slice(),
        _ => &[],
    })
}
