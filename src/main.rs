//! The command: hand the arguments to `cli` and exit with its answer.

use std::process::ExitCode;

#[cfg(not(feature = "lsp"))]
use jixiao::cli::serve::no_server as serve;
#[cfg(feature = "lsp")]
use jixiao::lsp::serve;

fn main() -> ExitCode {
    ExitCode::from(jixiao::cli::run(std::env::args_os(), serve))
}
