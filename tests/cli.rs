//! The built program, run from outside: what it says of bad input, in which order it speaks, and with which code it ends.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    command(folder.path(), arguments).output().unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
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

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", out(output)))
}

fn paths(json: &serde_json::Value) -> Vec<&str> {
    let reports = json["reports"].as_array().unwrap();
    reports
        .iter()
        .map(|report| report["path"].as_str().unwrap())
        .collect()
}

/// Asserts that `file` is named in every format with those words, is no report that passed, and that the run ends with 2.
fn is_refused(folder: &TempDir, file: &str, words: &str) {
    let full = run(folder, &["check", file]);
    assert_eq!(code(&full), 2, "{}", out(&full));
    assert!(
        out(&full).contains(file) && out(&full).contains(words),
        "{}",
        out(&full)
    );
    assert!(
        out(&full).contains(&format!("{file}：无法判定")),
        "{}",
        out(&full)
    );

    let short = run(folder, &["check", "--format", "short", file]);
    assert_eq!(code(&short), 2);
    let line = format!("{file}:1:1: error[unreadable-input]: ");
    assert!(
        out(&short).starts_with(&line) && out(&short).contains(words),
        "{}",
        out(&short)
    );

    let output = run(folder, &["check", "--format", "json", file]);
    assert_eq!(code(&output), 2);
    let report = &json(&output)["reports"][0];
    assert_eq!(report["path"], file);
    assert_eq!(report["verdict"], "undetermined");
    assert_eq!(report["findings"][0]["check"], "unreadable-input");
    assert_eq!(report["findings"][0]["places"][0]["path"], file);
    assert!(report["findings"][0]["message"].as_str().unwrap().contains(words));

    let facts = run(folder, &["facts", file]);
    assert_eq!(code(&facts), 2);
    assert!(
        err(&facts).contains(file) && err(&facts).contains(words),
        "{}",
        err(&facts)
    );
}

#[test]
fn a_missing_file_is_named_and_exits_with_2() {
    is_refused(&folder(&[]), "没有的报告.md", "找不到这个文件");
}

#[test]
fn an_empty_file_is_named_and_exits_with_2() {
    is_refused(&folder(&[("空.txt", b"")]), "空.txt", "文件是空的");
    is_refused(&folder(&[("空.md", b" \r\n\n")]), "空.md", "文件是空的");
}

#[test]
fn a_folder_without_reports_is_named_and_exits_with_2() {
    is_refused(&folder(&[("资料/图纸.dwg", b"x")]), "资料", "没有找到报告");
}

#[test]
fn a_format_that_is_not_read_yet_is_named_and_exits_with_2() {
    for file in ["报告.doc", "报告.wps"] {
        is_refused(&folder(&[(file, b"\xD0\xCF\x11\xE0")]), file, "读不了");
    }
}

#[test]
fn the_laid_out_text_is_printed_alone() {
    let page = "<html><body><p>全年修路30公里。</p><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>";
    let folder = folder(&[("页.html", page.as_bytes())]);
    let output = run(&folder, &["facts", "--text", "页.html"]);
    assert_eq!(code(&output), 0);
    assert_eq!(out(&output), "全年修路30公里。\n甲 | 1\n乙 | 2\n");
}

#[test]
fn a_document_in_the_clothes_of_a_text_is_told_by_its_content() {
    is_refused(&folder(&[("报告.txt", b"PK\x03\x04....")]), "报告.txt", "压缩包");
    is_refused(&folder(&[("报告.md", b"%PDF-1.7\n")]), "报告.md", "PDF");
    is_refused(
        &folder(&[("程序.txt", &[0, 0, 1, 0, 0, 2, 9, 0])]),
        "程序.txt",
        "不是纯文本",
    );
}

