//! Portions (占…的, 完成…的) with the numbers beside them that they are reckoned from.

use super::ShareKind;
use super::prose::Prose;
use super::rates::slip_of;
use super::shares::Numbers;
use super::words;
use crate::quantity::mistyped::Mistyped;
use crate::words::held::holds;

/// How many numbers of the paragraph before a portion may be what it is taken of.
const MOST: usize = 16;
/// How many digits a percentage has at least whose swapped digits are looked for in other paragraphs.
const DIGITS: u8 = 4;
/// How many letters a name has that is looked for in other paragraphs.
const LONG: usize = 4;
/// How far before it they stand at most, in bytes.
const FARTHEST: usize = 900;

/// 完成年度任务1.5亿元的120%, 占全部项目52个的50%: what it is taken of stands in the claim itself.
pub(super) fn of_number(prose: &Prose, own: &str, before: &[usize]) -> Option<Numbers> {
    let base = *before.first()?;
    let part = *before.get(1)?;
    let called = prose.lead(base).trim();
    let portion = ["占", "完成", "为", "达到", "相当于", "达"]
        .iter()
        .any(|word| called.starts_with(word));
    let end = prose.range(base).end;
    let written = prose.slice(prose.range(base).start..end);
    let adjoins = own.trim_end().ends_with(written);
    let next_to = !prose
        .slice(prose.range(part).end..prose.lead_start(base))
        .trim_end_matches(['，', ',', '、'])
        .contains(super::prose::ends_item);
    let fits = prose.alike(part, base) && prose.is_level(part) && prose.is_level(base);
    let foreign = holds(called, &["上年", "去年", "累计"]);
    (portion && adjoins && next_to && fits && !foreign).then_some(Numbers {
        part: Some(part),
        base: Some(base),
        kind: ShareKind::Of,
    })
}

/// 运营里程目标5200万公里，实际5348万公里，完成102.85%
pub(super) fn of_planned(prose: &Prose, own: &str, before: &[usize]) -> Option<Numbers> {
    let [part, base] = *before.get(..2)? else {
        return None;
    };
    let plan = ["目标", "计划", "任务"];
    let (done, planned) = (prose.lead(part), prose.lead(base));
    let called =
        own.trim() == "完成" && holds(planned, &plan) && done.contains("实际") && !holds(done, &plan);
    let foreign = holds(planned, &["上年", "去年", "累计"]) || holds(done, &["上年", "去年", "累计"]);
    let sound = prose.alike(part, base) && prose.is_level(part) && prose.is_level(base) && !foreign;
    (called && sound && prose.adjoins(base, prose.lead_start(part))).then_some(Numbers {
        part: Some(part),
        base: Some(base),
        kind: ShareKind::OfTarget,
    })
}

/// 受益学生15600人，其中寄宿生4230人，占受益学生的27.12%: what it is taken of is called by its words before.
pub(super) fn of_phrase(prose: &Prose, own: &str, percent: usize) -> Option<Numbers> {
    let phrase = own.trim().strip_prefix('占')?;
    let call = call_of(phrase)?;
    let at = prose.range(percent).start;
    let block = prose.document.block_at(at as u32)?.range.start as usize;
    // A long name is looked for in the paragraphs before too.
    let far = call.chars().count() >= LONG;
    let fine = prose
        .quantity(percent)
        .printed
        .is_some_and(|printed| printed.digits >= DIGITS);
    let mut from = at
        .saturating_sub(FARTHEST)
        .max(if far || fine { 0 } else { block });
    while !prose.text.is_char_boundary(from) {
        from += 1;
    }
    let before: Vec<usize> = prose.within(from..at).rev().take(MOST).collect();
    let part = *before.first().filter(|part| prose.is_level(**part))?;
    let gap = prose.slice(prose.range(part).end..prose.lead_start(percent));
    if gap.chars().filter(|c| super::prose::ends_item(*c)).count() > 1 {
        return None;
    }
    let named = |base: &&usize| {
        **base != part
            && prose.alike(**base, part)
            && prose.is_level(**base)
            && prose.lead(**base).contains(call)
    };
    let mut named = before.iter().filter(named).copied();
    let base = named.next()?;
    // Two numbers are called so: which one is meant is not said.
    if named.any(|other| prose.quantity(other).value != prose.quantity(base).value) {
        return None;
    }
    let beside = prose.range(base).start >= block;
    let long = call.chars().count() >= 3 && beside;
    let slip = slip_of(prose, percent, part, base);
    let slipped = if beside {
        slip.is_some()
    } else {
        slip == Some(Mistyped::Swapped)
    };
    (prose.is_within(part, base) && prose.of_one_time(part, base) && (long || far || slipped)).then_some(
        Numbers {
            part: Some(part),
            base: Some(base),
            kind: if long { ShareKind::Of } else { ShareKind::OfThose },
        },
    )
}

/// 占1.56% without a word for the whole: only a slip of the pen is told.
pub(super) fn of_those(prose: &Prose, own: &str, percent: usize, before: &[usize]) -> Option<Numbers> {
    if !matches!(own.trim(), "占" | "占比" | "占总数") {
        return None;
    }
    let part = *before.first().filter(|part| prose.is_level(**part))?;
    let mut bases = before.iter().skip(1).copied().filter(|base| {
        let sound = prose.alike(*base, part) && prose.is_level(*base) && prose.of_one_time(part, *base);
        sound && prose.is_within(part, *base)
    });
    let base = bases.find(|base| slip_of(prose, percent, part, *base).is_some())?;
    Some(Numbers {
        part: Some(part),
        base: Some(base),
        kind: ShareKind::OfThose,
    })
}

/// The words of the whole without those for how it is counted: 受益学生总数 → 受益学生.
fn call_of(phrase: &str) -> Option<&str> {
    let phrase = phrase.trim().trim_start_matches(['全', '当']);
    let phrase = phrase
        .strip_prefix('总')
        .filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(phrase);
    let call = words::uncounted(phrase);
    let letters = call.chars().count();
    let plain = !call.contains(|c: char| c.is_ascii_digit() || super::prose::ends_item(c));
    ((2..=12).contains(&letters) && plain).then_some(call)
}
