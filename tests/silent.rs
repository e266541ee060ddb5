//! What must stay silent: reports that look wrong at a first glance and are right. One case, one test.

use jixiao::finding::Severity;
use jixiao::model::from_syntax;
use jixiao::{document, lint};

/// What the standard rules say of a report at warning or above.
fn told(report: &str) -> Vec<String> {
    let (model, _) = from_syntax::load(Vec::new(), &mut |_, _| None);
    let document = document::read("报告.md", report.as_bytes()).unwrap();
    let found = lint::report(&model, &document, None).findings;
    let loud = found.iter().filter(|finding| finding.severity != Severity::Info);
    loud.map(|finding| format!("{} {}", finding.check, finding.message))
        .collect()
}

const ROWS: &str = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |\n\
    | --- | --- | --- | --- | --- | --- | --- | --- |\n";

#[test]
fn a_declared_bonus_of_102_is_no_fault() {
    let report = "本项目满分100分，加分项2分，经自评，综合得分102分。";
    assert_eq!(told(report), Vec::<String>::new());
}

#[test]
fn an_honest_execution_of_nothing_is_no_fault() {
    let report = "# 2023年度村医培训项目绩效自评报告\n\n全年预算80万元，因招标推迟，全年执行数0万元，执行率0%，年末结余80万元。";
    assert_eq!(told(report), Vec::<String>::new());
}

#[test]
fn parts_of_43_fit_40_odd() {
    let report = "五个片区受助商户分别为13家、18家、5家、3家、4家，专项共支持了40余家商户。";
    assert_eq!(told(report), Vec::<String>::new());
}

#[test]
fn five_items_under_three_heads_are_five() {
    let report = "专项设有5个子项。\n\n1. 水利维修项目：\n\n方向一：渠道疏浚。\n\n方向二：泵站改造。\n\n\
        2. 平台项目：\n\n方向一：企业级平台。\n\n方向二：行业级平台。\n\n3. 服务机构项目。";
    assert_eq!(told(report), Vec::<String>::new());
}

#[test]
fn spending_above_income_is_no_fault_where_last_years_balance_is_named() {
    let report = "全年收入792万元，支出799万元，使用上年结余7万元。";
    assert_eq!(told(report), Vec::<String>::new());
}

#[test]
fn other_years_are_background() {
    let report = "# 2024年度文化惠民项目绩效自评报告\n\n2024年落实资金210万元，已支出210万元。\n\n\
        2022年和2023年分别落实资金160万元、186万元。项目2019年立项，2021年开工。";
    assert_eq!(told(report), Vec::<String>::new());
}

#[test]
fn a_list_with_and_so_on_is_open() {
    let report =
        "全年资助学生2310人次，包括小学860人次、初中950人次等。项目设置6项指标，分别为培训人数、合格率等。";
    assert_eq!(told(report), Vec::<String>::new());
}

#[test]
fn the_same_qualitative_word_is_an_answer() {
    let report = format!("{ROWS}| 效益指标 | 社会效益指标 | 提升服务能力 | 有效 | 有效 | 100 | 100 |  |\n");
    assert_eq!(told(&report), Vec::<String>::new());
}
