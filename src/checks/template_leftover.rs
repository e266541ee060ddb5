//! 模板残留（template-leftover）
//!
//! 查什么：没有换掉的占位符（“≥**株”“××局”“XX万元”“20xx年”），格子里只剩印好的提示（“100字以内”“请填写”），同样的字在一格里
//! 印了两遍（“854万854万”）。
//! 为什么：模板上的字没有换掉，说明这一处没有填，或者是从别的报告抄来的。
//! 怎么改：换成实际的名称、年份和数；提示语删去。
//! 例：“××局在2023年继续实施本项目”。
//! 不算：没有用到的模板行；人名、电话里隐去的字（“李××”“138****”）；加粗用的星号；提示后面写了内容的。
//! 依据：报送的材料应当填写完整（自评表填报说明）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, hint, told};
use crate::facts::form::{Content, Datum, Form, Reading};
use crate::facts::hints::is_only_hint;
use crate::facts::{Number, NumberKind, Oddity, OddityKind};
use crate::finding::{Finding, Place};
use crate::ledger::Ledger;
use crate::model::Check;
use std::ops::Range;

/// Reports placeholders, cells that hold only a hint, and text that was printed twice.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    judgements.of_letters += 1;
    let before = judgements.findings.len();
    placeholders(ledger, check, judgements);
    for form in ledger.facts.forms() {
        for (datum, what) in written(form) {
            if is_only_hint(&datum.text) {
                let message = format!("“{what}”一格只有印好的提示“{}”。", shortened(&datum.text));
                judgements.fail(told(check, what, message, vec![cell(ledger, datum, what)]));
            }
        }
    }
    let twice: Vec<Range<u32>> = printed_twice(ledger);
    for range in twice {
        let text = shortened(ledger.quote(&range)).to_owned();
        let message = format!("“{text}”：同样的字印了两遍。");
        judgements.fail(told(check, &text, message, vec![ledger.place(&range, "", "印了两遍")]));
    }
    if judgements.findings.len() == before {
        judgements.passed += 1;
    }
}

/// One finding for all placeholders of a kind: a form that was not filled in has dozens.
fn placeholders(ledger: &Ledger, check: &Check, judgements: &mut Judgements) {
    let allowed = Allowed::of(ledger);
    let mut kinds: Vec<(bool, Vec<&Oddity>)> = Vec::new();
    let found = ledger.facts.oddities.iter();
    for oddity in found.filter(|oddity| oddity.kind == OddityKind::Placeholder && !is_in(&allowed.unused, oddity)) {
        let year = oddity.meant == "年";
        match kinds.iter_mut().find(|(kind, _)| *kind == year) {
            Some((_, all)) => all.push(oddity),
            None => kinds.push((year, vec![oddity])),
        }
    }
    for (_, all) in kinds {
        let shown: Vec<Place> = all.iter().take(MOST_SHOWN).map(|oddity| ledger.place(&oddity.range, "", "没有换掉")).collect();
        let first = ledger.quote(&all[0].range);
        let more = match all.len() {
            1 => String::new(),
            many => format!("，共 {many} 处"),
        };
        let message = format!("模板上的“{first}”没有换成实际内容{more}。");
        let finding = Finding {
            subject: first.to_owned(),
            ..told(check, first, message, shown)
        };
        judgements.fail(if all.iter().all(|oddity| is_in(&allowed.printed, oddity)) { hint(finding) } else { finding });
    }
}

/// More places than these of one finding say no more.
const MOST_SHOWN: usize = 12;

/// Where placeholders may stand without being left over: in targets of rows that nobody uses, and in names.
struct Allowed {
    /// Targets of rows without an actual value and a score.
    unused: Vec<Range<u32>>,
    /// Names of indicators whose target has a cell of its own: （≥**头） is the form's own print, which many leave.
    printed: Vec<Range<u32>>,
}

impl Allowed {
    fn of(ledger: &Ledger) -> Allowed {
        let forms = ledger.facts.forms();
        let rows = || forms.iter().flat_map(|form| &form.rows);
        let open = rows().filter(|row| !row.actual.is_filled() && !row.score.is_filled());
        let aimed = rows().filter(|row| row.target.number().is_some());
        let sorted = |mut ranges: Vec<Range<u32>>| {
            ranges.sort_unstable_by_key(|range| range.start);
            ranges
        };
        Allowed {
            unused: sorted(open.map(|row| row.target.range.clone()).collect()),
            printed: sorted(aimed.map(|row| row.name.range.clone()).collect()),
        }
    }
}

/// Whether one of some ascending ranges holds a placeholder.
fn is_in(ranges: &[Range<u32>], oddity: &Oddity) -> bool {
    let after = ranges.partition_point(|range| range.start <= oddity.range.start);
    let around = after.checked_sub(1).and_then(|at| ranges.get(at));
    around.is_some_and(|range| oddity.range.end <= range.end)
}

/// The cells in which the author writes sentences; reasons are another check's.
fn written(form: &Form) -> impl Iterator<Item = (&Datum, &str)> {
    let cells = [(&form.goal, "预期目标"), (&form.goal_done, "实际完成情况")];
    let answers = form.answers.iter().map(|answer| (&answer.text, answer.label.text.as_str()));
    let actuals = form.rows.iter().map(|row| (&row.actual, "实际完成值"));
    let all = cells.into_iter().chain(answers).chain(actuals);
    all.filter(|(datum, _)| datum.content == Content::Text)
}

/// Cells whose text is the same twice over, and blocks that begin with the same number twice.
fn printed_twice(ledger: &Ledger) -> Vec<Range<u32>> {
    let mut found: Vec<Range<u32>> = Vec::new();
    for form in ledger.facts.forms() {
        let rows = form.rows.iter().flat_map(|row| [&row.name, &row.target, &row.actual]);
        let cells = rows.chain([&form.project, &form.goal, &form.goal_done]);
        // In a text without a grid 30人30人 may be two cells that ran together.
        let sure = |text: &str| form.reading == Reading::Grid || !text.contains(|c: char| c.is_numeric());
        let twice = cells.filter(|datum| datum.is_filled() && is_doubled(&datum.text) && sure(&datum.text));
        found.extend(twice.map(|datum| datum.range.clone()));
    }
    let pairs = ledger.facts.numbers.windows(2);
    found.extend(pairs.filter_map(|pair| number_twice(ledger, &pair[0], &pair[1])));
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, first| first.start <= next.start && next.end <= first.end);
    found
}

/// 854万854万（…）: a cell of its own that begins with a number twice over. In poured text 100%100% are two cells.
fn number_twice(ledger: &Ledger, first: &Number, second: &Number) -> Option<Range<u32>> {
    let adjoin = first.range.end == second.range.start && second.kind == NumberKind::Quantity;
    if !adjoin || ledger.quote(&first.range) != ledger.quote(&second.range) {
        return None;
    }
    let block = ledger.block(first.range.start)?;
    let begins = ledger.quote(&(block.start..first.range.start)).trim().is_empty();
    let rest = ledger.quote(&(second.range.end..block.end)).trim_start();
    (begins && rest.starts_with(['（', '('])).then_some(first.range.start..second.range.end)
}

/// A text that is the same twice over, long enough to be no word.
fn is_doubled(text: &str) -> bool {
    let half = text.len() / 2;
    text.len().is_multiple_of(2)
        && text.is_char_boundary(half)
        && text[..half] == text[half..]
        && text[..half].chars().count() >= 3
        && text.contains(|c: char| c.is_alphabetic() || c == '%')
}

fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(24).map_or(text.len(), |(at, _)| at);
    &text[..end]
}
