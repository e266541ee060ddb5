//! The quantity gate: masks first, then numerals, then what makes a numeral a quantity (a unit, %, a header's unit).

use super::modifiers::{self, Modifiers};
use super::names::Names;
use super::stops;
use super::{Number, NumberKind, masks};
use crate::quantity::numeral::{self, Numeral, Share};
use crate::quantity::signs::{self, Sign, sign};
use crate::quantity::unit::Atom;
use crate::quantity::{Bound, Quantity, Ratio, Unit, UnitTable};
use std::ops::Range;

/// Every number in a view, ascending by place, masked ones too.
pub fn scan(view: &str, units: &UnitTable) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut names = Names::of(view);
    let mut at = 0;
    while let Some(start) = signs::next_start(view.as_bytes(), at) {
        let from = numbers.last().map_or(0, |number| number.range.end as usize);
        at = next_after(view, start);
        let numeral = numeral::read(view, start);
        let name = names.covering(start);
        if let Some(name) = name
            && !numeral
                .as_ref()
                .is_some_and(|numeral| outlasts(view, numeral, name.end, units))
        {
            at = at.max(name.end);
            numbers.extend(named(view, name.start.max(from)..name.end, numeral.as_ref()));
            continue;
        }
        if let Some(mask) = masks::at(view, start, numeral.as_ref(), units) {
            at = at.max(mask.range.end);
            let range = mask.range.start.max(from)..mask.range.end;
            numbers.push(masked(masks::Mask { range, ..mask }, start, numeral.as_ref()));
            continue;
        }
        let Some(numeral) = numeral else { continue };
        let gate = Gate {
            text: view,
            units,
            from,
            cell: false,
        };
        let number = gate.number(start, &numeral);
        at = at.max(number.range.end as usize);
        match numbers.last_mut() {
            Some(low) if closes(view, low, &number) => *low = joined(low, &number),
            _ => numbers.push(number),
        }
    }
    numbers
}

/// 大于等于60分且小于80分: an upper bound that closes the lower one before it.
fn closes(text: &str, low: &Number, high: &Number) -> bool {
    let between = text
        .get(low.range.end as usize..high.range.start as usize)
        .unwrap_or("");
    matches!(low.quantity.bound, Some(Bound::AtLeast | Bound::Above))
        && matches!(high.quantity.bound, Some(Bound::AtMost | Bound::Below))
        && matches!(between.trim(), "且" | "并且" | "，且" | "，并且" | "而")
        && low.quantity.unit == high.quantity.unit
        && low.quantity.value < high.quantity.value
}

fn joined(low: &Number, high: &Number) -> Number {
    let quantity = Quantity {
        high: Some(high.quantity.value),
        bound: None,
        ..low.quantity
    };
    let digits = low.digits.start..high.digits.end;
    Number {
        range: low.range.start..high.range.end,
        digits,
        quantity,
        ..*low
    }
}

/// Past the sign at `start`; past all Arabic digits, so that a row too long to read costs its length once.
fn next_after(text: &str, start: usize) -> usize {
    let digits = text[start..]
        .chars()
        .take_while(|c| matches!(sign(*c), Sign::Arabic(_)));
    let run: usize = digits.map(char::len_utf8).sum();
    match run {
        0 => start + text[start..].chars().next().map_or(1, char::len_utf8),
        _ => start + run,
    }
}

/// 三公里 is longer than the name 三公: a unit that reaches beyond a name makes a quantity of it.
fn outlasts(text: &str, numeral: &Numeral, name: usize, units: &UnitTable) -> bool {
    let unit = units
        .longest_at(&text[numeral.end..])
        .map_or(0, |(_, length)| length);
    numeral.end > name || (unit > 0 && numeral.end + unit > name)
}

/// A name with a numeral in it; names such as 数据 hold none and yield nothing.
fn named(text: &str, name: Range<usize>, numeral: Option<&Numeral>) -> Option<Number> {
    let counts = |c: char| {
        matches!(
            sign(c),
            Sign::Arabic(_) | Sign::Chinese(_) | Sign::Small(_) | Sign::Big(_)
        )
    };
    let held = text[name.clone()].chars().any(counts);
    held.then(|| bare_number(name.clone(), name, numeral, NumberKind::Name))
}

fn masked(mask: masks::Mask, start: usize, numeral: Option<&Numeral>) -> Number {
    let end = numeral.map_or(mask.range.end, |numeral| numeral.end.min(mask.range.end));
    bare_number(mask.range, start..end, numeral, mask.kind)
}

