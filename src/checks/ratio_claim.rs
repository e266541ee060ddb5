//! 百分比与所列数不符（ratio-claim）
//!
//! 查什么：正文写的完成率、合格率、满意度、占比、增幅、超任务多少、高了多少个百分点，是不是由旁边写着的数算得出来。
//! 为什么：百分比和数各说各的，财政复核时一除就能发现，整段数据都要返工。
//! 怎么改：用旁边的数重新计算，四舍五入到所写的位数；分母不是旁边那个数的，把分母写出来。
//! 例：“发放问卷200份，表示满意的181份，满意度95%”，181÷200=90.5%。
//! 不算：分母没有写出来的；用段落里别的数能算出来的；带“约”“以上”的；自评表里的执行率（见 execution-rate）。
//! 依据：财预〔2020〕10号要求绩效自评的数据真实、准确。

use crate::checks::said_differences::{self, Measure};
use crate::checks::{Judgements, told};
use crate::facts::claims::{Share, ShareKind};
use crate::facts::{Role, Scope};
use crate::finding::{Finding, Severity};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::Check;
use crate::quantity::mistyped::{Mistyped, mistyped};
use crate::quantity::{Interval, Quantity, Ratio};
use std::cmp::Ordering;

/// How many targets and how many results of a narrative are paired at most.
const MOST_PAIRED: usize = 20;
/// How many shares are held against what stands far from them: each is a look at the whole report.
const MOST_SOUGHT: usize = 50;
/// How many numbers before and behind the percentage may explain it.
const AROUND: usize = 12;

/// Holds every percentage of the narrative against the numbers that it is reckoned from.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let facts = ledger.facts;
    let mut sought = 0;
    for share in &facts.claims.shares {
        sought += usize::from(share.part.is_none() || share.base.is_none());
        let known = if sought <= MOST_SOUGHT { numbers(ledger, share) } else { share.part.zip(share.base) };
        let Some((part, base)) = known else {
            judgements.skip(check.id(), &told::subject(ledger, share.percent), "没有写明这个百分比是用哪两个数算的");
            continue;
        };
        let stated = ledger.mention(share.percent).1;
        let Some(value) = reckon(ledger, share.kind, part, base) else {
            continue;
        };
        let Some(computed) = told::percent_like(value, stated) else {
            continue;
        };
        let ranges = [share.percent, part, base].map(|index| ledger.mention(index).2);
        ledger.take_part(ranges);
        let open = share.kind != ShareKind::Change;
        if computed.value == stated.value || open && is_explained(ledger, share, (part, base), stated) {
            judgements.passed += 1;
            continue;
        }
        // 节约34.4万元，节约率6.52%: the rate is right, the difference before it is told as wrong.
        if is_of_difference(ledger, part, base, stated) {
            continue;
        }
        if let Some(finding) = finding(ledger, check, share, (part, base), value, &computed) {
            judgements.fail(finding);
        }
    }
    said_differences::judge(ledger, check, Measure::Points, judgements);
}

/// The part and the base: from the passage, or for a share of a target from what the report says of the same name.
fn numbers(ledger: &Ledger, share: &Share) -> Option<(usize, usize)> {
    if let (Some(part), Some(base)) = (share.part, share.base) {
        return Some((part, base));
    }
    let of_target = matches!(
        share.kind,
        ShareKind::OfTarget | ShareKind::OverTarget | ShareKind::OfFarTarget
    );
    if !of_target {
        return None;
    }
    match share.part {
        Some(part) => Some((part, target_of(ledger, part)?)),
        None => only_pair(ledger),
    }
}

/// Whether the percentage follows from what the difference before it should be.
fn is_of_difference(ledger: &Ledger, part: usize, base: usize, stated: &Quantity) -> bool {
    let differences = &ledger.facts.claims.differences;
    let found = differences.binary_search_by_key(&part, |difference| difference.stated);
    let share = || {
        let difference = &differences[found.ok()?];
        let unit = ledger.mention(base).1.unit;
        let level = |index: usize| ledger.mention(index).1.value_in(unit);
        let apart = level(difference.to)?.sub(level(difference.from?)?)?.abs()?;
        told::percent_like(apart.div(ledger.mention(base).1.value)?, stated)
    };
    share().is_some_and(|share| share.value == stated.value)
}

