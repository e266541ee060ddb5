//! A cold `jixiao check` of one report as a process, beside a process that does nothing, in pairs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const PAIRS: usize = 60;

fn main() {
    let folder = tempfile::tempdir().expect("a folder for the fixtures");
    let report = folder.path().join("报告.txt");
    std::fs::write(&report, poured()).expect("the report is written");
    let empty = empty(folder.path());
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/示例/两化融合专项.jx");
    compare("standard rules", &empty, &[&report]);
    compare("a rule file", &empty, &[&pack, &report]);
}

/// About 20 kB as it comes out of a word processor: prose, then a form with each cell on a line of its own.
fn poured() -> String {
    let mut text = "2020年度两化融合专项资金绩效自评报告\n\n一、基本情况\n".to_owned();
    for number in 1..=60 {
        text.push_str(&format!(
            "（{number}）确保完成年度上云{}家目标，全年安排资金{}万元，实际支出{}.5万元，比上年增长{number}%，\
             组织培训{number}场，培训企业负责人{}人次，企业满意度达到92.5%以上。\n",
            8000 + number,
            500 + number,
            499 + number,
            number * 30,
        ));
    }
    text.push_str("二、绩效评价指标分析\n附件1\n项目支出绩效自评表\n（2020年度）\n");
    text.push_str("一级指标\n二级指标\n三级指标\n年度指标值\n实际完成值\n分值\n得分\n");
    text.push_str("偏差原因分析及改进措施\n产出指标\n数量指标\n");
    for number in 1..=40 {
        text.push_str(&format!(
            "第{number}类企业上云数\n≥{number}00家\n{number}20家\n2\n2\n无\n"
        ));
    }
    text.push_str("总分\n100\n96.5\n");
    text
}

/// The smallest program that the compiler at hand makes.
fn empty(folder: &Path) -> PathBuf {
    let source = folder.join("empty.rs");
    let program = folder.join(format!("empty{}", std::env::consts::EXE_SUFFIX));
    std::fs::write(&source, "fn main() {}").expect("the empty program is written");
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built = Command::new(compiler)
        .args(["-O", "-o"])
        .args([&program, &source])
        .status();
    assert!(
        built.is_ok_and(|status| status.success()),
        "rustc is needed for the empty program"
    );
    program
}

fn compare(what: &str, empty: &Path, arguments: &[&PathBuf]) {
    let mut pairs: Vec<(u128, u128)> = (0..PAIRS + 5)
        .map(|_| {
            let mut check = Command::new(env!("CARGO_BIN_EXE_jixiao"));
            check.arg("check").args(arguments);
            (nanoseconds(&mut check), nanoseconds(&mut Command::new(empty)))
        })
        .skip(5)
        .collect();
    pairs.sort_by(|(a, b), (c, d)| (a * d).cmp(&(c * b)));
    let (check, nothing) = pairs[PAIRS / 2];
    let hundredths = check * 100 / nothing;
    println!(
        "{what}: {}.{:02} times an empty process ({} µs against {} µs, the middle one of {PAIRS} pairs)",
        hundredths / 100,
        hundredths % 100,
        check / 1000,
        nothing / 1000,
    );
}

fn nanoseconds(command: &mut Command) -> u128 {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let done = command.status();
    let taken = start.elapsed().as_nanos();
    assert!(
        done.is_ok_and(|status| status.code().is_some()),
        "the program runs"
    );
    taken
}
