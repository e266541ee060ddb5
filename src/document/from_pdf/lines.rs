//! Characters to lines from top to bottom, and lines to one text: blanks by gaps, breaks that the paper made left out.

use super::page::Glyph;
use super::prose::Measure;

/// A line of characters that stand on one baseline.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// Its baseline.
    pub y: f64,
    /// The size of its largest character.
    pub size: f64,
    /// How wide what cannot be broken at its beginning is: one Chinese character, a whole word or number.
    pub opening: f64,
    /// Characters that are drawn over others.
    pub overlaid: usize,
    /// Its words between wide gaps.
    pub parts: Vec<Part>,
    /// The column that it is set in, where the page has several.
    pub measure: Option<Measure>,
}

/// A piece of a line between wide gaps.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub text: String,
    pub left: f64,
    pub right: f64,
}

/// A gap so wide, in characters, parts a line.
const PARTS: f64 = 1.6;

/// The lines of characters, from top to bottom.
pub(super) fn lines_of(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines = Vec::new();
    let mut start = 0;
    let mut largest: f64 = 0.0;
    for end in 1..=glyphs.len() {
        largest = largest.max(glyphs[end - 1].size);
        let together =
            end < glyphs.len() && glyphs[end].y - glyphs[start].y <= 0.45 * largest.max(glyphs[end].size);
        if !together {
            lines.extend(line_of(&mut glyphs[start..end]));
            start = end;
            largest = 0.0;
        }
    }
    lines
}

/// The characters of one line from left to right; those that are drawn twice to look bold are one.
fn line_of(glyphs: &mut [Glyph]) -> Option<Line> {
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = glyphs
        .iter()
        .filter(|glyph| !is_blank(glyph.c))
        .map(|glyph| glyph.size)
        .fold(0.0, f64::max);
    let mut line: Option<Line> = None;
    let mut blank = false;
    let mut last: Option<Glyph> = None;
    for glyph in glyphs.iter() {
        if is_blank(glyph.c) {
            blank = true;
            continue;
        }
        let Some(line) = &mut line else {
            line = Some(Line {
                text: glyph.c.to_string(),
                left: glyph.left,
                right: glyph.right,
                y: glyph.y,
                size,
                opening: 0.0,
                overlaid: 0,
                parts: vec![part(glyph)],
                measure: None,
            });
            (blank, last) = (false, Some(glyph.clone()));
            continue;
        };
        if last.as_ref().is_some_and(|last| is_again(last, glyph)) {
            continue;
        }
        let gap = glyph.left - line.right;
        line.overlaid += usize::from(gap < -0.3 * glyph.size.min(glyph.right - glyph.left).max(1.0));
        let narrow = line.text.ends_with(is_narrow) && is_narrow(glyph.c);
        let wide_gap = if narrow { 0.22 } else { 0.9 } * size;
        let spaced = gap > wide_gap || (blank && gap > 0.12 * size);
        if spaced {
            line.text.push(' ');
        }
        line.text.push(glyph.c);
        match line.parts.last_mut() {
            Some(part) if gap <= PARTS * size => {
                if spaced {
                    part.text.push(' ');
                }
                part.text.push(glyph.c);
                part.right = part.right.max(glyph.right);
            }
            _ => line.parts.push(part(glyph)),
        }
        line.right = line.right.max(glyph.right);
        (blank, last) = (false, Some(glyph.clone()));
    }
    let mut line = line?;
    line.opening = opening(glyphs);
    Some(line)
}

fn part(glyph: &Glyph) -> Part {
    Part {
        text: glyph.c.to_string(),
        left: glyph.left,
        right: glyph.right,
    }
}

fn is_again(last: &Glyph, glyph: &Glyph) -> bool {
    last.c == glyph.c && glyph.left - last.left < 0.25 * (last.right - last.left).max(last.size * 0.2)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}')
}

fn is_narrow(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '/' | '-' | '+')
}

fn opening(glyphs: &[Glyph]) -> f64 {
    let mut shown = glyphs.iter().filter(|glyph| !is_blank(glyph.c));
    let Some(first) = shown.next() else { return 0.0 };
    let mut right = first.right;
    if is_narrow(first.c) {
        for glyph in shown.take_while(|glyph| is_narrow(glyph.c)) {
            right = right.max(glyph.right);
        }
    }
    // 家、 and 万/ stay together
    let next = glyphs.iter().find(|glyph| {
        !is_blank(glyph.c) && glyph.left > first.left && glyph.left >= right - first.size * 0.2
    });
    match next.filter(|next| never_begins(next.c)) {
        Some(next) => next.right - first.left,
        None => right - first.left,
    }
}

/// What no line begins with.
fn never_begins(c: char) -> bool {
    "，。、；：！？）》”’」』】〕％,.;:!?)%/".contains(c)
}

/// Adds a line to a text that goes on in it. Only words of letters are parted.
pub(super) fn go_on(text: &mut String, line: &str) {
    let letter = |c: char| c.is_ascii_alphabetic();
    if text.ends_with(letter) && line.starts_with(letter) {
        text.push(' ');
    }
    text.push_str(line);
}

/// The lines of a cell as one text: a break stands only where the line had room for what follows.
pub(super) fn text_of_cell(lines: &[Line], width: f64) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).map(|before| &lines[before]) {
            let room = width - (before.right - before.left) - 2.0 * PADDING;
            if room > line.opening + before.size && !line.text.starts_with(never_begins) {
                text.push('\n');
                text.push_str(&line.text);
                continue;
            }
        }
        go_on(&mut text, &line.text);
    }
    text
}

/// What programs leave between the line and the text of a cell.
const PADDING: f64 = 6.0;
