//! Statements that are read but not obeyed yet: each told once, never passed over in silence.

use super::draft::Draft;
use super::faults;
use crate::syntax::File;
use crate::syntax::keywords::{self, Word};

/// Tells every such statement of a file.
pub fn file(draft: &mut Draft, file: &File) {
    for statement in &file.statements {
        let Some(effect) = effect(statement.word) else {
            continue;
        };
        let message = format!("“{}”这个版本只读不用：{effect}", keywords::text(statement.word));
        let finding = faults::info("rule-not-yet", message, statement.span);
        draft.tell(finding.help("这一行可以留着；需要的话请人工核对。"));
    }
}

/// What does not happen.
fn effect(word: Word) -> Option<&'static str> {
    Some(match word {
        Word::Years => "不论报告是哪一年，这份规则都会用上。",
        Word::Adjust => "所引用的规则仍按原来的内容判断。",
        Word::Disable => "这一条规则仍会判断。",
        Word::Trial => "不会用这段原文去试规则。",
        Word::Bonus => "加分不计入满分。",
        Word::Attachments => "不会核对附件。",
        Word::Forbidden => "不会查这些词。",
        Word::GradeStep => "评定等级时总分不取整。",
        _ => return None,
    })
}
