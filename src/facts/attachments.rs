//! Where a report lists what is attached to it, where it speaks of it, and the titles of the tables in it.

use crate::document::{Block, BlockKind, Document};
use memchr::memmem;
use std::ops::Range;

/// What a report says of its attachments, each as ranges of the view.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attachments {
    /// The lines of its lists: 附件：…, 附件1 …, and the items below.
    pub listed: Vec<Range<u32>>,
    /// Paragraphs that speak of attachments or proofs.
    pub mentioned: Vec<Range<u32>>,
    /// Titles of tables.
    pub titles: Vec<Range<u32>>,
}

/// Words that speak of attachments. All but the last hold one letter, which is looked for.
const WORDS: [&str; 10] = [
    "附件", "附表", "附录", "附后", "附：", "附:", "附有", "附上", "见附", PROOF,
];
const LETTER: &str = "附";
const PROOF: &str = "佐证";

/// Where such words stand, ascending.
fn words(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let attached = memmem::find_iter(bytes, LETTER).filter(|at| {
        let mut words = WORDS.iter().filter_map(|word| Some((word, word.find(LETTER)?)));
        words.any(|(word, before)| {
            let start = at.checked_sub(before);
            start.is_some_and(|start| bytes[start..].starts_with(word.as_bytes()))
        })
    });
    let mut places: Vec<usize> = attached.chain(memmem::find_iter(bytes, PROOF)).collect();
    places.sort_unstable();
    places
}

/// With these words a line of a list of attachments begins.
const BEGINNINGS: &[&str] = &["附件", "附表", "附录", "附：", "附:"];

/// A longer line is no title.
const LONGEST: usize = 60;

/// Looks through a report once.
pub fn find(document: &Document) -> Attachments {
    let mut found = Attachments {
        titles: titles(document),
        ..Attachments::default()
    };
    let mut next = 0;
    for at in words(&document.view.text) {
        let at = at as u32;
        if at < next {
            continue;
        }
        let after = document.blocks.partition_point(|block| block.range.start <= at);
        let Some(block) = after.checked_sub(1).map(|index| &document.blocks[index]) else {
            continue;
        };
        next = block.range.end;
        if matches!(block.kind, BlockKind::Table(_)) {
            continue;
        }
        let text = document.text(&block.range);
        let headed = matches!(block.kind, BlockKind::Heading(_)) && heads(text);
        if headed || begins(text) {
            found.listed.push(block.range.clone());
            // Whatever stands below a heading 附件 lists them; below a line of a list its items go on.
            let below = |block: &&Block| match headed {
                true => !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Table(_)),
                false => is_item(document, block),
            };
            let items = document.blocks[after..].iter().take_while(below);
            for item in items {
                found.listed.push(item.range.clone());
                next = item.range.end;
            }
        } else {
            found.mentioned.push(block.range.clone());
        }
    }
    found
}

/// 附件：…, 附件1 …, 附表 2：…; 附件2中列明 … is a sentence.
fn begins(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "（([【".contains(c));
    let Some(word) = BEGINNINGS.iter().find(|word| text.starts_with(**word)) else {
        return false;
    };
    if word.ends_with(['：', ':']) {
        return true;
    }
    let rest = text[word.len()..].trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || "一二三四五六七八九十-－—）)】].、".contains(c)
    });
    rest.is_empty()
        || rest.starts_with(['：', ':', '《', '“'])
        || rest.chars().count() <= LONGEST && !rest.contains('。')
}

/// 四、附件 and （三）附件清单 as headings; 附件管理情况 is none.
fn heads(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || "：:。".contains(c));
    [
        "附件",
        "附表",
        "附录",
        "附件清单",
        "附件目录",
        "附件材料",
        "附件资料",
    ]
    .iter()
    .any(|word| bare.ends_with(word))
        && text.chars().count() <= 16
}

/// A line that goes on with a list: an item, or a short line with a number before it.
fn is_item(document: &Document, block: &Block) -> bool {
    let text = document.text(&block.range);
    let short = text.chars().count() <= LONGEST && !text.contains('。');
    let numbered = text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c));
    short && (block.kind == BlockKind::Item || numbered && !matches!(block.kind, BlockKind::Table(_)))
}

/// Short lines right before a table, and headings.
fn titles(document: &Document) -> Vec<Range<u32>> {
    let short = |block: &Block| {
        let text = document.text(&block.range);
        text.chars().count() <= LONGEST && !text.contains('。')
    };
    let mut titles = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let table = |at: usize| {
            let next = document.blocks.get(at);
            next.is_some_and(|next| matches!(next.kind, BlockKind::Table(_)))
        };
        match block.kind {
            BlockKind::Table(index) => titles.extend(first_cell(document, index)),
            // The unit or the year may stand between a title and its table.
            _ if table(at + 1) || table(at + 2) => titles.extend(short(block).then(|| block.range.clone())),
            BlockKind::Heading(_) => titles.extend(short(block).then(|| block.range.clone())),
            _ => {}
        }
    }
    titles
}

/// A table whose first row holds one cell is called by it.
fn first_cell(document: &Document, index: u32) -> Option<Range<u32>> {
    let row = document.tables.get(index as usize)?.rows.first()?;
    let mut filled = row.iter().filter(|cell| !cell.range.is_empty());
    let first = filled.next()?;
    filled.next().is_none().then(|| first.range.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    fn listed(text: &str) -> Vec<String> {
        let document = document::read("a.txt", text.as_bytes()).unwrap();
        let found = find(&document);
        found
            .listed
            .iter()
            .map(|range| document.text(range).trim().to_owned())
            .collect()
    }

    #[test]
    fn a_list_of_attachments_is_read_with_its_items() {
        let text = "一、基本情况\n\n项目按期完成。\n\n附件：1. 自评表\n\n2. 验收意见\n\n以上报告，请审核。\n";
        assert_eq!(listed(text), ["附件：1. 自评表", "2. 验收意见"]);
        assert_eq!(listed("附件1 项目支出绩效自评表\n\n附件2 验收意见\n").len(), 2);
    }

    #[test]
    fn what_stands_below_a_heading_of_attachments_is_listed() {
        let text = "# 自评报告\n\n## 三、附件\n\n自评表、采购合同。\n\n验收意见。\n\n## 四、其他\n\n无。\n";
        let document = document::read("a.md", text.as_bytes()).unwrap();
        let found = find(&document);
        let listed: Vec<&str> = found
            .listed
            .iter()
            .map(|range| document.text(range).trim())
            .collect();
        assert_eq!(listed, ["三、附件", "自评表、采购合同。", "验收意见。"]);
    }

    #[test]
    fn a_sentence_about_attachments_is_no_list() {
        let document = document::read("a.txt", "各项支出的凭证见附件2。\n".as_bytes()).unwrap();
        let found = find(&document);
        assert!(found.listed.is_empty());
        assert_eq!(found.mentioned.len(), 1);
    }
}
