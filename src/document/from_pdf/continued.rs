//! Pieces of tables on several pages to whole tables: rows that go on on the next page, columns that do.

use super::fragment::{Fragment, Piece};
use super::lines::{go_on, lines_of, text_of_cell};
use super::page::Glyph;

/// Columns of two pages are the same within this.
const SHIFT: f64 = 6.0;
/// Rows of two pages are equally high within this.
const HIGH: f64 = 1.5;
/// A table that goes on reaches down so far on its page.
const REACH: f64 = 0.5;

/// Whether the second begins where the first was cut off: at the next page's top, in the same columns.
pub(super) fn goes_on_below(first: &Fragment, second: &Fragment) -> bool {
    let follows = first
        .pages
        .last()
        .zip(second.pages.first())
        .is_some_and(|(a, b)| a + 1 == *b);
    let wide = (first.width() - second.width()).abs() <= SHIFT;
    follows && wide && first.bottom() > first.paper * REACH && shares_columns(first, second)
}

/// Whether the narrower division is mostly part of the finer one.
fn shares_columns(first: &Fragment, second: &Fragment) -> bool {
    let (few, many) = if first.xs.len() <= second.xs.len() {
        (first, second)
    } else {
        (second, first)
    };
    let shift = many.left() - few.left();
    let has = |x: &&f64| many.xs.iter().any(|other| (*x + shift - other).abs() <= SHIFT);
    few.xs.iter().filter(has).count() * 3 >= few.xs.len() * 2
}

/// Puts the second below the first.
pub(super) fn join_below(first: &mut Fragment, mut second: Fragment) {
    let shift = first.left() - second.left();
    let mut stops = first.xs.clone();
    for x in &mut second.xs {
        *x = nearest(&first.xs, *x + shift);
        stops.push(*x);
    }
    for cell in &mut second.cells {
        (cell.left, cell.right) = (
            nearest(&first.xs, cell.left + shift),
            nearest(&first.xs, cell.right + shift),
        );
    }
    stops.sort_by(f64::total_cmp);
    stops.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    drop_repeated_head(first, &mut second);
    let is_split = is_split_row(first, &second);
    let last = first.rows() - 1;
    let down = if is_split { last } else { last + 1 };
    first
        .pages
        .extend(second.pages.iter().skip(usize::from(is_split)));
    for mut cell in second.cells {
        cell.row += down;
        let begins = cell.row == down;
        let above = first
            .cells
            .iter_mut()
            .find(|above| begins && above.row + above.rows == last + 1 && same(above, &cell));
        match above {
            Some(above) if is_split || belongs(above, &cell) => {
                above.rows = cell.row + cell.rows - above.row;
                go_on(&mut above.text, &cell.text);
                above.bounded.1 = cell.bounded.1;
            }
            _ => first.cells.push(cell),
        }
    }
    first.xs = stops;
    first.ys = second.ys;
    first.paper = second.paper;
}

fn nearest(xs: &[f64], x: f64) -> f64 {
    xs.iter()
        .copied()
        .find(|other| (x - other).abs() <= SHIFT)
        .unwrap_or(x)
}

fn same(above: &Piece, cell: &Piece) -> bool {
    (above.left - cell.left).abs() < 0.01 && (above.right - cell.right).abs() < 0.01
}

/// Whether the cell at the top of a page goes on with the merged one above: it says nothing of its own, or a line was
/// left open between them.
fn belongs(above: &Piece, cell: &Piece) -> bool {
    let open = !above.bounded.1 && !cell.bounded.0;
    open || (cell.text.is_empty() && !above.text.is_empty() && (above.rows > 1 || cell.rows > 1))
}

/// The head of a table is printed again on each page.
fn drop_repeated_head(first: &Fragment, second: &mut Fragment) {
    let row = |table: &Fragment, row: usize| -> Vec<String> {
        let cells = table.cells.iter().filter(|cell| cell.row == row);
        cells.map(|cell| cell.text.replace('\n', "")).collect()
    };
    let mut head = 0;
    while head < second.rows().min(first.rows()) && head < 4 {
        let own = row(second, head);
        let said = own.iter().filter(|text| !text.is_empty()).count();
        if said < 2 || own != row(first, head) {
            break;
        }
        head += 1;
    }
    if head == 0 || head == second.rows() {
        return;
    }
    second.cells.retain(|cell| cell.row >= head);
    for cell in &mut second.cells {
        cell.row -= head;
    }
    second.pages.drain(..head);
    second.ys.drain(..head);
}

