//! Wholes and parts that the narrative itself tells (其中, 包括, 分别为, 合计, 结余), held against each other without rules.

use crate::checks::{Judgements, told};
use crate::facts::claims::{Parts, Sum};
use crate::finding::{Finding, Severity};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::mistyped::{Mistyped, mistyped};
use crate::quantity::{Interval, Quantity, Ratio};
use std::cmp::Ordering;

/// What a claim comes to.
struct Reckoned {
    /// What the parts come to, in the unit of the whole.
    value: Ratio,
    /// Between which ends.
    range: Interval,
}

/// Judges every sum of the narrative that is of money, or of counts.
pub(super) fn judge(ledger: &mut Ledger, check: &Check, money: bool, judgements: &mut Judgements) {
    let facts = ledger.facts;
    let sums = facts.claims.sums.iter();
    judge_each(
        ledger,
        check,
        sums.filter(|sum| {
            facts.numbers[facts.mentions[sum.whole].number]
                .quantity
                .unit
                .is_money()
                == money
        }),
        judgements,
    );
}

/// Judges these sums.
pub(super) fn judge_each<'s>(
    ledger: &mut Ledger,
    check: &Check,
    sums: impl IntoIterator<Item = &'s Sum>,
    judgements: &mut Judgements,
) {
    for sum in sums {
        if told::is_told(ledger, judgements, check, ledger.mention(sum.whole).2) {
            continue;
        }
        let Some(fault) = fault(ledger, sum) else {
            continue;
        };
        let ranges: Vec<_> = sum
            .parts
            .iter()
            .chain([&sum.whole])
            .map(|index| ledger.mention(*index).2)
            .collect();
        ledger.take_part(ranges);
        match fault {
            None if let Some(finding) = swapped(ledger, check, sum) => judgements.fail(finding),
            None => judgements.passed += 1,
            Some(reckoned) => {
                let finding = finding(ledger, check, sum, &reckoned);
                judgements.fail(finding);
            }
        }
    }
}

/// Whether the parts fit the whole: `None` where that cannot be told, `Some(None)` where they do.
fn fault(ledger: &Ledger, sum: &Sum) -> Option<Option<Reckoned>> {
    let (_, whole, _) = ledger.mention(sum.whole);
    let reckoned = reckon(ledger, sum, &sum.parts, whole)?;
    let holds = |whole: &Quantity, reckoned: &Reckoned| -> Option<bool> {
        let range = whole.range()?;
        let meets = range.meets(&reckoned.range) || range.contains(reckoned.value);
        Some(meets || (sum.how == Parts::Some && below(reckoned, &range)))
    };
    match sum.how {
        Parts::Overlapping => {
            let all = sum.parts.iter().map(|part| reckon(ledger, sum, &[*part], whole));
            let range = whole.range()?;
            let excess = all
                .flatten()
                .find(|one| !range.meets(&one.range) && !below(one, &range));
            return Some(excess);
        }
        Parts::Some if sum.parts.len() == 1 && whole.approx.is_some() => return None,
        _ => {}
    }
    if holds(whole, &reckoned)? {
        return Some(None);
    }
    // The list may begin or end elsewhere than was thought, and the whole may be another number of the sentence.
    let other_whole = sum.others.iter().any(|other| {
        let other = ledger.mention(*other).1;
        reckon(ledger, sum, &sum.parts, other).is_some_and(|reckoned| holds(other, &reckoned) == Some(true))
    });
    let runs = (2..sum.parts.len())
        .flat_map(|length| [&sum.parts[..length], &sum.parts[sum.parts.len() - length..]]);
    let other_run = sum.how != Parts::Left
        && !(sum.uniform && sum.how == Parts::Some && whole.unit.is_money())
        && runs
            .into_iter()
            .any(|parts| reckon(ledger, sum, parts, whole).is_some_and(|reckoned| meets(whole, &reckoned)));
    // 100公里，其中…80公里…: a part that is the whole again is no part.
    let again = sum.parts.len() > 1
        && sum
            .parts
            .iter()
            .any(|part| ledger.mention(*part).1.value_in(whole.unit) == Some(whole.value));
    // 471.23元，其中189.63万元、281.6万元: nothing but a lost 万 explains that.
    let lost = is_lost(whole, &reckoned);
    (lost || !other_whole && !other_run && !again).then_some(Some(reckoned))
}

/// How many digits a number has at least that may have two of them in the wrong order.
const DIGITS: u8 = 3;

