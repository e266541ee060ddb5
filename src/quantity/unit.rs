//! Units: a name, a dimension and an exact factor; products and quotients of them (万元/家, 元/人·月).

use super::ratio::Ratio;
pub use super::table::leading_scale;
use rustc_hash::FxHashMap;
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

static NONE: LazyLock<Unit> = LazyLock::new(|| shaped(Vec::new()));
type Shapes = FxHashMap<Vec<(&'static Atom, i8)>, Unit>;
static SHAPES: LazyLock<Mutex<Shapes>> = LazyLock::new(Mutex::default);

/// The one unit with these factors; nothing when there are too many.
fn intern(factors: Vec<(&'static Atom, i8)>) -> Option<Unit> {
    (factors.len() <= MOST_FACTORS).then(|| shaped(factors))
}

/// The one unit with these factors.
fn shaped(factors: Vec<(&'static Atom, i8)>) -> Unit {
    let mut shapes = SHAPES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    *shapes.entry(factors).or_insert_with_key(|factors| {
        Unit(Box::leak(Box::new(Shape {
            name: name_of(factors),
            factors: factors.clone(),
        })))
    })
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

#[allow(clippy::should_implement_trait)] // mul and div are checked: the operators of std cannot say no
impl Unit {
    /// No unit: a bare number.
    #[inline]
    pub fn none() -> Unit {
        *NONE
    }

    /// The unit of one atom.
    pub fn of(atom: &'static Atom) -> Unit {
        intern(vec![(atom, 1)]).unwrap_or(*NONE)
    }

    /// As it is printed; empty for a bare number.
    #[inline]
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// Whether it is a bare number.
    #[inline]
    pub fn is_none(self) -> bool {
        self.0.factors.is_empty()
    }

    /// The atom, where the unit is a single one.
    #[inline]
    pub fn atom(self) -> Option<&'static Atom> {
        match self.0.factors.as_slice() {
            [(atom, 1)] => Some(atom),
            _ => None,
        }
    }

    /// The dimension, where the unit is a single atom.
    #[inline]
    pub fn dimension(self) -> Option<Dimension> {
        self.atom().map(|atom| atom.dimension)
    }

    /// Whether it counts things one by one (家, 户, 个).
    pub fn is_counter(self) -> bool {
        matches!(self.dimension(), Some(Dimension::Counter(_) | Dimension::Piece))
    }

    /// Whether it is money, or money per something.
    #[inline]
    pub fn is_money(self) -> bool {
        self.0
            .factors
            .first()
            .is_some_and(|(atom, power)| atom.dimension == Dimension::Money && *power == 1)
    }

    /// Whether it is a pure number: bare, %, ‰, 倍.
    #[inline]
    pub fn is_pure(self) -> bool {
        self.is_none() || matches!(self.dimension(), Some(Dimension::Share | Dimension::Multiple))
    }

    /// The exact factor to the first units of its dimensions.
    pub fn factor(self) -> Option<Ratio> {
        if let Some(atom) = self.atom() {
            return Some(atom.factor);
        }
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
        // Most units are one atom.
        if let (Some(a), Some(b)) = (self.dimension(), other.dimension()) {
            return alike(a, b);
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

    /// The unit of a product as a formula means it. Marks for each piece are stated as bare marks (每项加分 = 1 分), so
    /// that beside marks a counter is a bare number: 3 项 × 1 分 = 3 分. With 1 分/项 the units cancel by themselves.
    pub fn times(self, other: Unit) -> Option<(Unit, Ratio)> {
        let marks = |unit: Unit| unit.dimension() == Some(Dimension::Score);
        match (self, other) {
            (count, mark) if marks(mark) && count.is_counter() => Some((mark, Ratio::ONE)),
            (mark, count) if marks(mark) && count.is_counter() => Some((mark, Ratio::ONE)),
            _ => self.mul(other),
        }
    }

    /// The unit of a quotient, and the factor that pure or cancelled units leave behind.
    pub fn div(self, other: Unit) -> Option<(Unit, Ratio)> {
        self.combine(other, -1)
    }

    fn combine(self, other: Unit, sign: i8) -> Option<(Unit, Ratio)> {
        // A bare number leaves the unit as it is; what is divided by its own unit has none.
        if other.is_none() {
            return Some((self, Ratio::ONE));
        }
        if sign < 0 && self == other {
            return Some((Unit::none(), Ratio::ONE));
        }
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

impl Unit {
    /// The quotient as a name, without cancelling or factors (元/人).
    pub fn over(self, other: Unit) -> Option<Unit> {
        let mut factors = self.0.factors.clone();
        factors.extend(other.0.factors.iter().map(|(atom, power)| (*atom, -power)));
        intern(factors)
    }
}
