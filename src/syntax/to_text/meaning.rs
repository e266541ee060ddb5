//! Whether a text that was written says what the one that was read says: the proof that no formatted file goes without.

use super::contents::{choice, kind};
use super::names::document_number;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File, Statement, Words, places};

/// Whether two texts with what was read of them say the same, comments and all.
pub fn is_same(one: (&str, File), other: (&str, File)) -> bool {
    comments(one.0, &one.1).eq(comments(other.0, &other.1)) && bare(one.1) == bare(other.1)
}

fn comments<'a>(text: &'a str, file: &'a File) -> impl Iterator<Item = &'a str> {
    let words = |comment: &'a str| comment.strip_prefix(['#', '＃']).unwrap_or(comment).trim_end();
    let mut comments = file.comments.clone();
    comments.sort_by_key(|comment| comment.start);
    comments
        .into_iter()
        .map(move |comment| words(&text[comment.range()]))
}

/// A file without places, and without the spellings that are written in one way.
fn bare(mut file: File) -> File {
    places::forget(&mut file);
    for statement in &mut file.statements {
        forget_spelling(statement);
        statement.attributes.iter_mut().for_each(forget_spelling);
    }
    file
}

fn forget_spelling(statement: &mut Statement) {
    match (&mut statement.content, statement.word) {
        (Content::Text(words), Word::Level | Word::Manner) => words.text = choice(&words.text).to_owned(),
        (content @ (Content::Empty | Content::Text(_)), Word::BuiltIn) => *content = Content::Empty,
        (Content::Text(words), Word::Number) => number(words),
        (Content::Citation(words, _), _) => number(words),
        (Content::Head(words, _) | Content::Unit(words), _) => words.quoted = false,
        (Content::Path(all), _) => {
            all.iter_mut().for_each(|words| words.quoted = false);
            if let [first, _, ..] = &mut all[..] {
                first.text = kind(&first.text).to_owned();
            }
        }
        (Content::Field(all) | Content::List(all), _) => {
            all.iter_mut().for_each(|words| words.quoted = false);
        }
        (Content::Scoring(given), _) => {
            given.standard.quoted = false;
            given
                .arguments
                .iter_mut()
                .for_each(|given| given.name.quoted = false);
        }
        (Content::Parameter(given), _) => given.name.quoted = false,
        (Content::Grades(all), _) => all.iter_mut().for_each(|(name, _)| name.quoted = false),
        (Content::Scheme(all), _) => all.iter_mut().for_each(|(name, _)| name.quoted = false),
        (Content::DefaultScoring(all), _) => {
            for (_, given) in all {
                given.standard.quoted = false;
                given
                    .arguments
                    .iter_mut()
                    .for_each(|given| given.name.quoted = false);
            }
        }
        _ => {}
    }
}

fn number(words: &mut Words) {
    if let Some(number) = document_number(&words.text).filter(|_| !words.quoted) {
        words.text = number;
    }
}
