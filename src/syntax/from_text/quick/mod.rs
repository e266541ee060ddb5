//! The commonest contents, read in one pass without the grammar's backtracking. What is not read here for certain is
//! the grammar's; a test holds that both read the same.

mod amounts;
mod formula;

use super::contents::{is_quote, unquote};
use super::lines::Line;
use crate::quantity::Bound;
use crate::source::Span;
use crate::syntax::keywords::Shape;
use crate::syntax::{Case, Content, Expr, Parameter, Scoring, Target, Words};

/// Reads a content, or leaves it to the grammar.
pub fn content(shape: Shape, text: &str, line: &Line, base: usize) -> Option<Content> {
    if !is_plain(text) {
        return None;
    }
    let mut reader = Reader::new(text, line, base);
    let content = match shape {
        Shape::Condition => Content::Condition(reader.expr()?),
        Shape::Cases => Content::Cases(vec![reader.case()?]),
        Shape::Head => return reader.head(),
        Shape::List => return reader.list(),
        Shape::Points => Content::Points(reader.amount()?),
        Shape::Scoring => Content::Scoring(reader.scoring()?),
        Shape::Parameter => Content::Parameter(reader.parameter()?),
        Shape::Target => Content::Target(reader.target()?),
        Shape::Field => Content::Field(reader.path()?),
        _ => return None,
    };
    reader.is_done().then_some(content)
}

/// A formula that stands alone.
pub fn formula(text: &str, line: &Line, base: usize) -> Option<Expr> {
    match content(Shape::Condition, text, line, base)? {
        Content::Condition(expr) => Some(expr),
        _ => None,
    }
}

/// Whether a target is a text: it begins as no number, interval or comparison does.
pub fn is_words(text: &str) -> bool {
    text.starts_with(is_letter) && !is_reserved(text)
}

/// Whether a text has no comment in it and no other blanks than those that are skipped here.
fn is_plain(text: &str) -> bool {
    !text.contains(|sign| {
        matches!(
            sign,
            '#' | '＃' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{205F}' | '\u{FEFF}'
        ) || matches!(sign, '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}')
    })
}

fn is_skipped(sign: char) -> bool {
    matches!(sign, ' ' | '\u{3000}' | '\t' | '\n' | '\r')
}

fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic() || ('\u{4E00}'..='\u{9FFF}').contains(&sign)
}

fn is_comma(sign: char) -> bool {
    matches!(sign, '，' | ',')
}

fn is_pause(sign: char) -> bool {
    matches!(sign, '、' | '﹑')
}

/// Words that end a name, as the grammar has them; a longer one (大于等于) is told by its beginning.
const RESERVED: [&str; 26] = [
    "并且",
    "或者",
    "并非",
    "属于",
    "包含",
    "有值",
    "已填",
    "无值",
    "未填",
    "若无",
    "不低于",
    "不少于",
    "不小于",
    "不超过",
    "不高于",
    "不大于",
    "不等于",
    "不足",
    "至少",
    "至多",
    "大于",
    "小于",
    "高于",
    "超过",
    "低于",
    "等于",
];

/// Whether a reserved word begins here; most letters begin none.
pub fn is_reserved(rest: &str) -> bool {
    rest.starts_with(|sign: char| "并或属包有已无未若不至大小高超低等".contains(sign))
        && RESERVED.iter().any(|word| rest.starts_with(word))
}

