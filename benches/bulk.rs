//! How fast the built program is: many reports on one thread and on two, and single files that grow, as whole processes.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The bulk of many reports.
const BULK: usize = 10_000_000;
/// The least and the most bytes of a report in it.
const SIZES: (f64, f64) = (4_000.0, 100_000.0);
/// How often each measurement is made.
const PAIRS: usize = 5;
/// The sizes of single files, in megabytes. The program takes none of more than 64 MB.
const SINGLE: [usize; 4] = [5, 10, 25, 50];

const CITIES: &[&str] = &["云川", "青禾", "临溪", "安平", "东岭", "白河", "石门", "长洲"];
const OFFICES: &[&str] = &[
    "工业和信息化局",
    "财政局",
    "教育局",
    "农业农村局",
    "卫生健康委员会",
    "民政局",
    "交通运输局",
];
const PROJECTS: &[&str] = &[
    "信息化建设专项",
    "农村公路养护",
    "义务教育薄弱环节改善",
    "基本公共卫生服务",
    "高标准农田建设",
    "公共文化服务体系建设",
];
const INDICATORS: &[&str] = &[
    "上云企业数量",
    "标杆企业数量",
    "培训人次",
    "项目验收合格率",
    "资金拨付及时率",
    "服务对象满意度",
    "单位成本控制率",
    "带动就业人数",
    "设备购置数量",
    "道路养护里程",
    "困难群众救助人数",
    "问题整改完成率",
    "信息系统可用率",
    "宣传活动场次",
];
const UNITS: &[&str] = &[
    "家", "个", "人次", "场次", "公里", "台", "套", "户", "万元", "%", "吨",
];
const PHRASES: &[&str] = &[
    "项目实施过程中严格执行国家有关财务管理制度，做到专款专用、专账核算。",
    "各级主管部门高度重视，成立了专项工作领导小组，明确了职责分工。",
    "资金使用符合国家财经法规，不存在截留、挤占、挪用等情况。",
    "存在的主要问题是绩效目标设定不够细化，部分指标难以量化考核。",
    "下一步将进一步增强预算编制的准确性，建立健全绩效目标管理体系。",
    "绩效评价采取现场核查、问卷调查与资料审核相结合的方法进行。",
];
const PARTS: &[&str] = &[
    "项目产出情况",
    "项目效益情况",
    "项目决策情况",
    "存在的问题及原因分析",
];
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Numbers that look drawn by lot and are the same at every run (xorshift64*).
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    fn share(&mut self) -> f64 {
        self.between(0, 999_999) as f64 / 1e6
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.between(0, of.len() as u64 - 1) as usize]
    }

    /// A number as reports print it: mostly plain, now and then grouped, in Chinese, full-width or in 万.
    fn numeral(&mut self, number: u64) -> String {
        match self.between(0, 99) {
            0..72 => number.to_string(),
            72..80 => grouped(number),
            80..88 => chinese(number),
            88..94 => number
                .to_string()
                .chars()
                .filter_map(|digit| char::from_u32(digit as u32 + 0xFEE0))
                .collect(),
            _ => format!("{:.2}万", number as f64 / 1e4),
        }
    }
}

fn grouped(number: u64) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}

fn chinese(number: u64) -> String {
    let mut text = String::new();
    let mut pending = false;
    for (value, unit) in [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / value % if value == 10_000 { 10_000 } else { 10 };
        if digit == 0 {
            pending |= !text.is_empty();
            continue;
        }
        if pending {
            text.push('零');
            pending = false;
        }
        match digit {
            10.. => text.push_str(&chinese(digit)),
            _ => text.push(DIGITS[digit as usize]),
        }
        text.push_str(unit);
    }
    if text.is_empty() { "零".to_owned() } else { text }
}

/// Text that was copied out of a page: broken every twenty-eight characters.
fn wrapped(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = characters.chunks(28).map(|line| line.iter().collect()).collect();
    lines.join("\n\n")
}

