//! The formatter held against its promises on rule files of every keyword in every spelling: what it writes reads as
//! before, writing it again changes nothing, and no comment, blank line or digit is lost.

use jixiao::model::from_syntax;
use jixiao::source::{Source, SourceId};
use jixiao::syntax::from_text::parse;
use jixiao::syntax::keywords::{KEYWORDS, Keyword, Place, Shape, Word};
use jixiao::syntax::places::forget;
use jixiao::syntax::to_text::{Refusal, format};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Numbers from which a rule file is made, each saying which of several things comes next.
struct Choices {
    numbers: Vec<u16>,
    at: usize,
}

impl Choices {
    fn below(&mut self, many: usize) -> usize {
        self.at += 1;
        usize::from(self.numbers.get(self.at).copied().unwrap_or(0)) % many
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// One of several words, parted by blanks.
    fn word<'a>(&mut self, all: &'a str) -> &'a str {
        let all: Vec<&str> = all.split(' ').collect();
        self.of(&all)
    }

    fn seldom(&mut self) -> bool {
        self.below(5) == 4
    }

    /// Signs that part nothing.
    fn blank(&mut self) -> &'static str {
        self.of(&["", " ", "", "\u{3000}", "\u{A0}", "\u{200B}", "  "])
    }

    /// Parts with blanks between them.
    fn joined(&mut self, parts: &[&str]) -> String {
        let mut all = String::new();
        for part in parts {
            all.push_str(part);
            all.push_str(self.blank());
        }
        all
    }

    fn name(&mut self) -> String {
        let name = self.word("上云企业数 得分 分值 实际 目标 完成率 服务对象（企业）满意度 省级“上云”标杆企业 A1_x 一、二 质量 其余 无 有值率");
        let special = name.contains(['、', '，']);
        match (special, self.seldom()) {
            (false, false) => name.to_owned(),
            _ if name.contains('“') => name.to_owned(),
            _ => self.quoted(name),
        }
    }

    fn quoted(&mut self, name: &str) -> String {
        let open = self.word("“ ” \" ＂ 「");
        let shut = self.word("” “ \" ＂ 」");
        format!("{open}{name}{shut}")
    }

    fn bare(&mut self) -> String {
        let name = self.word("上云企业数 得分 分值 实际 A1_x 及格门槛 资金");
        match self.seldom() {
            true => self.quoted(name),
            false => name.to_owned(),
        }
    }

    fn number(&mut self) -> String {
        self.word("8000 0.5 60 ８０００ 84.60 3。5 ９．０ 0 10 007")
            .to_owned()
    }

    fn amount(&mut self) -> String {
        let (number, unit) = (
            self.number(),
            self.word("家 % ％ 万元/家 万元／家 分 个百分点 ‰ 元/人·月 年"),
        );
        let unit = if self.seldom() { "" } else { unit };
        self.joined(&[&number, unit])
    }

    fn signed(&mut self) -> String {
        let (minus, amount) = (self.of(&["", "", "", "-", "－", "−"]), self.amount());
        self.joined(&[minus, &amount])
    }

    fn compare(&mut self) -> &'static str {
        self.word("≥ >= ＞＝ 》= 不低于 不少于 至少 ≤ <= ＜＝ 《= 不超过 不高于 至多 > ＞ 高于 超过 大于 < ＜ 低于 不足 小于 = ＝ == 等于 大于等于 小于或等于 ≧ ≦")
    }

    fn path(&mut self) -> String {
        let mut path = self.bare();
        while self.seldom() {
            path.push_str(self.word(". ．"));
            path.push_str(&self.bare());
        }
        path
    }

    fn value(&mut self, depth: usize) -> String {
        let kind = if depth == 0 { self.below(3) } else { self.below(9) };
        match kind {
            0 => self.amount(),
            1 | 2 => self.path(),
            3 => {
                let (open, shut) = (self.word("( （ [ 【"), self.word(") ） ] 】"));
                let inner = self.value(depth - 1);
                self.joined(&[open, &inner, shut])
            }
            4 => {
                let (name, open, shut) = (
                    self.word("合计 最大 最小 计数"),
                    self.word("( （"),
                    self.word(") ）"),
                );
                let (first, second) = (self.value(depth - 1), self.value(depth - 1));
                let comma = self.word("， ,");
                match self.seldom() {
                    true => self.joined(&[name, open, &first, shut]),
                    false => self.joined(&[name, open, &first, comma, &second, shut]),
                }
            }
            5 => {
                let (minus, inner) = (self.word("- − －"), self.value(depth - 1));
                self.joined(&[minus, &inner])
            }
            _ => {
                let (left, right) = (self.value(depth - 1), self.value(depth - 1));
                let sign = self.word("+ ＋ - － − × * ＊ ÷ / ／ 若无");
                self.joined(&[&left, sign, &right])
            }
        }
    }

    fn interval(&mut self) -> String {
        let (open, shut) = (self.word("[ ［ ( （ 【 〔"), self.word("] ］ ) ） 】 〕"));
        let (low, high, comma) = (self.value(1), self.value(1), self.word("， ,"));
        self.joined(&[open, &low, comma, &high, shut])
    }

    fn condition(&mut self, depth: usize, lines: bool) -> String {
        let value = self.value(2);
        match if depth == 0 { self.below(5) } else { self.below(9) } {
            0 => {
                let has = self.word("有值 已填 无值 未填");
                self.joined(&[&value, has])
            }
            1 => {
                let (among, interval) = ("属于", self.interval());
                self.joined(&[&value, among, &interval])
            }
            2 => {
                let (pause, one, two) = (self.word("、 ﹑"), self.quoted("无"), self.quoted("/"));
                self.joined(&[&value, "属于", &one, pause, &two])
            }
            5 => {
                let inner = self.condition(depth - 1, false);
                self.joined(&["并非", &inner])
            }
            6 => {
                let (inner, open, shut) = (
                    self.condition(depth - 1, false),
                    self.word("( （"),
                    self.word(") ）"),
                );
                self.joined(&[open, &inner, shut])
            }
            7 | 8 => {
                let (left, right) = (self.condition(depth - 1, lines), self.condition(depth - 1, lines));
                let (word, mut pause) = (self.word("并且 或者"), self.of(&["", "", "；", "。"]).to_owned());
                if lines && self.seldom() {
                    pause.push_str(self.of(&["\n", " # 甲\n　", "\r\n  ", "\n＃ 乙\n", "\n\n\n　　", "\r"]));
                } else {
                    pause = " ".to_owned();
                }
                self.joined(&[&left, &pause, word, &right])
            }
            _ => {
                let (sign, right) = (self.compare(), self.value(2));
                self.joined(&[&value, sign, &right])
            }
        }
    }

    fn cases(&mut self) -> String {
        let mut all = Vec::new();
        for _ in 0..=self.below(3) {
            let condition = match self.seldom() {
                true => self.word("其余 其他情形 其它情况").to_owned(),
                false => self.condition(1, false),
            };
            let result = if self.seldom() {
                self.interval()
            } else {
                self.value(1)
            };
            let (comma, earns) = (self.word("， ,"), self.word("得 计"));
            all.push(self.joined(&[&condition, comma, earns, &result]));
        }
        all.join(self.word("； ;"))
    }

    fn range(&mut self) -> String {
        let (low, high, dash) = (self.amount(), self.amount(), self.word("— — – ~ ～ 至 到 ——"));
        let included = self.of(&["", "（含）", "(含本数)", "（不含）", "（不包括）"]);
        match self.below(3) {
            0 => {
                let (open, shut) = (self.word("[ ［ ( （ 【"), self.word("] ］ ) ） 】"));
                let (low, high, unit) = (self.signed(), self.signed(), self.of(&["", "", "分"]));
                let comma = self.word("， ,");
                self.joined(&[open, &low, comma, &high, shut, unit])
            }
            1 => self.joined(&[&low, included, dash, &high]),
            _ => {
                let word = self.word("以上 以下 以内");
                self.joined(&[&low, included, word])
            }
        }
    }

    fn list(&mut self) -> String {
        let mut all = self.name();
        while self.below(3) > 0 {
            let (separator, name) = (self.word("、 ， , ； ; ﹑"), self.name());
            all = self.joined(&[&all, separator, &name]);
        }
        all
    }

    fn parameter(&mut self) -> String {
        let (name, sign, value) = (self.bare(), self.of(&["=", "＝", "等于"]), self.signed());
        self.joined(&[&name, sign, &value])
    }

    fn scoring(&mut self) -> String {
        let mut all = self.bare();
        while self.seldom() {
            let (comma, given) = (self.word("， ,"), self.parameter());
            all = self.joined(&[&all, comma, &given]);
        }
        all
    }

    fn target(&mut self) -> String {
        match self.below(5) {
            0 => {
                let (sign, amount) = (self.compare(), self.signed());
                self.joined(&[sign, &amount])
            }
            1 => self.range(),
            2 => self
                .word("2020年12月31日前 年底发放 信息化持续改进生产经营 “8000家” 目标：一")
                .to_owned(),
            _ => self.amount(),
        }
    }

    /// Something for a shape, with a full stop that says nothing.
    fn content(&mut self, row: &Keyword) -> String {
        let several =
            |one: &mut dyn FnMut(&mut Choices) -> String, choices: &mut Choices, separators: &str| {
                let mut all = one(choices);
                while choices.seldom() {
                    let (separator, next) = (choices.word(separators), one(choices));
                    all = choices.joined(&[&all, separator, &next]);
                }
                all
            };
        let content = match row.shape {
            Shape::Text => {
                return self
                    .of(&[
                        "株工信发[2020]6号",
                        "第 1 稿 # 不是注释",
                        "“甲”和乙。",
                        "2020.1",
                        "财预（２０２０）１０ 号",
                    ])
                    .to_owned();
            }
            Shape::MayBeEmpty => self.of(&["", "是"]).to_owned(),
            Shape::Template => {
                return self
                    .of(&["得分【得分】超过【 分值*2】。", "【【字面】 # 也是字", "核对。"])
                    .to_owned();
            }
            Shape::Year => self.word("2020 ２０２０ 2020年 2021年度").to_owned(),
            Shape::Citation => self
                .word("通用/自评表 财预［2020］10号 财预〔2020〕10号，2020.1起 “./市级.jx”")
                .to_owned(),
            Shape::Head => {
                let (name, comma, number) = (self.name(), self.word("， ,"), self.number());
                match self.seldom() {
                    true => name,
                    false => self.joined(&[&name, comma, &number, "分"]),
                }
            }
            Shape::Name => self.name(),
            Shape::Path => {
                let (kind, slash, name) = (
                    self.word("检查 等级 指标 评分标准"),
                    self.word("／ /"),
                    self.name(),
                );
                self.joined(&[kind, slash, &name])
            }
            Shape::List => self.list(),
            Shape::Target => self.target(),
            Shape::Points => self.amount(),
            Shape::Scoring => self.scoring(),
            Shape::Unit => self.word("家 万元/家 万元／家 ％ “户”").to_owned(),
            Shape::Field => self.path(),
            Shape::Parameter => self.parameter(),
            Shape::Cases => self.cases(),
            Shape::Condition => self.condition(2, true),
            Shape::Interval => self.range(),
            Shape::Grades => several(
                &mut |choices| {
                    let (name, colon, range) = (
                        choices.word("优 良 “中” 差"),
                        choices.of(&["", "", "："]),
                        choices.range(),
                    );
                    choices.joined(&[name, colon, &range])
                },
                self,
                "； ;",
            ),
            Shape::DefaultScoring => several(
                &mut |choices| {
                    let (kind, given) = (choices.word("定量 定性"), choices.scoring());
                    choices.joined(&[kind, " ", &given])
                },
                self,
                "； ;",
            ),
            Shape::Scheme => several(
                &mut |choices| {
                    let (name, number) = (choices.word("产出指标 “效益指标” 预算执行率"), choices.number());
                    let marks = choices.of(&["", "分"]);
                    choices.joined(&[name, &number, marks])
                },
                self,
                "、 ， ；",
            ),
            Shape::Conversion => {
                let (one, sign, other) = (self.amount(), self.word("= ＝ 等于"), self.amount());
                self.joined(&[&one, sign, &other])
            }
            Shape::Choice(words) => self.of(words).to_owned(),
            #[allow(unreachable_patterns, reason = "a shape that is new is not made here")]
            _ => row.example.to_owned(),
        };
        let stop = self.of(&["", "", "", "。", "；"]);
        let comment = self.of(&["", "", "", "# 说明：一", "  ＃二"]);
        content + stop + comment
    }

    fn line(&mut self, row: &Keyword, text: &mut String) {
        let spellings: Vec<&str> = [row.text]
            .into_iter()
            .chain(row.synonyms.iter().copied())
            .collect();
        let (word, colon, content) = (self.of(&spellings), self.word("： : ∶ ﹕"), self.content(row));
        let line = [
            self.blank(),
            word,
            self.blank(),
            colon,
            self.blank(),
            &content,
            self.blank(),
        ]
        .concat();
        text.push_str(&line);
        text.push_str(self.of(&[
            "\n",
            "\n",
            "\n",
            "\r\n",
            "\n\n",
            "\n\n\n",
            "\n# 注：一\n",
            "\n　＃ 二\n\n",
            "\r",
        ]));
    }

    fn file(&mut self) -> String {
        let rows = |wanted: &dyn Fn(&Keyword) -> bool| -> Vec<&'static Keyword> {
            KEYWORDS.iter().filter(|row| wanted(row)).collect()
        };
        let mut text = self.of(&["", "\u{FEFF}", "\n\n", "# 一份规则\n"]).to_owned();
        let header = rows(&|row| matches!(row.place, Place::Header | Place::Anywhere));
        for _ in 0..self.below(6) {
            let row = header[self.below(header.len())];
            self.line(row, &mut text);
        }
        let blocks = rows(&|row| matches!(row.place, Place::Opener | Place::Line));
        for _ in 0..1 + self.below(8) {
            let block = blocks[self.below(blocks.len())];
            self.line(block, &mut text);
            let own = rows(&|row| match row.place {
                Place::Attribute(owners) => owners.contains(&block.word),
                place => place == Place::Anywhere,
            });
            for _ in 0..self.below(5) {
                let row = own[self.below(own.len())];
                self.line(row, &mut text);
            }
        }
        text
    }
}

