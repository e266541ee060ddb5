//! `jixiao test`, run from outside: what it tells of trials that pass, fail or cannot be tried, and with which code it
//! ends.

use jixiao::model::from_syntax;
use jixiao::source::Source;
use jixiao::trial;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const RULES: &str = "规则：农家书屋绩效自评
年度：2023
三级指标：书屋开放天数，20 分
　别名：开放天数
　目标：≥ 200 天
　评分：按完成比例
检查：得分过低
　级别：警告
　逐项：指标行
　要求：得分 ≥ 分值 × 60%
　提示：“【三级指标】”得分【得分】，不到分值的六成。
检查：开放天数过多
　要求：书屋开放天数.实际 ≤ 366 天
";

const PASSING: &str = "验证：目标前后不一
　原文：2023年要实现书屋开放天数达到180天。
　应提示：目标前后不一致／开放天数
验证：得分低
　原文：| 产出指标 | 数量指标 | 书屋开放天数 | ≥200天 | 100天 | 20 | 10 | 五月起修缮。 |
　应提示：得分过低／“书屋开放天数”
　不应提示：扣分无原因
验证：开放太多
　原文：全年实际完成书屋开放天数400天。
　应提示：开放天数过多
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Output and code together, as a reader sees them.
fn told(output: &Output) -> String {
    format!("{}{}（退出码 {}）\n", out(output), err(output), code(output))
}

/// The rules with these trials, tried with these options.
fn tried(trials: &str, options: &[&str]) -> String {
    let folder = folder(&[("书屋.jx", &[RULES, trials].concat())]);
    let arguments: Vec<&str> = ["test", "书屋.jx"].iter().chain(options).copied().collect();
    told(&run(folder.path(), &arguments))
}

#[test]
fn trials_that_come_as_expected_are_ticked_and_the_run_ends_well() {
    insta::assert_snapshot!(tried(PASSING, &["--require-coverage"]));
}

#[test]
fn a_failure_shows_what_is_missing_what_is_too_much_and_what_was_read() {
    insta::assert_snapshot!(tried(
        "验证：叫法没有写进别名
　原文：全年目标为图书室开放180天。
　应提示：目标前后不一致／书屋开放天数
验证：目标没有变
　原文：2023年要实现书屋开放天数达到180天。
　不应提示：目标前后不一致
　应提示：完成值前后不一致／书屋开放天数
验证：要有表
　原文：全年实际完成书屋开放天数201天。
　应提示：得分过低／书屋开放天数
　不应提示：扣分无原因
　不应提示：全部
",
        &[]
    ));
}

#[test]
fn a_not_expected_finding_whose_check_was_not_judged_is_noted() {
    insta::assert_snapshot!(tried(
        "验证：没有表\n　原文：全年实际完成书屋开放天数201天。\n　不应提示：得分过低／书屋开放天数\n",
        &[]
    ));
}

#[test]
fn checks_that_no_trial_exercises_fail_the_run_only_when_that_is_asked_for() {
    let trial = "验证：得分低
　原文：| 产出指标 | 数量指标 | 书屋开放天数 | ≥200天 | 100天 | 20 | 10 | 五月起修缮。 |
　应提示：得分过低
";
    assert!(tried(trial, &[]).ends_with("（退出码 0）\n"));
    insta::assert_snapshot!(tried(trial, &["--全部触发"]));
}

#[test]
fn a_trial_may_name_a_report_file_beside_the_rules() {
    let trials = "验证：两处合成一份报告
　原文：2023年要实现书屋开放天数达到200天。
　原文文件：“./样例/甲.md”
　应提示：目标前后不一致
　不应提示：全部
验证：没有这个文件
　样例文件：样例/乙.md
　不报：全部
";
    let files = [
        ("规则/书屋.jx", &*[RULES, trials].concat()),
        (
            "规则/样例/甲.md",
            "# 一、基本情况\n\n全年目标为书屋开放天数150天。\n",
        ),
    ];
    let folder = folder(&files);
    insta::assert_snapshot!(told(&run(folder.path(), &["测试", "规则/书屋.jx"])));
}

