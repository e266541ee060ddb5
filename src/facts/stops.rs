//! Units that are no unit where other letters follow (3项目标 is 3项, 五年级 is no length of time), from data/unit_stops.tsv.

use crate::words::lexicon::{Layout, Lexicon, lexicon};

static STOPS: Lexicon = lexicon!(Layout::rows(include_str!("../../data/unit_stops.tsv")));

/// Whether what follows makes another word of a unit.
pub fn forbids(unit: &str, after: &str) -> bool {
    STOPS.exactly(unit).next().is_some_and(|stop| {
        STOPS
            .rest(stop)
            .split(' ')
            .any(|word| !word.is_empty() && after.starts_with(word))
    })
}
