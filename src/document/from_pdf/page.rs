//! What a page draws to its characters and ruling lines, each with its place in points from the upper left corner.

use super::frame::{Frame, framed};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Pages with more characters or lines than this are no pages of reports.
const MOST_GLYPHS: usize = 60_000;
const MOST_RULES: usize = 20_000;
/// More boxes than this no page draws in.
const MOST_BOXES: usize = 50_000;
/// Filled rectangles thinner than this are lines.
const THIN: f64 = 3.0;

/// A character.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub c: char,
    pub left: f64,
    pub right: f64,
    /// Its baseline.
    pub y: f64,
    pub size: f64,
    /// The box that it is drawn in, where that is not the page: programs draw each cell in a box of its own.
    pub frame: Option<Frame>,
    /// Whether its middle lies in that box.
    pub seen: bool,
    /// Which of the page's characters it is, in the order in which they are drawn.
    pub order: usize,
}

impl Glyph {
    /// The middle of the character, by which it belongs to a cell.
    pub(super) fn middle(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, self.y - self.size * 0.35)
    }
}

/// A line that runs straight across or straight down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Its y where it runs across, its x where it runs down.
    pub at: f64,
    pub from: f64,
    pub to: f64,
}

/// A page as it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub across: Vec<Rule>,
    pub down: Vec<Rule>,
    /// How much of the page its pictures cover, in hundredths.
    pub pictured: u32,
    /// Characters that the file does not name.
    pub unnamed: usize,
    /// Characters that are not shown: what a scanner took a picture's text for.
    pub hidden: usize,
    /// Whether the page has more than is read.
    pub is_cut: bool,
}

/// Takes down what is drawn.
pub(super) struct Taker {
    width: f64,
    height: f64,
    letters: Vec<Letter>,
    segments: Vec<(Point, Point)>,
    clips: Vec<Rect>,
    page: Page,
    /// How many boxes were drawn in.
    boxes: usize,
    given_up: Arc<AtomicBool>,
}

/// A character before the page is turned upright.
struct Letter {
    c: char,
    start: Point,
    advance: Vec2,
    size: f64,
    frame: Option<Rect>,
}

impl Taker {
    pub(super) fn new(width: f64, height: f64, given_up: Arc<AtomicBool>) -> Taker {
        Taker {
            width,
            height,
            letters: Vec::new(),
            segments: Vec::new(),
            clips: vec![Rect::new(0.0, 0.0, width, height)],
            page: Page::default(),
            boxes: 0,
            given_up,
        }
    }

