//! What other programs read: every format is whole, names every place in its own unit, and never shows a report that was
//! not judged as one that passed.

use serde_sarif::sarif::{ResultLevel, Sarif};
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

const BAD: &str = "# 2022年度柳河县农田灌溉𠮷示范项目绩效自评报告

## 一、项目资金

全年安排资金60万元，其中中央资金30万元，省级资金20万元，县级资金15万元。

## 二、自评结论

自评得分84.47分，评价等级为“优”。
";

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("报告 1.md"), BAD).unwrap();
    fs::write(folder.path().join("空.md"), "").unwrap();
    folder
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

#[test]
fn a_sarif_log_holds_the_catalogue_and_each_finding_with_its_region_and_fingerprint() {
    let output = check(&folder(), &["--format", "sarif", "报告 1.md", "空.md"]);
    let log: Sarif = serde_json::from_str(&out(&output)).unwrap();
    let run = &log.runs[0];
    let known: Vec<&str> = run
        .tool
        .driver
        .rules
        .as_ref()
        .unwrap()
        .iter()
        .map(|rule| rule.id.as_str())
        .collect();
    let results = run.results.as_ref().unwrap();
    for result in results {
        assert!(known.contains(&result.rule_id.as_deref().unwrap()), "{result:?}");
    }
    let grade = results
        .iter()
        .find(|result| result.rule_id.as_deref() == Some("grade-band"))
        .unwrap();
    let place = grade.locations.as_ref().unwrap()[0]
        .physical_location
        .as_ref()
        .unwrap();
    assert_eq!(
        place.artifact_location.as_ref().unwrap().uri.as_deref(),
        Some("%E6%8A%A5%E5%91%8A%201.md")
    );
    let region = place.region.as_ref().unwrap();
    assert_eq!(region.start_line, Some(9));
    assert!(
        grade
            .partial_fingerprints
            .as_ref()
            .unwrap()
            .contains_key("jixiao/v1")
    );
    let unread = results
        .iter()
        .find(|result| result.rule_id.as_deref() == Some("unreadable-input"))
        .unwrap();
    assert!(
        matches!(unread.level, Some(ResultLevel::Error)),
        "an empty file is told as an error"
    );
}

