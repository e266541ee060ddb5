//! The number before a heading or a list item (一、 （二） 3. ④ -) to its length and level.

use crate::quantity::signs::Letters;

/// What a mark is like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkKind {
    /// 一、 第一部分
    Chapter,
    /// （一）
    Section,
    /// 1、 1.
    Number,
    /// (1) 1) ① a.
    Point,
    /// - • ·
    Bullet,
}

/// A mark at the beginning of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// What it is like.
    pub kind: MarkKind,
    /// Its bytes, with the 、 or the bracket and the blanks after it.
    pub len: usize,
}

impl MarkKind {
    /// The level of a heading with such a mark.
    pub fn level(self) -> u8 {
        match self {
            MarkKind::Chapter => 1,
            MarkKind::Section => 2,
            MarkKind::Number => 3,
            MarkKind::Point | MarkKind::Bullet => 4,
        }
    }
}

/// Chinese numerals, and the characters that are mistaken for them in a mark.
fn is_numeral(c: char) -> bool {
    static NUMERALS: Letters =
        Letters::of("一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾ーニ—－─⼀⼆⼋⼗㆒㆓");
    NUMERALS.has(c)
}

/// The mark that a text begins with.
pub fn mark_of(text: &str) -> Option<Mark> {
    let first = text.chars().next()?;
    let found = match first {
        '（' | '(' | '﹙' | '〔' => bracketed(text),
        '第' => part(text),
        '①'..='⑳' | '⑴'..='⒇' | '㈠'..='㈩' => Some((
            if first >= '㈠' {
                MarkKind::Section
            } else {
                MarkKind::Point
            },
            first.len_utf8(),
        )),
        '⒈'..='⒛' => Some((MarkKind::Number, first.len_utf8())),
        '-' | '•' | '·' | '●' | '■' | '◆' | '*' | '+' => bullet(text),
        c if c.is_ascii_digit() || ('０'..='９').contains(&c) => number(text),
        c if is_numeral(c) => chapter(text),
        _ => None,
    };
    let (kind, len) = found?;
    let rest = &text[len..];
    Some(Mark {
        kind,
        len: len + rest.len() - rest.trim_start().len(),
    })
}

/// The bytes of the leading characters that satisfy `is`, of which there may be few.
fn span(text: &str, is: impl Fn(char) -> bool) -> usize {
    let end = text.char_indices().find(|(_, c)| !is(*c));
    end.map_or(text.len(), |(at, _)| at)
}

/// 一、 and with blanks, or 一. 一，
fn chapter(text: &str) -> Option<(MarkKind, usize)> {
    let digits = span(text, is_numeral);
    let rest = text[digits..].trim_start();
    let point = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '、' | '．' | '.' | '､'))?;
    // 十四五 is a name: no numeral has two digits after 十.
    let tail = text[..digits]
        .split_once('十')
        .map_or(0, |(_, ones)| ones.chars().count());
    let few = text[..digits].chars().count() <= 3 && tail <= 1;
    few.then(|| (MarkKind::Chapter, text.len() - rest.len() + point.len_utf8()))
}

/// （一） and (1)
fn bracketed(text: &str) -> Option<(MarkKind, usize)> {
    let open = text.chars().next()?.len_utf8();
    let inner = text[open..].trim_start();
    let chinese = span(inner, is_numeral);
    let digits = span(inner, |c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let (kind, len) = if chinese > 0 {
        (MarkKind::Section, chinese)
    } else {
        (MarkKind::Point, digits)
    };
    if len == 0 || inner[..len].chars().count() > 3 {
        return None;
    }
    let rest = inner[len..].trim_start();
    let close = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '）' | ')' | '﹚' | '〕'))?;
    let mut end = text.len() - rest.len() + close.len_utf8();
    if text[end..].starts_with('、') {
        end += '、'.len_utf8();
    }
    Some((kind, end))
}

/// 1、 1. 1．, but not 1.5 and not 2020年; 1) is a point.
fn number(text: &str) -> Option<(MarkKind, usize)> {
    let digits = span(text, |c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if text[..digits].chars().count() > 2 {
        return None;
    }
    let rest = &text[digits..];
    let point = rest.chars().next()?;
    let after = rest[point.len_utf8()..].chars().next();
    let len = digits + point.len_utf8();
    match point {
        '、' | '．' => Some((MarkKind::Number, len)),
        '.' if !after.is_some_and(|c| c.is_ascii_digit()) => Some((MarkKind::Number, len)),
        ')' | '）' => Some((MarkKind::Point, len)),
        _ => None,
    }
}

/// 第一部分 第二章
fn part(text: &str) -> Option<(MarkKind, usize)> {
    let rest = text.strip_prefix('第')?;
    let digits = span(rest, |c| is_numeral(c) || c.is_ascii_digit());
    let after = &rest[digits..];
    let word = ["部分", "章", "节"]
        .into_iter()
        .find(|word| after.starts_with(word))?;
    if digits == 0 {
        return None;
    }
    let mut end = text.len() - after.len() + word.len();
    end += span(&text[end..], |c| {
        c.is_whitespace() || matches!(c, '、' | '：' | ':')
    });
    Some((MarkKind::Chapter, end))
}

fn bullet(text: &str) -> Option<(MarkKind, usize)> {
    let first = text.chars().next()?.len_utf8();
    let rest = &text[first..];
    let blank = rest.starts_with([' ', '\t', '\u{3000}']);
    let word = rest.chars().next().is_some_and(|c| !c.is_ascii());
    let typographic = !text.starts_with(['-', '*', '+']);
    (blank || (typographic && word)).then_some((MarkKind::Bullet, first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<MarkKind> {
        mark_of(text).map(|mark| mark.kind)
    }

    #[test]
    fn marks_have_their_kind_even_with_characters_that_look_alike() {
        assert_eq!(kind("一、概况"), Some(MarkKind::Chapter));
        assert_eq!(kind("ー、概况"), Some(MarkKind::Chapter));
        assert_eq!(kind("（ニ）原则"), Some(MarkKind::Section));
        assert_eq!(kind("(三)效益"), Some(MarkKind::Section));
        assert_eq!(kind("1. 数量"), Some(MarkKind::Number));
        assert_eq!(kind("(2)质量"), Some(MarkKind::Point));
        assert_eq!(kind("第二部分 自评情况"), Some(MarkKind::Chapter));
    }

    #[test]
    fn quantities_and_words_are_no_marks() {
        for text in [
            "1.5万亩",
            "2020年",
            "一批项目",
            "（50分）",
            "-3%",
            "—两化融合",
            "十四五、规划",
        ] {
            assert_eq!(mark_of(text), None, "{text}");
        }
    }
}
