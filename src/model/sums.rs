//! 分项 and 其中 to the formulas that they demand: parts add up to their whole, and none of them exceeds it.

use super::draft::Draft;
use super::{Check, Manner, Name, Sum};
use crate::expr::fields::{Context, FIELDS};
use crate::expr::{Comparison, Expr, ExprKind, Function, Operation, Piece, Template};
use crate::source::Span;
use std::collections::HashSet;

/// The checks whose statements switch the sums on: of counts, and of money.
const COUNTS: &str = "count-sum";
const FUNDS: &str = "fund-sum";

/// Declares the parts that nobody declared: a report names them by these words, in the unit of their whole.
pub fn declare_parts(draft: &mut Draft) {
    let mut new: Vec<Name> = Vec::new();
    let names = &draft.model.names;
    let called = names
        .iter()
        .flat_map(|name| std::iter::once(&name.name).chain(&name.aliases));
    let mut known: HashSet<String> = called.cloned().collect();
    for whole in names {
        for part in whole.parts.iter().chain(&whole.some_parts) {
            if !known.insert(part.clone()) || FIELDS.iter().any(|(_, field, _)| field == part) {
                continue;
            }
            new.push(Name {
                name: part.clone(),
                aliases: Vec::new(),
                unit: whole.unit,
                indicator: None,
                in_form: None,
                parts: Vec::new(),
                some_parts: Vec::new(),
                span: whole.span,
                basis: whole.basis.clone(),
            });
        }
    }
    draft.model.names.append(&mut new);
}

fn calls(name: &Name, word: &str) -> bool {
    name.name == word || name.aliases.iter().any(|alias| alias == word)
}

/// Makes the formulas of every name that has parts.
pub fn resolve(draft: &mut Draft) {
    let model = &draft.model;
    let mut sums = Vec::new();
    for name in &model.names {
        let id = if name.unit.is_some_and(|unit| unit.is_money()) {
            FUNDS
        } else {
            COUNTS
        };
        let Some(check) = model
            .checks
            .iter()
            .find(|check| check.built_in && check.code == id)
        else {
            continue;
        };
        let sum = |formula: Check, by_author: bool| Sum {
            judged_by: id,
            formula,
            by_author,
        };
        let author = model
            .checks
            .iter()
            .find(|check| states(check, name, &model.names));
        match author.filter(|_| !name.parts.is_empty()) {
            Some(author) => sums.push(sum(of_actual(author, name), true)),
            None if !name.parts.is_empty() => {
                sums.push(sum(of_actual(check, name), false));
                sums.extend(of_targets(check, name).map(|formula| sum(formula, false)));
            }
            None => {}
        }
        sums.extend(
            name.some_parts
                .iter()
                .map(|part| sum(of_part(check, name, part), false)),
        );
    }
    draft.model.sums = sums;
}

/// 总数.实际 = 合计(总数.分项), where the report states the whole.
fn of_actual(check: &Check, name: &Name) -> Check {
    let maker = Maker { span: name.span };
    let (whole, sum) = (maker.field(&[&name.name, "实际"]), maker.sum(&name.name));
    let message = vec![
        words(format!("“{}”写作", name.name)),
        value(whole.clone()),
        words("，各分项（"),
        words(name.parts.join("、")),
        words("）相加是"),
        value(sum.clone()),
        words("。"),
    ];
    let requirement = maker.compare(Comparison::Equal, whole.clone(), sum);
    maker.check(check, vec![maker.has(whole)], requirement, message)
}

/// The same of targets, where the report or the form states all of them.
fn of_targets(check: &Check, name: &Name) -> Option<Check> {
    let maker = Maker { span: name.span };
    let whole = maker.field(&[&name.name, "目标"]);
    let part = |part: &String| maker.field(&[&name.name, "其中", part, "目标"]);
    let parts: Vec<Expr> = name.parts.iter().map(part).collect();
    let when = std::iter::once(&whole)
        .chain(&parts)
        .map(|field| maker.has(field.clone()))
        .collect();
    let sum = parts.into_iter().reduce(|sum, part| maker.add(sum, part))?;
    let message = vec![
        words(format!("“{}”的目标写作", name.name)),
        value(whole.clone()),
        words("，各分项的目标相加是"),
        value(sum.clone()),
        words("。"),
    ];
    let requirement = maker.compare(Comparison::Equal, whole, sum);
    Some(maker.check(check, when, requirement, message))
}

