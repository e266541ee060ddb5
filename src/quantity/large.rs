//! Ratios too large for machine words, kept in one place for the whole run: a number then only says where its own stands.

use num_rational::Ratio;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

/// The large ratios that were met, each once, so that equal ones have one place.
#[derive(Default)]
struct Large {
    all: Vec<Ratio<i128>>,
    places: HashMap<Ratio<i128>, i64>,
}

static LARGE: LazyLock<Mutex<Large>> = LazyLock::new(Mutex::default);

fn held() -> MutexGuard<'static, Large> {
    LARGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The place of a ratio, which is reduced.
pub fn place_of(ratio: Ratio<i128>) -> i64 {
    let mut large = held();
    let next = large.all.len() as i64;
    let place = *large.places.entry(ratio).or_insert(next);
    if place == next {
        large.all.push(ratio);
    }
    place
}

/// The ratio at a place that was given for one.
pub fn at(place: i64) -> Ratio<i128> {
    held().all[place as usize]
}
