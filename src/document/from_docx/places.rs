//! The laid-out text of a Word file back to the elements of its main part: between which bytes each piece of it stands.

use super::paragraph::Paragraph;
use crate::document::{BlockKind, Document};
use std::ops::Range;

/// A paragraph of the part, and the run or other element in it; the paragraph alone where it holds none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Spot {
    /// The paragraph, as an index into `Parts::paragraphs`.
    pub paragraph: u32,
    /// The element right below it, as an index into `Parts::children`.
    pub child: Option<u32>,
}

/// From which byte of a paragraph's text on it was read from where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// The byte of the text.
    pub at: u32,
    /// Where it was read from.
    pub spot: Spot,
}

/// A paragraph's element.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Element {
    /// The byte at which it begins.
    pub start: usize,
    /// The byte at which its closing tag begins; behind the tag where that closes itself.
    pub inner_end: usize,
    /// Whether it is one tag that closes itself.
    pub is_empty: bool,
}

/// Where paragraphs, and what stands right in them, begin and end.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The paragraphs.
    pub paragraphs: Vec<Element>,
    /// The runs and other elements right below a paragraph.
    pub children: Vec<Range<usize>>,
}

impl Parts {
    pub(super) fn paragraph(&mut self, start: usize) -> Spot {
        self.paragraphs.push(Element {
            start,
            ..Element::default()
        });
        Spot {
            paragraph: self.paragraphs.len() as u32 - 1,
            child: None,
        }
    }

    /// What is told of where a tag closes: the paragraph itself where no element is left open, or what stands right in it.
    pub(super) fn end(&mut self, open: usize, spot: Spot, tag: Range<usize>) {
        let child = spot.child.and_then(|child| self.children.get_mut(child as usize));
        match (open, child) {
            (0, _) => {
                if let Some(element) = self.paragraphs.get_mut(spot.paragraph as usize) {
                    element.inner_end = tag.start;
                    element.is_empty = tag.is_empty();
                }
            }
            (1, Some(child)) => child.end = tag.end,
            _ => {}
        }
    }

    pub(super) fn child(&mut self, home: Spot, start: usize) -> Spot {
        self.children.push(start..start);
        Spot {
            child: Some(self.children.len() as u32 - 1),
            ..home
        }
    }
}

/// A piece of the laid-out text and where it was read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The first byte in the source.
    pub start: u32,
    /// The byte after the last; the first where the piece is an empty cell.
    pub end: u32,
    /// Where it was read from.
    pub spot: Spot,
}

/// Where the text of a file was read from.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The name of the main part.
    pub part: String,
    /// Its elements.
    pub parts: Parts,
    /// The pieces of the text, ascending.
    pub marks: Vec<Mark>,
}

impl Places {
    /// The first and the last mark of a range of the source, both in one paragraph. What was read from nowhere, such as
    /// the number of a list, is where what follows it is, or what stands before it.
    pub fn of(&self, range: &Range<u32>) -> Option<(usize, usize)> {
        let first = self
            .marks
            .partition_point(|mark| mark.end <= range.start && mark.start < range.start);
        let first = first.min(self.marks.len().checked_sub(1)?);
        let paragraph = self.marks[first].spot.paragraph;
        let inside = self.marks[first..]
            .iter()
            .take_while(|mark| mark.start < range.end && mark.spot.paragraph == paragraph);
        Some((first, first + inside.count().saturating_sub(1)))
    }

    /// All that was read from where the marks from the first to the last were read from.
    pub fn around(&self, first: usize, last: usize) -> Range<u32> {
        let (from, to) = (&self.marks[first], &self.marks[last]);
        let before = self.marks[..first].iter().rev();
        let start = before.take_while(|mark| mark.spot == from.spot).last();
        let behind = self.marks[last..].iter();
        let end = behind.take_while(|mark| mark.spot == to.spot).last();
        start.unwrap_or(from).start..end.unwrap_or(to).end
    }
}

/// The text of a paragraph as it was laid out: the number of its list before it.
pub(super) struct Piece {
    text: String,
    anchors: Vec<Anchor>,
    home: Spot,
}

