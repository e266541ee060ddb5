//! Written amounts to quantities, by the units that the rules know and declare.

use super::faults;
use crate::finding::Finding;
use crate::quantity::unit::leading_scale;
use crate::quantity::{Bound, Dimension, Printed, Quantity, Ratio, Unit, UnitTable};
use crate::syntax::keywords::Word;
use crate::syntax::{Amount, Content, File, Words};
use std::sync::LazyLock;

/// The mark, 分.
pub fn score() -> Unit {
    static SCORE: LazyLock<Unit> =
        LazyLock::new(|| UnitTable::built_in().atom("分").map_or(Unit::none(), Unit::of));
    *SCORE
}

/// The built-in table and what 换算 and 同类单位 of the files add to it.
pub fn table(files: &[&File], findings: &mut Vec<Finding>) -> UnitTable {
    let mut table = UnitTable::built_in().clone();
    for file in files {
        for statement in &file.statements {
            match (&statement.word, &statement.content) {
                (Word::Conversion, Content::Conversion(new, old)) => convert(&mut table, new, old, findings),
                (Word::SameUnits, Content::List(names)) => join(&mut table, names, findings),
                _ => {}
            }
        }
    }
    table
}

/// 换算：1 万亩 = 10000 亩
fn convert(table: &mut UnitTable, new: &Amount, old: &Amount, findings: &mut Vec<Finding>) {
    let (Some(name), Some(base)) = (&new.unit, &old.unit) else {
        let bare = if new.unit.is_none() { new } else { old };
        findings.push(
            faults::error("rule-unit", "换算的两边都要写单位。", bare.span)
                .help("例如：换算：1 万亩 = 10000 亩"),
        );
        return;
    };
    let Some((unit, scale)) = table.parse(&base.text) else {
        findings.push(unknown(base, table));
        return;
    };
    let factor = Ratio::power_of_ten(i32::from(scale))
        .and_then(|power| old.number.mul(power))
        .and_then(|all| all.div(new.number));
    let (Some(atom), Some(factor)) = (unit.atom(), factor.filter(|factor| !factor.is_zero())) else {
        findings.push(
            faults::error("rule-unit", "这个换算算不出来。", old.span)
                .help("右边写一个已有的单位和不是 0 的数，例如：换算：1 万亩 = 10000 亩"),
        );
        return;
    };
    match table.parse(&name.text) {
        Some((known, power)) => {
            let same = known
                .to(unit)
                .and_then(|known| known.mul(Ratio::power_of_ten(i32::from(power))?));
            if same != Some(factor) {
                let message = format!("“{}”是已有的单位，换算与原有的不一致。", name.text);
                findings.push(
                    faults::error("rule-unit", message, name.span).help("删去这一行，或者换一个单位名称。"),
                );
            }
        }
        None => {
            let _ = table.declare(&name.text, factor, atom);
        }
    }
}

/// 同类单位：家、户
fn join(table: &mut UnitTable, names: &[Words], findings: &mut Vec<Finding>) {
    // 公里、千米: what is converted into each other can be compared already.
    let known: Vec<Unit> = names
        .iter()
        .filter_map(|name| Some(table.parse(&name.text)?.0))
        .collect();
    let measures = known
        .iter()
        .all(|unit| !matches!(unit.dimension(), Some(Dimension::Counter(_) | Dimension::Piece)));
    if known.len() == names.len() && measures && known.windows(2).all(|two| two[0].compares_with(two[1])) {
        return;
    }
    let mut counters = Vec::new();
    for name in names {
        let dimension = match table.parse(&name.text) {
            Some((unit, _)) => unit.dimension(),
            None => Some(table.declare_counter(&name.text).dimension),
        };
        match dimension {
            Some(Dimension::Counter(_)) => counters.push(name.text.as_str()),
            // 个 counts with every counter already.
            Some(Dimension::Piece) => {}
            _ => findings.push(
                faults::error(
                    "rule-unit",
                    format!("“{}”不是计数的单位，不能列为同类单位。", name.text),
                    name.span,
                )
                .help("同类单位只用于家、户、人这样的计数单位；其他单位的关系写“换算：…”。"),
            ),
        }
    }
    table.join(&counters);
}

