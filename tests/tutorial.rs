//! The tutorial (docs/写规则.md) is followed to the letter: its files are written as it says, its commands are run, and
//! what it shows is what they print. UPDATE_PAGES=1 rewrites what they print.
//!
//! A fence says what its block is: `jx 写入 甲.jx` is a file, `jx 追加 甲.jx` goes to its end, `jx 替换 甲.jx 行` takes the
//! place of a line of it, and `console` holds a command behind `$` and what it prints, `console 前 24 行` its first lines.

use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/写规则.md");

/// Does what a fence says with the lines of its block; a command answers with what the block should hold.
fn follow(fence: &str, block: &str, folder: &Path) -> Option<String> {
    let mut words = fence.splitn(4, ' ');
    let (kind, action) = (words.next()?, words.next());
    if kind == "console" {
        let shown = words
            .next()
            .map_or(usize::MAX, |count| count.parse().expect("a number of lines"));
        return Some(run(block, folder, shown));
    }
    let file = folder.join(words.next()?);
    let before = fs::read_to_string(&file).unwrap_or_default();
    let after = match action? {
        "写入" => block.to_owned(),
        "追加" => before + block,
        "替换" => {
            let line = format!("{}\n", words.next().expect("the line that is replaced"));
            assert!(before.contains(&line), "no line “{line}” in\n{before}");
            before.replacen(&line, block, 1)
        }
        other => panic!("a block cannot be “{other}”"),
    };
    fs::write(file, after).unwrap();
    None
}

/// The command line of a block and the first lines of what it prints.
fn run(block: &str, folder: &Path, shown: usize) -> String {
    let line = block.lines().next().expect("a command");
    let mut words = line.split(' ');
    assert_eq!(
        (words.next(), words.next()),
        (Some("$"), Some("jixiao")),
        "{line}"
    );
    let done = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(words)
        .current_dir(folder)
        .output()
        .unwrap();
    let printed = [done.stdout, done.stderr].concat();
    let printed = String::from_utf8(printed).unwrap();
    let mut lines: Vec<&str> = printed.trim_end().lines().collect();
    if lines.len() > shown {
        lines.truncate(shown);
        lines.push("…");
    }
    lines.insert(0, line);
    lines.join("\n") + "\n"
}

#[test]
fn the_tutorial_prints_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(PAGE).unwrap();
    let (mut followed, mut fence, mut block) = (String::new(), None, String::new());
    let mut commands = 0;
    for line in page.lines() {
        match (&fence, line.strip_prefix("```")) {
            (None, Some(opened)) => fence = Some(opened.to_owned()),
            (Some(opened), Some("")) => {
                let answer = follow(opened, &block, folder.path());
                commands += usize::from(answer.is_some());
                followed.push_str(&answer.unwrap_or_else(|| block.clone()));
                (fence, block) = (None, String::new());
            }
            (Some(_), _) => {
                block.push_str(line);
                block.push('\n');
                continue;
            }
            (None, None) => {}
        }
        followed.push_str(line);
        followed.push('\n');
    }
    assert!(commands >= 10, "only {commands} commands were run");
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(PAGE, &followed).unwrap();
    } else if followed != page {
        let differing = followed.lines().zip(page.lines()).find(|(a, b)| a != b);
        panic!("the tutorial shows something else: {differing:?}\nUPDATE_PAGES=1 rewrites what is printed");
    }
}
