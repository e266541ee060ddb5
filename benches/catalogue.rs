//! What the whole catalogue of checks costs: reports judged by all checks of the standard pack beside the same reports
//! judged by none, as a ratio of one run. A check reads what was gathered in the one scan and never the text again, so
//! that the ratio is the same for a page and for a book.

use jixiao::document::{self, Document};
use jixiao::model::{Model, from_syntax};
use jixiao::{lint, packs};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// How often each measurement is made; the shortest counts.
const ROUNDS: usize = 15;
/// What the catalogue may cost: twice the run without it.
const MOST: f64 = 2.0;
/// Paragraphs of prose beside one form.
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// Prose with numbers in it, and a form of twelve indicators; with `faults` every third score is wrong.
fn report(paragraphs: usize, faults: bool) -> String {
    let mut text = "# 2024年度乡村道路养护项目支出绩效自评报告\n\n## 一、基本情况\n\n".to_owned();
    for number in 0..paragraphs {
        let _ = write!(
            text,
            "{}月完成乡村道路养护{}公里，修补路面{}平方米，设置标志{}处，支出{}.{}万元；全年计划养护{number}号支线{}公里，\
             实际完成{}公里，群众满意度达到{}%。各镇按照要求组织实施，资金专款专用。\n\n",
            number % 12 + 1,
            number % 40 + 3,
            number * 7 % 9000 + 100,
            number % 30 + 1,
            number % 80 + 2,
            number % 10,
            number % 50 + 10,
            number % 50 + 12,
            number % 10 + 90,
        );
    }
    text.push_str("## 二、绩效自评表\n\n");
    text.push_str("| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | |\n|---|---|---|---|---|---|---|---|\n");
    let rate = if faults { "92%" } else { "95%" };
    let _ = writeln!(
        text,
        "| 年度资金总额 | 800.00 | 800.00 | 760.00 | 10 | {rate} | 9.5 | |"
    );
    text.push_str("| 其中：当年财政拨款 | 600.00 | 600.00 | 580.00 | — | — | — | |\n| 其他资金 | 200.00 | 200.00 | 180.00 | — | — | — | |\n");
    text.push_str("| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |\n");
    for number in 0..12 {
        let (first, second) = match number {
            0..6 => ("产出指标", "数量指标"),
            6..10 => ("效益指标", "社会效益指标"),
            _ => ("满意度指标", "服务对象满意度指标"),
        };
        let score = if faults && number % 3 == 0 { "8" } else { "7.5" };
        let _ = writeln!(
            text,
            "| {first} | {second} | 第{number}片区道路 | ≥{}公里 | {}公里 | 7.5 | {score} | |",
            number + 10,
            number + 11
        );
    }
    text.push_str("| 总分 | | | | | 100 | 99.5 | 等级：优 |\n");
    text
}

/// The shortest of some runs.
fn shortest(mut run: impl FnMut()) -> Duration {
    let once = |run: &mut dyn FnMut()| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    (0..ROUNDS).map(|_| once(&mut run)).min().unwrap_or_default()
}

/// The standard pack, and the same without a check.
fn models() -> (Model, Model) {
    let load = || from_syntax::load(Vec::new(), &mut |_, _| None).0;
    let (whole, mut bare) = (load(), load());
    assert!(!whole.checks.is_empty(), "{} has checks", packs::STANDARD);
    bare.checks.clear();
    (whole, bare)
}

fn main() {
    let (whole, bare) = models();
    let mut worst: f64 = 0.0;
    println!(
        "catalogue: all checks ÷ no checks (at most {MOST}); then the share of the whole run, reading included"
    );
    for faults in [false, true] {
        for paragraphs in SIZES {
            let text = report(paragraphs, faults);
            let read = || document::read("报告.md", text.as_bytes()).expect("the report is text");
            let document: Document = read();
            let findings = lint::report(&whole, &document, None).findings.len();
            assert_eq!(findings > 0, faults, "{findings} findings");
            let all = shortest(|| drop(lint::report(&whole, &document, None)));
            let none = shortest(|| drop(lint::report(&bare, &document, None)));
            let reading = shortest(|| drop(read()));
            let ratio = all.as_secs_f64() / none.as_secs_f64();
            let run = (all + reading).as_secs_f64() / (none + reading).as_secs_f64();
            worst = worst.max(ratio);
            println!(
                "{:>8} bytes, {findings:>2} findings: all {all:>9.2?}  none {none:>9.2?}  ratio {ratio:.2}  with reading {run:.2}",
                text.len()
            );
        }
    }
    println!("worst ratio {worst:.2}");
}
