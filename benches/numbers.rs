//! How fast the numbers of a text are scanned: prose with a number every thirty bytes or so, and rows of a table.

use divan::counter::BytesCount;
use jixiao::facts::numbers;
use jixiao::quantity::UnitTable;

fn main() {
    divan::main();
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    /// A number as people print them: mostly digits, now and then grouped, Chinese, of full width, or in 万.
    fn number(&mut self) -> String {
        let number = self.below(20_000);
        match self.below(20) {
            0..14 => number.to_string(),
            14 | 15 => format!("{},{:03}", 1 + number / 1000, number % 1000),
            16 => self
                .one(&["三百二十", "一千零五", "二十", "一万二千", "八十六"])
                .to_owned(),
            17 => number
                .to_string()
                .chars()
                .map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c))
                .collect(),
            _ => format!("{}.{:02}万", number / 100, number % 100),
        }
    }
}

fn text() -> String {
    const ITEMS: &[&str] = &[
        "农村公路养护里程",
        "培训人次",
        "项目验收合格率",
        "困难群众救助人数",
        "设备购置数量",
    ];
    const UNITS: &[&str] = &[
        "家",
        "个",
        "人",
        "人次",
        "公里",
        "台",
        "户",
        "亩",
        "万元",
        "吨",
        "平方米",
    ];
    const PROSE: &[&str] = &[
        "各责任单位按照职责分工落实管护措施，做到有人管、有钱养。",
        "项目资金实行专账核算，进一步规范了支出程序。",
        "评价采取现场核查与问卷调查相结合的方法进行。",
    ];
    let mut dice = Dice(7);
    let mut text = String::new();
    while text.len() < 1_000_000 {
        let item = dice.one(ITEMS);
        let unit = dice.one(UNITS);
        if dice.below(4) == 0 {
            for _ in 0..6 {
                let (target, weight) = (dice.below(9999), dice.below(20));
                text.push_str(&format!(
                    "产出指标\t数量指标\t{item}\t≥{target}{unit}\t{target}{unit}\t{weight}\t{weight}\n"
                ));
            }
            continue;
        }
        let (year, rate) = (2018 + dice.below(8), dice.below(10_000));
        let (target, actual) = (dice.number(), dice.number());
        text.push_str(&format!(
            "到{year}年，{item}达到{target}{unit}，实际完成{actual}{unit}，完成率{}.{:02}%。",
            rate / 100,
            rate % 100
        ));
        text.push_str(dice.one(PROSE));
        text.push('\n');
    }
    text
}

#[divan::bench]
fn scan(bencher: divan::Bencher) {
    let text = text();
    let units = UnitTable::built_in();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| numbers::scan(&text, units));
}
