//! Bytes to text: BOM, UTF-8, then the likely Chinese encoding, saying which one was assumed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Beginnings of files that are no text, and what they are.
const BINARY: &[(&[u8], &str)] = &[
    (
        b"PK\x03\x04",
        "压缩包格式的文件（docx、xlsx 等改了扩展名，或者压缩包）",
    ),
    (b"%PDF", "PDF 文件"),
    (b"\xD0\xCF\x11\xE0", "旧版 Office 文件（doc、xls、wps）"),
    (b"\x89PNG", "图片"),
    (b"\xFF\xD8\xFF", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x7FELF", "程序文件"),
];

/// The text, and a remark when the encoding had to be assumed. An error says what is wrong and what to do.
pub fn decode(bytes: Cow<[u8]>) -> Result<(String, Option<String>), String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("文件是空的，没有可核对的内容。请检查文件是否保存完整。".into());
    }
    if let Some((_, what)) = BINARY.iter().find(|(head, _)| bytes.starts_with(head)) {
        return Err(format!(
            "这是{what}，不是文本。请另存为 txt 或 md 后再核对，或者按真实格式改正扩展名。"
        ));
    }
    let (text, note) = match plain(bytes) {
        Ok(text) => (text, None),
        Err(bytes) => by_mark(&bytes)
            .or_else(|| by_content(&bytes))
            .unwrap_or_else(|| by_guess(&bytes)),
    };
    if is_garbled(&text) {
        return Err("无法识别文件的编码，读出来的大多不是文字。请用 UTF-8 编码另存后再试。".into());
    }
    if text.trim().is_empty() {
        return Err("文件里只有空白，没有可核对的内容。请检查文件是否保存完整。".into());
    }
    Ok((text, note))
}

/// The text of a web page, which may say itself how it is encoded.
pub fn page(bytes: &[u8]) -> Result<(String, Option<String>), String> {
    let plain = std::str::from_utf8(bytes).is_ok() || Encoding::for_bom(bytes).is_some();
    if let Some(encoding) = declared(bytes).filter(|_| !plain) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let wrong = text.chars().filter(|c| *c == '\u{FFFD}').count();
        if wrong * 50 < text.chars().count() {
            return Ok((text.into_owned(), None));
        }
    }
    decode(bytes.into())
}

/// `<meta charset="gb2312">`: what browsers read as GBK is read as GB18030, which holds all of it.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find(&head.to_ascii_lowercase(), b"charset=")? + "charset=".len();
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .collect();
    let encoding = Encoding::for_label(&label)?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// Whether more than a twentieth of a text are signs that no text has.
fn is_garbled(text: &str) -> bool {
    // One look at the bytes first: hardly any report has such a sign at all.
    let odd = |byte: &u8| (*byte < 0x20 && !matches!(byte, 9..=13)) || matches!(byte, 0x7F | 0xC2);
    let clean = !text
        .as_bytes()
        .iter()
        .fold(false, |found, byte| found | odd(byte));
    if clean && memchr::memmem::find(text.as_bytes(), "\u{FFFD}".as_bytes()).is_none() {
        return false;
    }
    let wrong = text
        .chars()
        .filter(|c| *c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace()))
        .count();
    wrong * 20 > text.chars().count()
}

/// UTF-8 without a mark, which nearly every file is, in the memory in which it came.
fn plain(bytes: Cow<[u8]>) -> Result<String, Cow<[u8]>> {
    if Encoding::for_bom(&bytes).is_some() || has_holes(&bytes) {
        return Err(bytes);
    }
    match bytes {
        Cow::Owned(bytes) => String::from_utf8(bytes).map_err(|error| error.into_bytes().into()),
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|_| bytes.into()),
    }
}

/// Whether so many bytes are nought that the text is in units of two bytes.
fn has_holes(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0, bytes).count() * 20 > bytes.len()
}

/// A byte order mark says it all.
fn by_mark(bytes: &[u8]) -> Option<(String, Option<String>)> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
    let note = (encoding != UTF_8).then(|| assumed(encoding.name()));
    Some((text.into_owned(), note))
}

/// Nearly UTF-8, or UTF-16 without a mark.
fn by_content(bytes: &[u8]) -> Option<(String, Option<String>)> {
    if has_holes(bytes) {
        return Some(sixteen_bits(bytes));
    }
    let text = String::from_utf8_lossy(bytes);
    let wide = text.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    let wrong = text.chars().filter(|c| *c == '\u{FFFD}').count();
    (wrong * 50 < wide).then(|| {
        let note = format!("文件按 UTF-8 读取，其中 {wrong} 处字节损坏，已用“\u{FFFD}”代替。");
        (text.into_owned(), Some(note))
    })
}

/// UTF-16 without a mark: line breaks, blanks and digits have their nought in the first byte or in the second.
fn sixteen_bits(bytes: &[u8]) -> (String, Option<String>) {
    let first = bytes.iter().step_by(2).filter(|b| **b == 0).count();
    let second = bytes.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    let encoding = if first > second { UTF_16BE } else { UTF_16LE };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), Some(assumed(encoding.name())))
}

fn by_guess(bytes: &[u8]) -> (String, Option<String>) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    let encoding = if guess == BIG5 { BIG5 } else { GB18030 };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let name = if guess == GBK {
        "GBK（GB18030）"
    } else {
        encoding.name()
    };
    (text.into_owned(), Some(assumed(name)))
}

fn assumed(name: &str) -> String {
    format!("文件没有注明编码，按 {name} 读取。")
}
