//! Statements that are read but not obeyed yet: each told once, never passed over in silence.

use super::draft::Draft;
use super::faults;
use crate::packs;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{File, Statement};

/// Tells every such statement of a file; of built-in packs the manual tells.
pub fn file(draft: &mut Draft, file: &File) {
    let source = file.source.0 as usize;
    let text = &draft.model.sources[source].text;
    if packs::PACKS.iter().any(|pack| pack.text == text) {
        return;
    }
    for statement in &file.statements {
        if let Some(effect) = effect(statement.word) {
            tell(draft, statement, effect, "这一行可以留着；需要的话请人工核对。");
        }
        for scoring in statement
            .attributes
            .iter()
            .filter(|line| line.word == Word::Scoring)
        {
            if statement.word == Word::Bonus {
                let help = "程序只核对加分有没有超过所写的分数；这一行可以留着，加分的依据请人工核对。";
                tell(draft, scoring, "加分不会按这个评分标准计算。", help);
            }
        }
    }
}

fn tell(draft: &mut Draft, statement: &Statement, effect: &str, help: &str) {
    let message = format!("“{}”这个版本只读不用：{effect}", keywords::text(statement.word));
    draft.tell(faults::info("rule-not-yet", message, statement.span).help(help));
}

/// What does not happen.
fn effect(word: Word) -> Option<&'static str> {
    Some(match word {
        Word::GradeStep => "评定等级时总分不取整。",
        _ => return None,
    })
}
