//! One wrong number is one finding: reports in which a single number is wrong, and the errors that are told of each.

use jixiao::finding::{Finding, Severity};
use jixiao::{document, lint, model};

const REPORT: &str = include_str!("one_fault/报告.md");

/// What is found in the report with these pieces replaced, each wherever it stands.
fn found(changes: &[(&str, &str)]) -> Vec<Finding> {
    let mut text = REPORT.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "“{old}” stands in the report");
        text = text.replace(old, new);
    }
    let (model, _) = model::from_syntax::load(Vec::new(), &mut |_, _| None);
    let document = document::read("报告.md", text.as_bytes()).unwrap();
    lint::report(&model, &document, None).findings
}

fn errors(changes: &[(&str, &str)]) -> Vec<Finding> {
    let mut all = found(changes);
    all.retain(|finding| finding.severity == Severity::Error);
    all
}

/// What is wrong, what is changed, the check that tells it, and what its message says besides.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    &'static [&'static str],
);

const CASES: &[Case] = &[
    (
        "the rate",
        &[("| 92% | 9.2", "| 91% | 9.2")],
        "execution-rate",
        &["应为92%"],
    ),
    (
        "the rate, with its marks following",
        &[("| 92% | 9.2", "| 93% | 9.3")],
        "execution-rate",
        &["应为92%", "随之，预算执行率得分应改为9.2 分"],
    ),
    (
        "the rate, with marks and totals following",
        &[("| 92% | 9.2", "| 97% | 9.7"), ("95.4", "95.9")],
        "execution-rate",
        &["得分应改为9.2 分", "总分应改为95.4 分，等级不变，仍是“优”"],
    ),
    (
        "the marks of the rate",
        &[("| 92% | 9.2", "| 92% | 9.5")],
        "score-rule",
        &["应得9.2 分"],
    ),
    (
        "the marks of the rate, with totals following",
        &[("| 92% | 9.2", "| 92% | 9.9"), ("95.4", "96.1")],
        "score-rule",
        &["应得9.2 分", "总分应改为95.4 分，等级不变"],
    ),
    (
        "marks of the rate above its weight",
        &[("| 92% | 9.2", "| 92% | 10.5")],
        "score-rule",
        &["应得9.2 分"],
    ),
    (
        "the amount spent, which the parts, the rate and the prose deny",
        &[("| 200.00 | 200.00 | 184.00", "| 200.00 | 200.00 | 174.00")],
        "fund-sum",
        &[
            "应为184.00 万元",
            "不再有“执行率算错”“金额前后不一致”的问题，只需改这一处",
        ],
    ),
    (
        "the budget, which the parts, the rate and the prose deny",
        &[("| 200.00 | 200.00 | 184.00", "| 200.00 | 210.00 | 184.00")],
        "fund-sum",
        &["应为200.00 万元", "“执行率算错”"],
    ),
    (
        "the amount spent in a form without parts",
        &[
            ("| 200.00 | 200.00 | 184.00", "| 200.00 | 200.00 | 174.00"),
            (
                "| 其中：当年财政拨款 | 150.00 | 150.00 | 140.00 | — | — | — | |\n",
                "",
            ),
            ("| 其他资金 | 50.00 | 50.00 | 44.00 | — | — | — | |\n", ""),
        ],
        "amount-mismatch",
        &["按184 万元计算，不再有“执行率算错”的问题，只需改这一处"],
    ),
    (
        "a part of the funds",
        &[("| 150.00 | 150.00 | 140.00", "| 150.00 | 150.00 | 130.00")],
        "fund-sum",
        &["174.00 万元"],
    ),
    (
        "the first budget",
        &[("| 200.00 | 200.00 | 184.00", "| 210.00 | 200.00 | 184.00")],
        "fund-sum",
        &["年初预算数"],
    ),
    (
        "a weight",
        &[("| 36间 | 20 | 18", "| 36间 | 25 | 18")],
        "weight-sum",
        &["“数量指标”标明40 分", "105 分"],
    ),
    (
        "the weight of a 二级指标",
        &[("数量指标（40分）", "数量指标（45分）")],
        "weight-sum",
        &["45 分"],
    ),
    (
        "the weight of a 一级指标",
        &[("产出指标（50分）", "产出指标（60分）")],
        "weight-sum",
        &["总分值写作100 分"],
    ),
    (
        "the full marks",
        &[("| 100 | 95.4 |", "| 110 | 95.4 |")],
        "weight-sum",
        &["110 分"],
    ),
    (
        "full marks for what was missed",
        &[("| 36间 | 20 | 18 ", "| 36间 | 20 | 20 ")],
        "score-rule",
        &["不能得满分", "不再有“总分与各项得分合计不符”的问题"],
    ),
    (
        "full marks for what was missed, with totals following",
        &[("| 36间 | 20 | 18 ", "| 36间 | 20 | 20 "), ("95.4", "97.4")],
        "score-rule",
        &[],
    ),
    (
        "marks above the weight",
        &[("| 630人次 | 20 | 20", "| 630人次 | 20 | 22")],
        "score-over-weight",
        &["超过分值20 分"],
    ),
    (
        "marks above the weight, with totals following",
        &[("| 630人次 | 20 | 20", "| 630人次 | 20 | 22"), ("95.4", "97.4")],
        "score-over-weight",
        &["按分值计，总分应改为95.4 分，等级不变"],
    ),
    (
        "the total",
        &[("| 100 | 95.4 |", "| 100 | 94.5 |")],
        "score-sum",
        &["应为95.4 分", "更正后总分95.4 分，等级不变，仍是“优”"],
    ),
    (
        "the total, below a threshold",
        &[("| 100 | 95.4 |", "| 100 | 85.4 |")],
        "score-sum",
        &["更正后总分95.4 分，等级与所写的“优”相符"],
    ),
    (
        "the total and its grade, above a threshold",
        &[("| 235天 | 30 | 28.2 |", "| 195天 | 30 | 22.2 |")],
        "score-sum",
        &["应为89.4 分", "等级由“优”变为“良”", "随之，等级应改为良"],
    ),
    (
        "the total in the form and in prose",
        &[("95.4", "96.4")],
        "score-sum",
        &["更正后总分95.4 分", "随之，自评总分应改为95.4 分"],
    ),
    (
        "the total in prose",
        &[("自评总分为95.4分", "自评总分为94.5分")],
        "actual-mismatch",
        &["自评表写95.4 分"],
    ),
    (
        "the grade",
        &[("等级：优", "等级：良")],
        "grade-band",
        &["应评为“优”"],
    ),
    (
        "the grade in prose",
        &[("自评等级为“优”", "自评等级为“良”")],
        "grade-band",
        &["应评为“优”"],
    ),
    (
        "the budget in prose",
        &[("全年预算数200万元", "全年预算数220万元")],
        "amount-mismatch",
        &["220 万元"],
    ),
    (
        "the amount spent in prose",
        &[("全年执行数184万元", "全年执行数148万元")],
        "amount-mismatch",
        &["148 万元"],
    ),
    (
        "an actual value in prose",
        &[("群众满意度为94%", "群众满意度为96%")],
        "actual-mismatch",
        &["96%"],
    ),
];

