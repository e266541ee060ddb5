//! A text that may be broken anywhere, and a place in it, to what is being written there: read line by line from the
//! keywords alone, so that it never fails.

use crate::expr::fields::{Context, context_named};
use crate::model::Model;
use crate::syntax::from_text::{COLONS, is_blank, keyword_of, trim};
use crate::syntax::keywords::{self, Keyword, Place, Shape, Word};
use std::ops::Range;

/// What is being written.
#[derive(Debug)]
pub struct Cursor<'t> {
    /// The whole text.
    pub text: &'t str,
    /// Where the writer is.
    pub offset: usize,
    /// The line without blanks around it, perhaps empty.
    pub line: Range<usize>,
    /// The keyword of the line, where the writer is behind its colon, and where the content begins.
    pub content: Option<(&'static Keyword, usize)>,
    /// The opener or one-liner whose attributes may stand here, with the rest of its line.
    pub block: Option<(&'static Keyword, &'t str)>,
    /// The attributes of the block, those below the place too.
    pub attributes: Vec<(&'static Keyword, &'t str)>,
    /// Whether lines of the header may still stand here.
    pub in_header: bool,
}

/// Reads the lines around a place.
pub fn at(text: &str, offset: usize) -> Cursor<'_> {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[offset..]
        .find(['\n', '\r'])
        .map_or(text.len(), |at| offset + at);
    let mut cursor = Cursor {
        text,
        offset,
        line: trim(text, start..end),
        content: None,
        block: None,
        attributes: Vec::new(),
        in_header: true,
    };
    let mut before = None;
    for (row, rest) in lines_of(&text[..start]) {
        if is_block(row) {
            cursor.block = Some((row, rest));
            cursor.attributes.clear();
        } else if matches!(row.place, Place::Attribute(_) | Place::Anywhere) || row.word == Word::Year {
            cursor.attributes.push((row, rest));
        }
        cursor.in_header &= matches!(row.place, Place::Header | Place::Anywhere);
        before = Some(row);
    }
    let below = lines_of(&text[end..]).take_while(|(row, _)| !is_block(row));
    cursor.attributes.extend(below);
    cursor.content = content(&cursor, before);
    cursor
}

/// The lines of a text that begin with a keyword, and what follows their colons.
pub fn lines_of(text: &str) -> impl Iterator<Item = (&'static Keyword, &str)> {
    text.split(['\n', '\r']).filter_map(|line| {
        let line = line.trim_matches(is_blank);
        let (row, end) = keyword_of(line)?;
        Some((row, line[end..].trim_matches(is_blank)))
    })
}

fn is_block(row: &Keyword) -> bool {
    matches!(row.place, Place::Opener | Place::Line)
}

fn content(cursor: &Cursor, before: Option<&'static Keyword>) -> Option<(&'static Keyword, usize)> {
    let line = &cursor.text[cursor.line.clone()];
    if let Some((row, end)) = keyword_of(line) {
        let begins = cursor.line.start + end;
        let has_colon = line[..end].ends_with(COLONS);
        return (has_colon && begins <= cursor.offset).then(|| (of_block(row, cursor), begins));
    }
    let goes_on = ["并且", "或者"].iter().any(|word| line.starts_with(word));
    let before = before.filter(|row| matches!(row.word, Word::When | Word::Require))?;
    let begins = cursor.line.start + "并且".len();
    (goes_on && begins <= cursor.offset).then_some((before, begins))
}

