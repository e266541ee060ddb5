//! Arguments, loading of files and 引用, progress, exit codes. No judgement is made here.

pub mod accept;
pub mod again;
pub mod annotated;
pub mod arguments;
pub mod baseline;
pub mod batch;
pub mod check;
pub mod cited;
pub mod convert;
pub mod explain;
pub mod facts;
pub mod fmt;
pub mod formats;
pub mod interrupt;
pub mod judge;
pub mod load;
pub mod new;
pub mod output;
pub mod packs;
pub mod progress;
pub mod replacement;
pub mod rule_files;
pub mod rules;
pub mod serve;
pub mod submission;
pub mod timings;
pub mod trial;
pub mod usage;
pub mod waivers;
pub mod walk;
pub mod watch;
pub mod workers;
pub mod writer;

use crate::cli::arguments::{Arguments, Verb};
use crate::cli::output::{Output, Stop};
use clap::Parser;
use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};

/// 通过, or the run had nothing to judge and went well.
pub const PASSED: u8 = 0;
/// 不通过
pub const FAILED: u8 = 1;
/// 无法判定, or the run itself could not go on.
pub const UNDETERMINED: u8 = 2;

/// Runs the command and gives its exit code. Everything that is said to the user is said here or below in Chinese.
pub fn run(arguments: impl IntoIterator<Item = OsString>, serve: serve::Serve) -> u8 {
    // a panic is told by whoever catches it, in words for the user
    panic::set_hook(Box::new(|_| {}));
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let verb = match arguments::plain_check(&arguments) {
        Some(options) => Verb::Check(options),
        None => match Arguments::try_parse_from(arguments) {
            Ok(arguments) => arguments.verb,
            Err(error) => return usage::tell(&error),
        },
    };
    let done = panic::catch_unwind(AssertUnwindSafe(|| run_verb(verb, serve)));
    convert::abandon();
    match done {
        Ok(Ok(code)) => code,
        Ok(Err(Stop::ReaderLeft)) => UNDETERMINED,
        Ok(Err(Stop::Failed(message))) => {
            output::complain(&message);
            UNDETERMINED
        }
        Err(_) => {
            output::complain("程序内部出错，没有完成。请把所用的文件和命令告诉维护者。");
            UNDETERMINED
        }
    }
}

fn run_verb(verb: Verb, serve: serve::Serve) -> Result<u8, Stop> {
    match verb {
        Verb::Check(options) => check::run(options),
        Verb::Test(options) => trial::run(&options),
        Verb::Accept(options) => to_output(|output| accept::run(&options, output)),
        Verb::Facts(options) => to_output(|output| facts::run(options, output)),
        Verb::Explain(options) => to_output(|output| explain::run(&options, output)),
        Verb::Packs(options) => to_output(|output| packs::run(&options, output)),
        Verb::Format(options) => to_output(|output| fmt::run(&options, output)),
        Verb::New(options) => to_output(|output| new::run(&options, output)),
        // the output is the server's alone
        Verb::Lsp(_) => Ok(serve()),
    }
}

/// Runs what writes to standard output alone.
fn to_output(run: impl FnOnce(&mut Output) -> Result<u8, Stop>) -> Result<u8, Stop> {
    let mut output = Output::standard();
    let code = run(&mut output)?;
    output.finish()?;
    Ok(code)
}
