//! Checks on reports to entries: what they look for, what their formulas say, what to do.

use super::faults::{Known, is_of_the_program, known};
use super::{Entry, Group, directory};
use crate::checks::pages;
use crate::model::{Check, Model, from_syntax};
use crate::packs::{BuiltIn, PACKS};
use crate::reading::{check, manual};
use crate::source::Source;

/// A built-in pack as the model has it.
pub(super) fn model_of(pack: &BuiltIn) -> Model {
    from_syntax::load(vec![Source::new(pack.name, pack.text)], &mut |_, _| None).0
}

/// The checks that a pack itself states.
pub(super) fn own_checks<'m>(model: &'m Model, pack: &BuiltIn) -> Vec<&'m Check> {
    let own = |check: &&Check| model.sources[check.span.source.0 as usize].name == pack.name;
    model.checks.iter().filter(own).collect()
}

pub(super) fn entries() -> Vec<Entry> {
    let models: Vec<(&BuiltIn, Model)> = PACKS.iter().map(|pack| (pack, model_of(pack))).collect();
    let stated: Vec<(&BuiltIn, &Model, &Check)> = models
        .iter()
        .flat_map(|(pack, model)| {
            own_checks(model, pack)
                .into_iter()
                .map(move |check| (*pack, model, check))
        })
        .collect();
    let listed: Vec<Known> = known().filter(|known| !is_of_the_program(known.id)).collect();
    let mut all: Vec<Entry> = listed
        .iter()
        .map(|known| {
            let own: Vec<_> = stated
                .iter()
                .filter(|(_, _, check)| check.id() == known.id)
                .collect();
            let mut names = vec![known.title.to_owned(), known.id.to_owned()];
            names.extend(own.iter().map(|(_, _, check)| check.name.clone()));
            names.dedup();
            entry(names, known.about, known.level, &own)
        })
        .collect();
    for one in &stated {
        let (_, _, check) = one;
        if !listed.iter().any(|known| known.id == check.id()) {
            let names = vec![check.name.clone(), check.id().to_owned()];
            all.push(entry(names, "", "", &[one]));
        }
    }
    all
}

fn entry(mut names: Vec<String>, about: &str, level: &str, stated: &[&(&BuiltIn, &Model, &Check)]) -> Entry {
    names.dedup();
    let id = names.get(1).unwrap_or(&names[0]).clone();
    let mut text = match id == names[0] {
        true => format!("检查：{}\n", names[0]),
        false => format!("检查：{}（{id}）\n", names[0]),
    };
    if !about.is_empty() {
        text.push_str(&format!("{about}\n"));
    }
    if !level.is_empty() {
        text.push_str(&format!("级别：{level}。{}。\n", directory::consequence(level)));
    }
    for (label, words) in pages::parts(&id) {
        text.push_str(&format!("{label}：{words}\n"));
    }
    for (pack, model, check) in stated {
        text.push_str(&format!(
            "\n{}（{}，规则包“{}”）\n",
            check.name,
            manual::level(check),
            pack.name
        ));
        if !check.built_in {
            text.push_str(&format!("{}\n", check::read(model, check, "").whole()));
        }
        let advice = check::advice(model, check);
        if !advice.is_empty() {
            text.push_str(&format!("处理办法：{advice}\n"));
        }
        if !check.built_in {
            text.push_str(&format!("写法：\n{}\n", block(model, check)));
        }
    }
    Entry {
        group: Group::Check,
        brief: String::new(),
        names,
        text,
    }
}

/// The lines of a statement as its author wrote them.
fn block(model: &Model, check: &Check) -> String {
    let source = &model.sources[check.span.source.0 as usize];
    let rest = source.text.get(check.span.start as usize..).unwrap_or("");
    let inside = |line: &&str| line.starts_with(['　', ' ', '\t']);
    let mut lines = rest.lines();
    let head = lines.next().unwrap_or("");
    let all = std::iter::once(head).chain(lines.take_while(inside));
    all.map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}