/// Below 调整：等级 a 区间 is of all grades.
fn of_block(row: &'static Keyword, cursor: &Cursor) -> &'static Keyword {
    let kind = cursor
        .block
        .filter(|(block, rest)| block.word == Word::Adjust && !rest.contains(['／', '/']))
        .and_then(|(_, rest)| keywords::whole(keywords::by_spelling(rest)?.word));
    kind.filter(|whole| whole.word == row.word).unwrap_or(row)
}

impl<'t> Cursor<'t> {
    /// What stands between the colon and the place.
    pub fn before(&self) -> &'t str {
        let start = self.content.map_or(self.line.start, |(_, start)| start);
        self.text.get(start..self.offset).unwrap_or("")
    }

    /// The text from so many bytes before the place up to it, as a range.
    pub fn back(&self, bytes: usize) -> Range<usize> {
        self.offset - bytes.min(self.offset)..self.offset
    }

    /// Whether a keyword may stand in this line.
    pub fn takes(&self, row: &Keyword) -> bool {
        let block = self.block.map(|(block, _)| block.word);
        match row.place {
            Place::Header if row.word == Word::Year && block == Some(Word::Trial) => true,
            Place::Header => self.in_header,
            Place::Opener | Place::Line | Place::Anywhere => true,
            Place::Attribute(owners) => block.is_some_and(|block| {
                owners.contains(&block) || (block == Word::Adjust && keywords::ADJUSTABLE.contains(&row.word))
            }),
        }
    }

    /// Whether the block has such a line already.
    pub fn has(&self, word: Word) -> bool {
        self.attributes.iter().any(|(row, _)| row.word == word)
    }

    /// What the formulas of the block go through.
    pub fn context(&self, model: &Model) -> Context {
        let Some((block, _)) = self.block else {
            return Context::Report;
        };
        let each = self.attributes.iter().find(|(row, _)| row.word == Word::Each);
        if let Some(context) = each.and_then(|(_, rest)| context_named(rest)) {
            return context;
        }
        match block.word {
            Word::Standard => Context::IndicatorRow,
            Word::Adjust => self
                .adjusted(model)
                .map_or(Context::Report, |check| check.context),
            _ => Context::Report,
        }
    }

    /// The check that an 调整 changes.
    pub fn adjusted<'m>(&self, model: &'m Model) -> Option<&'m crate::model::Check> {
        let (_, name) = self.block?.1.split_once(['／', '/'])?;
        model
            .checks
            .iter()
            .find(|check| check.name == name.trim() || check.code == name.trim())
    }

    /// The 参数 that the block declares.
    pub fn parameters(&self) -> impl Iterator<Item = &'t str> {
        let lines = self
            .attributes
            .iter()
            .filter(|(row, _)| row.word == Word::Parameter);
        lines.filter_map(|(_, rest)| Some(rest.split_once(['=', '＝'])?.0.trim_matches(is_blank)))
    }

    /// Whether a formula is being written: in a formula's line, or in 【】 of a sentence.
    pub fn formula(&self) -> Option<&'t str> {
        let (row, _) = self.content?;
        let before = self.before();
        match row.shape {
            Shape::Condition | Shape::Cases => Some(before),
            Shape::Template => {
                let open = before.rfind('【')? + '【'.len_utf8();
                (!before[open..].contains('】')).then(|| &before[open..])
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(text: &str) -> (String, Cursor<'static>) {
        let at_mark = text.find('|').unwrap_or(0);
        let text: &'static str = Box::leak(text.replace('|', "").into_boxed_str());
        let cursor = at(text, at_mark);
        (cursor.before().to_owned(), cursor)
    }

    #[test]
    fn a_broken_file_still_tells_its_blocks() {
        let text = "规则：甲\n@@@\n三级指标：“坏的\n　目标：≥ ｛{\n　评|\n检查：乙\n　级别：警告\n";
        let (before, cursor) = cursor(text);
        assert_eq!(before, "评");
        assert_eq!(cursor.block.map(|(row, _)| row.word), Some(Word::Third));
        assert!(cursor.has(Word::Target) && !cursor.has(Word::Level) && !cursor.in_header);
    }

    #[test]
    fn formulas_go_on_in_the_next_line_and_stand_in_sentences() {
        let (_, one) = cursor("检查：乙\n　逐项：指标行\n　当：得分 有值\n　　并且 分|\n");
        assert_eq!(one.formula(), Some(" 分"));
        assert_eq!(one.context(&Model::default()), Context::IndicatorRow);
        let (_, other) = cursor("检查：乙\n　提示：得分【得分】大于【分|\n");
        assert_eq!(other.formula(), Some("分"));
        let (_, words) = cursor("检查：乙\n　提示：得分【得分】大|\n");
        assert_eq!(words.formula(), None);
    }
}
