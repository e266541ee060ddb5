//! Names and their aliases by their last letters, and which of them a number is told of.

use super::link::Entry;
use super::names::{plain, stem};
use super::parts;
use crate::document::Document;
use crate::facts::form::Form;
use crate::facts::{Mention, Number};
use crate::model::{Model, Name};
use crate::quantity::Unit;
use crate::words::{self, Words};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// All names and aliases. A text is asked whether one of them ends at a letter by that letter and the few lengths that
/// such names have, so that a form of ten thousand rows asks no more than one of ten.
pub(super) struct Aliases {
    /// For each last letter the lengths in bytes of the words with it, the longest first.
    lengths: FxHashMap<char, Vec<usize>>,
    /// A bit for all last letters that are alike in their last six: most letters of a text end no name.
    lasts: u64,
    owners: FxHashMap<String, Owners>,
    /// The words of names that are 分项 or 其中 of another: these are what 其中 announces.
    parts: FxHashSet<String>,
}

/// An entry, and the unit that its quantities have.
type Owner = (usize, Option<Unit>);

/// Whose a word is: the first of each unit, and the last of all.
struct Owners {
    first: Vec<Owner>,
    last: Owner,
}

/// Words that may stand between a name and its number.
static FILLERS: LazyLock<Words<()>> = LazyLock::new(|| Words::of(fillers().map(|word| (word, ()))));

fn fillers() -> impl Iterator<Item = &'static str> {
    words::rows(include_str!("../../data/fillers.tsv"))
}

/// A row's own name stands for it in prose only when it is this long: 受益户数 may be anybody's.
const FEWEST_OF_A_ROW: usize = 5;

/// The same for a row's name without its tail 数 or 数量.
const FEWEST_OF_A_STEM: usize = 4;

impl Aliases {
    pub(super) fn new(model: &Model, entries: &[Entry], form: Option<&Form>) -> Aliases {
        let mut aliases = Aliases {
            lengths: FxHashMap::default(),
            lasts: 0,
            owners: FxHashMap::default(),
            parts: parts_of(model),
        };
        for (index, entry) in entries.iter().enumerate() {
            if let Some(name) = entry.name.map(|name| &model.names[name]) {
                aliases.add(&name.name, index, name.unit);
                name.aliases
                    .iter()
                    .for_each(|alias| aliases.add(alias, index, name.unit));
            } else if entry.label.chars().nth(FEWEST_OF_A_ROW - 1).is_some() {
                let row = form.zip(entry.row).map(|(form, row)| &form.rows[row]);
                let unit = row
                    .and_then(|row| row.target.number().or(row.actual.number()))
                    .map(|q| q.unit);
                aliases.add(&entry.label, index, unit);
                // 受益学生23156人 is the row 受益学生数.
                let short = stem(&entry.label);
                if unit.is_some() && short.chars().count() >= FEWEST_OF_A_STEM && short != entry.label {
                    aliases.add(&short, index, unit);
                }
            }
        }
        aliases
    }

    fn add(&mut self, word: &str, entry: usize, unit: Option<Unit>) {
        let word = plain(word).into_owned();
        let Some(last) = word.chars().next_back() else {
            return;
        };
        self.lasts |= bit(last);
        let lengths = self.lengths.entry(last).or_default();
        if let Err(at) = lengths.binary_search_by(|held| word.len().cmp(held)) {
            lengths.insert(at, word.len());
        }
        let owner = (entry, unit);
        let owners = self.owners.entry(word).or_insert_with(|| Owners {
            first: Vec::new(),
            last: owner,
        });
        owners.last = owner;
        if owners.first.iter().all(|(_, held)| *held != unit) {
            owners.first.push(owner);
        }
    }

    /// The entry that a mention speaks of: the longest alias that ends nearest left of the number, with nothing but
    /// filling words between; else the alias that the subject right of the number is.
    pub(super) fn owner(
        &self,
        document: &Document,
        title: &str,
        mention: &Mention,
        number: &Number,
        from: u32,
    ) -> Option<usize> {
        if self.owners.is_empty() {
            return None;
        }
        let unit = number.quantity.unit;
        let fits = |own: Option<Unit>| own.is_none_or(|own| own.compares_with(unit));
        let left = plain(document.text(&(from..number.range.start.max(from))));
        if let Some(entry) = self.nearest(&left, title, fits) {
            return Some(entry);
        }
        // A subject on the right of its number (8500家上云指标) must be the alias itself.
        if mention.subject_range.start < number.range.start {
            return None;
        }
        let (entry, own) = &self.owners.get(&*plain(&mention.subject))?.last;
        fits(*own).then_some(*entry)
    }

