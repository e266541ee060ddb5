//! All numbers of a text in one pass: names and masks first, then numerals through the gate; and whole cells.

use super::gate::{Gate, place, under_header};
use super::links::Links;
use super::{Number, NumberKind, masks, names, remainders};
use crate::quantity::numeral::{self, Form, Numeral, Share};
use crate::quantity::signs::{self, Sign, sign};
use crate::quantity::{Bound, Quantity, Ratio, Unit, UnitTable};
use std::ops::Range;

/// Hardly any text has more than one number in so many bytes.
const DENSE: usize = 24;

/// Every number in a view, ascending by place, masked ones too.
pub fn scan(view: &str, units: &UnitTable) -> Vec<Number> {
    // Room that is not used costs nothing and goes back; room that grows leaves holes in a large report's memory.
    let mut numbers: Vec<Number> = Vec::with_capacity(view.len() / DENSE);
    let mut links = Links::of(view);
    let mut at = 0;
    while let Some(start) = signs::next_start(view.as_bytes(), at) {
        let from = numbers.last().map_or(0, |number| number.range.end as usize);
        if let Some(end) = links.covering(start) {
            at = end;
            continue;
        }
        at = next_after(view, start);
        let start = leading_point(view, start, from);
        let numeral = numeral::read(view, start);
        if let Some((number, end)) = named_at(view, start, from, numeral.as_ref(), units) {
            at = at.max(end);
            numbers.extend(number);
            continue;
        }
        let numeral = match (masked_at(view, start, from, numeral.as_ref(), units), numeral) {
            (Some((number, end)), _) => {
                at = at.max(end);
                numbers.push(number);
                continue;
            }
            (None, None) => {
                at = at.max(past_multipliers(view, start));
                continue;
            }
            (None, Some(numeral)) => numeral,
        };
        if is_letter(view, start, &numeral, units) || is_fold(view, start) {
            continue;
        }
        let gate = Gate {
            text: view,
            units,
            from,
            cell: false,
        };
        let mut number = gate.number(start, &numeral);
        if numeral.form == Form::Technical {
            number.kind = NumberKind::Code;
        } else if numeral.signs == 1 && !numeral.arabic && names::is_slogan(view, start) {
            number.kind = NumberKind::Name;
        }
        at = at.max(number.range.end as usize);
        match numbers.last_mut() {
            Some(low) if closes(view, low, &number) => *low = joined(low, &number),
            _ => {
                numbers.push(number);
                remainders::lend_unit(view, &mut numbers);
            }
        }
    }
    numbers.shrink_to_fit();
    numbers
}

/// The number in a name, if it is one, and where the name ends. No name has Arabic digits in it.
fn named_at(
    view: &str,
    start: usize,
    from: usize,
    numeral: Option<&Numeral>,
    units: &UnitTable,
) -> Option<(Option<Number>, usize)> {
    if numeral.is_some_and(|numeral| numeral.arabic) {
        return None;
    }
    let name = names::covering(view, start)?;
    if numeral.is_some_and(|numeral| outlasts(view, start, numeral, &name.range, units)) {
        return None;
    }
    let end = name.range.end;
    let number = || named(view, name.range.start.max(from)..end, numeral);
    Some((name.numeral.then(number).flatten(), end))
}

/// The number under a mask, and where the mask ends.
fn masked_at(
    view: &str,
    start: usize,
    from: usize,
    numeral: Option<&Numeral>,
    units: &UnitTable,
) -> Option<(Number, usize)> {
    let technical = numeral.is_some_and(|numeral| numeral.form == Form::Technical);
    let mask = masks::at(view, start, numeral, units);
    // 2e5 and 40k are codes that have a value; AB2e5 has none.
    let mask = mask.filter(|mask| !technical || mask.range.start < start)?;
    let end = mask.range.end;
    let range = mask.range.start.max(from)..end;
    Some((masked(masks::Mask { range, ..mask }, start, numeral), end))
}

/// .5: the point before digits that nothing stands before.
fn leading_point(text: &str, start: usize, from: usize) -> usize {
    let point = start.saturating_sub(1);
    let bytes = text.as_bytes();
    if start == 0 || point < from || bytes[point] != b'.' || !bytes[start].is_ascii_digit() {
        return start;
    }
    let ahead = text[..point].chars().next_back();
    let free = ahead.is_none_or(|c| " \n\t（(-+≥≤<>=".contains(c));
    if free { point } else { start }
}

/// Past the multipliers and digits of what begins with a multiplier and is no number: in 百十一 no 十一 stands.
fn past_multipliers(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut multiplier = false;
    loop {
        let (sign, length) = signs::sign_at(bytes, at);
        match sign {
            Sign::Small(2..) | Sign::Big(_) => multiplier = true,
            Sign::Small(_) | Sign::Chinese(_) if multiplier => {}
            _ => return at,
        }
        at += length;
    }
}

/// 拾 陆 伍 肆 are words too: alone between other letters, and without a unit, they are no numerals.
fn is_letter(text: &str, start: usize, numeral: &Numeral, units: &UnitTable) -> bool {
    if numeral.signs > 1 || !text[start..].starts_with(['拾', '陆', '伍', '肆']) {
        return false;
    }
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let (before, after) = (&text[..start], &text[numeral.end..]);
    (letter(before.chars().next_back()) || letter(after.chars().next())) && units.longest_at(after).is_none()
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
    let bytes = text.as_bytes();
    let mut end = start;
    while let (Sign::Arabic(_), length) = signs::sign_at(bytes, end) {
        end += length;
    }
    match end == start {
        true => start + signs::sign_at(bytes, start).1.max(1),
        false => end,
    }
}

