//! Rule files that no form ever was: however bad, each ends in clear findings within a second, with places in the text.

use jixiao::finding::Finding;
use jixiao::model::from_syntax::load;
use jixiao::source::Source;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Bad lines of one kind each, and what stands before them.
const BAD: [(&str, &str); 18] = [
    ("", "以下是第N条"),
    ("", "天气N：晴"),
    ("", "目彪：≥ N 家"),
    ("", "target: >= N"),
    ("", "- 章节：第N章"),
    ("", "備註：第N条"),
    ("", "```N"),
    ("", "目标 ≥ N 家"),
    ("", "{\"名称\": N}"),
    ("", "级别：第N级"),
    ("三级指标：甲，10 分\n", "　分值：≥ N"),
    ("", "三级指标：第N项，30%"),
    ("检查：一\n　要求：年度 有值\n", "　要求：年度 && N"),
    ("检查：一\n　要求：年度 有值\n", "　要求：（年度 = N"),
    ("检查：一\n　要求：年度 有值\n", "　要求：第N个 = 1"),
    ("检查：一\n　要求：年度 有值\n", "　要求：求平均N(年度) = 1"),
    ("评分标准：一\n　情形：其余，得 0 分\n", "　情形：达标，N"),
    ("数据：甲\n　单位：家\n", "　目标：N 家"),
];

/// So many lines of one kind, numbered.
fn bad_lines(head: &str, line: &str, most: usize) -> String {
    let mut text = head.to_owned();
    for number in 1000..1000 + most {
        text.push_str(&line.replace('N', &number.to_string()));
        text.push('\n');
    }
    text
}

#[test]
fn nine_thousand_five_hundred_bad_lines_give_as_many_findings() {
    // Debug builds are slow: each kind is counted in hundreds, some in full.
    for (at, (head, line)) in BAD.into_iter().enumerate() {
        let most = if at % 6 == 0 { 9500 } else { 300 };
        let findings = is_told(line, &bad_lines(head, line, most));
        assert_eq!(findings.len(), most, "{line}: {:?}", findings.last());
    }
}

#[test]
fn many_bad_lines_among_many_names_give_as_many_findings() {
    let mut head = "规则：甲\n".to_owned();
    for number in 0..1000 {
        writeln!(head, "数据：第{number}项资金\n　别名：第{number}项经费").unwrap();
    }
    head.push_str("检查：一\n　要求：年度 有值\n");
    let findings = is_told("名称", &bad_lines(&head, "　要求：第N笔资金.实际 有值", 1000));
    assert_eq!(count(&findings, "rule-unknown-name"), 1000);
}

/// What is said of a rule file; every place must lie in the text and on the borders of its characters.
fn said(text: &str) -> Vec<Finding> {
    let (model, findings) = load(vec![Source::new("规则.jx", text)], &mut |_, _| None);
    for finding in &findings {
        assert!(!finding.places.is_empty(), "{finding:?}");
        for place in &finding.places {
            let source = &model.sources[place.span.source.0 as usize].text;
            let (start, end) = (place.span.start as usize, place.span.end as usize);
            assert!(source.get(start..end).is_some(), "{finding:?}");
        }
    }
    findings
}

/// Asserts that something is said of a file, in time; a debug build may take ten times as long as a release.
fn is_told(name: &str, text: &str) -> Vec<Finding> {
    let start = Instant::now();
    let findings = said(text);
    let took = start.elapsed();
    assert!(!findings.is_empty(), "{name}: nothing was said");
    assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    findings
}

fn count(findings: &[Finding], check: &str) -> usize {
    findings.iter().filter(|finding| finding.check == check).count()
}

#[test]
fn nesting_without_end_is_refused_before_it_is_read() {
    for open in ["(", "（", "[", "【", "并非 ", "−", "合计("] {
        let text = format!("规则：甲\n检查：一\n　要求：{}得分\n", open.repeat(3000));
        assert_eq!(count(&is_told(open, &text), "rule-syntax"), 1, "{open}");
    }
    for open in ["(", "[", "【", "并非 "] {
        let text = format!("规则：甲\n检查：一\n　要求：{}得分\n", open.repeat(100_000));
        assert_eq!(count(&is_told(open, &text), "rule-syntax"), 1, "{open}");
    }
}

