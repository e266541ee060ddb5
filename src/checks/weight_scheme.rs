//! 分值不合方案（weight-scheme）
//!
//! 查什么：自评表各一级指标和预算执行率的分值，是不是规则的“分值方案”之一（或规则里一级指标写的分值）；规则给三级指标
//! 写了分值的，表上同名指标的分值是不是一样。
//! 为什么：分值怎样分配由办法规定，自行改动会使得分不能相互比较。
//! 怎么改：按方案调整分值；经批准另定分值的，说明依据。
//! 例：方案是“预算执行率 10、产出指标 50、效益指标 30、满意度指标 10”，表上产出指标 60 分、效益指标 20 分。
//! 不算：没有分值的表；合计不是 100 分的（另有一项检查）；名称里多“指标”“项目”等字的；没有读全的表（无从核对）。
//! 没有给出本地的规则时，与全国办法的方案不同的，只列入无从核对：办法说的是“原则上”，各地可以另定。
//! 依据：财预〔2020〕10号、财预〔2021〕101号规定的分值分配；各地另有规定的，按当地规则。

use crate::checks::Judgements;
use crate::checks::schemes::{Difference, EXECUTION, Printed, core, fewest};
use crate::facts::form::{Datum, Group};
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::{Check, Scheme};
use crate::quantity::{Quantity, Ratio};
use std::ops::Range;

/// The subject of findings about the groups.
const SUBJECT: &str = "一级指标分值";

/// Holds the form's marks against the schemes, and those of its rows against the rules' own.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    indicators(ledger, check, judgements);
    let schemes = schemes(ledger);
    if schemes.is_empty() {
        return;
    }
    let printed = match printed(ledger) {
        Ok(printed) if printed.is_empty() => return,
        Ok(printed) => printed,
        Err(reason) => return judgements.skip(check.id(), SUBJECT, reason),
    };
    let mut nearest: Option<(&Scheme, Vec<Difference>)> = None;
    for scheme in &schemes {
        let Some(differences) = fewest(scheme, &printed) else {
            return judgements.skip(
                check.id(),
                SUBJECT,
                "表上的一级指标和方案对不上，不知道哪一个对哪一个",
            );
        };
        if nearest
            .as_ref()
            .is_none_or(|(_, held)| differences.len() < held.len())
        {
            nearest = Some((scheme, differences));
        }
    }
    let ranges: Vec<Range<u32>> = printed.iter().map(|group| group.range.clone()).collect();
    ledger.take_part(&ranges);
    match nearest {
        Some((_, differences))
            if !differences.is_empty() && ledger.model.packs.iter().all(|pack| pack.built_in) =>
        {
            judgements.skip(
                check.id(),
                SUBJECT,
                "分值与全国办法原则上的方案不同；各地可以另定，有本地的规则时才核对",
            );
        }
        Some((scheme, differences)) if !differences.is_empty() => {
            judgements.fail(told(ledger, check, scheme, &printed, &differences, schemes.len()));
        }
        _ => judgements.passed += 1,
    }
}

/// 分值方案, and the marks that the rules give their own 一级指标.
fn schemes(ledger: &Ledger) -> Vec<Scheme> {
    let mut schemes = ledger.model.schemes.clone();
    let own = ledger.model.groups.iter().filter(|group| group.level == 1);
    let weighed: Vec<_> = own.filter_map(|group| Some((group, group.weight?))).collect();
    if let Some((first, _)) = weighed.first() {
        schemes.push(Scheme {
            parts: weighed
                .iter()
                .map(|(group, weight)| (group.name.clone(), *weight))
                .collect(),
            span: first.span,
        });
    }
    schemes
}

/// The groups of the form and the execution row; nothing where the form prints no marks.
fn printed(ledger: &Ledger) -> Result<Vec<Printed>, &'static str> {
    let Some(form) = ledger.form() else {
        return Err("报告里没有读到自评表");
    };
    let marked = form.rows.iter().any(|row| row.weight.number().is_some());
    if form.kind.is_some_and(|kind| !kind.is_scored()) || !marked {
        return Ok(Vec::new());
    }
    if ledger.rows_lost || form.groups.is_empty() || form.groups.iter().any(|group| !group.complete) {
        return Err("表格里可能有指标没有读到");
    }
    let mut all: Vec<Printed> = Vec::new();
    for group in &form.groups {
        let Some((points, range)) = weight_of(ledger, group) else {
            return Err("有的一级指标读不出分值");
        };
        let name = plain(&group.name.text).into_owned();
        all.push(Printed {
            core: core(&name),
            name,
            points,
            range,
        });
    }
    if let Some((row, weight)) = form
        .execution
        .as_ref()
        .and_then(|row| Some((row, row.weight.number()?)))
    {
        all.push(Printed {
            name: "预算执行率".to_owned(),
            core: EXECUTION.to_owned(),
            points: weight.value,
            range: row.weight.range.clone(),
        });
    }
    let sum = all
        .iter()
        .try_fold(Ratio::ZERO, |sum, group| sum.add(group.points));
    if sum != Some(Ratio::whole(100)) {
        return Err("表上各一级指标的分值相加不是 100 分，不知道按哪个方案");
    }
    Ok(all)
}