#[test]
fn an_empty_standard_input_is_refused_like_an_empty_file() {
    let folder = folder(&[]);
    let output = command(folder.path(), &["check", "-"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("文件是空的"), "{}", out(&output));
}

#[test]
fn one_bad_file_does_not_stop_the_others_and_all_are_listed_in_order() {
    let folder = folder(&[("乙.txt", b""), ("丙.pdf", b"%PDF")]);
    let output = run(
        &folder,
        &["check", "--format", "json", "丙.pdf", "甲.md", "乙.txt"],
    );
    assert_eq!(paths(&json(&output)), ["丙.pdf", "甲.md", "乙.txt"]);
    let full = out(&run(&folder, &["check", "丙.pdf", "甲.md", "乙.txt"]));
    let at: Vec<usize> = ["丙.pdf：无法判定", "甲.md：无法判定", "乙.txt：无法判定"]
        .iter()
        .map(|words| {
            full.find(words)
                .unwrap_or_else(|| panic!("{words} is missing: {full}"))
        })
        .collect();
    assert!(at.is_sorted());
    assert!(
        full.ends_with("共 3 份报告：通过 0，不通过 0，无法判定 3。\n"),
        "{full}"
    );
}

#[test]
fn a_folder_is_walked_in_sorted_order_without_hidden_and_lock_files() {
    let folder = folder(&[
        ("报告/b.docx", b"x"),
        ("报告/a/z.pdf", b"x"),
        ("报告/a.docx", b"x"),
        ("报告/.git/c.docx", b"x"),
        ("报告/~$a.docx", b"x"),
        ("报告/图.dwg", b"x"),
        ("报告/规则.jx", b"x"),
        ("报告/.gitignore", b"*.docx"),
    ]);
    let output = run(&folder, &["check", "--format", "json", "报告"]);
    assert_eq!(
        paths(&json(&output)),
        ["报告/a/z.pdf", "报告/a.docx", "报告/b.docx"]
    );
}

#[test]
fn rules_that_are_not_there_leave_every_report_undetermined() {
    let folder = folder(&[("报告.txt", "全年完成 36 个。".as_bytes())]);
    for arguments in [
        ["check", "--format=json", "没有.jx", "报告.txt"],
        ["check", "--format=json", "--rules=没有.jx", "报告.txt"],
    ] {
        let output = run(&folder, &arguments);
        assert_eq!(code(&output), 2);
        let json = json(&output);
        assert_eq!(json["rule_files"][0]["path"], "没有.jx");
        assert_eq!(json["rule_files"][0]["findings"][0]["check"], "unreadable-input");
        assert_eq!(json["reports"][0]["verdict"], "undetermined");
        assert!(
            json["reports"][0]["reasons"][0]
                .as_str()
                .unwrap()
                .contains("规则文件有错误")
        );
    }
}

#[test]
fn a_rule_file_that_is_not_utf_8_is_refused() {
    let folder = folder(&[("规则.jx", &[0xB9, 0xE6, 0xD4, 0xF2])]);
    let output = run(&folder, &["check", "规则.jx"]);
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("UTF-8"), "{}", out(&output));
}

#[test]
fn json_says_its_version_and_who_wrote_it() {
    let output = run(&folder(&[]), &["check", "--format", "json", "没有.md"]);
    let json = json(&output);
    assert_eq!(json["version"], 1);
    assert_eq!(json["tool"]["name"], "jixiao");
    assert!(json.get("rule_files").is_none());
    assert!(out(&output).ends_with("}\n"));
}

#[test]
fn facts_in_json_list_a_file_that_was_not_read_with_its_reason() {
    let output = run(&folder(&[]), &["facts", "--format", "json", "没有.md"]);
    assert_eq!(code(&output), 2);
    assert_eq!(json(&output)["reports"][0]["path"], "没有.md");
    assert_eq!(json(&output)["reports"][0]["error"], "找不到这个文件。");
}

#[test]
fn verbs_and_options_have_chinese_names() {
    let folder = folder(&[]);
    let latin = run(&folder, &["check", "--format", "short", "没有.md"]);
    let chinese = run(&folder, &["检查", "--格式", "简短", "没有.md"]);
    assert_eq!(out(&latin), out(&chinese));
    assert!(!out(&latin).is_empty());
    for (latin, chinese) in [("packs", "规则包"), ("explain", "解释")] {
        assert_eq!(out(&run(&folder, &[latin])), out(&run(&folder, &[chinese])));
    }
    assert_eq!(
        err(&run(&folder, &["facts", "没有.md"])),
        err(&run(&folder, &["事实", "没有.md"]))
    );
}

/// Words that clap would say if it were let speak.
const ENGLISH: &[&str] = &[
    "error:",
    "Usage",
    "Options",
    "Commands",
    "Arguments",
    "Print",
    "possible",
    "default",
    "tip:",
    "alias",
    "For more",
];

