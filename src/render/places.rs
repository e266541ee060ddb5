//! The places of a finding to the one that its reader is led to, and the others.

use crate::finding::{Finding, Outcome, Place};
use crate::render::positions::Positions;

/// The place that is shown, and the others. A rule that took part may be named first, but the report is what its author
/// opens.
pub fn parted<'f>(
    finding: &'f Finding,
    outcome: &Outcome,
    positions: &Positions,
) -> (Option<&'f Place>, Vec<&'f Place>) {
    let in_report = |place: &Place| outcome.is_own(positions.path(place.span));
    let shown = finding.places.iter().position(in_report).unwrap_or(0);
    let others = finding
        .places
        .iter()
        .enumerate()
        .filter(|(number, _)| *number != shown);
    (
        finding.places.get(shown),
        others.map(|(_, place)| place).collect(),
    )
}
