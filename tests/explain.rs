//! `jixiao explain` from outside: every word has its explanation, a rule file is read out, and the document is the same
//! in every format.

use jixiao::checks::{self, CHECKS, pages};
use jixiao::expr::fields::FIELDS;
use jixiao::model::{self, TITLES, from_syntax};
use jixiao::packs::PACKS;
use jixiao::reading::{catalogue, manual};
use jixiao::render::{rules_to_docx, rules_to_markdown, rules_to_terminal};
use jixiao::source::Source;
use jixiao::syntax::keywords::{CONTEXTS, FUNCTIONS, KEYWORDS};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The model of a rule file of this repository.
fn load(path: &str) -> model::Model {
    let text = std::fs::read_to_string(root().join(path)).expect("a rule file");
    let (model, findings) = from_syntax::load(vec![Source::new(path, text)], &mut |_, _| None);
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == jixiao::finding::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    model
}

fn document(path: &str) -> Vec<jixiao::reading::Block> {
    manual::write(&load(path), manual::For::Public, &catalogue::about)
}

const EXAMPLES: &[&str] = &["rules/示例/两化融合专项.jx", "rules/通用/自评表.jx"];

#[test]
fn the_example_rules_are_read_out_as_a_document() {
    for path in EXAMPLES {
        let name = Path::new(path)
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        // what changes with every word of the packs is no matter of this test
        let markdown = rules_to_markdown::write(&document(path));
        let markdown: String = markdown
            .lines()
            .filter(|line| !line.contains("校验码"))
            .map(|line| format!("{line}\n"))
            .collect();
        insta::assert_snapshot!(format!("说明_{name}"), markdown);
    }
}

#[test]
fn the_screen_also_tells_what_is_left_of_every_weight() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = [
        "规则：养护绩效",
        "一级指标：预算执行率，10 分",
        "　评分：按执行率",
        "一级指标：产出指标，50 分",
        "　二级指标：数量指标",
        "　　三级指标：养护里程，20 分",
        "　　三级指标：桥梁座数，10 分",
        "　二级指标：质量指标，20 分",
        "　　三级指标：优良路率，25 分",
        "　　三级指标：验收合格率",
        "一级指标：效益指标，30 分",
    ]
    .join("\n");
    std::fs::write(folder.path().join("养护.jx"), rules).expect("written");
    let output = run(folder.path(), &["explain", "养护.jx"]);
    assert_eq!(output.status.code(), Some(1), "the file holds an error");
    assert!(err(&output).contains("“养护.jx”有"), "{}", err(&output));
    let text = out(&output);
    let start = text.find("分值分配情况").expect("the section");
    let section: String = text[start..]
        .lines()
        .take(8)
        .map(|line| format!("{line}\n"))
        .collect();
    insta::assert_snapshot!("分值分配", section);
}

#[test]
fn markdown_and_docx_say_the_same_in_the_same_order() {
    for path in EXAMPLES {
        let blocks = document(path);
        let docx = rules_to_docx::write(&blocks).expect("a document");
        assert_eq!(
            docx,
            rules_to_docx::write(&blocks).expect("a document"),
            "the same bytes"
        );
        assert_eq!(
            words_of_docx(&docx),
            words_of_markdown(&rules_to_markdown::write(&blocks))
        );
        let screen = rules_to_terminal::write(&blocks, 80);
        let title = words_of_docx(&docx)[..12].to_owned();
        assert!(
            screen.replace([' ', '\n'], "").starts_with(&title[..12]),
            "{title}"
        );
    }
}

/// The letters of a document without blanks.
fn words_of_docx(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut part = archive.by_name("word/document.xml").expect("the document");
    let mut xml = String::new();
    part.read_to_string(&mut xml).expect("text");
    let mut words = String::new();
    for piece in xml.split("<w:t xml:space=\"preserve\">").skip(1) {
        words.push_str(piece.split("</w:t>").next().unwrap_or(""));
    }
    let plain = words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    plain.replace("&amp;", "&").replace(' ', "")
}

/// The letters of Markdown without its signs.
fn words_of_markdown(text: &str) -> String {
    let mut words = String::new();
    for line in text
        .lines()
        .filter(|line| !line.starts_with("---") && !line.starts_with("| ---"))
    {
        let mut signs = line.trim_start_matches("#").chars();
        while let Some(sign) = signs.next() {
            match sign {
                '\\' => words.extend(signs.next()),
                ' ' | '|' => {}
                other => words.push(other),
            }
        }
    }
    words
}

