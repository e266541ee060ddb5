//! A file's text to lines with their keywords, each put where its keyword says that it belongs.

use super::{contents, misplaced, mistakes, slips, strangers};
use crate::finding::Finding;
use crate::source::{SourceId, Span};
use crate::syntax::keywords::{self, Keyword, Place, Word};
use crate::syntax::{Content, File, Statement};
use std::ops::Range;

/// A line longer than this is no line of a rule file.
pub const LONGEST: usize = 64 * 1024;

/// Signs that stand around words and mean nothing.
pub fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200B}' | '\u{FEFF}' | '\u{200C}' | '\u{200D}')
}

/// A range without the blanks at its ends.
pub fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start_matches(is_blank).len());
    let end = start + inner.trim_matches(is_blank).len();
    start..end
}

/// A line that says something, with the lines in which a 当 or 要求 goes on.
pub struct Line {
    /// Without blanks around it, with its comment.
    pub range: Range<usize>,
    source: SourceId,
}

impl Line {
    /// A text that stands in no file.
    pub fn alone(text: &str) -> Line {
        Line {
            range: 0..text.len(),
            source: SourceId(0),
        }
    }

    /// The place of a part of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range)
    }
}

/// The lines of a text that are neither empty nor comments; `\r` alone ends a line, too.
pub fn split(text: &str, comments: &mut Vec<Span>, source: SourceId) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(['\n', '\r']) {
        let range = trim(text, start..start + piece.len());
        start += piece.len();
        let words = &text[range.clone()];
        if words.is_empty() {
            continue;
        }
        if words.starts_with(['#', '＃']) {
            comments.push(Span::new(source, range));
        } else if goes_on(words)
            && let Some(last) = lines.last_mut()
            && takes_more(&text[last.range.clone()])
        {
            last.range.end = range.end;
        } else {
            lines.push(Line { range, source });
        }
    }
    lines
}

fn goes_on(line: &str) -> bool {
    line.starts_with("并且") || line.starts_with("或者")
}

fn takes_more(line: &str) -> bool {
    keyword_of(line).is_some_and(|(row, _)| matches!(row.word, Word::When | Word::Require))
}

/// Reads one line into the file.
pub fn read(line: &Line, text: &str, file: &mut File, findings: &mut Vec<Finding>) {
    let words = &text[line.range.clone()];
    if words.len() > LONGEST {
        findings.push(mistakes::too_long(line.span(line.range.clone())));
        mark_incomplete(file);
        return;
    }
    match keyword_of(words) {
        Some((row, colon_end)) => statement(line, text, row, colon_end, file, findings),
        None => without_keyword(line, text, file, findings),
    }
}

/// Tells what is wrong with a line that begins with no keyword, and reads what can be read of it all the same.
fn without_keyword(line: &Line, text: &str, file: &mut File, findings: &mut Vec<Finding>) {
    let words = &text[line.range.clone()];
    if slips::is_table_row(words) {
        slips::table(line, text, findings);
        mark_incomplete(file);
        return;
    }
    let open = file.statements.last().map(|statement| statement.word);
    let guess = strangers::understand(line, text, open);
    findings.push(guess.finding);
    let Some((row, content)) = guess.read else {
        mark_incomplete(file);
        if guess.second_half {
            forget_first_half(text, line, file);
        }
        return;
    };
    // What its keyword makes of the line is known to all that follows, so that a name is not called unknown as well.
    let colon_end = content.start - line.range.start;
    let inner = Line {
        range: line.range.start..content.end,
        source: line.source,
    };
    match guess.quiet {
        true => statement(&inner, text, row, colon_end, file, &mut Vec::new()),
        false => statement(&inner, text, row, colon_end, file, findings),
    }
}

/// Half a condition or target is none: what was read of it would only be blamed for what its second half says.
fn forget_first_half(text: &str, line: &Line, file: &mut File) {
    let before = text[..line.range.start].trim_end_matches(is_blank).len();
    if let Some(last) = file.statements.last_mut() {
        last.attributes
            .pop_if(|attribute| attribute.span.end as usize == before);
    }
}

