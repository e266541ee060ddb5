//! A piece to a datum: empty, not applicable, a number with its header's unit, or text.

use super::pieces::{Class, Piece};
use super::{Content, Datum};
use crate::document::Document;
use crate::facts::{Number, numbers};
use crate::quantity::{Quantity, Unit, UnitTable};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// What cells are read with.
pub(super) struct Reader<'u> {
    pub document: &'u Document,
    pub units: &'u UnitTable,
    /// The numbers of the report, as far as cells may be among them.
    pub numbers: &'u [Number],
}

/// A piece as text, whatever it holds; nothing is a cell that is absent.
pub(super) fn datum(piece: Option<&Piece>, header: impl Into<Arc<str>>) -> Datum {
    let header = header.into();
    let Some(piece) = piece else {
        return Datum {
            header,
            ..Datum::default()
        };
    };
    let content = if piece.is_empty() {
        Content::Empty
    } else if piece.class() == Class::Dash {
        Content::NotApplicable
    } else {
        Content::Text
    };
    Datum {
        text: piece.text.to_string(),
        range: piece.range.clone(),
        content,
        covered: piece.covered,
        merged: piece.merged,
        header,
    }
}

/// A cell that says something of each row that it covers: a name, a target, a reason. Only marks are counted once.
pub(super) fn of_each_row(datum: Datum) -> Datum {
    Datum {
        covered: false,
        merged: false,
        ..datum
    }
}

impl Reader<'_> {
    /// A cell that may hold a number.
    pub(super) fn number(
        &self,
        piece: Option<&Piece>,
        header: impl Into<Arc<str>>,
        unit: Option<(Unit, u8)>,
    ) -> Datum {
        let mut datum = datum(piece, header);
        if datum.content != Content::Text {
            return datum;
        }
        let scanned = piece.and_then(|piece| self.scanned(piece, unit));
        debug_assert!(scanned.is_none() || scanned == self.quantity(&datum.text, unit));
        if let Some(quantity) = scanned.or_else(|| self.quantity(&datum.text, unit)) {
            datum.content = Content::Number(quantity);
        }
        datum
    }

    /// The number that was scanned where a cell stands, if it is all of the cell and nothing beside the cell can have
    /// had a part in it: then the cell need not be read again.
    fn scanned(&self, piece: &Piece, header: Option<(Unit, u8)>) -> Option<Quantity> {
        let Cow::Borrowed(text) = piece.text else {
            return None;
        };
        let view = self.document.view.text.as_str();
        let start = (text.as_ptr() as usize).checked_sub(view.as_ptr() as usize)?;
        let range = start as u32..(start + text.len()) as u32;
        let parted = start == 0 || matches!(view.as_bytes().get(start - 1), Some(b'\t' | b'\n'));
        if piece.range.start > range.start || piece.range.end < range.end || !parted || text.starts_with('.')
        {
            return None;
        }
        let at = self
            .numbers
            .partition_point(|number| number.range.start < range.start);
        let number = self.numbers.get(at).filter(|number| number.range == range)?;
        numbers::of_cell(number, text, header)
    }

    /// A weight or a score: bare numbers are 分.
    pub(super) fn mark(&self, piece: Option<&Piece>, header: impl Into<Arc<str>>) -> Datum {
        let Some(piece) = piece else {
            return datum(None, header);
        };
        let mut found = self.number(Some(piece), header, self.unit("分"));
        if let Some(rest) = piece.text.strip_prefix(['加', '扣', '+'])
            && let Some(quantity) = self.quantity(rest, self.unit("分"))
        {
            found.content = Content::Number(signed(quantity, piece.text.starts_with('扣')));
        }
        // 10% in a column of marks is a weight of ten.
        if piece.class() == Class::Percent {
            let digits = piece.text.trim_end_matches(['%', '％']);
            if let Some(quantity) = self.quantity(digits, self.unit("分")) {
                found.content = Content::Number(quantity);
            }
        }
        found
    }

    /// The place of a part of a piece's text; the whole piece where it cannot be told.
    pub(super) fn part(&self, piece: &Piece, part: &str) -> Range<u32> {
        match self.document.text(&piece.range).find(part) {
            Some(at) => {
                let start = piece.range.start + at as u32;
                start..start + part.len() as u32
            }
            None => piece.range.clone(),
        }
    }

    pub(super) fn quantity(&self, text: &str, unit: Option<(Unit, u8)>) -> Option<Quantity> {
        numbers::read_cell(text, unit, self.units)
    }

    /// A unit by its spelling, with the power of ten before it.
    pub(super) fn unit(&self, spelling: &str) -> Option<(Unit, u8)> {
        self.units.parse(spelling)
    }
}

fn signed(quantity: Quantity, negative: bool) -> Quantity {
    match quantity.value.negate() {
        Some(value) if negative => Quantity { value, ..quantity },
        _ => quantity,
    }
}
