//! What other programs read, held against what they say they read: the published schema of SARIF, the members that
//! reviewdog knows, and the elements and attributes that Jenkins' xUnit plugin takes.

use boon::{Compiler, Schemas};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Lines end as Windows ends them, and a sign of four bytes stands before the numbers of one.
const FAULTY: &str = "# 2023年度石桥县𠮷祥渠维修项目绩效自评报告\r\n\r\n全年安排𠮷祥渠资金60万元，其中中央资金30万元，省级资金20万元，\
                      县级资金15万元。\r\n\r\n自评得分84.47分，评价等级为“优”。\r\n";

fn clean() -> String {
    FAULTY.replace("15万元", "10万元").replace("“优”", "“良”")
}

/// A folder with a faulty report, a clean one, one that is empty, and rules with a fault.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("报告,1:一.md", FAULTY);
    put("好.md", &clean());
    put("空.md", "");
    put(
        "规则.jx",
        "规则：石桥县办法\n一级指标：产出指标，50 分\n　二级指标：数量指标\n　　三级指标：维修渠道，20 分\n　　　目标：≥ 30 公里\n",
    );
    folder
}

fn jixiao(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn out(folder: &TempDir, arguments: &[&str]) -> String {
    String::from_utf8(jixiao(folder, arguments).stdout).unwrap()
}

/// A document that a schema lets through.
fn valid(schema: &str, text: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/schemas")
        .join(schema);
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let rules: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    compiler.add_resource("memory:///schema.json", rules).unwrap();
    let index = compiler.compile("memory:///schema.json", &mut schemas).unwrap();
    let document: Value = serde_json::from_str(text).unwrap();
    if let Err(error) = schemas.validate(&document, index) {
        panic!("{error:#}\n{text}");
    }
    document
}

/// The runs that are held against each schema.
const RUNS: &[&[&str]] = &[
    &["报告,1:一.md"],
    &["好.md"],
    &["空.md"],
    &["没有这份.docx"],
    &["报告,1:一.md", "好.md", "空.md"],
    &["规则.jx", "报告,1:一.md"],
    &["规则.jx"],
    &["报告,1:一.md", "好.md", "--as-one"],
    &["报告,1:一.md", "空.md", "--baseline", "基线.json"],
];

/// The output of each run in a format, with something accepted and something known.
fn outputs(format: &str) -> Vec<String> {
    let folder = folder();
    let baseline = out(&folder, &["check", "报告,1:一.md", "--format", "json"]);
    fs::write(folder.path().join("基线.json"), baseline).unwrap();
    let plain = RUNS
        .iter()
        .map(|run| out(&folder, &[&["check", "--format", format], *run].concat()));
    let mut all: Vec<String> = plain.collect();
    let reason = "经<核定> & \"批复\"";
    let accepted = jixiao(
        &folder,
        &[
            "accept",
            "报告,1:一.md",
            "--check",
            "grade-band",
            "--reason",
            reason,
        ],
    );
    assert!(accepted.status.success());
    all.push(out(&folder, &["check", "--format", format, "报告,1:一.md"]));
    all
}

#[test]
fn every_sarif_log_is_let_through_by_the_published_schema() {
    let logs: Vec<Value> = outputs("sarif")
        .iter()
        .map(|text| valid("sarif-2.1.0.json", text))
        .collect();
    assert_eq!(logs.len(), RUNS.len() + 1);
    let run = &logs[0]["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
        assert!(
            rule["help"]["text"]
                .as_str()
                .is_some_and(|text| text.chars().count() > 20),
            "{rule}"
        );
        assert_ne!(rule["name"], rule["id"], "{rule}");
    }
    for result in run["results"].as_array().unwrap() {
        assert!(result["partialFingerprints"]["jixiao/v1"].is_string(), "{result}");
        assert!(result.get("baselineState").is_none(), "{result}");
    }
    let accepted = &logs[RUNS.len()]["runs"][0]["results"];
    let suppressed: Vec<&Value> = accepted
        .as_array()
        .unwrap()
        .iter()
        .filter(|result| result.get("suppressions").is_some())
        .collect();
    let [one] = suppressed.as_slice() else {
        panic!("{accepted}");
    };
    assert_eq!(one["ruleId"], "grade-band");
    let suppression = &one["suppressions"][0];
    assert_eq!(suppression["justification"], "经<核定> & \"批复\"");
    let place = &suppression["location"]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "%E6%8A%A5%E5%91%8A,1%3A%E4%B8%80.%E9%87%87%E7%BA%B3.jx"
    );
}

