//! 采纳 from outside: what is accepted is told and counts no more, until the numbers change or the day is past; and
//! `jixiao accept` writes the entries.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A form in which one deduction has no reason and the total is one point short.
const REPORT: &str = "# 2024年度村卫生室建设项目支出绩效自评表

| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | |
|---|---|---|---|---|---|---|---|
| 年度资金总额 | 80.00 | 80.00 | 76.00 | 10 | 95% | 9.5 | |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（50分） | 数量指标（50分） | 培训村医人数 | ≥120人 | 126人 | 50 | 50 |  |
| 效益指标（30分） | 社会效益指标（30分） | 受益村民人数 | ≥3000人 | 2900人 | 30 | 29 |  |
| 满意度指标（10分） | 服务对象满意度指标（10分） | 村民满意度 | ≥90% | 93% | 10 | 10 |  |
| 总分 | | | | | 100 | 97.5 | |
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

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(folder.path())
        .args(arguments)
        .output()
        .unwrap()
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

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_default()
}

/// The only report of a run, as JSON.
fn judged(folder: &TempDir, arguments: &[&str]) -> Value {
    let all: Vec<&str> = ["check", "--format", "json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let document: Value = serde_json::from_str(&out(&run(folder, &all))).unwrap();
    document["reports"][0].clone()
}

/// (check, whether it is accepted) of every finding.
fn found(report: &Value) -> Vec<(String, bool)> {
    let all = report["findings"].as_array().unwrap().iter();
    all.map(|finding| {
        let check = finding["check"].as_str().unwrap().to_owned();
        (check, finding.get("accepted").is_some())
    })
    .collect()
}

fn accept(folder: &TempDir, arguments: &[&str]) -> Output {
    let all: Vec<&str> = ["accept", "报告.md"].iter().chain(arguments).copied().collect();
    run(folder, &all)
}

#[test]
fn what_is_accepted_is_told_with_its_reason_and_does_not_fail_the_report() {
    let folder = folder(&[("报告.md", REPORT)]);
    assert_eq!(code(&run(&folder, &["check", "报告.md"])), 1);
    let done = accept(
        &folder,
        &[
            "--check",
            "score-sum",
            "--reason",
            "省里统一取整",
            "--by",
            "县财政局",
            "--until",
            "2024年12月31日",
        ],
    );
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(
        out(&done).contains("采纳了 1 处，写在“报告.采纳.jx”"),
        "{}",
        out(&done)
    );
    let report = judged(&folder, &["报告.md", "--today", "2024-12-31"]);
    assert_eq!(report["verdict"], "pass");
    assert_eq!(report["summary"]["accepted"], 1);
    let accepted = &report["findings"][1]["accepted"];
    assert_eq!(accepted["reason"], "省里统一取整");
    assert_eq!(
        (&accepted["by"], &accepted["until"]),
        (&"县财政局".into(), &"2024-12-31".into())
    );
    let shown = out(&run(&folder, &["check", "报告.md", "--today", "2024-12-31"]));
    assert!(
        shown.contains("已采纳 总分与各项得分合计不符 [score-sum] · 总分"),
        "{shown}"
    );
    assert!(
        shown.contains("理由：省里统一取整（批准：县财政局，到期：2024-12-31）"),
        "{shown}"
    );
    assert!(shown.contains("报告.md：通过（警告 1，已采纳 1）"), "{shown}");
    let short = out(&run(
        &folder,
        &["check", "报告.md", "--format", "short", "--today", "2024-12-31"],
    ));
    assert!(
        short.contains("accepted[score-sum]") && short.contains("（已采纳：省里统一取整"),
        "{short}"
    );
}

#[test]
fn warnings_that_are_accepted_do_not_fail_a_strict_run() {
    let folder = folder(&[("报告.md", &REPORT.replace("97.5", "98.5"))]);
    assert_eq!(code(&run(&folder, &["check", "--deny-warnings", "报告.md"])), 1);
    assert_eq!(code(&accept(&folder, &["--reason", "原因写在正文第三部分"])), 0);
    assert_eq!(code(&run(&folder, &["check", "--deny-warnings", "报告.md"])), 0);
}

#[test]
fn an_entry_lapses_when_the_numbers_change_and_says_so() {
    let folder = folder(&[("报告.md", REPORT)]);
    accept(
        &folder,
        &["--check", "总分与各项得分合计不符", "--reason", "省里统一取整"],
    );
    // another layout of the same report
    let spaced = REPORT
        .replace("| 97.5 |", "|  ９７.５  |")
        .replace("# 2024", "前面加了一段话。\n\n# 2024");
    fs::write(folder.path().join("报告.md"), spaced).unwrap();
    assert_eq!(judged(&folder, &["报告.md"])["verdict"], "pass");
    fs::write(folder.path().join("报告.md"), REPORT.replace("97.5", "97.6")).unwrap();
    let report = judged(&folder, &["报告.md"]);
    assert_eq!(report["verdict"], "fail");
    assert!(found(&report).contains(&("score-sum".into(), false)));
    assert!(found(&report).contains(&("waiver-unused".into(), false)));
    // accepting it anew replaces what fits no more
    accept(&folder, &["--check", "score-sum", "--reason", "省里统一取整"]);
    assert_eq!(read(&folder, "报告.采纳.jx").matches("采纳：").count(), 1);
    assert_eq!(judged(&folder, &["报告.md"])["verdict"], "pass");
    fs::write(folder.path().join("报告.md"), REPORT.replace("97.5", "98.5")).unwrap();
    let mended = judged(&folder, &["报告.md"]);
    assert_eq!(mended["verdict"], "pass");
    assert!(
        mended
            .to_string()
            .contains("没有查到“总分与各项得分合计不符／总分”这一处问题"),
        "{mended}"
    );
}

#[test]
fn an_entry_that_is_due_no_longer_counts_and_is_renewed_in_its_place() {
    let folder = folder(&[("报告.md", REPORT)]);
    accept(
        &folder,
        &[
            "--check",
            "score-sum",
            "--reason",
            "暂按此数",
            "--until",
            "2024-06-30",
        ],
    );
    let report = judged(&folder, &["报告.md", "--today", "2024-07-01"]);
    assert_eq!(report["verdict"], "fail");
    assert!(found(&report).contains(&("waiver-expired".into(), false)));
    let renewed = accept(
        &folder,
        &[
            "--check",
            "score-sum",
            "--reason",
            "再延半年",
            "--until",
            "2024-12-31",
            "--today",
            "2024-07-01",
        ],
    );
    assert_eq!(code(&renewed), 0, "{}", err(&renewed));
    let text = read(&folder, "报告.采纳.jx");
    assert!(
        !text.contains("2024-06-30") && text.matches("采纳：").count() == 1,
        "{text}"
    );
    assert_eq!(
        judged(&folder, &["报告.md", "--today", "2024-07-01"])["verdict"],
        "pass"
    );
}

#[test]
fn an_entry_without_a_reason_is_an_error_and_accepts_nothing() {
    let folder = folder(&[("报告.md", REPORT)]);
    accept(&folder, &["--check", "score-sum", "--reason", "省里统一取整"]);
    let text = read(&folder, "报告.采纳.jx").replace("　理由：省里统一取整\n", "");
    fs::write(folder.path().join("报告.采纳.jx"), text).unwrap();
    let report = judged(&folder, &["报告.md"]);
    assert!(found(&report).contains(&("score-sum".into(), false)));
    assert!(found(&report).contains(&("waiver-incomplete".into(), false)));
    assert_eq!(report["verdict"], "fail");
    let alone = run(&folder, &["check", "报告.采纳.jx"]);
    assert_eq!(code(&alone), 1);
    assert!(
        out(&alone).contains("没有写理由，这一条不起作用"),
        "{}",
        out(&alone)
    );
    // what is written wrong is not written into
    let before = read(&folder, "报告.采纳.jx");
    let refused = accept(
        &folder,
        &["--check", "deduction-unexplained", "--reason", "见正文"],
    );
    assert_eq!(code(&refused), 2);
    assert!(
        err(&refused).contains("有写错的地方，没有动它"),
        "{}",
        err(&refused)
    );
    assert_eq!(read(&folder, "报告.采纳.jx"), before);
}

#[test]
fn files_of_entries_are_told_of_line_by_line_where_they_are_wrong() {
    for (text, said) in [
        (
            "采纳：扣分无原因\n　指纹：不知道\n　理由：见正文\n",
            "“指纹”后面应是 16 位字母和数字",
        ),
        (
            "采纳：扣分无原因\n　指纹：3f9a0c41d27be865\n　理由：见正文\n　到期：年底\n",
            "“到期”后面应是写全年、月、日的一天",
        ),
        ("采纳：扣分无原因\n　理由：见正文\n", "没有写指纹，这一条不起作用"),
        ("采纳：扣分无原因\n", "没有写指纹，也没有写理由"),
        ("禁用词：圆满完成\n", "采纳文件里不能写“禁用词”"),
        ("采纳：扣分无原因\n　目标：8000 家\n", "“目标”要写在"),
        ("# 还没有写\n", "一条规则也没有"),
    ] {
        let folder = folder(&[("报告.采纳.jx", text)]);
        let shown = out(&run(&folder, &["check", "报告.采纳.jx"])).replace("\n  ", "");
        assert!(shown.contains(said), "{text}: {shown}");
    }
    let folder = folder(&[(
        "规则.jx",
        "规则：甲\n采纳：扣分无原因\n　指纹：3f9a0c41d27be865\n　理由：见正文\n",
    )]);
    let shown = out(&run(&folder, &["check", "规则.jx"]));
    assert!(shown.contains("“采纳”写在规则文件里不起作用"), "{shown}");
}

#[test]
fn accept_refuses_what_is_not_found_what_is_not_said_and_what_has_no_reason() {
    let folder = folder(&[("报告.md", REPORT)]);
    for (arguments, said) in [
        (
            &["--check", "grade-band", "--reason", "见正文"][..],
            "没有查到所说的问题",
        ),
        (&["--reason", "见正文"], "有 2 处问题，不知道采纳哪一处"),
        (&["--check", "score-sum"], "没有写理由"),
        (&["--check", "score-sum", "--reason", " "], "没有写理由"),
        (
            &["--check", "score-sum", "--reason", "见正文", "--until", "年底"],
            "要写全年、月、日",
        ),
        (
            &["--fingerprint", "0000000000000000", "--reason", "见正文"],
            "没有查到所说的问题",
        ),
    ] {
        let refused = accept(&folder, arguments);
        assert_eq!(code(&refused), 2, "{arguments:?}");
        assert!(err(&refused).contains(said), "{arguments:?}: {}", err(&refused));
    }
    assert!(!folder.path().join("报告.采纳.jx").exists());
    let missing = run(
        &folder,
        &["accept", "没有.md", "--check", "score-sum", "--reason", "见正文"],
    );
    assert_eq!(code(&missing), 2);
    assert!(err(&missing).contains("没有读成"), "{}", err(&missing));
    accept(&folder, &["--check", "score-sum", "--reason", "见正文"]);
    let again = accept(&folder, &["--check", "score-sum", "--reason", "见正文"]);
    assert!(err(&again).contains("已经采纳过"), "{}", err(&again));
    // one that is listed with its fingerprint is accepted by it
    let listed = accept(&folder, &["--check", "没有这项", "--reason", "见正文"]);
    let line = err(&listed)
        .lines()
        .find(|line| line.contains("扣分无原因"))
        .unwrap()
        .to_owned();
    let fingerprint = line.split_whitespace().next().unwrap();
    assert_eq!(
        code(&accept(
            &folder,
            &["--fingerprint", fingerprint, "--reason", "见正文"]
        )),
        0
    );
    let formatted = run(&folder, &["fmt", "--check", "报告.采纳.jx"]);
    assert_eq!(code(&formatted), 0, "{}", out(&formatted));
}

#[test]
fn a_submission_of_several_files_and_a_batch_are_accepted_file_by_file() {
    let text = "# 村卫生室建设项目绩效自评报告\n\n一、项目概况\n\n本项目按计划实施，各项指标均已达咸。\n";
    let folder = folder(&[("甲/正文.txt", text), ("甲/自评表.md", REPORT), ("乙.md", REPORT)]);
    let together = ["accept", "--as-one", "甲/正文.txt", "甲/自评表.md"];
    let all: Vec<&str> = together
        .iter()
        .chain(&["--check", "score-sum", "--reason", "取整"])
        .copied()
        .collect();
    let done = run(&folder, &all);
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(folder.path().join("甲/自评表.采纳.jx").exists(), "{}", out(&done));
    let report = judged(&folder, &["--as-one", "甲/正文.txt", "甲/自评表.md"]);
    assert_eq!(report["verdict"], "pass", "{report}");
    let batch = run(
        &folder,
        &[
            "accept",
            ".",
            "--check",
            "deduction-unexplained",
            "--reason",
            "见正文",
            "--separate",
        ],
    );
    assert_eq!(code(&batch), 0, "{}", err(&batch));
    assert!(read(&folder, "乙.采纳.jx").contains("扣分无原因"));
    assert_eq!(read(&folder, "甲/自评表.采纳.jx").matches("采纳：").count(), 2);
    // they are neither reports nor rules
    let listed = out(&run(&folder, &["check", "--separate", "."]));
    assert!(listed.contains("共 3 份报告"), "{listed}");
}

#[test]
fn a_fingerprint_is_the_same_in_every_format() {
    let form = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers");
    let folder = folder(&[]);
    let prints = |name: &str| -> Vec<String> {
        let path = form.join(name);
        let report = judged(&folder, &[path.to_str().unwrap()]);
        let all = report["findings"].as_array().unwrap().iter();
        let mut all: Vec<String> = all
            .map(|finding| format!("{} {}", finding["check"], finding["fingerprint"]))
            .collect();
        all.sort();
        all
    };
    let first = prints("自评.md");
    assert!(!first.is_empty());
    for name in ["自评.docx", "自评.html", "自评.odt", "自评.xlsx"] {
        let other = prints(name);
        let common = first.iter().filter(|print| other.contains(print)).count();
        assert_eq!(common, first.len(), "{name}: {other:?}\n{first:?}");
    }
}

#[test]
fn paragraphs_may_be_moved_and_reports_of_one_name_share_their_entries() {
    let one = "全年计划培训护林员300人次，覆盖12个林场。\n";
    let other = "按批复，培训护林员的目标为320人次。\n";
    let rules = "规则：护林\n引用：财预〔2020〕10号\n三级指标：培训护林员\n　目标：≥ 300 人次\n";
    let text =
        |first: &str, second: &str| format!("# 2024年度护林项目自评报告\n\n一、目标\n\n{first}\n{second}\n");
    let folder = folder(&[("规则.jx", rules), ("报告.txt", &text(one, other))]);
    let print = |folder: &TempDir| {
        let report = judged(folder, &["规则.jx", "报告.txt"]);
        let all = report["findings"].as_array().unwrap().clone();
        let found = all
            .into_iter()
            .find(|finding| finding["check"] == "target-mismatch");
        found.unwrap()["fingerprint"].clone()
    };
    let first = print(&folder);
    fs::write(folder.path().join("报告.txt"), text(other, one)).unwrap();
    assert_eq!(print(&folder), first);
    fs::write(
        folder.path().join("报告.txt"),
        text(&other.replace("320", "330"), one),
    )
    .unwrap();
    assert_ne!(print(&folder), first);
    // a text and a form of one name: what the text does not need is none that nobody needs
    fs::write(folder.path().join("报告.md"), REPORT).unwrap();
    accept(&folder, &["--check", "score-sum", "--reason", "取整"]);
    let text = judged(&folder, &["规则.jx", "报告.txt"]);
    assert!(
        !found(&text).iter().any(|(check, _)| check == "waiver-unused"),
        "{text}"
    );
    assert_eq!(judged(&folder, &["报告.md"])["verdict"], "pass");
}

#[test]
fn subjects_of_strange_signs_and_many_findings_at_once_are_written_so_that_they_read() {
    let name = "1#机组（甲/乙）“大修”、小修：台";
    let report = REPORT
        .replace("受益村民人数", name)
        .replace("| 126人 | 50 | 50 |", "| 126人 | 50 | 49 |");
    let folder = folder(&[("报告.md", &report)]);
    let done = accept(
        &folder,
        &[
            "--check",
            "deduction-unexplained",
            "--reason",
            "见正文#三",
            "--by",
            "王某",
        ],
    );
    assert_eq!(code(&done), 0, "{}", err(&done));
    assert!(out(&done).contains("采纳了 2 处"), "{}", out(&done));
    let text = read(&folder, "报告.采纳.jx");
    assert_eq!(text.matches("采纳：").count(), 2, "{text}");
    assert!(text.contains("　理由：见正文#三\n"), "{text}");
    let report = judged(&folder, &["报告.md"]);
    let open: Vec<_> = found(&report)
        .into_iter()
        .filter(|(_, accepted)| !accepted)
        .collect();
    assert_eq!(open, [], "{text}");
}