#[test]
fn wrong_usage_is_told_in_chinese_and_exits_with_2() {
    let folder = folder(&[("甲.md", "甲".as_bytes())]);
    for (arguments, words) in [
        (&["甲.md"][..], "jixiao check 甲.md"),
        (&["chekc", "甲.md"], "是不是想写 check"),
        (&["check"], "没有写文件"),
        (&["facts"], "没有写文件"),
        (&["check", "--format", "xml", "甲.md"], "full、short、json"),
        (&["check", "--format"], "要写一个值"),
        (&["check", "--year", "二〇二〇", "甲.md"], "如 2020"),
        (&["check", "--year", "20", "甲.md"], "如 2020"),
        (&["check", "--yaer", "2020", "甲.md"], "是不是想写 --year"),
        (
            &["check", "--year", "2020", "--year", "2021", "甲.md"],
            "只能写一次",
        ),
        (&["check", "--deny-warnings=是", "甲.md"], "--deny-warnings"),
        (&["explain", "score-sum", "甲"], "甲"),
        (&["packs", "show"], "名称"),
        (&["packs", "shwo"], "是不是想写 show"),
        (&[], "用法："),
    ] {
        let output = run(&folder, arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(out(&output).is_empty(), "{arguments:?}");
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
        for word in ENGLISH {
            assert!(!err(&output).contains(word), "{arguments:?}: {}", err(&output));
        }
    }
}

#[test]
fn help_is_chinese_throughout() {
    let folder = folder(&[]);
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["check", "--help"],
        &["facts", "-h"],
        &["explain", "--help"],
        &["packs", "--help"],
        &["packs", "show", "--help"],
    ] {
        let output = run(&folder, arguments);
        assert_eq!(code(&output), 0, "{arguments:?}");
        assert!(out(&output).contains("用法："), "{arguments:?}");
        for word in ENGLISH {
            assert!(!out(&output).contains(word), "{arguments:?}: {}", out(&output));
        }
    }
}

#[test]
fn colour_comes_only_when_asked() {
    let folder = folder(&[]);
    let plain = run(&folder, &["check", "没有.md"]);
    assert!(!out(&plain).contains('\u{1b}'), "a pipe is no screen");
    let always = run(&folder, &["check", "--color", "always", "没有.md"]);
    assert!(out(&always).contains('\u{1b}'));
    let never = run(&folder, &["check", "--color", "never", "没有.md"]);
    assert_eq!(out(&never), out(&plain));
}

