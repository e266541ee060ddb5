//! A word that was not understood to the known word that is most like it.

/// The candidate that differs least, if it differs by no more than a third of the signs (at least one).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(word, candidates).first().copied()
}

/// The candidates that differ least, all by as much, and by no more than a third of the signs (at least one).
pub fn all_nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let length = word.chars().count();
    let mut most = (length / 3).max(1);
    let mut found = Vec::new();
    for candidate in candidates {
        let other = candidate.chars().count();
        // Each step takes one sign at most.
        if candidate == word || other.abs_diff(length) > most {
            continue;
        }
        // Each sign that the other word lacks takes a step.
        if word.chars().filter(|sign| !candidate.contains(*sign)).count() > most {
            continue;
        }
        let steps = distance(word, candidate);
        // Of two signs one must be right, and both words must be longer than what was changed.
        let shared = length.max(other).saturating_sub(steps);
        if steps > most || shared < 1 || shared < steps {
            continue;
        }
        if steps < most {
            found.clear();
            most = steps;
        }
        found.push(candidate);
    }
    found
}

/// Up to three known words like this one: near ones first, then those that contain it or lie in it.
pub fn like<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let length = word.chars().count();
    let mut ranked: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| *candidate != word && !candidate.is_empty())
        .filter_map(|candidate| {
            let other = candidate.chars().count();
            let inside = length >= 2 && (candidate.contains(word) || word.contains(candidate));
            // Each step takes one sign at most.
            if !inside && length.abs_diff(other) * 2 > length.max(other) {
                return None;
            }
            let steps = distance(word, candidate);
            let near = steps * 2 <= length.max(other);
            (near || inside).then_some((steps, candidate))
        })
        .collect();
    ranked.sort();
    ranked.dedup();
    ranked
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// How many signs must be put in, taken out, changed or swapped with a neighbour.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut last: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut before = None;
    for (i, x) in a.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut best = (row[j] + usize::from(x != *y))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if j > 0 && x == b[j - 1] && before == Some(*y) {
                best = best.min(last[j - 1] + 1);
            }
            next.push(best);
        }
        last = std::mem::replace(&mut row, next);
        before = Some(x);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_signs_are_one_step() {
        assert_eq!(distance("目标", "标目"), 1);
        assert_eq!(distance("下拨资金", "下发资金"), 1);
    }
}
