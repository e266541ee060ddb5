//! The tables of a document to the parts of a form: each row's cells laid to the columns of its part's header.

use super::labels::lone_labels;
use super::lay::{Ways, is_doubtful, lay_row};
use super::pieces::{Class, Piece};
use super::stream;
use super::two_rows::{completes_header, second_header, tell_weights};
use super::under::under_heads;
use crate::document::{BlockKind, Document};
use crate::facts::columns::{Column, bare, unit_in};
use smallvec::SmallVec;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

/// What a part of a form is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Keys,
    Funds,
    Goal,
    Indicators,
    /// 资金管理情况: questions that are answered in words.
    Accounts,
}

/// A column of a part.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub column: Column,
    /// As printed.
    pub name: Arc<str>,
    /// The column of the grid in which it stands.
    pub at: u32,
    /// How many columns of the grid it covers.
    pub columns: u32,
}

/// A row of a part.
#[derive(Clone, Debug, Default)]
pub(super) struct Row<'d> {
    /// A cell for each head, where the row has one.
    pub cells: Vec<Option<Piece<'d>>>,
    /// All cells of the row as they come.
    pub raw: Vec<Piece<'d>>,
    /// Whether the row is known to be whole: what it lacks is empty.
    pub whole: bool,
    /// Whether its cells fit the columns badly to which they were laid.
    pub doubtful: bool,
}

/// A part of a form.
#[derive(Clone, Debug)]
pub(super) struct Section<'d> {
    pub part: Part,
    pub heads: Vec<Head>,
    pub rows: Vec<Row<'d>>,
    /// 万元, where the header or a label above it says so.
    pub unit: Option<String>,
    /// Whether every cell stands under its header.
    pub grid: bool,
    /// How the cells of a row are laid to the heads, once that was asked for.
    ways: OnceCell<Ways>,
}

impl<'d> Section<'d> {
    /// A section without rows.
    pub(super) fn new(part: Part, heads: Vec<Head>, unit: Option<String>, grid: bool) -> Section<'d> {
        Section {
            part,
            heads,
            rows: Vec::new(),
            unit,
            grid,
            ways: OnceCell::new(),
        }
    }

    fn ways(&self) -> &Ways {
        self.ways.get_or_init(|| {
            let columns: Vec<Column> = self.heads.iter().map(|head| head.column).collect();
            Ways::of(&columns, true)
        })
    }
}

/// A row of a table with the columns of its cells.
pub(super) struct Raw<'d> {
    pub cells: Vec<(u32, Piece<'d>)>,
    pub grid: bool,
    /// The last row of its table.
    pub last: bool,
}

/// The parts of what may be forms in tables, and where the first of these tables begins.
fn of_tables(document: &Document) -> Option<(Vec<Section<'_>>, Range<u32>)> {
    let mut sections: Vec<Section> = Vec::new();
    let mut range: Option<Range<u32>> = None;
    let mut pending: Vec<(u32, Piece)> = Vec::new();
    for block in &document.blocks {
        let rows = match block.kind {
            BlockKind::Table(index) => raw_rows(document, index as usize),
            // A line between the tables of a form, or below them: 注 and 说明.
            _ if !sections.is_empty() && !matches!(block.kind, BlockKind::Heading(_)) => {
                vec![Raw {
                    cells: vec![(0, Piece::of(document, block.range.clone()))],
                    grid: false,
                    last: true,
                }]
            }
            _ => continue,
        };
        let mut added = false;
        for mut raw in rows {
            if begins_header(&raw) {
                pending = raw.cells;
                continue;
            }
            if !pending.is_empty() {
                let mut cells = std::mem::take(&mut pending);
                cells.append(&mut raw.cells);
                raw.cells = cells;
            }
            added |= add(&mut sections, raw);
        }
        if added {
            let start = range.as_ref().map_or(block.range.start, |range| range.start);
            range = Some(start..block.range.end);
        }
    }
    range.map(|range| (sections, range))
}

/// The rows of a table; a cell merged over rows is repeated in them and marked as covered. This and `under` are all
/// that knows of merged cells.
fn raw_rows(document: &Document, index: usize) -> Vec<Raw<'_>> {
    let Some(table) = document.tables.get(index) else {
        return Vec::new();
    };
    let mut open: Vec<(u32, u32, Piece)> = Vec::new();
    let count = table.rows.len();
    let rows = table.rows.iter().enumerate().map(|(at, row)| {
        let mut cells: Vec<(u32, Piece)> = Vec::with_capacity(row.len() + open.len());
        open.retain(|(_, left, _)| *left > 0);
        for (column, left, piece) in &mut open {
            *left -= 1;
            cells.push((*column, piece.clone().covered()));
        }
        for cell in row {
            let piece = Piece::of_cell(document, cell);
            if cell.rows > 1 && table.grid {
                open.push((cell.column, cell.rows - 1, piece.clone()));
            }
            cells.push((cell.column, piece));
        }
        cells.sort_by_key(|(column, _)| *column);
        Raw {
            cells,
            grid: table.grid,
            last: at + 1 == count,
        }
    });
    rows.collect()
}

