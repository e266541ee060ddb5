//! Lists whose length is announced: 三个方面：一是…二是…, 设五个子项，分别为甲、乙、丙.

use super::Listing;
use super::prose::Prose;
use super::words::{Hit, Opens};
use std::ops::Range;

/// How many bytes before a list its length may be announced.
const NEAR: usize = 120;
/// Counters of things that are listed.
const COUNTERS: [&str; 15] = [
    "期",
    "批",
    "次",
    "个方面",
    "方面",
    "个",
    "項",
    "项",
    "点",
    "条",
    "类",
    "种",
    "步",
    "大",
    "個",
];

/// All such lists, ascending.
pub fn find(prose: &Prose, hits: &[Hit]) -> Vec<Listing> {
    let mut listings = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        listings.extend(match hit.opens {
            Opens::Ordinal(1) => chain(prose, &hits[at..]),
            Opens::Respectively | Opens::Composed => named(prose, hit),
            Opens::Part => by_kinds(prose, hit),
            _ => None,
        });
    }
    listings
}

/// 一是…；二是…；三是…
fn chain(prose: &Prose, hits: &[Hit]) -> Option<Listing> {
    let first = hits.first()?;
    let block = prose.document.block_at(first.start as u32)?.range.clone();
    let mut last = *first;
    let mut count = 1;
    for hit in &hits[1..] {
        match hit.opens {
            _ if hit.start as u32 >= block.end => break,
            Opens::Ordinal(number) if number == count + 1 => (last, count) = (*hit, number),
            // Another list begins, or one is left out: the chain is not sure.
            Opens::Ordinal(1) => break,
            Opens::Ordinal(_) => return None,
            _ => {}
        }
    }
    let text = prose.text[..block.end as usize].trim_end();
    let cut = prose.text[block.end as usize..].trim().is_empty() && !text.ends_with(['。', '；', '！', '：']);
    let goes_on = prose.text[block.end as usize..].trim_start();
    let next_block = ["二是", "三是", "四是", "五是", "六是", "七是", "八是"]
        .iter()
        .any(|word| goes_on.starts_with(word));
    let start = prose.sentence_start(first.start);
    // The announcement ends right before the list: …三个方面的问题。一是, …两点：一是
    let opening = prose.slice(start..first.start);
    let said = match opening.trim().is_empty() {
        true => prose.sentence_before(start)?,
        false if opening.trim_end().ends_with(['：', ':', '，', ',']) => start..first.start,
        false => return None,
    };
    if cut || next_block || count < 2 {
        return None;
    }
    let (stated, range) = announced(prose, said, true, false)?;
    Some(listing(stated, range, count, count, first.start..last.end))
}

/// 设五个子项，分别为甲、乙、丙、丁、戊。
fn named(prose: &Prose, hit: &Hit) -> Option<Listing> {
    let start = prose.sentence_start(hit.start);
    let (stated, said) = announced(prose, start..hit.start, false, hit.opens == Opens::Respectively)?;
    let end = prose.sentence_end(hit.end);
    let text = prose.slice(hit.end..end);
    let between = prose.slice(said.end..hit.start);
    let plain_between = !between.contains(['、', '和', '与', '及', '；', '每', '各'])
        && between.matches(['，', ',']).count() <= 1;
    if !plain_between || text.contains('等') || prose.in_table(hit.start) || between.chars().count() > 14 {
        return None;
    }
    let quantities: Vec<usize> = prose.within(hit.end..end).collect();
    if let Some(first) = quantities.first() {
        // 五个片区受助商户分别为21家、18家…: as many numbers as things.
        let gap = prose.slice(hit.end..prose.range(*first).start);
        if hit.opens != Opens::Respectively
            || gap.chars().count() > 10
            || gap.contains(super::prose::ends_item)
        {
            return None;
        }
        let mut count = 1;
        for pair in quantities.windows(2) {
            let gap = prose.slice(prose.range(pair[0]).end..prose.range(pair[1]).start);
            if !matches!(gap.trim(), "、" | "，" | "," | "和" | "及" | "与") || !prose.alike(pair[0], pair[1])
            {
                break;
            }
            count += 1;
        }
        return (count > 1).then(|| listing(stated, said, count, count, hit.end..end));
    }
    let (least, most, stop) = items(text)?;
    Some(listing(stated, said, least, most, hit.end..hit.end + stop))
}

/// The number of items of a list that 、 parts, and how many there are if 和 parts too; and where it ends.
fn items(text: &str) -> Option<(u32, u32, usize)> {
    let (mut depth, mut least, mut most) = (0, 1, 1);
    let mut stop = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '“' | '《' | '「' => depth += 1,
            '）' | ')' | '”' | '》' | '」' => depth -= 1,
            _ if depth > 0 => {}
            '、' => (least, most) = (least + 1, most + 1),
            '和' | '与' | '及' => most += 1,
            // Segments that hold lists themselves are not counted here.
            '；' | ';' | '：' | ':' => return None,
            '，' | ',' => {
                stop = at;
                break;
            }
            _ => {}
        }
    }
    let quoted_parts = text.contains("”“") || text.contains("》《");
    (least > 1 && !quoted_parts).then_some((least, most, stop))
}