fn bare_number(
    range: Range<usize>,
    digits: Range<usize>,
    numeral: Option<&Numeral>,
    kind: NumberKind,
) -> Number {
    let mut quantity = Quantity::computed(numeral.map_or(Ratio::ZERO, |numeral| numeral.value), Unit::none());
    quantity.printed = numeral.map(|numeral| numeral.printed);
    quantity.high = numeral.and_then(|numeral| numeral.high);
    Number {
        range: place(range),
        digits: place(digits),
        quantity,
        kind,
        change: 0,
    }
}

fn place(range: Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

/// A unit as it stands after a number.
#[derive(Clone, Copy)]
struct Suffix {
    unit: Unit,
    end: usize,
}

/// The text around a numeral, and what of it may be used.
struct Gate<'t> {
    text: &'t str,
    units: &'t UnitTable,
    /// Where the number before ended: modifiers are not looked for beyond it.
    from: usize,
    /// Whether the text is a whole cell, in which bare numbers count too.
    cell: bool,
}

impl Gate<'_> {
    fn number(&self, start: usize, numeral: &Numeral) -> Number {
        let (begin, negative) = self.sign_before(start, numeral);
        let suffix = self.suffix(numeral).or_else(|| self.currency(begin, numeral.end));
        let mut quantity = quantity_of(numeral, suffix.map(|suffix| suffix.unit), negative);
        let mut end = suffix.map_or(numeral.end, |suffix| suffix.end.max(numeral.end));
        let mut digits = start..numeral.end;
        let mut admitted = self.cell || suffix.is_some() || self.admits_bare(start, numeral);
        let left = modifiers::before(&self.text[self.from..begin]);
        if let Some((high, stop, unit)) = self.upper(numeral, suffix, end) {
            let shared = unit.unwrap_or(quantity.unit);
            (quantity.high, quantity.unit) = (Some(high.value), shared);
            if suffix.is_none()
                && let Some(low) = self.shared_scale(numeral, &high)
            {
                quantity.value = low;
            }
            quantity.printed = Some(high.printed);
            (end, digits.end) = (stop, high.end);
            admitted |= unit.is_some();
        }
        let right = if admitted {
            modifiers::after(&self.text[end..])
        } else {
            Modifiers::default()
        };
        let mut range = begin - self.currency_before(begin)..end + right.length;
        if admitted {
            range.start = range.start.min(begin - left.length);
            modify(&mut quantity, numeral, left, right);
        }
        self.including(&mut quantity, &mut range);
        if let Some((unit, scale)) = self
            .bracketed(begin)
            .filter(|_| quantity.unit == Unit::none() && !self.cell)
        {
            under_header(&mut quantity, unit, scale);
            admitted = true;
        }
        quantity.exact = quantity
            .printed
            .as_ref()
            .is_some_and(|p| Quantity::exact_as_printed(quantity.unit, p));
        let kind = if admitted {
            NumberKind::Quantity
        } else {
            NumberKind::Numeral
        };
        let change = modifiers::change(&self.text[self.from..begin - left.length]);
        Number {
            range: place(range),
            digits: place(digits),
            quantity,
            kind,
            change,
        }
    }

    /// 90分（含）—100分, 80分（含）以上, 60分（不含）以下.
    fn including(&self, quantity: &mut Quantity, range: &mut Range<usize>) {
        let rest = &self.text[range.end..];
        for (note, closed) in [
            ("（含）", true),
            ("(含)", true),
            ("（不含）", false),
            ("(不含)", false),
        ] {
            let Some(after) = rest.strip_prefix(note) else {
                continue;
            };
            let right = modifiers::after(after);
            if right.bound.is_none() {
                continue;
            }
            quantity.bound = match right.bound {
                Some(Bound::AtLeast) if !closed => Some(Bound::Above),
                Some(Bound::AtMost) if !closed => Some(Bound::Below),
                bound => bound,
            };
            range.end += note.len() + right.length;
        }
    }

    /// A minus sign or 负 before the digits, where it cannot be a dash.
    fn sign_before(&self, start: usize, numeral: &Numeral) -> (usize, bool) {
        let before = &self.text[self.from..start];
        let Some(mark) = before.chars().next_back() else {
            return (start, false);
        };
        let ahead = before[..before.len() - mark.len_utf8()].chars().next_back();
        let free = ahead.is_none_or(|c| " \n\t|（(：:，,。为长率降值增减额\u{3000}".contains(c));
        let minus = match mark {
            '负' | '負' => !ahead.is_some_and(|c| "担肩抱胜自".contains(c)),
            '-' | '－' | '−' | '﹣' => free && numeral.arabic,
            _ => false,
        };
        if minus {
            (start - mark.len_utf8(), true)
        } else {
            (start, false)
        }
    }

    fn currency_before(&self, begin: usize) -> usize {
        let before = &self.text[self.from..begin];
        let marks = ["￥", "¥", "人民币", "RMB"];
        let bare = before.trim_end_matches([' ', '\u{3000}']);
        let mark = marks.iter().find(|mark| bare.ends_with(**mark));
        mark.map_or(0, |mark| before.len() - bare.len() + mark.len())
    }

    /// The unit after a numeral, with what stands below the line (万元/家, 元/人·月).
    fn suffix(&self, numeral: &Numeral) -> Option<Suffix> {
        let whole = |unit: Unit| {
            Some(Suffix {
                unit,
                end: numeral.end,
            })
        };
        match numeral.share {
            Share::Percent => return whole(self.unit("%")?),
            Share::PerMille => return whole(self.unit("‰")?),
            Share::Multiple => return whole(self.unit("倍")?),
            Share::Fraction => return None,
            Share::Plain => {}
        }
        let at = self.blanks(numeral.end);
        let rest = &self.text[at..];
        if numeral.printed.scale >= 4 && rest.starts_with(['/', '／']) {
            return self
                .below(Unit::of(self.units.atom("元")?), at)
                .filter(|suffix| suffix.end > at);
        }
        let (atom, length) = self.atom_at(at)?;
        self.below(Unit::of(atom), at + length)
    }

    fn unit(&self, name: &str) -> Option<Unit> {
        self.units.atom(name).map(Unit::of)
    }

    /// The atom at `at`, unless the letters after it make another word of it.
    fn atom_at(&self, at: usize) -> Option<(&'static Atom, usize)> {
        let rest = &self.text[at..];
        let (atom, length) = self.units.longest_at(rest)?;
        let latin = rest[..length].ends_with(|c: char| c.is_ascii_alphabetic());
        let goes_on = latin && rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
        (!goes_on && !stops::forbids(&rest[..length], &rest[length..])).then_some((atom, length))
    }

    /// Past at most three blanks.
    fn blanks(&self, at: usize) -> usize {
        let after = numeral::skip_blanks(self.text, at);
        if after - at <= 9 { after } else { at }
    }

    /// `/家`, `/人·月` after a unit that ends at `end`.
    fn below(&self, mut unit: Unit, mut end: usize) -> Option<Suffix> {
        while let Some(mark) = self.text[end..].chars().next() {
            let onward =
                matches!(mark, '/' | '／') || (matches!(mark, '·' | '•' | '・') && unit.name().contains('/'));
            let Some((atom, length)) = self.atom_at(end + mark.len_utf8()).filter(|_| onward) else {
                break;
            };
            let Some(quotient) = unit.over(Unit::of(atom)) else {
                break;
            };
            (unit, end) = (quotient, end + mark.len_utf8() + length);
        }
        Some(Suffix { unit, end })
    }

    /// ￥ before the digits.
    fn currency(&self, begin: usize, end: usize) -> Option<Suffix> {
        let unit = self.unit("元")?;
        (self.currency_before(begin) > 0).then_some(Suffix { unit, end })
    }

    /// The unit in brackets directly before the digits: 项目总投资（万元）600.
    fn bracketed(&self, begin: usize) -> Option<(Unit, u8)> {
        let before = self.text[self.from..begin].trim_end_matches([' ', '\u{3000}', '：', ':']);
        let inside = before.strip_suffix(['）', ')'])?;
        let open = inside.rfind(['（', '('])?;
        let word = inside[open..].trim_start_matches(['（', '(']);
        let word = word
            .strip_prefix("单位")
            .unwrap_or(word)
            .trim_start_matches(['：', ':', ' ']);
        if word.len() > 30 {
            None
        } else {
            self.units.parse(word)
        }
    }

    /// What is a quantity without a unit: 1.2万, 三万五, 一半, 三分之一.
    fn admits_bare(&self, start: usize, numeral: &Numeral) -> bool {
        match numeral.share {
            Share::Fraction => !numeral.arabic || self.is_share(start),
            _ => numeral.printed.scale >= 3 && numeral.signs > 1 && start >= self.from,
        }
    }

    /// 占比1/3, 约2/3: the words before tell a fraction from a score or a date.
    fn is_share(&self, start: usize) -> bool {
        let before = self.text[self.from..start].trim_end_matches(' ');
        before.ends_with(['比', '占', '约', '近', '达', '的', '过', '为'])
            || self.text[..start].ends_with("分之")
    }

    /// The upper end of a span with the place where it ends and its unit.
    fn upper(
        &self,
        low: &Numeral,
        suffix: Option<Suffix>,
        end: usize,
    ) -> Option<(Numeral, usize, Option<Unit>)> {
        if low.high.is_some() || low.share == Share::Fraction {
            return None;
        }
        let rest = &self.text[end..];
        let noted = ["（含）", "(含)", "（不含）", "(不含)"]
            .iter()
            .find(|note| rest.starts_with(**note));
        let at = self.blanks(end + noted.map_or(0, |note| note.len()));
        let marks = ["——", "--", "—", "–", "－", "-", "~", "～", "至", "到", "─", "∼"];
        let mark = marks.iter().find(|mark| self.text[at..].starts_with(**mark))?;
        let high = numeral::read(self.text, self.blanks(at + mark.len()))?;
        if high.high.is_some() || high.share != low.share {
            return None;
        }
        let above = self.suffix(&high);
        if let (Some(low), Some(above)) = (suffix, above)
            && low.unit != above.unit
        {
            return None;
        }
        let value = if suffix.is_none() {
            self.shared_scale(low, &high)
        } else {
            None
        }
        .unwrap_or(low.value);
        let grows = high.value > value;
        let unit = above.or(suffix).map(|suffix| suffix.unit);
        let stop = above.map_or(high.end, |suffix| suffix.end);
        (grows && (unit.is_some() || self.cell)).then_some((high, stop, unit))
    }

    /// 2至3万元: the lower end shares the upper end's 万.
    fn shared_scale(&self, low: &Numeral, high: &Numeral) -> Option<Ratio> {
        if low.printed.scale > 0 || high.printed.scale == 0 {
            return None;
        }
        low.value.mul(Ratio::power_of_ten(i32::from(high.printed.scale))?)
    }
}