fn file() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<u16>(), 30..300).prop_map(|numbers| Choices { numbers, at: 0 }.file())
}

/// What was read, without places and without the spellings of which one is written.
fn read(text: &str) -> String {
    let (mut file, findings) = parse(text, SourceId(0));
    assert!(findings.is_empty(), "{findings:#?}\n{text}");
    forget(&mut file);
    let mut said = format!("{file:?}").replace("quoted: true", "quoted: false");
    for (spelling, written) in [
        ("\"error\"", "\"错误\""),
        ("\"warning\"", "\"警告\""),
        ("\"info\"", "\"提醒\""),
        ("按列示数", "按所列数字"),
        ("真值区间", "按约数范围"),
        (
            "BuiltIn, word_span: Span { source: SourceId(0), start: 0, end: 0 }, span: Span { source: SourceId(0), start: 0, end: 0 }, content: Empty",
            "BuiltIn, word_span: Span { source: SourceId(0), start: 0, end: 0 }, span: Span { source: SourceId(0), start: 0, end: 0 }, content: Text(Words { text: \"是\", span: Span { source: SourceId(0), start: 0, end: 0 }, quoted: false })",
        ),
        ("财预［2020］10号", "财预〔2020〕10号"),
        ("财预（２０２０）１０ 号", "财预〔2020〕10号"),
        ("株工信发[2020]6号", "株工信发〔2020〕6号"),
    ] {
        said = said.replace(spelling, written);
    }
    said
}

