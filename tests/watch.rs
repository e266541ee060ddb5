//! `jixiao check --watch` as somebody at a desk sees it: files are saved, and the result appears anew. Each test waits for
//! words to appear, for so long as a slow machine may need.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const LIMIT: Duration = Duration::from_secs(60);
const GOOD: &str = "# 2022年度柳河县自评报告\n\n自评得分84.47分，评价等级为“良”。\n";

fn bad() -> String {
    GOOD.replace("“良”", "“优”")
}

/// A run under watch, which ends with the test.
struct Run {
    child: Child,
    lines: Receiver<String>,
    seen: String,
}

impl Run {
    fn start(folder: &Path, arguments: &[&str]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .args(["check", "--watch"])
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        let errors = BufReader::new(child.stderr.take().unwrap());
        let also = sender.clone();
        thread::spawn(move || {
            out.lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        thread::spawn(move || {
            errors
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| also.send(line))
        });
        Run {
            child,
            lines,
            seen: String::new(),
        }
    }

    /// Waits for a line that holds the words; gives all lines up to it since the last wait.
    fn wait(&mut self, words: &str) -> String {
        let started = Instant::now();
        let mut told = String::new();
        while let Some(left) = LIMIT.checked_sub(started.elapsed()) {
            let Ok(line) = self.lines.recv_timeout(left) else {
                break;
            };
            self.seen += &format!("{line}\n");
            told += &format!("{line}\n");
            if line.contains(words) {
                return told;
            }
        }
        panic!("“{words}” did not come. What came:\n{}", self.seen);
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_report_that_is_saved_is_judged_again_and_the_others_are_not() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("甲.md"), bad()).unwrap();
    fs::write(folder.path().join("乙.md"), GOOD).unwrap();
    let mut run = Run::start(folder.path(), &["甲.md", "乙.md"]);
    let first = run.wait("共 2 份报告：通过 1，不通过 1");
    assert!(first.contains("开始持续核对，按 Ctrl-C 结束"), "{first}");
    assert!(
        first.contains("甲.md：不通过") && first.contains("乙.md：通过"),
        "{first}"
    );
    fs::write(folder.path().join("甲.md"), GOOD).unwrap();
    let second = run.wait("共 2 份报告：通过 2，不通过 0");
    assert!(second.contains("“甲.md”有改动"), "{second}");
    assert!(
        second.contains("甲.md：通过") && !second.contains("乙.md："),
        "{second}"
    );
}

#[test]
fn a_report_that_vanishes_is_told_and_judged_when_it_is_back() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("甲.md");
    fs::write(&path, bad()).unwrap();
    let mut run = Run::start(folder.path(), &["甲.md"]);
    run.wait("甲.md：不通过");
    fs::remove_file(&path).unwrap();
    run.wait("“甲.md”不见了");
    // half of a character, as a program leaves it that is not done yet
    fs::write(&path, [0x50, 0x4B, 3, 4, 0xE4]).unwrap();
    run.wait("甲.md：无法判定");
    fs::write(&path, GOOD).unwrap();
    run.wait("甲.md：通过");
}

/// Word writes a new file and gives it the old one's name, and beside it one that says who has it open.
#[test]
fn a_report_that_is_replaced_is_judged_again_and_a_lock_file_is_nothing() {
    let folder = TempDir::new().unwrap();
    let reports = folder.path().join("报告");
    fs::create_dir(&reports).unwrap();
    fs::write(reports.join("甲.md"), bad()).unwrap();
    let mut run = Run::start(folder.path(), &["报告"]);
    run.wait("甲.md：不通过");
    fs::write(reports.join("~$甲.md"), "x").unwrap();
    fs::write(folder.path().join("新.tmp"), GOOD).unwrap();
    fs::rename(folder.path().join("新.tmp"), reports.join("甲.md")).unwrap();
    let told = run.wait("甲.md：通过");
    assert!(told.contains("甲.md”有改动"), "{told}");
    assert!(!told.contains("~$"), "{told}");
}

#[test]
fn rules_that_are_saved_judge_all_reports_again_and_a_broken_rule_ends_nothing() {
    let folder = TempDir::new().unwrap();
    let rules = folder.path().join("本地.jx");
    fs::write(&rules, "规则：本地\n禁用词：柳河县\n").unwrap();
    fs::write(folder.path().join("甲.md"), GOOD).unwrap();
    let mut run = Run::start(folder.path(), &["本地.jx", "甲.md", "--deny-warnings"]);
    run.wait("甲.md：不通过");
    fs::write(&rules, "规则：本地\n胡写一行\n").unwrap();
    run.wait("甲.md：无法判定");
    fs::write(&rules, "规则：本地\n禁用词：白水县\n").unwrap();
    let last = run.wait("甲.md：通过");
    assert!(last.contains("“本地.jx”有改动"), "{last}");
}

#[test]
fn a_report_that_comes_into_a_folder_is_judged_and_so_is_one_that_is_accepted() {
    let folder = TempDir::new().unwrap();
    let reports = folder.path().join("报告");
    fs::create_dir(&reports).unwrap();
    fs::write(reports.join("甲.md"), GOOD).unwrap();
    let mut run = Run::start(folder.path(), &["报告"]);
    run.wait("甲.md：通过");
    fs::write(reports.join("乙.md"), bad()).unwrap();
    run.wait("共 2 份报告：通过 1，不通过 1");
    let accepted = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["accept", "报告/乙.md", "--reason", "主管部门核定"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(accepted.status.success());
    let told = run.wait("共 2 份报告：通过 2，不通过 0");
    assert!(told.contains("乙.采纳.jx”有改动"), "{told}");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("甲.md"), GOOD).unwrap();
    for (arguments, words) in [
        (&["甲.md", "--format", "sarif"][..], "只能用 full、short"),
        (&["甲.md", "-o", "结果.log"], "不能同时用 -o"),
        (&["-"], "不能从标准输入读"),
    ] {
        let mut run = Run::start(folder.path(), arguments);
        run.wait(words);
        assert_eq!(run.child.wait().unwrap().code(), Some(2));
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_it_well() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("甲.md"), bad()).unwrap();
    let mut run = Run::start(folder.path(), &["甲.md", "--jsonl"]);
    let line = run.wait("\"verdict\":\"fail\"");
    assert!(line.contains("开始持续核对"), "{line}");
    let pid = run.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    run.wait("持续核对结束");
    assert_eq!(run.child.wait().unwrap().code(), Some(0));
}
