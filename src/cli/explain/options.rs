//! What `jixiao explain` is told on the command line.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options of `explain`.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct ExplainOptions {
    /// A rule file, or a check, keyword, field or pack; what there is is listed without one.
    #[arg(
        value_name = "名称或规则文件",
        help = "检查、关键词、公式用词或规则包的名称；或者一个 .jx 规则文件；不写时列出全部名称",
        help_heading = "参数"
    )]
    pub subject: Option<String>,
    /// Whether every check is explained.
    #[arg(
        long,
        alias = "全部",
        conflicts_with = "subject",
        help = "列出全部检查的目录：查什么、为什么、怎么改、举例、依据"
    )]
    pub all: bool,
    /// The format of what is said of a rule file.
    #[arg(
        long,
        alias = "格式",
        value_enum,
        value_name = "格式",
        hide_possible_values = true,
        help = "规则文件的说明、检查目录写成：full（在屏幕上看，默认）、md、docx（《规则说明》文档）"
    )]
    pub format: Option<ManualFormat>,
    /// The file that it is written to.
    #[arg(
        short = 'o',
        long,
        alias = "输出",
        value_name = "文件",
        help = "写入这个文件；docx 必须写明"
    )]
    pub output: Option<PathBuf>,
}

/// Formats of what is said of a rule file.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum ManualFormat {
    /// For the screen.
    #[value(alias = "完整")]
    Full,
    /// Markdown.
    Md,
    /// A document for Word and WPS.
    #[value(alias = "word")]
    Docx,
}