/// 三公里 is longer than the name 三公: a unit that reaches beyond a name makes a quantity of it, unless the name begins
/// before the numeral (每一个, 登陆部队).
fn outlasts(text: &str, start: usize, numeral: &Numeral, name: &Range<usize>, units: &UnitTable) -> bool {
    let unit = || {
        units
            .longest_at(&text[numeral.end..])
            .map_or(0, |(_, length)| length)
    };
    // 上万名群众: a bare multiplier is a numeral only with such a word before it, and then 万名 is no name.
    let led = text[start..].starts_with(['百', '千', '万']);
    numeral.end > name.end
        || (name.start == start && {
            let unit = unit();
            unit > 0 && numeral.end + unit + usize::from(led) > name.end
        })
}

/// 打对折 is a price; 对折 alone may be a fold.
fn is_fold(text: &str, start: usize) -> bool {
    text[start..].starts_with(['对', '對']) && !text[..start].ends_with(['打', '按', '价', '價'])
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
    Some(as_printed(quantity))
}

/// The quantity of a cell by the number that was scanned in its place and takes up all of it; nothing where the cell
/// may have to be read in another way than the text.
pub fn of_cell(number: &Number, text: &str, header: Option<(Unit, u8)>) -> Option<Quantity> {
    let mut quantity = number.quantity;
    let plain = matches!(number.kind, NumberKind::Quantity | NumberKind::Numeral);
    if !plain || quantity.high.is_some() || text.len() >= LONG {
        return None;
    }
    if let Some((unit, scale)) = header.filter(|_| quantity.unit.is_none()) {
        // A fraction takes no unit from a header.
        if !text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        {
            return None;
        }
        under_header(&mut quantity, unit, scale);
    }
    Some(as_printed(quantity))
}

/// A cell is exact where its unit and its print make it so, whatever words stand about.
fn as_printed(quantity: Quantity) -> Quantity {
    let printed = quantity.printed.as_ref();
    let exact = printed.is_some_and(|printed| Quantity::exact_as_printed(quantity.unit, printed));
    Quantity { exact, ..quantity }
}

/// The bytes of a telephone number: what stands behind digits tells whether they are one.
const LONG: usize = 11;

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Option<String> {
        let units = UnitTable::built_in();
        let header = units.parse("万元");
        let quantity = read_cell(text, header, units)?;
        let bound = quantity.bound.map_or("", |bound| bound.sign());
        Some(format!("{bound}{} {}", quantity.plain(), quantity.unit.name()))
    }

    #[test]
    fn a_cell_is_one_quantity_or_none() {
        for (text, expected) in [
            ("812.45", Some("8124500 元")),
            ("≥46公里", Some("≥46 公里")),
            ("46公里以上", Some("≥46 公里")),
            ("=100%", Some("=100 %")),
            ("94.47%", Some("94.47 %")),
            ("1，234.5", Some("12345000 元")),
            (" 50 ", Some("500000 元")),
            ("9.5万元/公里", Some("95000 元/公里")),
            ("＞＝90％", Some("≥90 %")),
            ("-3.5", Some("-35000 元")),
            ("2020年12月31日", None),
            ("完成5个", None),
            ("5个；3个", None),
            ("良好", None),
            ("", None),
        ] {
            assert_eq!(cell(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_counts_nothing_is_masked() {
        let kind = |text: &str| {
            scan(text, UnitTable::built_in())
                .iter()
                .map(|number| number.kind)
                .collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("〔2020〕6号", NumberKind::Code),
            ("2020年12月31日", NumberKind::Date),
            ("1—6月份", NumberKind::Date),
            ("0731-28681234", NumberKind::Code),
            ("ISO9001", NumberKind::Code),
            ("5G", NumberKind::Code),
            ("510000_0013zp", NumberKind::Code),
            ("附件2", NumberKind::Ordinal),
            ("第5次", NumberKind::Ordinal),
            ("三级", NumberKind::Name),
            ("4级", NumberKind::Ordinal),
            ("（一）", NumberKind::Ordinal),
            ("两化融合", NumberKind::Name),
            ("20家", NumberKind::Quantity),
            ("三公里", NumberKind::Quantity),
            ("三公经费", NumberKind::Name),
        ] {
            assert_eq!(kind(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_letter_that_only_looks_like_a_numeral_is_none() {
        for text in ["进一步", "一些", "陆地", "收拾", "百十户", "对折起来"] {
            assert_eq!(scan(text, UnitTable::built_in()), [], "{text}");
        }
    }

    #[test]
    fn a_change_never_alters_the_value() {
        let read = |text: &str| {
            scan(text, UnitTable::built_in())
                .iter()
                .map(|n| (n.quantity.plain(), n.change))
                .collect::<Vec<_>>()
        };
        assert_eq!(read("同比下降5%"), [("5".to_owned(), -1)]);
        assert_eq!(read("增长了约8%"), [("8".to_owned(), 1)]);
        assert_eq!(read("下降到5%"), [("5".to_owned(), 0)]);
    }
}
