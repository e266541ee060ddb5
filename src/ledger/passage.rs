//! A whole and its parts told in one sentence, where no word says whether that is a target or what was done
//! (受益农户500户，其中脱贫户300户、边缘户120户): what stands together is of one kind.

use crate::facts::{Period, Role, Scope};
use crate::ledger::Ledger;
use crate::ledger::link::{period_of, scope_of};

/// The mentions of a whole and of each of its parts, as indices into `Facts::mentions`: the first sentence that
/// tells the whole once and every part once behind it.
pub fn together(ledger: &Ledger, whole: &str, parts: &[String]) -> Option<(usize, Vec<usize>)> {
    let names = &ledger.model.names;
    let entry = |word: &str| {
        let at = names
            .iter()
            .position(|name| name.name == word || name.aliases.iter().any(|alias| alias == word))?;
        ledger.entries.get(at)
    };
    let open = |index: &usize| {
        let mention = ledger.mention(*index).0;
        mention.role == Role::Unknown && period_of(mention, ledger.year) == Period::Report
    };
    let own = entry(whole)?;
    let parts: Option<Vec<_>> = parts.iter().map(|part| entry(part)).collect();
    let parts = parts?;
    let is_whole = |index: &usize| scope_of(ledger.mention(*index).0, &own.label) == Scope::Whole;
    own.mentions
        .iter()
        .filter(|index| open(index) && is_whole(index))
        .find_map(|at| {
            let end = sentence_end(ledger, ledger.mention(*at).2.end);
            let inside = |index: &usize| *index > *at && ledger.mention(*index).2.start < end && open(index);
            let of_part = |mentions: &[usize]| {
                let mut all = mentions.iter().copied().filter(|index| inside(index));
                all.next().filter(|_| all.next().is_none())
            };
            let found: Option<Vec<usize>> = parts.iter().map(|part| of_part(&part.mentions)).collect();
            found.map(|found| (*at, found))
        })
}

/// Where the sentence that goes on at an offset ends.
fn sentence_end(ledger: &Ledger, from: u32) -> u32 {
    let rest = &ledger.text()[from as usize..];
    let end = rest.find(['。', '；', ';', '\n', '|']).unwrap_or(rest.len());
    from + end as u32
}
