//! Places to pictures: the line around each place, underlined and noted. miette draws; it is only ever given a window of
//! a line or two, so the cost of a finding does not grow with the report.

use crate::finding::Place;
use crate::render::positions::{Positions, floor};
use crate::render::{Look, to_terminal_plain, words, wrap};
use crate::source::Span;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use std::fmt;
use std::ops::Range;

/// Lines between two places that are still shown in one picture.
const GAP: usize = 2;

/// The columns that the line to the words at a mark takes, with a blank on either side.
const LEAD: usize = 6;

/// A place with the line in which it starts. A place that runs over several lines is marked in its first.
struct Mark {
    line: usize,
    range: Range<usize>,
    label: String,
}

/// Marks near enough to one another to be shown in one picture.
struct Group<'a> {
    first: &'a Place,
    marks: Vec<Mark>,
}

/// What miette is given of a source.
#[derive(Debug)]
struct Window {
    name: String,
    text: String,
    line: usize,
    labels: Vec<LabeledSpan>,
}

/// Draws windows; made once a run.
pub struct Pen {
    handler: GraphicalReportHandler,
    /// Whether it draws without colour.
    plain: bool,
    width: usize,
}

impl Pen {
    /// A pen for that look.
    pub fn new(look: Look) -> Pen {
        let theme = if look.color {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_wrap_lines(false)
            .without_primary_span_start()
            .without_cause_chain()
            .without_syntax_highlighting()
            .with_context_lines(GAP);
        Pen {
            handler,
            plain: !look.color,
            width: look.width,
        }
    }

    /// Draws all places, each once, in their order.
    pub fn draw(&self, out: &mut String, places: &[&Place], positions: &Positions) {
        for group in self.groups(places, positions) {
            let Some(window) = self.window(group, positions) else {
                continue;
            };
            if self.plain && window.is_plain() {
                to_terminal_plain::draw(out, &window.name, window.line + 1, &window.text, &window.labels);
            } else {
                self.picture(out, &window);
            }
        }
    }

    /// Has miette draw a window.
    fn picture(&self, out: &mut String, window: &Window) {
        let mut picture = String::with_capacity(256);
        // writing to a string does not fail, and a label always lies in its window
        let _ = self.handler.render_report(&mut picture, window);
        // the first line is miette's heading, which is empty here: the finding's own stands above
        let body = picture.find('\n').map_or("", |end| &picture[end + 1..]);
        for line in body.lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }

    /// The columns that a line of source may take beside its number.
    fn room(&self, line: usize) -> usize {
        let digits = (line + 1).to_string().len();
        self.width.saturating_sub(digits + 4).max(30)
    }

    fn groups<'a>(&self, places: &[&'a Place], positions: &Positions) -> Vec<Group<'a>> {
        let mut groups: Vec<Group> = Vec::new();
        for &place in places {
            let Some(mark) = mark(place, positions) else {
                continue;
            };
            let room = self.room(mark.line);
            let home = groups.iter_mut().find(|group| {
                group.first.span.source == place.span.source && takes(group, &mark, room, positions)
            });
            match home {
                Some(group) => put(&mut group.marks, mark),
                None => groups.push(Group {
                    first: place,
                    marks: vec![mark],
                }),
            }
        }
        groups
    }

    fn window(&self, mut group: Group, positions: &Positions) -> Option<Window> {
        let span = group.first.span;
        let source = positions.source(span)?;
        let (line, column) = positions.line_column(span);
        let name = [
            format!("{}:{line}:{column}", wrap::one_line(&source.name)),
            group.first.address.clone(),
        ];
        group.marks.sort_by_key(|mark| mark.range.start);
        let (first, last) = (group.marks.first()?.line, group.marks.last()?.line);
        let mut window = Window {
            name: name.join(" ").trim_end().to_owned(),
            text: String::new(),
            line: first,
            labels: Vec::with_capacity(group.marks.len()),
        };
        for line in first..=last {
            let range = positions.line_range(span, line);
            let marks = group.marks.iter().filter(|mark| mark.line == line);
            window.push_line(&source.text, range, marks, self.room(last));
        }
        Some(window)
    }
}

