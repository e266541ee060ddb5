//! Formulas read back: each line of a rule beside the sentence that it becomes.

use jixiao::model::from_syntax;
use jixiao::reading::{Block, case, catalogue, check, manual};
use jixiao::source::Source;

const HEAD: &[&str] = &[
    "规则：养护绩效",
    "数据：养护资金",
    "　单位：万元",
    "数据：养护里程数",
    "　单位：公里",
    "　分项：县道、乡道",
    "三级指标：群众满意度，10 分",
    "　目标：≥ 90%",
];

/// The check that these lines make, in words; a line that is no good fails the test.
fn read(lines: &str) -> String {
    let text = format!("{}\n检查：甲\n{lines}", HEAD.join("\n"));
    let (model, findings) = from_syntax::load(vec![Source::new("规则.jx", text)], &mut |_, _| None);
    let wrong: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    let wrong: Vec<&&str> = wrong
        .iter()
        .filter(|said| !said.contains("只读不用") && !said.contains("不会自动"))
        .collect();
    assert!(wrong.is_empty(), "{lines}: {wrong:?}");
    let own = model
        .checks
        .iter()
        .find(|check| check.name == "甲")
        .expect("the check");
    check::read(&model, own, "").whole()
}

#[test]
fn every_kind_of_formula_becomes_a_sentence() {
    let mut told = String::new();
    for lines in [
        "　逐项：指标行\n　要求：得分 ≤ 分值",
        "　逐项：指标行\n　要求：分值 ≥ 得分",
        "　逐项：指标行\n　当：完成率 ≥ 130%\n　要求：原因 有值",
        "　逐项：指标行\n　当：完成率 < 60% 或者 实际 无值\n　要求：原因 有值 或者 自评表.说明 有值",
        "　逐项：指标行\n　当：并非 达标 并且 得分 = 分值\n　要求：原因 包含 “客观原因”",
        "　逐项：指标行\n　当：（达成情况 = 未达成 或者 达成情况 = 部分达成） 并且 分值 > 5 分\n　要求：得分 < 分值 × 80%",
        "　逐项：指标行\n　当：方向 = 反向\n　要求：得分 属于 [0 分，分值)",
        "　逐项：指标行\n　要求：单位 属于 “家”、“户”",
        "　逐项：指标行\n　要求：并非 三级指标 包含 “指标1”",
        "　逐项：指标行\n　要求：得分 = 舍入(分值 × 完成率，2 位)",
        "　逐项：指标行\n　要求：得分 = 最小(分值，分值 × 完成率)",
        "　逐项：自评表\n　要求：计数(指标行，得分 < 分值) ≤ 3",
        "　逐项：自评表\n　要求：总分 = 合计(指标行.得分，得分 有值) + （合计(附加行.得分) 若无 0 分）",
        "　逐项：自评表\n　要求：最大(指标行.分值) ≤ 满分 ÷ 2",
        "　逐项：自评表\n　要求：资金.总额.全年执行数 − 资金.总额.年初预算数 ≤ （资金.总额.全年预算数 − 资金.总额.年初预算数） × 2",
        "　逐项：资金行\n　当：完整\n　要求：全年预算数 = 合计(构成.全年预算数)",
        "　逐项：一级组\n　要求：分值 = 合计(指标行.分值)",
        "　当：年度 有值\n　要求：年度 = 2024",
        "　要求：养护资金.实际 ÷ 养护里程数.实际 ≤ 27 万元/公里",
        "　要求：最大(养护资金.全部) = 最小(养护资金.全部)",
        "　要求：群众满意度.实际 = 群众满意度.规则目标",
        "　要求：养护里程数.实际 = 合计(养护里程数.分项)",
        "　要求：章节 包含 “有关建议”",
        "　要求：并非 正文 包含 “圆满完成”",
        "　要求：章节文(“有关建议”) 有值",
    ] {
        told.push_str(&format!("{}\n→ {}\n\n", lines.replace('　', ""), read(lines)));
    }
    insta::assert_snapshot!("公式的白话", told);
}

