//! Units that are no unit where other letters follow (3项目标 is 3项, 五年级 is no length of time), from data/unit_stops.tsv.

use crate::quantity::heads::ByLetter;
use std::sync::LazyLock;

static STOPS: LazyLock<ByLetter<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/unit_stops.tsv").lines();
    let mut stops = ByLetter::default();
    for (unit, words) in lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
    {
        if let Some(first) = unit.chars().next() {
            stops.add(first, unit, words);
        }
    }
    stops
});

/// Whether what follows makes another word of a unit.
pub fn forbids(unit: &str, after: &str) -> bool {
    let stop = STOPS.beginning(unit).filter(|(length, _)| *length == unit.len());
    stop.is_some_and(|(_, words)| {
        words
            .split(' ')
            .any(|word| !word.is_empty() && after.starts_with(word))
    })
}