/// Reads a line whose keyword is known.
fn statement(
    line: &Line,
    text: &str,
    row: &'static Keyword,
    colon_end: usize,
    file: &mut File,
    findings: &mut Vec<Finding>,
) {
    let row = of_block(row, file);
    let words = &text[line.range.clone()];
    let start = line.range.start + colon_end;
    let second = slips::second_statement(&text[start..line.range.end], row).map(|at| start + at);
    let end = second.unwrap_or(line.range.end);
    let mut body = contents::body(text, start..end, row, line, &mut file.comments);
    if let Some(second) = second {
        slips::one_each(line, second, text, findings);
        let kept = text[body.clone()].trim_end_matches(|sign| is_blank(sign) || "；;。，,、".contains(sign));
        body.end = body.start + kept.len();
    }
    let word_span = line.span(line.range.start..line.range.start + word_length(words).min(colon_end));
    let content = match contents::read(row, text, body.clone(), line) {
        Ok(content) => Some(content),
        Err(finding) => {
            findings.push(*finding);
            // An opener stays open, so that its attributes are not refused as well.
            contents::salvage(row, text, body.clone(), line)
        }
    };
    match content {
        Some(content) => {
            let statement = Statement {
                word: row.word,
                word_span,
                span: line.span(line.range.start..body.end.max(start)),
                content,
                attributes: Vec::new(),
                incomplete: false,
            };
            place(statement, row, file, findings);
        }
        None => mark_incomplete(file),
    }
    if let Some(second) = second {
        let rest = Line {
            range: second..line.range.end,
            source: line.source,
        };
        read(&rest, text, file, findings);
    }
}

/// Below 调整：等级 an 区间 is of all grades: the shape of a line may depend on the block that it stands in.
fn of_block(row: &'static Keyword, file: &File) -> &'static Keyword {
    let block = file.statements.last().filter(|last| last.word == Word::Adjust);
    let whole = block.and_then(|block| match &block.content {
        Content::Path(path) if path.len() == 1 => keywords::whole(keywords::by_spelling(&path[0].text)?.word),
        _ => None,
    });
    whole.filter(|whole| whole.word == row.word).unwrap_or(row)
}

fn word_length(line: &str) -> usize {
    line.find(COLONS).unwrap_or(line.len())
}

/// Remembers that a line of the open block is missing.
fn mark_incomplete(file: &mut File) {
    if let Some(last) = file.statements.last_mut() {
        last.incomplete = true;
    }
}

/// Puts a statement where its keyword belongs.
fn place(statement: Statement, row: &'static Keyword, file: &mut File, findings: &mut Vec<Finding>) {
    // A trial may say of which year its report is.
    if statement.word == Word::Year
        && let Some(last) = file.statements.last_mut()
        && last.word == Word::Trial
    {
        last.attributes.push(statement);
        return;
    }
    let header = file
        .statements
        .iter()
        .all(|s| matches!(keywords::of(s.word).place, Place::Header | Place::Anywhere));
    match row.place {
        Place::Attribute(owners) => {
            // A one-line statement closes the block above it, unless the attribute is its own.
            match file.statements.last_mut() {
                Some(last) if owners.contains(&last.word) || is_adjusted(last, row) => {
                    last.attributes.push(statement);
                }
                last => findings.push(misplaced::no_owner(&statement, row, owners, last.as_deref())),
            }
        }
        Place::Anywhere => match file.statements.last_mut() {
            Some(last) if matches!(keywords::of(last.word).place, Place::Opener | Place::Line) => {
                last.attributes.push(statement);
            }
            _ => file.statements.push(statement),
        },
        Place::Header if !header => {
            let above = file.statements.last().map(|last| last.word);
            findings.push(misplaced::late_header(&statement, row, above));
            // What it says is known all the same, unless the header says it already; it must not close the block.
            if file.statements.iter().any(|other| other.word == row.word) {
                return;
            }
            let end = file
                .statements
                .iter()
                .take_while(|s| matches!(keywords::of(s.word).place, Place::Header | Place::Anywhere));
            let at = end.count();
            file.statements.insert(at, statement);
        }
        _ => file.statements.push(statement),
    }
}

/// Whether a line below 调整 says how an attribute of what is adjusted is to be.
fn is_adjusted(block: &Statement, row: &Keyword) -> bool {
    block.word == Word::Adjust && keywords::ADJUSTABLE.contains(&row.word)
}

/// Signs that an input method may give for a colon.
pub const COLONS: [char; 4] = ['：', ':', '∶', '﹕'];

/// The keyword of a line, and where what follows its colon begins.
pub fn keyword_of(line: &str) -> Option<(&'static Keyword, usize)> {
    let Some(colon) = line.find(COLONS) else {
        // 内置 alone says all that there is to say.
        return keywords::by_spelling(line.trim_end_matches(['。', '；', ';']))
            .filter(|row| row.shape == keywords::Shape::MayBeEmpty)
            .map(|row| (row, line.len()));
    };
    let word: String = line[..colon].chars().filter(|sign| !is_blank(*sign)).collect();
    let sign = line[colon..].chars().next().map_or(0, char::len_utf8);
    Some((keywords::by_spelling(&word)?, colon + sign))
}
