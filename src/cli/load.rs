//! Files to what the library reads: bytes of reports, rules by name, 引用 resolved, and a sentence for everything that
//! cannot be read.

use crate::cli::convert;
use crate::cli::workers::waiting;
use crate::document::kind::{self, Kind};
use crate::document::{self, Document};
use crate::packs;
use crate::source::Source;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Reports are kilobytes: what is larger is something else, and offsets are 32 bits wide.
const LARGEST: u64 = 64 << 20;
/// The endings of reports that are looked for in a folder, and read.
pub use crate::document::kind::READ;
/// The endings of what a reader would take for a report, and that is not read: each file is told of.
const TOLD_OF: &[&str] = &[
    "docx", "docm", "doc", "wps", "odt", "rtf", "xlsx", "xlsm", "xlsb", "xls", "et", "ods", "pdf", "ofd",
    "html", "htm", "mht", "jpg", "jpeg", "png", "tif", "tiff", "bmp", "zip", "rar", "7z",
];

/// Why a file was not read, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A problem in two sentences.
pub fn problem(message: &str, help: &str) -> Problem {
    Problem {
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

/// What is said of a report that took too long to read or to judge.
pub fn late() -> Problem {
    problem(
        "这份报告太复杂，一分钟还没有核对完，没有结果。",
        "请确认文件是否正常，或把报告部分另存一份再核对；其他文件不受影响。",
    )
}

/// A path as it is shown, with / on every system.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    }
}

/// The ending of a file's name, in small letters.
pub fn ending(path: &Path) -> String {
    path.extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// Whether a file of that ending is a report: what cannot be read yet is one too, and must be told of.
pub fn is_known(ending: &str) -> bool {
    READ.contains(&ending) || TOLD_OF.contains(&ending)
}

/// NUL bytes are one half of most UTF-16 digits and line breaks: only where they stand on both halves it is no text.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let marked = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let nul = |half: usize| {
        head.iter()
            .skip(half)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = match head.contains(&0) {
        true => (nul(0), nul(1)),
        false => (0, 0),
    };
    // so many at a time as a byte can count, which the machine then does sixteen at once
    let control: usize = head
        .chunks(255)
        .map(|part| usize::from(part.iter().map(|byte| u8::from(is_control(*byte))).sum::<u8>()))
        .sum();
    !marked && ((even > 0 && odd > 0) || (even + odd == 0 && control * 20 > head.len()))
}

/// A sign that steers a machine and stands in no text: 1 to 8, 14 to 26, 28 to 31. Without a branch.
fn is_control(byte: u8) -> bool {
    (byte.wrapping_sub(1) < 8) | (byte.wrapping_sub(14) < 13) | (byte.wrapping_sub(28) < 4)
}

/// The bytes of a file. `-` is standard input.
pub fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let done = if path == Path::new("-") {
        waiting(|| io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes))
    } else {
        let (file, length) = open(path)?;
        // growing would end with up to twice the memory
        bytes.reserve_exact(length.min(LARGEST) as usize + 1);
        file.take(LARGEST + 1).read_to_end(&mut bytes)
    };
    done.map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(problem(
            "文件太大，不像是一份报告，没有读。",
            "请确认文件，或拆成几份（每份不超过 64 MB）。",
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(problem(
            "文件是空的。",
            "请确认是否拿错了文件，或保存时没有写入内容。",
        ));
    }
    Ok(bytes)
}

/// A report as the library reads it; one of an old format after LibreOffice has converted it.
pub fn document(path: &Path) -> Result<Document, Problem> {
    let name = shown(path);
    let bytes = read_report(path)?;
    match kind::old(&bytes) {
        Some(format) => convert::read(&name, &bytes, format),
        None => document::read_owned(&name, bytes).map_err(|message| problem(&message, "")),
    }
}

/// The bytes of a report. What they are is for the library to say; only what no reader of documents knows is told of
/// here.
pub fn read_report(path: &Path) -> Result<Vec<u8>, Problem> {
    let bytes = read(path)?;
    // the library knows documents by their first bytes; what is left is text or nothing
    let is_text = document::kind::of(&shown(path), &bytes).is_ok_and(|kind| matches!(kind, Kind::Text(_)));
    match is_text && is_binary(&bytes) {
        true => Err(problem(
            "内容是某种程序专用的格式，不是文档，也不是纯文本，这一版还不能读。",
            "请用原来的程序打开，另存为 .docx、.xlsx 或 .txt 后再核对。",
        )),
        false => Ok(bytes),
    }
}

/// The file and how long it is.
fn open(path: &Path) -> Result<(File, u64), Problem> {
    let about = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !about.is_file() {
        return Err(problem("不是普通文件，没有读。", "请写上报告文件的路径。"));
    }
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    Ok((file, about.len()))
}

fn unreadable(error: &io::Error) -> Problem {
    match error.kind() {
        ErrorKind::NotFound => problem("找不到这个文件。", "请检查路径和文件名是否写对。"),
        ErrorKind::PermissionDenied => {
            problem("没有读取这个文件的权限。", "请检查文件权限，或复制一份再试。")
        }
        _ => problem("文件打不开。", "请检查文件是否正被占用、磁盘是否正常。"),
    }
}

/// A rule file as a source. Rule files are UTF-8.
pub fn read_rules(path: &Path) -> Result<Source, Problem> {
    let bytes = read(path)?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(problem(
            "这是 Word、Excel 文档，只是把文件名改成了 .jx，没有读。",
            "请用 Word 或 WPS 打开，另存为“纯文本（.txt）”，编码选 UTF-8，再把文件名改成 .jx。",
        ));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        problem(
            "规则文件不是 UTF-8 编码，没有读。",
            "请用记事本打开，点“文件”“另存为”，在“编码”里选 UTF-8，再保存。",
        )
    })?;
    Ok(Source::new(shown(path), text))
}

/// What `--rules` names: a built-in pack, else a file.
pub fn named_rules(name: &str) -> Result<Source, Problem> {
    if let Some(pack) = packs::by_name(name) {
        return Ok(Source::built_in(pack.name, pack.text));
    }
    let path = Path::new(name);
    if path.exists() {
        return read_rules(path);
    }
    Err(problem(
        "没有这个内置规则包，也没有这个文件。",
        "用 jixiao packs 查看内置的规则包；规则文件请写完整的路径。",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_any_encoding_is_no_binary_file() {
        let utf16: Vec<u8> = "目标 8000 家\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(!is_binary(&utf16));
        assert!(!is_binary("目标 8000 家\r\n".as_bytes()));
        assert!(!is_binary(&[0xC4, 0xBF, 0xB1, 0xEA, b'8', b'\n']), "GBK");
    }

    #[test]
    fn signs_that_steer_a_machine_are_these() {
        for byte in 0..=u8::MAX {
            assert_eq!(
                is_control(byte),
                matches!(byte, 1..=8 | 14..=26 | 28..=31),
                "{byte}"
            );
        }
        assert!(is_binary(&[1; 8192]));
    }

    #[test]
    fn programs_are_told_from_text_by_their_content() {
        assert!(is_binary(&[0, 0, 1, 0, 2, 0]));
        assert!(is_binary(&[1, 2, 3, 4, b'a']));
    }
}