#[test]
fn the_report_as_it_is_has_no_fault() {
    assert_eq!(found(&[]), []);
}

#[test]
fn one_wrong_number_is_one_error_that_tells_what_follows_from_it() {
    assert!(CASES.len() >= 15);
    let mut wrong = Vec::new();
    for (name, changes, check, said) in CASES {
        let errors = errors(changes);
        let told: Vec<String> = errors
            .iter()
            .map(|error| format!("{}: {}", error.check, error.message))
            .collect();
        let is_right = matches!(errors.as_slice(), [one] if one.check == *check && said.iter().all(|words| one.message.contains(words)));
        if !is_right {
            wrong.push(format!("{name}: wanted {check} {said:?}, found {told:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_finding_that_tells_for_others_shows_all_their_places() {
    let all = errors(&[("| 200.00 | 200.00 | 184.00", "| 200.00 | 200.00 | 174.00")]);
    let roles: Vec<&str> = all[0].places.iter().map(|place| place.role.as_str()).collect();
    for role in ["全年执行数", "全年预算数", "执行率"] {
        assert!(roles.contains(&role), "{role}: {roles:?}");
    }
    assert!(
        all[0].places.iter().any(|place| place.address == "第3段"),
        "{:?}",
        all[0].places
    );
}

#[test]
fn two_wrong_numbers_are_two_errors() {
    for (changes, wanted) in [
        (
            &[
                ("| 92% | 9.2", "| 91% | 9.2"),
                ("| 100 | 95.4 |", "| 100 | 94.5 |"),
            ][..],
            &["execution-rate", "score-sum"][..],
        ),
        (
            &[
                ("| 150.00 | 150.00 | 140.00", "| 150.00 | 150.00 | 130.00"),
                ("群众满意度为94%", "群众满意度为96%"),
            ],
            &["actual-mismatch", "fund-sum"],
        ),
        // the rate follows from neither amount, so that both stand
        (
            &[
                ("| 200.00 | 200.00 | 184.00", "| 200.00 | 200.00 | 174.00"),
                ("| 92% | 9.2", "| 95% | 9.5"),
                ("95.4", "95.7"),
            ],
            &["execution-rate", "fund-sum"],
        ),
        // the total is short by more than the marks that are too many
        (
            &[
                ("| 630人次 | 20 | 20", "| 630人次 | 20 | 22"),
                ("| 100 | 95.4 |", "| 100 | 65.4 |"),
            ],
            &["score-over-weight", "score-sum"],
        ),
    ] {
        let mut ids: Vec<String> = errors(changes).into_iter().map(|error| error.check).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids, wanted, "{changes:?}");
    }
}

#[test]
fn what_is_said_of_one_indicator_stands_together_and_the_rest_in_the_order_of_its_places() {
    let all = found(&[
        ("群众满意度为94%", "群众满意度为96%"),
        ("| 汛期闭馆。 |", "| |"),
        ("| 100 | 95.4 | 等级：优 |", "| 100 | 95.4 | 等级：良 |"),
        ("| ≥90% | 94% | 10 | 10 | |", "| ≥90% | 94% | 10 | 10.5 | |"),
    ]);
    let told: Vec<(&str, &str)> = all
        .iter()
        .map(|finding| (&*finding.check, &*finding.subject))
        .collect();
    let first = told.iter().position(|(_, subject)| *subject == "群众满意度");
    let both: Vec<&str> = told
        .iter()
        .filter(|(_, subject)| *subject == "群众满意度")
        .map(|(check, _)| *check)
        .collect();
    assert_eq!(first, Some(0), "{told:?}");
    assert_eq!(both, ["actual-mismatch", "score-over-weight"], "{told:?}");
    assert_eq!(told[1].1, "群众满意度", "{told:?}");
    assert_eq!(told[2], ("deduction-unexplained", "书屋开放天数"), "{told:?}");
}
