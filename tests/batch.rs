//! Many reports in one run, from outside: their order, the bytes that are written, and what is left when the run is
//! stopped.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

const FORM: &str = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |\n\
    | --- | --- | --- | --- | --- | --- | --- | --- |\n\
    | 产出指标 | 数量指标 | 增设路灯 | ≥120盏 | 110盏 | 40 | 40 | |\n\
    | 产出指标 | 数量指标 | 维修路灯 | ≥60盏 | 61盏 | 30 | 29 | |\n\
    | 满意度指标 | 满意度 | 居民满意度 | ≥90% | 91% | 30 | 30 | |\n\
    | 总分 | | | | | 100 | 100 | |\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
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

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Some sixty reports of many sizes and kinds, some of which cannot be read.
fn bulk() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: String, bytes: &[u8]| {
        let path = folder.path().join("报告").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for number in 0..60_usize {
        let year = 2015 + number % 9;
        let prose = format!(
            "到{year}年，增设路灯达到{}盏，实际完成{}盏，完成率98.5%。入围的分别为3 家、4 家、5 家。共计13家。\n\n",
            100 + number,
            90 + number
        );
        // the first of each ten is long, so that later ones are done before it
        let text = format!(
            "# {year}年度项目支出绩效自评表\n\n{FORM}\n{}",
            prose.repeat(if number % 10 == 0 { 40 } else { number % 4 })
        );
        match number % 12 {
            3 => write(format!("{number:02}.txt"), b""),
            5 => write(format!("{number:02}.txt"), &[0, 0, 1, 0, 0, 2, 9, 0]),
            7 => write(format!("{number:02}.txt"), &[0xC4, 0xBF, 0xB1, 0xEA, b'8', b'\n']),
            8 => write(format!("{number:02}.pdf"), b"%PDF-1.7"),
            9 => write(format!("深/{number:02}.md"), "> ".repeat(20_000).as_bytes()),
            11 => write(format!("深/{number:02}.md"), "[".repeat(20_000).as_bytes()),
            _ if number % 2 == 0 => write(format!("{number:02}.md"), text.as_bytes()),
            _ => write(format!("{number:02}.txt"), text.replace(" | ", "\t").as_bytes()),
        }
    }
    folder
}

#[test]
fn one_thread_and_many_write_the_same_bytes_in_every_format() {
    let folder = bulk();
    for shape in [
        &["--format", "full"][..],
        &["--format", "full", "--color", "always"],
        &["--format", "short"],
        &["--format", "json"],
        &["--jsonl"],
    ] {
        let with = |threads: &[&str]| {
            let mut arguments = vec!["check", "报告"];
            arguments.extend(shape);
            arguments.extend(threads);
            run(folder.path(), &arguments)
        };
        let one = with(&["--threads", "1"]);
        assert_eq!(code(&one), 1, "{}", err(&one));
        assert!(out(&one).len() > 10_000);
        for threads in [&["--threads", "2"][..], &["-j", "8"], &[]] {
            let many = with(threads);
            assert!(many.stdout == one.stdout, "{shape:?} {threads:?}");
            assert!(many.stderr == one.stderr, "{shape:?} {threads:?}");
            assert_eq!(code(&many), 1);
        }
    }
}