/// What part a row is the header of, with its heads.
pub(super) fn header(cells: &[(u32, Piece)]) -> Option<(Part, Vec<Head>)> {
    // Most rows are no header: nothing in them says what a column holds.
    if !cells.iter().any(|(_, piece)| column_in(piece).is_some()) {
        return None;
    }
    let filled: Vec<&(u32, Piece)> = cells.iter().filter(|(_, piece)| !piece.is_empty()).collect();
    let heads: Vec<Head> = filled
        .iter()
        .filter(|(_, piece)| !piece.covered || filled.len() > 2)
        .filter_map(|(at, piece)| {
            Some(Head {
                column: column_in(piece)?,
                name: piece.text.as_ref().into(),
                at: *at,
                columns: piece.columns,
            })
        })
        .collect();
    let count = |is: fn(Column) -> bool| heads.iter().filter(|head| is(head.column)).count();
    let has = |column: Column| heads.iter().any(|head| head.column == column);
    let strangers = filled.len() - heads.len();
    let money = count(Column::is_money);
    let indicators = count(Column::is_indicator);
    let part = if money >= 2 || (money == 1 && has(Column::Rate)) {
        Part::Funds
    } else if (has(Column::Name) || has(Column::Target)) && indicators >= 3 && strangers <= 2 {
        Part::Indicators
    } else if has(Column::Account) && strangers <= 1 && filled.len() <= 4 {
        Part::Accounts
    } else if (has(Column::Goal) || has(Column::Done)) && strangers <= 1 && filled.len() <= 4 {
        Part::Goal
    } else {
        return None;
    };
    Some((part, heads))
}

/// What a cell says as a header; a caption may have run into the first one.
fn column_in(piece: &Piece) -> Option<Column> {
    let first = || piece.text.ends_with("一级指标").then_some(Column::First);
    piece.column().or_else(first)
}

/// The beginning of a header that was broken in two: 绩效指标 | 一级指标, without the columns that follow.
fn begins_header(raw: &Raw) -> bool {
    let filled = || raw.cells.iter().filter(|(_, piece)| !piece.is_empty());
    let last = filled().next_back().and_then(|(_, piece)| piece.column());
    !raw.grid && last == Some(Column::First) && filled().all(|(_, piece)| piece.column().is_some())
}

/// A row of another table that was copied behind this one.
fn is_foreign(section: &Section, raw: &Raw) -> bool {
    let filled = raw.cells.iter().filter(|(_, piece)| !piece.is_empty()).count();
    let numbered = raw.cells.iter().find(|(_, piece)| !piece.is_empty());
    let order = numbered.is_some_and(|(_, piece)| piece.column() == Some(Column::Order));
    let own = section.heads.iter().any(|head| head.column == Column::Order);
    section.part == Part::Indicators
        && ((order && !own) || (!section.grid && filled > section.heads.len() + 2))
}

/// A row to the section that it belongs to, or a header to a new section; says whether a row was added.
fn add<'d>(sections: &mut Vec<Section<'d>>, raw: Raw<'d>) -> bool {
    if let Some(section) = sections.last_mut()
        && completes_header(section, &raw)
        && second_header(section, &raw)
    {
        return false;
    }
    if let Some((part, heads)) = header(&raw.cells) {
        let values = raw
            .cells
            .iter()
            .filter(|(_, piece)| piece.column().is_none() && !piece.is_empty());
        let value = values.map(|(_, piece)| piece.clone()).next();
        let unit = unit_of(sections, &raw);
        open(sections, part, heads, unit, raw.grid);
        if let (Part::Goal, Some(value), Some(section)) = (part, value, sections.last_mut()) {
            // 总体目标 | 完成二十公里: the goal stands beside its label.
            section.rows.push(Row {
                cells: Vec::new(),
                raw: vec![value],
                ..Row::default()
            });
            return true;
        }
        return false;
    }
    let begins = raw.cells.iter().find(|(_, piece)| !piece.is_empty());
    let project = begins.is_some_and(|(_, piece)| names_project(&piece.text)) || is_title_row(&raw);
    if sections
        .last()
        .is_none_or(|last| is_foreign(last, &raw) || (project && last.part == Part::Indicators))
    {
        sections.push(Section::new(Part::Keys, Vec::new(), None, raw.grid));
    }
    let Some(section) = sections.last_mut() else {
        return false;
    };
    if second_header(section, &raw) {
        return false;
    }
    let row = match (section.grid && raw.grid, section.part) {
        (_, Part::Keys) => loose(raw),
        (true, _) => under_heads(section, raw),
        (false, _) => laid(section, raw),
    };
    section.rows.push(row);
    true
}

