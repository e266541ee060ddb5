//! A file that is written beside the one it will replace and put in its place at the end, so that a run which stops
//! half-way leaves the old file as it was.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file being written.
pub struct Replacement {
    to: BufWriter<File>,
    /// Where it is written, and where it belongs. Nothing for what is no regular file and cannot be replaced.
    paths: Option<(PathBuf, PathBuf)>,
}

impl Replacement {
    /// Begins to write what will be the file at `path`. An error says what is wrong and what to do.
    pub fn of(path: &Path) -> Result<Replacement, String> {
        let shown = path.display();
        // behind a link the file is replaced, not the link
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let made = match fs::metadata(&target) {
            Ok(about) if about.is_dir() => return Err(format!("“{shown}”是文件夹，请写上文件名。")),
            Ok(about) if !about.is_file() => OpenOptions::new()
                .write(true)
                .open(&target)
                .map(|file| (file, None)),
            _ => beside(&target).map(|(file, temporary)| (file, Some((temporary, target)))),
        };
        let (file, paths) = made.map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("写不了“{shown}”：没有这个文件夹。请先建好，或者写到别处。"),
            ErrorKind::PermissionDenied => format!("写不了“{shown}”：没有写入的权限。请写到别处。"),
            _ => format!("写不了“{shown}”。请检查文件名，或者写到别处。"),
        })?;
        Ok(Replacement {
            to: BufWriter::new(file),
            paths,
        })
    }

    /// Puts the file, which is now whole, where it belongs.
    pub fn put_in_place(&mut self) -> io::Result<()> {
        self.to.flush()?;
        if let Some((temporary, target)) = &self.paths {
            self.to.get_ref().sync_all()?;
            if let Ok(old) = fs::metadata(target) {
                fs::set_permissions(temporary, old.permissions())?;
            }
            fs::rename(temporary, target)?;
            self.paths = None;
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.paths {
            // what cannot be removed is hidden and in nobody's way
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A new hidden file in the same folder, since only there renaming is one step.
fn beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(ErrorKind::InvalidInput)?;
    let mut last = io::Error::from(ErrorKind::AlreadyExists);
    for number in 0..10 {
        let hidden = format!(".{}.{}-{number}.tmp", name.to_string_lossy(), std::process::id());
        let path = target.with_file_name(hidden);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("结果.txt");
        let files = || fs::read_dir(folder.path()).expect("a folder").count();
        fs::write(&path, "旧").expect("written");
        let mut dropped = Replacement::of(&path).expect("begun");
        dropped.write_all("半".as_bytes()).expect("written");
        drop(dropped);
        assert_eq!(fs::read_to_string(&path).expect("read"), "旧");
        let mut whole = Replacement::of(&path).expect("begun");
        whole.write_all("新".as_bytes()).expect("written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "旧");
        whole.put_in_place().expect("placed");
        drop(whole);
        assert_eq!(fs::read_to_string(&path).expect("read"), "新");
        assert_eq!(files(), 1, "nothing is left beside it");
    }
}