#[test]
fn an_unknown_check_is_answered_with_the_nearest_and_the_list() {
    let output = run(&folder(&[]), &["explain", "score-sun"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("是不是想写 score-sum"), "{}", err(&output));
    assert!(err(&output).contains("target-mismatch"), "{}", err(&output));
    let listed = run(&folder(&[]), &["explain"]);
    assert_eq!(code(&listed), 0);
    assert!(out(&listed).contains("score-sum") && out(&listed).contains("目标前后不一致"));
}

#[test]
fn a_check_is_explained_by_its_id_and_by_its_name() {
    let folder = folder(&[]);
    for check in ["target-mismatch", "score-sum", "rule-syntax", "unreadable-input"] {
        let output = run(&folder, &["explain", check]);
        assert_eq!(code(&output), 0);
        assert!(out(&output).contains(check), "{}", out(&output));
        assert!(!out(&output).contains("还没有"), "{}", out(&output));
    }
    let by_name = run(&folder, &["explain", "目标前后不一致"]);
    assert_eq!(out(&by_name), out(&run(&folder, &["explain", "target-mismatch"])));
}

#[test]
fn an_unknown_pack_is_answered_with_what_to_do() {
    let output = run(&folder(&[]), &["packs", "show", "没有的规则包"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("没有的规则包") && err(&output).contains("jixiao packs"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_exits_with_2() {
    let folder = folder(&[]);
    for arguments in [&["check", "没有.md"][..], &["--help"], &["explain"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(folder.path(), arguments).stdout(full).output().unwrap();
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(err(&output).contains("磁盘已满"), "{}", err(&output));
    }
}

#[test]
fn a_reader_that_leaves_early_ends_the_run_quietly() {
    let folder = folder(&[]);
    let mut child = command(folder.path(), &["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    // only now is there anything to say
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(err(&output), "");
}

#[test]
fn the_example_shows_what_the_readme_promises() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let alone = command(root, &["check", "examples/助餐补助.jx"])
        .output()
        .unwrap();
    assert_eq!(code(&alone), 0, "{}", out(&alone));
    let both = [
        "check",
        "--format",
        "json",
        "examples/助餐补助.jx",
        "examples/自评报告.md",
    ];
    let output = command(root, &both).output().unwrap();
    assert_eq!(code(&output), 1);
    let json = json(&output);
    let findings = json["reports"][0]["findings"].as_array().unwrap();
    let found: Vec<&str> = findings
        .iter()
        .map(|finding| finding["check"].as_str().unwrap())
        .collect();
    for check in [
        "target-mismatch",
        "actual-mismatch",
        "fund-sum",
        "execution-rate",
        "score-rule",
        "score-sum",
        "deduction-unexplained",
        "confusable-character",
    ] {
        assert!(found.contains(&check), "{check} is missing: {found:?}");
    }
}

#[test]
fn every_place_in_json_quotes_the_bytes_that_it_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = "examples/自评报告.md";
    let text = fs::read_to_string(root.join(report)).unwrap();
    let output = command(root, &["check", "--format", "json", report])
        .output()
        .unwrap();
    let json = json(&output);
    let findings = json["reports"][0]["findings"].as_array().unwrap();
    let places = findings
        .iter()
        .flat_map(|finding| finding["places"].as_array().unwrap());
    let mut seen = 0;
    for place in places.filter(|place| place["path"] == report) {
        let (start, end) = (place["start"].as_u64().unwrap(), place["end"].as_u64().unwrap());
        let quote = &text[start as usize..end as usize];
        assert_eq!(quote, place["quote"]);
        let line = text
            .lines()
            .nth(place["line"].as_u64().unwrap() as usize - 1)
            .unwrap();
        let column = place["column"].as_u64().unwrap() as usize - 1;
        assert!(line.chars().skip(column).collect::<String>().starts_with(quote));
        seen += 1;
    }
    assert!(seen > 5, "only {seen} places");
}

/// Two statements of one target, which agree: something to be judged. `SLIP` holds a slip of the pen besides.
const SOUND: &str = "# 2020年度助餐补助项目自评报告\n\n项目共有5个子项，年度绩效目标为建成助餐点 40 个。\n\n按照批复，年度绩效目标为建成助餐点 40 个。\n";
const SLIP: &str = "# 2020年度助餐补助项目自评报告\n\n项目共有5各子项，年度绩效目标为建成助餐点 40 个。\n\n按照批复，年度绩效目标为建成助餐点 40 个。\n";

#[test]
fn a_report_in_order_passes_and_the_output_says_which_rules_judged() {
    let folder = folder(&[("报告.md", SOUND.as_bytes())]);
    let output = run(&folder, &["check", "报告.md"]);
    assert_eq!(code(&output), 0, "{}", out(&output));
    assert!(out(&output).starts_with("报告.md：通过\n"), "{}", out(&output));
    assert!(
        out(&output).contains("没有给出规则文件，按内置的“财预〔2020〕10号”核对"),
        "{}",
        out(&output)
    );
    let named = run(&folder, &["check", "--rules", "财预[2020]10号", "报告.md"]);
    assert_eq!(code(&named), 0, "{}", out(&named));
    assert!(!out(&named).contains("没有给出规则文件"), "{}", out(&named));
}

#[test]
fn a_warning_fails_a_report_only_when_warnings_are_denied() {
    let folder = folder(&[("报告.md", SLIP.as_bytes())]);
    let output = run(&folder, &["check", "报告.md"]);
    assert!(out(&output).contains("警告 疑似笔误"), "{}", out(&output));
    assert_eq!(code(&output), 0);
    let denied = run(&folder, &["check", "--deny-warnings", "报告.md"]);
    assert!(
        out(&denied).contains("报告.md：不通过（警告 1）"),
        "{}",
        out(&denied)
    );
    assert_eq!(code(&denied), 1);
}

#[test]
fn one_failed_report_decides_over_one_that_was_not_read() {
    let folder = folder(&[("报告.md", SLIP.as_bytes())]);
    let output = run(&folder, &["check", "--deny-warnings", "没有.md", "报告.md"]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).ends_with("不通过 1，无法判定 1。\n"),
        "{}",
        out(&output)
    );
}

#[test]
fn rules_with_an_error_fail_alone_and_judge_no_report() {
    let rules = "规则：助餐补助\n一级指标：产出指标，50 分\n一级指标：效益指标，30 分\n等级：优 [90，100]；差 [0，80)\n";
    let folder = folder(&[("规则.jx", rules.as_bytes()), ("报告.md", SLIP.as_bytes())]);
    let alone = run(&folder, &["check", "规则.jx"]);
    assert_eq!(code(&alone), 1, "{}", out(&alone));
    assert!(out(&alone).contains("规则.jx：不通过"), "{}", out(&alone));
    let output = run(&folder, &["check", "--format", "json", "规则.jx", "报告.md"]);
    assert_eq!(code(&output), 2);
    let json = json(&output);
    assert_eq!(json["rule_files"][0]["verdict"], "fail");
    assert_eq!(json["reports"][0]["verdict"], "undetermined");
    assert!(json["reports"][0]["findings"].as_array().unwrap().is_empty());
}

#[test]
fn a_cited_file_is_found_beside_the_citing_one() {
    let common = "规则：通用部分\n章节：有关建议\n";
    let rules = "规则：助餐补助\n引用：通用部分.jx\n";
    let folder = folder(&[
        ("规则/通用部分.jx", common.as_bytes()),
        ("规则/助餐.jx", rules.as_bytes()),
        ("规则/缺.jx", "规则：助餐补助\n引用：没有这个文件.jx\n".as_bytes()),
    ]);
    let found = run(&folder, &["check", "规则/助餐.jx"]);
    assert_eq!(code(&found), 0, "{}", out(&found));
    let missing = run(&folder, &["check", "规则/缺.jx"]);
    assert_eq!(code(&missing), 1, "{}", out(&missing));
    assert!(out(&missing).contains("rule-reference"), "{}", out(&missing));
}

#[test]
fn a_report_from_standard_input_is_judged_like_a_file() {
    let folder = folder(&[("报告.txt", SLIP.as_bytes())]);
    let from_file = run(&folder, &["check", "--format", "short", "报告.txt"]);
    let input = fs::File::open(folder.path().join("报告.txt")).unwrap();
    let arguments = ["check", "--format", "short", "-"];
    let from_input = command(folder.path(), &arguments).stdin(input).output().unwrap();
    assert!(!out(&from_file).is_empty());
    assert_eq!(out(&from_input), out(&from_file).replace("报告.txt:", "-:"));
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_format() {
    let example = |name: &str| {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
    };
    let (rules, report) = (example("助餐补助.jx"), example("自评报告.md"));
    let files = [
        ("甲.jx", rules.as_slice()),
        ("一.md", &report),
        ("二.md", &report),
        ("三.md", &report),
    ];
    let folder = folder(&files);
    for format in ["full", "short", "json"] {
        let arguments = ["check", "--format", format, "甲.jx", "三.md", "一.md", "二.md"];
        let first = run(&folder, &arguments);
        assert!(out(&first).contains("三.md"));
        for _ in 0..3 {
            assert_eq!(run(&folder, &arguments).stdout, first.stdout, "{format}");
        }
    }
}

#[test]
fn every_form_of_a_file_is_judged_and_a_finding_names_its_form() {
    let form = |last: &str| {
        format!(
            "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |\n\
             | --- | --- | --- | --- | --- | --- | --- | --- |\n\
             | 产出指标 | 数量指标 | 增设路灯 | ≥120盏 | 120盏 | 40 | 40 | |\n\
             | 产出指标 | 数量指标 | 维修路灯 | ≥60盏 | 61盏 | 30 | 30 | |\n\
             | 满意度指标 | 满意度 | 居民满意度 | ≥90% | 91% | 30 | {last} | |\n\
             | 总分 | | | | | 100 | 100 | |\n"
        )
    };
    let title = "# 2023年度项目支出绩效自评表\n\n";
    let clean = format!("{title}{}\n{title}{}", form("30"), form("30"));
    let wrong = format!("{title}{}\n{title}{}", form("30"), form("28"));
    let folder = folder(&[("甲.md", clean.as_bytes()), ("乙.md", wrong.as_bytes())]);
    let output = run(&folder, &["check", "甲.md"]);
    assert_eq!(code(&output), 0, "{}", out(&output));
    let output = run(&folder, &["check", "--format", "short", "乙.md"]);
    assert_eq!(code(&output), 1, "{}", out(&output));
    let said = out(&output);
    assert!(
        said.contains("第 2 张表：") && !said.contains("第 1 张表"),
        "{said}"
    );
    let read = json(&run(&folder, &["facts", "--format", "json", "乙.md"]));
    assert_eq!(read["reports"][0]["forms"].as_array().map(Vec::len), Some(2));
}
