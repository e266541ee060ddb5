//! What may be written at a place, by signs, by pinyin, or by initials.

mod formulas;
mod keywords;
mod units;
mod values;

use super::analysis::Analysis;
use super::cursor::{self, Cursor};
use super::sounds;
use super::text::{Encoding, Text};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionTextEdit, Documentation, MarkupContent,
    MarkupKind, Position, TextEdit,
};
use std::collections::HashSet;
use std::ops::Range;

/// More than these nobody looks through; typing goes on narrowing them.
const MOST: usize = 120;

/// Something that may be written.
#[derive(Clone, Debug)]
pub struct Offer {
    /// How it is listed, and what is typed for it.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// What it is, for the picture beside it.
    pub kind: CompletionItemKind,
    /// What it is, in words.
    pub detail: String,
    /// More about it.
    pub about: String,
    /// Its place among the others: the smaller, the sooner.
    pub rank: u8,
}

impl Offer {
    fn new(label: impl Into<String>, kind: CompletionItemKind, detail: impl Into<String>) -> Offer {
        let label = label.into();
        Offer {
            insert: label.clone(),
            label,
            kind,
            detail: detail.into(),
            about: String::new(),
            rank: 5,
        }
    }

    fn rank(mut self, rank: u8) -> Offer {
        self.rank = rank;
        self
    }

    fn writes(mut self, insert: impl Into<String>) -> Offer {
        self.insert = insert.into();
        self
    }

    /// What was begun with a quote.
    fn in_quotes(mut self) -> Offer {
        let behind = self.insert.strip_prefix(self.label.as_str()).unwrap_or("");
        if !self.insert.starts_with('“') {
            self.insert = format!("“{}”{behind}", self.label);
        }
        self
    }

    fn about(mut self, about: impl Into<String>) -> Offer {
        self.about = about.into();
        self
    }
}

/// What may be written, and the text that it takes the place of.
pub struct Offers {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// In the order in which they are listed.
    pub all: Vec<Offer>,
}

/// The list for a place. `analysis` may be of a former state of the text.
pub fn at(text: &Text, position: Position, encoding: Encoding, analysis: &Analysis) -> CompletionList {
    let offset = text.offset(position, encoding);
    let cursor = cursor::at(text.as_str(), offset);
    let offers = match cursor.content {
        None => keywords::offers(&cursor),
        Some(_) => match cursor.formula() {
            Some(formula) => formulas::offers(&cursor, formula, analysis),
            None => values::offers(&cursor, analysis),
        },
    };
    let range = offers.range.start..offers.range.end.max(offset);
    let typed = &text.as_str()[range.start.min(offset)..offset];
    let quoted = typed.starts_with(QUOTES);
    let typed = typed.trim_start_matches(QUOTES);
    // a quote that the editor closed by itself is a part of what is written
    let closes = quoted && text.as_str()[range.end..].starts_with(['”', '"']);
    let closing = text.as_str()[range.end..].chars().next().filter(|_| closes);
    let range = range.start..range.end + closing.map_or(0, char::len_utf8);
    let mut listed: HashSet<String> = HashSet::new();
    let mut fitting: Vec<(&Offer, String)> = Vec::new();
    for offer in &offers.all {
        if let Some(filter) = sounds::fitting(typed, &offer.label)
            && listed.insert(offer.label.clone())
        {
            fitting.push((offer, filter));
        }
    }
    fitting.sort_by_key(|(offer, _)| offer.rank);
    let range = text.range(range, encoding);
    let items = fitting.into_iter().take(MOST).enumerate();
    let items = items.map(|(order, (offer, filter))| match quoted {
        true => item(&offer.clone().in_quotes(), order, format!("“{filter}"), range),
        false => item(offer, order, filter, range),
    });
    CompletionList {
        // what is typed next may be pinyin, which not every editor holds against the list as it should be
        is_incomplete: true,
        items: items.collect(),
    }
}

const QUOTES: [char; 2] = ['“', '"'];

fn item(offer: &Offer, order: usize, filter: String, range: lsp_types::Range) -> CompletionItem {
    let about = Documentation::MarkupContent(MarkupContent {
        kind: MarkupKind::PlainText,
        value: offer.about.clone(),
    });
    CompletionItem {
        label: offer.label.clone(),
        kind: Some(offer.kind),
        detail: (!offer.detail.is_empty()).then(|| offer.detail.clone()),
        documentation: (!offer.about.is_empty()).then_some(about),
        sort_text: Some(format!("{}{order:04}", offer.rank)),
        filter_text: Some(filter),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            range,
            offer.insert.clone(),
        ))),
        ..CompletionItem::default()
    }
}

/// The bytes of the word that ends at the place.
fn word(before: &str, is_part: impl Fn(char) -> bool) -> usize {
    before.len() - before.trim_end_matches(is_part).len()
}

/// A sign of a name that needs no quotes.
fn in_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The bytes of the item of a list that ends at the place, without the blanks before it.
fn item_length(cursor: &Cursor) -> usize {
    let before = cursor.before();
    let item = before
        .rsplit(['、', '，', ',', '；', ';', '﹑'])
        .next()
        .unwrap_or("");
    item.trim_start().len()
}