/// What the linter says of a rule file, without places.
/// What is said of a text; a message may quote it in “”, and blanks and twins of signs are what the formatter changes.
fn found(text: &str) -> Vec<String> {
    let (_, findings) = from_syntax::load(vec![Source::new("规则.jx", text)], &mut |_, _| None);
    findings
        .into_iter()
        .map(|finding| {
            let said = finding.message.split('“').map(|part| match part.split_once('”') {
                Some((_, after)) => after,
                None => part,
            });
            let message: String = said.flat_map(str::split_whitespace).collect();
            format!("{} {:?} {message}", finding.check, finding.severity)
        })
        .collect()
}

fn comments(text: &str) -> usize {
    parse(text, SourceId(0)).0.comments.len()
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(2020), cases: 300, max_global_rejects: 1000, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_as_before_and_is_written_once(text in file()) {
        prop_assume!(parse(&text, SourceId(0)).1.is_empty());
        let written = format(&text);
        prop_assert!(written.is_ok(), "{:?}\n{text}", written);
        let written = written.unwrap();
        prop_assert_eq!(read(&text), read(&written), "{}\n---\n{}", text, written);
        prop_assert_eq!(comments(&text), comments(&written));
        prop_assert_eq!(format(&written).unwrap(), written.clone(), "{}", text);
        prop_assert!(!written.contains(['\r', '\u{FEFF}', '＃']) || text.contains("不是注释"), "{}", written);
        prop_assert!(!written.contains("\n\n\n") && !written.starts_with('\n') && written.ends_with('\n'));
        prop_assert_eq!(found(&text), found(&written), "{}\n---\n{}", text, written);
    }

    #[test]
    fn no_text_makes_it_fail(text in "([规则一级指标目：:#，0-9分\\n 　“”【】（）≥得且并]|要求：|三级指标：|\\PC){0,60}") {
        match format(&text) {
            Ok(written) => prop_assert_eq!(format(&written).unwrap(), written),
            Err(refusal) => prop_assert!(refusal != Refusal::Unsure, "{text}"),
        }
    }
}