/// The one target that the narrative names for what a mention speaks of, in the same words.
pub(super) fn target_of(ledger: &Ledger, part: usize) -> Option<usize> {
    let (own, quantity, _) = ledger.mention(part);
    let subject = plain(&own.subject);
    let unit = quantity.unit;
    let target = |index: &usize| {
        let (mention, quantity, _) = ledger.mention(*index);
        mention.role == Role::Target
            && mention.scope == Scope::Whole
            && quantity.high.is_none()
            && quantity.unit == unit
            && plain(&mention.subject) == subject
    };
    let mut targets = (0..ledger.facts.mentions.len()).filter(target);
    let first = targets.next().filter(|_| !subject.is_empty())?;
    let same = |other: usize| ledger.mention(other).1.value == ledger.mention(first).1.value;
    targets.all(same).then_some(first)
}

/// The one target and the one result of a narrative that knows only one of each, in one unit.
fn only_pair(ledger: &Ledger) -> Option<(usize, usize)> {
    let of = |role: Role| -> Option<Vec<usize>> {
        let fits = |index: &usize| {
            let (mention, quantity, _) = ledger.mention(*index);
            mention.role == role
                && mention.scope == Scope::Whole
                && quantity.unit.is_counter()
                && quantity.bound.is_none()
                && quantity.value.compare(Ratio::whole(1)) == Ordering::Greater
        };
        let all = (0..ledger.facts.mentions.len()).filter(fits).take(MOST_PAIRED + 1);
        Some(all.collect()).filter(|all: &Vec<usize>| all.len() <= MOST_PAIRED)
    };
    let (targets, actuals) = (of(Role::Target)?, of(Role::Actual)?);
    let pairs = targets
        .iter()
        .flat_map(|target| actuals.iter().map(move |actual| (*actual, *target)));
    let unit = |index: usize| ledger.mention(index).1.unit;
    let value = |index: usize| ledger.mention(index).1.value;
    let mut alike = pairs.filter(|(actual, target)| unit(*actual) == unit(*target));
    let first = alike.next()?;
    let same = |(actual, target): (usize, usize)| value(actual) == value(first.0) && value(target) == value(first.1);
    alike.all(same).then_some(first)
}

/// What the two numbers come to.
fn reckon(ledger: &Ledger, kind: ShareKind, part: usize, base: usize) -> Option<Ratio> {
    let unit = ledger.mention(base).1.unit;
    let (part, base) = (ledger.mention(part).1.value_in(unit)?, ledger.mention(base).1.value);
    match kind {
        ShareKind::Of | ShareKind::OfThose | ShareKind::OfTarget | ShareKind::OfFarTarget => part.div(base),
        ShareKind::Change => part.sub(base)?.abs()?.div(base),
        ShareKind::OverTarget => part.sub(base)?.div(base),
        ShareKind::Added => part.div(base.sub(part)?),
        ShareKind::Taken => part.div(base.add(part)?),
    }
}

/// Whether other numbers near by come to the percentage: then its base is another than was thought. Numbers of other
/// paragraphs count only together with one of the pair: any two numbers of a report may happen to come to 92 %.
fn is_explained(ledger: &Ledger, share: &Share, pair: (usize, usize), stated: &Quantity) -> bool {
    let percent = share.percent;
    let last = ledger.facts.mentions.len();
    let near = percent.saturating_sub(AROUND)..(percent + AROUND / 3).min(last);
    let values: Vec<(usize, &Quantity)> = near
        .filter(|index| *index != percent)
        .map(|index| (index, ledger.mention(index).1))
        .filter(|(_, quantity)| !quantity.unit.is_pure() && quantity.high.is_none())
        .collect();
    let block = ledger.block(ledger.mention(percent).2.start);
    let beside = |index: usize| {
        let start = ledger.mention(index).2.start;
        block.as_ref().is_some_and(|block| block.contains(&start))
    };
    let of_pair = |index: usize| index == pair.0 || index == pair.1;
    // Where the passage itself does not name the pair, any two may be meant.
    let anywhere = share.part.is_none() || share.base.is_none();
    let counts = |a: usize, b: usize| anywhere || of_pair(a) || of_pair(b) || (beside(a) && beside(b));
    let own = |a: usize, b: usize| (a, b) == pair || (b, a) == pair;
    let is = |ratio: Option<Ratio>| {
        let like = ratio.and_then(|ratio| told::percent_like(ratio, stated));
        like.is_some_and(|like| like.value == stated.value)
    };
    // A share of something is no growth, which any two numbers may come to.
    let grown = !matches!(
        share.kind,
        ShareKind::Of | ShareKind::OfThose | ShareKind::OfTarget | ShareKind::OfFarTarget
    );
    let explains = |a: Ratio, b: Ratio| {
        if b.is_zero() {
            return false;
        }
        let change = || a.sub(b).and_then(|more| more.div(b));
        is(a.div(b)) || (grown && (is(change()) || is(change().and_then(Ratio::negate))))
    };
    let Some(bands) = bands(stated) else { return false };
    values.iter().any(|(other, b)| {
        // by how much of this one another number would have to be
        let near = bands.map(|(low, high)| b.value.mul(low).zip(b.value.mul(high)));
        let may_be = |a: Ratio| near.iter().any(|near| near.is_none_or(|(low, high)| low <= a && a <= high));
        let signed = b.value < Ratio::ZERO;
        values.iter().any(|(at, a)| {
            // Two equal numbers come to 100 % wherever they stand: that explains nothing.
            let meant = |value: &Ratio| counts(*at, *other) && !own(*at, *other) && *value != b.value;
            let value = |value: &Ratio| meant(value) && (signed || may_be(*value));
            a.value_in(b.unit).filter(value).is_some_and(|a| explains(a, b.value))
        })
    })
}

