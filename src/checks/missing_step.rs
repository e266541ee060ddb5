//! 缺流程步骤（missing-step）
//!
//! 查什么：规则用“流程”“步骤”写明的每一步，报告说到这个流程时有没有写到；一个流程合成一条，列出没有写到的步骤。
//! 为什么：专家评审、公示这些步骤是资金分配合规的依据，报告漏写就要补充说明。
//! 怎么改：做了的，补写这一步和时间、结果；没有做的，说明原因。
//! 例：规则要求“申报通知、专家评审、公示”，报告只写“印发申报通知，结果予以公示”。
//! 不算：换个说法（“公示期”“组织专家论证”“拨付到位”）；写法只对上关键的词（规则写“县市区初审”，报告写“乡镇初审”）；
//! 先后次序；报告根本没有说到这个流程（无从核对）。标题里有流程名称的，先在那一节里找。
//! 依据：规则中“流程”所写的依据，如专项资金管理办法规定的分配程序。

use crate::checks::Judgements;
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::phrases::{Hit, Phrase};
use crate::model::{Check, Process};
use std::ops::Range;

/// Where a report speaks of a process.
struct Where {
    /// The headings that name it, with what stands below them.
    sections: Vec<(Range<u32>, Range<u32>)>,
    /// Whether only these sections are looked at.
    confined: bool,
}

/// What was found of one step.
#[derive(Clone, Default)]
struct Found {
    /// In its own words.
    named: Option<Range<u32>>,
    /// In its own words or in others.
    spoken: Option<Range<u32>>,
}

/// Looks for every step of every process.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let mut hits: Vec<Vec<&Hit>> = vec![Vec::new(); ledger.model.processes.len()];
    for hit in &ledger.phrases {
        if let Phrase::Step(at, _) | Phrase::Sign(at, _) = hit.phrase {
            hits[at].push(hit);
        }
    }
    for (process, hits) in ledger.model.processes.iter().zip(&hits) {
        judge(ledger, check, process, hits, judgements);
    }
}

fn judge(ledger: &Ledger, check: &Check, process: &Process, hits: &[&Hit], judgements: &mut Judgements) {
    let place = place_of(ledger, process, hits);
    let found = find(process, hits, |range| place.holds(range));
    let named = found.iter().filter(|step| step.named.is_some()).count();
    let titled = !place.sections.is_empty();
    // One word such as 公示 alone may belong to anything.
    if named == 0 || (named == 1 && !titled && process.steps.len() > 1) {
        judgements.skip(check.id(), &process.name, "报告没有说到这个流程的步骤");
        return;
    }
    let everywhere = find(process, hits, |_| true);
    let missing: Vec<usize> = (0..process.steps.len())
        .filter(|step| {
            found[*step].spoken.is_none()
                && !told_elsewhere(ledger, &process.steps[*step], &everywhere[*step])
        })
        .collect();
    match missing.is_empty() {
        true => judgements.passed += 1,
        false => judgements.fail(told(ledger, check, process, &place, &found, &missing)),
    }
}

/// The sections that the name of the process points at. Where they name less than half of the steps, the process is
/// told elsewhere, too.
fn place_of(ledger: &Ledger, process: &Process, hits: &[&Hit]) -> Where {
    let name = plain(&process.name);
    let headings = ledger
        .facts
        .outline
        .iter()
        .filter(|heading| plain(&heading.title).contains(&*name));
    let sections: Vec<_> = headings
        .map(|heading| (heading.range.clone(), heading.body.clone()))
        .collect();
    let place = Where {
        sections,
        confined: true,
    };
    let inside = find(process, hits, |range| place.holds(range));
    let named = inside.iter().filter(|step| step.named.is_some()).count();
    let confined = named * 2 >= process.steps.len() && !place.sections.is_empty();
    Where { confined, ..place }
}

impl Where {
    fn holds(&self, range: &Range<u32>) -> bool {
        let within =
            |(_, body): &(Range<u32>, Range<u32>)| body.start <= range.start && range.end <= body.end;
        !self.confined || self.sections.iter().any(within)
    }
}

fn find(process: &Process, hits: &[&Hit], within: impl Fn(&Range<u32>) -> bool) -> Vec<Found> {
    let mut found = vec![Found::default(); process.steps.len()];
    for hit in hits.iter().filter(|hit| within(&hit.range)) {
        match hit.phrase {
            Phrase::Step(_, step) => {
                found[step].named.get_or_insert(hit.range.clone());
                found[step].spoken.get_or_insert(hit.range.clone());
            }
            Phrase::Sign(_, step) => {
                found[step].spoken.get_or_insert(hit.range.clone());
            }
            Phrase::Forbidden(_) => {}
        }
    }
    found
}

/// The fewest letters of a step that cannot be anything else.
const TELLING: usize = 4;

/// Whether another section tells the step beyond doubt: in a long name, or in a heading.
fn told_elsewhere(ledger: &Ledger, step: &str, found: &Found) -> bool {
    let in_heading = || {
        ledger
            .facts
            .outline
            .iter()
            .any(|heading| heading.title.contains(step))
    };
    found.named.is_some() && (step.chars().count() >= TELLING || in_heading())
}

fn told(
    ledger: &Ledger,
    check: &Check,
    process: &Process,
    place: &Where,
    found: &[Found],
    missing: &[usize],
) -> Finding {
    let names: Vec<&str> = missing.iter().map(|step| process.steps[*step].as_str()).collect();
    let message = format!("“{}”这个流程没有写到：{}。", process.name, names.join("、"));
    let heading = place.sections.first().filter(|_| place.confined);
    let mut places: Vec<Place> = heading
        .map(|(heading, _)| ledger.place(heading, "流程", ""))
        .into_iter()
        .collect();
    let steps = process.steps.iter().zip(found);
    places.extend(steps.filter_map(|(step, found)| {
        Some(ledger.place(found.spoken.as_ref()?, "已写步骤", format!("“{step}”写在这里")))
    }));
    let basis = if process.basis.is_empty() {
        &check.basis
    } else {
        &process.basis
    };
    Finding {
        subject: process.name.clone(),
        severity: process.severity.unwrap_or(check.severity),
        ..super::unmet(check, message, RuleLine {
            span: process.span,
            basis: basis.clone(),
        }, places)
    }
}
