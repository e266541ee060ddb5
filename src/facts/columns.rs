//! Header words of forms to the meaning of their columns.

use crate::words::lexicon::{Layout, Lexicon, lexicon};

/// What a column of a form holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Column {
    /// 绩效指标, 项目资金: the label of a part of the form
    Section,
    /// 一级指标
    First,
    /// 二级指标
    Second,
    /// 三级指标
    Name,
    /// 指标性质
    Nature,
    /// 年度指标值
    Target,
    /// 度量单位
    Unit,
    /// 实际完成值
    Actual,
    /// 分值
    Weight,
    /// 分值 behind 一级指标, where each level has a column of its own
    FirstWeight,
    /// 分值 behind 二级指标
    SecondWeight,
    /// 得分
    Score,
    /// 偏差原因分析及改进措施
    Reason,
    /// 年初预算数
    Initial,
    /// 全年预算数
    Budget,
    /// 全年执行数
    Spent,
    /// 执行率
    Rate,
    /// 预期目标
    Goal,
    /// 实际完成情况
    Done,
    /// 评分标准 and the like: read by nobody
    Standard,
    /// 序号
    Order,
    /// 情况说明
    Account,
    /// 存在问题和改进措施
    Problem,
    /// The unnamed column of the fund rows' names
    Fund,
}

impl Column {
    /// Whether it is one of the columns of the fund table alone.
    pub fn is_money(self) -> bool {
        matches!(self, Column::Initial | Column::Budget | Column::Spent)
    }

    /// Whether it is one of the columns of the indicator table.
    pub fn is_indicator(self) -> bool {
        use Column::{Actual, First, Name, Nature, Score, Second, Target, Unit, Weight};
        matches!(
            self,
            First | Second | Name | Nature | Target | Unit | Actual | Weight | Score
        )
    }
}

const MEANINGS: [(&str, Column); 21] = [
    ("section", Column::Section),
    ("first", Column::First),
    ("second", Column::Second),
    ("name", Column::Name),
    ("nature", Column::Nature),
    ("target", Column::Target),
    ("unit", Column::Unit),
    ("actual", Column::Actual),
    ("weight", Column::Weight),
    ("score", Column::Score),
    ("reason", Column::Reason),
    ("initial", Column::Initial),
    ("budget", Column::Budget),
    ("spent", Column::Spent),
    ("rate", Column::Rate),
    ("goal", Column::Goal),
    ("done", Column::Done),
    ("standard", Column::Standard),
    ("order", Column::Order),
    ("account", Column::Account),
    ("problem", Column::Problem),
];
const LABELS: [&str; MEANINGS.len()] = {
    let (mut labels, mut at) = ([""; MEANINGS.len()], 0);
    while at < MEANINGS.len() {
        labels[at] = MEANINGS[at].0;
        at += 1;
    }
    labels
};
static WORDS: Lexicon = lexicon!(Layout::lists(include_str!("../../data/headers.tsv"), &LABELS));

/// A header as it is compared: without blanks, without brackets and what they hold, without a colon at its end.
pub fn bare(text: &str) -> String {
    let mut depth = 0u32;
    let mut word = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 || is_ignored(c) => {}
            _ => word.push(c),
        }
    }
    word
}

/// Signs that no header is told by.
fn is_ignored(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '：' | ':' | '“' | '”')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '（' | '(' | '）' | ')')
}

/// What a header says of its column.
pub fn column_of(header: &str) -> Option<Column> {
    // Most texts are no header, and their first character says so.
    let first = header.chars().find(|c| !is_ignored(*c))?;
    if (!is_bracket(first) && !WORDS.begins(first)) || header.chars().nth(40).is_some() {
        return None;
    }
    let spelling = if header.contains(|c| is_ignored(c) || is_bracket(c)) {
        WORDS.exactly(&bare(header)).next()
    } else {
        WORDS.exactly(header).next()
    };
    Some(MEANINGS[spelling?.kind as usize].1)
}

/// The first header word in a clause, the longest of those that begin where it does. Words of one character are none.
pub fn header_in(clause: &str) -> Option<(Column, std::ops::Range<usize>)> {
    clause.char_indices().find_map(|(at, _)| {
        let word = WORDS
            .beginning(&clause[at..])
            .next()
            .filter(|word| word.length > 3)?;
        Some((MEANINGS[word.kind as usize].1, at..at + word.length as usize))
    })
}

/// Whether a text is a piece of a header that was broken: 析及改进措施.
pub fn is_part_of_header(text: &str) -> bool {
    !text.is_empty() && WORDS.entries.iter().any(|word| WORDS.word(*word).contains(text))
}

/// The unit that a header or a label gives to bare numbers: 项目资金（万元） → 万元.
pub fn unit_in(header: &str) -> Option<&str> {
    let open = header.rfind(['（', '('])?;
    let inner = header[open..].trim_start_matches(['（', '(']);
    let inner = inner.split(['）', ')']).next().unwrap_or("");
    let word = inner.rsplit(['：', ':', '，', ',']).next().unwrap_or("").trim();
    let known = matches!(word, "元" | "千元" | "万元" | "百万元" | "亿元");
    known.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_whatever_stands_in_their_brackets() {
        assert_eq!(column_of("全年（调整）预算数"), Some(Column::Budget));
        assert_eq!(column_of("执行率（B/A×100%）"), Some(Column::Rate));
        assert_eq!(column_of("一级 指标"), Some(Column::First));
        assert_eq!(column_of("得分（执行率×分值）"), Some(Column::Score));
        assert_eq!(column_of("维修渠道长度"), None);
    }

    #[test]
    fn a_header_may_give_a_unit() {
        assert_eq!(unit_in("项目资金（万元）"), Some("万元"));
        assert_eq!(unit_in("年度预算（单位：元）"), Some("元"));
        assert_eq!(unit_in("执行率（B/A）"), None);
    }
}