#[test]
fn every_kind_of_case_becomes_a_sentence() {
    let standards = [
        "评分标准：分段",
        "　参数：及格门槛 = 60%",
        "　情形：完成率 ≥ 100%，得 分值",
        "　情形：完成率 ≥ 80%，得 分值 × 80%",
        "　情形：完成率 ≥ 及格门槛，得 5 分",
        "　情形：完成率 < 及格门槛 并且 原因 有值，得 分值 × 完成率 − 1 分",
        "　情形：其余，得 0 分",
        "评分标准：封顶",
        "　情形：完成率 ≥ 0%，得 最小(分值，分值 × 完成率)",
        "　情形：其余，得 [0 分，分值 × 50%]",
        "评分标准：成本",
        "　情形：实际 ≤ 目标，得 分值",
        "　情形：实际 ≤ 目标 × 120%，得 分值 × 目标 ÷ 实际",
        "　情形：其余，得 0 分",
        "评分标准：执行",
        "　情形：执行率 ≥ 90%，得 分值",
        "　情形：其余，得 分值 × 执行率 ÷ 90%",
        "评分标准：照给",
        "　情形：其余，得 分值",
    ]
    .join("\n");
    let text = format!("{}\n{standards}", HEAD.join("\n"));
    let (model, _) = from_syntax::load(vec![Source::new("规则.jx", text)], &mut |_, _| None);
    let mut told = String::new();
    for standard in model
        .standards
        .iter()
        .filter(|standard| standard.span.source.0 == 0)
    {
        told.push_str(&format!("{}\n", standard.name));
        for sentence in case::read(&model, standard) {
            told.push_str(&format!("→ {}\n", sentence.whole()));
        }
    }
    insta::assert_snapshot!("情形的白话", told);
}

#[test]
fn what_an_adjustment_changes_stands_old_beside_new() {
    let text = [
        "规则：市级补充规定",
        "引用：财预〔2020〕10号",
        "调整：检查／超额较多无说明",
        "　参数：超额界限 = 150%",
        "　级别：错误",
        "　理由：市级办法的规定",
        "改写：等级／优",
        "　区间：[92，100]",
        "　理由：市级办法的规定",
        "不适用：检查／疑似笔误",
        "　理由：本市另行核对",
    ]
    .join("\n");
    let (model, _) = from_syntax::load(vec![Source::new("补充.jx", text)], &mut |_, _| None);
    let blocks = manual::write(&model, manual::For::Public, &catalogue::about);
    let rows: Vec<Vec<String>> = blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Table(rows) if rows[0][0] == "事项" => Some(rows),
            _ => None,
        })
        .flatten()
        .collect();
    let rows: Vec<String> = rows.iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        rows,
        [
            "事项 | 原规定 | 调整后 | 理由",
            "检查“超额较多无说明”的参数 | 超额界限 = 130% | 超额界限 = 150% | 市级办法的规定",
            "检查“超额较多无说明”的级别 | 警告 | 错误 | 市级办法的规定",
            "等级“优”的区间 | [90，100] | [92，100] | 市级办法的规定",
            "检查“疑似笔误” | 适用 | 不适用 | 本市另行核对",
        ]
    );
}

/// Lines of the language in every way, good and bad.
fn lines() -> Vec<String> {
    let good = include_str!("language/good.jx");
    let pages = include_str!("language/syntax/公式.md");
    let all = good
        .lines()
        .chain(pages.lines().filter(|line| line.contains('：')));
    all.filter(|line| !line.starts_with("引用"))
        .map(str::to_owned)
        .collect()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn any_lines_are_read_out_in_whole_sentences(picked in proptest::collection::vec(0usize..500, 1..60)) {
        let lines = lines();
        let text: Vec<&str> = picked.iter().map(|at| lines[at % lines.len()].as_str()).collect();
        let (model, _) = from_syntax::load(vec![Source::new("规则.jx", text.join("\n"))], &mut |_, _| None);
        for readers in [manual::For::Author, manual::For::Public] {
            for block in manual::write(&model, readers, &catalogue::about) {
                if let Block::Paragraph(text) | Block::Item(text) | Block::Closing(text) = block {
                    proptest::prop_assert!(text.ends_with('。') || text.ends_with('？'), "{}", text);
                    for flaw in ["。。", "，，", "：。", "，。", "（）", "“”", "的的", "  "] {
                        proptest::prop_assert!(!text.contains(flaw), "{}: {}", flaw, text);
                    }
                }
            }
        }
    }
}
