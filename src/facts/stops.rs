//! Units that are no unit where other letters follow (3项目标 is 3项, 五年级 is no length of time), from data/unit_stops.tsv.

use std::collections::HashMap;
use std::sync::LazyLock;

static STOPS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/unit_stops.tsv").lines();
    let rows = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'));
    rows.map(|(unit, words)| (unit, words.split_whitespace().collect()))
        .collect()
});

/// Whether what follows makes another word of a unit.
pub fn forbids(unit: &str, after: &str) -> bool {
    STOPS
        .get(unit)
        .is_some_and(|words| words.iter().any(|word| after.starts_with(word)))
}
