//! The numbers of headings and list items that do not follow from one another.

use super::Misnumbered;
use crate::document::marks::{MarkKind, mark_of};
use crate::document::{BlockKind, Document};
use std::ops::Range;

/// The numbers of one kind since the last mark above it.
#[derive(Default)]
struct Run {
    /// The number and the place of the mark before; none before the first.
    last: Option<(u32, Range<u32>)>,
    /// How many marks followed one another from 1 on.
    sure: u32,
    /// What was found wrong and is not yet borne out by the mark that follows.
    open: Option<Misnumbered>,
}

/// The marks that do not follow, ascending. Lists that begin anew are left alone.
pub fn find(document: &Document) -> Vec<Misnumbered> {
    let mut runs: [Run; 3] = Default::default();
    let mut found = Vec::new();
    // Text that was poured out of pages may have lost headings: there only what the next mark bears out is told.
    let poured = !document.pages.is_empty();
    let chaptered = document
        .blocks
        .iter()
        .any(|block| chapter(document.text(&block.range)));
    let mut begun = !chaptered;
    for block in document
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Table(_)))
    {
        let text = document.text(&block.range);
        let Some((level, number, len)) = numbered(text) else {
            continue;
        };
        // A table of contents before the first chapter may be cut.
        begun |= level == 0;
        if !begun {
            continue;
        }
        let mark = block.range.start..block.range.start + len as u32;
        for run in &mut runs[level + 1..] {
            close(run, &mut found, poured);
            *run = Run::default();
        }
        step(&mut runs[level], number, mark, text, &mut found, document);
    }
    runs.iter_mut().for_each(|run| close(run, &mut found, poured));
    found.sort_by_key(|fault| fault.mark.start);
    found
}

fn chapter(text: &str) -> bool {
    numbered(text).is_some_and(|(level, ..)| level == 0)
}

/// Goes on by one mark.
fn step(
    run: &mut Run,
    number: u32,
    mark: Range<u32>,
    text: &str,
    found: &mut Vec<Misnumbered>,
    document: &Document,
) {
    let Some((last, before)) = run.last.clone() else {
        run.sure = u32::from(number == 1);
        run.last = Some((number, mark));
        return;
    };
    if number == last + 1 {
        // 一 一 三, 一 三 四: the next number bears the fault out.
        found.extend(run.open.take().filter(|fault| !fault.repeated || run.sure > 0));
        run.sure += 1;
    } else if run.sure > 0 && (number == last || number == last + 2) {
        let repeated = number == last;
        let pair = run.open.take();
        if repeated || pair.is_none() {
            let expected = last + 1;
            let inline = !repeated && is_inline(document, &before, &mark, expected, text);
            // 一 一 三: the second 一 should have been 二.
            let counted = pair.is_some_and(|fault| fault.repeated);
            run.open = (!inline && !counted).then(|| Misnumbered {
                before: before.clone(),
                mark: mark.clone(),
                repeated,
                expected: like(text, expected),
            });
        } else {
            found.extend(pair);
        }
    } else if number == last + 3 || number < last {
        run.open = None;
        run.sure = u32::from(number == 1);
    } else {
        (run.open, run.sure) = (None, 0);
    }
    run.last = Some((number, mark));
}

/// At the end of a run: what is still open is told where no heading can have been lost.
fn close(run: &mut Run, found: &mut Vec<Misnumbered>, poured: bool) {
    if let Some(fault) = run.open.take().filter(|fault| fault.repeated || run.sure > 1)
        && !poured
    {
        found.push(fault);
    }
}

/// Whether the number that is left out stands in the text between: headings may be run into a paragraph.
fn is_inline(document: &Document, before: &Range<u32>, mark: &Range<u32>, expected: u32, text: &str) -> bool {
    let between = document.text(&(before.end..mark.start));
    let digits = chinese(expected);
    between.contains(&like(text, expected))
        || [
            format!("（{digits}）"),
            format!("({digits})"),
            format!("{digits}、"),
        ]
        .iter()
        .any(|mark| between.contains(mark.as_str()))
}

/// The level of a mark that is judged, its number, and its length: 一、 （一） 1.
fn numbered(text: &str) -> Option<(usize, u32, usize)> {
    let mark = mark_of(text)?;
    let words = text[..mark.len].trim_end();
    let level = match mark.kind {
        MarkKind::Chapter if !words.starts_with('第') => 0,
        MarkKind::Section => 1,
        MarkKind::Number => 2,
        _ => return None,
    };
    let digits: String = words
        .chars()
        .filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        .collect();
    let number = digits.parse().ok().or_else(|| from_chinese(&digits))?;
    // A year or an amount at the beginning of a line is no mark of a list.
    (1..=30).contains(&number).then_some((level, number, words.len()))
}

fn from_chinese(digits: &str) -> Option<u32> {
    let one = |digit: &str| {
        let at = "一二三四五六七八九"
            .find(digit)
            .filter(|_| digit.len() == "一".len())?;
        u32::try_from(at / "一".len() + 1).ok()
    };
    let Some((tens, ones)) = digits.split_once('十') else {
        return one(digits);
    };
    let tens = match tens {
        "" => 1,
        tens => one(tens).filter(|tens| *tens > 1)?,
    };
    let ones = match ones {
        "" => 0,
        ones => one(ones)?,
    };
    Some(tens * 10 + ones)
}

fn chinese(number: u32) -> String {
    let ones = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let one = ones[(number % 10) as usize];
    match number / 10 {
        0 => one.to_owned(),
        1 => format!("十{one}"),
        tens => format!("{}十{one}", ones[tens as usize % 10]),
    }
}

/// A number written as the mark at the beginning of a text is.
fn like(text: &str, number: u32) -> String {
    let len = mark_of(text).map_or(0, |mark| mark.len);
    let mark = text[..len].trim_end();
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let digits = if mark.contains(|c: char| c.is_ascii_digit()) {
        number.to_string()
    } else {
        chinese(number)
    };
    let head: String = mark.chars().take_while(|c| !is_digit(*c)).collect();
    let tail: String = mark
        .chars()
        .skip_while(|c| !is_digit(*c))
        .skip_while(|c| is_digit(*c))
        .collect();
    format!("{head}{digits}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_chinese_is_read_as_it_is_written_and_no_other_way() {
        for number in 1..=30 {
            assert_eq!(from_chinese(&chinese(number)), Some(number));
        }
        for digits in ["", "一十", "一二", "十十", "二十十", "零", "百"] {
            assert_eq!(from_chinese(digits), None, "{digits}");
        }
    }
}
