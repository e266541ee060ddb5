//! 疑似元与万元错位（unit-scale）
//!
//! 查什么：一句话里的总数和各部分，数字正好相加而单位差一万倍（471.23元 = 189.63万元 + 281.6万元）；同样的四位以上数字，一处是元、
//! 一处是万元；表上执行数与预算数相差一万倍左右，而执行率是正常的。
//! 为什么：把万元写成元，金额就差一万倍。
//! 怎么改：核对账目，改正单位。
//! 例：“补助471.23元，其中中央补助189.63万元，地方补助281.6万元”。
//! 不算：换算后相等的（12.5万元和125000元）；单价、人均；整数金额碰巧差一万倍。
//! 依据：同一报告的金额单位应当一致。

use crate::checks::Judgements;
use crate::checks::cells::{cell, told};
use crate::facts::form::{Datum, Form};
use crate::facts::{Mention, Number, NumberKind, Scope};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Dimension, Quantity, Ratio, Unit};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Looks for amounts that are right but for ten thousand.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let mut suspected: FxHashSet<u32> = FxHashSet::default();
    let numbers = &ledger.facts.numbers;
    for (at, whole) in numbers.iter().enumerate() {
        if let Some(parts) = parts_of(ledger, at) {
            let quote = ledger.quote(&whole.range);
            let named: Vec<&str> = parts.iter().map(|part| ledger.quote(&part.range)).collect();
            let message = format!(
                "“{quote}”与所列各项{}的数字相加相等，单位却有的是元、有的是万元，疑似写错。",
                named.join("、")
            );
            let mut places = vec![ledger.place(&whole.range, "总数", "")];
            places.extend(parts.iter().map(|part| ledger.place(&part.range, "分项", "")));
            suspected.insert(whole.range.start);
            suspected.extend(parts.iter().map(|part| part.range.start));
            judgements.fail(told(check, quote, message, places));
        }
    }
    same_digits(ledger, check, &suspected, judgements);
    of_form(ledger, check, judgements);
}

/// Looks at the money that a form has spent.
pub fn of_form(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    if let Some(form) = ledger.form() {
        spent_and_budget(ledger, check, form, judgements);
    }
}

fn is_money(number: &Number) -> bool {
    number.kind == NumberKind::Quantity && number.quantity.unit.dimension() == Some(Dimension::Money)
}

/// The digits as printed, without 万.
fn face(quantity: &Quantity) -> Option<(Ratio, u8)> {
    let scale = quantity.printed?.scale;
    let face = quantity.value.div(Ratio::power_of_ten(i32::from(scale))?)?;
    Some((face, scale))
}

/// The run of amounts behind a whole in its sentence whose digits add up to those of the whole, while not all of them
/// are printed in one scale: then the sum of what they say is another.
fn parts_of<'a>(ledger: &Ledger<'a>, at: usize) -> Option<&'a [Number]> {
    let numbers = &ledger.facts.numbers;
    let whole = numbers.get(at).filter(|number| is_money(number))?;
    let (face_of_whole, scale_of_whole) = face(&whole.quantity)?;
    let parts = numbers.get(at + 1..)?;
    let mut sum = Ratio::ZERO;
    let mut mixed = false;
    for (count, part) in parts.iter().take(MOST_PARTS).enumerate() {
        let between = ledger.quote(&(whole.range.end..part.range.start.max(whole.range.end)));
        if !is_money(part) || between.contains(['。', '\n']) {
            return None;
        }
        let (digits, scale) = face(&part.quantity)?;
        if !matches!(scale.abs_diff(scale_of_whole), 0 | 4) {
            return None;
        }
        mixed |= scale != scale_of_whole;
        sum = sum.add(digits)?;
        if count > 0 && sum == face_of_whole {
            return parts.get(..=count).filter(|_| mixed);
        }
    }
    None
}

const MOST_PARTS: usize = 10;

/// Amounts with the same four digits or more that are ten thousand times one another.
fn same_digits(ledger: &Ledger, check: &Check, suspected: &FxHashSet<u32>, judgements: &mut Judgements) {
    let mut seen: FxHashMap<(Ratio, u8), Range<u32>> = FxHashMap::default();
    let averages = averages(ledger);
    for number in ledger.facts.numbers.iter().filter(|number| is_money(number)) {
        let Some(printed) = number.quantity.printed else { continue };
        let lowest = i32::from(printed.lowest) - i32::from(printed.last);
        let significant = i32::from(printed.digits) - lowest;
        let start = number.range.start;
        if significant < 4 || suspected.contains(&start) || averages.binary_search(&start).is_ok() {
            continue;
        }
        let Some((face, scale)) = face(&number.quantity) else { continue };
        let other = seen.get(&(face, if scale == 4 { 0 } else { 4 }));
        if let Some(other) = other.filter(|_| matches!(scale, 0 | 4)) {
            let quotes = [ledger.quote(other), ledger.quote(&number.range)];
            let message = format!("“{}”和“{}”数字相同，单位差一万倍，疑似元与万元写错。", quotes[0], quotes[1]);
            let places = vec![ledger.place(&number.range, "", ""), ledger.place(other, "", "")];
            judgements.fail(told(check, quotes[1], message, places));
            return;
        }
        seen.entry((face, scale)).or_insert_with(|| number.range.clone());
    }
    judgements.passed += 1;
}

/// Where averages begin: 人均1234元 beside 1234万元 in all.
fn averages(ledger: &Ledger) -> Vec<u32> {
    let average = |mention: &&Mention| mention.scope == Scope::Average;
    let mentions = ledger.facts.mentions.iter().filter(average);
    mentions.map(|mention| ledger.facts.numbers[mention.number].range.start).collect()
}

/// 预算数 80 beside 执行数 760000 at a rate of 95%.
fn spent_and_budget(ledger: &mut Ledger, check: &Check, form: &Form, judgements: &mut Judgements) {
    let Some(execution) = &form.execution else { return };
    let share = execution.rate.number().and_then(|rate| rate.value_in(Unit::none()));
    let usual = Ratio::new(1, 2).zip(Ratio::new(3, 2));
    let (Some(share), Some((low, high))) = (share, usual) else { return };
    if share < low || share > high {
        return;
    }
    for row in form.funds.iter().filter(|row| row.part_of.is_none()).take(1) {
        if let Some(times) = times(&row.spent, &row.budget) {
            let message = format!(
                "全年执行数“{}”与全年预算数“{}”相差一万倍左右，执行率却是{}，疑似元与万元写错。",
                row.spent.text, row.budget.text, execution.rate.text
            );
            let (wrong, other) = match times {
                true => (&row.spent, &row.budget),
                false => (&row.budget, &row.spent),
            };
            let places = vec![cell(ledger, wrong, "金额"), cell(ledger, other, "金额")];
            judgements.fail(told(check, &row.name.text, message, places));
            ledger.refuted.insert(execution.rate.range.start);
        }
    }
}

/// Whether the first is about ten thousand times the second (true), or the other way round (false).
fn times(first: &Datum, second: &Datum) -> Option<bool> {
    let (first, second) = (first.number()?, second.number()?);
    let ratio = first.value_in(second.unit)?.div(second.value)?;
    let between = |ratio: Ratio| ratio >= Ratio::whole(4000) && ratio <= Ratio::whole(16000);
    match between(ratio) {
        true => Some(true),
        false => Ratio::ONE.div(ratio).filter(|ratio| between(*ratio)).map(|_| false),
    }
}
