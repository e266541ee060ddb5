//! Several files as one report, and old formats that another program converts: the built program, run from outside.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const TEXT: &str = "# 石桥县2023年度农村饮水安全巩固提升项目绩效自评报告

## 一、项目基本情况

农村饮水安全巩固提升项目年度计划新建供水管网36公里。

## 二、完成情况

完成新建供水管网36.5公里。
";

const FORM: &str = "<html><body><h1>项目支出绩效自评表</h1><p>（2023年度）</p><table>
<tr><td>项目名称</td><td colspan=6>农村饮水安全巩固提升项目</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>新建供水管网</td><td>≥38公里</td><td>36.5公里</td><td>50</td><td>48</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td>受益人口</td><td>≥1.2万人</td><td>1.25万人</td><td>50</td><td>50</td></tr>
<tr><td>总分</td><td></td><td></td><td></td><td></td><td>100</td><td>98</td></tr>
</table></body></html>";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn unit() -> TempDir {
    folder(&[
        ("全县/水务局/自评报告.md", TEXT.as_bytes()),
        ("全县/水务局/自评表.html", FORM.as_bytes()),
    ])
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command
        .current_dir(folder.path())
        .args(arguments)
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The reports of a run.
fn reports(folder: &TempDir, arguments: &[&str]) -> Vec<Value> {
    let output = run(folder, &[&["check", "--format", "json"], arguments].concat());
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    json["reports"].as_array().unwrap().clone()
}

fn checks(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|found| found["check"].as_str().unwrap())
        .collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

const FILES: [&str; 2] = ["全县/水务局/自评报告.md", "全县/水务局/自评表.html"];

#[test]
fn the_text_is_held_against_the_form_in_the_other_file_and_each_place_names_its_own() {
    let folder = unit();
    for option in ["--as-one", "--合为一份"] {
        let reports = reports(&folder, &[option, FILES[0], FILES[1]]);
        let [report] = reports.as_slice() else {
            panic!("{reports:?}")
        };
        assert_eq!(report["files"], serde_json::json!(FILES));
        let findings = report["findings"].as_array().unwrap();
        let mismatch = findings.iter().find(|found| found["check"] == "target-mismatch");
        let places = mismatch.expect("nothing was held against the form")["places"]
            .as_array()
            .unwrap();
        let told: Vec<[&str; 3]> = places
            .iter()
            .map(|place| [text(place, "path"), text(place, "quote"), text(place, "address")])
            .collect();
        assert!(
            told.contains(&[FILES[0], "36公里", "自评报告.md 第3段"]),
            "{told:?}"
        );
        assert!(
            told.contains(&[FILES[1], "≥38公里", "自评表.html 表1 第3行“年度指标值”"]),
            "{told:?}"
        );
        let place = places.iter().find(|place| place["path"] == FILES[0]).unwrap();
        let bytes = place["start"].as_u64().unwrap() as usize..place["end"].as_u64().unwrap() as usize;
        assert_eq!((&TEXT[bytes], &place["line"]), ("36公里", &5.into()));
    }
}

