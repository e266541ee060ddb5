//! The lists of a Word file: the mark (一、 （一） 1. ·) that a paragraph shows and its text does not hold.

use super::elements;
use crate::document::xml::{Event, Tag};
use rustc_hash::{FxHashMap, FxHashSet};

/// Lists have nine levels.
const LEVELS: usize = 9;

/// The bytes of the longest mark.
const LONGEST_MARK: usize = 120;

/// How a level shows its number.
#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// 第%1章: %1 stands for the number of the first level.
    text: String,
    /// What stands behind the mark: nothing, a blank, a tab.
    after: Option<String>,
}

type Levels = [Level; LEVELS];

/// A list that paragraphs name.
#[derive(Clone, Debug, Default)]
struct List {
    base: String,
    /// Levels that it shows in a way of its own, and numbers that it begins anew with.
    starts: [Option<u32>; LEVELS],
    own: FxHashMap<usize, Level>,
}

/// All lists, and how far each was counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    bases: FxHashMap<String, Levels>,
    lists: FxHashMap<String, List>,
    counts: FxHashMap<String, [Option<u32>; LEVELS]>,
    begun: FxHashSet<String>,
}

/// Reads numbering.xml.
pub(super) fn read(text: &str) -> Result<Numbering, String> {
    let mut numbering = Numbering::default();
    let Some(mut xml) = elements(text) else {
        return Ok(numbering);
    };
    let (mut base, mut list, mut level) = (None, None, 0);
    loop {
        let tag = match xml.next()? {
            Event::Open(tag) => tag,
            Event::End => return Ok(numbering),
            _ => continue,
        };
        let id = |name| tag.get(name).map(|id| id.into_owned());
        let at = || tag.number("ilvl").map_or(0, |at| (at as usize).min(LEVELS - 1));
        match tag.name() {
            "abstractNum" => (base, list) = (id("abstractNumId"), None),
            "num" => (base, list) = (None, id("numId")),
            "lvl" | "lvlOverride" => level = at(),
            "abstractNumId" => {
                if let Some(list) = &list {
                    numbering.lists.entry(list.clone()).or_default().base = id("val").unwrap_or_default();
                }
            }
            "startOverride" => {
                if let Some(list) = &list {
                    let list = numbering.lists.entry(list.clone()).or_default();
                    list.starts[level] = tag.number("val");
                }
            }
            "rPr" | "pPr" => xml.skip()?,
            _ => match (&base, &list) {
                (Some(base), _) => note(&mut numbering.bases.entry(base.clone()).or_default()[level], &tag),
                (_, Some(list)) if matches!(tag.name(), "start" | "numFmt" | "lvlText" | "suff") => {
                    let list = numbering.lists.entry(list.clone()).or_default();
                    note(list.own.entry(level).or_default(), &tag);
                }
                _ => {}
            },
        }
    }
}

fn note(level: &mut Level, tag: &Tag) {
    let val = || tag.val().map(|val| val.into_owned());
    match tag.name() {
        "start" => level.start = tag.number("val"),
        "numFmt" => level.format = val().unwrap_or_default(),
        "lvlText" => {
            level.text = val()
                .filter(|text| text.len() <= LONGEST_MARK)
                .unwrap_or_default()
        }
        "suff" => level.after = val(),
        _ => {}
    }
}

