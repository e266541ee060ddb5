//! Units: a name, a dimension and an exact factor; products and quotients of them (万元/家, 元/人·月).

use super::ratio::Ratio;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

/// What a unit measures. Only units of one dimension can be added or compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Dimension {
    /// 元
    Money,
    /// %, ‰: a part of a whole, a pure number
    Share,
    /// 个百分点: a difference of shares, not a share
    Points,
    /// 倍: a multiple, a pure number
    Multiple,
    /// 分: a mark
    Score,
    /// 米
    Length,
    /// 平方米
    Area,
    /// 立方米
    Volume,
    /// 千克
    Mass,
    /// 千瓦时
    Energy,
    /// 千瓦
    Power,
    /// 天 (and shorter)
    Day,
    /// 月 (and longer)
    Month,
    /// 个: compares with every counter
    Piece,
    /// 家, 户, 人 …: a counter compares with its own name, its 同类单位 (one number per class) and 个
    Counter(u32),
    /// Any other unit, comparable with itself alone
    Other(u32),
}

/// An elementary unit. Atoms live as long as the program: their number is that of distinct declarations.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct Atom {
    /// As it is printed.
    pub name: String,
    /// What it measures.
    pub dimension: Dimension,
    /// How many of the dimension's first unit it is.
    pub factor: Ratio,
}

