//! Files to what the library reads: bytes of reports, rules by name, 引用 resolved, and a sentence for everything that
//! cannot be read.

use crate::packs;
use crate::source::Source;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Reports are kilobytes: what is larger is something else, and offsets are 32 bits wide.
const LARGEST: u64 = 64 << 20;
/// The endings of reports that are looked for in a folder, and read.
pub const READ: &[&str] = &["txt", "text", "md", "markdown"];

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
    READ.contains(&ending) || unsupported(ending).is_some()
}

/// Why files of that ending are not read in this version, where they are known.
fn unsupported(ending: &str) -> Option<Problem> {
    let help = match ending {
        "docx" | "doc" | "wps" | "odt" | "rtf" => {
            "请用 Word 或 WPS 打开，另存为“纯文本（.txt）”后再核对；表格较多时改存为 .md 更准。"
        }
        "xlsx" | "xls" | "et" | "ods" => "请用 Excel 或 WPS 打开，把表格另存为“文本文件（.txt）”后再核对。",
        "pdf" | "ofd" => "请把其中的文字和表格复制到 .txt 或 .md 文件后再核对。",
        "html" | "htm" | "mht" => "请用浏览器打开，另存为“文本文件（.txt）”后再核对。",
        "jpg" | "jpeg" | "png" | "tif" | "tiff" | "bmp" => "请先识别成文字，存为 .txt 或 .md 后再核对。",
        "zip" | "rar" | "7z" => "请先解压。",
        _ => return None,
    };
    Some(problem(&format!("这一版还不能读 .{ending} 文件。"), help))
}

/// What a file is by its first bytes, where it is no text.
fn by_content(bytes: &[u8]) -> Option<Problem> {
    let name = match bytes {
        [b'P', b'K', 3, 4, ..] => " Word、Excel 文档或压缩包",
        [b'%', b'P', b'D', b'F', ..] => " PDF ",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "旧版 Word 或 Excel 文档",
        _ if is_binary(bytes) => "某种程序专用的格式",
        _ => return None,
    };
    Some(problem(
        &format!("内容是{name}，不是纯文本，这一版还不能读。"),
        "请用原来的程序打开，另存为 .txt 或 .md 后再核对。",
    ))
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
    let (even, odd) = (nul(0), nul(1));
    let control = head
        .iter()
        .filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31))
        .count();
    !marked && ((even > 0 && odd > 0) || (even + odd == 0 && control * 20 > head.len()))
}

/// The bytes of a file. `-` is standard input.
pub fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let done = if path == Path::new("-") {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
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

/// The bytes of a report, which must be text.
pub fn read_report(path: &Path) -> Result<Vec<u8>, Problem> {
    match fs::metadata(path) {
        // what is not there is told as such, whatever its ending
        Ok(_) => {
            if let Some(problem) = unsupported(&ending(path)) {
                return Err(problem);
            }
        }
        Err(error) if path != Path::new("-") => return Err(unreadable(&error)),
        Err(_) => {}
    }
    let bytes = read(path)?;
    match by_content(&bytes) {
        Some(problem) => Err(problem),
        None => Ok(bytes),
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
        return Ok(Source::new(pack.name, pack.text));
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
        assert_eq!(by_content(&utf16), None);
        assert_eq!(by_content("目标 8000 家\r\n".as_bytes()), None);
        assert_eq!(by_content(&[0xC4, 0xBF, 0xB1, 0xEA, b'8', b'\n']), None, "GBK");
    }

    #[test]
    fn documents_and_programs_are_told_from_text_by_their_content() {
        for bytes in [
            &b"PK\x03\x04abc"[..],
            b"%PDF-1.7",
            &[0, 0, 1, 0, 2, 0],
            &[1, 2, 3, 4, b'a'],
        ] {
            assert!(by_content(bytes).is_some(), "{bytes:?}");
        }
    }
}
