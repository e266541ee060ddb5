//! `jixiao check --baseline`: what an earlier run has told is left out, and the verdict rests on what is new.

use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

const REPORT: &str = "# 2022年度柳河县农田灌溉示范项目绩效自评报告

## 一、项目资金

全年安排资金60万元，其中中央资金30万元，省级资金20万元，县级资金15万元。

## 二、自评结论

自评得分84.47分，评价等级为“良”。
";

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("报告.md"), REPORT).unwrap();
    folder
}

fn worse() -> String {
    REPORT.replace("“良”", "“优”")
}

fn check(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .arg("check")
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_str(&out(output)).unwrap()
}

fn baseline(folder: &TempDir) {
    let output = check(folder, &["报告.md", "--format", "json", "-o", "基线.json"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
}

#[test]
fn a_report_with_nothing_new_passes_and_says_how_much_was_left_out() {
    let folder = folder();
    baseline(&folder);
    let output = check(&folder, &["./报告.md", "--baseline", "基线.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    let told = out(&output);
    assert!(told.contains("报告.md：通过（已知略去 1）"), "{told}");
    assert!(
        told.contains("对照基线“基线.json”，略去已知的问题 1 处，只列新的。"),
        "{told}"
    );
    assert!(!told.contains("资金构成合计不符"), "{told}");
}

#[test]
fn only_what_is_new_is_told_in_each_format() {
    let folder = folder();
    baseline(&folder);
    fs::write(folder.path().join("报告.md"), worse()).unwrap();
    for format in [
        "full", "short", "json", "sarif", "rdjson", "github", "html", "junit",
    ] {
        let output = check(&folder, &["报告.md", "--format", format, "--基线", "基线.json"]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        let told = out(&output);
        assert!(told.contains("84.47"), "{format}: {told}");
        // the whole report stands on the page, and the catalogue of checks in a log
        if !["html", "sarif"].contains(&format) {
            assert!(!told.contains("省级资金20万元"), "{format}: {told}");
            assert!(!told.contains("60万元"), "{format}: {told}");
        }
        if !["full", "json", "html"].contains(&format) {
            assert!(
                err(&output).contains("略去已知的问题 1 处"),
                "{format}: {}",
                err(&output)
            );
        }
    }
    let output = json(&check(
        &folder,
        &["报告.md", "--format", "json", "--baseline", "基线.json"],
    ));
    let report = &output["reports"][0];
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["summary"]["known"], 1);
    assert_eq!(report["known"].as_array().map(Vec::len), Some(1));
    assert_eq!(output["totals"]["known"], 1);
}

#[test]
fn a_number_that_was_changed_makes_a_finding_new() {
    let folder = folder();
    baseline(&folder);
    fs::write(folder.path().join("报告.md"), REPORT.replace("15万元", "16万元")).unwrap();
    let output = check(&folder, &["报告.md", "--baseline", "基线.json"]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    assert!(!out(&output).contains("略去"), "{}", out(&output));
}

#[test]
fn lines_and_the_result_of_a_run_with_a_baseline_are_baselines_too() {
    let folder = folder();
    baseline(&folder);
    fs::write(folder.path().join("报告.md"), worse()).unwrap();
    for (name, format) in [("后.json", "--format=json"), ("后.jsonl", "--jsonl")] {
        let output = check(
            &folder,
            &["报告.md", format, "--baseline", "基线.json", "-o", name],
        );
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        let output = check(&folder, &["报告.md", "--baseline", name]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", out(&output));
        assert!(out(&output).contains("已知略去 2"), "{}", out(&output));
    }
}

#[test]
fn a_result_led_into_a_file_by_powershell_is_read() {
    let folder = folder();
    baseline(&folder);
    let text = fs::read_to_string(folder.path().join("基线.json")).unwrap();
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("宽.json"), bytes).unwrap();
    let output = check(&folder, &["报告.md", "--baseline", "宽.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

#[test]
fn a_report_that_could_not_be_judged_stays_so() {
    let folder = folder();
    fs::write(folder.path().join("空.md"), "").unwrap();
    check(&folder, &["空.md", "--format", "json", "-o", "基线.json"]);
    let output = check(&folder, &["空.md", "--baseline", "基线.json"]);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(
        out(&output).contains("空.md：无法判定（错误 1）"),
        "{}",
        out(&output)
    );
}

#[test]
fn a_report_that_the_baseline_does_not_know_is_all_new() {
    let folder = folder();
    baseline(&folder);
    fs::copy(folder.path().join("报告.md"), folder.path().join("另一份.md")).unwrap();
    let output = check(&folder, &["另一份.md", "--baseline", "基线.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).contains("里没有这份报告，问题都算新的"),
        "{}",
        out(&output)
    );
    // who reads lines or a log is told beside them
    for format in ["short", "github", "sarif", "junit"] {
        let output = check(
            &folder,
            &["另一份.md", "--baseline", "基线.json", "--format", format],
        );
        assert!(
            err(&output).contains("基线里没有的报告 1 份"),
            "{format}: {}",
            err(&output)
        );
        let output = check(
            &folder,
            &["报告.md", "--baseline", "基线.json", "--format", format],
        );
        assert!(!err(&output).contains("基线里没有"), "{format}");
    }
}

#[test]
fn what_was_accepted_then_and_stands_now_is_new() {
    let folder = folder();
    let accepted = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["accept", "报告.md", "--reason", "主管部门核定"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(accepted.status.success());
    check(&folder, &["报告.md", "--format", "json", "-o", "基线.json"]);
    fs::remove_file(folder.path().join("报告.采纳.jx")).unwrap();
    let output = check(&folder, &["报告.md", "--baseline", "基线.json"]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
}

#[test]
fn what_is_no_result_is_refused_with_what_to_do() {
    let folder = folder();
    baseline(&folder);
    let whole = fs::read_to_string(folder.path().join("基线.json")).unwrap();
    let half: String = whole.chars().take(whole.chars().count() / 2).collect();
    for (text, words) in [
        (half.as_str(), "内容不完整"),
        ("", "不是 jixiao check"),
        ("采纳：某某", "不是 jixiao check"),
        ("{\"version\":1}", "不是 jixiao check"),
        ("{\"version\":\"2.1.0\",\"runs\":[]}", "不是 jixiao check"),
        (
            "{\"version\":1,\"reports\":[{\"path\":\"报告.md\",\"numbers\":[]}]}",
            "不是 jixiao check",
        ),
        ("{\"version\":2,\"reports\":[]}", "更新的版本"),
    ] {
        fs::write(folder.path().join("别的.json"), text).unwrap();
        let output = check(&folder, &["报告.md", "--baseline", "别的.json"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(err(&output).contains(words), "{text}: {}", err(&output));
        assert!(out(&output).is_empty());
    }
    // it may break off within a character
    let cut = whole.find("资金").unwrap() + 1;
    fs::write(folder.path().join("断.json"), &whole.as_bytes()[..cut]).unwrap();
    let output = check(&folder, &["报告.md", "--baseline", "断.json"]);
    assert!(err(&output).contains("内容不完整"), "{}", err(&output));
    let output = check(&folder, &["报告.md", "--baseline", "没有.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("找不到这个文件"), "{}", err(&output));
}

#[test]
fn the_baseline_is_never_overwritten_by_the_result() {
    let folder = folder();
    baseline(&folder);
    let before = fs::read(folder.path().join("基线.json")).unwrap();
    let output = check(
        &folder,
        &[
            "报告.md",
            "--baseline",
            "基线.json",
            "--format",
            "json",
            "-o",
            "基线.json",
        ],
    );
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(folder.path().join("基线.json")).unwrap(), before);
}
