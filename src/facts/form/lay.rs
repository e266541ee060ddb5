//! Cells in a row to the columns of a header by what they hold: the cheapest way that keeps their order.

use super::pieces::{Class, Piece};
use crate::facts::columns::Column;
use smallvec::SmallVec;

/// What no cell is worth: as good as forbidden.
const NEVER: i64 = 1000;

/// No form has more columns.
const MOST_COLUMNS: usize = 60;

/// How badly a cell of a class fits a column.
fn misfit(class: Class, column: Column) -> i64 {
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
        (Column::Account | Column::Problem, Long | Words | Dash) => 0,
        _ => 20,
    }
}

/// Whether the cells of a row were laid to columns that do not fit them: its columns are not known.
pub(super) fn is_doubtful(cells: &[Option<Piece>], columns: &[Column]) -> bool {
    let cost = |(piece, column): (&Option<Piece>, &Column)| match piece {
        Some(piece) => misfit(piece.class(), *column),
        None => 0,
    };
    let cost: i64 = cells.iter().zip(columns).map(cost).sum();
    cost >= MOST_MISFIT
}

/// Two cells of a row in columns where they have no place.
const MOST_MISFIT: i64 = 40;

/// What it costs that a row lacks a column. Of the fund rows only one has marks, and many have no amounts.
fn lack(column: Column, funds: bool) -> i64 {
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

/// Lays cells to columns; rows end where it is cheapest. Nothing where the header is empty.
pub(super) fn lay(pieces: &[Piece], columns: &[Column]) -> Vec<Place> {
    let classes: Vec<Class> = pieces.iter().map(Piece::class).collect();
    lay_at_cost(&classes, &Ways::of(columns, false)).0
}

/// Lays the cells of one row and says how many empty ones at its beginning belong to no column: they stand under the
/// label of the part (绩效指标), which is no column of it. Nothing where the row has more cells than columns.
pub(super) fn lay_row(classes: &[Class], ways: &Ways) -> (usize, Vec<Place>) {
    let blank = classes.iter().take_while(|class| **class == Class::Empty).count();
    let most = blank.min(3).min(classes.len().saturating_sub(1));
    let tried = (0..=most).map(|skipped| (skipped, lay_at_cost(&classes[skipped..], ways)));
    let best = tried.min_by_key(|(_, (_, cost))| *cost);
    best.map_or((0, Vec::new()), |(skipped, (places, _))| (skipped, places))
}

/// The cheapest way and its cost, in time linear in cells × columns.
fn lay_at_cost(classes: &[Class], ways: &Ways) -> (Vec<Place>, i64) {
    let many = ways.columns.len();
    if many == 0 || many > MOST_COLUMNS || classes.is_empty() {
        return (Vec::new(), NEVER);
    }
    let (mut costs, mut behind) = ([0; MOST_COLUMNS], [(0, 0); MOST_COLUMNS]);
    let (costs, behind) = (&mut costs[..many], &mut behind[..many]);
    for (column, cost) in costs.iter_mut().enumerate() {
        *cost = ways.begin[column] + ways.misfit(classes[0], column);
    }
    let mut came_from = CameFrom::from_elem(0, (classes.len() - 1) * many);
    for (class, from) in classes[1..].iter().zip(came_from.chunks_exact_mut(many)) {
        ways.step(costs, behind, *class, from);
    }
    let cost_at = |column: &usize| costs[*column] + ways.end[*column];
    let last = (0..many).min_by_key(cost_at).unwrap_or(0);
    if ways.one_row && costs[last] >= NEVER {
        return (Vec::new(), NEVER);
    }
    (trace(last, &came_from, many, ways.one_row), cost_at(&last))
}

/// For each cell but the first, for each column where it may stand, the column of the cell before.
type CameFrom = SmallVec<[u8; 128]>;

/// Back from the last cell to the first.
fn trace(last: usize, came_from: &[u8], many: usize, one_row: bool) -> Vec<Place> {
    let mut columns = Vec::with_capacity(came_from.len() / many + 1);
    columns.push(last);
    let mut at = last;
    for from in came_from.rchunks(many) {
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

/// The columns of a header with what it costs to begin a row with each, to end it, and to step between two.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    columns: Vec<Column>,
    begin: Vec<i64>,
    end: Vec<i64>,
    one_row: bool,
    bare_targets: bool,
}

impl Ways {
    /// `one_row`: all cells are of one row; otherwise a row may end behind each.
    pub(super) fn of(columns: &[Column], one_row: bool) -> Ways {
        let funds = columns.contains(&Column::Fund);
        let lacks: Vec<i64> = columns.iter().map(|column| lack(*column, funds)).collect();
        let sums = lacks.iter().scan(0, |sum, lack| {
            *sum += lack;
            Some(*sum)
        });
        let begin: Vec<i64> = std::iter::once(0).chain(sums).collect();
        let all = begin[columns.len()];
        Ways {
            columns: columns.to_vec(),
            end: begin[1..].iter().map(|before| all - before).collect(),
            begin,
            one_row,
            // Where the comparator has a column of its own, targets are bare numbers.
            bare_targets: columns.contains(&Column::Nature),
        }
    }

    /// The columns.
    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn misfit(&self, class: Class, column: usize) -> i64 {
        match (class, self.columns[column]) {
            (Class::Bare, Column::Target) if self.bare_targets => 0,
            (class, column) => misfit(class, column),
        }
    }

    /// Puts one more cell to the costs, and where each came from. Of ways equally cheap the one from the first column.
    fn step(&self, costs: &mut [i64], behind: &mut [(i64, usize)], class: Class, came_from: &mut [u8]) {
        let many = self.columns.len();
        // From this column or one behind it only a new row leads here.
        let mut least = (i64::MAX, 0);
        for from in (0..many).rev() {
            let cost = costs[from] + if self.one_row { 0 } else { self.end[from] };
            if cost <= least.0 {
                least = (cost, from);
            }
            behind[from] = least;
        }
        let mut ahead = (i64::MAX, 0);
        for column in 0..many {
            let turn = if self.one_row {
                NEVER
            } else {
                1 + self.begin[column]
            };
            let (mut cost, mut from) = (behind[column].0 + turn, behind[column].1);
            // What lies between two columns is what lies before the second less what lies before and in the first.
            if column > 0 && ahead.0 + self.begin[column] <= cost {
                (cost, from) = (ahead.0 + self.begin[column], ahead.1);
            }
            came_from[column] = from as u8;
            let own = costs[column] - self.begin[column + 1];
            if own < ahead.0 {
                ahead = (own, column);
            }
            costs[column] = cost + self.misfit(class, column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns_of(cells: &[&str], one_row: bool) -> Vec<(usize, usize)> {
        use Column::{Actual, First, Name, Reason, Score, Second, Target, Weight};
        let pieces: Vec<Piece> = cells.iter().map(|text| Piece::new(*text, 0..0)).collect();
        let classes: Vec<Class> = pieces.iter().map(Piece::class).collect();
        let header = [First, Second, Name, Target, Actual, Weight, Score, Reason];
        let places = match one_row {
            true => lay_row(&classes, &Ways::of(&header, true)).1,
            false => lay(&pieces, &header),
        };
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
            let classes: Vec<Class> = cells.iter().map(|text| Piece::new(*text, 0..0).class()).collect();
            let header = [First, Second, Name, Target, Actual, Weight, Score, Reason];
            let (skipped, places) = lay_row(&classes, &Ways::of(&header, true));
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
