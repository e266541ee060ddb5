//! Pages to what stands on them in reading order: paragraphs, and tables that go on over pages joined.

use super::columns::{aligned, ordered};
use super::continued::{goes_on_below, goes_on_beside, join_below, join_beside};
use super::fragment::{Fragment, fragment_of};
use super::grid::{grids, parted};
use super::lines::Line;
use super::margins::{self, Lines};
use super::page::Page;
use super::prose::{Paragraph, measure, paragraphs};
use crate::document::structured::{Field, Structured};

/// A paragraph or a table.
pub(super) enum Item {
    Text(Paragraph),
    Table(Fragment),
}

/// What stands on a page, before it is joined.
enum Entry {
    Line(u32, Line),
    Table(Fragment),
}

/// All that the pages hold in reading order.
pub(super) fn items(pages: Vec<Page>, structured: &mut Structured) -> Vec<Item> {
    let mut entries = entries(pages, structured);
    join_columns(&mut entries);
    tell_overlaid(&entries, structured);
    join_rows(&mut entries);
    let lines: Vec<(u32, Line)> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Line(page, line) => Some((*page, line.clone())),
            Entry::Table(_) => None,
        })
        .collect();
    let measure = measure(lines.iter().map(|(_, line)| line));
    let mut items = Vec::new();
    let mut open: Vec<(u32, Line)> = Vec::new();
    for entry in entries {
        match entry {
            Entry::Line(page, line) => open.push((page, line)),
            Entry::Table(fragment) => {
                items.extend(
                    paragraphs(&std::mem::take(&mut open), measure)
                        .into_iter()
                        .map(Item::Text),
                );
                items.extend(table_or_frames(fragment));
            }
        }
    }
    items.extend(paragraphs(&open, measure).into_iter().map(Item::Text));
    items
}

/// What was read of texts that are drawn over each other or cut off is not certain.
fn tell_overlaid(entries: &[Entry], structured: &mut Structured) {
    for entry in entries {
        if let Entry::Table(table) = entry
            && table.is_overlaid
        {
            let page = table.pages.first().copied().unwrap_or(1);
            structured.unread(format!("第{page}页的表格里有的字叠在一起或被裁断，可能读错"));
        }
    }
}

/// Lines and tables of all pages from top to bottom, running heads and page numbers left out.
fn entries(pages: Vec<Page>, structured: &mut Structured) -> Vec<Entry> {
    let mut texts = Vec::new();
    let mut tables = Vec::new();
    for (at, mut page) in pages.into_iter().enumerate() {
        let number = at as u32 + 1;
        let found = grids(&page).unwrap_or_else(|| {
            structured.unread(format!("第{number}页的线条太多，表格没有读成表格"));
            Vec::new()
        });
        let own: Vec<Fragment> = found
            .into_iter()
            .map(|grid| fragment_of(grid, &mut page.glyphs, number, page.height))
            .collect();
        tables.push(own);
        texts.push(Lines {
            lines: ordered(page.glyphs.into_iter().filter(|glyph| glyph.seen).collect()),
            height: page.height,
        });
    }
    margins::leave_aside(&mut texts);
    let mut entries = Vec::new();
    for (at, (text, tables)) in texts.into_iter().zip(tables).enumerate() {
        let mut tables = tables.into_iter().peekable();
        let number = at as u32 + 1;
        let mut next = 0;
        while next < text.lines.len() {
            let line = &text.lines[next];
            while let Some(table) = tables.next_if(|table| table.top() < line.y) {
                entries.push(Entry::Table(table));
            }
            let until = tables.peek().map_or(f64::INFINITY, Fragment::top);
            match aligned(&text.lines, next, number, text.height) {
                Some((end, fragment)) if fragment.bottom() < until => {
                    entries.push(Entry::Table(fragment));
                    next = end;
                }
                _ => {
                    entries.push(Entry::Line(number, line.clone()));
                    next += 1;
                }
            }
        }
        entries.extend(tables.map(Entry::Table));
    }
    entries
}

/// Joins tables whose columns go on on another page: pages go down first, then to the right.
fn join_columns(entries: &mut Vec<Entry>) {
    let mut at = 0;
    while at < entries.len() {
        let (before, after) = entries.split_at_mut(at + 1);
        let Some(Entry::Table(first)) = before.last_mut() else {
            at += 1;
            continue;
        };
        let beside = after.iter().take(FAR).position(|entry| match entry {
            Entry::Table(second) => (first.top() - second.top()).abs() < 3.0 && goes_on_beside(first, second),
            Entry::Line(..) => false,
        });
        let Some(found) = beside else {
            at += 1;
            continue;
        };
        if let Entry::Table(second) = entries.remove(at + 1 + found)
            && let Some(Entry::Table(first)) = entries.get_mut(at)
        {
            join_beside(first, second);
        }
    }
}

/// How many entries on the columns of a sheet may be found.
const FAR: usize = 40;

/// Joins tables that go on at the top of the next page.
fn join_rows(entries: &mut Vec<Entry>) {
    let mut joined: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries.drain(..) {
        match (joined.last_mut(), entry) {
            (Some(Entry::Table(first)), Entry::Table(second)) if goes_on_below(first, &second) => {
                join_below(first, second);
            }
            (_, entry) => joined.push(entry),
        }
    }
    *entries = joined;
}

/// A table of one column is text in frames.
fn table_or_frames(fragment: Fragment) -> Vec<Item> {
    if columns_of(&fragment).len() > 2 {
        return vec![Item::Table(fragment)];
    }
    let mut cells = fragment.cells;
    cells.sort_by_key(|cell| cell.row);
    let paragraphs = cells.into_iter().flat_map(|cell| {
        let page = fragment.pages.get(cell.row).copied().unwrap_or(1);
        let text = |text: &str| {
            Item::Text(Paragraph {
                text: text.to_owned(),
                page,
            })
        };
        cell.text
            .split('\n')
            .filter(|line| !line.is_empty())
            .map(text)
            .collect::<Vec<_>>()
    });
    paragraphs.collect()
}

/// Where the columns of a table part.
fn columns_of(fragment: &Fragment) -> Vec<f64> {
    let mut places: Vec<f64> = fragment
        .cells
        .iter()
        .flat_map(|cell| [cell.left, cell.right])
        .collect();
    places.sort_by(f64::total_cmp);
    parted(&places)
}

/// The rows of a table as they are laid out.
pub(super) fn rows_of(fragment: &Fragment) -> Vec<Vec<Field>> {
    let places = columns_of(fragment);
    let column = |x: f64| {
        let near = (0..places.len()).min_by(|a, b| (places[*a] - x).abs().total_cmp(&(places[*b] - x).abs()));
        near.unwrap_or(0) as u32
    };
    let mut rows: Vec<Vec<Field>> = vec![Vec::new(); fragment.rows()];
    for cell in &fragment.cells {
        let first = column(cell.left);
        rows[cell.row].push(Field {
            text: cell.text.clone(),
            column: first,
            columns: column(cell.right).saturating_sub(first).max(1),
            rows: cell.rows as u32,
        });
    }
    for row in &mut rows {
        row.sort_by_key(|field| field.column);
    }
    rows
}