#[test]
fn a_megabyte_on_one_line_is_told_once() {
    let long = |head: &str, part: &str| format!("规则：甲\n{head}{}\n", part.repeat(1_000_000 / part.len()));
    for (head, part) in [
        ("章节：", "基本情况、"),
        ("检查：一\n　要求：", "得分 + "),
        ("等级：", "优 [90，100]；"),
        ("检查：一\n　要求：年度 有值\n　提示：", "【年度】"),
        ("", "这是一句话，"),
        ("", "三级指标："),
        ("三级指标：甲，10 分\n　目标：≥ ", "9"),
        ("", "|甲"),
    ] {
        let findings = is_told(head, &long(head, part));
        assert_eq!(count(&findings, "rule-syntax"), 1, "{head}{part}");
    }
}

#[test]
fn lines_just_short_of_the_longest_are_read_in_time() {
    let long = |head: &str, part: &str| format!("规则：甲\n{head}{}\n", part.repeat(60_000 / part.len()));
    for (head, part) in [
        ("章节：", "基本情况、"),
        ("检查：一\n　要求：", "得分 或 "),
        ("检查：一\n　要求：", "得分 "),
        ("等级：", "优 [90，100]，"),
        ("评分标准：一\n　情形：", "达标，得 "),
        ("检查：一\n　要求：年度 有值\n　提示：", "【年】"),
        ("三级指标：", "产出，10 分，"),
        ("三级指标：甲，10 分\n　目标：", "≥1且"),
        ("三级指标：甲，10 分\n　评分：", "甲 "),
        ("", "、（1"),
        ("", "<p>"),
    ] {
        is_told(&format!("{head}{part}"), &long(head, part));
    }
}

#[test]
fn a_condition_over_ten_thousand_lines_is_told_once() {
    let text = format!(
        "规则：甲\n检查：一\n　要求：年度 有值\n{}",
        "　　并且 年度 有值\n".repeat(10_000)
    );
    assert_eq!(count(&is_told("并且", &text), "rule-syntax"), 1);
}

#[test]
fn numbers_of_ten_thousand_digits_are_told() {
    for line in [
        "三级指标：甲，10 分\n　目标：≥ N 家",
        "三级指标：甲，N 分",
        "检查：一\n　要求：年度 ≤ N",
        "评分标准：一\n　参数：甲 = N\n　情形：其余，得 0 分",
        "换算：N 甲 = 1 亩",
        "等级：优 [0，N]",
        "年度：N",
    ] {
        let text = format!("规则：甲\n{line}\n").replace('N', &"9".repeat(10_000));
        assert!(count(&is_told(line, &text), "rule-syntax") >= 1, "{line}");
    }
}

#[test]
fn a_thousand_names_with_one_alias_clash_in_time() {
    let mut text = "规则：甲\n".to_owned();
    for number in 0..1000 {
        writeln!(text, "数据：第{number}项\n　别名：企业数").unwrap();
    }
    assert_eq!(count(&is_told("一个别名", &text), "rule-alias-clash"), 999);
    let mut text = "规则：甲\n数据：企业数\n　别名：".to_owned();
    for number in 0..1000 {
        write!(text, "企业第{number}种叫法、").unwrap();
    }
    text.push_str("企业数\n");
    said(&text);
}

#[test]
fn a_hundred_thousand_statements_and_ten_thousand_parameters_are_read_in_time() {
    let mut text = "规则：甲\n检查：一\n".to_owned();
    for number in 0..10_000 {
        writeln!(text, "　参数：第{number}个 = {number}%").unwrap();
    }
    text.push_str("　要求：年度 ≥ 第9999个\n");
    let start = Instant::now();
    said(&text);
    let text = format!("规则：甲\n{}", "章节：基本情况\n".repeat(20_000));
    said(&text);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

const GOOD: &str = include_str!("language/good.jx");

#[test]
fn every_beginning_of_a_good_file_is_read_without_a_panic() {
    for (at, _) in GOOD.char_indices().step_by(7) {
        said(&GOOD[..at]);
    }
}

#[test]
fn a_good_file_with_one_character_left_out_is_told_where_it_stands() {
    for (at, sign) in GOOD.char_indices().step_by(11) {
        said(&[&GOOD[..at], &GOOD[at + sign.len_utf8()..]].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_good_file_with_one_byte_changed_is_read_without_a_panic(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let mut bytes = GOOD.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        said(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_signs_are_read_without_a_panic(text in "(规则：|检查：|要求：|目标：|情形：|评分：|参数：|等级：|[ -~]|[一-鿿]|[、。，；：“”【】（）≥≤＝％\n]|\\PC){0,60}") {
        said(&text);
    }
}
