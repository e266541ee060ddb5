//! What stands after the colon to content, by the shape that the keyword asks for.

use super::build::{Builder, plain_unit};
use super::grammar::{self, Rule};
use super::lines::{self, Line};
use super::{bonus, goals, halves, mistakes, quick, slips, stops, template};
use crate::finding::Finding;
use crate::quantity::Ratio;
use crate::source::Span;
use crate::syntax::date::Date;
use crate::syntax::keywords::{Keyword, Place, Shape, Word};
use crate::syntax::{Content, Target, Words};
use std::ops::Range;

type Read = Result<Content, Box<Finding>>;

/// The bytes of the content: without a comment, blanks and the full stop at the end, free text as it is.
pub fn body(
    text: &str,
    range: Range<usize>,
    row: &Keyword,
    line: &Line,
    comments: &mut Vec<Span>,
) -> Range<usize> {
    let range = lines::trim(text, range);
    if matches!(row.shape, Shape::Text | Shape::Template) {
        return range;
    }
    let mut last_line = range.start;
    for piece in text[range.clone()].split_inclusive(['\n', '\r']) {
        // A condition may have several lines; a comment alone on one is known already.
        if piece.ends_with(['\n', '\r']) {
            let words = lines::trim(text, last_line..last_line + piece.len());
            let comment = comment_at(&text[words.clone()]).filter(|at| *at > 0);
            comments.extend(comment.map(|at| line.span(words.start + at..words.end)));
            last_line += piece.len();
        }
    }
    let cut = comment_at(&text[last_line..range.end]).map(|at| last_line + at);
    if let Some(cut) = cut {
        comments.push(line.span(cut..range.end));
    }
    let range = lines::trim(text, range.start..cut.unwrap_or(range.end));
    let kept = text[range.clone()]
        .trim_end_matches(|sign| lines::is_blank(sign) || matches!(sign, '。' | '；' | ';'));
    range.start..range.start + kept.len()
}

/// Where a comment begins: at a `#` that stands in no quotes.
fn comment_at(line: &str) -> Option<usize> {
    let mut quotes = 0;
    line.char_indices().find_map(|(at, sign)| {
        quotes += usize::from(is_quote(sign));
        (matches!(sign, '#' | '＃') && quotes % 2 == 0).then_some(at)
    })
}

/// Any sign that an input method may give for a quote.
pub fn is_quote(sign: char) -> bool {
    matches!(sign, '“' | '”' | '"' | '＂' | '「' | '」')
}

/// The words of a range, without the quotes when they are its first and last signs and stand nowhere within.
pub fn words(text: &str, range: Range<usize>, line: &Line) -> Words {
    let range = lines::trim(text, range);
    let inner = &text[range.clone()];
    let (text, quoted) = unquote(inner);
    Words {
        text: text.to_owned(),
        span: line.span(range),
        quoted,
    }
}

/// A text without its quotes, and whether it had any.
pub fn unquote(text: &str) -> (&str, bool) {
    let inner = text
        .strip_prefix(is_quote)
        .and_then(|rest| rest.strip_suffix(is_quote))
        .filter(|inner| !inner.contains(is_quote) && !inner.trim_matches(lines::is_blank).is_empty());
    match inner {
        Some(inner) => (inner.trim_matches(lines::is_blank), true),
        None => (text, false),
    }
}