fn mark(place: &Place, positions: &Positions) -> Option<Mark> {
    let source = positions.source(place.span)?;
    if source.text.is_empty() {
        return None;
    }
    let (line, range) = positions.line(place.span)?;
    let start = floor(&source.text, place.span.start as usize).min(range.end);
    let end = floor(&source.text, place.span.end as usize).clamp(start, range.end);
    Some(Mark {
        line,
        range: start..end,
        label: words::label(place),
    })
}

/// Whether a mark is shown together with a group: on near lines, and on one line only
/// where they do not overlap and are no farther apart than fits the screen.
fn takes(group: &Group, mark: &Mark, room: usize, positions: &Positions) -> bool {
    let first = group.marks.iter().map(|other| other.line).min();
    let last = group.marks.iter().map(|other| other.line).max();
    let near = first.is_some_and(|first| first <= mark.line + GAP)
        && last.is_some_and(|last| mark.line <= last + GAP);
    let text = positions
        .source(group.first.span)
        .map_or("", |source| &source.text);
    near && group
        .marks
        .iter()
        .filter(|other| other.line == mark.line)
        .all(|other| {
            // an underline cannot be drawn over another; one of no length is a column wide
            let end = |range: &Range<usize>| range.end.max(range.start + 1);
            let apart = end(&other.range) <= mark.range.start || end(&mark.range) <= other.range.start;
            let both = other.range.start.min(mark.range.start)..other.range.end.max(mark.range.end);
            let right = if other.range.end > mark.range.end {
                other
            } else {
                mark
            };
            let words = (wrap::width(&right.label) + LEAD).min(room / 2);
            other.range == mark.range || apart && fits(&text[both], room.saturating_sub(4 + words))
        })
}

/// Adds a mark; two marks at one place share their words.
fn put(marks: &mut Vec<Mark>, mark: Mark) {
    match marks.iter_mut().find(|other| other.range == mark.range) {
        Some(same) if same.label == mark.label || mark.label.is_empty() => {}
        Some(same) if same.label.is_empty() => same.label = mark.label,
        Some(same) => {
            same.label.push('；');
            same.label.push_str(&mark.label);
        }
        None => marks.push(mark),
    }
}

/// Whether a text is at most so many columns wide; looks no further than it must.
fn fits(text: &str, room: usize) -> bool {
    text.len() <= room || {
        let mut used = 0;
        text.chars().all(|c| {
            used += columns(c);
            used <= room
        })
    }
}

fn columns(c: char) -> usize {
    wrap::char_width(wrap::shown(c))
}

/// The bytes of `line` that are shown in `room` columns: all of it, or what stands around the marked part. `tail` columns
/// after the marked part are kept free for the words at its marks.
fn cut(text: &str, line: Range<usize>, marked: Range<usize>, room: usize, tail: usize) -> Range<usize> {
    let tail = tail.min(room / 2);
    if fits(&text[line.clone()], room) && fits(&text[line.start..marked.end], room - tail) {
        return line;
    }
    // one column at each end is for …
    let mut free = room.saturating_sub(2);
    let mut end = marked.start + taken(text[marked.clone()].chars(), &mut free);
    let most_before = free.saturating_sub(tail);
    let mut before = most_before.min(free / 2);
    free -= before;
    let mut start = marked.start - taken(text[line.start..marked.start].chars().rev(), &mut before);
    free += before;
    end += taken(text[end..line.end].chars(), &mut free);
    // what the right side has not used is the left side's, but for the tail
    let mut more = free.min(most_before.saturating_sub(columns_of(&text[start..marked.start])));
    start -= taken(text[line.start..start].chars().rev(), &mut more);
    start..end
}

