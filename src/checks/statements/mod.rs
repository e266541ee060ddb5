//! What a report states of one name in one role, held against itself: shared by the three mismatch checks.

use crate::checks::Judgements;
use crate::checks::one_fault::Suspect;
use crate::facts::form::Datum;
use crate::facts::{Mention, Period, Role, Scope};
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::link::{Entry, period_of, scope_of};
use crate::model::Check;
use crate::quantity::{Bound, Quantity, compare};
use crate::source::Span;
use std::ops::Range;

/// One statement of a value. Its place is put into words only where it is told.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Statement {
    /// The value.
    pub quantity: Quantity,
    at: At,
}

/// Where a statement stands: what the report says comes before the rules' own line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum At {
    /// A range of the report's view, and what the number is there.
    Report(u32, u32, &'static str),
    /// A line of the rules.
    Rules(Span),
}

impl Statement {
    /// A number in the report.
    pub fn at(quantity: &Quantity, range: &Range<u32>, role: &'static str) -> Statement {
        Statement {
            quantity: *quantity,
            at: At::Report(range.start, range.end, role),
        }
    }

    /// A cell of the form that holds a number.
    pub fn cell(datum: &Datum, role: &'static str) -> Option<Statement> {
        let quantity = datum.number()?;
        Some(Statement::at(quantity, &datum.range, role))
    }

    /// What the rules declare.
    pub fn of_rule(quantity: &Quantity, span: Span) -> Statement {
        Statement {
            quantity: *quantity,
            at: At::Rules(span),
        }
    }

    fn is_ruled(&self) -> bool {
        matches!(self.at, At::Rules(_))
    }

    /// Its range in the report's view.
    fn range(&self) -> Option<Range<u32>> {
        match self.at {
            At::Report(start, end, _) => Some(start..end),
            At::Rules(_) => None,
        }
    }

    /// Its place in words.
    pub fn place(&self, ledger: &Ledger) -> Place {
        self.place_with(ledger, &self.bare())
    }

    /// The number without the sign that says how it is to be met, in words.
    fn bare(&self) -> String {
        let bare = Quantity {
            bound: None,
            ..self.quantity
        };
        bare.text()
    }

    /// The same, where those words are known.
    fn place_with(&self, ledger: &Ledger, bare: &str) -> Place {
        let sign = self.quantity.bound.filter(|_| self.quantity.printed.is_some());
        let sign = sign.map_or("", Bound::sign);
        match self.at {
            At::Report(start, end, role) => {
                ledger.place(&(start..end), role, ["这里是 ", sign, bare].concat())
            }
            At::Rules(span) => Place {
                span,
                role: "规则".into(),
                note: ["规则规定 ", sign, bare].concat(),
                address: "规则".into(),
            },
        }
    }
}

/// The mentions of an entry in prose that `wanted` admits, as statements of the whole for the report's year.
pub(super) fn mentioned(
    ledger: &Ledger,
    entry: &Entry,
    role: &'static str,
    wanted: impl Fn(&Mention) -> bool,
) -> Vec<Statement> {
    let stated = |index: &usize| {
        let (mention, quantity, range) = ledger.mention(*index);
        let whole = scope_of(mention, &entry.label) == Scope::Whole
            && period_of(mention, ledger.year) == Period::Report;
        (whole && wanted(mention)).then(|| Statement::at(quantity, range, role))
    };
    entry.mentions.iter().filter_map(stated).collect()
}

/// Whether two statements agree. With `exactly` (targets) by the numbers as they stand, unless one is approximate.
pub(super) fn agree(a: &Quantity, b: &Quantity, exactly: bool) -> Option<bool> {
    let plain = |quantity: &Quantity| quantity.approx.is_none() && quantity.high.is_none();
    if exactly && plain(a) && plain(b) {
        return Some(a.value == b.value_in(a.unit)?);
    }
    let bare = |quantity: &Quantity| Quantity {
        bound: None,
        ..*quantity
    };
    compare::equal(&bare(a), &bare(b))
}

/// Holds statements against the first of them, which need not be the right one; reports all that take part as one
/// finding. Statements in units that do not compare are left out.
pub(super) fn hold_together(
    ledger: &mut Ledger,
    check: &Check,
    subject: &str,
    what: &str,
    mut statements: Vec<Statement>,
    exactly: bool,
    judgements: &mut Judgements,
) {
    // What the report says comes first, in its order; the rules' own line after it.
    statements.sort_by(|a, b| a.at.cmp(&b.at));
    statements.dedup_by_key(|statement| match statement.at {
        At::Report(start, end, _) => (Some((start, end)), Span::default()),
        At::Rules(span) => (None, span),
    });
    let Some(first) = statements.first().map(|first| first.quantity) else {
        return;
    };
    statements.retain(|other| agree(&first, &other.quantity, exactly).is_some());
    if statements.len() < 2 {
        return;
    }
    let ranges: Vec<Range<u32>> = statements.iter().filter_map(Statement::range).collect();
    ledger.take_part(&ranges);
    let differing = |other: &&Statement| agree(&first, &other.quantity, exactly) == Some(false);
    let Some(other) = statements.iter().find(differing) else {
        judgements.passed += 1;
        return;
    };
    suspects(&statements, exactly, judgements);
    let finding = match ledger.sketching {
        true => placed(ledger, check, subject, &statements, &[]),
        false => told(ledger, check, (subject, what), &statements, other, exactly),
    };
    judgements.fail(finding);
}

