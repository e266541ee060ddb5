//! A page's text to its tags and texts, in one pass.

use memchr::{memchr, memmem};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What stands next.
pub(super) enum Token<'t> {
    Open(Tag<'t>),
    Close(String),
    Text(Cow<'t, str>),
}

/// A tag that opens.
pub(super) struct Tag<'t> {
    /// In small letters.
    pub name: String,
    /// What stands behind the name.
    rest: &'t str,
}

/// Elements whose content is no text of the page.
const RAW: &[&str] = &[
    "script", "style", "title", "textarea", "iframe", "noframes", "noembed", "xmp",
];

/// A page that is being read.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    /// What was looked for up to the end and is not there: it is not looked for again.
    missing: Vec<&'static str>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Tokens<'t> {
        Tokens {
            text,
            at: 0,
            missing: Vec::new(),
        }
    }

    /// Where a sign or a word stands next, unless it was found to be missing before.
    fn find(&mut self, from: usize, what: &'static str) -> Option<usize> {
        if self.missing.contains(&what) {
            return None;
        }
        let found = memmem::find(self.text.get(from..)?.as_bytes(), what.as_bytes());
        if found.is_none() {
            self.missing.push(what);
        }
        found.map(|at| from + at)
    }

    /// A comment, a declaration, or what browsers take for one: passed over.
    fn pass_remark(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let end = if rest.starts_with("<!--") {
            self.find(self.at + 4, "-->").map(|at| at + 3)
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            self.find(self.at, ">").map(|at| at + 1)
        } else {
            None
        };
        match end {
            Some(end) => {
                self.at = end;
                true
            }
            None => false,
        }
    }

    /// A tag at this place; nothing where `<` is only a sign (＜ in “完成率<90%”).
    fn tag(&mut self) -> Option<Token<'t>> {
        let rest = &self.text[self.at + 1..];
        let closes = rest.starts_with('/');
        let rest = &rest[usize::from(closes)..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) || self.missing.contains(&"end of tag") {
            return None;
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<');
        let length = rest.find(ends).unwrap_or(rest.len()).min(rest.len());
        let name = rest[..length].to_ascii_lowercase();
        let Some(end) = end_of_tag(&rest[length..]) else {
            self.missing.push("end of tag");
            return None;
        };
        let inner = &rest[length..length + end];
        self.at += 2 + usize::from(closes) + length + end;
        if closes {
            return Some(Token::Close(name));
        }
        if let Some(raw) = RAW.iter().find(|raw| **raw == name) {
            self.pass_raw(raw);
        }
        Some(Token::Open(Tag { name, rest: inner }))
    }

    /// To the end of a script and the like.
    fn pass_raw(&mut self, name: &'static str) {
        if self.missing.contains(&name) {
            return;
        }
        let mut from = self.at;
        while let Some(found) = memmem::find(&self.text.as_bytes()[from..], b"</") {
            let begins = from + found + 2;
            let here = self.text.as_bytes().get(begins..begins + name.len());
            if here.is_some_and(|here| here.eq_ignore_ascii_case(name.as_bytes())) {
                self.at = begins - 2;
                return;
            }
            from = begins;
        }
        self.missing.push(name);
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let start = self.at;
            if start >= self.text.len() {
                return None;
            }
            if self.text[start..].starts_with('<') {
                if self.pass_remark() {
                    continue;
                }
                if let Some(token) = self.tag() {
                    return Some(token);
                }
            }
            // Text up to the next sign that may begin a tag; this one did not.
            let skipped = usize::from(self.text[start..].starts_with('<'));
            let length = memchr(b'<', &self.text.as_bytes()[start + skipped..]);
            self.at = length.map_or(self.text.len(), |length| start + skipped + length);
            return Some(Token::Text(resolved(&self.text[start..self.at])));
        }
    }
}