/// What is typed below which opener, and what is written for it.
const LINES: &[(&str, &str, &str)] = &[
    ("三级指标：甲", "目标：8000家以上", "目标：≥ 8000 家"),
    ("三级指标：甲", "目标：８０００．０ 家以内。", "目标：≤ 8000.0 家"),
    ("三级指标：甲", "目标：不足 -5％", "目标：< −5%"),
    ("三级指标：甲", "目标：等于 100 %", "目标：= 100%"),
    ("三级指标：甲", "目标：≠ 5", "目标：≠ 5"),
    ("三级指标：甲", "目标：［９０,100］ 分", "目标：[90，100] 分"),
    ("三级指标：甲", "目标：【90%，100%）", "目标：[90%，100%)"),
    ("三级指标：甲", "目标：80～90分", "目标：80—90 分"),
    ("三级指标：甲", "目标：80（含本数）~90(不含)", "目标：[80，90)"),
    ("三级指标：甲", "目标：“8000 家”", "目标：“8000 家”"),
    ("三级指标：甲", "目标：2026 年底前。", "目标：2026 年底前"),
    (
        "三级指标：甲",
        "评分：“按完成比例”,及格门槛 60%",
        "评分：按完成比例，及格门槛 = 60%",
    ),
    ("三级指标：甲", "评分：“按比例（新）”", "评分：“按比例（新）”"),
    (
        "数据：甲",
        "表中：“资金”．总额．“全年执行数”",
        "表中：资金.总额.全年执行数",
    ),
    (
        "数据：甲",
        "别名：“乙”；“丙、丁”，省级“上云”企业。",
        "别名：乙、“丙、丁”、省级“上云”企业",
    ),
    ("数据：甲", "单位：万元／家　＃ 注", "单位：万元/家 # 注"),
    (
        "数据：甲",
        "备注：单位：万元／家　＃ 注",
        "备注：单位：万元／家　＃ 注",
    ),
    ("检查：甲", "内置", "内置：是"),
    (
        "检查：甲",
        "要求：得分=“上云企业数”.实际/2",
        "要求：得分 = “上云企业数”.实际 ÷ 2",
    ),
    (
        "检查：甲",
        "要求：[得分+-1]*2》=（5）",
        "要求：(得分 + −1) × 2 ≥ (5)",
    ),
    (
        "检查：甲",
        "要求：得分属于（0分，分值］",
        "要求：得分 属于 (0 分，分值]",
    ),
    (
        "检查：甲",
        "要求：合计【指标行.得分】 已填",
        "要求：合计【指标行.得分】 已填",
    ),
    (
        "检查：甲",
        "要求：得分 ≥ 1 # 一\r并且 原因 已填；",
        "要求：得分 ≥ 1 # 一\n　　并且 原因 有值",
    ),
    ("评分标准：甲", "情形：其他情形,计0分", "情形：其余，得 0 分"),
    (
        "评分标准：甲",
        "情形：达标；并且 得分<5,得分值;其余,得[0分,分值)",
        "情形：达标 并且 得分 < 5，得 分值；其余，得 [0 分，分值)",
    ),
];