/// A product of elementary units with whole exponents. Equal units are one address, so copying is free.
#[derive(Clone, Copy, Debug)]
pub struct Unit(&'static Shape);

#[derive(PartialEq, Eq, Hash, Debug)]
struct Shape {
    factors: Vec<(&'static Atom, i8)>,
    name: String,
}

/// More factors than this in one unit are 不可计算: no report means them.
const MOST_FACTORS: usize = 4;

static NONE: LazyLock<Unit> =
    LazyLock::new(|| intern(Vec::new()).unwrap_or_else(|| unreachable!("the empty unit")));
static SHAPES: LazyLock<Mutex<HashMap<Vec<(&'static Atom, i8)>, Unit>>> = LazyLock::new(Mutex::default);

/// The one unit with these factors; nothing when there are too many.
fn intern(factors: Vec<(&'static Atom, i8)>) -> Option<Unit> {
    if factors.len() > MOST_FACTORS {
        return None;
    }
    let mut shapes = SHAPES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(unit) = shapes.get(&factors) {
        return Some(*unit);
    }
    let shape: &'static Shape = Box::leak(Box::new(Shape {
        name: name_of(&factors),
        factors: factors.clone(),
    }));
    shapes.insert(factors, Unit(shape));
    Some(Unit(shape))
}

/// 元/人·月: the factors above the line, then those below it.
fn name_of(factors: &[(&'static Atom, i8)]) -> String {
    let side = |above: bool| {
        let names = factors.iter().filter(|(_, power)| (*power > 0) == above);
        names
            .flat_map(|(atom, power)| std::iter::repeat_n(atom.name.as_str(), power.unsigned_abs() as usize))
            .collect::<Vec<_>>()
            .join("·")
    };
    let (above, below) = (side(true), side(false));
    if below.is_empty() {
        above
    } else {
        format!("{above}/{below}")
    }
}

impl Unit {
    /// No unit: a bare number.
    pub fn none() -> Unit {
        *NONE
    }

    /// The unit of one atom.
    pub fn of(atom: &'static Atom) -> Unit {
        intern(vec![(atom, 1)]).unwrap_or(*NONE)
    }

    /// As it is printed; empty for a bare number.
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// Whether it is a bare number.
    pub fn is_none(self) -> bool {
        self.0.factors.is_empty()
    }

    /// The atom, where the unit is a single one.
    pub fn atom(self) -> Option<&'static Atom> {
        match self.0.factors.as_slice() {
            [(atom, 1)] => Some(atom),
            _ => None,
        }
    }

    /// The dimension, where the unit is a single atom.
    pub fn dimension(self) -> Option<Dimension> {
        self.atom().map(|atom| atom.dimension)
    }

    /// Whether it counts things one by one (家, 户, 个).
    pub fn is_counter(self) -> bool {
        matches!(self.dimension(), Some(Dimension::Counter(_) | Dimension::Piece))
    }

    /// Whether it is money, or money per something.
    pub fn is_money(self) -> bool {
        self.0
            .factors
            .first()
            .is_some_and(|(atom, power)| atom.dimension == Dimension::Money && *power == 1)
    }

    /// Whether it is a pure number: bare, %, ‰, 倍.
    pub fn is_pure(self) -> bool {
        self.is_none() || matches!(self.dimension(), Some(Dimension::Share | Dimension::Multiple))
    }

    /// The exact factor to the first units of its dimensions.
    pub fn factor(self) -> Option<Ratio> {
        self.0
            .factors
            .iter()
            .try_fold(Ratio::ONE, |product, (atom, power)| {
                (0..power.unsigned_abs()).try_fold(product, |product, _| {
                    if *power > 0 {
                        product.mul(atom.factor)
                    } else {
                        product.div(atom.factor)
                    }
                })
            })
    }

    /// What a number in `self` is to be multiplied by to stand in `other`; nothing when they do not compare.
    pub fn to(self, other: Unit) -> Option<Ratio> {
        if self == other {
            return Some(Ratio::ONE);
        }
        self.compares_with(other)
            .then(|| self.factor()?.div(other.factor()?))
            .flatten()
    }

    /// Whether numbers of both can be compared and added.
    pub fn compares_with(self, other: Unit) -> bool {
        if self == other || (self.is_pure() && other.is_pure()) {
            return true;
        }
        let (a, b) = (self.dimensions(), other.dimensions());
        a.len() == b.len() && a.iter().zip(&b).all(|((x, p), (y, q))| p == q && alike(*x, *y))
    }

    fn dimensions(self) -> Vec<(Dimension, i8)> {
        let mut all: Vec<_> = self
            .0
            .factors
            .iter()
            .map(|(atom, power)| (atom.dimension, *power))
            .collect();
        // Counters last among equals, so that 个 meets whichever counter the other side has.
        all.sort_by_key(|(dimension, power)| (-*power, *dimension));
        all
    }

    /// The unit of a product, and the factor that pure units (%) leave behind.
    pub fn mul(self, other: Unit) -> Option<(Unit, Ratio)> {
        self.combine(other, 1)
    }

    /// The unit of a quotient, and the factor that pure or cancelled units leave behind.
    pub fn div(self, other: Unit) -> Option<(Unit, Ratio)> {
        self.combine(other, -1)
    }

    fn combine(self, other: Unit, sign: i8) -> Option<(Unit, Ratio)> {
        let mut factors = self.0.factors.clone();
        let mut left = Ratio::ONE;
        for (atom, power) in &other.0.factors {
            let power = power.checked_mul(sign)?;
            // 万元 ÷ 元 cancels although the names differ; the exact factor stays with the number.
            match factors.iter_mut().find(|(held, held_power)| {
                alike(held.dimension, atom.dimension)
                    && (held == atom || held_power.signum() != power.signum())
            }) {
                Some((held, held_power)) => {
                    for _ in 0..power.unsigned_abs() {
                        let step = atom.factor.div(held.factor)?;
                        left = if power > 0 {
                            left.mul(step)?
                        } else {
                            left.div(step)?
                        };
                    }
                    *held_power = held_power.checked_add(power)?;
                }
                None => factors.push((atom, power)),
            }
        }
        factors.retain(|(_, power)| *power != 0);
        // A share or multiple beside another unit is only a number: 10 分 × 84.66% = 8.466 分. The same
        // goes for one that is squared or stands below the line.
        let lone = factors.len() == 1 && factors[0].1 == 1;
        if !lone {
            for (atom, power) in &factors {
                if matches!(atom.dimension, Dimension::Share | Dimension::Multiple) {
                    for _ in 0..power.unsigned_abs() {
                        left = if *power > 0 {
                            left.mul(atom.factor)?
                        } else {
                            left.div(atom.factor)?
                        };
                    }
                }
            }
            factors.retain(|(atom, _)| !matches!(atom.dimension, Dimension::Share | Dimension::Multiple));
        }
        factors.sort_by(|(a, p), (b, q)| (-p, &a.name).cmp(&(-q, &b.name)));
        Some((intern(factors)?, left))
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Unit) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Unit {}

/// 个 counts whatever any counter counts.
fn alike(a: Dimension, b: Dimension) -> bool {
    let counts = |d| matches!(d, Dimension::Counter(_) | Dimension::Piece);
    a == b
        || (a == Dimension::Piece && counts(b))
        || (b == Dimension::Piece && counts(a))
        || (matches!(a, Dimension::Share | Dimension::Multiple)
            && matches!(b, Dimension::Share | Dimension::Multiple))
}

/// The units that a run knows, by every spelling: the built-in table, and what a rule file adds.
#[derive(Clone, Debug)]
pub struct UnitTable {
    atoms: HashMap<String, &'static Atom>,
    longest: usize,
}

static BUILT_IN: LazyLock<UnitTable> =
    LazyLock::new(|| UnitTable::read(include_str!("../../data/units.tsv")));

impl UnitTable {
    /// The table compiled in from data/units.tsv.
    pub fn built_in() -> &'static UnitTable {
        &BUILT_IN
    }

    /// Reads lines of `name ⇥ dimension ⇥ factor ⇥ other spellings, separated by blanks`; `#` starts a comment.
    fn read(text: &str) -> UnitTable {
        let mut table = UnitTable {
            atoms: HashMap::new(),
            longest: 0,
        };
        for (number, line) in text.lines().enumerate() {
            let mut columns = line.split('\t');
            let (Some(name), Some(dimension), Some(factor)) =
                (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            if name.starts_with('#') {
                continue;
            }
            let dimension = dimension_of(dimension, number as u32);
            let atom = leak(name, dimension, factor_of(factor));
            table.add(name, atom);
            for spelling in columns.next().unwrap_or("").split_whitespace() {
                table.add(spelling, atom);
            }
        }
        table
    }

    fn add(&mut self, spelling: &str, atom: &'static Atom) {
        self.longest = self.longest.max(spelling.len());
        self.atoms.insert(spelling.to_owned(), atom);
    }

    /// The atom of exactly this spelling.
    pub fn atom(&self, spelling: &str) -> Option<&'static Atom> {
        self.atoms.get(spelling).copied()
    }

    /// The longest atom that `text` begins with, and how many bytes it takes.
    pub fn longest_at(&self, text: &str) -> Option<(&'static Atom, usize)> {
        let mut end = text.len().min(self.longest);
        while end > 0 {
            if text.is_char_boundary(end)
                && let Some(atom) = self.atoms.get(&text[..end])
            {
                return Some((atom, end));
            }
            end -= 1;
        }
        None
    }

    /// The unit written as `text`, rates included (万元/家, 元/人·月), and the power of ten of a leading 万 or 亿.
    pub fn parse(&self, text: &str) -> Option<(Unit, u8)> {
        let text = text.trim();
        let (scale, rest) = leading_scale(text);
        let whole = rest.split(['/', '／']).next()?;
        let numerator = match self.atom(whole) {
            Some(atom) => Unit::of(atom),
            // 万/个: money is meant where nothing stands before the line.
            None if whole.is_empty() && scale > 0 && rest.len() > whole.len() => Unit::of(self.atom("元")?),
            None => return None,
        };
        let mut unit = numerator;
        for part in rest
            .split(['/', '／'])
            .skip(1)
            .flat_map(|below| below.split(['·', '•', '・']))
        {
            unit = unit.over(Unit::of(self.atom(part.trim())?))?;
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
                for held in self.atoms.values_mut().filter(|held| **held == atom) {
                    *held = joined;
                }
            }
        }
    }

    /// Every spelling, longest first.
    pub fn spellings(&self) -> Vec<&str> {
        let mut all: Vec<_> = self.atoms.keys().map(String::as_str).collect();
        all.sort_by(|a, b| (b.len(), *a).cmp(&(a.len(), *b)));
        all
    }
}

impl Unit {
    /// The quotient as a name, without cancelling or factors (元/人).
    pub fn over(self, other: Unit) -> Option<Unit> {
        let mut factors = self.0.factors.clone();
        factors.extend(other.0.factors.iter().map(|(atom, power)| (*atom, -power)));
        intern(factors)
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

static ATOMS: LazyLock<Mutex<HashMap<(String, Dimension, Ratio), &'static Atom>>> =
    LazyLock::new(Mutex::default);

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