/// Whether the first row of the second piece is the rest of the last row of the first: what is short there (a weight, a
/// score) was printed on one side of the break only.
fn is_split_row(first: &Fragment, second: &Fragment) -> bool {
    let last = first.rows() - 1;
    let (mut both, mut one, mut split_figures, mut open) = (0, 0, 0, 0);
    let mut counted = 0;
    for above in first.cells.iter().filter(|cell| cell.row + cell.rows == last + 1) {
        let below = second
            .cells
            .iter()
            .find(|cell| cell.row == 0 && same(above, cell));
        let Some(below) = below else { continue };
        counted += 1;
        open += usize::from(!above.bounded.1 && !below.bounded.0);
        if above.rows > 1 || below.rows > 1 {
            continue;
        }
        match (above.text.is_empty(), below.text.is_empty()) {
            (false, false) => {
                both += 1;
                // two figures in one cell: two rows
                if is_figure(&above.text) && is_figure(&below.text) {
                    return false;
                }
            }
            (true, true) => {}
            _ => {
                one += 1;
                split_figures += usize::from(is_figure(&above.text) || is_figure(&below.text));
            }
        }
    }
    if counted > 0 && open * 2 > counted {
        return true;
    }
    both + one > 0
        && (split_figures >= 2 || (split_figures == 1 && one > both) || (one >= 2 && one > both * 2))
        && second_is_incomplete(first, second)
}

/// A row of its own has what the rows above have: a table that ends with a row of remarks is no split row.
fn second_is_incomplete(first: &Fragment, second: &Fragment) -> bool {
    let last = first.rows() - 1;
    let starts = |fragment: &Fragment, row: usize| {
        fragment
            .cells
            .iter()
            .filter(|cell| cell.row <= row && row < cell.row + cell.rows)
            .count()
    };
    starts(first, last) == starts(second, 0)
}

fn is_figure(text: &str) -> bool {
    let bare = text.trim_end_matches(['%', '％', '分']);
    !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether the second shows further columns of the rows of the first: a sheet that was cut from top to bottom.
pub(super) fn goes_on_beside(first: &Fragment, second: &Fragment) -> bool {
    let heights =
        |table: &Fragment| -> Vec<f64> { table.ys.windows(2).map(|pair| pair[1] - pair[0]).collect() };
    let (a, b) = (heights(first), heights(second));
    let single = first.pages.first() == first.pages.last();
    let unlike = (first.width() - second.width()).abs() > SHIFT || !shares_columns(first, second);
    let follows = first.pages.first() < second.pages.first();
    single
        && follows
        && unlike
        && a.len() >= 3
        && a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| (a - b).abs() <= HIGH)
}

/// Puts the second to the right of the first.
pub(super) fn join_beside(first: &mut Fragment, second: Fragment) {
    let right = first.left() + first.width();
    let shift = right - second.left();
    let mut is_cut = second.is_overlaid;
    for mut cell in second.cells {
        let begins = (cell.left - second.xs[0]).abs() < 0.01;
        (cell.left, cell.right) = (cell.left + shift, cell.right + shift);
        let left = first.cells.iter_mut().find(|left| {
            begins
                && (left.right - right).abs() < 0.01
                && (left.row, left.rows) == (cell.row, cell.rows)
                && !left.closed.1
                && !cell.closed.0
        });
        match left {
            Some(left) => {
                left.right = cell.right;
                // a text that is cut by the paper's edge is drawn on both pages: characters that fall on themselves are
                // one
                left.closed.1 = cell.closed.1;
                let moved = cell.glyphs.into_iter().map(|glyph| Glyph {
                    left: glyph.left + shift,
                    right: glyph.right + shift,
                    ..glyph
                });
                left.glyphs.extend(moved);
                let lines = lines_of(left.glyphs.clone());
                is_cut |= lines.iter().any(|line| line.overlaid > 0);
                left.text = text_of_cell(&lines, left.right - left.left);
            }
            None => first.cells.push(cell),
        }
    }
    first.is_overlaid |= is_cut;
    first.xs.extend(second.xs.iter().skip(1).map(|x| x + shift));
}
