//! `jixiao new`: a rule file to begin with, for a kind of form, with words on every line that is to be changed.

use crate::cli::PASSED;
use crate::cli::arguments::{FormKind, NewOptions};
use crate::cli::load;
use crate::cli::output::{Output, Stop};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The rule file to begin with.
pub fn skeleton(form: FormKind) -> &'static str {
    match form {
        FormKind::Project => include_str!("../../data/skeletons/项目支出.jx"),
        FormKind::Department => include_str!("../../data/skeletons/部门整体.jx"),
        FormKind::Transfer => include_str!("../../data/skeletons/转移支付.jx"),
        FormKind::Linkage => include_str!("../../data/skeletons/衔接资金.jx"),
        FormKind::Goals => include_str!("../../data/skeletons/目标申报.jx"),
    }
}

/// Writes the file, or shows it where none is named.
pub fn run(options: &NewOptions, output: &mut Output) -> Result<u8, Stop> {
    let text = skeleton(options.form);
    let named = options.file.as_deref().filter(|path| *path != Path::new("-"));
    let Some(path) = named else {
        output.write(text)?;
        return Ok(PASSED);
    };
    let path = with_ending(path)?;
    write(&path, text)?;
    let path = load::shown(&path);
    output.write(&format!(
        "写好了：{path}\n接下来：打开它，照着 # 后面的说明改；改好后检查：jixiao check {path}\n"
    ))?;
    Ok(PASSED)
}

/// The ending by which rule files are known.
fn with_ending(path: &Path) -> Result<PathBuf, Stop> {
    match load::ending(path).as_str() {
        "jx" => Ok(path.to_owned()),
        "" if path.file_name().is_some() && !path.is_dir() => Ok(path.with_extension("jx")),
        _ if path.is_dir() => Err(Stop::Failed(format!(
            "“{}”是文件夹，请写上文件名，如 规则.jx。",
            load::shown(path)
        ))),
        _ => Err(Stop::Failed(format!(
            "规则文件的文件名要以 .jx 结尾，不能是“{}”。",
            load::shown(path)
        ))),
    }
}

/// A new file; one that is there is never touched.
fn write(path: &Path, text: &str) -> Result<(), Stop> {
    let shown = load::shown(path);
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = made.map_err(|error| {
        Stop::Failed(match error.kind() {
            ErrorKind::AlreadyExists => format!("“{shown}”已经有了，没有动它。请换一个文件名。"),
            ErrorKind::NotFound => format!("写不了“{shown}”：没有这个文件夹。请先建好，或者写到别处。"),
            ErrorKind::PermissionDenied => format!("写不了“{shown}”：没有写入的权限。请写到别处。"),
            _ => format!("写不了“{shown}”。请检查文件名，或者写到别处。"),
        })
    })?;
    file.write_all(text.as_bytes()).map_err(|_| {
        // half a file is of no use to anybody
        let _ = fs::remove_file(path);
        Stop::Failed(format!("“{shown}”没有写成。请检查磁盘是否已满。"))
    })
}