#[test]
fn a_sarif_log_of_a_clean_report_has_no_results_and_is_still_whole() {
    let folder = TempDir::new().unwrap();
    let clean = BAD.replace("15万元", "10万元").replace("“优”", "“良”");
    fs::write(folder.path().join("报告.md"), clean).unwrap();
    let output = check(&folder, &["--format", "sarif", "报告.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    let log: Sarif = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(log.runs[0].results.as_ref().map(Vec::len), Some(0));
}

#[test]
fn rdjson_counts_columns_in_bytes_and_names_other_places() {
    let output = check(&folder(), &["--format", "rdjson", "报告 1.md"]);
    let document: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
    let diagnostics = document["diagnostics"].as_array().unwrap();
    let grade = diagnostics
        .iter()
        .find(|one| one["code"]["value"] == "grade-band")
        .unwrap();
    let range = &grade["location"]["range"];
    let line = range["start"]["line"].as_u64().unwrap() as usize;
    let column = range["start"]["column"].as_u64().unwrap() as usize;
    let text = BAD.lines().nth(line - 1).unwrap();
    assert!(text[column - 1..].starts_with("优”"), "{grade}");
    let other = grade["related_locations"][0]["message"].as_str().unwrap();
    assert!(other.contains("84.47分"), "{grade}");
}

#[test]
fn github_annotations_stand_one_a_line_and_an_unread_file_is_an_error() {
    let output = check(&folder(), &["--format", "github", "报告 1.md", "空.md"]);
    insta::assert_snapshot!(out(&output));
}

/// The digest of a pack is another with each word that is changed in it.
fn without_digests(page: &str) -> String {
    let mut parts = page.split("摘要 ");
    let mut shown = parts.next().unwrap_or("").to_owned();
    for part in parts {
        shown.push_str("摘要 …");
        shown.push_str(part.trim_start_matches(|sign: char| sign.is_ascii_hexdigit()));
    }
    shown
}

#[test]
fn a_page_shows_the_verdict_the_findings_and_the_report_with_its_marks() {
    let output = check(&folder(), &["--format", "html", "报告 1.md"]);
    let page = out(&output);
    let body = page.split_once("<body>").unwrap().1;
    insta::assert_snapshot!(without_digests(body));
    for loads in ["http:", "https:", "src=", "url(", "@import", "<script", "<link"] {
        assert!(!page.contains(loads), "nothing is loaded from elsewhere: {loads}");
    }
    assert!(page.contains("default-src 'none'"));
    assert_eq!(dead_links(&page), Vec::<&str>::new());
}

/// The targets of links that the page does not have.
fn dead_links(page: &str) -> Vec<&str> {
    let named = |before: &'static str| {
        let pieces = page.split(before).skip(1);
        pieces.filter_map(|rest| rest.split('"').next())
    };
    let ids: Vec<&str> = named(" id=\"").collect();
    let twice = ids.iter().enumerate().find(|(at, id)| ids[..*at].contains(id));
    assert_eq!(twice, None, "an id stands twice");
    named("href=\"#").filter(|target| !ids.contains(target)).collect()
}

#[test]
fn where_the_fault_lies_is_marked_otherwise_than_what_took_part() {
    let folder = folder();
    let page = out(&check(&folder, &["--format", "html", "报告 1.md"]));
    // the sum is at fault, its parts took part
    assert!(page.contains("<mark class=\"error\">60万元</mark>"), "{page}");
    assert!(
        page.contains("<mark class=\"error part\">15万元</mark>"),
        "{page}"
    );
    let accepted = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args([
            "accept",
            "报告 1.md",
            "--check",
            "grade-band",
            "--reason",
            "省厅核定",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(accepted.status.success());
    let page = out(&check(&folder, &["--format", "html", "报告 1.md"]));
    assert!(page.contains("<mark class=\"accepted\">优</mark>"), "{page}");
    assert!(
        page.contains("（已采纳）") && page.contains("已采纳，理由：省厅核定"),
        "{page}"
    );
    assert_eq!(dead_links(&page), Vec::<&str>::new());
}

#[test]
fn a_page_of_several_reports_lists_them_with_their_verdicts_and_one_of_a_clean_report_says_so() {
    let folder = folder();
    let clean = BAD.replace("15万元", "10万元").replace("“优”", "“良”");
    fs::write(folder.path().join("好.md"), clean).unwrap();
    let page = out(&check(
        &folder,
        &["--format", "html", "报告 1.md", "空.md", "好.md"],
    ));
    let list = page.split("<section class=\"all\"").nth(1).unwrap();
    let rows: Vec<&str> = list.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 3, "{list}");
    assert!(
        rows[0].contains("不通过") && rows[0].contains("2 处"),
        "{}",
        rows[0]
    );
    assert!(
        rows[1].contains("无法判定") && rows[1].contains("文件是空的"),
        "{}",
        rows[1]
    );
    assert!(rows[2].contains(">通过<") && rows[2].contains("—"), "{}", rows[2]);
    assert_eq!(dead_links(&page), Vec::<&str>::new());
    let page = out(&check(&folder, &["--format", "html", "好.md"]));
    assert!(
        page.contains("<p>没有发现问题。</p>") && !page.contains("class=\"all\""),
        "{page}"
    );
}

#[test]
fn what_looks_like_mark_up_in_a_report_is_shown_and_not_obeyed() {
    let folder = TempDir::new().unwrap();
    let hostile = BAD.replace("柳河县", "<script>alert(1)</script>&柳河县");
    fs::write(folder.path().join("<b>.txt"), hostile).unwrap();
    let page = out(&check(&folder, &["--format", "html", "<b>.txt"]));
    assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn in_junit_what_stands_has_failed_what_was_accepted_is_skipped_and_an_unread_file_is_an_error() {
    let folder = folder();
    let clean = BAD.replace("15万元", "10万元").replace("“优”", "“良”");
    fs::write(folder.path().join("好.md"), clean).unwrap();
    let accepted = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args([
            "accept",
            "报告 1.md",
            "--check",
            "grade-band",
            "--reason",
            "省厅 <核定> & 批复",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(accepted.status.success());
    let output = check(&folder, &["--format", "junit", "报告 1.md", "空.md", "好.md"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(out(&output));
}