fn quantity_of(numeral: &Numeral, unit: Option<Unit>, negative: bool) -> Quantity {
    let negate = |value: Ratio| {
        if negative {
            value.negate().unwrap_or(value)
        } else {
            value
        }
    };
    Quantity {
        value: negate(numeral.value),
        high: numeral.high,
        unit: unit.unwrap_or(Unit::none()),
        printed: Some(numeral.printed),
        exact: false,
        bound: None,
        approx: numeral.approx,
    }
}

/// Puts the words around a number to it.
fn modify(quantity: &mut Quantity, numeral: &Numeral, left: Modifiers, right: Modifiers) {
    quantity.bound = right.bound.or(left.bound);
    let nearer = if numeral.high.is_some() {
        None
    } else {
        left.approx.or(right.approx)
    };
    quantity.approx = quantity.approx.or(nearer);
}

/// Puts the unit of a header to a bare number.
fn under_header(quantity: &mut Quantity, unit: Unit, scale: u8) {
    let own = quantity.printed.map_or(0, |printed| printed.scale);
    quantity.unit = unit;
    // 1.2万 under （万元） has said its 万 already.
    let Some(power) = Ratio::power_of_ten(i32::from(scale)).filter(|_| own == 0 && scale > 0) else {
        return;
    };
    let Some(value) = quantity.value.mul(power) else {
        return;
    };
    quantity.value = value;
    quantity.high = quantity.high.and_then(|high| high.mul(power));
    if let (Some(printed), Ok(shift)) = (quantity.printed.as_mut(), i8::try_from(scale)) {
        printed.last = printed.last.saturating_add(shift);
        printed.lowest = printed.lowest.saturating_add(shift);
        printed.scale = scale;
    }
}