    fn nearest(&self, left: &str, title: &str, fits: impl Fn(Option<Unit>) -> bool) -> Option<usize> {
        for (start, last) in left.char_indices().rev() {
            if self.lasts & bit(last) == 0 {
                continue;
            }
            let Some(lengths) = self.lengths.get(&last) else {
                continue;
            };
            let end = start + last.len_utf8();
            let begins = lengths.iter().filter_map(|length| end.checked_sub(*length));
            let words = begins.filter_map(|begin| Some((begin, self.owners.get(left.get(begin..end)?)?)));
            let mut words = words.peekable();
            if words.peek().is_none() || !is_filling(&left[end..]) {
                continue;
            }
            for (begin, owners) in words {
                let mut before = &left[..begin];
                if self.parts.contains(&left[begin..end]) {
                    // What stands before in a list of parts speaks of another part.
                    before = before.rsplit('、').next().unwrap_or(before);
                    before = before.strip_suffix("其中").unwrap_or(before);
                }
                let owner = owners.first.iter().find(|(_, unit)| fits(*unit));
                if let Some((entry, _)) = owner
                    && !is_excluded(before, &left[begin..end])
                    && !parts::is_confined(before, title)
                    && !parts::is_progress(before)
                {
                    return Some(*entry);
                }
            }
        }
        None
    }
}

fn bit(letter: char) -> u64 {
    1 << (letter as u32 & 0x3F)
}

/// The words by which the parts of declared wholes are called.
fn parts_of(model: &Model) -> FxHashSet<String> {
    let wholes = model
        .names
        .iter()
        .filter(|name| !name.parts.is_empty() || !name.some_parts.is_empty());
    let parts: FxHashSet<&String> = wholes
        .flat_map(|name| name.parts.iter().chain(&name.some_parts))
        .collect();
    let calls = |name: &Name| {
        let all: Vec<String> = std::iter::once(&name.name)
            .chain(&name.aliases)
            .cloned()
            .collect();
        all.iter().any(|call| parts.contains(call)).then_some(all)
    };
    let called = model.names.iter().filter_map(calls).flatten();
    called.map(|word| plain(&word).into_owned()).collect()
}

/// Whether only filling words stand between a name and its number (达到, 为, 数, 共 …).
fn is_filling(gap: &str) -> bool {
    let mut rest = gap;
    while !rest.is_empty() {
        match FILLERS.beginning(rest) {
            Some((word, ())) => rest = &rest[word.len()..],
            None => return false,
        }
    }
    true
}

/// What may stand before the name of a rate without making another rate of it.
const BEFORE_A_RATE: &[&str] = &[
    "项目",
    "项目区",
    "年度",
    "年",
    "全县",
    "全市",
    "全区",
    "全省",
    "全镇",
    "全乡",
    "我县",
    "我市",
    "我区",
    "我局",
    "本县",
    "本市",
    "本区",
    "的",
    "其",
    "及",
    "和",
    "与",
    "使",
    "以及",
    "底",
    "末",
    "确保",
    "力争",
    "将",
    "使得",
    "其中",
    "调查",
    "显示",
    "方面",
    "指标",
    "综合",
    "总体",
];

/// Whether what stands before a short name makes another thing of it: 互联网企业 is not 企业, 未上云企业 not 上云企业.
fn is_excluded(before: &str, alias: &str) -> bool {
    if ["非", "未", "不", "其他", "其它", "部分", "人均", "户均", "平均每"]
        .iter()
        .any(|word| before.ends_with(word))
    {
        return true;
    }
    // Four characters name a thing by themselves; fewer only at the beginning of the clause or after a filling word.
    // 技能培训合格率 is another rate than 培训合格率.
    let rate = alias.ends_with(['率', '度']) && !BEFORE_A_RATE.iter().any(|word| before.ends_with(word));
    let short = rate || alias.chars().count() < 4;
    // After 其中 a long name is the part itself, which the mention's scope says.
    if short && before.ends_with("其中") {
        return true;
    }
    let parted = before.ends_with(|c: char| !c.is_alphanumeric());
    short && !before.is_empty() && !parted && !fillers().any(|word| before.ends_with(word))
}
