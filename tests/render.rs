//! What people and programs see of outcomes, drawn from outcomes made by hand.

use jixiao::finding::{Finding, NotJudged, Outcome, PackUsed, RuleLine, Severity, Summary, Verdict};
use jixiao::render::to_terminal::Terminal;
use jixiao::render::{Look, to_json, to_short};
use jixiao::source::{Source, SourceId, Span};
use proptest::prelude::*;
use std::sync::Arc;

const RULES: &str =
    "规则：青禾助餐补助自评\n一级指标：产出指标，50 分\n　三级指标：新建助餐点，20 分\n　　目标：≥ 40 个\n";
const REPORT: &str = "\
# 青禾区老年助餐补助项目绩效自评报告

年初下达绩效目标：新建社区助餐点 40 个，年服务老人 12万人次。

全年新建助餐点 36 个，完成率 95%。
预算 600 万元，执行 508 万元。

| 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|
| 新建助餐点 | ≥45个 | 36个 | 20 | 20 |
";

fn span(source: u32, text: &str, words: &str) -> Span {
    let start = text
        .find(words)
        .unwrap_or_else(|| panic!("{words} is not in the text"));
    Span::new(SourceId(source), start..start + words.len())
}

fn outcome(text: &str) -> Outcome {
    Outcome {
        path: "报告.md".into(),
        files: Vec::new(),
        verdict: Verdict::Fail,
        reasons: Vec::new(),
        year: Some(2020),
        kind: Some("项目支出绩效自评表".into()),
        rules: vec![PackUsed {
            name: "青禾助餐补助自评".into(),
            version: "2020.1".into(),
            years: String::new(),
            digest: "0123456789ab".into(),
        }],
        checks: Vec::new(),
        summary: Summary {
            judged: 34,
            passed: 29,
            failed: 5,
            not_judged: 3,
            numbers: 212,
            used: 140,
        },
        not_judged: Vec::new(),
        findings: Vec::new(),
        known: None,
        adjusted: Vec::new(),
        notes: Vec::new(),
        sources: vec![
            Arc::new(Source::new("规则.jx", RULES)),
            Arc::new(Source::new("报告.md", text)),
        ],
    }
}

fn target_mismatch() -> Finding {
    let first = span(1, REPORT, "40 个");
    let mut finding = Finding::new(
        "target-mismatch",
        "目标前后不一致",
        Severity::Error,
        "“新建助餐点”的目标，正文写 40 个，自评表写 45 个，相差 5 个。".into(),
        first,
    )
    .and(span(1, REPORT, "≥45个"), "目标", "表中是 45 个")
    .and(span(0, RULES, "≥ 40 个"), "规则", "")
    .help("以批复的绩效目标为准，把写错的一处改过来。");
    finding.places[0].note = "这里是 40 个".into();
    finding.places[0].address = "第2段".into();
    finding.subject = "新建助餐点".into();
    finding.stated = Some("45".into());
    finding.expected = Some("40".into());
    finding.rule = Some(RuleLine {
        span: span(0, RULES, "目标：≥ 40 个"),
        basis: "青民发〔2020〕6号".into(),
    });
    finding
}

fn terminal(outcome: &Outcome, look: Look) -> String {
    let mut out = String::new();
    Terminal::new(look).report(&mut out, outcome);
    out
}

#[test]
fn a_finding_shows_all_its_places_with_notes_and_the_rule() {
    let mut outcome = outcome(REPORT);
    outcome.findings = vec![target_mismatch()];
    outcome.notes = vec!["按 GB18030 编码读取。".into()];
    insta::assert_snapshot!(terminal(&outcome, Look::default()));
}

#[test]
fn near_places_share_a_picture_and_equal_places_share_a_mark() {
    let mut outcome = outcome(REPORT);
    let rate = Finding::new(
        "ratio-claim",
        "百分比与所列数不符",
        Severity::Warning,
        "36 ÷ 40 = 90%，报告写作 95%。".into(),
        span(1, REPORT, "95%"),
    )
    .and(span(1, REPORT, "36 个"), "完成值", "")
    .and(span(1, REPORT, "508 万元"), "执行", "508 万元")
    .and(span(1, REPORT, "95%"), "", "应为 90%");
    outcome.findings = vec![rate];
    insta::assert_snapshot!(terminal(&outcome, Look::default()));
}

