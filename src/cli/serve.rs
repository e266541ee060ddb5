//! `jixiao lsp`: what is said of the server on the command line; the server itself stands above the command.

use crate::cli::{UNDETERMINED, output};
use clap::Args;

/// What it is for.
pub const ABOUT: &str = "编辑器服务：写规则文件时随时检查、补全、说明，由编辑器启动（也可写作：编辑器）";

/// Options of `lsp`.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct LspOptions {
    /// What editors say of the way in which they speak to the server; there is no other way.
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// The language server, or what stands for it in a program that was built without.
pub type Serve = fn() -> u8;

/// What `jixiao lsp` answers in a program that was built without it.
pub fn no_server() -> u8 {
    output::complain("这个程序没有带编辑器服务（编译时没有选 lsp）。请换用完整的程序。");
    UNDETERMINED
}
