//! Cells in a row to the columns of a header by what they hold: the cheapest way that keeps their order.

use super::pieces::{Class, Piece};
use crate::facts::columns::Column;

/// What no cell is worth: as good as forbidden.
const NEVER: u32 = 1000;

/// How badly a cell of a class fits a column.
fn misfit(class: Class, column: Column) -> u32 {
    use Class::{Bare, Comparison, Dash, Either, Empty, First, Long, Measure, Percent, Second, Sign, Words};
    match (column, class) {
        (Column::Name | Column::Fund, Empty) => 6,
        (_, Empty) => 0,
        (Column::First, First) | (Column::Second, Second) | (Column::Nature, Sign) => 0,
        (Column::First, Either) => 1,
        (Column::Second, Either) => 0,
        (Column::Second, First) => 2,
        (Column::First, Second) => 4,
        (Column::First, Words) => 9,
        (Column::Second, Words) => 7,
        (Column::First | Column::Second | Column::Section, _) => 40,
        (Column::Name, Words) => 0,
        (Column::Name, Long) => 2,
        (Column::Name, First | Second | Either) => 6,
        (Column::Name, Measure) => 8,
        (Column::Name, _) => 22,
        (Column::Nature, _) => 25,
        (Column::Unit, Words) => 1,
        (Column::Unit, Dash) => 1,
        (Column::Unit, _) => 25,
        (Column::Target, Comparison | Measure | Percent) => 0,
        (Column::Target, Words | Long) => 2,
        (Column::Target, Bare) => 3,
        (Column::Target | Column::Actual, Dash) => 1,
        (Column::Actual, Measure | Percent) => 0,
        (Column::Actual, Words | Long | Bare) => 2,
        (Column::Actual, Comparison) => 1,
        (Column::Target | Column::Actual, _) => 12,
        (Column::FirstWeight | Column::SecondWeight, Bare | Dash) => 0,
        (Column::FirstWeight | Column::SecondWeight, _) => 20,
        (Column::Weight | Column::Score, Bare) => 0,
        (Column::Weight | Column::Score, Dash) => 1,
        (Column::Weight | Column::Score, _) => 20,
        (Column::Reason, Long | Dash) => 0,
        (Column::Reason, Words) => 1,
        (Column::Reason, _) => 14,
        (Column::Standard, Long | Dash | Words) => 1,
        (Column::Standard, _) => 10,
        (Column::Order, Bare) => 0,
        (Column::Initial | Column::Budget | Column::Spent, Bare | Dash) => 0,
        (Column::Initial | Column::Budget | Column::Spent, Measure) => 1,
        (Column::Rate, Percent | Dash) => 0,
        (Column::Rate, Bare) => 1,
        (Column::Fund, Words) => 0,
        (Column::Fund, Long) => 3,
        (Column::Goal | Column::Done, _) => 0,
        _ => 20,
    }
}

/// What it costs that a row lacks a column. Of the fund rows only one has marks, and many have no amounts.
fn lack(column: Column, funds: bool) -> u32 {
    match column {
        Column::Weight | Column::Score | Column::Rate if funds => 1,
        Column::Section | Column::First | Column::Second | Column::Reason | Column::Order => 0,
        Column::FirstWeight | Column::SecondWeight => 1,
        Column::Name | Column::Fund => 12,
        Column::Target | Column::Actual => 6,
        Column::Weight | Column::Score => 5,
        Column::Nature => 4,
        Column::Unit => 3,
        _ => 2,
    }
}

/// Where each cell belongs: the number of its row, from 0, and its column.
pub(super) struct Place {
    pub row: usize,
    pub column: usize,
}

/// Lays cells to columns. `one_row`: all cells are of one row; otherwise rows end where it is cheapest.
/// The cost is linear in the cells. Nothing where the header is empty
/// or one row has more cells than columns.
pub(super) fn lay(pieces: &[Piece], columns: &[Column], one_row: bool) -> Vec<Place> {
    lay_at_cost(pieces, columns, one_row).0
}

/// Lays the cells of one row and says how many empty ones at its beginning belong to no column: they stand under the
/// label of the part (绩效指标), which is no column of it.
pub(super) fn lay_row(pieces: &[Piece], columns: &[Column]) -> (usize, Vec<Place>) {
    let blank = pieces.iter().take_while(|piece| piece.is_empty()).count();
    let most = blank.min(3).min(pieces.len().saturating_sub(1));
    let ways = (0..=most).map(|skipped| (skipped, lay_at_cost(&pieces[skipped..], columns, true)));
    let best = ways.min_by_key(|(_, (_, cost))| *cost);
    best.map_or((0, Vec::new()), |(skipped, (places, _))| (skipped, places))
}