impl Numbering {
    /// The mark of the next paragraph of a list at a level.
    pub(super) fn mark(&mut self, list: &str, level: u32) -> Option<String> {
        let at = (level as usize).min(LEVELS - 1);
        let found = self.lists.get(list)?;
        let base = self.bases.get(&found.base)?;
        let show = |at: usize| found.own.get(&at).unwrap_or(&base[at]);
        let counts = self.counts.entry(found.base.clone()).or_default();
        if self.begun.insert(list.to_owned()) && found.starts.iter().any(Option::is_some) {
            *counts = [None; LEVELS];
        }
        let start = |at: usize| found.starts[at].or(show(at).start).unwrap_or(1);
        counts[at] = Some(counts[at].map_or(start(at), |count| count.saturating_add(1)));
        for (higher, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert_with(|| start(higher));
        }
        counts[at + 1..].fill(None);
        let own = show(at);
        if own.format == "bullet" {
            return Some("· ".into());
        }
        if own.format == "none" || own.text.is_empty() {
            return None;
        }
        let mut mark = own.text.clone();
        for (at, count) in counts.iter().enumerate().take(at + 1) {
            let number = numeral(count.unwrap_or(1), &show(at).format);
            mark = mark.replace(&format!("%{}", at + 1), &number);
        }
        // A blank keeps a number apart from digits that follow; 、 and brackets need none.
        let open = mark.ends_with(|c: char| c.is_ascii());
        if open && own.after.as_deref() != Some("nothing") {
            mark.push(' ');
        }
        Some(mark)
    }
}

/// A number in the way of a list.
fn numeral(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting"
        | "ideographDigital"
        | "japaneseDigitalTenThousand" => chinese(number),
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            let plain = chinese(number);
            plain.chars().map(legal).collect()
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "ideographTraditional" => of_row(number, "甲乙丙丁戊己庚辛壬癸"),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => of_row(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => of_row(number, "abcdefghijklmnopqrstuvwxyz"),
        "upperRoman" => of_row(number, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"),
        "lowerRoman" => of_row(number, "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"),
        _ => number.to_string(),
    }
}

/// 一 … 十 十一 … 九十九; larger lists are counted in digits.
fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: u32| DIGITS[at as usize % 10];
    match number {
        0..=9 => digit(number).to_owned(),
        10..=99 => {
            let tens = if number < 20 { "" } else { digit(number / 10) };
            let ones = if number.is_multiple_of(10) {
                ""
            } else {
                digit(number)
            };
            format!("{tens}十{ones}")
        }
        _ => number.to_string(),
    }
}

fn legal(c: char) -> char {
    const PLAIN: &str = "〇一二三四五六七八九十";
    let at = PLAIN.chars().position(|plain| plain == c);
    at.and_then(|at| "零壹贰叁肆伍陆柒捌玖拾".chars().nth(at))
        .unwrap_or(c)
}

fn enclosed(number: u32, first: char, most: u32) -> String {
    let sign = (1..=most)
        .contains(&number)
        .then(|| char::from_u32(first as u32 + number - 1))
        .flatten();
    sign.map_or_else(|| format!("({number})"), String::from)
}

fn of_row(number: u32, row: &str) -> String {
    let sign = number.checked_sub(1).and_then(|at| row.chars().nth(at as usize));
    sign.map_or_else(|| number.to_string(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_the_way_of_their_list() {
        assert_eq!(numeral(1, "chineseCountingThousand"), "一");
        assert_eq!(numeral(10, "chineseCounting"), "十");
        assert_eq!(numeral(12, "japaneseCounting"), "十二");
        assert_eq!(numeral(40, "chineseCounting"), "四十");
        assert_eq!(numeral(3, "decimalEnclosedCircle"), "③");
        assert_eq!(numeral(21, "decimalEnclosedCircle"), "(21)");
        assert_eq!(numeral(2, "chineseLegalSimplified"), "贰");
        assert_eq!(numeral(7, "decimal"), "7");
    }

    #[test]
    fn a_deeper_level_begins_again_below_each_number() {
        let xml = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
            <w:abstractNum w:abstractNumId="0">
              <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
              <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
            </w:abstractNum>
            <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
        let mut numbering = read(xml).unwrap_or_default();
        let marks: Vec<Option<String>> = [0, 1, 1, 0, 1]
            .into_iter()
            .map(|level| numbering.mark("5", level))
            .collect();
        let shown: Vec<&str> = marks.iter().flatten().map(String::as_str).collect();
        assert_eq!(shown, ["一、", "一.1 ", "一.2 ", "二、", "二.1 "]);
        assert_eq!(numbering.mark("6", 0), None, "a list that is not there");
    }
}