#[test]
fn a_report_on_one_long_line_is_cut_around_each_place() {
    let filler = "按照工作部署有序推进各项任务落实到位，".repeat(60);
    let text = format!("{filler}新建助餐点 40 个。{filler}新建助餐点 36 个。{filler}");
    let mut outcome = outcome(&text);
    let finding = Finding::new(
        "actual-mismatch",
        "完成值前后不一致",
        Severity::Error,
        "前后不一。".into(),
        span(1, &text, "40 个"),
    )
    .and(span(1, &text, "36 个"), "完成值", "这里是 36 个");
    outcome.findings = vec![finding];
    let shown = terminal(
        &outcome,
        Look {
            color: false,
            width: 60,
        },
    );
    for line in shown.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 60, "{line}");
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn words_at_a_mark_near_the_edge_stay_on_the_screen() {
    let text = format!("{}满意度 92%", "按照部署有序推进各项任务，".repeat(2));
    let mut outcome = outcome(&text);
    let mut finding = target_mismatch();
    finding.places = vec![
        Finding::new("", "", Severity::Error, String::new(), span(1, &text, "92%"))
            .places
            .remove(0),
    ];
    finding.places[0].note = "完成值：这里是 92%".into();
    outcome.findings = vec![finding];
    let look = Look {
        color: false,
        width: 66,
    };
    for line in terminal(&outcome, look).lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 66, "{line}");
    }
}

proptest! {
    #[test]
    fn whatever_the_text_and_the_spans_the_finding_is_drawn_within_the_width(
        text in "[a-z0-9，。≥（）汉字表格\u{3000} \t\n\r|]{0,400}",
        spans in prop::collection::vec((0usize..500, 0usize..40), 1..6),
        width in 60usize..120,
    ) {
        let mut outcome = outcome(&text);
        let mut finding = target_mismatch();
        finding.places = spans
            .iter()
            .map(|(start, length)| {
                let mut place = target_mismatch().places.remove(0);
                let start = text.floor_char_boundary(*start);
                let end = text.floor_char_boundary(start + length);
                place.span = Span::new(SourceId(1), start..end);
                place.note = "注".into();
                place.address = String::new();
                place
            })
            .collect();
        finding.rule = None;
        outcome.findings = vec![finding];
        let look = Look { color: false, width };
        let shown = terminal(&outcome, look);
        for line in shown.lines() {
            let columns = unicode_width::UnicodeWidthStr::width(line);
            prop_assert!(columns <= width, "{} columns in {}:\n{}\n{}", columns, width, line, shown);
        }
        let column_of = |place: &jixiao::finding::Place| {
            let sources = &outcome.sources;
            jixiao::render::positions::Positions::new(sources).line_column(place.span)
        };
        for place in outcome.findings[0].places.iter().take(1).filter(|_| !text.is_empty()) {
            let (line, column) = column_of(place);
            let at = format!("报告.md:{line}:{column}]");
            prop_assert!(shown.contains(&at), "{}", shown);
        }
    }
}

#[test]
fn marks_stand_under_the_words_that_they_mark() {
    let mut outcome = outcome(REPORT);
    outcome.findings = vec![target_mismatch()];
    let shown = terminal(&outcome, Look::default());
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|line| line.contains("≥45个 |")).unwrap();
    let before = |line: &str, sign: &str| {
        let (left, _) = line.split_once(sign).unwrap();
        unicode_width::UnicodeWidthStr::width(left)
    };
    assert_eq!(before(lines[at], "≥45个"), before(lines[at + 1], "─"));
}

#[test]
fn what_was_not_judged_is_grouped_by_its_reason() {
    let mut outcome = outcome(REPORT);
    outcome.verdict = Verdict::Undetermined;
    outcome.reasons = vec!["第 3 个表没有读懂。".into()];
    outcome.not_judged = (1..=6)
        .map(|number| NotJudged {
            check: "score-rule".into(),
            subject: format!("指标{number}"),
            reason: "没有写完成值".into(),
        })
        .collect();
    insta::assert_snapshot!(terminal(&outcome, Look::default()));
}