fn lay_at_cost(pieces: &[Piece], columns: &[Column], one_row: bool) -> (Vec<Place>, u32) {
    if columns.is_empty() || columns.len() > 60 || pieces.is_empty() {
        return (Vec::new(), NEVER);
    }
    let ways = Ways::of(columns, one_row);
    // Where the comparator has a column of its own, targets are bare numbers.
    let bare_targets = columns.contains(&Column::Nature);
    let misfit = |class, column| match (class, column) {
        (Class::Bare, Column::Target) if bare_targets => 0,
        _ => misfit(class, column),
    };
    let mut costs: Vec<u32> = (0..columns.len())
        .map(|column| ways.begin[column] + misfit(pieces[0].class(), columns[column]))
        .collect();
    let mut came_from: Vec<Vec<u8>> = Vec::with_capacity(pieces.len());
    for piece in &pieces[1..] {
        let class = piece.class();
        let mut next = Vec::with_capacity(columns.len());
        let mut from = Vec::with_capacity(columns.len());
        for (column, meaning) in columns.iter().enumerate() {
            let (best, cost) = (0..columns.len())
                .map(|before| (before, costs[before].saturating_add(ways.step(before, column))))
                .min_by_key(|(_, cost)| *cost)
                .unwrap_or((0, NEVER));
            next.push(cost.saturating_add(misfit(class, *meaning)));
            from.push(best as u8);
        }
        came_from.push(from);
        costs = next;
    }
    let last = (0..columns.len())
        .min_by_key(|column| costs[*column].saturating_add(ways.end[*column]))
        .unwrap_or(0);
    if one_row && costs[last] >= NEVER {
        return (Vec::new(), NEVER);
    }
    let cost = costs[last].saturating_add(ways.end[last]);
    (trace(last, &came_from, one_row), cost)
}

/// Back from the last cell to the first.
fn trace(last: usize, came_from: &[Vec<u8>], one_row: bool) -> Vec<Place> {
    let mut columns = vec![last];
    let mut at = last;
    for from in came_from.iter().rev() {
        at = from[at] as usize;
        columns.push(at);
    }
    columns.reverse();
    let mut row = 0;
    let mut before = None;
    columns
        .into_iter()
        .map(|column| {
            if !one_row && before.is_some_and(|before| column <= before) {
                row += 1;
            }
            before = Some(column);
            Place { row, column }
        })
        .collect()
}

/// The costs of beginning a row with a column, of ending it, and of a step between two.
struct Ways {
    begin: Vec<u32>,
    end: Vec<u32>,
    one_row: bool,
}

impl Ways {
    fn of(columns: &[Column], one_row: bool) -> Ways {
        let funds = columns.contains(&Column::Fund);
        let lacks: Vec<u32> = columns.iter().map(|column| lack(*column, funds)).collect();
        let begin = (0..columns.len()).map(|at| lacks[..at].iter().sum()).collect();
        let end = (0..columns.len())
            .map(|at| lacks[at + 1..].iter().sum())
            .collect();
        Ways { begin, end, one_row }
    }

    fn step(&self, from: usize, to: usize) -> u32 {
        match to > from {
            // What lies between two columns is what lies before the second less what lies before and in the first.
            true => self.begin[to] - self.begin[from + 1],
            false if self.one_row => NEVER,
            false => 1 + self.end[from] + self.begin[to],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns_of(cells: &[&str], one_row: bool) -> Vec<(usize, usize)> {
        use Column::{Actual, First, Name, Reason, Score, Second, Target, Weight};
        let pieces: Vec<Piece> = cells
            .iter()
            .map(|text| Piece {
                text: (*text).into(),
                ..Piece::default()
            })
            .collect();
        let header = [First, Second, Name, Target, Actual, Weight, Score, Reason];
        let places = lay(&pieces, &header, one_row);
        places.iter().map(|place| (place.row, place.column)).collect()
    }

    #[test]
    fn a_row_without_its_merged_cells_finds_its_columns() {
        let found = columns_of(
            &[
                "路灯更换数量",
                "≥90盏",
                "88盏",
                "8",
                "7.8",
                "两盏待供电部门接线，已约定日期。",
            ],
            true,
        );
        assert_eq!(found, [(0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7)]);
        let found = columns_of(&["质量指标", "亮灯率", "良好", "良好", "8", "8"], true);
        assert_eq!(found, [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6)]);
    }

    #[test]
    fn blanks_under_the_label_of_the_part_are_no_column() {
        use Column::{Actual, First, Name, Reason, Score, Second, Target, Weight};
        let row = |cells: &[&str]| -> (usize, Vec<usize>) {
            let piece = |text: &&str| Piece {
                text: (*text).into(),
                ..Piece::default()
            };
            let pieces: Vec<Piece> = cells.iter().map(piece).collect();
            let header = [First, Second, Name, Target, Actual, Weight, Score, Reason];
            let (skipped, places) = lay_row(&pieces, &header);
            (skipped, places.iter().map(|place| place.column).collect())
        };
        let whole = ["", "产出指标", "数量指标", "路灯", "≥90盏", "90盏", "8", "8"];
        assert_eq!(row(&whole), (1, vec![0, 1, 2, 3, 4, 5, 6]));
        let merged = ["", "", "", "路灯", "≥90盏", "90盏", "8", "8"];
        assert_eq!(row(&merged), (1, vec![0, 1, 2, 3, 4, 5, 6]));
        assert_eq!(row(&["", ""]).1.len(), 2, "an empty row stays one");
    }

    #[test]
    fn a_list_of_cells_is_parted_into_rows() {
        let found = columns_of(
            &[
                "产出指标",
                "数量指标",
                "路灯",
                "≥90盏",
                "90盏",
                "8",
                "8",
                "亮灯率",
                "100%",
                "100%",
                "5",
                "5",
            ],
            false,
        );
        assert_eq!(found[6], (0, 6));
        assert_eq!(found[7], (1, 2));
        assert_eq!(found[11], (1, 6));
    }
}
