//! The keywords that may begin a line, those of the open block first.

use super::{Offer, Offers};
use crate::lsp::cursor::Cursor;
use crate::syntax::from_text::COLONS;
use crate::syntax::keywords::{KEYWORDS, Keyword, Place, Word};
use lsp_types::CompletionItemKind;

/// The keywords that may stand in the line, written with their colon unless it is there.
pub fn offers(cursor: &Cursor) -> Offers {
    let line = &cursor.text[cursor.line.clone()];
    let after = &cursor.text[cursor.offset..cursor.line.end.max(cursor.offset)];
    let has_colon = line.contains(COLONS) && after.contains(COLONS);
    let end = match after.find(COLONS) {
        Some(colon) if has_colon => cursor.offset + colon,
        _ => cursor.offset,
    };
    let colon = if has_colon { "" } else { "：" };
    let offer = |row: &Keyword| {
        Offer::new(row.text, CompletionItemKind::KEYWORD, row.note)
            .writes(format!("{}{colon}", row.text))
            .about(format!("例如：\n{}：{}", row.text, row.example))
            .rank(rank(cursor, row))
    };
    let mut all: Vec<Offer> = KEYWORDS
        .iter()
        .filter(|row| cursor.takes(row))
        .map(offer)
        .collect();
    if cursor
        .attributes
        .iter()
        .any(|(row, _)| matches!(row.word, Word::When | Word::Require))
    {
        let joins = ["并且", "或者"].map(|word| {
            Offer::new(word, CompletionItemKind::OPERATOR, "接着上一行的条件")
                .writes(format!("{word} "))
                .rank(6)
        });
        all.extend(joins);
    }
    Offers {
        range: cursor.line.start.min(cursor.offset)..end,
        all,
    }
}

/// What the block lacks, what it has, what opens another, what may stand anywhere.
fn rank(cursor: &Cursor, row: &Keyword) -> u8 {
    match row.place {
        Place::Attribute(_) if !cursor.has(row.word) => 0,
        Place::Header if cursor.in_header => 1,
        Place::Attribute(_) => 2,
        Place::Opener => 3,
        Place::Line | Place::Header => 4,
        Place::Anywhere => 5,
    }
}