/// Reads the content of a line.
pub fn read(row: &'static Keyword, text: &str, body: Range<usize>, line: &Line) -> Read {
    let inner = &text[body.clone()];
    if inner.is_empty() {
        return match row.shape {
            Shape::MayBeEmpty => Ok(Content::Empty),
            _ => Err(mistakes::nothing(line, row)),
        };
    }
    if !matches!(row.shape, Shape::Text | Shape::MayBeEmpty | Shape::Name) {
        mistakes::too_deep(inner, line, &body)?;
    }
    if !matches!(row.place, Place::Anywhere) && row.shape != Shape::Template {
        slips::web(inner, line, body.start, row)?;
    }
    match row.shape {
        Shape::Text | Shape::MayBeEmpty => Ok(Content::Text(words(text, body, line))),
        Shape::Name => {
            halves::quote(row.shape, inner, line, body.start, row)?;
            Ok(Content::Head(words(text, body, line), None))
        }
        Shape::Head if row.word == Word::Bonus => Ok(bonus::read(text, body, line)),
        Shape::Template => template::read(inner, line, body.start, row),
        Shape::Year => year(inner, body, line, row),
        Shape::Date => match Date::read(inner) {
            Some(_) => Ok(Content::Text(words(text, body, line))),
            None => Err(mistakes::no_date(line.span(body), row)),
        },
        Shape::Fingerprint if !is_fingerprint(inner) => Err(mistakes::no_fingerprint(line.span(body), row)),
        Shape::Fingerprint => Ok(Content::Text(words(text, body, line))),
        Shape::Citation => Ok(citation(text, body, line)),
        Shape::Path => Ok(Content::Path(path(text, body, line))),
        Shape::Unit => Ok(Content::Unit(plain_unit(words(text, body, line)))),
        Shape::Target => target(inner, body, line, row),
        Shape::Choice(allowed) if !allowed.contains(&inner) => {
            Err(mistakes::not_among(inner, allowed, line.span(body), row))
        }
        Shape::Choice(_) => Ok(Content::Text(words(text, body, line))),
        shape => by_grammar(shape, inner, body, line, row),
    }
}

/// What can be kept of a line that could not be read: of an opener its name up to a comma; that there is an 逐项.
pub fn salvage(row: &Keyword, text: &str, body: Range<usize>, line: &Line) -> Option<Content> {
    let inner = &text[body.clone()];
    let end = inner.rfind(['，', ',', '（', '(']).unwrap_or(inner.len());
    match (row.place, row.shape) {
        (Place::Opener, Shape::Head) if end > 0 => {
            let name = words(text, body.start..body.start + end, line);
            Some(Content::Head(name, None))
        }
        (Place::Opener, _) => Some(Content::Empty),
        _ => (row.word == Word::Each).then_some(Content::Empty),
    }
}

/// The production that reads a shape.
pub(super) fn production(shape: Shape) -> Rule {
    match shape {
        Shape::Head => Rule::head_line,
        Shape::List => Rule::list_line,
        Shape::Points => Rule::points_line,
        Shape::Scoring => Rule::scoring_line,
        Shape::Field => Rule::field_line,
        Shape::Parameter => Rule::parameter_line,
        Shape::Cases => Rule::cases_line,
        Shape::Interval => Rule::range_line,
        Shape::Grades => Rule::grades_line,
        Shape::DefaultScoring => Rule::default_line,
        Shape::Scheme => Rule::scheme_line,
        Shape::Conversion => Rule::conversion_line,
        Shape::Target => Rule::target_line,
        _ => Rule::condition_line,
    }
}

fn by_grammar(shape: Shape, inner: &str, body: Range<usize>, line: &Line, row: &'static Keyword) -> Read {
    mistakes::before(shape, inner, line, body.start, row)?;
    if let Some(content) = quick::content(shape, inner, line, body.start) {
        return Ok(content);
    }
    let builder = Builder::new(line, body.start);
    match grammar::run(production(shape), inner) {
        Ok(pair) => builder
            .content(shape, pair)
            .ok_or_else(|| stops::unbuilt(&builder, inner, line, body.start, row)),
        Err(failure) => Err(stops::refused(failure, shape, inner, line, body.start, row)),
    }
}

fn year(inner: &str, body: Range<usize>, line: &Line, row: &'static Keyword) -> Read {
    let digits: String = inner
        .trim_end_matches("度")
        .trim_end_matches("年")
        .trim()
        .chars()
        .map(ascii_digit)
        .collect();
    match digits.parse::<i32>() {
        Ok(year) if (1949..=2199).contains(&year) => Ok(Content::Year(year)),
        _ => Err(mistakes::no_year(line.span(body), row)),
    }
}

/// Sixteen hexadecimal digits.
fn is_fingerprint(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|sign| sign.is_ascii_hexdigit())
}