fn section(lot: &mut Lot, year: u64) -> String {
    let parts: Vec<u64> = (0..5).map(|_| lot.between(1, 40)).collect();
    // three in ten totals are wrong
    let total = parts.iter().sum::<u64>() + u64::from(lot.between(0, 9) < 3);
    let listed: Vec<String> = parts.iter().map(|part| format!("{part} 家")).collect();
    let (granted, budget) = (lot.between(50, 900), lot.between(100, 9000));
    let spent = budget - lot.between(0, budget / 5);
    let text = format!(
        "{}.{}：{}{}入围企业分别为{}。共计{}家。下拨项目资金为 {}万元，年初预算{}万元，全年执行数{}万元，执行率{:.2}%。",
        lot.between(1, 9),
        lot.one(PROJECTS),
        lot.one(PHRASES),
        lot.one(PHRASES),
        listed.join("、"),
        lot.numeral(total),
        lot.numeral(granted),
        lot.numeral(budget),
        lot.numeral(spent),
        spent as f64 * 100.0 / budget as f64
    );
    let mut out = wrapped(&text);
    for _ in 0..lot.between(2, 5) {
        let (indicator, unit) = (lot.one(INDICATORS), lot.one(UNITS));
        let target = lot.between(10, 20_000);
        let actual = target + lot.between(0, 55) - 5;
        let text = format!(
            "到{year}年，{indicator}达到{}{unit}，实际完成{}{unit}，完成率{:.1}%。{}",
            lot.numeral(target),
            lot.numeral(actual),
            actual as f64 * 100.0 / target as f64,
            lot.one(PHRASES)
        );
        let _ = write!(out, "\n\n{}", wrapped(&text));
    }
    out
}

fn table(lot: &mut Lot) -> String {
    let mut out = String::from("一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分");
    for _ in 0..lot.between(5, 12) {
        let (unit, target) = (lot.one(UNITS), lot.between(10, 9999));
        let weight = [5, 8, 10, 15, 20][lot.between(0, 4) as usize];
        let _ = write!(
            out,
            "\n产出指标\t数量指标\t{}\t≥{target}{unit}\t{}{unit}\t{weight}\t{}",
            lot.one(INDICATORS),
            target + lot.between(0, 33) - 3,
            lot.between(0, weight)
        );
    }
    let budget = lot.between(100, 9000);
    let spent = budget - lot.between(0, 50);
    let rate = spent as f64 / budget as f64;
    let _ = write!(
        out,
        "\n年度资金总额\t{budget}\t{budget}\t{spent}\t10\t{:.2}%\t{:.2}",
        rate * 100.0,
        rate * 10.0
    );
    out
}

fn report(lot: &mut Lot, size: usize) -> String {
    let year = lot.between(2018, 2025);
    let mut out = format!(
        "{year} 年度{}市{}{}绩效自评报告\n\n一、基本情况\n\n（一）项目概况。包括项目背景、主要内容及实施情况、资金投入和使用情况等。",
        lot.one(CITIES),
        lot.one(OFFICES),
        lot.one(PROJECTS)
    );
    let mut number = 0;
    while out.len() < size {
        let body = if number % 4 == 3 {
            table(lot)
        } else {
            section(lot, year)
        };
        number += 1;
        let _ = write!(
            out,
            "\n\n（{}）{}。\n\n{body}",
            chinese(number % 30 + 1),
            lot.one(PARTS)
        );
    }
    out.push('\n');
    out
}

