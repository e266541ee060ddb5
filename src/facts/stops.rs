//! Units that are no unit where other letters follow (3项目标 is 3项, 五年级 is no length of time), from data/unit_stops.tsv.

use crate::words::lexicon::{Layout, Lexicon, lexicon};

const TEXT: &str = include_str!("../../data/unit_stops.tsv");
static STOPS: Lexicon = lexicon!(Layout::rows(TEXT));
/// What may follow, of whatever unit: most units are followed by a letter with which none of it begins.
static FOLLOWS: Lexicon = lexicon!(Layout {
    first: false,
    from: 1,
    ..Layout::rows(TEXT)
});

/// Whether what follows makes another word of a unit.
pub fn forbids(unit: &str, after: &str) -> bool {
    FOLLOWS.beginning(after).next().is_some()
        && STOPS.exactly(unit).next().is_some_and(|stop| {
            STOPS
                .rest(stop)
                .split(' ')
                .any(|word| !word.is_empty() && after.starts_with(word))
        })
}
