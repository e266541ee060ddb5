//! Names and aliases that cannot be told apart.

use super::draft::Draft;
use super::{Name, faults};
use crate::expr::fields::{self, Context, FIELDS};
use crate::finding::Finding;
use crate::source::Span;
use crate::syntax::Content;
use crate::syntax::keywords::Word;
use crate::words::rows;
use rustc_hash::{FxHashMap, FxHashSet};

/// Words that are no alias of one thing.
const COMMON: &str = include_str!("../../data/common_words.tsv");

/// What the user calls his own is not called so by a built-in pack, cited or not: the packs' names for the amounts of
/// the form are a convenience, and nobody knows them all.
pub fn yield_aliases(draft: &mut Draft) {
    let users: FxHashSet<String> = draft
        .model
        .names
        .iter()
        .filter(|name| !is_built_in(draft, name.span))
        .flat_map(|name| std::iter::once(&name.name).chain(&name.aliases).cloned())
        .collect();
    let mut names = std::mem::take(&mut draft.model.names);
    for name in names.iter_mut().filter(|name| is_built_in(draft, name.span)) {
        name.aliases.retain(|alias| !users.contains(alias));
    }
    draft.model.names = names;
}

/// Whether a line stands in a pack that comes with the program.
fn is_built_in(draft: &Draft, span: Span) -> bool {
    let packs = &draft.model.packs;
    draft.implied.contains(&span.source)
        || packs
            .iter()
            .any(|pack| pack.built_in && pack.source == span.source.0 as usize)
}

/// Tells an alias of two names, an alias that is another's name, and a name that is a field's.
pub fn clashes(draft: &mut Draft) {
    let names = &draft.model.names;
    let mut findings: Vec<Finding> = Vec::new();
    let mut by_name: FxHashMap<&str, &Name> = FxHashMap::default();
    for name in names {
        by_name.entry(&name.name).or_insert(name);
    }
    let ends = Ends::of(draft);
    let mut held: FxHashMap<&str, &Name> = FxHashMap::default();
    for name in names {
        for alias in &name.aliases {
            if let Some(other) = held.get(alias.as_str()).filter(|other| other.name != name.name) {
                let message = format!("“{alias}”既是“{}”的别名，又是“{}”的别名。", other.name, name.name);
                let (span, before) = (place(draft, name, alias), place(draft, other, alias));
                findings.push(clash(
                    message,
                    (span, "另一处写在这里"),
                    (before, "另一处写在这里"),
                ));
            }
            if let Some(other) = by_name
                .get(alias.as_str())
                .filter(|other| other.name != name.name)
            {
                let message = format!("“{}”的别名“{alias}”是另一项的名称。", name.name);
                let span = place(draft, name, alias);
                findings.push(clash(
                    message,
                    (span, "别名写在这里"),
                    (other.span, "名称写在这里"),
                ));
            }
            held.entry(alias).or_insert(name);
        }
        if FIELDS.iter().any(|(_, field, _)| *field == name.name) {
            let message = format!("“{}”是程序自己的字段，不能再作名称。", name.name);
            let on_form = match fields::field_type(Context::FundRow, &name.name) {
                Some(_) => format!(
                    "公式里要用自评表上的这个数，直接写：资金.总额.{}；要核对文字里的数，",
                    name.name
                ),
                None => String::new(),
            };
            let help = format!(
                "{on_form}换一个名称，例如“{0}合计”，再加一行：别名：{0}",
                name.name
            );
            findings.push(faults::error("rule-alias-clash", message, name.span).help(help));
        }
        findings.extend(tail(draft, name, &ends).or_else(|| too_common(draft, name)));
    }
    draft.findings.append(&mut findings);
}

/// The calls of the user's names, sorted by how they end.
struct Ends<'n>(Vec<(String, usize, &'n Name)>);

impl<'n> Ends<'n> {
    fn of(draft: &'n Draft) -> Ends<'n> {
        let mut all = Vec::new();
        let names = draft.model.names.iter().enumerate();
        for (at, name) in names.filter(|(_, name)| !is_built_in(draft, name.span)) {
            for call in std::iter::once(&name.name).chain(&name.aliases) {
                all.push((call.chars().rev().collect(), at, name));
            }
        }
        all.sort_by(|a: &(String, usize, _), b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        Ends(all)
    }

    /// A longer call of another name that ends like this one.
    fn longer(&self, alias: &str, name: &str) -> Option<(String, &'n Name)> {
        let end: String = alias.chars().rev().collect();
        let from = self.0.partition_point(|(call, _, _)| *call <= end);
        let fitting = self.0[from..]
            .iter()
            .take_while(|(call, _, _)| call.starts_with(&end));
        fitting
            .take(64)
            .filter(|(_, _, other)| other.name != name)
            .min_by_key(|(call, at, _)| (*at, call.len()))
            .map(|(call, _, other)| (call.chars().rev().collect(), *other))
    }
}

/// A call that ends like another name's: the longer one wins in a report, so it is only a hint.
fn tail(draft: &Draft, name: &Name, ends: &Ends) -> Option<Finding> {
    if is_built_in(draft, name.span) {
        return None;
    }
    name.aliases.iter().find_map(|alias| {
        let (longer, other) = ends.longer(alias, &name.name)?;
        let message = format!(
            "“{}”的别名“{alias}”是“{longer}”的后半截；报告里写“{longer}”时只算“{}”。",
            name.name, other.name
        );
        let finding = faults::info("rule-alias-clash", message, place(draft, name, alias))
            .help("这样可以用；怕混淆就把别名写得长一些。");
        Some(finding.and(other.span, "", format!("“{}”写在这里", other.name)))
    })
}

/// A call of one sign, or a word that stands in every report: it would take numbers that are of something else.
fn too_common(draft: &Draft, name: &Name) -> Option<Finding> {
    if is_built_in(draft, name.span) {
        return None;
    }
    let common = |call: &str| rows(COMMON).any(|word| word == call);
    let alias = name
        .aliases
        .iter()
        .find(|alias| alias.chars().count() == 1 || common(alias))?;
    let why = match alias.chars().count() {
        1 => "只有一个字",
        _ => "是报告里到处都有的词",
    };
    let message = format!("“{}”的别名“{alias}”{why}，别的数可能会算到它头上。", name.name);
    let help = "写得具体一些；报告里没有别的叫法，就不用写别名。";
    Some(faults::info("rule-alias-clash", message, place(draft, name, alias)).help(help))
}

/// Where an alias of a name is written.
fn place(draft: &Draft, name: &Name, alias: &str) -> Span {
    ["三级指标", "数据"]
        .into_iter()
        .filter_map(|kind| draft.stated.get(&(kind, name.name.clone())))
        .flat_map(|statement| statement.all(Word::Aliases))
        .find_map(|line| match &line.content {
            Content::List(items) => items.iter().find(|item| item.text == alias),
            _ => None,
        })
        .map_or(name.span, |item| item.span)
}

/// A clash of what two lines say. The citing file is told first: its source was read before the cited one's.
fn clash(message: String, one: (Span, &str), other: (Span, &str)) -> Finding {
    let (first, second) = if one.0.source > other.0.source {
        (other, one)
    } else {
        (one, other)
    };
    faults::error("rule-alias-clash", message, first.0)
        .help("一个叫法只归一个名称，否则报告里的数不知道算谁的；删去其中一处。")
        .and(second.0, "", second.1)
}