/// What is found in words: `other` is the first that differs from the first of all.
fn told(
    ledger: &Ledger,
    check: &Check,
    (subject, what): (&str, &str),
    statements: &[Statement],
    other: &Statement,
    exactly: bool,
) -> Finding {
    let texts: Vec<String> = statements.iter().map(Statement::bare).collect();
    let finding = placed(ledger, check, subject, statements, &texts);
    // Only a rule can say which of several statements is right.
    let ruled = statements.iter().find(|statement| statement.is_ruled());
    let against = |ruled: &Statement| {
        let wrong = |other: &&Statement| agree(&ruled.quantity, &other.quantity, exactly) == Some(false);
        statements.iter().find(wrong)
    };
    let wrong = ruled.and_then(against).unwrap_or(other).quantity;
    Finding {
        message: message(subject, what, texts, &finding.places),
        stated: Some(wrong.digits_like(&wrong)),
        expected: ruled.map(|ruled| ruled.quantity.digits_like(&wrong)),
        rule: Some(RuleLine {
            span: check.span,
            basis: check.basis.clone(),
        }),
        ..finding.help(super::formulas::plain_help(check))
    }
}

/// What is found without its words, with the places of all that take part and, where they are given, their numbers.
fn placed(
    ledger: &Ledger,
    check: &Check,
    subject: &str,
    statements: &[Statement],
    texts: &[String],
) -> Finding {
    let texts = texts.iter().map(String::as_str).chain(std::iter::repeat(""));
    let placed = statements.iter().zip(texts);
    let places = placed.map(|(statement, bare)| statement.place_with(ledger, bare));
    let none = Span::default();
    Finding {
        subject: subject.to_owned(),
        places: places.collect(),
        ..Finding::new(check.id(), &check.name, check.severity, String::new(), none)
    }
}

/// Where there are two values, each number may be the wrong one, and the other the one that it should be.
fn suspects(statements: &[Statement], exactly: bool, judgements: &mut Judgements) {
    let finding = judgements.findings.len();
    let differ =
        |one: &Statement, other: &Statement| agree(&one.quantity, &other.quantity, exactly) == Some(false);
    let mut suspects = Vec::new();
    for statement in statements {
        let others: Vec<&Statement> = statements
            .iter()
            .filter(|other| differ(statement, other))
            .collect();
        let [first, rest @ ..] = others.as_slice() else {
            continue;
        };
        if rest.iter().any(|other| differ(first, other)) {
            return;
        }
        suspects.extend(statement.range().map(|cell| Suspect {
            finding,
            cell,
            field: String::new(),
            stated: statement.quantity,
            expected: Some(first.quantity),
        }));
    }
    judgements.suspects.extend(suspects);
}

/// How many different values a message tells, and how many places of each: the rest is only counted.
const MOST_TOLD: usize = 6;

/// “上云企业数”的目标前后不一致：1 万家（第12段），8000 家（表1 第4行“年度指标值”）。
fn message(subject: &str, what: &str, texts: Vec<String>, places: &[Place]) -> String {
    let mut values: Vec<(String, Vec<&str>)> = Vec::new();
    let mut untold = 0;
    for (text, place) in texts.into_iter().zip(places) {
        let address = place.address.as_str();
        match values.iter().position(|(known, _)| *known == text) {
            Some(at) if values[at].1.len() < MOST_TOLD && !values[at].1.contains(&address) => {
                values[at].1.push(address)
            }
            Some(_) => {}
            None if values.len() < MOST_TOLD => values.push((text, vec![address])),
            None => untold += 1,
        }
    }
    let mut message = format!("“{subject}”的{what}前后不一致：");
    for (at, (text, places)) in values.iter().enumerate() {
        message.push_str(if at > 0 { "，" } else { "" });
        message.push_str(text);
        let [first, rest @ ..] = places.as_slice() else {
            continue;
        };
        if rest.is_empty() && first.is_empty() {
            continue;
        }
        message.push('（');
        message.push_str(first);
        for place in rest {
            message.push('、');
            message.push_str(place);
        }
        message.push('）');
    }
    if untold > 0 {
        message.push_str(&format!("，另有 {untold} 处"));
    }
    message.push('。');
    message
}

/// The statements of mentions that no rule names, where they stand in different clauses.
pub(super) fn unnamed(ledger: &Ledger, role: Role, word: &'static str) -> Vec<(String, Vec<Statement>)> {
    let mut all = Vec::new();
    for group in &ledger.unnamed {
        let mentions: Vec<&Mention> = group
            .mentions
            .iter()
            .map(|index| ledger.mention(*index).0)
            .collect();
        let first = mentions[0];
        let apart = mentions.iter().any(|mention| mention.clause != first.clause);
        // All mentions of a group speak of one time; it need not be the report's year.
        let period = period_of(first, ledger.year);
        let whole = first.scope == Scope::Whole && matches!(period, Period::Report | Period::Year(_));
        if first.role == role && apart && whole {
            let statement = |index: &usize| {
                let (_, quantity, range) = ledger.mention(*index);
                Statement::at(quantity, range, word)
            };
            all.push((
                group.subject.clone(),
                group.mentions.iter().map(statement).collect(),
            ));
        }
    }
    all
}