#[test]
fn the_kind_of_what_is_adjusted_is_written_in_its_first_spelling() {
    for (typed, written) in [
        ("改写：评分法/“按比例”", "调整：评分标准／按比例"),
        ("停用：检查 ／ 超额较多无说明。", "不适用：检查／超额较多无说明"),
        ("修改：指标／甲", "调整：指标／甲"),
        ("调整：等级", "调整：等级"),
    ] {
        assert_eq!(format(typed), Ok(format!("{written}\n")));
    }
}

#[test]
fn a_line_is_written_as_the_language_page_shows_it() {
    for (above, typed, written) in LINES {
        let text = format!("{above}\n{typed}");
        match format(&text) {
            Ok(whole) => assert_eq!(whole, format!("{above}\n　{written}\n")),
            Err(Refusal::Unreadable(_)) => assert_eq!(typed, written, "it cannot be read"),
            Err(Refusal::Unsure) => panic!("{typed}"),
        }
    }
}

fn rule_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![
        root.join("rules"),
        root.join("examples"),
        root.join("data/skeletons"),
    ];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "jx") {
                found.push(path);
            }
        }
    }
    assert!(found.len() >= 9, "{found:?}");
    found
}

#[test]
fn every_rule_file_that_ships_is_in_its_canonical_form() {
    for path in rule_files() {
        let text = fs::read_to_string(&path).unwrap();
        let written = format(&text);
        assert!(
            written.as_ref() == Ok(&text),
            "jixiao fmt 会改动 {}：{written:#?}",
            path.display()
        );
    }
}

