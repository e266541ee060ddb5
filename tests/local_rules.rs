//! Local rules upon national ones, run from outside: what a local file changes, in which years it judges, how it is
//! cited, and that no way of citing makes a run hang.

use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;

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

fn json(folder: &TempDir, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", out(&output)))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

const UNTIL_2023: &str = "规则：某市规定（2023年以前）\n版本：2020.1\n文号：某财绩〔2020〕3号\n适用年度：2020—2023\n\
    引用：财预〔2020〕10号\n\n调整：检查／超额较多无说明\n　参数：超额界限 = 130%\n　理由：沿用国家办法\n";
const FROM_2024: &str = "规则：某市规定\n版本：2024.2\n文号：某财绩〔2023〕31号\n适用年度：2024 起\n\
    引用：财预〔2020〕10号\n\n调整：检查／超额较多无说明\n　参数：超额界限 = 150%\n　级别：错误\n　理由：某财绩〔2023〕31号 第六条\n调整：等级／优\n　区间：[92，100]\n　理由：第九条\n\
    调整：等级／良\n　区间：[80，92)\n　理由：第九条\n";

/// A form in which an indicator comes to 140 % of its target and nobody says why.
fn report(year: &str) -> String {
    format!(
        "# {year}项目支出绩效自评表\n\n\
         | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n\
         | 产出指标 | 数量指标 | 培训人数 | ≥100人 | 140人 | 50 | 50 | |\n\
         | 效益指标 | 社会效益指标 | 就业人数 | ≥100人 | 155人 | 50 | 50 | |\n"
    )
}

/// The subjects of 超额较多无说明 in the only report.
fn unexplained(json: &Value) -> Vec<&str> {
    let findings = json["reports"][0]["findings"].as_array().unwrap().iter();
    let of = findings.filter(|finding| finding["check"] == "overachievement-unexplained");
    of.map(|finding| finding["subject"].as_str().unwrap()).collect()
}

fn names(json: &Value) -> Vec<&str> {
    let rules = json["reports"][0]["rules"].as_array().unwrap().iter();
    rules.map(|pack| pack["name"].as_str().unwrap()).collect()
}

#[test]
fn each_report_is_judged_by_the_rules_of_its_year() {
    let folder = folder(&[
        ("2023.md", &report("2023年度")),
        ("2024.md", &report("2024年度")),
        ("旧.jx", UNTIL_2023),
        ("新.jx", FROM_2024),
    ]);
    let old = json(&folder, &["check", "旧.jx", "新.jx", "2023.md"]);
    assert_eq!(unexplained(&old), ["培训人数", "就业人数"]);
    assert_eq!(names(&old).last(), Some(&"某市规定（2023年以前）"));
    let notes = old["reports"][0]["notes"].to_string();
    assert!(
        notes.contains("规则“某市规定”适用 2024 年起，这份报告是 2023 年的，没有用它核对。"),
        "{notes}"
    );

    let new = json(&folder, &["check", "旧.jx", "新.jx", "2024.md"]);
    assert_eq!(unexplained(&new), ["就业人数"]);
    assert_eq!(names(&new).last(), Some(&"某市规定"));

    let told = json(&folder, &["check", "旧.jx", "新.jx", "2023.md", "--year", "2025"]);
    assert_eq!(unexplained(&told), ["就业人数"]);
    assert_eq!(told["reports"][0]["year"], 2025);
}

#[test]
fn a_batch_judges_every_report_by_its_own_year() {
    let mut files: Vec<(String, String)> = Vec::new();
    for number in 0..20 {
        let year = if number % 2 == 0 {
            "2023年度"
        } else {
            "2024年度"
        };
        files.push((format!("报告/{number:02}.md"), report(year)));
    }
    let mut all: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    all.extend([("旧.jx", UNTIL_2023), ("新.jx", FROM_2024)]);
    let folder = folder(&all);
    let json = json(&folder, &["check", "旧.jx", "新.jx", "报告", "-j", "4"]);
    for (number, report) in json["reports"].as_array().unwrap().iter().enumerate() {
        let last = report["rules"].as_array().unwrap().last().unwrap();
        let (version, years) = if number % 2 == 0 {
            ("2020.1", "2020—2023 年")
        } else {
            ("2024.2", "2024 年起")
        };
        assert_eq!(
            (&last["version"], &last["years"]),
            (&version.into(), &years.into()),
            "{}",
            report["path"]
        );
    }
}

#[test]
fn a_report_for_which_no_rule_is_meant_is_left_open_and_says_why() {
    let folder = folder(&[
        ("2019.md", &report("2019年度")),
        ("无年度.md", &report("")),
        ("新.jx", FROM_2024),
    ]);
    let output = run(&folder, &["check", "新.jx", "2019.md"]);
    assert_eq!(output.status.code(), Some(2));
    let text = out(&output);
    assert!(text.contains("2019.md：无法判定"), "{text}");
    assert!(text.contains("适用 2024 年起，这份报告是 2019 年的"), "{text}");
    assert!(!text.contains("规则：通用"), "{text}");

    let output = run(&folder, &["check", "新.jx", "无年度.md"]);
    assert_eq!(output.status.code(), Some(2));
    let text: String = out(&output).split_whitespace().collect();
    assert!(text.contains("看不出这份报告是哪一年的"), "{text}");
    assert!(text.contains("--year"), "{text}");

    let output = run(&folder, &["check", "新.jx", "无年度.md", "--year", "2024"]);
    assert!(out(&output).contains("无年度.md：不通过"), "{}", out(&output));
}

#[test]
fn a_rule_that_needs_the_year_leaves_a_report_without_one_open() {
    let standard = |name: &str, years: &str| {
        format!(
            "规则：{name}\n适用年度：{years}\n引用：财预〔2020〕10号\n评分标准：本地法\n　情形：其余，得 分值\n"
        )
    };
    let county = "规则：县\n引用：旧.jx\n引用：新.jx\n三级指标：培训人数\n　目标：≥ 100 人\n　评分：本地法\n";
    let folder = folder(&[
        ("旧.jx", &standard("旧", "2023 年及以前")),
        ("新.jx", &standard("新", "2024 起")),
        ("县.jx", county),
        ("2024.md", &report("2024年度")),
        ("无年度.md", &report("")),
    ]);
    assert_eq!(
        json(&folder, &["check", "县.jx"])["rule_files"][0]["verdict"],
        "pass"
    );
    let open = json(&folder, &["check", "县.jx", "无年度.md"]);
    let reasons = open["reports"][0]["reasons"].to_string();
    assert!(reasons.contains("看不出这份报告是哪一年的"), "{open}");
    let known = json(&folder, &["check", "县.jx", "2024.md"]);
    assert_eq!(
        names(&known),
        ["通用自评表", "项目支出绩效自评（财预〔2020〕10号）", "新", "县"]
    );
}

#[test]
fn a_finding_names_the_line_that_was_adjusted_and_its_reason() {
    let folder = folder(&[("2024.md", &report("2024年度")), ("新.jx", FROM_2024)]);
    let json = json(&folder, &["check", "新.jx", "2024.md"]);
    let findings = json["reports"][0]["findings"].as_array().unwrap();
    let found = findings
        .iter()
        .find(|finding| finding["check"] == "overachievement-unexplained")
        .unwrap();
    assert_eq!(found["severity"], "error");
    assert_eq!(found["rule"]["path"], "新.jx");
    assert_eq!(found["rule"]["text"], "参数：超额界限 = 150%");
    assert_eq!(found["rule"]["basis"], "某财绩〔2023〕31号 第六条");
    assert_eq!(found["rule"]["line"], 8);
}

#[test]
fn a_check_that_is_switched_off_does_not_judge() {
    let off = "规则：某县规定\n引用：财预〔2020〕10号\n停用：检查／超额较多无说明\n　理由：县里不要求\n";
    let folder = folder(&[("2024.md", &report("2024年度")), ("县.jx", off)]);
    assert!(unexplained(&json(&folder, &["check", "县.jx", "2024.md"])).is_empty());
    assert_eq!(
        unexplained(&json(&folder, &["check", "2024.md"])),
        ["培训人数", "就业人数"]
    );
}

#[test]
fn a_rule_file_shows_what_it_changes_old_beside_new() {
    let folder = folder(&[("新.jx", FROM_2024)]);
    let text = out(&run(&folder, &["check", "新.jx"]));
    let shown = "  调整：检查／超额较多无说明：参数 超额界限 130% → 150%";
    assert!(text.contains("新.jx：通过") && text.contains(shown), "{text}");
    assert!(
        text.contains("  调整：等级／良：区间 [80，90) → [80，92)（理由：第九条）"),
        "{text}"
    );

    let json = json(&folder, &["check", "新.jx"]);
    let first = &json["rule_files"][0]["adjustments"][0];
    let expected = serde_json::json!({
        "target": "检查／超额较多无说明", "what": "参数 超额界限", "before": "130%", "after": "150%",
        "reason": "某财绩〔2023〕31号 第六条", "line": 7, "column": 1
    });
    assert_eq!(first, &expected);
}

#[test]
fn a_file_is_cited_by_its_number_wherever_it_is_given_or_beside_the_citing_one() {
    let county = "规则：某县规定\n引用：某财绩［２０２３］ 31号，2024.1 起\n";
    let folder = folder(&[
        ("县.jx", county),
        ("新.jx", FROM_2024),
        ("别处/县.jx", county),
        ("2024.md", &report("2024年度")),
    ]);
    for arguments in [
        ["check", "县.jx", "2024.md"].as_slice(),
        &["check", "别处/县.jx", "新.jx", "2024.md"],
        &["check", "新.jx", "别处/县.jx", "2024.md"],
    ] {
        let json = json(&folder, arguments);
        assert_eq!(unexplained(&json), ["就业人数"], "{arguments:?}");
        let all = [
            "通用自评表",
            "项目支出绩效自评（财预〔2020〕10号）",
            "某市规定",
            "某县规定",
        ];
        assert_eq!(names(&json), all, "{arguments:?}");
    }
    let text: String = out(&run(&folder, &["check", "别处/县.jx"]))
        .split_whitespace()
        .collect();
    assert!(
        text.contains("找不到所引用的规则“某财绩［２０２３］31号”") && text.contains("不通过"),
        "{text}"
    );
}

#[test]
fn a_file_that_is_reached_by_several_ways_is_one_file() {
    let folder = folder(&[
        ("甲.jx", "规则：甲\n引用：“./下级/乙.jx”\n"),
        ("下级/乙.jx", "规则：乙\n引用：“../甲.jx”\n"),
    ]);
    for given in ["甲.jx", "./甲.jx", "下级/../甲.jx"] {
        let json = json(&folder, &["check", given]);
        let files = json["rule_files"].as_array().unwrap();
        let found: Vec<&Value> = files
            .iter()
            .flat_map(|file| file["findings"].as_array().unwrap())
            .collect();
        assert_eq!(found.len(), 1, "{json}");
        assert_eq!(found[0]["check"], "rule-cycle");
    }
}

#[test]
fn every_output_names_the_packs_and_files_that_judged() {
    let folder = folder(&[("2024.md", &report("2024年度")), ("新.jx", FROM_2024)]);
    let text = out(&run(&folder, &["check", "新.jx", "2024.md"]));
    assert!(text.contains("某市规定 2024.2（适用 2024 年起，摘要 "), "{text}");
    assert!(
        text.contains("项目支出绩效自评（财预〔2020〕10号） 2020.1（摘要 "),
        "{text}"
    );
    let json = json(&folder, &["check", "新.jx", "2024.md"]);
    for pack in json["reports"][0]["rules"].as_array().unwrap() {
        assert_eq!(pack["digest"].as_str().unwrap().len(), 12);
        assert!(!pack["version"].as_str().unwrap().is_empty());
    }
}

#[test]
fn packs_are_shown_whatever_brackets_are_typed_and_the_nearest_is_named() {
    let folder = folder(&[]);
    for name in [
        "财预[2020]10号",
        "财预（2020）10号.jx",
        "《财预〔２０２０〕10 号》",
    ] {
        let output = run(&folder, &["packs", "show", name]);
        assert!(out(&output).contains("文号：财预〔2020〕10号"), "{name}");
    }
    let output = run(&folder, &["packs", "show", "财预〔2021〕10号"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("是不是想写 财预〔2020〕10号"), "{said}");
    let list = out(&run(&folder, &["packs"]));
    assert!(
        list.contains("财预〔2020〕10号 2020.1\n  依据：财预〔2020〕10号\n"),
        "{list}"
    );
}

#[test]
fn the_trials_of_a_dated_file_are_tried_in_a_year_of_its_own() {
    let lines = [
        "停用：检查／疑似笔误",
        "　理由：市里不要求",
        "数据：培训人数",
        "　单位：人",
        "验证：培训人数前后不一",
        "　原文：计划培训人数800人。",
        "　原文：全年培训人数目标为900人。",
        "　应提示：目标前后不一致",
        "　不应提示：疑似笔误",
        "验证：旧年度不归这份规则管",
        "　年度：2023",
        "　原文：计划培训人数800人。",
        "　原文：全年培训人数目标为900人。",
        "　不应提示：目标前后不一致",
    ];
    let rules = format!("{FROM_2024}{}\n", lines.join("\n"));
    let folder = folder(&[("新.jx", &rules)]);
    let output = run(&folder, &["test", "新.jx"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

/// Runs what must be answered at once; ten times what is promised, for machines that have much else to do.
fn at_once(folder: &TempDir, arguments: &[&str]) -> Value {
    let started = Instant::now();
    let json = json(folder, arguments);
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{arguments:?}: {:?}",
        started.elapsed()
    );
    json
}

fn checks(json: &Value) -> Vec<&str> {
    let files = json["rule_files"].as_array().unwrap().iter();
    let findings = files.flat_map(|file| file["findings"].as_array().unwrap());
    findings
        .map(|finding| finding["check"].as_str().unwrap())
        .collect()
}

#[test]
fn a_circle_of_any_length_is_one_finding() {
    for length in [1, 2, 50, 1000] {
        let folder = TempDir::new().unwrap();
        for number in 0..length {
            let text = format!("规则：环{number}\n引用：“./{}.jx”\n", (number + 1) % length);
            fs::write(folder.path().join(format!("{number}.jx")), text).unwrap();
        }
        let json = at_once(&folder, &["check", "0.jx"]);
        assert_eq!(checks(&json), ["rule-cycle"], "{length}");
    }
}

#[test]
fn a_thousand_files_that_cite_each_other_end_in_findings() {
    let folder = TempDir::new().unwrap();
    for number in 0..1000 {
        let mut text = format!("规则：网{number}\n文号：网财〔2020〕{number}号\n");
        for step in 1..8 {
            let _ = writeln!(text, "引用：网财[2020]{}号", (number * 7 + step * 13) % 1000);
        }
        fs::write(folder.path().join(format!("{number}.jx")), text).unwrap();
    }
    let checks = checks(&at_once(&folder, &["check", "0.jx"]))
        .iter()
        .map(|check| (*check).to_owned())
        .collect::<Vec<_>>();
    assert!(!checks.is_empty() && checks.len() <= 1000);
    assert!(checks.iter().all(|check| check == "rule-cycle"), "{checks:?}");
}

#[test]
fn a_thousand_aliases_and_a_thousand_clashes_end_in_findings() {
    let one = |number: usize| format!("数据：名称{number}\n　别名：叫法{number}、同一叫法\n");
    let rules = format!("规则：甲\n{}", (0..1000).map(one).collect::<String>());
    let folder = folder(&[("甲.jx", &rules)]);
    assert_eq!(
        checks(&at_once(&folder, &["check", "甲.jx"])),
        ["rule-alias-clash"; 999]
    );
}

#[test]
fn adjustments_of_adjustments_are_applied_in_the_order_of_citing() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("0.jx"), "规则：链0\n引用：财预〔2020〕10号\n").unwrap();
    for number in 1..200 {
        let text = format!(
            "规则：链{number}\n引用：“./{}.jx”\n调整：检查／超额较多无说明\n　参数：超额界限 = {}%\n　理由：办法{number}\n",
            number - 1,
            130 + number
        );
        fs::write(folder.path().join(format!("{number}.jx")), text).unwrap();
    }
    let json = at_once(&folder, &["check", "199.jx"]);
    assert!(checks(&json).is_empty());
    let last = &json["rule_files"][0]["adjustments"][0];
    assert_eq!(
        (&last["before"], &last["after"]),
        (&"328%".into(), &"329%".into())
    );
}

#[test]
fn a_thousand_files_that_change_one_thing_are_each_told_once() {
    let folder = TempDir::new().unwrap();
    let mut all = String::from("规则：全\n");
    for number in 0..1000 {
        let text = format!(
            "规则：弟{number}\n引用：财预〔2020〕10号\n调整：检查／超额较多无说明\n　参数：超额界限 = {}%\n　理由：办法\n",
            130 + number
        );
        fs::write(folder.path().join(format!("{number}.jx")), text).unwrap();
        let _ = writeln!(all, "引用：“./{number}.jx”");
    }
    fs::write(folder.path().join("全.jx"), all).unwrap();
    assert_eq!(
        checks(&at_once(&folder, &["check", "全.jx"])),
        ["rule-override"; 999]
    );
}

/// What a city demands of its reports: sections, attachments and words that are not to be used, several on a line.
const DEMANDS: &str = "规则：市级要求\n文号：某财绩〔2024〕1号\n引用：财预〔2020〕10号\n\n章节：基本情况、绩效分析、有关建议\n附件：自评表、验收意见\n\
    禁用词：圆满完成、成效显著\n";
const PLAIN: &str = "# 2024年度农家书屋项目自评报告\n\n## 一、基本情况\n\n圆满完成任务，成效显著。\n\n## 二、绩效分析\n\n按计划实施。\n\n## 三、意见\n\n继续实施。\n\n附件：1.自评表\n";

/// (check, subject, severity, help) of the findings on what the rules demand.
fn demanded(json: &Value) -> Vec<String> {
    let findings = json["reports"][0]["findings"].as_array().unwrap().iter();
    let of =
        findings.filter(|finding| finding["rule"]["path"] == "市.jx" || finding["rule"]["path"] == "县.jx");
    let mut all: Vec<String> = of
        .map(|finding| {
            format!(
                "{} {} {}",
                finding["subject"], finding["severity"], finding["help"]
            )
            .replace('"', "")
        })
        .collect();
    all.sort();
    all
}

#[test]
fn one_section_attachment_or_forbidden_word_of_several_is_adjusted_and_the_others_stay() {
    let county = "规则：县级要求\n引用：某财绩〔2024〕1号\n\n调整：章节／有关建议\n　级别：错误\n　别名：意见\n　理由：县级提纲\n\
        调整：附件／验收意见\n　级别：提醒\n　理由：另册报送\n调整：禁用词／成效显著\n　级别：错误\n　建议：写明完成了多少。\n　理由：县级通知\n";
    let folder = folder(&[("市.jx", DEMANDS), ("县.jx", county), ("报告.md", PLAIN)]);
    assert_eq!(
        demanded(&json(&folder, &["check", "市.jx", "报告.md"])),
        [
            "圆满完成 warning 写明目标数、完成数和完成率，不用套话。",
            "成效显著 warning 写明目标数、完成数和完成率，不用套话。",
            "有关建议 warning 补写这一章，或者把相应内容的标题改成规定的名称。",
            "验收意见 warning 在报告末尾列出附件并附上；附件单独成册报送的，核对后不用改。",
        ]
    );
    let rules = run(&folder, &["check", "县.jx"]);
    assert_eq!(rules.status.code(), Some(0), "{}", out(&rules));
    assert!(
        out(&rules)
            .replace("\n        ", "")
            .contains("调整：章节／有关建议：级别 （没有） → 错误"),
        "{}",
        out(&rules)
    );
    let county = demanded(&json(&folder, &["check", "县.jx", "报告.md"]));
    assert_eq!(
        county,
        [
            "圆满完成 warning 写明目标数、完成数和完成率，不用套话。",
            "成效显著 error 写明完成了多少。",
            "验收意见 info 在报告末尾列出附件并附上；附件单独成册报送的，核对后不用改。",
        ]
    );
    let said = out(&run(&folder, &["explain", "县.jx"]));
    assert!(said.contains("有关建议"), "{said}");
}