/// A word that is no unit.
pub fn unknown(unit: &Words, table: &UnitTable) -> Finding {
    let (_, bare) = leading_scale(&unit.text);
    let scale = &unit.text[..unit.text.len() - bare.len()];
    let declare = format!("如果确有这个单位，加一行“同类单位：{bare}”。");
    let help = match likely(bare, table) {
        Some((likely, true)) => format!("是不是想写“{scale}{likely}”？"),
        Some((likely, false)) => format!("是不是想写“{scale}{likely}”？{declare}"),
        _ => declare,
    };
    faults::error("rule-unit", format!("没有“{}”这个单位。", unit.text), unit.span).help(help)
}

/// The unit that a word was meant to be: a known slip (true), one that it differs from by a sign, one at its ends.
fn likely<'t>(word: &str, table: &'t UnitTable) -> Option<(&'t str, bool)> {
    let known = table.spellings();
    let slip = include_str!("../../data/unit_slips.tsv")
        .lines()
        .filter_map(|row| row.split_once('\t'))
        .find(|(written, _)| *written == word)
        .map(|(_, right)| right);
    if let Some(right) = slip {
        return Some((right, true));
    }
    let longest = |fits: &dyn Fn(&str) -> bool| {
        let all = known.iter().copied().filter(|known| fits(known));
        all.max_by_key(|known| known.len())
    };
    let long = known.iter().copied().filter(|known| known.chars().count() > 2);
    crate::syntax::nearest::nearest(word, long)
        .or_else(|| longest(&|known| word.starts_with(known)))
        .or_else(|| longest(&|known| word.ends_with(known)))
        .or_else(|| {
            let two = known.iter().copied().filter(|known| known.chars().count() == 2);
            crate::syntax::nearest::nearest(word, two)
        })
        .map(|unit| (unit, false))
}

/// The unit that is written, and the power of ten of its 万 or 亿.
pub fn unit(words: &Words, table: &UnitTable) -> Result<(Unit, u8), Box<Finding>> {
    let (scale, rest) = leading_scale(&words.text);
    if rest.is_empty() && scale > 0 {
        return Ok((Unit::none(), scale));
    }
    table
        .parse(&words.text)
        .ok_or_else(|| Box::new(unknown(words, table)))
}

/// A constant of a formula: its value, with no print to compare by.
pub fn constant(amount: &Amount, table: &UnitTable) -> Result<Quantity, Box<Finding>> {
    let stated = stated(amount, None, table)?;
    Ok(Quantity {
        printed: None,
        exact: true,
        ..stated
    })
}

/// A number that the rules state (目标, 分值): exact, and printed as it was written.
pub fn stated(amount: &Amount, bound: Option<Bound>, table: &UnitTable) -> Result<Quantity, Box<Finding>> {
    let (unit, scale) = match &amount.unit {
        Some(words) => unit(words, table)?,
        None => (Unit::none(), 0),
    };
    let value = Ratio::power_of_ten(i32::from(scale)).and_then(|power| amount.number.mul(power));
    let Some(value) = value else {
        return Err(Box::new(
            faults::error("rule-unit", "这个数太大，无法计算。", amount.span).help("请核对这个数。"),
        ));
    };
    let last = i32::from(scale) - amount.places as i32;
    let lowest = (last..=last + 40)
        .take_while(|power| value.round(*power) == Some(value) && !value.is_zero())
        .last()
        .unwrap_or(last);
    Ok(Quantity {
        value,
        high: None,
        unit,
        printed: Some(Printed {
            last: last as i8,
            lowest: lowest as i8,
            digits: amount.digits.min(200) as u8,
            scale,
        }),
        exact: true,
        bound,
        approx: None,
    })
}

/// Marks: a bare number or 分; anything else is told.
pub fn points(amount: &Amount, table: &UnitTable) -> Result<Quantity, Box<Finding>> {
    let stated = stated(amount, None, table)?;
    if stated.unit.is_none() {
        return Ok(Quantity {
            unit: score(),
            ..stated
        });
    }
    if stated.unit == score() {
        return Ok(stated);
    }
    Err(Box::new(
        faults::error(
            "rule-unit",
            format!("分值的单位应是“分”，这里写的是“{}”。", stated.unit.name()),
            amount.span,
        )
        .help("例如：分值：10 分"),
    ))
}
