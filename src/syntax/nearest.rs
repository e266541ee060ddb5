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
            let steps = distance(word, candidate);
            let near = steps * 2 <= length.max(candidate.chars().count());
            let inside = length >= 2 && (candidate.contains(word) || word.contains(candidate));
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
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(x != y))
                .min(rows[i][j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
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
