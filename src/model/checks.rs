//! 检查 with their formulas resolved.

use super::draft::Draft;
use super::exprs::{Scope, condition, resolve as resolve_expr};
use super::{Check, Manner, built_in, declare, faults, fits, scoring};
use crate::expr::fields::{Context, context_named};
use crate::expr::{Expr, Piece, Template};
use crate::finding::{Finding, Place, Severity};
use crate::quantity::Quantity;
use crate::syntax::keywords::Word;
use crate::syntax::{self, Content, Statement};
use rustc_hash::FxHashSet;

/// Reads every check.
pub fn resolve(draft: &mut Draft) {
    for statement in draft.checks.clone() {
        if let Some(check) = one(draft, statement) {
            draft.model.checks.push(check);
        }
    }
}

fn one(draft: &mut Draft, statement: &Statement) -> Option<Check> {
    let name = statement.words()?;
    for word in [
        Word::Level,
        Word::Each,
        Word::Manner,
        Word::Code,
        Word::Message,
        Word::Help,
    ] {
        once(draft, statement, word);
    }
    let parameters = scoring::parameters(draft, scoring::parameter_lines(statement));
    let each = statement.all(Word::Each).next();
    let named = word_of(statement, Word::Each).and_then(context_named);
    // Of a 逐项 that could not be read nobody knows which fields it brings.
    if each.is_some() && named.is_none() {
        return None;
    }
    let context = named.unwrap_or(Context::Report);
    let told = draft.findings.len();
    let built_in = statement.all(Word::BuiltIn).next().is_some();
    let when = conditions(draft, statement, Word::When, context, &parameters);
    let mut requirements = conditions(draft, statement, Word::Require, context, &parameters);
    demand_requirement(draft, statement, &name.text, built_in);
    let message = template(draft, statement, Word::Message, context, &parameters);
    let help = template(draft, statement, Word::Help, context, &parameters);
    once_told(draft, told, each.is_none());
    let basis = declare::own_basis(statement, &basis_of_file(draft, statement));
    let mut code = word_of(statement, Word::Code).unwrap_or_default().to_owned();
    if built_in {
        code = built_in::id(draft, statement, &name.text, &code)?.to_owned();
        built_in::unused(draft, statement, &code);
    }
    let mark = draft.marks.get(&statement.span);
    let adjusted = mark.and_then(|mark| mark.span);
    // What is told of a fault is the line of the number that was adjusted, unless the requirement itself was.
    for requirement in requirements
        .iter_mut()
        .filter(|other| other.span.source == statement.span.source)
    {
        requirement.span = adjusted.unwrap_or(requirement.span);
    }
    Some(Check {
        name: name.text.clone(),
        code,
        severity: severity(statement),
        context,
        manner: manner(statement),
        when,
        requirements,
        message,
        help,
        basis: mark.map_or(basis, |mark| mark.basis.clone()),
        built_in,
        parameters,
        span: adjusted.unwrap_or(statement.span),
    })
}

/// A check of the rule language says what must hold.
fn demand_requirement(draft: &mut Draft, statement: &Statement, name: &str, built_in: bool) {
    let said = built_in || statement.incomplete || statement.all(Word::Require).next().is_some();
    if !said {
        let message = format!("检查“{name}”没有写要求。");
        let help = "下面写应当成立的条件，例如：要求：得分 ≤ 分值";
        draft.tell(faults::error("rule-syntax", message, statement.span).help(help));
    }
}

/// 依据 of the file that a statement stands in.
fn basis_of_file(draft: &Draft, statement: &Statement) -> String {
    let source = statement.span.source.0 as usize;
    let file = draft.model.packs.iter().position(|pack| pack.source == source);
    file.and_then(|at| draft.bases.get(at).cloned())
        .unwrap_or_default()
}

/// One mistake, one finding: the same unknown name once, and a missing 逐项 once for all fields that it would bring.
fn once_told(draft: &mut Draft, from: usize, without_each: bool) {
    let mut kept: Vec<Finding> = Vec::new();
    let (mut messages, mut each_told) = (FxHashSet::default(), false);
    for finding in draft.findings.split_off(from) {
        let unknown = finding.check == "rule-unknown-name";
        let wants_each = unknown && without_each && finding.help.contains("上面写“逐项：");
        let told = unknown && (!messages.insert(finding.message.clone()) || (wants_each && each_told));
        each_told |= wants_each;
        if !told {
            kept.push(finding);
        } else if let Some(same) = kept.iter_mut().find(|same| same.message == finding.message) {
            // All places at once, so that one round of mending is enough.
            let further = finding.places.into_iter().map(|place| Place {
                role: String::new(),
                note: "这里也要改".to_owned(),
                ..place
            });
            same.places.extend(further);
        }
    }
    draft.findings.append(&mut kept);
}

fn severity(statement: &Statement) -> Severity {
    match word_of(statement, Word::Level) {
        Some("警告" | "warning") => Severity::Warning,
        Some("提醒" | "info") => Severity::Info,
        _ => Severity::Error,
    }
}

fn manner(statement: &Statement) -> Manner {
    match word_of(statement, Word::Manner) {
        Some("按约数范围" | "真值区间") => Manner::AsRanges,
        _ => Manner::AsPrinted,
    }
}

/// Tells an attribute that stands twice where one is meant.
fn once(draft: &mut Draft, statement: &Statement, word: Word) {
    let lines: Vec<&Statement> = statement.all(word).collect();
    if let [first, .., last] = lines.as_slice() {
        let message = format!("一条检查里“{}”写了两次。", syntax::keywords::text(word));
        let finding = faults::error("rule-duplicate", message, last.span)
            .help("留下一处。")
            .and(first.span, "", "先写在这里");
        draft.tell(finding);
    }
}

fn word_of(statement: &Statement, word: Word) -> Option<&str> {
    statement
        .all(word)
        .find_map(|line| line.words())
        .map(|words| words.text.as_str())
}

fn conditions(
    draft: &mut Draft,
    statement: &Statement,
    word: Word,
    context: Context,
    parameters: &[(String, Quantity)],
) -> Vec<Expr> {
    let mut all = Vec::new();
    for line in statement.all(word) {
        if let Content::Condition(written) = &line.content {
            let mut scope = Scope::new(draft, context, parameters);
            let made = condition(&mut scope, written);
            draft.findings.extend(made.as_ref().and_then(fits::says_nothing));
            all.extend(made);
        }
    }
    all
}

fn template(
    draft: &mut Draft,
    statement: &Statement,
    word: Word,
    context: Context,
    parameters: &[(String, Quantity)],
) -> Template {
    let mut pieces = Vec::new();
    for line in statement.all(word).take(1) {
        let Content::Template(written) = &line.content else {
            continue;
        };
        for piece in written {
            match piece {
                syntax::Piece::Words(words) => pieces.push(Piece::Words(words.clone())),
                syntax::Piece::Value(value) => {
                    let mut scope = Scope::new(draft, context, parameters);
                    if let Some(value) = resolve_expr(&mut scope, value) {
                        pieces.push(Piece::Value(value.expr));
                    }
                }
            }
        }
    }
    Template { pieces }
}
