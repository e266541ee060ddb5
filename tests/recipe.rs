//! The recipe for checking before a report is handed in (docs/报送前核对.md): each command line that stands in it is run,
//! in the order of the page, on files of the names that it uses, and comes to a verdict.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PAGE: &str = include_str!("../docs/报送前核对.md");

const PARAGRAPHS: [&str; 3] = [
    "2022年度柳河县农田灌溉示范项目绩效自评报告",
    "全年安排资金60万元，其中中央资金30万元，省级资金20万元，县级资金15万元。",
    "自评得分84.47分，评价等级为“优”。",
];

fn docx(path: &Path) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    let text: String = PARAGRAPHS
        .iter()
        .map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
        .collect();
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    for (name, content) in [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"{relation}\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
                 <w:body>{text}</w:body></w:document>"
            ),
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

/// The files that the page speaks of.
fn prepare(folder: &Path) {
    docx(&folder.join("自评报告.docx"));
    fs::write(folder.join("自评表.md"), "自评得分84.47分。\n").unwrap();
    fs::write(folder.join("规则.jx"), "规则：本地\n引用：通用/自评表\n").unwrap();
    for unit in ["甲单位", "乙单位"] {
        let folder = folder.join("收件").join(unit);
        fs::create_dir_all(&folder).unwrap();
        docx(&folder.join("自评报告.docx"));
    }
}

/// The command lines of the page.
fn commands() -> Vec<&'static str> {
    PAGE.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect()
}

fn command(line: &str, folder: &Path) -> Command {
    let mut words = line.split(' ');
    assert_eq!(words.next(), Some("jixiao"), "{line}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.args(words).current_dir(folder);
    command
}

/// The run does not end by itself: its first line says that it has begun.
fn begins(line: &str, folder: &Path) {
    let mut child = command(line, folder).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.contains("开始持续核对"), "{line}: {first}");
}

fn ends(line: &str, folder: &Path) {
    let done = command(line, folder).output().unwrap();
    let errors = String::from_utf8(done.stderr).unwrap();
    // a report with errors fails, until what was found is accepted or known
    let wanted = match line {
        _ if line.contains(" accept ") || line.contains(" --baseline ") => 0,
        _ => 1,
    };
    assert_eq!(done.status.code(), Some(wanted), "{line}\n{errors}");
    for option in ["-o", "--annotate"] {
        let after = line.split_once(&format!(" {option} "));
        if let Some(file) = after.and_then(|(_, rest)| rest.split(' ').next()) {
            assert!(folder.join(file).metadata().unwrap().len() > 0, "{line}");
        }
    }
}

#[test]
fn each_command_of_the_recipe_does_what_the_page_says() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    prepare(folder);
    let commands = commands();
    assert!(commands.len() >= 13, "{commands:?}");
    let help = command("jixiao check --help", folder).output().unwrap().stdout;
    let copies = String::from_utf8(help).unwrap().contains("--annotate");
    for line in commands {
        // a build without copies with remarks has nothing to run there
        if line.contains("--annotate") && !copies {
            continue;
        }
        match line.contains("--watch") {
            true => begins(line, folder),
            false => ends(line, folder),
        }
    }
}

#[test]
fn the_page_names_each_verdict_and_each_exit_code() {
    for word in [
        "| 通过 |",
        "| 不通过 |",
        "| 无法判定 |",
        "| 0 |",
        "| 1 |",
        "| 2 |",
    ] {
        assert!(PAGE.contains(word), "{word}");
    }
}