/// The shares of a number that another may be of it, a little widely, so that it or what it is more or less comes to the
/// percentage.
fn bands(stated: &Quantity) -> Option<[(Ratio, Ratio); 3]> {
    let step = Ratio::power_of_ten(i32::from(stated.printed?.last))?;
    let hundred = Ratio::whole(100);
    let (low, high) = (stated.value.sub(step)?.div(hundred)?, stated.value.add(step)?.div(hundred)?);
    let more = (Ratio::ONE.add(low)?, Ratio::ONE.add(high)?);
    let less = (Ratio::ONE.sub(high)?, Ratio::ONE.sub(low)?);
    Some([(low, high), more, less])
}

fn finding(
    ledger: &Ledger,
    check: &Check,
    share: &Share,
    (part, base): (usize, usize),
    value: Ratio,
    computed: &Quantity,
) -> Option<Finding> {
    let (_, stated, range) = ledger.mention(share.percent);
    // 比计划50口多7口: the 多 belongs to what follows.
    let quote = |index: usize| ledger.quote(ledger.mention(index).2).trim_end_matches('多');
    let way = match share.kind {
        ShareKind::Of | ShareKind::OfThose | ShareKind::OfTarget | ShareKind::OfFarTarget => format!("{}÷{}", quote(part), quote(base)),
        ShareKind::Change | ShareKind::OverTarget => format!("（{}−{}）÷{}", quote(part), quote(base), quote(base)),
        ShareKind::Added => format!("{}÷（{}−{}）", quote(part), quote(base), quote(part)),
        ShareKind::Taken => format!("{}÷（{}＋{}）", quote(part), quote(base), quote(part)),
    };
    let exact = value.mul(Ratio::whole(100))?;
    let last = stated.printed.map_or(0, |printed| i32::from(printed.last));
    let shown = format!("{}%", exact.round(last.min(-2))?.to_plain(4)?);
    let cut = exact.truncate(last) == Some(stated.value);
    let inside = within(ledger, share, part, base).is_some_and(|interval| {
        let half = Ratio::power_of_ten(last).and_then(|unit| unit.div(Ratio::whole(2)));
        let own = half.and_then(|half| Some(Interval::closed(stated.value.sub(half)?, stated.value.add(half)?)));
        own.is_some_and(|own| own.meets(&interval))
    });
    let note = match () {
        () if cut => "写的数只截断、没有四舍五入",
        () if mistyped(stated.value, exact, last) == Some(Mistyped::Swapped) => "写的数像是有两个数字颠倒了",
        () => "与写的数不同",
    };
    let message = format!("写作{}，按旁边的数计算：{way}={}，{note}。", ledger.quote(range), shown);
    // What the printed digits of the numbers leave open, or a base that may be another, is only asked about.
    let severity = match () {
        () if inside => Severity::Info,
        () if cut || matches!(share.kind, ShareKind::OfThose | ShareKind::OfFarTarget) => Severity::Warning,
        () => check.severity,
    };
    let places = vec![
        ledger.place(range, "百分比", ""),
        ledger.place(ledger.mention(part).2, "", ""),
        ledger.place(ledger.mention(base).2, "", ""),
    ];
    let subject = told::subject(ledger, share.percent);
    Some(Finding {
        severity: severity.max(check.severity),
        stated: Some(stated.digits_like(stated)),
        expected: Some(computed.digits_like(stated)),
        ..told::finding(check, &subject, message, places)
    })
}

/// Between which percentages the printed digits of the numbers leave the result.
fn within(ledger: &Ledger, share: &Share, part: usize, base: usize) -> Option<Interval> {
    if !matches!(share.kind, ShareKind::Of | ShareKind::OfThose | ShareKind::OfTarget) {
        return None;
    }
    let (part, base) = (ledger.mention(part).1, ledger.mention(base).1);
    let part = part.range()?.scale(part.unit.to(base.unit)?)?;
    part.div(&base.range()?)?.scale(Ratio::whole(100))
}