impl Piece {
    fn of(mark: &str, text: &str, anchors: &[Anchor], home: Spot) -> Piece {
        let moved = anchors.iter().enumerate().map(|(number, anchor)| Anchor {
            // the number stands where the text begins
            at: if number == 0 {
                0
            } else {
                anchor.at + mark.len() as u32
            },
            ..*anchor
        });
        Piece {
            text: format!("{mark}{text}"),
            anchors: moved.collect(),
            home,
        }
    }

    /// Its characters that are no blanks, and where each was read from.
    fn signs(&self) -> impl Iterator<Item = (char, Spot)> {
        let mut next = 0;
        self.text.char_indices().filter_map(move |(at, c)| {
            while self
                .anchors
                .get(next)
                .is_some_and(|anchor| anchor.at as usize <= at)
            {
                next += 1;
            }
            let spot = match next {
                0 => self.home,
                after => self.anchors[after - 1].spot,
            };
            (!is_blank(c)).then_some((c, spot))
        })
    }
}

/// What a cell was read from.
pub(super) struct Cell(Vec<Piece>);

impl Cell {
    /// The paragraphs of a cell with the numbers that they were given.
    pub(super) fn of(marks: Vec<String>, paragraphs: &[Paragraph]) -> Cell {
        let pieces = marks.iter().zip(paragraphs);
        Cell(
            pieces
                .map(|(mark, own)| Piece::of(mark, &own.text, &own.anchors, own.home))
                .collect(),
        )
    }
}

/// What was laid out: paragraphs and cells, each in its order.
#[derive(Default)]
pub(super) struct Trace {
    paragraphs: Vec<Piece>,
    cells: Vec<Cell>,
}

impl Trace {
    pub(super) fn paragraph(&mut self, mark: Option<String>, paragraph: Paragraph) {
        let mark = mark.unwrap_or_default();
        let piece = Piece::of(&mark, &paragraph.text, &paragraph.anchors, paragraph.home);
        self.paragraphs.push(piece);
    }

    /// Cells that were laid out as paragraphs.
    pub(super) fn frame(&mut self, cells: Vec<Cell>) {
        self.paragraphs.extend(cells.into_iter().flat_map(|cell| cell.0));
    }

    pub(super) fn table(&mut self, cells: Vec<Cell>) {
        self.cells.extend(cells);
    }

    /// The laid-out text beside what it was read from: both hold the same characters but for blanks.
    pub(super) fn places(self, document: &Document, part: String, parts: Parts) -> Places {
        let text = &*document.source.text;
        let mut marks = Marks::default();
        let mut paragraphs = self.paragraphs.iter().flat_map(Piece::signs);
        let mut cells = self.cells.iter();
        for block in &document.blocks {
            let BlockKind::Table(index) = block.kind else {
                marks.piece(text, &block.range, &mut paragraphs);
                continue;
            };
            let Some(table) = document.tables.get(index as usize) else {
                continue;
            };
            for (own, cell) in table.rows.iter().flatten().zip(&mut cells) {
                match cell.0.first() {
                    Some(first) if own.range.is_empty() => marks.push(own.range.clone(), first.home),
                    _ => marks.piece(text, &own.range, &mut cell.0.iter().flat_map(Piece::signs)),
                }
            }
        }
        Places {
            part,
            parts,
            marks: marks.0,
        }
    }
}

#[derive(Default)]
struct Marks(Vec<Mark>);

impl Marks {
    fn piece(&mut self, text: &str, range: &Range<u32>, signs: &mut dyn Iterator<Item = (char, Spot)>) {
        let piece = text
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default();
        for (at, c) in piece.char_indices().filter(|(_, c)| !is_blank(*c)) {
            let Some((_, spot)) = signs.next() else { return };
            let at = range.start + at as u32;
            self.push(at..at + c.len_utf8() as u32, spot);
        }
    }

    fn push(&mut self, range: Range<u32>, spot: Spot) {
        match self
            .0
            .last_mut()
            .filter(|last| last.spot == spot && !range.is_empty())
        {
            Some(last) => last.end = range.end,
            None => self.0.push(Mark {
                start: range.start,
                end: range.end,
                spot,
            }),
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}