#[test]
fn every_keyword_is_written_in_its_first_spelling() {
    for row in KEYWORDS {
        for synonym in row.synonyms {
            let owner = match row.place {
                Place::Attribute(owners) => KEYWORDS.iter().find(|other| other.word == owners[0]),
                _ => None,
            };
            let above = owner.map_or(String::new(), |owner| {
                format!("{}：{}\n", owner.text, owner.example)
            });
            let text = format!("{above}{synonym}:{}\n", row.example);
            let written = format(&text).unwrap();
            let line = written.lines().last().unwrap().trim_start();
            assert_eq!(line, format!("{}：{}", row.text, row.example), "{text}");
        }
    }
}

#[test]
fn every_example_of_the_keyword_table_is_canonical() {
    for row in KEYWORDS.iter().filter(|row| row.word != Word::BuiltIn) {
        let owner = match row.place {
            Place::Attribute(owners) => KEYWORDS.iter().find(|other| other.word == owners[0]),
            _ => None,
        };
        let above = owner.map_or(String::new(), |owner| {
            format!("{}：{}\n", owner.text, owner.example)
        });
        let indent = if owner.is_some() { "　" } else { "" };
        let text = format!("{above}{indent}{}：{}\n", row.text, row.example);
        assert_eq!(format(&text).as_ref(), Ok(&text));
    }
}

#[test]
fn blocks_of_the_language_pages_that_can_be_read_keep_what_is_said_of_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let (mut formatted, mut refused) = (0, 0);
    for folder in fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
    {
        let pages = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for page in pages.filter(|page| page.extension().is_some_and(|ending| ending == "md")) {
            let page = fs::read_to_string(page).unwrap();
            for block in page
                .split("```jx\n")
                .skip(1)
                .filter_map(|rest| rest.split("```").next())
            {
                match format(block) {
                    Ok(written) => {
                        assert_eq!(found(block), found(&written), "{block}\n---\n{written}");
                        assert_eq!(format(&written).unwrap(), written);
                        formatted += 1;
                    }
                    Err(refusal) => {
                        assert!(matches!(refusal, Refusal::Unreadable(_)), "{block}");
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(
        formatted > 20 && refused > 10,
        "{formatted} formatted, {refused} refused"
    );
}
