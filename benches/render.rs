//! How long ten thousand findings take to be written, in a report of many lines and in one of a single line.

use jixiao::finding::{Finding, Outcome, Severity, Summary, Verdict};
use jixiao::render::to_terminal::Terminal;
use jixiao::render::{Look, to_json, to_short};
use jixiao::source::{Source, SourceId, Span};
use std::sync::Arc;

const FINDINGS: usize = 10_000;

fn main() {
    divan::main();
}

/// A report of some 700 KB, each finding with two places in it.
fn outcome(shape: &str) -> Outcome {
    let line_break = if shape == "many lines" { "\n" } else { "" };
    let line = format!("全年新建助餐点 36 个，完成率 95%，服务老人 12.6 万人次。{line_break}");
    let text = line.repeat(FINDINGS);
    let (first, second) = (line.find("36").unwrap_or(0), line.find("95%").unwrap_or(0));
    let span = |at: usize| Span::new(SourceId(0), at..at + 3);
    let findings = (0..FINDINGS)
        .map(|number| {
            let base = number * line.len();
            Finding::new(
                "ratio-claim",
                "百分比与所列数不符",
                Severity::Error,
                "36 ÷ 40 = 90%，报告写作 95%，请核对完成数和目标数是否写对。".into(),
                span(base + second),
            )
            .and(span(base + first), "完成值", "这里是 36 个")
            .help("按所列的数重新计算。")
        })
        .collect();
    Outcome {
        path: "报告.md".into(),
        files: Vec::new(),
        verdict: Verdict::Fail,
        reasons: Vec::new(),
        year: None,
        kind: None,
        rules: Vec::new(),
        checks: Vec::new(),
        summary: Summary::default(),
        not_judged: Vec::new(),
        findings,
        known: None,
        adjusted: Vec::new(),
        notes: Vec::new(),
        sources: vec![Arc::new(Source::new("报告.md", text))],
    }
}

#[divan::bench(args = ["many lines", "one line"])]
fn terminal(bencher: divan::Bencher, shape: &str) {
    let outcome = outcome(shape);
    bencher.bench_local(|| {
        let mut out = String::new();
        Terminal::new(Look::default()).report(&mut out, &outcome);
        out
    });
}

#[divan::bench(args = ["many lines", "one line"])]
fn short(bencher: divan::Bencher, shape: &str) {
    let outcome = outcome(shape);
    bencher.bench_local(|| {
        let mut out = String::new();
        to_short::write(&mut out, &outcome);
        out
    });
}

#[divan::bench(args = ["many lines", "one line"])]
fn json(bencher: divan::Bencher, shape: &str) {
    let outcome = [outcome(shape)];
    bencher.bench_local(|| to_json::render(&[], &outcome));
}
