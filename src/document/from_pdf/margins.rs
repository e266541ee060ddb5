//! Lines at the upper and lower edge of pages: running heads, feet and page numbers are left aside.

use super::lines::Line;

/// How much of the page's height is its edge.
const EDGE: f64 = 0.12;

/// A page's lines outside tables, with its height.
pub(super) struct Lines {
    pub lines: Vec<Line>,
    pub height: f64,
}

/// Leaves running lines out of all pages.
pub(super) fn leave_aside(pages: &mut [Lines]) {
    let mut seen: rustc_hash::FxHashMap<String, usize> = Default::default();
    for page in pages.iter() {
        let mut own: Vec<String> = edges(page).map(|at| shape(&page.lines[at].text)).collect();
        own.sort();
        own.dedup();
        for shape in own {
            *seen.entry(shape).or_default() += 1;
        }
    }
    let many = (pages.len().div_ceil(3)).max(2);
    for page in pages.iter_mut() {
        let aside: Vec<usize> = edges(page)
            .filter(|at| {
                let text = &page.lines[*at].text;
                is_page_number(text) || seen.get(&shape(text)).is_some_and(|count| *count >= many)
            })
            .collect();
        let mut at = 0;
        page.lines.retain(|_| {
            at += 1;
            !aside.contains(&(at - 1))
        });
    }
}

/// The first two and the last two lines, where they stand at the edge.
fn edges(page: &Lines) -> impl Iterator<Item = usize> {
    let count = page.lines.len();
    let is_edge = move |at: &usize| {
        let y = page.lines[*at].y;
        (*at < 2 && y < page.height * EDGE) || (*at + 2 >= count && y > page.height * (1.0 - EDGE))
    };
    (0..count).filter(is_edge)
}

/// A line without its numbers.
fn shape(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit());
    kept.collect()
}

/// 3, - 3 -, — 3 —, 第3页 共8页, 3/8
fn is_page_number(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let others = bare.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(
                c,
                '-' | '—' | '–' | '－' | '·' | '/' | '第' | '页' | '共' | '，' | ',' | '|'
            )
    });
    others && (1..=8).contains(&digits) && bare.chars().count() <= 16 && !bare.contains('.')
}
