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
        let name = statement.words().map_or("", |words| words.text.as_str());
        let formula = format!("{name}.分项");
        let parts = |attribute: &Statement| attribute.word == Word::Parts;
        let judged =
            statement.attributes.iter().any(parts) && draft.model.sources[source].text.contains(&formula);
        for attribute in &statement.attributes {
            match attribute.word {
                Word::Parts if !judged => {
                    let help = format!("要核对的话，另写一条检查：要求：{name}.实际 = 合计({formula})。");
                    tell(draft, attribute, "不会自动把各项相加。", &help);
                }
                Word::SomeParts => tell(draft, attribute, "不会核对其中各项。", ""),
                _ => {}
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
        Word::Process => "不会核对这些步骤。",
        Word::Scheme => "不会核对报告的分值是否按这个方案分配。",
        Word::Years => "不论报告是哪一年，这份规则都会用上。",
        Word::Adjust => "所引用的规则仍按原来的内容判断。",
        Word::Disable => "这一条规则仍会判断。",
        Word::Bonus => "加分不计入满分。",
        Word::Attachments => "不会核对附件。",
        Word::Forbidden => "不会查这些词。",
        _ => return None,
    })
}
