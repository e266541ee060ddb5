//! The editor's addresses of files to paths, and back.

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::path::{Path, PathBuf};

/// What stands in an address as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// What may stand in an address; the rest is encoded.
const IN_ADDRESS: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address in which all is encoded that must be; one that is right stays as it is.
pub fn tidied(address: &str) -> String {
    let encoded = utf8_percent_encode(address, IN_ADDRESS).to_string();
    let mut parts = encoded.split('%');
    let mut tidy = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let is_code = part.len() >= 2 && part.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
        tidy.push_str(if is_code { "%" } else { "%25" });
        tidy.push_str(part);
    }
    tidy
}

/// The path of a `file:` address.
pub fn to_path(uri: &Uri) -> Option<PathBuf> {
    path_of(uri.as_str(), cfg!(windows)).map(PathBuf::from)
}

/// The address of a path, which must be a whole one.
pub fn of_path(path: &Path) -> Option<Uri> {
    address_of(&path.to_string_lossy(), cfg!(windows)).parse().ok()
}

/// A path without the sign before it that Windows gives to paths of any length, which no editor knows.
pub fn short(path: PathBuf) -> PathBuf {
    match path.to_str().and_then(|path| shortened(path, cfg!(windows))) {
        Some(short) => PathBuf::from(short),
        None => path,
    }
}

fn shortened(path: &str, windows: bool) -> Option<String> {
    let long = path.strip_prefix(r"\\?\").filter(|_| windows)?;
    Some(match long.strip_prefix(r"UNC\") {
        Some(share) => format!(r"\\{share}"),
        None => long.to_owned(),
    })
}

fn path_of(address: &str, windows: bool) -> Option<String> {
    let scheme = address
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("file://"))?;
    let rest = address[scheme.len()..].split(['?', '#']).next()?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if !windows {
        return Some(path.into_owned());
    }
    // /c:/甲.jx, as some editors write it /c|/甲.jx
    let begins = path.as_bytes();
    let drive = begins.get(1).filter(|letter| letter.is_ascii_alphabetic());
    let path = match drive.zip(begins.get(2)) {
        Some((drive, b':' | b'|')) => format!("{}:{}", drive.to_ascii_uppercase() as char, &path[3..]),
        _ if host.is_empty() || host.eq_ignore_ascii_case("localhost") => path.into_owned(),
        _ => format!("//{host}{path}"),
    };
    Some(path.replace('/', r"\"))
}

fn address_of(path: &str, windows: bool) -> String {
    if !windows {
        return format!("file://{}", utf8_percent_encode(path, KEPT));
    }
    let path = path.replace('\\', "/");
    let encoded = utf8_percent_encode(path.trim_start_matches('/'), KEPT);
    match path.starts_with("//") {
        true => format!("file://{encoded}"),
        false => format!("file:///{encoded}"),
    }
}

/// What to call a text that is no file: the last part of its address.
pub fn name(uri: &Uri) -> String {
    let last = uri.as_str().rsplit(['/', ':']).next().unwrap_or("");
    let name = percent_decode_str(last).decode_utf8_lossy();
    if name.is_empty() {
        "未命名.jx".to_owned()
    } else {
        name.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_path_comes_back_as_it_was() {
        let path = Path::new("/市局/财预〔2020〕10号 %.jx");
        let uri = of_path(path).expect("an address");
        assert!(uri.as_str().is_ascii());
        assert_eq!(to_path(&uri).as_deref(), Some(path));
        let untitled: Uri = "untitled:Untitled-1".parse().expect("an address");
        assert_eq!(
            (to_path(&untitled), name(&untitled)),
            (None, "Untitled-1".to_owned())
        );
    }

    #[test]
    fn an_address_that_was_not_encoded_is() {
        for (address, path) in [
            ("file:///市局/甲 [1].jx", "/市局/甲 [1].jx"),
            ("file:///a/100%.jx", "/a/100%.jx"),
            ("file:///a/%E5%B8%82.jx", "/a/市.jx"),
        ] {
            let uri: Uri = tidied(address).parse().expect("an address");
            assert_eq!(to_path(&uri).as_deref(), Some(Path::new(path)));
        }
        let right = "file:///c%3A/a%20b.jx?x#y";
        assert_eq!(tidied(right), right);
    }

    #[test]
    fn the_drives_and_shares_of_windows_are_known() {
        for (address, path) in [
            ("file:///c%3A/%E5%B8%82/a.jx", r"C:\市\a.jx"),
            ("file:///C:/市/a.jx", r"C:\市\a.jx"),
            ("FILE:///d|/a.jx", r"D:\a.jx"),
            ("file://server/share/a.jx", r"\\server\share\a.jx"),
            ("file:///share/a.jx?version=1", r"\share\a.jx"),
        ] {
            assert_eq!(path_of(address, true).as_deref(), Some(path), "{address}");
        }
        for (path, address) in [
            (r"C:\市\a b.jx", "file:///C%3A/%E5%B8%82/a%20b.jx"),
            (r"\\server\share\a.jx", "file://server/share/a.jx"),
        ] {
            assert_eq!(address_of(path, true), address);
            assert_eq!(path_of(&address_of(path, true), true).as_deref(), Some(path));
        }
        assert_eq!(shortened(r"\\?\C:\a.jx", true).as_deref(), Some(r"C:\a.jx"));
        assert_eq!(
            shortened(r"\\?\UNC\server\a.jx", true).as_deref(),
            Some(r"\\server\a.jx")
        );
        assert_eq!(shortened("/市/a.jx", false), None);
        assert_eq!(address_of("/市\\a.jx", false), "file:///%E5%B8%82%5Ca.jx");
        for other in ["untitled:Untitled-1", "git:/a.jx?{}", "file", "文件：甲"] {
            assert_eq!(path_of(other, false), None, "{other}");
        }
    }
}
