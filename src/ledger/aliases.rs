//! Names and their aliases as one automaton, and which of them a number is told of.

use super::link::{Entry, clauses_before, title_of};
use super::names::{plain, stem};
use super::parts;
use crate::document::Document;
use crate::facts::form::Form;
use crate::facts::{Mention, Number};
use crate::model::Model;
use crate::quantity::Unit;
use aho_corasick::{AhoCorasick, MatchKind};

/// All names and aliases as one automaton.
pub(super) struct Aliases {
    automaton: Option<AhoCorasick>,
    /// For each pattern: its entry, and the unit that its quantities have.
    owners: Vec<(usize, Option<Unit>)>,
}

/// Words that may stand between a name and its number.
const FILLERS: &str = include_str!("../../data/fillers.tsv");

/// A row's own name stands for it in prose only when it is this long: 受益户数 may be anybody's.
const FEWEST_OF_A_ROW: usize = 5;

/// The same for a row's name without its tail 数 or 数量.
const FEWEST_OF_A_STEM: usize = 4;

impl Aliases {
    pub(super) fn new(model: &Model, entries: &[Entry], form: Option<&Form>) -> Aliases {
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        let mut add = |word: &str, entry: usize, unit: Option<Unit>| {
            let pattern = plain(word);
            if !pattern.is_empty() {
                patterns.push(pattern);
                owners.push((entry, unit));
            }
        };
        for (index, entry) in entries.iter().enumerate() {
            if let Some(name) = entry.name.map(|name| &model.names[name]) {
                add(&name.name, index, name.unit);
                name.aliases.iter().for_each(|alias| add(alias, index, name.unit));
            } else if entry.label.chars().count() >= FEWEST_OF_A_ROW {
                let row = form.zip(entry.row).map(|(form, row)| &form.rows[row]);
                let unit = row
                    .and_then(|row| row.target.number().or(row.actual.number()))
                    .map(|q| q.unit);
                add(&entry.label, index, unit);
                // 受益学生23156人 is the row 受益学生数.
                let short = stem(&entry.label);
                if unit.is_some() && short.chars().count() >= FEWEST_OF_A_STEM && short != entry.label {
                    add(&short, index, unit);
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .ok();
        Aliases {
            automaton: automaton.filter(|_| !patterns.is_empty()),
            owners,
        }
    }

    /// The entry that a mention speaks of: the longest alias that ends nearest left of the number, with nothing but
    /// filling words between; else the alias that the subject right of the number is.
    pub(super) fn owner(
        &self,
        document: &Document,
        mention: &Mention,
        number: &Number,
        from: u32,
    ) -> Option<usize> {
        let title = document.text(&title_of(document));
        if parts::is_carried(clauses_before(document, from), title) {
            return None;
        }
        let automaton = self.automaton.as_ref()?;
        let unit = number.quantity.unit;
        let fits = |(_, own): &(usize, Option<Unit>)| own.is_none_or(|own| own.compares_with(unit));
        let left = plain(document.text(&(from..number.range.start.max(from))));
        let mut best: Option<(usize, usize, usize)> = None;
        for hit in automaton.find_overlapping_iter(&left) {
            let (start, end, owner) = (hit.start(), hit.end(), self.owners[hit.pattern().as_usize()]);
            let nearer = best.is_none_or(|(s, e, _)| end > e || (end == e && start < s));
            if nearer
                && fits(&owner)
                && is_filling(&left[end..])
                && !is_excluded(&left[..start], &left[start..end])
                && !parts::is_confined(&left[..start], title)
                && !parts::is_progress(&left[..start])
            {
                best = Some((start, end, owner.0));
            }
        }
        if let Some((_, _, entry)) = best {
            return Some(entry);
        }
        // A subject on the right of its number (8500家上云指标) must be the alias itself.
        if mention.subject_range.start < number.range.start {
            return None;
        }
        let subject = plain(&mention.subject);
        let whole = automaton
            .find_overlapping_iter(&subject)
            .filter(|hit| hit.len() == subject.len())
            .last()?;
        let owner = self.owners[whole.pattern().as_usize()];
        fits(&owner).then_some(owner.0)
    }
}

/// Whether only filling words stand between a name and its number (达到, 为, 数, 共 …).
fn is_filling(gap: &str) -> bool {
    let mut rest = gap;
    'words: while !rest.is_empty() {
        for word in FILLERS
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            if let Some(after) = rest.strip_prefix(word) {
                rest = after;
                continue 'words;
            }
        }
        return false;
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
    short
        && !before.is_empty()
        && !parted
        && !FILLERS
            .lines()
            .any(|word| !word.is_empty() && before.ends_with(word))
}