/// 312.6、568.3、963.5 of 1862.4: what 其中 lists lacks just what two digits in the wrong order take away.
fn swapped(ledger: &Ledger, check: &Check, sum: &Sum) -> Option<Finding> {
    if sum.how != Parts::Some || !sum.uniform || sum.parts.len() < 2 {
        return None;
    }
    let (_, whole, range) = ledger.mention(sum.whole);
    let added = reckon(ledger, sum, &sum.parts, whole)?;
    let lacking = whole.value.sub(added.value)?;
    let is_swapped = |stated: &Quantity, meant: Ratio| {
        let printed = stated.printed.filter(|printed| printed.digits >= DIGITS);
        let last = printed.map(|printed| i32::from(printed.last));
        last.is_some_and(|last| mistyped(stated.value, meant, last) == Some(Mistyped::Swapped))
    };
    let wrong = |index: &usize| {
        let part = ledger.mention(*index).1;
        let missing = whole.unit.to(part.unit).and_then(|factor| lacking.mul(factor));
        let meant = missing.and_then(|missing| part.value.add(missing))?;
        is_swapped(part, meant).then_some((*index, Quantity::computed(meant, part.unit)))
    };
    let of_whole =
        || is_swapped(whole, added.value).then(|| (sum.whole, Quantity::computed(added.value, whole.unit)));
    let (index, meant) = sum.parts.iter().find_map(wrong).or_else(of_whole)?;
    let stated = ledger.mention(index).1;
    let listed: Vec<&str> = sum
        .parts
        .iter()
        .map(|part| ledger.quote(ledger.mention(*part).2))
        .collect();
    let message = format!(
        "总数写作{}，“其中”各项（{}）相加是{}；{}像是有两个数字颠倒了，改为{}就对得上。",
        ledger.quote(range),
        listed.join("、"),
        Quantity::computed(added.value, whole.unit).text_like(whole),
        ledger.quote(ledger.mention(index).2),
        meant.text_like(stated),
    );
    let mut places = vec![ledger.place(range, "总数", "")];
    places.extend(
        sum.parts
            .iter()
            .map(|part| ledger.place(ledger.mention(*part).2, "", "")),
    );
    Some(Finding {
        severity: check.severity.max(Severity::Warning),
        stated: Some(stated.digits_like(stated)),
        expected: Some(meant.digits_like(stated)),
        ..told::finding(check, &told::subject(ledger, sum.whole), message, places)
    })
}

/// Whether the parts are the whole in 万.
fn is_lost(whole: &Quantity, reckoned: &Reckoned) -> bool {
    let more = whole
        .value
        .mul(Ratio::whole(10_000))
        .and_then(|more| more.round(0));
    more == reckoned.value.round(0)
}

/// The power of ten of the last printed digit.
fn finest(quantity: &Quantity) -> Option<i32> {
    quantity.printed.map(|printed| i32::from(printed.last))
}

fn meets(whole: &Quantity, reckoned: &Reckoned) -> bool {
    whole.range().is_some_and(|range| range.meets(&reckoned.range))
}

/// Whether the parts certainly or possibly stay below the whole.
fn below(reckoned: &Reckoned, whole: &Interval) -> bool {
    match whole.high {
        Some(high) => reckoned.value.compare(high.at) != Ordering::Greater,
        None => true,
    }
}

/// What parts come to, in the unit of the whole.
fn reckon(ledger: &Ledger, sum: &Sum, parts: &[usize], whole: &Quantity) -> Option<Reckoned> {
    let mut value = Ratio::ZERO;
    let mut range = Interval::point(Ratio::ZERO);
    let finest = parts
        .iter()
        .filter_map(|part| finest(ledger.mention(*part).1))
        .min();
    for (at, part) in parts.iter().enumerate() {
        let (_, quantity, _) = ledger.mention(*part);
        let factor = quantity.unit.to(whole.unit)?;
        let own = quantity.value.mul(factor)?;
        // 30万元 beside 29.99万元 is 30.00.
        let exact = finest != self::finest(quantity);
        let interval = if exact {
            Interval::point(own)
        } else {
            quantity.range()?.scale(factor)?
        };
        if sum.how == Parts::Left && at > 0 {
            (value, range) = (value.sub(own)?, range.sub(&interval)?);
        } else {
            (value, range) = (value.add(own)?, range.add(&interval)?);
        }
    }
    Some(Reckoned { value, range })
}

fn finding(ledger: &Ledger, check: &Check, sum: &Sum, reckoned: &Reckoned) -> Finding {
    let (_, whole, range) = ledger.mention(sum.whole);
    let computed = Quantity::computed(reckoned.value, whole.unit);
    let lost = is_lost(whole, reckoned);
    let added = if lost {
        computed.text()
    } else {
        computed.text_like(whole)
    };
    let written = ledger.quote(range);
    let listed: Vec<&str> = sum
        .parts
        .iter()
        .map(|part| ledger.quote(ledger.mention(*part).2))
        .collect();
    let subject = told::subject(ledger, sum.whole);
    let message = match sum.how {
        Parts::All => format!(
            "总数写作{written}，所列各项（{}）相加是{added}。",
            listed.join("、")
        ),
        Parts::Some if listed.len() > 1 => {
            let parts = listed.join("、");
            let unit = if lost {
                "，元与万元可能写错了"
            } else {
                ""
            };
            format!("总数写作{written}，“其中”各项（{parts}）相加是{added}，超过了总数{unit}。")
        }
        Parts::Some | Parts::Overlapping => format!("总数写作{written}，“其中”的一项是{added}，超过了总数。"),
        Parts::Left => format!("{}减去{}是{added}，结余写作{written}。", listed[0], listed[1]),
    };
    let mut places = vec![ledger.place(
        range,
        if sum.how == Parts::Left {
            "结余"
        } else {
            "总数"
        },
        "",
    )];
    places.extend(
        sum.parts
            .iter()
            .map(|part| ledger.place(ledger.mention(*part).2, "", "")),
    );
    let severity = match whole.unit.is_money() || sum.how == Parts::All || sum.parts.len() == 1 {
        true => check.severity,
        // What 其中 lists may have been counted twice on purpose.
        false if sum.uniform => check.severity.max(Severity::Warning),
        false => Severity::Info,
    };
    Finding {
        severity,
        stated: Some(whole.digits_like(whole)),
        expected: Some(computed.digits_like(whole)),
        ..told::finding(check, &subject, message, places)
    }
}
