//! What `jixiao check` is told of being run again: an earlier result to compare with, and files to keep an eye on.

use clap::Args;
use std::path::PathBuf;

/// Options of `check` for whoever checks the same reports more than once.
#[derive(Args, Default, Debug)]
pub struct AgainOptions {
    /// The result of an earlier run.
    #[arg(
        long,
        alias = "基线",
        value_name = "文件",
        help = "以前核对时用 --format json 存下的结果；只报这以后新出现的问题"
    )]
    pub baseline: Option<PathBuf>,
    /// Whether the run goes on and checks again what has changed.
    #[arg(
        long,
        alias = "持续核对",
        help = "不退出；报告或规则文件一保存就重新核对，按 Ctrl-C 结束"
    )]
    pub watch: bool,
}
