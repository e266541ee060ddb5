//! What stands behind the unit and belongs to the same quantity: 角 and 分 behind 元, 半 behind 年 and 个, ±; and the
//! unit that numbers before it share.

use super::gate::{Gate, under_header};
use super::{Number, NumberKind};
use crate::quantity::numeral::{self, Numeral, Share};
use crate::quantity::signs::{self, Sign};
use crate::quantity::{Printed, Quantity, Ratio};

impl Gate<'_> {
    /// 两年半, 3个半小时: half of the unit more; behind 个 the unit proper may follow.
    pub fn and_a_half(&self, quantity: &mut Quantity, end: usize) -> Option<usize> {
        let rest = self.text[end..].strip_prefix('半')?;
        let other = rest.starts_with([
            '成', '导', '径', '自', '岛', '数', '山', '价', '封', '湿', '年', '天', '月', '机', '挂', '球',
            '永',
        ]);
        let whole = quantity.value.is_whole() && quantity.high.is_none() && !quantity.unit.is_none();
        let after = end + "半".len();
        let proper = Some(self.unit_at(after))
            .filter(|_| quantity.unit.name() == "个")
            .flatten();
        let halved = matches!(
            quantity.unit.name(),
            "个" | "年" | "天" | "个月" | "小时" | "倍" | "亩" | "周" | "斤" | "千克"
        );
        if !whole || !halved || (other && proper.is_none()) {
            return None;
        }
        let printed = quantity.printed?;
        let half = Ratio::new(1, 2)?.mul(Ratio::power_of_ten(i32::from(printed.scale))?)?;
        quantity.value = quantity.value.add(half)?;
        let last = printed.last.checked_sub(1)?;
        quantity.printed = Some(Printed {
            last,
            lowest: last,
            digits: printed.digits.saturating_add(1),
            ..printed
        });
        if let Some((unit, length)) = proper {
            quantity.unit = unit;
            return Some(after + length);
        }
        Some(after)
    }

    /// 玖仟元伍角捌分, 三块八毛: 角 and 分 belong to the amount. 块 counts pieces, but with these behind it money, and
    /// with a lone digit too (三块五).
    pub fn small_change(&self, quantity: &mut Quantity, end: usize) -> Option<usize> {
        let coins = self.text[end..]
            .chars()
            .next()
            .is_some_and(|c| !matches!(signs::sign(c), Sign::Other | Sign::Blank));
        if !coins {
            return None;
        }
        let pieces = quantity.unit.name() == "块";
        let money = pieces || quantity.unit.name() == "元";
        if !money || quantity.printed.is_none_or(|printed| printed.scale > 0) {
            return None;
        }
        let (mut value, mut at) = (quantity.value, end);
        for (coins, power) in [(['角', '毛'], -1), (['分', '分'], -2)] {
            let Some(numeral) = numeral::read(self.text, at) else {
                break;
            };
            let small = numeral.value < Ratio::whole(10) && numeral.high.is_none();
            let coin = self.text[numeral.end..].starts_with(coins);
            let lone = pieces && at == end && numeral.signs == 1 && self.unit_at(numeral.end).is_none();
            if small && (coin || lone && power == -1) {
                value = value.add(numeral.value.mul(Ratio::power_of_ten(power)?)?)?;
                at = numeral.end + if coin { "角".len() } else { 0 };
            }
        }
        if at > end {
            let two_more = |printed: Printed| Printed {
                last: -2,
                lowest: -2,
                digits: printed.digits.saturating_add(2),
                ..printed
            };
            quantity.value = value;
            quantity.unit = self.units.single("元").unwrap_or(quantity.unit);
            quantity.printed = quantity.printed.map(two_more);
        }
        Some(at)
    }

    /// 百分之二十到三十, 七至八成: one end says of both what they are parts of.
    pub fn shares_share(&self, low: &Numeral, high: &Numeral, counted: bool) -> bool {
        let plain =
            |end: &Numeral| end.share == Share::Plain && !end.arabic && end.value <= Ratio::whole(100);
        match (low.share, high.share) {
            (Share::Percent, Share::Plain) => !low.arabic && plain(high) && !counted,
            (Share::Plain, Share::Percent) => {
                low.signs == 1 && low.high.is_none() && self.text[..high.end].ends_with('成')
            }
            _ => false,
        }
    }

    /// ±3%, 100±5毫米: how far the value may be off, to both sides. Where the number then begins and ends.
    pub fn tolerance(&self, quantity: &mut Quantity, begin: usize, end: usize) -> Option<(usize, usize)> {
        const SIGN: char = '±';
        let value = quantity.value;
        if quantity.high.is_some() {
            return None;
        }
        if self.text[self.from..begin].ends_with(SIGN) && !quantity.unit.is_none() {
            (quantity.value, quantity.high) = (value.negate()?, Some(value));
            return Some((begin - SIGN.len_utf8(), end));
        }
        let rest = self.text[end..].strip_prefix(SIGN)?;
        let off = numeral::read(self.text, self.text.len() - rest.len())?;
        let unit = self.unit_at(off.end);
        let one = unit.is_none_or(|(unit, _)| quantity.unit.is_none() || quantity.unit == unit);
        if !one || off.high.is_some() {
            return None;
        }
        (quantity.value, quantity.high) = (value.sub(off.value)?, Some(value.add(off.value)?));
        quantity.unit = unit.map_or(quantity.unit, |(unit, _)| unit);
        Some((begin, off.end + unit.map_or(0, |(_, length)| length)))
    }
}

/// 分别为12、15和18家: the numbers without a unit, in a list that 分别 opens, have that of the last one.
pub fn lend_unit(text: &str, numbers: &mut [Number]) {
    let Some((last, before)) = numbers.split_last_mut() else {
        return;
    };
    let joins = |c: char| matches!(c, '、' | '和' | '及' | '与');
    let mut at = last.range.start as usize;
    if last.quantity.unit.is_none() || last.kind != NumberKind::Quantity || !text[..at].ends_with(joins) {
        return;
    }
    let mut first = before.len();
    while let Some(other) = before[..first].last() {
        let between = text.get(other.range.end as usize..at).unwrap_or("");
        if other.kind != NumberKind::Numeral || !between.starts_with(joins) || between.chars().count() > 1 {
            break;
        }
        (at, first) = (other.range.start as usize, first - 1);
    }
    let lead = text[..at].trim_end_matches(['为', '是', '有', '达', '到']);
    if !lead.ends_with("分别") {
        return;
    }
    for other in &mut before[first..] {
        let scale = last.quantity.printed.map_or(0, |printed| printed.scale);
        under_header(&mut other.quantity, last.quantity.unit, scale);
        let printed = other.quantity.printed.as_ref();
        other.quantity.exact = printed.is_some_and(|p| Quantity::exact_as_printed(last.quantity.unit, p));
        other.kind = NumberKind::Quantity;
    }
}