#[test]
fn reports_are_written_in_the_order_of_the_arguments_and_no_bad_one_stops_the_others() {
    let folder = bulk();
    let mut names: Vec<String> = fs::read_dir(folder.path().join("报告"))
        .unwrap()
        .map(|entry| format!("报告/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|name| !name.ends_with("深"))
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.clone()));
    assert!(names.len() > 40);
    let mut arguments = vec!["check", "-j", "8", "--format", "json"];
    arguments.extend(names.iter().map(String::as_str));
    let json = json(&out(&run(folder.path(), &arguments)));
    let reports = json["reports"].as_array().unwrap();
    let paths: Vec<&str> = reports
        .iter()
        .map(|report| report["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, names);
    let judged = reports.iter().filter(|report| report["verdict"] == "fail");
    assert!(judged.count() >= 20);
}

#[test]
fn json_lines_are_the_reports_of_the_document_and_the_totals_come_last() {
    let folder = bulk();
    fs::write(folder.path().join("规则.jx"), "规则：路灯\n章节：有关建议\n").unwrap();
    let document = json(&out(&run(
        folder.path(),
        &["check", "--format", "json", "规则.jx", "报告"],
    )));
    for arguments in [
        &["check", "--jsonl", "规则.jx", "报告"][..],
        &["check", "--format", "json", "--jsonl", "规则.jx", "报告"],
        &["检查", "--逐行", "规则.jx", "报告"],
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(code(&output), 1);
        let lines: Vec<serde_json::Value> = out(&output).lines().map(json).collect();
        assert!(lines.iter().all(|line| line["version"] == 1));
        let [rules, reports @ .., totals] = lines.as_slice() else {
            panic!("too few lines")
        };
        assert_eq!(rules["rule_file"], document["rule_files"][0]);
        assert_eq!(totals["totals"], document["totals"]);
        assert_eq!(reports.len(), document["reports"].as_array().unwrap().len());
        for (number, line) in reports.iter().enumerate() {
            let mut report = line.clone();
            report.as_object_mut().unwrap().remove("version");
            assert_eq!(report, document["reports"][number]);
        }
    }
}

#[test]
fn the_totals_count_what_the_reports_say() {
    let folder = bulk();
    let document = json(&out(&run(folder.path(), &["check", "--format", "json", "报告"])));
    let (reports, totals) = (document["reports"].as_array().unwrap(), &document["totals"]);
    let with = |verdict: &str| {
        reports
            .iter()
            .filter(|report| report["verdict"] == verdict)
            .count()
    };
    assert_eq!(totals["reports"], reports.len());
    assert_eq!(totals["passed"], with("pass"));
    assert_eq!(totals["failed"], with("fail"));
    assert_eq!(totals["undetermined"], with("undetermined"));
    assert_eq!(
        totals["undetermined_reports"].as_array().unwrap().len(),
        with("undetermined")
    );
    for count in totals["checks"].as_array().unwrap() {
        let of = |report: &serde_json::Value| {
            let findings = report["findings"].as_array().unwrap();
            findings
                .iter()
                .filter(|finding| finding["check"] == count["check"])
                .count()
        };
        assert_eq!(
            count["findings"],
            reports.iter().map(of).sum::<usize>(),
            "{count}"
        );
        let touched = reports.iter().filter(|report| of(report) > 0).count();
        assert_eq!(count["reports"], touched, "{count}");
    }
}

#[test]
fn the_closing_page_stands_beside_short_lines_and_under_full_reports() {
    let folder = bulk();
    let short = run(folder.path(), &["check", "--format", "short", "报告"]);
    let full = run(folder.path(), &["check", "报告"]);
    assert!(!out(&short).contains("发现的问题"));
    assert!(err(&short).contains("发现的问题：\n") && err(&short).contains("无法判定的报告：\n"));
    assert!(out(&full).ends_with(&err(&short)), "{}", err(&short));
    assert_eq!(err(&full), "");
    let one = run(folder.path(), &["check", "--format", "short", "报告/00.md"]);
    assert_eq!(err(&one), "", "one report needs no sum");
}

#[test]
fn exit_codes_are_those_of_the_worst_report() {
    let good = format!(
        "# 2023年度项目支出绩效自评表\n\n{}",
        FORM.replace("110盏", "120盏").replace("| 29 |", "| 30 |")
    );
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("好.md"), &good).unwrap();
    fs::write(folder.path().join("另.md"), &good).unwrap();
    fs::write(
        folder.path().join("坏.md"),
        format!("# 2023年度项目支出绩效自评表\n\n{FORM}"),
    )
    .unwrap();
    fs::write(folder.path().join("空.md"), "").unwrap();
    for (files, expected) in [
        (&["好.md", "另.md"][..], 0),
        (&["好.md", "空.md"], 2),
        (&["空.md", "坏.md", "好.md"], 1),
    ] {
        for shape in ["full", "short", "json"] {
            let mut arguments = vec!["check", "--format", shape];
            arguments.extend(files);
            assert_eq!(code(&run(folder.path(), &arguments)), expected, "{files:?}");
        }
        let mut arguments = vec!["check", "--jsonl"];
        arguments.extend(files);
        assert_eq!(code(&run(folder.path(), &arguments)), expected, "{files:?}");
    }
}

#[test]
fn a_file_that_is_named_twice_is_judged_once_and_said_so() {
    let folder = bulk();
    let once = run(folder.path(), &["check", "--jsonl", "报告"]);
    let twice = run(
        folder.path(),
        &["check", "--jsonl", "报告", "./报告/深", "报告/../报告/00.md"],
    );
    assert_eq!(out(&once), out(&twice));
    assert_eq!(err(&once), "");
    assert!(err(&twice).contains("有 11 个文件重复列出"), "{}", err(&twice));
}

#[test]
#[cfg(unix)]
fn links_that_lead_back_or_nowhere_neither_stop_the_walk_nor_are_passed_over() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("甲.md"), "").unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("回")).unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("己.md")).unwrap();
    std::os::unix::fs::symlink("没有", folder.path().join("无.md")).unwrap();
    let output = run(folder.path(), &["check", "--format", "short", "."]);
    let said = out(&output);
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("error[")).collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(
        lines[0].starts_with("./无.md:") && lines[0].contains("找不到"),
        "{said}"
    );
    assert!(lines[1].starts_with("./甲.md:"), "{said}");
}

