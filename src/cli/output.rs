//! Where words for the user go: standard output, which may be closed early or be full, a file, and the error output.

use crate::cli::arguments::Color;
use crate::cli::replacement::Replacement;
use crate::cli::{PASSED, UNDETERMINED};
use crate::render::Look;
#[cfg(unix)]
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
#[cfg(unix)]
use std::os::fd::AsFd;
use std::path::Path;

/// The width that text is wrapped at where there is no screen.
const NO_SCREEN: usize = 80;
/// Lines of prose longer than this are hard to read.
const WIDEST: usize = 120;

/// Why a run stops before its end.
#[derive(Debug)]
pub enum Stop {
    /// Whoever read the output has closed it (`| head`): nothing more is to be said.
    ReaderLeft,
    /// The run cannot go on, and why.
    Failed(String),
}

/// Where the result of a run goes.
pub struct Output {
    to: To,
    /// What stands behind it.
    pub kind: Kind,
}

enum To {
    Standard(BufWriter<StdoutLock<'static>>),
    File(Replacement),
}

/// What stands behind an output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A person sees it as it comes.
    Screen,
    /// A file.
    File,
    /// Another program, which may write to the screen itself.
    Program,
}

impl Output {
    /// Standard output.
    pub fn standard() -> Output {
        Output {
            to: To::Standard(BufWriter::new(io::stdout().lock())),
            kind: kind_of_standard(),
        }
    }

    /// A file, which is there only when the output is finished. `-` is standard output.
    pub fn named(path: &Path) -> Result<Output, Stop> {
        if path == Path::new("-") {
            return Ok(Output::standard());
        }
        Ok(Output {
            to: To::File(Replacement::of(path).map_err(Stop::Failed)?),
            kind: Kind::File,
        })
    }

    /// Writes a text.
    pub fn write(&mut self, text: &str) -> Result<(), Stop> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes what is no text.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        match &mut self.to {
            To::Standard(to) => to.write_all(bytes),
            To::File(to) => to.write_all(bytes),
        }
        .map_err(stop)
    }

    /// Hands on what was written so far to whoever waits for it.
    pub fn hand_on(&mut self) -> Result<(), Stop> {
        match &mut self.to {
            To::Standard(to) => to.flush().map_err(stop),
            To::File(_) => Ok(()),
        }
    }

    /// Hands everything on to the system. Only then is it known to be written.
    pub fn finish(&mut self) -> Result<(), Stop> {
        match &mut self.to {
            To::Standard(to) => to.flush(),
            To::File(to) => to.put_in_place(),
        }
        .map_err(stop)
    }

    /// The look of text there.
    pub fn look(&self, color: Color) -> Look {
        let screen = self.kind == Kind::Screen;
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let width = screen
            .then(terminal_size::terminal_size)
            .flatten()
            .map_or(NO_SCREEN, |(width, _)| usize::from(width.0));
        Look {
            color: match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => screen && wanted,
            },
            width: width.clamp(40, WIDEST),
        }
    }
}

fn kind_of_standard() -> Kind {
    if io::stdout().is_terminal() {
        Kind::Screen
    } else if is_file() {
        Kind::File
    } else {
        Kind::Program
    }
}

#[cfg(unix)]
fn is_file() -> bool {
    let output = io::stdout().as_fd().try_clone_to_owned().map(File::from);
    output
        .and_then(|file| file.metadata())
        .is_ok_and(|about| about.is_file())
}

#[cfg(not(unix))]
fn is_file() -> bool {
    false
}

fn stop(error: io::Error) -> Stop {
    match error.kind() {
        ErrorKind::BrokenPipe => Stop::ReaderLeft,
        ErrorKind::StorageFull => Stop::Failed("结果写不下：磁盘已满。请腾出空间后再试。".to_owned()),
        _ => Stop::Failed("结果写不出去。请检查输出的位置能否写入。".to_owned()),
    }
}

/// Says something that was asked for on standard output; gives the exit code.
pub fn say(text: &str) -> u8 {
    let mut output = Output::standard();
    match output.write(text).and_then(|()| output.finish()) {
        Ok(()) | Err(Stop::ReaderLeft) => PASSED,
        Err(Stop::Failed(message)) => {
            complain(&message);
            UNDETERMINED
        }
    }
}

/// Says on the error output what went wrong. If that is closed too there is nobody to tell.
pub fn complain(message: &str) {
    complain_plainly(&format!("jixiao：{message}\n"));
}

/// Writes to the error output as it stands.
pub fn complain_plainly(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
