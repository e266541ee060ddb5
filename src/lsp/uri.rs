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

/// The path of a `file:` address.
pub fn to_path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let slash = rest.find('/')?;
    let (host, path) = rest.split_at(slash);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if !cfg!(windows) {
        return Some(PathBuf::from(path.as_ref()));
    }
    let drive = path.as_bytes().get(2) == Some(&b':');
    Some(match host {
        "" if drive => PathBuf::from(&path[1..]),
        "" => PathBuf::from(path.as_ref()),
        host => PathBuf::from(format!("//{host}{path}")),
    })
}

/// The address of a path, which must be a whole one.
pub fn of_path(path: &Path) -> Option<Uri> {
    let path = path.to_string_lossy().replace('\\', "/");
    let rooted = if path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    };
    format!("file://{}", utf8_percent_encode(&rooted, KEPT))
        .parse()
        .ok()
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
}