#[test]
fn a_sarif_log_says_itself_which_reports_were_not_judged() {
    let folder = folder();
    let log = |arguments: &[&str]| {
        let text = out(&folder, &[&["check", "--format", "sarif"], arguments].concat());
        valid("sarif-2.1.0.json", &text)["runs"][0]["invocations"][0].clone()
    };
    let notes = log(&["好.md", "空.md", "没有.docx"])["toolExecutionNotifications"].clone();
    let paths: Vec<&str> = notes
        .as_array()
        .unwrap()
        .iter()
        .map(|note| {
            assert_eq!(note["level"], "error");
            assert_eq!(note["descriptor"]["id"], "undetermined");
            let place = &note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            place.as_str().unwrap()
        })
        .collect();
    assert_eq!(paths, ["%E7%A9%BA.md", "%E6%B2%A1%E6%9C%89.docx"]);
    let all_judged = log(&["好.md"]);
    assert_eq!(all_judged["executionSuccessful"], true);
    assert!(all_judged.get("toolExecutionNotifications").is_none());
}

#[test]
fn beside_a_baseline_a_sarif_log_tells_new_from_known() {
    let folder = folder();
    let baseline = out(&folder, &["check", "报告,1:一.md", "--format", "json"]);
    fs::write(folder.path().join("基线.json"), baseline).unwrap();
    fs::write(
        folder.path().join("报告,1:一.md"),
        FAULTY.replace("15万元", "16万元"),
    )
    .unwrap();
    let output = jixiao(
        &folder,
        &[
            "check",
            "报告,1:一.md",
            "--format",
            "sarif",
            "--baseline",
            "基线.json",
        ],
    );
    assert_eq!(output.status.code(), Some(1));
    let log = valid("sarif-2.1.0.json", &String::from_utf8(output.stdout).unwrap());
    let states: Vec<(&str, &str)> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            let state = result["baselineState"].as_str().unwrap();
            (result["ruleId"].as_str().unwrap(), state)
        })
        .collect();
    assert_eq!(states, [("fund-sum", "new"), ("grade-band", "unchanged")]);
}

#[test]
fn every_rdjson_document_holds_what_reviewdog_knows_and_no_more() {
    for text in outputs("rdjson") {
        valid("rdjson.json", &text);
    }
}

/// The attributes and children that the schema of Jenkins' xUnit plugin names, by element; those behind a star must be.
const JUNIT: &[(&str, &str, &str)] = &[
    ("testsuites", "name time tests failures errors", "testsuite"),
    (
        "testsuite",
        "*name *tests *failures *errors group time skipped timestamp hostname id package file log url",
        "testsuite properties testcase system-out system-err",
    ),
    (
        "testcase",
        "*name time classname group",
        "skipped error failure system-out system-err",
    ),
    ("failure", "type message", ""),
    ("error", "type message", ""),
    ("skipped", "type message", ""),
];

