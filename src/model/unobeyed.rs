//! Statements that are read but not obeyed yet: each told once, never passed over in silence.

use super::draft::Draft;
use super::faults;
use crate::packs;
use crate::syntax::keywords::Word;
use crate::syntax::{File, Statement};

/// Tells every such statement of a file; of built-in packs the manual tells.
pub fn file(draft: &mut Draft, file: &File) {
    let source = file.source.0 as usize;
    let text = &draft.model.sources[source].text;
    if packs::PACKS.iter().any(|pack| pack.text == text) {
        return;
    }
    let bonuses = file.all(Word::Bonus);
    for scoring in bonuses.flat_map(|bonus| bonus.all(Word::Scoring)) {
        tell(draft, scoring);
    }
    for accepted in file.all(Word::Accept) {
        let message = "“采纳”写在规则文件里不起作用。";
        let help = "采纳是对一份报告说的：写在报告旁边，文件名和报告相同、以 .采纳.jx 结尾；可以用 jixiao accept 来写。";
        draft.tell(faults::warning("rule-unused", message, accepted.span).help(help));
    }
}

fn tell(draft: &mut Draft, scoring: &Statement) {
    let message = "“评分”在加分项下面这个版本只读不用：加分不会按这个评分标准计算。";
    let help = "程序只核对加分有没有超过所写的分数；这一行可以留着，加分的依据请人工核对。";
    draft.tell(faults::info("rule-not-yet", message, scoring.span).help(help));
}