/// The printed marks of a group, else the sum of those of its rows.
fn weight_of(ledger: &Ledger, group: &Group) -> Option<(Ratio, Range<u32>)> {
    if let Some(weight) = group.weight.number() {
        return Some((weight.value, group.weight.range.clone()));
    }
    let rows = &ledger.form()?.rows;
    let cells: Vec<&Datum> = group
        .rows
        .iter()
        .filter_map(|row| rows.get(*row))
        .map(|row| &row.weight)
        .collect();
    let sum = cells
        .iter()
        .filter(|cell| !cell.covered)
        .try_fold(Ratio::ZERO, |sum, cell| sum.add(cell.number()?.value))?;
    (!cells.is_empty()).then(|| (sum, group.name.range.clone()))
}

fn told(
    ledger: &Ledger,
    check: &Check,
    scheme: &Scheme,
    printed: &[Printed],
    differences: &[Difference],
    schemes: usize,
) -> Finding {
    let mut places: Vec<Place> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for difference in differences {
        words.push(match difference {
            Difference::Other(at, wanted) => {
                let group = &printed[*at];
                places.push(ledger.place(&group.range, "分值", format!("方案是 {} 分", shown(*wanted))));
                format!(
                    "{} {} 分，方案是 {} 分",
                    group.name,
                    shown(group.points),
                    shown(*wanted)
                )
            }
            Difference::Extra(at) => {
                let group = &printed[*at];
                places.push(ledger.place(&group.range, "分值", "方案里没有这一项"));
                format!("{} {} 分，方案里没有这一项", group.name, shown(group.points))
            }
            Difference::Lacking(name, points) => format!("方案里的{name} {} 分，表上没有", shown(*points)),
        });
    }
    if places.is_empty() {
        places.push(ledger.place(&printed[0].range, "分值", ""));
    }
    let nearest = if schemes > 1 {
        "（与最接近的方案相比）"
    } else {
        ""
    };
    let message = format!("各一级指标的分值没有按方案分配{nearest}：{}。", words.join("；"));
    Finding {
        subject: SUBJECT.to_owned(),
        ..super::unmet(check, message, RuleLine {
            span: scheme.span,
            basis: check.basis.clone(),
        }, places)
    }
}

fn shown(points: Ratio) -> String {
    points.to_plain(4).unwrap_or_default()
}

/// 分值 that the rules give a 三级指标, against that of the row with the same name.
fn indicators(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    for (at, row) in form.rows.iter().enumerate() {
        let Some(name) = ledger
            .row_names
            .get(at)
            .copied()
            .flatten()
            .map(|name| &ledger.model.names[name])
        else {
            continue;
        };
        let ruled = name.indicator.as_ref().and_then(|indicator| indicator.weight);
        // A cell that covers several rows holds the marks of all of them.
        let merged = row.weight.covered || form.rows.get(at + 1).is_some_and(|next| next.weight.covered);
        let (Some(ruled), Some(stated), false) = (ruled, row.weight.number(), merged) else {
            continue;
        };
        if plain(&row.name.text) != plain(&name.name) || !same_kind(&ruled, stated) {
            continue;
        }
        ledger.used.insert(row.weight.range.start);
        if ruled.value == stated.value {
            judgements.passed += 1;
            continue;
        }
        let (stated, ruled) = (shown(stated.value), shown(ruled.value));
        let message = format!("“{}”的分值写作 {stated} 分，规则规定 {ruled} 分。", name.name);
        let rule = Place {
            span: name.span,
            role: "规则".into(),
            note: format!("规则规定 {ruled} 分"),
            address: "规则".into(),
        };
        let basis = if name.basis.is_empty() {
            &check.basis
        } else {
            &name.basis
        };
        judgements.fail(Finding {
            subject: name.name.clone(),
            stated: Some(stated),
            expected: Some(ruled),
            ..super::unmet(check, message, RuleLine {
                span: name.span,
                basis: basis.clone(),
            }, vec![ledger.place(&row.weight.range, "分值", ""), rule])
        });
    }
}

/// Marks against marks: weights in % or of another unit are no marks.
fn same_kind(ruled: &Quantity, stated: &Quantity) -> bool {
    stated.unit.is_none() || stated.unit == ruled.unit
}
