//! The units that are known, by every spelling: data/units.tsv, and what a rule file declares.

use super::ratio::Ratio;
use super::unit::{Atom, Dimension, Unit};
use crate::words::lexicon::{Entry, Layout, Lexicon, lexicon};
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock};

/// Lines of `name ⇥ dimension ⇥ factor ⇥ other spellings, separated by blanks`.
const LAYOUT: Layout = Layout {
    from: 3,
    ..Layout::rows(include_str!("../../data/units.tsv"))
};
static SPELLINGS: Lexicon = lexicon!(LAYOUT);

/// The units of the lines of the table, each made when it is first met: a report names few of them.
static MADE: [OnceLock<(&Atom, Unit)>; 1 << 8] = [const { OnceLock::new() }; 1 << 8];
const _: () = assert!(LAYOUT.lines() <= MADE.len(), "a cell for each line of the table");

fn made(spelling: Entry) -> (&'static Atom, Unit) {
    *MADE[spelling.kind as usize].get_or_init(|| {
        let line = SPELLINGS.line(spelling);
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or("");
        let (name, dimension, factor) = (column(), column(), column());
        let dimension = dimension_of(dimension, u32::from(spelling.kind));
        let atom = leak(name, dimension, factor_of(factor));
        (atom, Unit::of(atom))
    })
}

/// The units that a run knows, by every spelling: the built-in table, and what a rule file adds.
#[derive(Clone, Debug, Default)]
pub struct UnitTable {
    /// What a rule file says of a spelling counts before the built-in table.
    added: HashMap<String, (&'static Atom, Unit)>,
}

static BUILT_IN: LazyLock<UnitTable> = LazyLock::new(UnitTable::default);

impl UnitTable {
    /// The table compiled in from data/units.tsv.
    pub fn built_in() -> &'static UnitTable {
        &BUILT_IN
    }

    /// Whether no rule file has added to it.
    pub fn is_built_in(&self) -> bool {
        self.added.is_empty()
    }

    fn add(&mut self, spelling: &str, atom: &'static Atom) {
        self.added.insert(spelling.to_owned(), (atom, Unit::of(atom)));
    }

    /// The atom of exactly this spelling.
    pub fn atom(&self, spelling: &str) -> Option<&'static Atom> {
        self.exactly(spelling).map(|(atom, _)| atom)
    }

    /// The single unit of exactly this spelling.
    pub fn single(&self, spelling: &str) -> Option<Unit> {
        self.exactly(spelling).map(|(_, unit)| unit)
    }

    fn exactly(&self, spelling: &str) -> Option<(&'static Atom, Unit)> {
        let added = match self.added.is_empty() {
            true => None,
            false => self.added.get(spelling).copied(),
        };
        added.or_else(|| Some(made(SPELLINGS.exactly(spelling).next()?)))
    }

    /// The longest atom that `text` begins with, and how many bytes it takes.
    pub fn longest_at(&self, text: &str) -> Option<(&'static Atom, usize)> {
        let (length, (atom, _)) = self.beginning(text)?;
        Some((atom, length))
    }

    /// The longest single unit that `text` begins with, and how many bytes it takes.
    pub fn unit_at(&self, text: &str) -> Option<(Unit, usize)> {
        let (length, (_, unit)) = self.beginning(text)?;
        Some((unit, length))
    }

    fn beginning(&self, text: &str) -> Option<(usize, (&'static Atom, Unit))> {
        let built_in = SPELLINGS.beginning(text).next();
        let added = self.added.iter().filter(|(word, _)| text.starts_with(*word));
        let added = added.max_by_key(|(word, _)| word.len());
        match (added, built_in) {
            (Some((word, held)), entry) if entry.is_none_or(|e| e.length as usize <= word.len()) => {
                Some((word.len(), *held))
            }
            (_, entry) => entry.map(|entry| (entry.length as usize, made(entry))),
        }
    }

    /// Every spelling with its atom.
    fn all(&self) -> impl Iterator<Item = (&str, &'static Atom)> {
        let built_in = SPELLINGS
            .entries
            .iter()
            .map(|entry| (SPELLINGS.word(*entry), made(*entry).0));
        let built_in = built_in.filter(|(word, _)| !self.added.contains_key(*word));
        let added = self.added.iter().map(|(word, (atom, _))| (word.as_str(), *atom));
        built_in.chain(added)
    }

    /// The unit written as `text`, rates included (万元/家, 元/人·月), and the power of ten of a leading 万 or 亿.
    pub fn parse(&self, text: &str) -> Option<(Unit, u8)> {
        let text = text.trim();
        let (scale, rest) = leading_scale(text);
        let whole = rest.split(['/', '／']).next()?;
        let numerator = match self.single(whole) {
            Some(unit) => unit,
            // 万/个: money is meant where nothing stands before the line.
            None if whole.is_empty() && scale > 0 && rest.len() > whole.len() => self.single("元")?,
            None => return None,
        };
        if whole.len() == rest.len() {
            return Some((numerator, scale));
        }
        let mut unit = numerator;
        for part in rest
            .split(['/', '／'])
            .skip(1)
            .flat_map(|below| below.split(['·', '•', '・']))
        {
            unit = unit.over(self.single(part.trim())?)?;
        }
        Some((unit, scale))
    }

    /// Declares a new unit as `factor` of an existing one (换算：1 万亩 = 10000 亩).
    pub fn declare(&mut self, name: &str, factor: Ratio, of: &'static Atom) -> Option<()> {
        let atom = leak(name, of.dimension, of.factor.mul(factor)?);
        self.add(name, atom);
        Some(())
    }

    /// Declares a counter that is in no table yet.
    pub fn declare_counter(&mut self, name: &str) -> &'static Atom {
        let atom = leak(name, Dimension::Counter(class_of(name)), Ratio::ONE);
        self.add(name, atom);
        atom
    }

    /// Makes counters comparable (同类单位：家、户): all join the first one's class.
    pub fn join(&mut self, names: &[&str]) {
        let Some(first) = names.first().and_then(|name| self.atom(name)) else {
            return;
        };
        for name in &names[1..] {
            if let Some(atom) = self.atom(name) {
                let joined = leak(&atom.name, first.dimension, atom.factor);
                let same = self.all().filter(|(_, held)| *held == atom);
                let spellings: Vec<String> = same.map(|(spelling, _)| spelling.to_owned()).collect();
                for spelling in spellings {
                    self.add(&spelling, joined);
                }
            }
        }
    }

    /// Every spelling in the order of the table, which has the commonest first, then what the rules declare.
    pub fn in_order(&self) -> Vec<(&str, &'static Atom)> {
        let mut entries: Vec<Entry> = SPELLINGS.entries.to_vec();
        entries.sort_by_key(|entry| (entry.kind, SPELLINGS.word(*entry) != made(*entry).0.name));
        let known = entries
            .into_iter()
            .map(|entry| (SPELLINGS.word(entry), made(entry).0));
        let added = self.added.iter().map(|(word, (atom, _))| (word.as_str(), *atom));
        let mut declared: Vec<_> = added.collect();
        declared.sort_by_key(|(word, _)| *word);
        known
            .filter(|(word, _)| !self.added.contains_key(*word))
            .chain(declared)
            .collect()
    }

    /// Every spelling, longest first.
    pub fn spellings(&self) -> Vec<&str> {
        let mut all: Vec<_> = self.all().map(|(spelling, _)| spelling).collect();
        all.sort_by(|a, b| (b.len(), *a).cmp(&(a.len(), *b)));
        all
    }
}

