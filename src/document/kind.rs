//! A file's bytes and name to what it is: the bytes say it first, whatever the ending claims.

use memchr::memmem;
use std::cmp::Ordering;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Plain text, or Markdown.
    Text(bool),
    /// A docx file.
    Word,
    /// An xlsx file.
    Sheet,
    /// An xls or et file.
    OldSheet,
    /// An OpenDocument text.
    OpenText,
    /// An OpenDocument workbook.
    OpenSheet,
    /// A web page.
    Page,
    /// A PDF file.
    Pdf,
}

/// A format that is read only after another program has converted it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Old {
    /// A doc or wps file.
    Word,
    /// A workbook of Excel 95 or before.
    Book,
    /// An rtf file.
    Rich,
}

/// Whether the bytes are of such a format.
pub fn old(bytes: &[u8]) -> Option<Old> {
    match bytes {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => match compound(bytes) {
            Compound::Word => Some(Old::Word),
            Compound::Book => Some(Old::Book),
            _ => None,
        },
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(Old::Rich),
        _ => None,
    }
}

/// What such a format is called.
pub fn old_name(format: Old) -> &'static str {
    match format {
        Old::Word => "旧版 Word 或 WPS 文档（.doc、.wps）",
        Old::Book => "很旧的 Excel 表格（Excel 95 或更早）",
        Old::Rich => "RTF 文件（.rtf）",
    }
}

/// The ending that tells a program what it is, and that of the format to convert it to.
pub fn old_endings(format: Old) -> (&'static str, &'static str) {
    match format {
        Old::Word => ("doc", "docx"),
        Old::Book => ("xls", "xlsx"),
        Old::Rich => ("rtf", "docx"),
    }
}

/// What to say where no program can convert it.
pub fn too_old(format: Old) -> String {
    let (name, (_, to)) = (old_name(format), old_endings(format));
    let program = if format == Old::Book { "Excel" } else { "Word" };
    format!(
        "这是{name}，不能直接读。请用 {program} 或 WPS 打开，点“文件”“另存为”，保存类型选 .{to}，再核对；装有 LibreOffice 的电脑上可以直接核对。"
    )
}

/// Endings of files that are read, each by its feature.
pub const READ: &[&str] = &[
    "txt",
    "text",
    "md",
    "markdown",
    #[cfg(feature = "docx")]
    "docx",
    #[cfg(feature = "docx")]
    "docm",
    #[cfg(feature = "xlsx")]
    "xlsx",
    #[cfg(feature = "xlsx")]
    "xlsm",
    #[cfg(feature = "xls")]
    "xls",
    #[cfg(feature = "xls")]
    "et",
    #[cfg(feature = "ods")]
    "ods",
    #[cfg(feature = "odt")]
    "odt",
    #[cfg(feature = "pdf")]
    "pdf",
    "html",
    "htm",
];

/// What the bytes are. An error says in Chinese what they are and what to do, where they are nothing that is read.
pub fn of(name: &str, bytes: &[u8]) -> Result<Kind, String> {
    let head = &bytes[..bytes.len().min(4096)];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("文件是空的，没有可核对的内容。请检查文件是否保存完整。".into());
    }
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => packed(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => match compound(bytes) {
            Compound::Sheet => Ok(Kind::OldSheet),
            Compound::Word => Err(too_old(Old::Word)),
            Compound::Book => Err(too_old(Old::Book)),
            Compound::Locked => Err(
                "文件设了打开密码，读不了。请用 Word、Excel 或 WPS 打开，去掉密码后另存再核对。".into(),
            ),
            Compound::Other => Err(
                "这是旧版 Office 或别的程序的文件，或者没有下载完整，读不了。请重新取一份，或用原来的程序打开，另存为 .docx 或 .xlsx 后再核对。"
                    .into(),
            ),
        },
        _ if is_pdf(head) => Ok(Kind::Pdf),
        [b'{', b'\\', b'r', b't', b'f', ..] => {
            Err(too_old(Old::Rich))
        }
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Err("这是图片，没有文字。请先识别成文字，存为 .docx 或 .txt 后再核对。".into())
        }
        _ => text(name, head),
    }
}

/// The mark of a PDF file may stand behind a few bytes that a mail or a server put before it.
fn is_pdf(head: &[u8]) -> bool {
    memmem::find(&head[..head.len().min(64)], b"%PDF-").is_some()
}

/// What to say of a text whose ending claims that it is something else.
pub(super) fn of_another_name(name: &str) -> Option<String> {
    const OTHERS: &[&str] = &[
        "docx", "doc", "wps", "xlsx", "xls", "et", "pdf", "odt", "ods", "rtf",
    ];
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    OTHERS
        .contains(&ending.as_str())
        .then(|| format!("扩展名是 .{ending}，内容却是纯文本，按文本读取。"))
}

/// What a kind is called that this build does not read.
pub(super) fn left_out(kind: Kind) -> String {
    let name = match kind {
        Kind::Text(_) => "文本",
        Kind::Word => "Word 文档（.docx）",
        Kind::Sheet => "Excel 表格（.xlsx）",
        Kind::OldSheet => "旧版 Excel 表格（.xls、.et）",
        Kind::OpenText => "OpenDocument 文档（.odt）",
        Kind::OpenSheet => "OpenDocument 表格（.ods）",
        Kind::Page => "网页（.html）",
        Kind::Pdf => "PDF 文件",
    };
    format!("这是{name}，这个版本没有装上读它的部分。请另存为 .txt 或 .md 后再核对，或换用完整的版本。")
}

