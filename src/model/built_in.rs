//! A 检查 with 内置 to the check of the program that it switches on, by 代号 or by name; what it says in vain is told.

use super::draft::Draft;
use super::faults;
use crate::packs;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Content, Statement, nearest};
use std::sync::LazyLock;

/// id, Chinese name and what it finds, a line each.
const CHECKS: &str = include_str!("../../data/checks.tsv");

/// Every id with its Chinese name; those of rule files are no checks of reports.
static KNOWN: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = CHECKS.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?))
    });
    rows.filter(|(id, _)| !id.starts_with("rule-")).collect()
});

fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
    KNOWN.iter().copied()
}

/// The id of the program's check: the 代号, or that of the Chinese name where there is none.
pub fn id(draft: &mut Draft, statement: &Statement, name: &str, code: &str) -> Option<&'static str> {
    let found = match code {
        "" => known().find(|(_, title)| *title == name),
        code => known().find(|(id, _)| *id == code),
    };
    if let Some((id, _)) = found {
        return Some(id);
    }
    let (written, what) = match code {
        "" => (name, "名称是"),
        code => (code, "代号是"),
    };
    let spellings: Vec<&str> = known().flat_map(|(id, title)| [id, title]).collect();
    let span = statement
        .all(Word::Code)
        .next()
        .map_or(statement.span, |line| line.span);
    let message = format!("程序里没有{what}“{written}”的检查。");
    let help = match nearest::nearest(written, spellings) {
        Some(likely) => format!("是不是想写“{likely}”？要自己写公式的，删去“内置”，写“要求：…”。"),
        None => "要自己写公式的，删去“内置”，写“要求：…”。".to_owned(),
    };
    draft.tell(faults::error("rule-unknown-name", message, span).help(help));
    None
}

/// Formulas below a check that code judges, and 参数 that the code does not have.
pub fn unused(draft: &mut Draft, statement: &Statement, id: &str) {
    let formulas = [Word::Each, Word::When, Word::Require, Word::Manner, Word::Message];
    for line in &statement.attributes {
        let (message, help) = match &line.content {
            _ if formulas.contains(&line.word) => (
                format!("“{}”用不上：这一条由程序判断。", keywords::text(line.word)),
                "可以改的是级别、依据和建议；要自己写公式的，删去“内置”，换一个名称。",
            ),
            Content::Parameter(parameter) if !has_parameter(id, &parameter.name.text) => (
                format!("参数“{}”用不上：这一条检查没有这个参数。", parameter.name.text),
                "可以改的是级别、依据和建议；删去这一行。",
            ),
            _ => continue,
        };
        draft.tell(faults::info("rule-not-yet", message, line.span).help(help));
    }
}

/// Whether a built-in pack gives the check this 参数: what the code asks for stands there.
fn has_parameter(id: &str, name: &str) -> bool {
    let blocks = packs::PACKS.iter().flat_map(|pack| pack.text.split("\n\n"));
    let line = |block: &str, wanted: &str| block.lines().any(|line| line.trim().starts_with(wanted));
    blocks
        .filter(|block| line(block, &format!("代号：{id}")))
        .any(|block| line(block, &format!("参数：{name}")))
}