    /// Ends the reading of the file where nobody waits for it any more: the interpreter cannot be told to stop. Unwinding
    /// this way says nothing to the user.
    fn look_up(&self) {
        if self.given_up.load(Ordering::Relaxed) {
            std::panic::resume_unwind(Box::new(()));
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(Rect::ZERO)
    }

    fn letter(&mut self, drawn: &Drawn, place: Affine) {
        let text = match drawn.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        let width = match drawn {
            Drawn::Outline(glyph) => glyph.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let width = f64::from(width.unwrap_or(500.0));
        let start = place * Point::ZERO;
        let advance = place * Point::new(width, 0.0) - start;
        let size = (place * Point::new(0.0, 1000.0) - start).hypot();
        let middle = start + advance / 2.0;
        let paper = Rect::new(0.0, 0.0, self.width, self.height);
        if !middle.is_finite() || !size.is_finite() || !paper.contains(middle) {
            return;
        }
        let frame = (self.clips.len() > 1).then(|| self.clip());
        let named = text.chars().filter(|c| !is_unnamed(*c));
        let many = named.clone().count();
        if many == 0 {
            self.page.unnamed += 1;
            return;
        }
        let step = advance / many as f64;
        for (at, c) in named.enumerate() {
            let start = start + step * at as f64;
            self.letters.push(Letter {
                c,
                start,
                advance: step,
                size,
                frame,
            });
        }
    }

    fn segment(&mut self, a: Point, b: Point) {
        if self.segments.len() >= MOST_RULES {
            self.page.is_cut = true;
            return;
        }
        let clip = self.clip().inflate(2.0, 2.0);
        let inside =
            |point: Point| Point::new(point.x.clamp(clip.x0, clip.x1), point.y.clamp(clip.y0, clip.y1));
        let straight = (a.x - b.x).abs() < 1.0 || (a.y - b.y).abs() < 1.0;
        let seen = clip.overlaps(Rect::from_points(a, b).inflate(0.1, 0.1));
        if a.is_finite() && b.is_finite() && straight && seen {
            self.segments.push((inside(a), inside(b)));
        }
    }

    fn stroke(&mut self, path: &BezPath, place: Affine) {
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match element {
                PathEl::MoveTo(point) => {
                    (first, last) = (*point, *point);
                }
                PathEl::LineTo(point) => {
                    self.segment(place * last, place * *point);
                    last = *point;
                }
                PathEl::ClosePath => {
                    self.segment(place * last, place * first);
                    last = first;
                }
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => last = *point,
            }
        }
    }

    /// Lines are often filled rectangles.
    fn fill(&mut self, path: &BezPath, place: Affine) {
        let mut part = BezPath::new();
        for element in path.elements() {
            if matches!(element, PathEl::MoveTo(_)) {
                self.thin(&part, place);
                part = BezPath::new();
            }
            part.push(*element);
        }
        self.thin(&part, place);
    }

    fn thin(&mut self, part: &BezPath, place: Affine) {
        if part.elements().len() < 2 || part.elements().len() > 8 {
            return;
        }
        let bounds = place.transform_rect_bbox(part.bounding_box());
        let middle = bounds.center();
        if bounds.height() <= THIN && bounds.width() > THIN {
            self.segment(Point::new(bounds.x0, middle.y), Point::new(bounds.x1, middle.y));
        } else if bounds.width() <= THIN && bounds.height() > THIN {
            self.segment(Point::new(middle.x, bounds.y0), Point::new(middle.x, bounds.y1));
        }
    }

    /// The page, turned so that its text runs from left to right.
    pub(super) fn finish(self) -> Page {
        let Taker {
            width,
            height,
            letters,
            segments,
            mut page,
            ..
        } = self;
        let turn = turn_of(&letters);
        let upright = |point: Point| match turn {
            Turn::None => point,
            Turn::Up => Point::new(height - point.y, point.x),
            Turn::Down => Point::new(point.y, width - point.x),
            Turn::Over => Point::new(width - point.x, height - point.y),
        };
        let aside = matches!(turn, Turn::Up | Turn::Down);
        (page.width, page.height) = if aside { (height, width) } else { (width, height) };
        for (order, letter) in letters.into_iter().enumerate() {
            if turn_of(std::slice::from_ref(&letter)) != turn || is_slanted(letter.advance) {
                continue;
            }
            let (start, end) = (upright(letter.start), upright(letter.start + letter.advance));
            let mut glyph = Glyph {
                c: letter.c,
                left: start.x.min(end.x),
                right: start.x.max(end.x),
                y: start.y,
                size: letter.size,
                frame: letter.frame.map(|frame| {
                    let corners = [Point::new(frame.x0, frame.y0), Point::new(frame.x1, frame.y1)];
                    framed(corners.map(upright))
                }),
                seen: true,
                order,
            };
            glyph.seen = glyph.frame.is_none_or(|frame| frame.shows(glyph.middle()));
            page.glyphs.push(glyph);
        }
        for (a, b) in segments {
            let (a, b) = (upright(a), upright(b));
            let (wide, high) = ((a.x - b.x).abs(), (a.y - b.y).abs());
            if wide >= high && wide > 1.0 {
                page.across.push(rule((a.y + b.y) / 2.0, a.x, b.x));
            } else if high > 1.0 {
                page.down.push(rule((a.x + b.x) / 2.0, a.y, b.y));
            }
        }
        page
    }
}

fn rule(at: f64, a: f64, b: f64) -> Rule {
    Rule {
        at,
        from: a.min(b),
        to: a.max(b),
    }
}

/// What stands for characters that have no name: of private use, and the mark of a failed translation.
fn is_unnamed(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\0') || (c.is_control() && c != '\t')
}

/// How the text of a page runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Turn {
    None,
    Up,
    Down,
    Over,
}

fn turn_of(letters: &[Letter]) -> Turn {
    let mut counts = [0usize; 4];
    for Letter { advance, .. } in letters {
        let at = match advance {
            step if step.x.abs() >= step.y.abs() => usize::from(step.x < 0.0) * 3,
            step => 1 + usize::from(step.y > 0.0),
        };
        counts[at] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let turns = [Turn::None, Turn::Up, Turn::Down, Turn::Over];
    let found = turns.into_iter().zip(counts).find(|(_, count)| *count == most);
    found.map_or(Turn::None, |(turn, _)| turn)
}

/// A watermark.
fn is_slanted(advance: Vec2) -> bool {
    let (long, short) = (
        advance.x.abs().max(advance.y.abs()),
        advance.x.abs().min(advance.y.abs()),
    );
    short > long * 0.1
}

impl<'a> Device<'a> for Taker {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.look_up();
        if path.elements().len() > MOST_RULES {
            self.page.is_cut = true;
            return;
        }
        match mode {
            DrawMode::Stroke(_) => self.stroke(path, props.transform),
            DrawMode::Fill(_) => self.fill(path, props.transform),
            DrawMode::FillAndStroke(..) => self.stroke(path, props.transform),
            DrawMode::Invisible => {}
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.look_up();
        for glyph in run.glyphs() {
            if self.letters.len() + self.page.unnamed >= MOST_GLYPHS {
                self.page.is_cut = true;
                return;
            }
            let before = self.letters.len();
            self.letter(glyph, props.transform * glyph.transform());
            if matches!(mode, DrawMode::Invisible) {
                self.page.hidden += self.letters.len() - before;
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.look_up();
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = props.transform.transform_rect_bbox(size).intersect(self.clip());
        let part = bounds.area() / (self.width * self.height).max(1.0) * 100.0;
        if part.is_finite() {
            self.page.pictured = self.page.pictured.saturating_add(part.max(0.0) as u32);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        // a drawing in a drawing is clipped to its box: a few that call each other are drawn without end
        self.boxes += 1;
        if self.boxes > MOST_BOXES {
            self.given_up.store(true, Ordering::Relaxed);
        }
        self.look_up();
        let bounds = clip.path.bounding_box();
        self.clips.push(self.clip().intersect(bounds));
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}
}
