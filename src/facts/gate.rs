//! What makes a quantity of a numeral: a unit, %, a currency sign, a header's unit; and the words around it.

use super::modifiers::{self, Modifiers};
use super::stops;
use super::{Number, NumberKind};
use crate::quantity::numeral::{self, Form, Numeral, Share};
use crate::quantity::signs::Letters;
use crate::quantity::{Bound, Quantity, Ratio, Unit, UnitTable};
use std::ops::Range;

/// A unit as it stands after a number.
#[derive(Clone, Copy)]
struct Suffix {
    unit: Unit,
    end: usize,
}

/// The first letters of what leads from the lower end of a span to the upper one.
static SPANS: Letters = Letters::of("—-–－~～至到─∼（(");

/// The text around a numeral, and what of it may be used.
pub struct Gate<'t> {
    /// The text.
    pub text: &'t str,
    /// The units that are known.
    pub units: &'t UnitTable,
    /// Where the number before ended: modifiers are not looked for beyond it.
    pub from: usize,
    /// Whether the text is a whole cell, in which bare numbers count too.
    pub cell: bool,
}

impl Gate<'_> {
    /// The number of a numeral that begins at `start`: a quantity, if something makes it one.
    pub fn number(&self, start: usize, numeral: &Numeral) -> Number {
        let (mut begin, negative) = self.sign_before(start, numeral);
        let suffix = self.suffix(numeral).or_else(|| self.currency(begin, numeral.end));
        let mut quantity = quantity_of(numeral, suffix.map(|suffix| suffix.unit), negative);
        let mut end = suffix.map_or(numeral.end, |suffix| suffix.end.max(numeral.end));
        let mut digits = start..numeral.end;
        let mut admitted = self.cell || suffix.is_some() || self.admits_bare(start, numeral);
        let left = modifiers::before(&self.text[self.from..begin], &self.text[start..]);
        if let Some((high, stop, unit)) = self.upper(numeral, suffix, end) {
            let shared = unit.unwrap_or(quantity.unit);
            (quantity.high, quantity.unit) = (Some(high.value), shared);
            let low = self.shared_scale(numeral, &high).filter(|_| suffix.is_none());
            quantity.value = low.unwrap_or(quantity.value);
            quantity.printed = Some(high.printed);
            (end, digits.end) = (stop, high.end);
            admitted |= unit.is_some();
        }
        if let Some(both) = self.tolerance(&mut quantity, begin, end) {
            (begin, end) = both;
            admitted |= !quantity.unit.is_none();
        }
        end = self.small_change(&mut quantity, end).unwrap_or(end);
        end = self.and_a_half(&mut quantity, end).unwrap_or(end);
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
        if !rest.starts_with(['（', '(']) {
            return;
        }
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
        let free = || ahead.is_none_or(|c| " \n\t|（(：:，,。为长率降值增减额在从由于是\u{3000}".contains(c));
        let minus = match mark {
            '负' | '負' => !ahead.is_some_and(|c| "担肩抱胜自".contains(c)),
            '-' | '－' | '−' | '﹣' => numeral.arabic && free(),
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
        if !bare.ends_with(['￥', '¥', '币', 'B']) {
            return 0;
        }
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
            return self.below(self.unit("元")?, at).filter(|suffix| suffix.end > at);
        }
        // 9.5/10万: so many of a hundred thousand, a number without a unit.
        const PARTS: &[&str] = &["/10万", "/十万", "／10万", "/万"];
        let below = rest.starts_with(['/', '／']);
        if let Some(part) = PARTS.iter().find(|part| below && rest.starts_with(**part)) {
            return Some(Suffix {
                unit: Unit::none(),
                end: at + part.len(),
            });
        }
        let (unit, length) = self.unit_at(at)?;
        self.below(unit, at + length)
    }

    fn unit(&self, name: &str) -> Option<Unit> {
        self.units.unit_at(name).map(|(unit, _)| unit)
    }

    /// The single unit at `at`, unless the letters after it make another word of it.
    pub fn unit_at(&self, at: usize) -> Option<(Unit, usize)> {
        let rest = &self.text[at..];
        let (unit, length) = self.units.unit_at(rest)?;
        let latin = rest[..length].ends_with(|c: char| c.is_ascii_alphabetic());
        let goes_on = latin && rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
        (!goes_on && !stops::forbids(&rest[..length], &rest[length..])).then_some((unit, length))
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
            let Some((below, length)) = (if onward {
                self.unit_at(end + mark.len_utf8())
            } else {
                None
            }) else {
                break;
            };
            let Some(quotient) = unit.over(below) else {
                break;
            };
            (unit, end) = (quotient, end + mark.len_utf8() + length);
        }
        Some(Suffix { unit, end })
    }

    /// ￥ before the digits.
    fn currency(&self, begin: usize, end: usize) -> Option<Suffix> {
        if self.currency_before(begin) == 0 {
            return None;
        }
        let unit = self.unit("元")?;
        Some(Suffix { unit, end })
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
            Share::Fraction => !numeral.arabic || self.is_share(start, numeral.end),
            // 万三 may be anything: only a unit makes a quantity of a spoken number.
            _ => {
                let written = numeral.form == Form::Written;
                // 三百五, 两千六: the last digit stands for the tens or hundreds, as one speaks of amounts.
                let tail = numeral.printed.last > 0 && numeral.printed.digits > 1;
                let large = numeral.printed.scale >= 3 || tail;
                written && large && numeral.signs > 1 && start >= self.from
            }
        }
    }

    /// 占比1/3, 约2/3, 2/3以上: the words around tell a fraction from a score or a date.
    fn is_share(&self, start: usize, end: usize) -> bool {
        let before = self.text[self.from..start].trim_end_matches(' ');
        before.ends_with(['比', '占', '约', '近', '达', '的', '过', '为'])
            || self.text[..start].ends_with("分之")
            || self.text[end..].starts_with("以上")
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
        let opens = |c: char| SPANS.has(c) || matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '\t');
        if !rest.starts_with(opens) {
            return None;
        }
        let noted = ["（含）", "(含)", "（不含）", "(不含)"]
            .iter()
            .find(|note| rest.starts_with(**note));
        let at = self.blanks(end + noted.map_or(0, |note| note.len()));
        let marks = ["——", "--", "—", "–", "－", "-", "~", "～", "至", "到", "─", "∼"];
        let mark = marks.iter().find(|mark| self.text[at..].starts_with(**mark))?;
        let high = numeral::read(self.text, self.blanks(at + mark.len()))?;
        let above = self.suffix(&high);
        let alike = high.share == low.share || self.shares_share(low, &high, above.is_some());
        if high.high.is_some() || !alike {
            return None;
        }
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

    /// 2至3万元: the lower end shares the upper end's 万; 七至八成: its tenths.
    fn shared_scale(&self, low: &Numeral, high: &Numeral) -> Option<Ratio> {
        if low.share == Share::Plain && high.share == Share::Percent {
            return low.value.mul(Ratio::whole(10));
        }
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
pub fn under_header(quantity: &mut Quantity, unit: Unit, scale: u8) {
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

/// A range as it is kept.
#[inline]
pub fn place(range: Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}