/// 万 or 亿 before a unit, as a power of ten, and what follows it.
pub fn leading_scale(text: &str) -> (u8, &str) {
    for (word, power) in [
        ("万亿", 12),
        ("亿", 8),
        ("千万", 7),
        ("百万", 6),
        ("万", 4),
        ("千", 3),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            // 千米 and 千克 are units of their own.
            let own = power == 3
                && UnitTable::built_in()
                    .longest_at(text)
                    .is_some_and(|(_, n)| n > word.len());
            if !own {
                return (power, rest);
            }
        }
    }
    (0, text)
}

type Atoms = FxHashMap<(String, Dimension, Ratio), &'static Atom>;
static ATOMS: LazyLock<Mutex<Atoms>> = LazyLock::new(Mutex::default);

fn leak(name: &str, dimension: Dimension, factor: Ratio) -> &'static Atom {
    let mut atoms = ATOMS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    atoms
        .entry((name.to_owned(), dimension, factor))
        .or_insert_with(|| {
            Box::leak(Box::new(Atom {
                name: name.to_owned(),
                dimension,
                factor,
            }))
        })
}

/// A class number for a counter that a rule file names, the same in every run.
fn class_of(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ byte as u32).wrapping_mul(0x0100_0193)
    }) | 1 << 31
}

fn dimension_of(word: &str, line: u32) -> Dimension {
    match word {
        "money" => Dimension::Money,
        "share" => Dimension::Share,
        "points" => Dimension::Points,
        "multiple" => Dimension::Multiple,
        "score" => Dimension::Score,
        "length" => Dimension::Length,
        "area" => Dimension::Area,
        "volume" => Dimension::Volume,
        "mass" => Dimension::Mass,
        "energy" => Dimension::Energy,
        "power" => Dimension::Power,
        "day" => Dimension::Day,
        "month" => Dimension::Month,
        "piece" => Dimension::Piece,
        "counter" => Dimension::Counter(line),
        _ => Dimension::Other(line),
    }
}

fn factor_of(text: &str) -> Ratio {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let part = |digits: &str| {
        digits
            .parse::<rust_decimal::Decimal>()
            .ok()
            .and_then(Ratio::from_decimal)
    };
    part(numerator)
        .zip(part(denominator))
        .and_then(|(n, d)| n.div(d))
        .unwrap_or(Ratio::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_scales_are_read() {
        let name = |text: &str| {
            UnitTable::built_in()
                .parse(text)
                .map(|(unit, scale)| (unit.name(), scale))
        };
        assert_eq!(name("万元"), Some(("元", 4)));
        assert_eq!(name("万元/家"), Some(("元/家", 4)));
        assert_eq!(name("元/人·月"), Some(("元/人·个月", 0)));
        assert_eq!(name("万/个"), Some(("元/个", 4)));
        assert_eq!(name("亿元"), Some(("元", 8)));
        assert_eq!(name("千米"), Some(("公里", 0)));
        assert_eq!(name("良好"), None);
    }

    #[test]
    fn no_spelling_stands_for_two_units() {
        let mut seen = HashMap::new();
        for line in include_str!("../../data/units.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap();
            for spelling in [name]
                .into_iter()
                .chain(columns.nth(2).unwrap_or("").split_whitespace())
            {
                assert_eq!(seen.insert(spelling, name), None, "{spelling}");
            }
        }
    }
}
