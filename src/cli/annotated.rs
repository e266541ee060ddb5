//! `jixiao check --annotate`: whether a copy of the report with remarks can be written, and writing it.

use crate::annotate::{self, Copy};
use crate::cli::arguments::CheckOptions;
use crate::cli::judge::Told;
use crate::cli::output::{self, Stop};
use crate::cli::replacement::Replacement;
use crate::cli::submission::Piece;
use crate::cli::walk::{self, Input};
use crate::cli::{UNDETERMINED, load};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A copy that is asked for.
pub struct Annotated {
    /// The report.
    report: PathBuf,
    /// Where the copy is to be.
    path: PathBuf,
    made: OnceLock<Result<Copy, String>>,
}

impl Annotated {
    /// The copy that the options ask for. An error says why there can be none, before anything is judged.
    pub fn asked(options: &CheckOptions, reports: &[Piece]) -> Result<Option<Annotated>, Stop> {
        let Some(path) = &options.annotate else {
            return Ok(None);
        };
        let [Piece::One(Input::Report(report))] = reports else {
            return refused("--annotate 一次只给一份报告（一个文件）写批注。请每次只列出一份报告。");
        };
        if report == Path::new("-") || path == Path::new("-") {
            return refused("--annotate 要写明报告和批注副本的文件名，不能写 -。");
        }
        let rules = options.rules.iter().map(PathBuf::from);
        let mut read: Vec<PathBuf> = options.files.iter().cloned().chain(rules).collect();
        read.push(report.clone());
        let shown = load::shown(path);
        if let Some(why) = walk::is_in_the_way(path, &read) {
            return refused(&format!("批注副本不能写到“{shown}”：{why}"));
        }
        if options
            .output
            .as_ref()
            .is_some_and(|output| walk::same_file(output, path))
        {
            return refused("--annotate 和 --output 写的是同一个文件。请换一个文件名。");
        }
        // what cannot be read is told of as a finding
        if let Ok(bytes) = load::read_report(report) {
            annotate::accepts(&load::shown(report), &bytes)
                .map_err(|why| Stop::Failed(format!("没有写批注：{why}")))?;
        }
        let ending = load::ending(report);
        if load::ending(path) != ending {
            return refused(&format!(
                "批注副本与报告是同一种文件，文件名应以 .{ending} 结尾，如“{}-批注.{ending}”。",
                report.file_stem().unwrap_or_default().to_string_lossy()
            ));
        }
        Ok(Some(Annotated {
            report: report.clone(),
            path: path.clone(),
            made: OnceLock::new(),
        }))
    }

    /// Makes the copy of a report that was judged.
    pub fn make(&self, told: &Told) {
        let made = match (&told.document, load::read_report(&self.report)) {
            (Some(document), Ok(bytes)) => annotate::copy(&bytes, document, &told.outcome),
            _ => Err("报告没有读成。".to_owned()),
        };
        let _ = self.made.set(made);
    }

    /// Writes the copy, whole or not at all; gives the exit code of the run.
    pub fn write(&self, code: u8) -> Result<u8, Stop> {
        let failed = |why: &str| Stop::Failed(format!("没有写批注：{why}"));
        let copy = match self.made.get() {
            Some(Ok(copy)) => copy,
            Some(Err(why)) => return Err(failed(why)),
            None => {
                output::complain("没有写批注：核对时程序出错。");
                return Ok(UNDETERMINED);
            }
        };
        let mut file = Replacement::of(&self.path).map_err(|why| failed(&why))?;
        file.write_all(&copy.bytes)
            .and_then(|()| file.put_in_place())
            .map_err(|_| failed("写不下，请检查磁盘空间和写入的权限。"))?;
        let path = load::shown(&self.path);
        output::complain(&match copy.findings {
            0 if code == UNDETERMINED => {
                format!("没有可以批注的问题，“{path}”与报告相同；但报告没有全部核对成，不等于通过。")
            }
            0 => format!("没有要批注的问题，“{path}”与报告相同。"),
            found => format!("{found} 处问题写成了批注，在“{path}”。"),
        });
        if copy.earlier > 0 {
            output::complain(&format!(
                "报告里原来就有 jixiao 的批注 {} 处，像是以前的批注副本；原有的批注都留着。请在原来的报告上改，或者先删掉旧批注。",
                copy.earlier
            ));
        }
        if copy.was_signed {
            output::complain(
                "报告有数字签名。副本里多了批注，签名在副本里不再有效，不能用来报送；原来的报告没有改动，签名照样有效。",
            );
        }
        Ok(code)
    }
}

fn refused(why: &str) -> Result<Option<Annotated>, Stop> {
    Err(Stop::Failed(why.to_owned()))
}
