//! Look-alike characters and common slips of the pen, by the tables in data/.

use crate::document::Document;
use crate::document::marks::mark_of;
use crate::facts::{Oddity, OddityKind};
use crate::quantity::lexicon::{Layout, Lexicon, lexicon};

/// Where a character is taken for its look-alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// In the number of a heading or a list item.
    Mark,
    /// Right between Chinese characters, where no word of another script can stand.
    Between,
    /// Among digits.
    Numeral,
    /// Wherever it stands: it is no character of running text.
    Anywhere,
}

/// A character, what is meant, and where.
static LOOKALIKES: Lexicon = lexicon!(Layout::rows(include_str!("../../data/lookalikes.tsv")));

fn place_named(word: &str) -> Option<Where> {
    Some(match word {
        "mark" => Where::Mark,
        "between" => Where::Between,
        "numeral" => Where::Numeral,
        "radical" => Where::Anywhere,
        _ => return None,
    })
}

/// A pair that is always wrong, what is right, and the words of which it may be a part.
static SLIPS: Lexicon = lexicon!(Layout::rows(include_str!("../../data/slips.tsv")));

/// The oddities of a report, ascending by place.
pub fn oddities(document: &Document) -> Vec<Oddity> {
    let text = document.view.text.as_str();
    let mut found = Vec::new();
    look_alikes(document, &mut found);
    slips(text, &mut found);
    counters(text, &mut found);
    found.sort_by_key(|oddity| oddity.range.start);
    found
}

fn look_alikes(document: &Document, found: &mut Vec<Oddity>) {
    for block in &document.blocks {
        let text = document.text(&block.range);
        let mark = mark_of(text).map_or(0, |mark| mark.len);
        for (at, c) in text
            .char_indices()
            .filter(|(_, c)| !c.is_ascii() || c.is_ascii_alphabetic())
        {
            let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
            let meant = LOOKALIKES.beginning(&text[at..]).find_map(|row| {
                let (meant, place) = LOOKALIKES.rest(row).split_once('\t')?;
                let fits = |place| stands(place, at < mark, before, after);
                place_named(place).is_some_and(fits).then_some(meant)
            });
            let Some(meant) = meant else {
                continue;
            };
            let start = block.range.start + at as u32;
            found.push(Oddity {
                kind: OddityKind::LookAlike,
                range: start..start + c.len_utf8() as u32,
                meant: meant.to_owned(),
            });
        }
    }
}

fn stands(place: Where, in_mark: bool, before: &str, after: &str) -> bool {
    let left = before.chars().next_back();
    let right = after.chars().next();
    match place {
        Where::Mark => in_mark,
        Where::Between => left.is_some_and(is_chinese) && right.is_some_and(is_chinese),
        Where::Numeral => in_numeral(before, after),
        Where::Anywhere => true,
    }
}

/// 2O20年, 1O0家: digits on both sides, or digits before and a unit after, and no other letter near: 5O 型 is a code.
fn in_numeral(before: &str, after: &str) -> bool {
    let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
    let head = before.chars().rev().nth(digits);
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let inner = rest.len() < after.len();
    let tail = rest.chars().next();
    let foreign = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "-_/#.".contains(c));
    digits > 0 && inner && !foreign(head) && tail.is_some_and(|c| "年家个万亿元户人名次项座%％亩".contains(c))
}

fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn slips(text: &str, found: &mut Vec<Oddity>) {
    for (range, row) in SLIPS.find(text) {
        let wrong = &text[range.clone()];
        let mut columns = SLIPS.rest(row).split('\t');
        let (Some(right), not_in) = (columns.next(), columns.next().unwrap_or("")) else {
            continue;
        };
        if not_in
            .split_whitespace()
            .any(|word| covers(text, range.start, wrong, word))
        {
            continue;
        }
        found.push(Oddity {
            kind: OddityKind::Slip,
            range: range.start as u32..range.end as u32,
            meant: right.to_owned(),
        });
    }
}

