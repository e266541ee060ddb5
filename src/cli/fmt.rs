//! `jixiao fmt`: rule files to their canonical form, in place and all at once; what cannot be read is left as it is.

use crate::cli::arguments::FormatOptions;
use crate::cli::judge::{blank, unreadable};
use crate::cli::load;
use crate::cli::output::{self, Output, Stop};
use crate::cli::replacement::Replacement;
use crate::cli::rule_files::{self, is_input};
use crate::cli::{FAILED, PASSED, UNDETERMINED};
use crate::document::decode;
use crate::finding::{Finding, Outcome, Verdict};
use crate::render::Look;
use crate::render::to_terminal::Terminal;
use crate::source::Source;
use crate::syntax::to_text::{self, Refusal};
use similar::TextDiff;
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Looking for the smallest of all ways to show a change is not worth more time than this.
const PATIENCE: Duration = Duration::from_millis(500);
/// A report is told on a screen of this width.
const WIDTH: usize = 80;

/// How many files came to what.
#[derive(Default)]
struct Count {
    changed: usize,
    canonical: usize,
    refused: usize,
}

/// A rule file that was read.
struct Text {
    /// Its path as it is shown.
    name: String,
    old: String,
    new: String,
    /// The encoding that it was in, where it was not UTF-8.
    note: Option<String>,
    /// Whether its bytes would change.
    changed: bool,
}

/// Runs `fmt` and gives its exit code.
pub fn run(options: &FormatOptions, output: &mut Output) -> Result<u8, Stop> {
    let mut count = Count::default();
    for path in rule_files::named(&options.files) {
        let path = match path {
            Ok(path) => path,
            Err((path, problem)) => {
                refuse(&mut count, &unreadable(&path, &problem));
                continue;
            }
        };
        match read(&path) {
            Ok(text) => done(&path, &text, options, output, &mut count)?,
            Err(outcome) => refuse(&mut count, &outcome),
        }
    }
    let piped = options.files.iter().any(|path| is_input(path));
    if !piped && !options.diff {
        output.write(&told(&count, options.check))?;
    }
    Ok(match count {
        Count { changed: 1.., .. } if options.check => FAILED,
        Count { refused: 1.., .. } => UNDETERMINED,
        _ => PASSED,
    })
}

/// Tells of a file that is left as it is.
fn refuse(count: &mut Count, outcome: &Outcome) {
    count.refused += 1;
    let mut text = String::new();
    let (color, width) = (false, WIDTH);
    Terminal::new(Look { color, width }).rule_file(&mut text, outcome);
    text.push('\n');
    output::complain_plainly(&text);
}

/// Does with a file what the options ask for.
fn done(
    path: &Path,
    text: &Text,
    options: &FormatOptions,
    output: &mut Output,
    count: &mut Count,
) -> Result<(), Stop> {
    match text.changed {
        true => count.changed += 1,
        false => count.canonical += 1,
    }
    if options.diff {
        return output.write(&difference(text));
    }
    if is_input(path) && !options.check {
        return output.write(&text.new);
    }
    if !text.changed {
        return Ok(());
    }
    if !options.check {
        write(path, &text.new)?;
    }
    let verb = if options.check { "要整理" } else { "已整理" };
    let note = text
        .note
        .as_ref()
        .map_or(String::new(), |_| "（改存为 UTF-8 编码）".to_owned());
    output.write(&format!("{verb}：{}{note}\n", text.name))
}

/// The file is replaced when the new one is whole.
fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let mut file = Replacement::of(path).map_err(Stop::Failed)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.put_in_place());
    written.map_err(|_| {
        let path = load::shown(path);
        Stop::Failed(format!(
            "“{path}”写不进去，原来的文件不变。请检查磁盘是否已满、文件夹能否写入。"
        ))
    })
}

fn told(count: &Count, check: bool) -> String {
    let Count {
        changed,
        canonical,
        refused,
    } = count;
    let verb = if check { "要整理" } else { "整理了" };
    let mut parts = vec![format!("{verb} {changed} 个文件")];
    if *canonical > 0 {
        parts.push(format!("{canonical} 个格式已经统一"));
    }
    if *refused > 0 {
        parts.push(format!("{refused} 个没有动"));
    }
    format!("{}。\n", parts.join("，"))
}

/// The changes line by line.
fn difference(text: &Text) -> String {
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(&text.old, &text.new);
    let (old, new) = (format!("{}\t现在", text.name), format!("{}\t整理后", text.name));
    diff.unified_diff()
        .header(&old, &new)
        .missing_newline_hint(false)
        .to_string()
}

/// Reads a rule file and formats it, or says why it is left as it is.
fn read(path: &Path) -> Result<Text, Box<Outcome>> {
    let name = match is_input(path) {
        true => "标准输入".to_owned(),
        false => load::shown(path),
    };
    let refused = |problem| Box::new(unreadable(&name, &problem));
    let bytes = load::read(path).map_err(refused)?;
    let decoded = decode::decode(Cow::Borrowed(&bytes));
    let (old, note) = decoded.map_err(|message| refused(load::problem(&message, "")))?;
    if old.contains('\u{FFFD}') {
        return Err(refused(load::problem(
            "文件里有读不出来的字，没有动。",
            "请用原来的程序打开，核对文字，另存为 UTF-8 编码的文本文件。",
        )));
    }
    match to_text::format(&old) {
        Ok(new) => Ok(Text {
            changed: new.as_bytes() != bytes,
            name,
            old,
            new,
            note,
        }),
        Err(Refusal::Unreadable(findings)) => Err(Box::new(mistakes(&name, old, findings))),
        Err(Refusal::Unsure) => Err(refused(load::problem(
            "不能确定整理后意思不变，没有动。",
            "请把这个文件告诉维护者；文件本身没有问题，可以照常使用。",
        ))),
    }
}

/// The lines that must be mended first.
fn mistakes(name: &str, text: String, findings: Vec<Finding>) -> Outcome {
    let lines = findings.len();
    let mut outcome = blank(name, Verdict::Undetermined);
    outcome.reasons = vec![format!(
        "有 {lines} 处读不懂，整个文件没有动。请先改正上面标出的地方，再整理。"
    )];
    outcome.findings = findings;
    outcome.sources = vec![Arc::new(Source::new(name, text))];
    outcome
}
