//! Whether the clauses before a place speak of a part, for one place after the other.

use crate::document::Document;
use crate::ledger::link::clauses_before;
use crate::ledger::parts;

/// Whether the clauses before a place are of a part: asked for the same place several times, and for one place behind
/// the other, where only what stands between them is looked at.
#[derive(Default)]
pub(super) struct Carried {
    last: Option<Before>,
}

/// What the clauses before a place say, back to the last stop or to where nobody looks farther back.
struct Before {
    place: u32,
    from: u32,
    says: parts::Says,
}

impl Carried {
    pub(super) fn carried(&mut self, document: &Document, title: &str, clause: u32) -> bool {
        let before = match self.last.take() {
            Some(before) if before.place == clause => before,
            last => Before::of(document, title, clause, last),
        };
        let says = before.says;
        self.last = Some(before);
        says.of_a_part && !says.of_the_whole
    }
}

impl Before {
    fn of(document: &Document, title: &str, clause: u32, last: Option<Before>) -> Before {
        let clauses = clauses_before(document, clause);
        let farthest = clause - clauses.len() as u32;
        if let Some(last) = last.filter(|last| farthest <= last.from && last.place < clause)
            && let Some((ahead, between)) = clauses.split_at_checked((last.place - farthest) as usize)
            && ahead.ends_with(parts::is_mark)
            && parts::after_stop(between) == 0
        {
            return Before {
                place: clause,
                says: last.says.and(parts::confines(between, title)),
                ..last
            };
        }
        let stop = parts::after_stop(clauses);
        Before {
            place: clause,
            from: farthest + stop as u32,
            says: parts::confines(&clauses[stop..], title),
        }
    }
}