#[test]
fn a_document_is_written_to_a_file_and_opened_as_docx() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = root().join("rules/示例/两化融合专项.jx");
    let rules = rules.to_string_lossy();
    let nowhere = run(folder.path(), &["explain", &rules, "--format", "docx"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(err(&nowhere).contains("请加上 -o 和文件名"), "{}", err(&nowhere));
    let written = run(
        folder.path(),
        &["explain", &rules, "--format", "docx", "-o", "说明.docx"],
    );
    assert_eq!(written.status.code(), Some(0), "{}", err(&written));
    let bytes = std::fs::read(folder.path().join("说明.docx")).expect("the document");
    assert!(words_of_docx(&bytes).starts_with("两化融合专项绩效自评规则说明"));
    let markdown = run(folder.path(), &["explain", &rules, "--format", "md"]);
    assert_eq!(words_of_markdown(&out(&markdown)), words_of_docx(&bytes));
    run(
        folder.path(),
        &["explain", &rules, "--format", "md", "-o", "说明.md"],
    );
    let file = std::fs::read_to_string(folder.path().join("说明.md")).expect("the file");
    assert_eq!(file, out(&markdown));
}

#[test]
fn options_of_a_document_without_a_rule_file_are_refused() {
    for arguments in [
        &["explain", "--format", "md"][..],
        &["explain", "完成率", "-o", "甲.md"],
    ] {
        let output = run(&root(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains("只用于规则文件"), "{}", err(&output));
    }
    let missing = run(&root(), &["explain", "没有.jx"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        err(&missing).contains("“没有.jx”找不到这个文件"),
        "{}",
        err(&missing)
    );
}

#[test]
fn nothing_that_a_user_meets_is_without_explanation() {
    let mut names: Vec<String> = CHECKS.iter().map(|check| check.id.to_owned()).collect();
    names.extend(
        TITLES
            .iter()
            .flat_map(|(id, title)| [(*id).to_owned(), (*title).to_owned()]),
    );
    for row in KEYWORDS {
        names.push(row.text.to_owned());
        names.extend(row.synonyms.iter().map(|synonym| (*synonym).to_owned()));
    }
    names.extend(FIELDS.iter().map(|(_, field, _)| (*field).to_owned()));
    names.extend(CONTEXTS.iter().chain(FUNCTIONS).map(|word| (*word).to_owned()));
    for pack in PACKS {
        names.push(pack.name.to_owned());
        let (model, _) = from_syntax::load(vec![Source::new(pack.name, pack.text)], &mut |_, _| None);
        let of_checks = model
            .checks
            .iter()
            .flat_map(|check| [check.name.clone(), check.id().to_owned()]);
        names.extend(of_checks);
    }
    let known = catalogue::entries();
    let missing: Vec<&String> = names
        .iter()
        .filter(|name| !known.iter().any(|entry| entry.names.contains(name)))
        .collect();
    assert!(missing.is_empty(), "not explained: {missing:?}");
    for entry in &known {
        assert!(
            entry.text.lines().count() > 1,
            "{:?} says too little",
            entry.names
        );
        assert!(
            !entry.text.contains("。。") && !entry.text.contains("：。"),
            "{}",
            entry.text
        );
    }
}

#[test]
fn every_wrong_example_is_found_and_its_repair_is_not() {
    let pages = include_str!("../data/rule_faults.md");
    let mut tried = 0;
    for page in pages.split("## ").skip(1) {
        let id = page.lines().next().expect("an id");
        if !TITLES.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let examples: Vec<&str> = page
            .split("```jx\n")
            .skip(1)
            .filter_map(|rest| rest.split("```").next())
            .collect();
        let [wrong, right] = examples.as_slice() else {
            continue;
        };
        let ids = |text: &str| -> Vec<String> {
            let (_, findings) = from_syntax::load(vec![Source::new("规则.jx", text)], &mut |_, _| None);
            findings.iter().map(|finding| finding.check.clone()).collect()
        };
        assert!(
            ids(wrong).iter().any(|found| found == id),
            "{id}: {:?}\n{wrong}",
            ids(wrong)
        );
        assert!(ids(right).is_empty(), "{id}: {:?}\n{right}", ids(right));
        tried += 1;
    }
    assert!(tried >= 8, "only {tried} examples were tried");
}

#[test]
fn a_word_is_explained_by_any_of_its_spellings() {
    for (word, said) in [
        ("指标", "关键词：三级指标（也可写作：指标）"),
        ("完成率：", "实际完成值 ÷ 目标值"),
        ("不低于", "左边大于或等于右边"),
        (
            "财预[2020]10号",
            "怎样用：在规则文件开头写“引用：财预〔2020〕10号”。",
        ),
        ("score-sum", "总分应当等于各项指标的得分之和"),
        ("超额较多无说明", "完成率达到 130% 及以上的"),
        ("rule-weight-sum", "改正："),
    ] {
        let output = run(&root(), &["explain", word]);
        assert_eq!(output.status.code(), Some(0), "{word}: {}", err(&output));
        let text = out(&output).replace('\n', "");
        assert!(text.contains(said), "{word}: {text}");
    }
    let all = run(&root(), &["explain", "--all", "--format", "md"]);
    assert!(CHECKS.iter().all(|check| out(&all).contains(check.id)));
    let wrong = run(&root(), &["explain", "完成绿"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("是不是想写 完成率"), "{}", err(&wrong));
}

#[test]
fn what_is_adjusted_as_a_whole_stands_beside_the_old_and_what_is_switched_off_is_not_demanded() {
    let folder = std::env::temp_dir().join(format!("jixiao-explain-whole-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let rules = "规则：县级\n引用：财预〔2020〕10号\n附件：验收报告\n加分项：获奖加分，最多 5 分\n调整：等级\n　区间：优 [92，100]；良 [80，92)；中 [60，80)；差 [0，60)\n　理由：本县分档\n不适用：检查／缺附件\n　理由：附件另行报送\n";
    std::fs::write(folder.join("县级.jx"), rules).expect("a file");
    let said: String = out(&run(&folder, &["explain", "县级.jx"]))
        .split_whitespace()
        .collect();
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    assert!(said.contains("事项：等级原规定：优[90，100]；"), "{said}");
    assert!(!said.contains("报告应附下列材料"), "{said}");
    assert!(said.contains("“获奖加分”最多加5分"), "{said}");
}

/// The list of checks: id, title, what it finds, what it is about, how grave it is.
fn listed() -> Vec<Vec<&'static str>> {
    let lines = include_str!("../data/checks.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect()).collect()
}

#[test]
fn every_check_says_what_it_finds_why_how_to_mend_it_an_example_and_its_basis() {
    let mut missing: Vec<String> = Vec::new();
    let listed = listed();
    for id in checks::known_ids() {
        let file = format!("src/checks/{}.rs", id.replace('-', "_"));
        let of_code = CHECKS.iter().any(|check| check.id == id);
        let place = match of_code {
            true => format!("the //! head of {file}: a line “//! 依据：…” and so on"),
            false => format!("data/check_pages.md, below “## {id}”: a line “依据：…” and so on"),
        };
        let parts = pages::parts(&id);
        let lacking: Vec<&str> = pages::PARTS
            .iter()
            .copied()
            .filter(|part| {
                !parts
                    .iter()
                    .any(|(label, words)| label == part && words.chars().count() >= 8)
            })
            .collect();
        if !lacking.is_empty() {
            missing.push(format!("{id} lacks {}. Write it in {place}", lacking.join("、")));
        }
        for (label, words) in &parts {
            if !words.ends_with(['。', '”', '）']) {
                missing.push(format!(
                    "{id}: “{label}” is no whole sentence, end it with 。 ({place})"
                ));
            }
        }
        match listed.iter().find(|row| row[0] == id).map(Vec::as_slice) {
            Some([_, _, _, kind, level]) if !kind.is_empty() && ["错误", "警告", "提醒"].contains(level) => {}
            _ => missing.push(format!(
                "{id}: its row in data/checks.tsv must have five columns: 代号, 中文, 说明, 类别 (as other rows have it), 级别 (错误 警告 提醒)"
            )),
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn the_level_of_a_check_in_the_list_is_the_one_that_the_standard_pack_gives_it() {
    let model = load("rules/通用/自评表.jx");
    for row in listed().iter().filter(|row| row.len() >= 5) {
        let own: Vec<&str> = model
            .checks
            .iter()
            .filter(|check| check.id() == row[0])
            .map(manual::level)
            .collect();
        assert!(
            own.is_empty() || own.contains(&row[4]),
            "{}: data/checks.tsv says {}, rules/通用/自评表.jx says {own:?}",
            row[0],
            row[4]
        );
    }
}

#[test]
fn the_directory_of_checks_is_what_explain_says() {
    let said = out(&run(&root(), &["explain", "--all", "--format", "md"]));
    let path = root().join("docs/检查目录.md");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(&path, &said).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == said,
        "docs/检查目录.md differs; UPDATE_PAGES=1 cargo test --test explain rewrites it"
    );
    let screen = out(&run(&root(), &["explain", "--all"])).replace(['\n', ' '], "");
    for (label, words) in pages::parts("score-sum") {
        let words = words.replace(' ', "");
        assert!(screen.contains(&format!("{label}：{words}")), "{label}: {screen}");
    }
}

#[test]
fn every_check_of_the_list_is_made_by_code_or_by_a_pack() {
    let known = checks::known_ids();
    let of_the_program = |id: &str| {
        ["rule-", "waiver-"].iter().any(|kind| id.starts_with(kind))
            || ["unreadable-input", "internal-error"].contains(&id)
    };
    for row in listed() {
        assert!(
            of_the_program(row[0]) || known.iter().any(|id| id == row[0]),
            "{}",
            row[0]
        );
    }
}
