//! A finding of code with its places, as all checks of the narrative tell it.

use crate::checks::{Judgements, unmet};
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Printed, Quantity, Ratio};
use std::ops::Range;

/// What a check says of the report, with the places that took part.
pub(super) fn finding(check: &Check, subject: &str, message: String, places: Vec<Place>) -> Finding {
    let rule = RuleLine {
        span: check.span,
        basis: check.basis.clone(),
    };
    Finding {
        subject: subject.to_owned(),
        ..unmet(check, message, rule, places)
    }
}

/// The words of a mention: its subject, or the words of the report where none was found.
pub(super) fn subject(ledger: &Ledger, mention: usize) -> String {
    let (mention, _, range) = ledger.mention(mention);
    match mention.subject.is_empty() {
        true => ledger.quote(range).to_owned(),
        false => mention.subject.clone(),
    }
}

/// Whether a finding of the same check already stands at a place: one fault, one finding.
pub(super) fn is_told(ledger: &Ledger, judgements: &Judgements, check: &Check, range: &Range<u32>) -> bool {
    let span = ledger.span(range);
    let all = judgements
        .findings
        .iter()
        .filter(|finding| finding.check == check.id());
    all.flat_map(|finding| &finding.places)
        .any(|place| place.span == span)
}

/// A percentage in the digits of another one.
pub(super) fn percent_like(value: Ratio, like: &Quantity) -> Option<Quantity> {
    let printed: Printed = like.printed?;
    let value = value.mul(Ratio::whole(100))?.round(i32::from(printed.last))?;
    Some(Quantity { value, ..*like })
}
