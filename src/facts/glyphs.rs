//! Look-alike characters and common slips of the pen, by the tables in data/.

use crate::document::Document;
use crate::document::marks::mark_of;
use crate::facts::{Oddity, OddityKind, leftovers};
use crate::words::lexicon::{Entry, Layout, Lexicon, lexicon};

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

const LOOKALIKES: &str = include_str!("../../data/lookalikes.tsv");
const SLIPS: &str = include_str!("../../data/slips.tsv");
const TABLES: &str = concat!(
    include_str!("../../data/lookalikes.tsv"),
    "\n",
    include_str!("../../data/slips.tsv"),
    "\n",
    include_str!("../../data/leftovers.tsv"),
);

/// Everything that may be an oddity, found in one pass: the rows of three tables, one behind the other.
static SUSPECTS: Lexicon = lexicon!(Layout::rows(TABLES));

/// The oddities of a report, ascending by place.
pub fn oddities(document: &Document) -> Vec<Oddity> {
    let text = document.view.text.as_str();
    let mut found: Vec<Oddity> = Vec::new();
    let mut slips_from = 0;
    SUSPECTS.each(text, |at, entry| {
        let (word, rest) = (SUSPECTS.word(entry), SUSPECTS.rest(entry));
        let (first, second) = rest.split_once('\t').unwrap_or((rest, ""));
        match table(entry) {
            Table::LookAlikes => {
                let told = found
                    .last()
                    .is_some_and(|last| last.kind == OddityKind::LookAlike && last.range.start == at as u32);
                if !told {
                    found.extend(look_alike(document, at, word, first, second));
                }
            }
            Table::Slips if at >= slips_from => {
                slips_from = at + word.len();
                found.extend(slip(text, at, word, first, second));
            }
            Table::Slips => {}
            Table::Leftovers => found.extend(match first {
                "counter" => counter(text, at),
                "unit" => leftovers::wrong_unit(text, at, word, second),
                _ => leftovers::placeholder(text, at, word),
            }),
        }
    });
    found.sort_by_key(|oddity| oddity.range.start);
    found
}

/// The tables, in the order in which they stand.
enum Table {
    /// A character that looks like another one, that one, and where.
    LookAlikes,
    /// A pair that is always wrong, what is meant, and the words of which it may be a part.
    Slips,
    /// What may begin a placeholder of the template or a unit written wrongly, and 各, where it stands for 个.
    Leftovers,
}

fn table(entry: Entry) -> Table {
    match SUSPECTS.place(entry) {
        at if at < LOOKALIKES.len() => Table::LookAlikes,
        at if at <= LOOKALIKES.len() + SLIPS.len() => Table::Slips,
        _ => Table::Leftovers,
    }
}

fn look_alike(document: &Document, at: usize, wrong: &str, meant: &str, place: &str) -> Option<Oddity> {
    let place = match place {
        "mark" => Where::Mark,
        "between" => Where::Between,
        "numeral" => Where::Numeral,
        _ => Where::Anywhere,
    };
    let block = document.block_at(at as u32)?;
    let text = document.text(&block.range);
    let at = at - block.range.start as usize;
    let (before, after) = (text.get(..at)?, text.get(at + wrong.len()..)?);
    let in_mark = || mark_of(text).is_some_and(|mark| at < mark.len);
    if !stands(place, in_mark, before, after) {
        return None;
    }
    let start = block.range.start + at as u32;
    Some(Oddity {
        kind: OddityKind::LookAlike,
        range: start..start + wrong.len() as u32,
        meant: meant.to_owned(),
    })
}

fn stands(place: Where, in_mark: impl Fn() -> bool, before: &str, after: &str) -> bool {
    let left = before.chars().next_back();
    let right = after.chars().next();
    match place {
        Where::Mark => in_mark(),
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

fn slip(text: &str, at: usize, wrong: &str, right: &str, not_in: &str) -> Option<Oddity> {
    let mut longer = not_in.split_whitespace();
    if longer.any(|word| covers(text, at, wrong, word)) {
        return None;
    }
    // 初目标值 for 年初目标值: the letter that is lost may stand at the end of the line before.
    if let Some(lost) = right.strip_suffix(wrong) {
        let before = text[..at].trim_end();
        if before.len() < at || before.is_empty() || before.ends_with(['|', '\t']) || before.ends_with(lost) {
            return None;
        }
    }
    Some(Oddity {
        kind: OddityKind::Slip,
        range: at as u32..(at + wrong.len()) as u32,
        meant: right.to_owned(),
    })
}

/// Whether the hit is a part of a longer word that stands in the text there.
fn covers(text: &str, start: usize, wrong: &str, word: &str) -> bool {
    word.match_indices(wrong)
        .any(|(offset, _)| start >= offset && text.as_bytes()[start - offset..].starts_with(word.as_bytes()))
}

/// 5各子项 for 5个子项: a digit is never followed by 各, unless a pause is left out before 各部门, 各乡镇.
fn counter(text: &str, at: usize) -> Option<Oddity> {
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
    let before = text[..at].trim_end_matches(' ');
    let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
    let year = digits == 4;
    let head = before.chars().rev().nth(digits);
    let after = &text[at + '各'.len_utf8()..];
    // 附件2各部门 has no counter: only a number that begins after a Chinese verb or a blank is counted.
    let counted = !head.is_some_and(|c| "件表图附第号.．-－—/".contains(c) || c.is_ascii_alphanumeric());
    let decimal = before.ends_with('.') || digits == 0 || digits > 3;
    if decimal || year || !counted || !NOUNS.iter().any(|noun| after.starts_with(noun)) {
        return None;
    }
    let start = before.len() - digits;
    Some(Oddity {
        kind: OddityKind::Slip,
        range: start as u32..(at + '各'.len_utf8()) as u32,
        meant: format!("{}个", &before[start..]),
    })
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
    fn every_row_of_the_tables_is_read() {
        let mut meant = std::collections::HashMap::new();
        for row in crate::words::rows(LOOKALIKES) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() == 3 && cells[0].chars().count() == 1, "{row}");
            assert!(
                ["mark", "between", "numeral", "radical"].contains(&cells[2]),
                "{row}"
            );
            assert_eq!(*meant.entry(cells[0]).or_insert(cells[1]), cells[1], "{row}");
        }
        for row in crate::words::rows(include_str!("../../data/leftovers.tsv")) {
            let kind = row.split('\t').nth(1);
            assert!(
                kind.is_some_and(|kind| ["counter", "unit", "placeholder"].contains(&kind)),
                "{row}"
            );
        }
        assert_eq!(SUSPECTS.entries.len(), crate::words::rows(TABLES).count());
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
