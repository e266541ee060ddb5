//! The command: hand the arguments to `cli` and exit with its answer.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(jixiao::cli::run(std::env::args_os()))
}