/// Whether the hit is a part of a longer word that stands in the text there.
fn covers(text: &str, start: usize, wrong: &str, word: &str) -> bool {
    word.match_indices(wrong)
        .any(|(offset, _)| start >= offset && text.as_bytes()[start - offset..].starts_with(word.as_bytes()))
}

/// 5各子项 for 5个子项: a digit is never followed by 各, unless a pause is left out before 各部门, 各乡镇.
fn counters(text: &str, found: &mut Vec<Oddity>) {
    const NOUNS: &[&str] = &[
        "子项",
        "项目",
        "方面",
        "工程",
        "标段",
        "批次",
        "阶段",
        "片区",
        "站点",
        "点位",
        "课题",
        "类别",
        "子项目",
        "专项",
        "问题",
        "环节",
        "指标",
        "工作日",
        "行政村",
        "自然村",
        "村",
        "社区",
        "小区",
        "乡镇",
        "镇",
        "街道",
        "部门",
        "单位",
    ];
    for (at, _) in text.match_indices('各') {
        let before = text[..at].trim_end_matches(' ');
        let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
        let year = digits == 4;
        let head = before.chars().rev().nth(digits);
        let after = &text[at + '各'.len_utf8()..];
        // 附件2各部门 has no counter: only a number that begins after a Chinese verb or a blank is counted.
        let counted = !head.is_some_and(|c| "件表图附第号.．-－—/".contains(c) || c.is_ascii_alphanumeric());
        let decimal = before.ends_with('.') || digits == 0 || digits > 3;
        if decimal || year || !counted || !NOUNS.iter().any(|noun| after.starts_with(noun)) {
            continue;
        }
        let start = before.len() - digits;
        found.push(Oddity {
            kind: OddityKind::Slip,
            range: start as u32..(at + '各'.len_utf8()) as u32,
            meant: format!("{}个", &before[start..]),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    fn found(text: &str) -> Vec<(String, String)> {
        let document = document::read("a.txt", text.as_bytes()).unwrap();
        oddities(&document)
            .into_iter()
            .map(|oddity| (document.text(&oddity.range).to_owned(), oddity.meant))
            .collect()
    }

    #[test]
    fn look_alikes_are_found_in_marks_and_between_chinese_characters() {
        assert_eq!(found("ー、基本情况"), [("ー".into(), "一".into())]);
        assert_eq!(found("（ニ）评价方法"), [("ニ".into(), "二".into())]);
        assert_eq!(found("全年施エ期为九个月。"), [("エ".into(), "工".into())]);
        assert_eq!(found("2O21年完成。"), [("O".into(), "0".into())]);
        assert_eq!(found("改造⽔渠三条。"), [("⽔".into(), "水".into())]);
    }

    #[test]
    fn no_slip_stands_in_another_and_look_alikes_are_single_characters() {
        for slip in SLIPS.entries.iter().map(|entry| SLIPS.word(*entry)) {
            let within = |other: &str| other != slip && other.contains(slip);
            assert!(
                !SLIPS.entries.iter().any(|other| within(SLIPS.word(*other))),
                "{slip}"
            );
        }
        let letters = LOOKALIKES.entries.iter().map(|entry| LOOKALIKES.word(*entry));
        for letter in letters {
            assert_eq!(letter.chars().count(), 1, "{letter}");
        }
    }

    #[test]
    fn words_of_other_scripts_are_left_alone() {
        for text in [
            "引进サービス设备。",
            "推广O2O模式。",
            "型号为5O-20。",
            "采用OA系统。",
            "血型O型。",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn slips_are_found_but_not_over_the_end_of_a_word() {
        assert_eq!(
            found("既使遇到困难也按期完成。"),
            [("既使".into(), "即使".into())]
        );
        assert_eq!(found("既使用旧设备，又购置新设备。"), []);
        assert_eq!(found("全部任务均已完咸"), [("完咸".into(), "完成".into())]);
        assert_eq!(found("他们自己经营的商铺。"), []);
        assert_eq!(found("共有 6各子项。"), [("6各".into(), "6个".into())]);
        assert_eq!(found("附件2各部门职责。"), []);
    }
}