#[test]
fn the_year_of_a_trial_is_that_of_its_report() {
    let text = "规则：甲
检查：年度不是2024
　要求：年度 = 2024
验证：今年
　年度：2024
　原文：全年培训80人。
　不应提示：年度不是2024
验证：往年
　年度：2022
　原文：全年培训80人。
　应提示：年度不是2024
";
    let folder = folder(&[("甲.jx", text)]);
    let output = run(folder.path(), &["test", "甲.jx"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
}

#[test]
fn rules_with_an_error_are_told_and_their_trials_are_only_a_hint() {
    let folder = folder(&[(
        "错.jx",
        "规则：错\n检查：得分过低\n　逐项：指标行\n　要求：得份 ≥ 1 分\n验证：甲\n　原文：全年培训80人。\n　应提示：得分过低\n",
    )]);
    insta::assert_snapshot!(told(&run(folder.path(), &["test", "错.jx"])));
}

#[test]
fn nothing_to_try_is_said_and_is_no_success() {
    let folder = folder(&[
        ("空.jx", "规则：空\n三级指标：甲，100 分\n"),
        ("夹/注.txt", "无\n"),
    ]);
    let none = run(folder.path(), &["test", "空.jx"]);
    assert_eq!(code(&none), 2);
    assert!(err(&none).contains("没有验证可试"), "{}", told(&none));
    let empty = run(folder.path(), &["test", "夹"]);
    assert_eq!(code(&empty), 2);
    assert!(
        out(&empty).contains("文件夹里没有找到规则文件"),
        "{}",
        told(&empty)
    );
    let missing = run(folder.path(), &["test", "没有.jx"]);
    assert_eq!(code(&missing), 2);
    assert!(out(&missing).contains("没有.jx"), "{}", told(&missing));
}

#[test]
fn a_failure_in_one_file_counts_though_another_is_broken() {
    let failing = "规则：甲\n验证：甲\n　原文：全年培训80人。\n　应提示：目标前后不一致\n";
    let folder = folder(&[("甲.jx", failing), ("乙.jx", "规则：乙\n天气：晴\n")]);
    assert_eq!(code(&run(folder.path(), &["test", "乙.jx"])), 2);
    let both = run(folder.path(), &["test", "."]);
    assert_eq!(code(&both), 1);
    assert!(
        out(&both).contains("共 2 个规则文件，1 个验证：通过 0，不通过 1"),
        "{}",
        told(&both)
    );
}

#[test]
fn json_and_junit_tell_the_same_to_programs() {
    let trials = [
        PASSING,
        "验证：<目标> & “没有变”\n　原文：2023年要实现书屋开放天数达到180天。\n　不应提示：目标前后不一致\n　应提示：得分过低\n",
    ]
    .concat();
    insta::assert_snapshot!(
        "junit",
        tried(&trials, &["--format", "junit", "--require-coverage"])
    );
    let folder = folder(&[("书屋.jx", &[RULES, &trials].concat())]);
    let output = run(folder.path(), &["test", "书屋.jx", "--format", "json"]);
    let mut json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["totals"]["failed"], 1);
    assert_eq!(json["files"][0]["verdict"], "fail");
    json["tool"]["version"] = "…".into();
    let mut trial = json["files"][0]["trials"][3].take();
    // where a pack states its checks is none of this test's business
    trial["findings"][0]["rule"].take();
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&trial).unwrap());
    json["files"][0]["trials"] = serde_json::json!([]);
    insta::assert_snapshot!("json_of_a_file", serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn the_result_may_go_to_a_file_but_never_over_the_rules() {
    let text = [RULES, PASSING].concat();
    let folder = folder(&[("书屋.jx", &text)]);
    let output = run(
        folder.path(),
        &["test", "书屋.jx", "-o", "结果.xml", "--format", "junit"],
    );
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(err(&output).contains("试了 3 个验证"), "{}", err(&output));
    let written = fs::read_to_string(folder.path().join("结果.xml")).unwrap();
    assert!(
        written.starts_with("<?xml") && written.ends_with("</testsuites>\n"),
        "{written}"
    );
    let over = run(folder.path(), &["test", ".", "-o", "书屋.jx"]);
    assert_eq!(code(&over), 2);
    assert!(err(&over).contains("会被覆盖"), "{}", err(&over));
    assert_eq!(fs::read_to_string(folder.path().join("书屋.jx")).unwrap(), text);
}

#[test]
fn many_trials_come_in_order_whatever_the_number_of_threads() {
    let mut text = RULES.to_owned();
    for number in 0..120 {
        let days = 150 + number;
        text += &format!(
            "验证：第{number}个\n　原文：2023年要实现书屋开放天数达到{days}天。\n　应提示：目标前后不一致\n"
        );
    }
    let folder = folder(&[("书屋.jx", &text)]);
    let one = run(folder.path(), &["test", "书屋.jx", "-j", "1"]);
    assert_eq!(code(&one), 1, "200 days are the target");
    assert_eq!(out(&one).matches('✗').count(), 1);
    for threads in [&["-j", "4"][..], &[]] {
        let arguments: Vec<&str> = ["test", "书屋.jx"].iter().chain(threads).copied().collect();
        assert_eq!(out(&run(folder.path(), &arguments)), out(&one));
    }
}

#[test]
fn the_packs_of_the_project_pass_and_all_their_checks_are_exercised() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = run(root, &["test", "rules/", "--require-coverage"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(!out(&output).contains("注意："), "{}", out(&output));
    assert!(!out(&output).contains("没有验证"), "{}", out(&output));
}

#[test]
fn a_built_in_pack_is_tried_by_its_name() {
    let folder = folder(&[]);
    let output = run(folder.path(), &["test", "财预[2020]10号"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(out(&output).contains("✓"), "{}", out(&output));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stands behind 原文, a trial is tried: the text of the report is that of the lines, and every finding
    /// points into it.
    #[test]
    fn any_lines_make_a_report(lines in proptest::collection::vec("[|｜ #一二、，。：0-9a-z人%≥—\\-目标完成培训]{1,24}", 1..8)) {
        let samples: Vec<String> = lines.iter().map(|line| format!("　原文：{line}\n")).collect();
        let text = format!("规则：甲\n验证：乙\n{}　不应提示：全部\n", samples.concat());
        let (model, _) = from_syntax::load(vec![Source::new("甲.jx", text)], &mut |_, _| None);
        let ran = trial::run(&model, &model.trials[0], &|_| Err(String::new()));
        prop_assert!(ran.problems.is_empty());
        let outcome = ran.outcome.unwrap();
        let report = outcome.sources.last().unwrap();
        for line in &model.trials[0].samples {
            let row = line.text.replace('｜', "|");
            prop_assert!(report.text.replace('｜', "|").contains(row.as_str()));
        }
        for place in outcome.findings.iter().flat_map(|finding| &finding.places) {
            let source = &outcome.sources[place.span.source.0 as usize];
            prop_assert!(source.text.get(place.span.range()).is_some());
        }
    }
}

#[test]
fn a_report_file_that_is_not_there_is_told_by_check_as_well_and_stops_nothing() {
    let trial = "验证：样例\n　原文文件：“./样例/没有.md”\n　不应提示：全部\n";
    let folder = folder(&[
        ("书屋.jx", &[RULES, trial].concat()),
        ("报告.txt", "2023年书屋开放天数230天。\n"),
    ]);
    let alone = run(folder.path(), &["check", "书屋.jx"]);
    let said = out(&alone).replace("\n  ", "");
    assert!(said.contains("警告 验证写得不全 [rule-trial]"), "{said}");
    assert!(
        said.contains("验证“样例”的原文文件“./样例/没有.md”找不到"),
        "{said}"
    );
    assert_eq!(code(&alone), 0);
    let strict = run(folder.path(), &["check", "--deny-warnings", "书屋.jx"]);
    assert_eq!(code(&strict), 1);
    let judged = run(folder.path(), &["check", "书屋.jx", "报告.txt"]);
    assert!(!out(&judged).contains("规则文件有错误"), "{}", out(&judged));
}