#[test]
fn a_result_in_a_file_is_what_would_have_been_on_the_screen() {
    let folder = bulk();
    for shape in ["full", "json"] {
        let plain = run(folder.path(), &["check", "--format", shape, "报告"]);
        let named = run(
            folder.path(),
            &["check", "--format", shape, "报告", "-o", "结果.txt"],
        );
        assert_eq!(code(&named), code(&plain));
        assert_eq!(out(&named), "");
        assert!(err(&named).contains("结果写在“结果.txt”"), "{}", err(&named));
        assert!(fs::read(folder.path().join("结果.txt")).unwrap() == plain.stdout);
    }
    let dash = run(folder.path(), &["check", "报告", "--output", "-"]);
    assert!(dash.stdout == run(folder.path(), &["check", "报告"]).stdout);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        2,
        "nothing else is left"
    );
}

#[test]
fn a_result_never_takes_the_place_of_what_is_judged() {
    let folder = bulk();
    fs::write(folder.path().join("规则.jx"), "规则：路灯\n").unwrap();
    let before = fs::read(folder.path().join("报告/00.md")).unwrap();
    for (arguments, words) in [
        (&["报告/00.md", "-o", "报告/../报告/00.md"][..], "会被覆盖"),
        (&["报告/00.md", "--rules", "规则.jx", "-o", "规则.jx"], "会被覆盖"),
        (&["报告", "-o", "报告/00.md"], "下次会被当作报告"),
        (&["报告", "-o", "报告/深/新.txt"], "下次会被当作报告"),
        (&["报告", "-o", "报告"], "是文件夹"),
        (&["报告", "-o", "没有/结果.txt"], "没有这个文件夹"),
    ] {
        let mut line = vec!["check"];
        line.extend(arguments);
        let output = run(folder.path(), &line);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
    }
    assert_eq!(fs::read(folder.path().join("报告/00.md")).unwrap(), before);
    assert_eq!(
        fs::read_to_string(folder.path().join("规则.jx")).unwrap(),
        "规则：路灯\n"
    );
}

#[test]
fn times_are_told_only_when_asked_for_and_apart_from_the_result() {
    let folder = bulk();
    let plain = run(folder.path(), &["check", "报告"]);
    let timed = run(folder.path(), &["check", "--timings", "报告"]);
    assert_eq!(plain.stdout, timed.stdout);
    assert!(err(&timed).starts_with("用时 "), "{}", err(&timed));
    assert_eq!(err(&timed).lines().count(), 6, "{}", err(&timed));
}

