//! How long a rule file of 504 lines takes to be read, resolved and linted, packs included.

use jixiao::model::from_syntax;
use jixiao::source::{Source, SourceId};
use jixiao::syntax::from_text;

fn main() {
    divan::main();
}

/// A rule file as a city office writes it: 72 indicators of six lines each, checks of nine lines each.
fn rules() -> String {
    let mut text =
        "规则：两化融合专项绩效自评\n版本：2020.1\n年度：2020\n引用：财预〔2020〕10号\n".to_owned();
    for number in 0..72 {
        for line in [
            "　三级指标：第N类企业数",
            "　　别名：N类企业、N类上云企业",
            "　　目标：≥ N00 家",
            "　　评分：按完成比例，及格门槛 = 60%",
        ] {
            text.push_str(&line.replace('N', &number.to_string()));
            text.push('\n');
        }
    }
    for number in 0..26 {
        for line in [
            "检查：第N类企业数不符",
            "　级别：警告",
            "　参数：界限 = 130%",
            "　当：第N类企业数.目标 有值",
            "　　并且 第N类企业数.实际 ≥ 第N类企业数.目标 × 界限",
            "　要求：第N类企业数.实际 = 合计(第N类企业数.全部) ÷ 2 + 1 家",
            "　提示：第N类企业数应为【第N类企业数.目标 × 界限】，写作【第N类企业数.实际】。",
            "　建议：核对佐证材料。",
        ] {
            text.push_str(&line.replace('N', &number.to_string()));
            text.push('\n');
        }
    }
    text.push_str("章节：基本情况、有关建议\n章节：综合评价\n章节：绩效分析\n章节：存在的问题\n");
    assert_eq!(text.lines().count(), 504);
    text
}

#[divan::bench]
fn syntax(bencher: divan::Bencher) {
    let text = rules();
    bencher.bench_local(|| from_text::parse(&text, SourceId(0)));
}

#[divan::bench]
fn whole(bencher: divan::Bencher) {
    let text = rules();
    bencher.bench_local(|| from_syntax::load(vec![Source::new("规则.jx", text.clone())], &mut |_, _| None));
}

#[divan::bench]
fn standard_packs() -> (jixiao::model::Model, Vec<jixiao::finding::Finding>) {
    from_syntax::load(Vec::new(), &mut |_, _| None)
}

/// 9,500 lines of which none is right, of one kind or of all kinds in turn.
fn bad_lines(kinds: &[&str]) -> String {
    let mut text = "规则：甲\n数据：移民户数\n　单位：户\n".to_owned();
    for (number, kind) in kinds.iter().cycle().take(9500).enumerate() {
        text.push_str(&kind.replace('N', &number.to_string()));
        text.push('\n');
    }
    text
}

const BAD_LINES: [&str; 10] = [
    "这是第N句话，没有关键词",
    "满意分：N",
    "等级：优 90-，N",
    "章节：“基本情况N",
    "检查：括号N\n　逐项：指标行\n　要求：(得分 ≤ 分值 + N 分",
    "检查：公式N\n　逐项：指标行\n　要求：得分 ≤ 分值 且则 N 分 得",
    "检查：名称N\n　要求：没有的名称N.实际 ≥ N 家",
    "三级指标：单位N\n　目标：≥ N 呱唧",
    "三级指标：评分N\n　评分：按完成N比",
    "调整：检查／没有的检查N\n　级别：警告\n　理由：试",
];

#[divan::bench(sample_count = 10)]
fn bad_lines_of_ten_kinds(bencher: divan::Bencher) {
    let text = bad_lines(&BAD_LINES);
    bencher.bench_local(|| {
        let (_, findings) = from_syntax::load(vec![Source::new("规则.jx", text.clone())], &mut |_, _| None);
        assert!(findings.len() >= 9500);
    });
}

#[divan::bench(args = BAD_LINES, sample_count = 3)]
fn bad_lines_of_one_kind(bencher: divan::Bencher, kind: &str) {
    let text = bad_lines(&[kind]);
    bencher.bench_local(|| from_syntax::load(vec![Source::new("规则.jx", text.clone())], &mut |_, _| None));
}