#[test]
fn colour_is_written_only_when_asked() {
    let mut outcome = outcome(REPORT);
    outcome.findings = vec![target_mismatch()];
    assert!(!terminal(&outcome, Look::default()).contains('\u{1b}'));
    let colored = terminal(
        &outcome,
        Look {
            color: true,
            width: 80,
        },
    );
    assert!(colored.contains("\u{1b}[31;1m错误\u{1b}[0m"));
}

#[test]
fn nothing_english_shows_but_ids_and_paths() {
    let mut outcome = outcome(REPORT);
    outcome.findings = vec![target_mismatch()];
    let shown = terminal(&outcome, Look::default());
    let words: Vec<&str> = shown
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect();
    for word in &words {
        assert!(["target-mismatch", "md", "jx"].contains(word), "{word}");
    }
}

#[test]
fn escape_sequences_of_a_report_are_not_obeyed() {
    let text = "目标\u{1b}[2J 40 个\t\u{9b}31m，\u{202e}完成 36 个";
    let mut outcome = outcome(text);
    outcome.findings = vec![Finding::new(
        "typo",
        "疑似笔误",
        Severity::Info,
        "\u{1b}[2J".into(),
        span(1, text, "36 个"),
    )];
    let shown = terminal(&outcome, Look::default());
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    assert!(shown.contains("36 个"));
}

#[test]
fn spans_that_are_wrong_do_not_stop_the_report() {
    let mut outcome = outcome("目标\r\n40 个");
    for (start, end) in [(0, 99), (1, 2), (99, 200), (6, 8), (14, 14), (7, 3)] {
        let mut finding = Finding::new("typo", "疑似笔误", Severity::Info, "甲".into(), Span::default());
        finding.places[0].span = Span {
            source: SourceId(1),
            start,
            end,
        };
        outcome.findings.push(finding);
    }
    outcome.findings[0].places[0].span.source = SourceId(9);
    assert_eq!(terminal(&outcome, Look::default()).matches("疑似笔误").count(), 6);
    assert_eq!(to_json::render(&[], &[outcome]).matches("疑似笔误").count(), 6);
}

#[test]
fn a_short_line_names_path_line_and_column() {
    let mut outcome = outcome(REPORT);
    outcome.findings = vec![target_mismatch()];
    let mut out = String::new();
    to_short::write(&mut out, &outcome);
    assert_eq!(
        out,
        "报告.md:3:18: error[target-mismatch]: “新建助餐点”的目标，正文写 40 个，自评表写 45 个，相差 5 个。\n"
    );
}

#[test]
fn a_finding_is_shown_in_the_report_even_where_a_rule_is_named_first() {
    let mut outcome = outcome(REPORT);
    let mut finding = target_mismatch();
    finding.places.reverse();
    outcome.findings = vec![finding];
    let mut short = String::new();
    to_short::write(&mut short, &outcome);
    assert!(short.starts_with("报告.md:10:11: "), "{short}");
    let full = terminal(&outcome, Look::default());
    let at = |words: &str| full.find(words).unwrap();
    assert!(at("[报告.md:10:11") < at("[报告.md:3:18") && at("[报告.md:3:18") < at("[规则.jx:4:6"));
}

#[test]
fn json_follows_the_contract() {
    let mut outcome = outcome(REPORT);
    outcome.findings = vec![target_mismatch()];
    jixiao::finding::fingerprint::stamp(&mut outcome.findings, &outcome.sources);
    let text = to_json::render(&[], &[outcome]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn a_place_without_words_stands_beside_the_words_that_begin_there() {
    let text = "其他资金\t0\t汉格（\t满意度 92%";
    let mut outcome = outcome(text);
    let mut finding = target_mismatch();
    let at = text.find("满意度").unwrap();
    finding.places = [(at, text.len()), (at, at)]
        .map(|(start, end)| {
            let mut place = target_mismatch().places.remove(0);
            place.span = Span::new(SourceId(1), start..end);
            place.note = "注".into();
            place
        })
        .to_vec();
    finding.rule = None;
    outcome.findings = vec![finding];
    let shown = terminal(
        &outcome,
        Look {
            color: false,
            width: 60,
        },
    );
    assert!(!shown.contains('\t'), "{shown}");
    assert_eq!(shown.matches("╭─[").count(), 2, "{shown}");
}