/// Goes through a text from left to right. Whatever it does not know ends the reading.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: &'a Line,
    base: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, line: &'a Line, base: usize) -> Reader<'a> {
        Reader {
            text,
            at: 0,
            line,
            base,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Back to where something did not belong here.
    pub(super) fn back(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn is_quote_at(&self, at: usize) -> bool {
        self.text[at..].starts_with(is_quote)
    }

    pub(super) fn skip(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_skipped).len();
    }

    pub(super) fn is_done(&mut self) -> bool {
        self.skip();
        self.at == self.text.len()
    }

    /// The sign that comes next, blanks skipped.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.skip();
        self.rest().chars().next()
    }

    pub(super) fn take(&mut self, sign: fn(char) -> bool) -> Option<char> {
        let found = self.peek().filter(|next| sign(*next))?;
        self.at += found.len_utf8();
        Some(found)
    }

    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.skip();
        self.rest().starts_with(word).then(|| self.at += word.len())
    }

    /// Where the next word begins.
    pub(super) fn start(&mut self) -> usize {
        self.skip();
        self.at
    }

    /// The place from there to here.
    pub(super) fn span(&self, start: usize) -> Span {
        self.line.span(self.base + start..self.base + self.at)
    }

    fn words(&self, start: usize) -> Words {
        let (text, quoted) = unquote(&self.text[start..self.at]);
        Words {
            text: text.to_owned(),
            span: self.span(start),
            quoted,
        }
    }

    /// A name or a text in quotes, right here.
    pub(super) fn name_here(&mut self) -> Option<Words> {
        let start = self.at;
        let first = self.rest().chars().next()?;
        if is_quote(first) {
            let inner = &self.rest()[first.len_utf8()..];
            let end = inner.find(is_quote)?;
            let shut = inner[end..].chars().next()?;
            self.at += first.len_utf8() + end + shut.len_utf8();
            return Some(self.words(start));
        }
        for (at, sign) in self.text[start..].char_indices() {
            let part = is_letter(sign) || sign == '_' || (at > 0 && sign.is_ascii_digit());
            if !part || is_reserved(&self.text[start + at..]) {
                break;
            }
            self.at = start + at + sign.len_utf8();
        }
        // Letters and digits of other scripts are the grammar's.
        let strange = self.rest().chars().next().is_some_and(|sign| {
            !sign.is_ascii() && !is_letter(sign) && (sign.is_alphabetic() || sign.is_numeric())
        });
        (self.at > start && !strange).then(|| self.words(start))
    }

    pub(super) fn name(&mut self) -> Option<Words> {
        self.skip();
        self.name_here()
    }

    /// Names with points between, no blanks around the points.
    pub(super) fn path(&mut self) -> Option<Vec<Words>> {
        let mut path = vec![self.name()?];
        while self.rest().starts_with(['.', '．', '。']) {
            self.at += self.rest().chars().next()?.len_utf8();
            path.push(self.name_here()?);
        }
        Some(path)
    }

    /// A condition，得 marks
    fn case(&mut self) -> Option<Case> {
        let start = self.start();
        let condition = self.expr()?;
        self.take(is_comma)?;
        self.take(|sign| matches!(sign, '得' | '计'))?;
        let result = self.expr()?;
        let span = self.span(start);
        Some(Case {
            condition,
            result,
            span,
        })
    }

    /// A name, and 10 分 behind the last comma.
    fn head(&mut self) -> Option<Content> {
        let trimmed = self.text.trim_matches(is_skipped);
        self.skip();
        let (start, end) = (self.at, self.at + trimmed.len());
        let comma = trimmed.rfind(is_comma);
        let mut marks = None;
        if let Some(comma) = comma.filter(|comma| *comma > 0) {
            self.at = start + comma;
            self.take(is_comma)?;
            // What is no marks after all is the grammar's.
            let amount = self.amount()?;
            let points = amount.unit.as_ref().is_some_and(|unit| unit.text == "分");
            marks = Some((amount, start + comma));
            if !points || !self.is_done() {
                return None;
            }
        } else if comma.is_some() {
            return None;
        }
        let name_end = marks.as_ref().map_or(end, |(_, comma)| *comma);
        self.at = start + self.text[start..name_end].trim_end_matches(is_skipped).len();
        let name = self.words(start);
        (self.at > start).then(|| Content::Head(name, marks.map(|(amount, _)| amount)))
    }

    /// Names parted by 、 ， ；
    fn list(&mut self) -> Option<Content> {
        if self.text.contains(is_quote) {
            return None;
        }
        let mut items = Vec::new();
        while !self.is_done() {
            let start = self.at;
            let parts = |sign: char| is_pause(sign) || is_comma(sign) || matches!(sign, '；' | ';');
            let length = self.rest().find(parts).unwrap_or(self.rest().len());
            let item = self.rest()[..length].trim_end_matches(is_skipped);
            if item.is_empty() {
                return None;
            }
            self.at = start + item.len();
            items.push(self.words(start));
            self.at = start + length;
            self.take(parts);
        }
        (!items.is_empty()).then_some(Content::List(items))
    }

    /// 按完成比例，及格门槛 = 60%
    fn scoring(&mut self) -> Option<Scoring> {
        let standard = self.name()?;
        let mut arguments = Vec::new();
        while self.take(is_comma).is_some() {
            arguments.push(self.parameter()?);
        }
        Some(Scoring { standard, arguments })
    }

    /// 及格门槛 = 60%
    fn parameter(&mut self) -> Option<Parameter> {
        let name = self.name()?;
        self.take(|sign| matches!(sign, '=' | '＝'))?;
        let value = self.amount()?;
        Some(Parameter { name, value })
    }

    /// ≥ 8000 家, 8000 家
    fn target(&mut self) -> Option<Target> {
        let bound = match self.peek()? {
            '≥' => Some(Bound::AtLeast),
            '≤' => Some(Bound::AtMost),
            _ => None,
        };
        if bound.is_some() {
            self.take(|_| true);
        }
        Some(Target::Number(bound, self.amount()?))
    }
}