#[test]
fn wrong_numbers_of_threads_and_shapes_that_exclude_each_other_are_told() {
    let folder = bulk();
    for (arguments, words) in [
        (&["--threads", "0"][..], "1 到 1024"),
        (&["-j", "很多"], "1 到 1024"),
        (&["-j=-1"], "1 到 1024"),
        (&["--jsonl", "--format", "short"], "--jsonl"),
    ] {
        let mut line = vec!["check", "报告"];
        line.extend(arguments);
        let output = run(folder.path(), &line);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert_eq!(out(&output), "");
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
    }
}

/// A run that waits for its second of three reports, from standard input, until it is stopped.
#[cfg(unix)]
fn waiting(folder: &Path, arguments: &[&str]) -> Child {
    let mut line = vec!["check", "报告/00.md", "-", "报告/01.txt", "-j", "1"];
    line.extend(arguments);
    let mut child = command(folder, &line)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // more than a pipe holds: when it is taken, the report is being read
    let input = child.stdin.as_mut().unwrap();
    input.write_all(&vec![b'a'; 500_000]).unwrap();
    child
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let status = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

#[cfg(unix)]
fn ended(mut child: Child) -> Output {
    let input = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(input);
    output
}

#[test]
#[cfg(unix)]
fn a_report_is_written_before_the_next_is_read() {
    let folder = bulk();
    let mut child = waiting(folder.path(), &["--jsonl"]);
    let mut line = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut line).unwrap();
    assert_eq!(json(&line)["path"], "报告/00.md");
    interrupt(&child);
    ended(child);
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_ends_at_a_report_and_is_no_verdict() {
    let folder = bulk();
    let document = ended_after_interrupt(folder.path(), &["--format", "json"]);
    let whole = json(&out(&document));
    assert_eq!(whole["reports"].as_array().unwrap().len(), 1);
    assert_eq!(whole["totals"]["stopped_before"], 3);
    let lines = ended_after_interrupt(folder.path(), &["--jsonl"]);
    let lines: Vec<serde_json::Value> = out(&lines).lines().map(json).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["totals"]["stopped_before"], 3);
    let full = ended_after_interrupt(folder.path(), &[]);
    assert!(
        out(&full).contains("没有核对完：共 3 份报告，核对了 1 份。"),
        "{}",
        out(&full)
    );
}

#[cfg(unix)]
fn ended_after_interrupt(folder: &Path, arguments: &[&str]) -> Output {
    let child = waiting(folder, arguments);
    interrupt(&child);
    let output = ended(child);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("已中断：共 3 份报告，核对了 1 份"),
        "{}",
        err(&output)
    );
    output
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_leaves_the_old_result_as_it_was() {
    let folder = bulk();
    fs::write(folder.path().join("结果.json"), "旧").unwrap();
    let output = ended_after_interrupt(folder.path(), &["--format", "json", "-o", "结果.json"]);
    assert!(err(&output).contains("原来的文件不变"), "{}", err(&output));
    assert_eq!(fs::read_to_string(folder.path().join("结果.json")).unwrap(), "旧");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        2,
        "nothing else is left"
    );
}

#[test]
fn facts_of_many_files_come_in_their_order_and_are_those_of_each_alone() {
    let folder = bulk();
    for format in ["full", "json"] {
        let first = run(folder.path(), &["facts", "--format", format, "报告"]);
        let again = run(folder.path(), &["facts", "--format", format, "报告"]);
        assert_eq!(code(&first), 2);
        assert!(first.stdout == again.stdout && first.stderr == again.stderr);
    }
    let all = json(&out(&run(folder.path(), &["facts", "--format", "json", "报告"])));
    let files = all["reports"].as_array().unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert!(paths.len() == 60 && paths.is_sorted());
    let one = json(&out(&run(
        folder.path(),
        &["facts", "--format", "json", paths[2]],
    )));
    assert_eq!(one["reports"][0], files[2]);
}