#[test]
fn a_folder_of_a_text_and_its_form_is_one_report_and_the_output_says_so() {
    let folder = unit();
    let whole = run(&folder, &["check", "全县"]);
    let told = out(&whole);
    assert_eq!(whole.status.code(), Some(1), "{told}");
    for words in [
        "2 个文件合为一份报告：",
        "--separate",
        "全县/水务局：不通过",
        "[全县/水务局/自评报告.md:5:",
        "[全县/水务局/自评表.html:",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(reports(&folder, &["全县"]).len(), 1);
    for option in ["--separate", "--分开核对"] {
        let apart = reports(&folder, &[option, "全县"]);
        let paths: Vec<&str> = apart.iter().map(|report| text(report, "path")).collect();
        assert_eq!(paths, FILES);
        assert!(
            apart
                .iter()
                .all(|report| !checks(report).contains(&"target-mismatch"))
        );
    }
    let named = reports(&folder, &FILES);
    assert_eq!(
        named.len(),
        2,
        "files that were named one by one are judged one by one"
    );
}

/// How many reports a folder with these files is.
fn count(files: &[(&str, &str)]) -> usize {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    reports(&folder(&files), &["."]).len()
}

#[test]
fn files_that_may_be_reports_of_their_own_are_not_put_together() {
    let both = FORM.replace("自评表</h1>", "自评表</h1><p>说明</p>");
    let other = TEXT.replace("农村饮水安全巩固提升", "城市道路维修");
    let year = TEXT.replace("2023", "2022");
    assert_eq!(count(&[("甲/报告.md", TEXT), ("甲/表.html", FORM)]), 1);
    assert_eq!(
        count(&[("甲/报告.md", &other), ("甲/表.html", FORM)]),
        2,
        "another project"
    );
    assert_eq!(
        count(&[("甲/报告.md", &year), ("甲/表.html", FORM)]),
        2,
        "another year"
    );
    assert_eq!(count(&[("甲/表.md", TEXT), ("甲/表.html", FORM)]), 2, "one name");
    assert_eq!(
        count(&[("甲/报告.html", TEXT), ("甲/表.html", FORM)]),
        2,
        "one format"
    );
    assert_eq!(
        count(&[("甲/报告.htm", &both), ("甲/表.md", FORM)]),
        2,
        "two forms"
    );
    assert_eq!(
        count(&[
            ("甲/报告.md", TEXT),
            ("甲/表.html", FORM),
            ("甲/附件.pdf", "%PDF-")
        ]),
        3,
        "unread"
    );
    assert_eq!(
        count(&[("甲/报告.md", TEXT), ("乙/表.html", FORM)]),
        2,
        "two folders"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_judged_all_the_same() {
    let folder = unit();
    fs::write(folder.path().join("全县/附件.pdf"), b"%PDF-1.7").unwrap();
    let all = ["check", "--as-one", FILES[0], FILES[1], "全县/附件.pdf"];
    let output = run(&folder, &all);
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(
        out(&output).contains("“全县/附件.pdf”没有读成"),
        "{}",
        out(&output)
    );
    let reports = reports(&folder, &all[1..]);
    let [report] = reports.as_slice() else {
        panic!("{reports:?}")
    };
    assert_eq!(text(report, "verdict"), "undetermined");
    let checks = checks(report);
    assert!(checks.contains(&"target-mismatch"), "{checks:?}");
    assert!(checks.contains(&"unreadable-input"), "{checks:?}");
    assert!(
        !checks.contains(&"missing-section"),
        "it may stand in the file that was not read: {checks:?}"
    );
}

#[test]
fn facts_reads_several_files_as_one_and_names_the_file_of_each_number() {
    let folder = unit();
    let output = run(
        &folder,
        &["facts", "--as-one", "--format", "json", FILES[0], FILES[1]],
    );
    assert_eq!(output.status.code(), Some(0));
    let json: Value = serde_json::from_str(&out(&output)).unwrap();
    let [report] = json["reports"].as_array().unwrap().as_slice() else {
        panic!("{json}")
    };
    assert_eq!(report["files"].as_array().unwrap().len(), 2);
    assert_eq!(report["form"]["rows"].as_array().unwrap().len(), 2);
    let paths: Vec<&str> = report["numbers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|number| text(number, "path"))
        .collect();
    assert!(FILES.iter().all(|file| paths.contains(file)), "{paths:?}");
    let shown = out(&run(&folder, &["facts", "--as-one", FILES[0], FILES[1]]));
    assert!(
        shown.contains("自评报告.md 5:") && shown.contains("自评表.html 表1 第3行"),
        "{shown}"
    );
    let missing = run(&folder, &["facts", "--as-one", FILES[0], "没有.md"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(out(&missing).contains("没有读成"), "{}", out(&missing));
}

#[test]
fn the_two_ways_exclude_each_other() {
    let folder = unit();
    let output = run(&folder, &["check", "--as-one", "--separate", FILES[0]]);
    assert_eq!(output.status.code(), Some(2));
    let one = reports(&folder, &["--as-one", FILES[0]]);
    assert_eq!(
        (one.len(), one[0].get("files")),
        (1, None),
        "one file is one report"
    );
}

/// A .doc file as far as its first bytes show.
fn doc() -> Vec<u8> {
    let name: Vec<u8> = "WordDocument\0"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &name].concat()
}

fn with_programs(folder: &TempDir, programs: &str, temporary: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(folder.path()).args(["check", "报告.doc"]);
    command
        .env("PATH", programs)
        .env("TMPDIR", temporary)
        .output()
        .unwrap()
}

#[test]
fn without_libreoffice_it_is_said_how_to_save_an_old_file() {
    let folder = folder(&[("报告.doc", &doc())]);
    let output = with_programs(&folder, "", folder.path());
    let told = out(&output).replace("\n", "").replace(' ', "");
    assert_eq!(output.status.code(), Some(2), "{told}");
    for words in ["旧版Word", "另存为", ".docx"] {
        assert!(told.contains(words), "{told}");
    }
}

/// Stands where LibreOffice would: it is given the file, and the folder to write to behind --outdir.
#[cfg(unix)]
fn stand_in(folder: &TempDir, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let programs = folder.path().join("programs");
    fs::create_dir(&programs).unwrap();
    let program = programs.join("soffice");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:/usr/bin:/bin", programs.display())
}

#[cfg(unix)]
#[test]
fn an_old_file_is_read_as_libreoffice_converts_it_and_nothing_is_left_behind() {
    let folder = folder(&[("报告.doc", &doc()), ("临时/.keep", b"")]);
    let word = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/自评.docx");
    let script = format!(
        "while [ $# -gt 1 ]; do case $1 in --outdir) out=$2;; esac; shift; done; mkdir -p \"$out\"; test -s \"$1\" && cp '{}' \"$out/in.docx\"",
        word.display()
    );
    let programs = stand_in(&folder, &script);
    let temporary = folder.path().join("临时");
    let output = with_programs(&folder, &programs, &temporary);
    let told = out(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("报告.doc") && told.contains("score-sum"), "{told}");
    assert!(told.contains("由本机的 LibreOffice 转换"), "{told}");
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 1, "only .keep");
}

#[cfg(unix)]
#[test]
fn a_table_that_the_conversion_lost_is_told_of() {
    let cells: Vec<u8> = "分值\u{7}得分\u{7}\u{7}二十分\u{7}二十分\u{7}\u{7}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = folder(&[
        ("报告.doc", &[doc(), cells].concat()),
        ("报告.txt", "全年修路30公里。".as_bytes()),
    ]);
    let prose = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/只有文字.docx");
    let script = format!(
        "while [ $# -gt 1 ]; do case $1 in --outdir) out=$2;; esac; shift; done; mkdir -p \"$out\"; cp '{}' \"$out/in.docx\"",
        prose.display()
    );
    let programs = stand_in(&folder, &script);
    let output = with_programs(&folder, &programs, folder.path());
    let told = out(&output).replace(['\n', ' '], "");
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("转换后表格没有了"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_conversion_that_fails_is_told_of() {
    let folder = folder(&[("报告.doc", &doc()), ("临时/.keep", b"")]);
    let programs = stand_in(&folder, "exit 1");
    let output = with_programs(&folder, &programs, &folder.path().join("临时"));
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("没有转换成"), "{}", out(&output));
    assert_eq!(fs::read_dir(folder.path().join("临时")).unwrap().count(), 1);
}