/// A zip file: the names of its parts stand in it as they are. The list of its own stands last, behind the lists of
/// files that are packed in it.
fn packed(bytes: &[u8]) -> Result<Kind, String> {
    let last = |name: &str| memmem::rfind(bytes, name.as_bytes());
    let has = |name: &str| last(name).is_some();
    let (word, sheet) = (last("word/document"), last("xl/workbook"));
    let message = if word.is_some() && word > sheet {
        return Ok(Kind::Word);
    } else if has("xl/workbook.bin") {
        "这是 .xlsb 表格，这一版还不能读。请用 Excel 或 WPS 打开，另存为 .xlsx 后再核对。"
    } else if sheet.is_some() {
        return Ok(Kind::Sheet);
    } else if has("ppt/presentation") {
        "这是演示文稿，不是报告。请确认是否拿错了文件。"
    } else if let Some(kind) = open_document(bytes) {
        return Ok(kind);
    } else if has("OFD.xml") {
        "这是 OFD 版式文件，这一版还不能读。请把其中的文字和表格复制到 Word 或 .md 文件后再核对。"
    } else {
        "这是压缩包，或者没有下载完整的文档。如果是压缩包，请先解压；如果是文档，请重新取一份再核对。"
    };
    Err(message.into())
}

/// An OpenDocument file says what it is before its first part.
fn open_document(bytes: &[u8]) -> Option<Kind> {
    let first = |name: &str| memmem::find(bytes, name.as_bytes()).unwrap_or(usize::MAX);
    let (text, sheet) = (first("opendocument.text"), first("opendocument.spreadsheet"));
    match text.cmp(&sheet) {
        Ordering::Less => Some(Kind::OpenText),
        Ordering::Greater => Some(Kind::OpenSheet),
        Ordering::Equal => None,
    }
}

/// What a file of old Office is.
enum Compound {
    Word,
    Sheet,
    /// A workbook of Excel 95 or before.
    Book,
    /// A new one behind a password.
    Locked,
    Other,
}

/// The names of a file's streams stand in it as they are, those of files that are packed in it behind its own.
fn compound(bytes: &[u8]) -> Compound {
    let wide = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    // a name fills its place up with noughts
    let first = |name: &str| memmem::find(bytes, &wide(&format!("{name}\0")));
    if memmem::find(bytes, &wide("EncryptedPackage")).is_some() {
        return Compound::Locked;
    }
    match (first("WordDocument"), first("Workbook")) {
        (Some(word), sheet) if sheet.is_none_or(|sheet| word < sheet) => Compound::Word,
        (_, Some(_)) => Compound::Sheet,
        _ if first("Book").is_some() => Compound::Book,
        _ => Compound::Other,
    }
}

fn text(name: &str, head: &[u8]) -> Result<Kind, String> {
    let ending = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let opening = opening_of(head);
    let has = |word: &str| opening.contains(word);
    if has("<worddocument") || has("<w:worddocument") || has("pkg:package") {
        return Err(
            "这是 Word 的 XML 文件，这一版还不能读。请用 Word 或 WPS 打开，另存为 .docx 后再核对。".into(),
        );
    }
    if has("urn:schemas-microsoft-com:office:spreadsheet") && !has("<html") {
        return Err(
            "这是 Excel 的 XML 文件，这一版还不能读。请用 Excel 或 WPS 打开，另存为 .xlsx 后再核对。".into(),
        );
    }
    if opening.starts_with("mime-version:") {
        return Err(
            "这是单个文件的网页（.mht），这一版还不能读。请用浏览器打开，另存为 .html 后再核对。".into(),
        );
    }
    if matches!(ending.as_str(), "html" | "htm" | "xhtml" | "shtml") || is_page(&opening) {
        return Ok(Kind::Page);
    }
    Ok(Kind::Text(matches!(ending.as_str(), "md" | "markdown")))
}

/// Whether a text begins as a web page does; a Markdown file may hold tags, but begins with none of these.
fn is_page(opening: &str) -> bool {
    let begins = ["<!doctype html", "<html", "<head", "<body"];
    let declared = opening.starts_with("<?xml") && opening.contains("<html");
    begins.iter().any(|begin| opening.starts_with(begin)) || declared
}

/// The first bytes in small letters, without marks, blanks and the noughts of UTF-16.
fn opening_of(head: &[u8]) -> String {
    let plain = head.iter().filter(|byte| byte.is_ascii() && **byte != 0);
    let text: String = plain.map(|byte| byte.to_ascii_lowercase() as char).collect();
    text.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_a_file_is_whatever_its_ending() {
        assert_eq!(of("表.xls", b"<html><table>"), Ok(Kind::Page));
        assert_eq!(of("a.txt", b"\xEF\xBB\xBF<!DOCTYPE HTML>"), Ok(Kind::Page));
        assert_eq!(of("a.doc", b"PK\x03\x04..word/document.xml"), Ok(Kind::Word));
        assert_eq!(of("a.md", "# 题".as_bytes()), Ok(Kind::Text(true)));
        assert!(of("a.docx", b"\xD0\xCF\x11\xE0").is_err_and(|error| error.contains("旧版")));
        assert!(of("a.docx", b"PK\x03\x04").is_err_and(|error| error.contains("压缩包")));
    }
}