/// 总数.实际 ≥ the part, where the report states both.
fn of_part(check: &Check, name: &Name, part: &str) -> Check {
    let maker = Maker { span: name.span };
    let whole = maker.field(&[&name.name, "实际"]);
    let part_of = maker.field(&[&name.name, "其中", part]);
    let message = vec![
        words(format!("其中“{part}”写作")),
        value(part_of.clone()),
        words(format!("，超过了“{}”的", name.name)),
        value(whole.clone()),
        words("。"),
    ];
    let when = vec![maker.has(whole.clone()), maker.has(part_of.clone())];
    let requirement = maker.compare(Comparison::AtLeast, whole, part_of);
    maker.check(check, when, requirement, message)
}

/// Whether a check that the author wrote says already that the parts of a name add up.
fn states(check: &Check, name: &Name, names: &[Name]) -> bool {
    let whole = |expr: &Expr| matches!(&expr.kind, ExprKind::Field(path) if is_actual(path, name));
    check
        .requirements
        .iter()
        .any(|requirement| match &requirement.kind {
            ExprKind::Compare(Comparison::Equal, left, right) => {
                whole(left) && is_sum(right, name, names) || whole(right) && is_sum(left, name, names)
            }
            _ => false,
        })
}

fn is_actual(path: &[String], name: &Name) -> bool {
    matches!(path, [own] if *own == name.name)
        || matches!(path, [own, field] if *own == name.name && field == "实际")
}

/// 合计(总数.分项), or the parts joined by +.
fn is_sum(expr: &Expr, name: &Name, names: &[Name]) -> bool {
    if let ExprKind::Call(Function::Sum, arguments) = &expr.kind {
        return matches!(arguments.first().map(|first| &first.kind),
            Some(ExprKind::Field(path)) if matches!(path.as_slice(), [own, field] if *own == name.name && field == "分项"));
    }
    let mut terms = Vec::new();
    let mut open = vec![expr];
    while let Some(next) = open.pop() {
        match &next.kind {
            ExprKind::Compute(Operation::Add, left, right) => open.extend([&**left, &**right]),
            kind => terms.push(kind),
        }
    }
    let stands = |part: &String| {
        let declared = names.iter().find(|name| calls(name, part));
        declared.is_some_and(|declared| {
            terms
                .iter()
                .any(|term| matches!(term, ExprKind::Field(path) if is_actual(path, declared)))
        })
    };
    terms.len() == name.parts.len() && name.parts.iter().all(stands)
}

/// Makes expressions that stand at the line that declares the whole.
struct Maker {
    span: Span,
}

impl Maker {
    fn expr(&self, kind: ExprKind) -> Expr {
        Expr {
            kind,
            span: self.span,
        }
    }

    fn field(&self, path: &[&str]) -> Expr {
        self.expr(ExprKind::Field(
            path.iter().map(|step| (*step).to_owned()).collect(),
        ))
    }

    fn sum(&self, name: &str) -> Expr {
        self.expr(ExprKind::Call(Function::Sum, vec![self.field(&[name, "分项"])]))
    }

    fn add(&self, left: Expr, right: Expr) -> Expr {
        self.expr(ExprKind::Compute(Operation::Add, Box::new(left), Box::new(right)))
    }

    fn compare(&self, comparison: Comparison, left: Expr, right: Expr) -> Expr {
        self.expr(ExprKind::Compare(comparison, Box::new(left), Box::new(right)))
    }

    fn has(&self, field: Expr) -> Expr {
        self.expr(ExprKind::Has(Box::new(field), true))
    }

    /// A formula in the name, severity and advice of the check that switches it on.
    fn check(&self, of: &Check, when: Vec<Expr>, requirement: Expr, message: Vec<Piece>) -> Check {
        Check {
            context: Context::Report,
            manner: Manner::AsRanges,
            when,
            requirements: vec![requirement],
            message: Template { pieces: message },
            built_in: false,
            parameters: Vec::new(),
            ..of.clone()
        }
    }
}

fn words(words: impl Into<String>) -> Piece {
    Piece::Words(words.into())
}

fn value(expr: Expr) -> Piece {
    Piece::Value(expr)
}