/// The columns that a short text takes.
fn columns_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// The columns that the words at a mark need beyond the end of the marked part: they begin under the mark's middle.
fn tail(text: &str, mark: &Mark, marked: &Range<usize>) -> usize {
    let words = wrap::width(&mark.label) + LEAD;
    let beyond = columns_of(&text[mark.range.start..marked.end]);
    let under = beyond.saturating_sub(columns_of(&text[mark.range.clone()]).div_ceil(2));
    if mark.label.is_empty() {
        0
    } else {
        words.saturating_sub(under)
    }
}

/// The bytes of the first characters that fit into `left` columns, which are used up.
fn taken(characters: impl Iterator<Item = char>, left: &mut usize) -> usize {
    let mut bytes = 0;
    for c in characters {
        let wide = columns(c);
        if wide > *left {
            break;
        }
        *left -= wide;
        bytes += c.len_utf8();
    }
    bytes
}

impl Window {
    /// Whether its marks stand one behind the other.
    fn is_plain(&self) -> bool {
        let apart = |two: &[LabeledSpan]| {
            two[0].offset() < two[1].offset() && two[0].offset() + two[0].len() <= two[1].offset()
        };
        self.labels.windows(2).all(apart)
    }

    fn push_line<'m>(
        &mut self,
        text: &str,
        line: Range<usize>,
        marks: impl Iterator<Item = &'m Mark> + Clone,
        room: usize,
    ) {
        let marked = marks
            .clone()
            .map(|mark| mark.range.clone())
            .reduce(|all, one| all.start.min(one.start)..all.end.max(one.end))
            .unwrap_or(line.start..line.start);
        let tail = marks.clone().map(|mark| tail(text, mark, &marked)).max();
        let kept = cut(text, line.clone(), marked, room, tail.unwrap_or(0));
        if kept.start > line.start {
            self.text.push('…');
        }
        let base = self.text.len();
        self.text.extend(text[kept.clone()].chars().map(wrap::shown));
        for mark in marks {
            let start = mark.range.start.clamp(kept.start, kept.end);
            let end = mark.range.end.clamp(start, kept.end);
            let label = Some(wrap::one_line(&mark.label)).filter(|label| !label.is_empty());
            self.labels
                .push(LabeledSpan::new(label, base + start - kept.start, end - start));
        }
        if kept.end < line.end {
            self.text.push('…');
        }
        self.text.push('\n');
    }
}

impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.line,
            0,
            self.text.lines().count(),
        )))
    }
}

impl Diagnostic for Window {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl std::error::Error for Window {}

impl fmt::Display for Window {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

/// A span's path, line and column as they are printed.
pub fn location(span: Span, positions: &Positions) -> String {
    let (line, column) = positions.line_column(span);
    format!("{}:{line}:{column}", wrap::one_line(positions.path(span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_lines_are_drawn_as_miette_draws_them(
            parts in prop::collection::vec("[a-z0-9 ]{0,4}|[汉字，（。]{0,5}|[é😀\u{301}\u{200B}]|\n{0,2}", 1..14),
            words in prop::collection::vec(prop::option::of("[a-z]{1,3}|[汉字 ]{1,5}"), 14),
            line in 0usize..2000,
        ) {
            let mut window = Window { name: "甲.txt:1:1".into(), text: String::new(), line, labels: Vec::new() };
            for (at, (part, words)) in parts.iter().zip(words).enumerate() {
                if at % 2 == 1 && !part.contains('\n') {
                    window.labels.push(LabeledSpan::new(words, window.text.len(), part.len()));
                }
                window.text.push_str(part);
            }
            window.text.push('\n');
            if window.is_plain() && !window.labels.is_empty() {
                let (mut ours, mut theirs) = (String::new(), String::new());
                let pen = Pen::new(Look { color: false, width: 80 });
                pen.picture(&mut theirs, &window);
                to_terminal_plain::draw(&mut ours, &window.name, line + 1, &window.text, &window.labels);
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