/// A full-width digit as the digit.
pub fn ascii_digit(sign: char) -> char {
    match sign {
        '０'..='９' => char::from(b'0' + (sign as u32 - '０' as u32) as u8),
        '．' | '。' => '.',
        other => other,
    }
}

/// 财预〔2020〕10号，2020.1 起
fn citation(text: &str, body: Range<usize>, line: &Line) -> Content {
    let inner = &text[body.clone()];
    let pinned = inner
        .strip_suffix('起')
        .and_then(|rest| rest.rfind(['，', ',']).map(|at| (at, rest.len())));
    let Some((comma, end)) = pinned else {
        return Content::Citation(words(text, body, line), None);
    };
    let sign = inner[comma..].chars().next().map_or(1, char::len_utf8);
    Content::Citation(
        words(text, body.start..body.start + comma, line),
        Some(words(text, body.start + comma + sign..body.start + end, line)),
    )
}

/// 检查／X: the kind, and what follows it as one name.
fn path(text: &str, body: Range<usize>, line: &Line) -> Vec<Words> {
    let inner = &text[body.clone()];
    match inner.char_indices().find(|(_, sign)| matches!(sign, '/' | '／')) {
        Some((at, sign)) => vec![
            words(text, body.start..body.start + at, line),
            words(text, body.start + at + sign.len_utf8()..body.end, line),
        ],
        None => vec![words(text, body, line)],
    }
}

fn target(inner: &str, body: Range<usize>, line: &Line, row: &'static Keyword) -> Read {
    let whole = Words {
        text: unquote(inner).0.to_owned(),
        span: line.span(body.clone()),
        quoted: unquote(inner).1,
    };
    slips::vague(inner, line, body.start, row)?;
    if inner.ends_with("之间")
        && let Some(finding) = goals::repaired(inner, line, body.start, row)
    {
        return Err(finding);
    }
    if is_date(inner) {
        return Ok(Content::Target(Target::Date(whole)));
    }
    if let Some(content) = quick::content(Shape::Target, inner, line, body.start) {
        return Ok(content);
    }
    if (!quick::is_words(inner) || goals::is_number_after_all(inner))
        && let Ok(pair) = grammar::run(Rule::target_line, inner)
    {
        return Builder::new(line, body.start)
            .target(pair)
            .map(Content::Target)
            .ok_or_else(|| mistakes::too_large(line.span(body)));
    }
    mistakes::before(Shape::Target, inner, line, body.start, row)?;
    let signed = inner.starts_with([
        '≥', '≤', '>', '<', '＞', '＜', '=', '＝', '≠', '[', '［', '》', '《', '≧', '≦',
    ]);
    if (signed || goals::is_number_after_all(inner))
        && let Some(finding) = goals::repaired(inner, line, body.start, row)
    {
        return Err(finding);
    }
    match grammar::run(Rule::target_line, inner) {
        Err(failure) if signed => Err(stops::message(failure, inner, line, body.start, row)),
        _ => Ok(Content::Target(Target::Text(whole))),
    }
}

/// 2020年12月31日前, 12月底前完成
fn is_date(text: &str) -> bool {
    let digits = text.trim_start_matches(|sign: char| ascii_digit(sign).is_ascii_digit());
    digits.len() < text.len() && digits.trim_start().starts_with(['年', '月']) && text.contains('前')
}

/// The written digits as an exact number, and how many places and digits there are.
pub fn number(text: &str) -> Option<(Ratio, u32, u32)> {
    let (mut digits, mut counted, mut places, mut point) = (0i128, 0u32, 0u32, false);
    for sign in text.chars().map(ascii_digit) {
        let Some(digit) = sign.to_digit(10) else {
            point = true;
            continue;
        };
        digits = digits.checked_mul(10)?.checked_add(i128::from(digit))?;
        counted += u32::from(counted > 0 || digit > 0);
        places += u32::from(point);
    }
    let power = i32::try_from(places).ok()?;
    Some((Ratio::scaled(digits, -power)?, places, counted.max(1)))
}