/// A whole cell read as one quantity: `812.45`, `≥46公里`, `94.47%`, `1.2万亩以上`. `header` is the unit that the
/// column's header gives to bare numbers, with its power of ten (万元: 元, 4).
pub fn read_cell(text: &str, header: Option<(Unit, u8)>, units: &UnitTable) -> Option<Quantity> {
    let text = text.trim_end_matches(['。', '；', ';']).trim();
    let start = signs::next_start(text.as_bytes(), 0)?;
    let numeral = numeral::read(text, start)?;
    if masks::at(text, start, Some(&numeral), units).is_some() {
        return None;
    }
    let gate = Gate {
        text,
        units,
        from: 0,
        cell: true,
    };
    let number = gate.number(start, &numeral);
    let mut quantity = number.quantity;
    let around = [
        &text[..number.range.start as usize],
        &text[number.range.end as usize..],
    ];
    if around.iter().any(|rest| !rest.trim().is_empty()) {
        return None;
    }
    if let Some((unit, scale)) =
        header.filter(|_| quantity.unit == Unit::none() && numeral.share == Share::Plain)
    {
        under_header(&mut quantity, unit, scale);
    }
    quantity.exact = quantity
        .printed
        .as_ref()
        .is_some_and(|p| Quantity::exact_as_printed(quantity.unit, p));
    Some(quantity)
}
