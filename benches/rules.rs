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
