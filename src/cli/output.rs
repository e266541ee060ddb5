//! Where words for the user go: standard output, which may be closed early or be full, and the error output.

use crate::cli::arguments::Color;
use crate::cli::{PASSED, UNDETERMINED};
use crate::render::Look;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

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

/// Standard output.
pub struct Output {
    to: BufWriter<io::StdoutLock<'static>>,
}

impl Output {
    /// Standard output.
    pub fn standard() -> Output {
        Output {
            to: BufWriter::new(io::stdout().lock()),
        }
    }

    /// Writes a text.
    pub fn write(&mut self, text: &str) -> Result<(), Stop> {
        self.to.write_all(text.as_bytes()).map_err(stop)
    }

    /// Hands everything on to the system. Only then is it known to be written.
    pub fn finish(&mut self) -> Result<(), Stop> {
        self.to.flush().map_err(stop)
    }
}

fn stop(error: io::Error) -> Stop {
    match error.kind() {
        ErrorKind::BrokenPipe => Stop::ReaderLeft,
        ErrorKind::StorageFull => Stop::Failed("结果写不下：磁盘已满。请腾出空间后再试。".to_owned()),
        _ => Stop::Failed("结果写不出去。请检查输出的位置能否写入。".to_owned()),
    }
}

/// The look of text on standard output.
pub fn look(color: Color) -> Look {
    let screen = io::stdout().is_terminal();
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