/// The title of the next form in a row of its own.
fn is_title_row(raw: &Raw) -> bool {
    let mut filled = raw.cells.iter().filter(|(_, piece)| !piece.is_empty());
    let first = filled.next();
    filled.next().is_none() && first.is_some_and(|(_, piece)| super::kind::is_title(&piece.text))
}

/// The key of the first row of a form.
fn names_project(text: &str) -> bool {
    let begins = text.starts_with(|c: char| !is_letter(c) || matches!(c, '项' | '专'));
    begins && text.len() <= LONGEST_KEY && matches!(bare(text).as_str(), "项目名称" | "专项名称")
}

fn is_letter(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// The bytes of a key with a remark in brackets.
const LONGEST_KEY: usize = 90;

fn unit_of(sections: &[Section], raw: &Raw) -> Option<String> {
    let own = raw.cells.iter().find_map(|(_, piece)| unit_in(&piece.text));
    let above = || {
        let row = sections.last()?.rows.last()?;
        row.raw.iter().find_map(|piece| unit_in(&piece.text))
    };
    own.or_else(above).map(str::to_owned)
}

pub(super) fn open(
    sections: &mut Vec<Section<'_>>,
    part: Part,
    mut heads: Vec<Head>,
    unit: Option<String>,
    grid: bool,
) {
    heads.retain(|head| head.column != Column::Section);
    tell_weights(&mut heads);
    if matches!(part, Part::Funds | Part::Accounts) {
        heads.insert(
            0,
            Head {
                column: Column::Fund,
                name: "".into(),
                at: 0,
                columns: 1,
            },
        );
    }
    sections.push(Section::new(part, heads, unit, grid));
}

/// The cells of a row as they come.
pub(super) fn loose(raw: Raw<'_>) -> Row<'_> {
    Row {
        cells: Vec::new(),
        raw: raw.cells.into_iter().map(|(_, piece)| piece).collect(),
        whole: raw.grid,
        doubtful: false,
    }
}

/// 绩效指标, 项目资金（万元）: the label of a part, merged over its rows.
pub(super) fn is_label(piece: &Piece) -> bool {
    piece.column() == Some(Column::Section)
}

/// Cells laid to columns by what they hold.
pub(super) fn laid<'d>(section: &Section, raw: Raw<'d>) -> Row<'d> {
    let pieces = raw.cells.iter().map(|(_, piece)| piece);
    let pieces: SmallVec<[&Piece; 16]> = pieces.filter(|piece| !is_label(piece)).collect();
    let mut cells = Vec::new();
    cells.resize_with(section.heads.len(), || None);
    if lone_labels(section, &pieces, &mut cells) {
        drop(pieces);
        return Row { cells, ..loose(raw) };
    }
    // Empty cells at the end follow the last filled one; rows copied without their merged cells may end with too many.
    let shown = pieces
        .iter()
        .rposition(|piece| !piece.is_empty())
        .map_or(0, |last| last + 1);
    let mut next = 0;
    let ways = section.ways();
    let classes: SmallVec<[Class; 16]> = pieces[..shown].iter().map(|piece| piece.class()).collect();
    let (skipped, places) = lay_row(&classes, ways);
    for (piece, place) in pieces[skipped..].iter().zip(places) {
        cells[place.column] = Some((*piece).clone());
        next = place.column + 1;
    }
    if next > 0 {
        for (cell, piece) in cells[next..].iter_mut().zip(&pieces[shown..]) {
            *cell = Some((*piece).clone());
        }
    }
    drop(pieces);
    Row {
        doubtful: section.part == Part::Indicators && is_doubtful(&cells, ways.columns()),
        whole: !raw.last,
        cells,
        ..loose(raw)
    }
}

/// The parts of the forms of a document: from its tables, else from a list of cells in its paragraphs, else from a table
/// that has the title of a form above it and no header that is known.
pub(super) fn of(document: &Document) -> Option<(Vec<Section<'_>>, Range<u32>)> {
    let holds_rows = |section: &Section| {
        matches!(section.part, Part::Indicators | Part::Funds) && !section.rows.is_empty()
    };
    let tables = of_tables(document);
    match tables {
        Some((sections, range)) if sections.iter().any(holds_rows) => Some((sections, range)),
        tables => stream::of_blocks(document)
            .or_else(|| tables.filter(|(_, range)| super::kind::is_titled(document, range.start))),
    }
}