/// Where the `>` of a tag stands: one in the quotes of a value is none.
fn end_of_tag(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    let mut value = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return Some(at),
            b'=' => value = true,
            quote @ (b'"' | b'\'') if value => {
                let close = memchr(quote, &bytes[at + 1..])?;
                at += close + 1;
                value = false;
            }
            byte if !byte.is_ascii_whitespace() => value = false,
            _ => {}
        }
        at += 1;
    }
    None
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn get(&self, wanted: &str) -> Option<Cow<'_, str>> {
        let mut rest = self.rest;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let length = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '/'))
                .map_or(rest.len(), |(at, _)| at);
            let (name, after) = rest.split_at(length);
            let (value, after) = value_of(after);
            if name.eq_ignore_ascii_case(wanted) {
                return Some(resolved(value));
            }
            rest = after;
        }
    }

    /// A whole number; what is none is nothing.
    pub(super) fn number(&self, wanted: &str) -> Option<u32> {
        let value = self.get(wanted)?;
        let digits: String = value.trim().chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    }
}

/// The value behind a name, and what stands behind it.
fn value_of(after: &str) -> (&str, &str) {
    let Some(value) = after.trim_start().strip_prefix('=') else {
        return ("", after);
    };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let length = value.find(char::is_whitespace).unwrap_or(value.len());
    value.split_at(length)
}

static ENTITIES: &str = include_str!("../../../data/entities.tsv");
/// The codes by their names, for a page may be made of nothing else.
fn by_name() -> &'static FxHashMap<&'static str, &'static str> {
    static NAMED: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        let pairs = ENTITIES.lines().filter_map(|line| line.split_once('\t'));
        pairs
            .map(|(name, rest)| (name, rest.split('\t').next().unwrap_or(rest)))
            .collect()
    });
    &NAMED
}

/// The longest name of an entity, and the longest number.
const LONGEST_NAME: usize = 12;

/// A text with its entities resolved.
fn resolved(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        found.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((c, length)) => {
                found.push(c);
                rest = &rest[length..];
            }
            None => {
                found.push('&');
                rest = &rest[1..];
            }
        }
    }
    found.push_str(rest);
    Cow::Owned(found)
}

/// The sign that an entity stands for, and its bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let inner = &text[1..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let length = inner
        .char_indices()
        .take(LONGEST_NAME)
        .find(|(_, c)| !is_part(*c))
        .map_or(inner.len().min(LONGEST_NAME), |(at, _)| at);
    let name = inner.get(..length)?;
    let closed = 1 + length + usize::from(inner[length..].starts_with(';'));
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => {
            let code = by_name().get(name)?;
            u32::from_str_radix(code, 16).ok()?
        }
    };
    // What old pages number as in Windows.
    let c = match code {
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0..=8 | 11 | 12 | 14..=31 | 127..=159 => '\u{FFFD}',
        code => char::from_u32(code)?,
    };
    Some((c, closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let token = |token| match token {
            Token::Open(tag) => format!("<{}>", tag.name),
            Token::Close(name) => format!("</{name}>"),
            Token::Text(text) => text.into_owned(),
        };
        Tokens::new(text).map(token).collect()
    }

    #[test]
    fn tags_are_told_from_signs() {
        assert_eq!(shown("<P a='>'>率<90%</p>"), ["<p>", "率", "<90%", "</p>"]);
        assert_eq!(shown("a<!-- <td> -->b<br/>"), ["a", "b", "<br>"]);
        assert_eq!(
            shown("<script>if (a<b) '<p>'</SCRIPT>x"),
            ["<script>", "</script>", "x"]
        );
        assert_eq!(shown("完成<b"), ["完成", "<b"]);
        assert_eq!(shown("<!-- 没有结尾 <p>x"), ["<!-- 没有结尾 ", "<p>", "x"]);
    }

    #[test]
    fn entities_are_resolved() {
        assert_eq!(
            shown("&ge;90%&nbsp;&#8220;好&#x201D;&amp;&unknown;&"),
            ["≥90%\u{a0}“好”&&unknown;&"]
        );
    }

    #[test]
    fn attributes_have_their_values() {
        let mut tokens =
            Tokens::new("<td ROWSPAN=\"3\" colspan = 2 hidden style='display : none' width=10%>");
        let Some(Token::Open(tag)) = tokens.next() else {
            panic!("no tag");
        };
        assert_eq!(tag.number("rowspan"), Some(3));
        assert_eq!(tag.number("colspan"), Some(2));
        assert_eq!(tag.get("hidden").as_deref(), Some(""));
        assert_eq!(tag.get("style").as_deref(), Some("display : none"));
        assert_eq!(tag.get("height"), None);
    }
}