/// Writes the bulk into `folder`; gives the number of files and their bytes.
fn write_bulk(folder: &Path) -> (usize, usize) {
    let (mut files, mut bytes) = (0, 0);
    fs::create_dir_all(folder).expect("a folder in the place for temporary files");
    while bytes < BULK {
        let mut lot = Lot(0x9E37_79B9_7F4A_7C15 ^ (files as u64 + 1));
        let (least, most) = SIZES;
        let size = (least.ln() + lot.share() * (most / least).ln()).exp();
        let text = report(&mut lot, size as usize);
        bytes += text.len();
        fs::write(folder.join(format!("{files:05}.txt")), text).expect("room for the bulk");
        files += 1;
    }
    (files, bytes)
}

fn write_single(path: &Path, size: usize) {
    let (mut lot, mut text) = (Lot(7), String::with_capacity(size + 50_000));
    while text.len() < size {
        text.push_str(&report(&mut lot, 40_000));
    }
    fs::write(path, text).expect("room for a large file");
}

/// A run of the program: how long it took, and its greatest memory in bytes where the system tells.
fn run(arguments: &[&str], path: &Path) -> (Duration, Option<u64>) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["check", "--format", "short"])
        .args(arguments)
        .arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the built program");
    let memory = watched(&mut child);
    (started.elapsed(), memory)
}

/// Waits for the end. The high-water mark only rises, so that the last look is the one that counts.
fn watched(child: &mut Child) -> Option<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    loop {
        most = fs::read_to_string(&status)
            .ok()
            .and_then(|text| high_water(&text))
            .or(most);
        if child.try_wait().expect("a child of ours").is_some() {
            return most;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn many(folder: &Path) {
    let (files, bytes) = write_bulk(folder);
    let megabytes = bytes as f64 / 1e6;
    println!("{files} reports, {megabytes:.1} MB");
    run(&["--threads", "1"], folder);
    let pairs: Vec<(f64, f64)> = (0..PAIRS)
        .map(|_| {
            let time = |threads| run(&["--threads", threads], folder).0.as_secs_f64();
            (time("1"), time("2"))
        })
        .collect();
    let speed = |times: Vec<f64>| megabytes / median(times);
    println!(
        "  one thread   {:6.2} MB/s",
        speed(pairs.iter().map(|pair| pair.0).collect())
    );
    println!(
        "  two threads  {:6.2} MB/s",
        speed(pairs.iter().map(|pair| pair.1).collect())
    );
    let ratio = median(pairs.iter().map(|(one, two)| one / two).collect());
    println!("  ratio        {ratio:6.2} (median of {PAIRS} pairs)");
}

fn single(folder: &Path) {
    println!("one file");
    let mut points: Vec<(f64, f64)> = Vec::new();
    for megabytes in SINGLE {
        let path: PathBuf = folder.join(format!("{megabytes}.txt"));
        write_single(&path, megabytes * 1_000_000);
        let size = fs::metadata(&path).map_or(0, |about| about.len()) as f64;
        let runs: Vec<(Duration, Option<u64>)> = (0..3).map(|_| run(&[], &path)).collect();
        let time = median(runs.iter().map(|(time, _)| time.as_secs_f64()).collect());
        let memory = runs.iter().filter_map(|(_, memory)| *memory).max();
        let memory = memory.map_or("unknown".to_owned(), |bytes| {
            format!("{:.2} × the file", bytes as f64 / size)
        });
        println!(
            "  {:5.1} MB  {time:6.2} s  {:6.2} MB/s  memory {memory}",
            size / 1e6,
            size / 1e6 / time
        );
        points.push((size.ln(), time.ln()));
    }
    println!("  time grows with the size to the power of {:.2}", slope(&points));
}

/// The slope of the line nearest to the points.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let (x, y) = points
        .iter()
        .fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let (x, y) = (x / count, y / count);
    let (rise, run) = points.iter().fold((0.0, 0.0), |sum, point| {
        let across = point.0 - x;
        (sum.0 + across * (point.1 - y), sum.1 + across * across)
    });
    rise / run
}

fn main() {
    let folder = tempfile::tempdir().expect("a place for temporary files");
    many(&folder.path().join("bulk"));
    single(folder.path());
}
