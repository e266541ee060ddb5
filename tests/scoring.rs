//! Marks against their standard where a page does not show it: shared weights, the rule line that decided, what stays unjudged.

use jixiao::finding::{Finding, Outcome};
use jixiao::model::from_syntax;
use jixiao::source::Source;
use jixiao::{document, lint};

const RULES: &str = "\
规则：甲
依据：县财绩〔2024〕7号
一级指标：产出指标
　三级指标：企业上云户数，20 分
　　目标：≥ 8000 家
　　评分：按完成比例
　三级指标：上云标杆企业，20 分
　　目标：≥ 10 家
　　评分：按完成比例
";

/// A form of two rows; `first` and `second` are their cells of 分值 and 得分.
fn form(first: &str, second: &str) -> String {
    format!(
        "## 2023年度项目支出绩效自评表

| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 产出指标 | 数量指标 | 企业上云户数 | ≥8000家 | 7500家 | {first} | 已说明原因。 |
| | | 上云标杆企业 | ≥10家 | 12家 | {second} | |
| 总分 | | | | | 40 | 40 | |
"
    )
}

fn judged(rules: &str, name: &str, report: &str) -> Outcome {
    let (model, findings) = from_syntax::load(vec![Source::new("规则.jx", rules)], &mut |_, _| None);
    assert!(findings.is_empty(), "{findings:?}");
    let document = document::read(name, report.as_bytes()).expect("the report is text");
    lint::report(&model, &document, None)
}

fn of_score<'o>(outcome: &'o Outcome, subject: &str) -> Option<&'o Finding> {
    let mut found = outcome.findings.iter();
    found.find(|finding| finding.check == "score-rule" && finding.subject == subject)
}

fn reason<'o>(outcome: &'o Outcome, subject: &str) -> Option<&'o str> {
    let mut unjudged = outcome.not_judged.iter();
    let one = unjudged.find(|one| one.check == "score-rule" && one.subject == subject)?;
    Some(&one.reason)
}

#[test]
fn rows_with_marks_of_their_own_are_judged_each() {
    let report = form("20 | 20", "20 | 20");
    let outcome = judged(RULES, "报告.md", &report);
    let finding = of_score(&outcome, "企业上云户数").expect("an unmet target with full marks");
    assert!(
        finding.message.contains("20 分 × 7500 家 ÷ 8000 家 = 18.75 分"),
        "{}",
        finding.message
    );
    assert!(finding.help.contains("18.75 分"), "{}", finding.help);
    assert!(of_score(&outcome, "上云标杆企业").is_none());
}

#[test]
fn rows_that_share_one_weight_are_not_judged_and_say_why() {
    let merged = form("40 | 40", "");
    let outcome = judged(RULES, "报告.md", &merged);
    assert_eq!(of_score(&outcome, "企业上云户数"), None);
    let said = reason(&outcome, "企业上云户数").expect("the row is listed as not judged");
    assert!(said.contains("合用一个分值"), "{said}");
}

#[test]
fn the_rule_line_is_the_case_that_applied_and_the_basis_that_of_the_indicator() {
    let report = form("20 | 20", "20 | 20");
    let outcome = judged(RULES, "报告.md", &report);
    let finding = of_score(&outcome, "企业上云户数").expect("an unmet target with full marks");
    let rule = finding.rule.as_ref().expect("a rule decided");
    let source = &outcome.sources[rule.span.source.0 as usize];
    assert_eq!(
        source.slice(rule.span),
        "方向 = 正向 并且 完成率 ≥ 及格门槛，得 最大(0 分，分值 × 完成率)"
    );
    assert_eq!(rule.basis, "县财绩〔2024〕7号");
}

#[test]
fn the_limit_of_far_above_is_that_of_the_rules() {
    let far = "检查：超额较多无说明
　代号：overachievement-unexplained
　级别：警告
　参数：超额界限 = 120%
　逐项：指标行
　当：方向 = 正向 并且 完成率 ≥ 超额界限
　要求：原因 有值
";
    // 12 of 10 is 120%: full marks are due by the usual limit of 130%, and a matter of judgement by that of these rules.
    let report = form("20 | 18.75", "20 | 18");
    let usual = judged(RULES, "报告.md", &report);
    assert!(of_score(&usual, "上云标杆企业").is_some());
    let own = judged(&format!("{RULES}{far}"), "报告.md", &report);
    assert_eq!(of_score(&own, "上云标杆企业"), None);
}

#[test]
fn why_a_row_was_not_judged_is_said() {
    let cases = [
        ("约2000家", "≥2500家", None),
        ("≥7500家", "≥8000家", Some("不能判断适用")),
        (
            "甲区3000家、乙区2000家",
            "≥8000家",
            Some("完成值不是一个确定的数"),
        ),
        ("约8000家", "≥8000家", Some("完成值是约数")),
    ];
    for (actual, target, wanted) in cases {
        let report = form("20 | 20", "20 | 20")
            .replace("7500家", actual)
            .replace("≥8000家", target);
        let outcome = judged(RULES, "报告.md", &report);
        let said = reason(&outcome, "企业上云户数");
        match wanted {
            Some(wanted) => {
                assert_eq!(of_score(&outcome, "企业上云户数"), None, "{actual}");
                assert!(
                    said.is_some_and(|said| said.contains(wanted)),
                    "{actual}: {said:?}"
                );
            }
            // Whatever 约2000 stands for, it earns less than full marks.
            None => assert!(of_score(&outcome, "企业上云户数").is_some(), "{actual}: {said:?}"),
        }
    }
}
