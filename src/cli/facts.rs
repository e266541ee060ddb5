//! `jixiao facts`: what was read of reports, before any rule has its say.

use crate::cli::PASSED;
use crate::cli::arguments::FactsOptions;
use crate::cli::output::{Output, Stop};

/// Shows what was read of the reports.
pub fn run(_options: &FactsOptions, _output: &mut Output) -> Result<u8, Stop> {
    Ok(PASSED)
}
