//! What stands behind the unit and belongs to the same quantity: 角 and 分 behind 元, 半 behind 年 and 个.

use super::gate::Gate;
use crate::quantity::numeral;
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

    /// 玖仟元伍角捌分: 角 and 分 after 元 belong to the amount.
    pub fn small_change(&self, quantity: &mut Quantity, end: usize) -> Option<usize> {
        let coins = self.text[end..]
            .chars()
            .next()
            .is_some_and(|c| !matches!(signs::sign(c), Sign::Other | Sign::Blank));
        if !coins || quantity.unit.name() != "元" || quantity.printed.is_none_or(|printed| printed.scale > 0)
        {
            return None;
        }
        let (mut value, mut at) = (quantity.value, end);
        for (coin, power) in [('角', -1), ('分', -2)] {
            let Some(numeral) = numeral::read(self.text, at) else {
                break;
            };
            let small = numeral.value < Ratio::whole(10) && numeral.high.is_none();
            if small && self.text[numeral.end..].starts_with(coin) {
                value = value.add(numeral.value.mul(Ratio::power_of_ten(power)?)?)?;
                at = numeral.end + coin.len_utf8();
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
            quantity.printed = quantity.printed.map(two_more);
        }
        Some(at)
    }
}
