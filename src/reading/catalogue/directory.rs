//! 《检查目录》: every check by what it is about, with what it finds, why it matters, how to mend it, an example and the
//! basis, as a document.

use super::checks::{model_of, own_checks};
use super::faults::{Known, is_of_the_program, known};
use crate::checks::pages;
use crate::model::Model;
use crate::packs::{self, BuiltIn};
use crate::reading::manual::{level, part};
use crate::reading::{Block, check};
use std::collections::HashSet;

/// What follows from a finding of that level.
pub(super) fn consequence(level: &str) -> &'static str {
    match level {
        "错误" => "财政部门会退回报告，改正后再报",
        "警告" => "审核时会来问，要改正或者说明",
        _ => "供参考，可以不改",
    }
}

/// The whole document.
pub fn write() -> Vec<Block> {
    let listed: Vec<Known> = known().filter(|known| !is_of_the_program(known.id)).collect();
    let standard = packs::PACKS.iter().find(|pack| pack.name == "通用/自评表");
    let standard = standard.map(|pack| (pack, model_of(pack)));
    let mut all = vec![
        Block::Title("检查目录".to_owned()),
        Block::Paragraph(opening(listed.len())),
    ];
    let mut kinds: Vec<&str> = listed.iter().map(|known| known.kind).collect();
    let mut seen = HashSet::new();
    kinds.retain(|kind| seen.insert(*kind));
    for kind in kinds {
        all.push(Block::Heading(kind.to_owned()));
        let own = listed.iter().filter(|other| other.kind == kind);
        for (at, known) in own.enumerate() {
            all.extend(one(at, known, standard.as_ref()));
        }
    }
    all
}

fn opening(count: usize) -> String {
    let levels = ["错误", "警告", "提醒"].map(|level| format!("“{level}”是{}", consequence(level)));
    format!(
        "这一版能查 {count} 种问题。级别按后果来分：{}。拿不准的不报；缺了数、没法算的，列入“无从核对”，不算错。",
        levels.join("；")
    )
}

/// A check: its name, its parts, and the formulas of the standard pack in words.
fn one(at: usize, known: &Known, standard: Option<&(&BuiltIn, Model)>) -> Vec<Block> {
    let head = format!("{}{}（{}）", part(at + 1), known.title, known.id);
    let mut all = vec![Block::Subheading(head)];
    if !known.level.is_empty() {
        all.push(Block::Paragraph(format!(
            "级别：{}。{}。",
            known.level,
            consequence(known.level)
        )));
    }
    let parts = pages::parts(known.id);
    let (basis, told): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(label, _)| *label == "依据");
    all.extend(
        told.into_iter()
            .map(|(label, words)| Block::Paragraph(format!("{label}：{words}"))),
    );
    if let Some((pack, model)) = standard {
        let own = own_checks(model, pack);
        for stated in own
            .into_iter()
            .filter(|stated| stated.id() == known.id && !stated.built_in)
        {
            let sentence = check::read(model, stated, "").whole();
            all.push(Block::Paragraph(format!(
                "判断：{}（{}）。{sentence}",
                stated.name,
                level(stated)
            )));
        }
    }
    all.extend(
        basis
            .into_iter()
            .map(|(label, words)| Block::Paragraph(format!("{label}：{words}"))),
    );
    all
}
