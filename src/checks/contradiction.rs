//! 说法矛盾（contradiction）
//!
//! 查什么：正文的一句话与自评表或同一句里的数能不能同时成立：写“没有剩余”“全部支出”而执行数小于预算数；写“各项指标全部完成”
//! 而表里有没达到目标的指标；写“预算未作调整”而年初预算数与全年预算数不同；写“没有超支”而执行数大于预算数；正文的等级与表上不同。
//! 为什么：一句话就能被自己的表格推翻，财政会退回重写。
//! 怎么改：以账目和佐证材料为准，改正其中一处；只说一部分资金或指标的，把范围写出来。
//! 例：正文写“项目经费全部使用完毕，无结余”，表上全年预算 860 万元、执行 817 万元。
//! 不算：说的是某一笔资金（中央资金全部支出）；写“基本完成”“除……外”；表里没有读出相应的数。
//! 依据：财预〔2020〕10号要求绩效自评客观、真实，正文与自评表一致。

use crate::checks::{Judgements, told};
use crate::facts::claims::{Saying, SayingKind};
use crate::facts::form::Datum;
use crate::finding::{Finding, Place};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Quantity, Ratio};
use std::cmp::Ordering;

/// Holds every plain sentence against the form, and the grade of the prose against the form's.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let facts = ledger.facts;
    let mut told_kinds = Vec::new();
    for saying in &facts.claims.sayings {
        let other_year = saying.year.is_some() && saying.year != ledger.year;
        if other_year || told_kinds.contains(&saying.kind) {
            continue;
        }
        match refuted(ledger, saying) {
            None => {}
            Some(None) => judgements.passed += 1,
            Some(Some((message, mut places))) => {
                told_kinds.push(saying.kind);
                places.insert(0, ledger.place(&saying.range, "正文", ""));
                judgements.fail(told::finding(check, ledger.quote(&saying.range), message, places));
            }
        }
    }
    if let Some(finding) = grades(ledger, check, judgements) {
        judgements.fail(finding);
    }
}

/// What refutes a sentence; `Some(None)` where it holds, `None` where nothing can be said.
type Refuted = Option<Option<(String, Vec<Place>)>>;

fn refuted(ledger: &Ledger, saying: &Saying) -> Refuted {
    let said = ledger.quote(&saying.range);
    match saying.kind {
        SayingKind::NothingLeft => nothing_left(ledger, saying, said),
        SayingKind::AllMet => all_met(ledger, said),
        SayingKind::NotAdjusted => {
            let (initial, budget) = funds(ledger, |row| (&row.initial, &row.budget))?;
            let same = initial.1.value_in(budget.1.unit)? == budget.1.value;
            let message = || format!("正文写“{said}”，自评表年初预算数是{}，全年预算数是{}。", initial.1.text(), budget.1.text());
            Some((!same).then(|| (message(), cells(ledger, &[(initial.0, "年初预算数"), (budget.0, "全年预算数")]))))
        }
        SayingKind::NotExceeded => {
            let (budget, spent) = funds(ledger, |row| (&row.budget, &row.spent))?;
            let over = spent.1.value_in(budget.1.unit)?.compare(budget.1.value) == Ordering::Greater;
            let message = || format!("正文写“{said}”，自评表全年执行数是{}，超过了全年预算数{}。", spent.1.text(), budget.1.text());
            Some(over.then(|| (message(), cells(ledger, &[(budget.0, "全年预算数"), (spent.0, "全年执行数")]))))
        }
    }
}

/// 没有剩余, and yet less was spent than there was, or a rate below 100 % stands in the same sentence.
fn nothing_left(ledger: &Ledger, saying: &Saying, said: &str) -> Refuted {
    if let Some(rate) = saying.rate {
        let (_, quantity, range) = ledger.mention(rate);
        let below = quantity.approx.is_none() && quantity.value.compare(Ratio::whole(100)) == Ordering::Less;
        if below {
            let message = format!("写“{said}”，同一句里的执行率是{}，两处不能同时成立。", ledger.quote(range));
            return Some(Some((message, vec![ledger.place(range, "执行率", "")])));
        }
    }
    let (budget, spent) = funds(ledger, |row| (&row.budget, &row.spent))?;
    let less = spent.1.range()?.scale(spent.1.unit.to(budget.1.unit)?)?;
    let meets = less.meets(&budget.1.range()?);
    let below = spent.1.value_in(budget.1.unit)?.compare(budget.1.value) == Ordering::Less;
    let message = || format!("正文写“{said}”，自评表全年预算数是{}，全年执行数只有{}。", budget.1.text(), spent.1.text());
    Some((below && !meets).then(|| (message(), cells(ledger, &[(budget.0, "全年预算数"), (spent.0, "全年执行数")]))))
}

/// 各项指标全部完成, and yet a row did not reach its target.
fn all_met(ledger: &Ledger, said: &str) -> Refuted {
    let form = ledger.form()?;
    let mut judged = false;
    for (index, row) in form.rows.iter().enumerate() {
        let Some(met) = ledger.is_met(index) else {
            continue;
        };
        judged = true;
        if !met && row.target.number().is_some() {
            let message = format!("正文写“{said}”，自评表“{}”目标“{}”，完成“{}”，没有达到目标。", row.name.text, row.target.text, row.actual.text);
            return Some(Some((message, cells(ledger, &[(&row.target, "目标"), (&row.actual, "完成值")]))));
        }
    }
    judged.then_some(None)
}

type Cell<'a> = (&'a Datum, &'a Quantity);

/// Two cells of the total row of the funds, where both hold numbers that no other check refuted.
fn funds<'a>(
    ledger: &Ledger<'a>,
    of: fn(&'a crate::facts::form::FundRow) -> (&'a Datum, &'a Datum),
) -> Option<(Cell<'a>, Cell<'a>)> {
    let row = ledger.form()?.funds.iter().find(|row| row.part_of.is_none())?;
    let (first, second) = of(row);
    let refuted = [first, second].iter().any(|cell| ledger.is_refuted(&cell.range));
    let zero = |cell: &Datum| cell.number().is_some_and(|number| number.value.is_zero());
    (!refuted && !zero(first) && !zero(second)).then_some(())?;
    Some(((first, first.number()?), (second, second.number()?)))
}

fn cells(ledger: &Ledger, cells: &[(&Datum, &str)]) -> Vec<Place> {
    cells.iter().map(|(cell, role)| ledger.place(&cell.range, role, "")).collect()
}

/// The prose names one grade, the form another.
fn grades(ledger: &Ledger, check: &Check, judgements: &Judgements) -> Option<Finding> {
    let prose = &ledger.facts.overall.as_ref()?.grade;
    let form = &ledger.form()?.grade;
    let known = |text: &str| text.chars().find(|c| "优良中差".contains(*c));
    let (said, printed) = (known(&prose.text)?, known(&form.text)?);
    ledger.memory.rests_on_more();
    let told = judgements.findings.iter().any(|finding| finding.check == "grade-band");
    if said == printed || told || form.text.chars().count() > 3 {
        return None;
    }
    let message = format!("正文写等级为“{said}”，自评表写作“{printed}”。");
    let places = cells(ledger, &[(prose, "正文等级"), (form, "自评表等级")]);
    Some(told::finding(check, "自评等级", message, places))
}