/// 设置9项指标，其中数量指标…；质量指标…；满意度指标…: the kinds of a form from the first to the last.
fn by_kinds(prose: &Prose, hit: &Hit) -> Option<Listing> {
    let start = prose.sentence_start(hit.start);
    let (stated, said) = announced(prose, start..hit.start, false, false)?;
    let end = prose.sentence_end(hit.end);
    let text = prose.slice(hit.end..end);
    let segments: Vec<&str> = text.split(['；', ';']).collect();
    let head = |segment: &str| segment.chars().take(10).collect::<String>();
    let labelled = segments
        .iter()
        .all(|segment| ["指标", "指標"].iter().any(|word| head(segment).contains(word)));
    let whole = head(segments.first()?).contains(['数', '數', '产', '產'])
        && ["满意", "滿意"]
            .iter()
            .any(|word| head(segments.last().unwrap_or(&"")).contains(word));
    if segments.len() < 4 || !labelled || !whole || text.contains('等') {
        return None;
    }
    let (mut most, mut from) = (0, hit.end);
    for segment in &segments {
        let clauses = segment.split(['，', ',', '、']);
        let mut at = from;
        let filled = clauses.filter(|clause| {
            let range = at..at + clause.len();
            at += clause.len() + 1;
            prose.within(range).next().is_some()
        });
        most += filled.count().max(1) as u32;
        from += segment.len() + 1;
    }
    Some(listing(stated, said, segments.len() as u32, most, hit.end..end))
}

fn listing(stated: u32, said: Range<usize>, least: u32, most: u32, items: Range<usize>) -> Listing {
    Listing {
        said: said.start as u32..said.end as u32,
        stated,
        least,
        most,
        items: items.start as u32..items.end as u32,
    }
}

/// The last number with a counter in a passage, where it is the only one and nothing but its noun follows.
fn announced(prose: &Prose, passage: Range<usize>, chain: bool, any: bool) -> Option<(u32, Range<usize>)> {
    let text = prose.slice(passage.clone());
    let from = text.len() - last_bytes(text, NEAR).len();
    let mut found = None;
    let mut at = from;
    while let Some((start, _)) = text[at..].char_indices().find(|(_, c)| is_digit(*c)) {
        let start = at + start;
        let digits: &str =
            &text[start..start + text[start..].find(|c| !is_digit(c)).unwrap_or(text.len() - start)];
        at = start + digits.len();
        let rest = &text[at..];
        let Some(counter) = COUNTERS.iter().find(|counter| rest.starts_with(**counter)) else {
            continue;
        };
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| matches!(c, '第' | '.' | '〔' | '每' | '近' | '约' | '—' | '-' | '前'))
        {
            continue;
        }
        let several = found.is_some();
        found =
            number(digits).map(|number| (number, passage.start + start..passage.start + at + counter.len()));
        // Two announcements: which of them the list tells is not sure.
        if several && !chain {
            return None;
        }
    }
    let (number, range) = found?;
    let after = prose.slice(range.end..passage.end);
    let near = after.chars().count() <= if chain { 24 } else { 16 };
    let noun = [
        "方面", "问题", "措施", "原因", "建议", "特点", "做法", "阶段", "环节", "工作", "经验", "不足",
        "任务", "指标", "指標", "经验", "子项", "部分", "类", "科室", "股室", "部门", "项目", "步骤", "内容",
        "片区", "街道", "乡镇", "社区", "村", "目标", "标准", "方向", "工程", "学校", "医院", "单位", "中心",
        "功能", "职责", "职能", "场所", "原则", "要求", "短板", "举措", "亮点", "成效", "到位", "机制",
        "抓手", "关口", "环节", "层面",
    ];
    let counter = prose.slice(range.clone());
    let named = any
        || counter.ends_with("方面")
        || counter.ends_with(['点', '条', '項', '项', '步'])
        || noun.iter().any(|noun| after.contains(noun));
    let after_list = after.contains(['、', '；']);
    ((2..=30).contains(&number) && near && named && !after_list).then_some((number, range))
}

/// The last bytes of a text, at a character.
fn last_bytes(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "一二两三四五六七八九十".contains(c)
}

/// 三 → 3, 十二 → 12, 9 → 9.
fn number(digits: &str) -> Option<u32> {
    if let Ok(number) = digits.parse() {
        return Some(number);
    }
    let one = |c: char| {
        "零一二三四五六七八九"
            .chars()
            .position(|d| d == if c == '两' { '二' } else { c })
    };
    let (mut tens, mut ones) = (None, 0);
    for c in digits.chars() {
        match c {
            '十' => (tens, ones) = (Some(ones.max(1)), 0),
            c => ones = if ones > 0 { return None } else { one(c)? },
        }
    }
    u32::try_from(tens.unwrap_or(0) * 10 + ones).ok()
}