fn assert_junit(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    loop {
        use quick_xml::events::Event;
        let event = reader
            .read_event()
            .unwrap_or_else(|error| panic!("{error}\n{text}"));
        let (tag, stays) = match &event {
            Event::Start(tag) => (tag, true),
            Event::Empty(tag) => (tag, false),
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let name = tag.name().into_inner().to_owned();
        let (_, attributes, _) = JUNIT
            .iter()
            .find(|(known, ..)| *known == name)
            .unwrap_or_else(|| panic!("unknown element {name}\n{text}"));
        if let Some(parent) = open.last() {
            let (.., children) = JUNIT.iter().find(|(known, ..)| known == parent).unwrap();
            assert!(
                children.split(' ').any(|child| child == name),
                "{name} in {parent}\n{text}"
            );
        }
        let own: Vec<String> = tag
            .attributes()
            .map(|attribute| attribute.unwrap().key.into_inner().to_owned())
            .collect();
        for one in &own {
            let known = attributes
                .split(' ')
                .any(|known| known.trim_start_matches('*') == one);
            assert!(known, "attribute {one} of {name}\n{text}");
        }
        for needed in attributes.split(' ').filter_map(|known| known.strip_prefix('*')) {
            assert!(
                own.iter().any(|one| one == needed),
                "{name} lacks {needed}\n{text}"
            );
        }
        if stays {
            open.push(name);
        }
    }
    assert!(open.is_empty());
}

#[test]
fn every_junit_document_is_one_that_jenkins_takes() {
    for text in outputs("junit") {
        assert_junit(&text);
    }
    let folder = folder();
    let tried = |report: &str| {
        let trial = format!(
            "规则：甲\n引用：财预〔2020〕10号\n\n验证：等级写错\n　原文：自评得分84.47分，评价等级为“优”。\n　{report}\n"
        );
        fs::write(folder.path().join("试.jx"), trial).unwrap();
        out(&folder, &["test", "试.jx", "--format", "junit"])
    };
    let passed = tried("应提示：grade-band");
    assert_junit(&passed);
    assert!(passed.contains("failures=\"0\""), "{passed}");
    let failed = tried("不应提示：全部");
    assert_junit(&failed);
    assert!(
        failed.contains("failures=\"1\"") && failed.contains("\n试.jx:4</failure>"),
        "{failed}"
    );
    assert_junit(&tried("应该提示：grade-band"));
}

/// The fault of the grade: its line, and the columns of “优” in each unit, both from 1.
#[test]
fn each_format_counts_columns_in_its_own_unit_also_behind_signs_of_four_bytes() {
    let folder = TempDir::new().unwrap();
    let text = FAULTY.replace("自评得分", "𠮷祥渠自评得分");
    fs::write(folder.path().join("报告.md"), &text).unwrap();
    let line = text.lines().nth(4).unwrap();
    assert!(!line.ends_with('\r') && line.ends_with('。'));
    let before = line.split("优”").next().unwrap();
    let (characters, units, bytes) = (
        before.chars().count() + 1,
        before.encode_utf16().count() + 1,
        before.len() + 1,
    );
    assert!(characters < units && units < bytes);
    let run = |format: &str| out(&folder, &["check", "报告.md", "--format", format]);
    let found = |list: &Value, at: &str, id: &str| -> Value {
        let own = list
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one.pointer(at).is_some_and(|own| own == id));
        own.unwrap_or_else(|| panic!("{list}")).clone()
    };
    let log = valid("sarif-2.1.0.json", &run("sarif"));
    let result = found(&log["runs"][0]["results"], "/ruleId", "grade-band");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 5);
    assert_eq!(
        (region["startColumn"].as_u64(), region["endColumn"].as_u64()),
        (Some(characters as u64), Some(characters as u64 + 1))
    );
    let document = valid("rdjson.json", &run("rdjson"));
    let diagnostic = found(&document["diagnostics"], "/code/value", "grade-band");
    let range = &diagnostic["location"]["range"];
    assert_eq!(
        (range["start"]["line"].as_u64(), range["start"]["column"].as_u64()),
        (Some(5), Some(bytes as u64))
    );
    assert_eq!(range["end"]["column"].as_u64(), Some(bytes as u64 + 3));
    let github = run("github");
    assert!(
        github.contains(&format!("line=5,col={units},endColumn={}", units + 1)),
        "{github}"
    );
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    let finding = found(&json["reports"][0]["findings"], "/check", "grade-band");
    assert_eq!(finding["places"][0]["column"].as_u64(), Some(characters as u64));
    assert!(run("short").contains(&format!("报告.md:5:{characters}: ")));
}

/// What ends a line or a property of a command never stands in one as it is.
#[test]
fn a_github_annotation_is_one_line_whatever_stands_in_a_name_or_a_message() {
    let text = out(
        &folder(),
        &["check", "报告,1:一.md", "空.md", "--format", "github"],
    );
    assert_eq!(text.lines().count(), 3, "{text}");
    for line in text.lines() {
        let (command, _) = line
            .strip_prefix("::")
            .and_then(|rest| rest.split_once("::"))
            .unwrap();
        let (kind, properties) = command.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&kind), "{line}");
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(
                ["file", "line", "endLine", "col", "endColumn", "title"].contains(&name),
                "{line}"
            );
            assert!(!value.contains(':') && !value.is_empty(), "{line}");
        }
    }
    assert!(text.contains("file=报告%2C1%3A一.md"), "{text}");
    assert!(text.contains("%0A怎么改："), "{text}");
}
