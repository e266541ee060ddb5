//! The command line: its verbs and options, with Chinese names beside the Latin ones.

use crate::cli::accept::options::AcceptOptions;
use crate::cli::again::AgainOptions;
use crate::cli::explain::options::ExplainOptions;
pub use crate::cli::formats::{Color, FactsFormat, Format, TestFormat};
use crate::cli::packs::PacksOptions;
use crate::cli::serve::{ABOUT, LspOptions};
use crate::cli::waivers;
use crate::syntax::date::Date;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

const TOP: &str = "\
{about}

用法：{usage}

命令：
{subcommands}

选项：
{options}

退出码：0 通过；1 不通过；2 无法判定，或没有运行成。
";

pub(super) const PAGE: &str = "\
{about}

用法：{usage}

{all-args}
";

/// 核对绩效自评报告：数字、分值、得分、前后说法是否一致。
#[derive(Parser, Debug)]
#[command(
    name = "jixiao",
    version,
    about = "绩效自评报告的核对工具：数字、分值、得分、前后说法是否一致。不联网，不改动报告。",
    override_usage = "jixiao <命令> [选项] [文件]…",
    help_template = TOP,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
    /// Shows the help.
    #[arg(short = 'h', long = "help", alias = "帮助", action = ArgAction::Help, global = true, display_order = 1000, help = "显示帮助", help_heading = "选项")]
    help: Option<bool>,
    /// Shows the version.
    #[arg(short = 'V', long = "version", alias = "版本", action = ArgAction::Version, help = "显示版本", help_heading = "选项")]
    version: Option<bool>,
}

/// The verbs.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// Judges reports by rules.
    #[command(
        alias = "检查",
        about = "核对报告，或检查规则文件（也可写作：检查）",
        override_usage = "jixiao check [选项] <文件>…",
        help_template = PAGE
    )]
    Check(CheckOptions),
    /// Writes 采纳 entries for findings that somebody answers for.
    #[command(
        alias = "采纳",
        about = "认可查出的问题，写明理由，不再算不通过（也可写作：采纳）",
        override_usage = "jixiao accept [选项] --reason <理由> <报告文件>…",
        help_template = PAGE
    )]
    Accept(AcceptOptions),
    /// Shows what was read of reports.
    #[command(
        alias = "事实",
        about = "列出从报告中读到的表格和数字（也可写作：事实）",
        override_usage = "jixiao facts [选项] <文件>…",
        help_template = PAGE
    )]
    Facts(FactsOptions),
    /// Tries rule files on their own trials.
    #[command(
        alias = "测试",
        about = "用规则文件里的“验证”试一试规则（也可写作：测试）",
        override_usage = "jixiao test [选项] <规则文件>…",
        help_template = PAGE
    )]
    Test(TestOptions),
    /// Explains a word of the language, a check, a pack, or a whole rule file.
    #[command(
        alias = "解释",
        about = "说明一项检查、一个关键词，或把规则文件读成白话、写成文档（也可写作：解释）",
        override_usage = "jixiao explain [选项] [名称或规则文件]",
        help_template = PAGE
    )]
    Explain(ExplainOptions),
    /// Lists the built-in packs of rules.
    #[command(
        alias = "规则包",
        about = "列出内置的规则包（也可写作：规则包）",
        override_usage = "jixiao packs [show <名称>]",
        help_template = PAGE,
        subcommand_help_heading = "命令",
        disable_help_subcommand = true
    )]
    Packs(PacksOptions),
    /// Brings rule files into their canonical form.
    #[command(
        name = "fmt",
        alias = "格式化",
        about = "把规则文件整理成统一的格式，不改变意思（也可写作：格式化）",
        override_usage = "jixiao fmt [选项] <规则文件>…",
        help_template = PAGE
    )]
    Format(FormatOptions),
    /// Writes a rule file to begin with.
    #[command(
        alias = "新建",
        about = "写出一份带说明的规则文件，照着改即可（也可写作：新建）",
        override_usage = "jixiao new [选项] [规则文件]",
        help_template = PAGE
    )]
    New(NewOptions),
    /// Serves an editor.
    #[command(alias = "编辑器", about = ABOUT, override_usage = "jixiao lsp", help_template = PAGE)]
    Lsp(LspOptions),
}

/// Options of `fmt`.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct FormatOptions {
    /// Rule files and folders of rule files.
    #[arg(
        required = true,
        value_name = "规则文件",
        help = "以 .jx 结尾的文件，或者文件夹；写 - 时从标准输入读，写到标准输出",
        help_heading = "参数"
    )]
    pub files: Vec<PathBuf>,
    /// Whether files are only looked at.
    #[arg(
        long,
        alias = "只检查",
        help = "只检查，不改动文件；列出要整理的文件，有的话退出码为 1"
    )]
    pub check: bool,
    /// Whether the changes are shown instead of made.
    #[arg(long, alias = "对比", help = "只显示会怎样改，不改动文件")]
    pub diff: bool,
}

/// Options of `new`.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct NewOptions {
    /// The file that is written.
    #[arg(
        value_name = "规则文件",
        help = "要写的文件，如 规则.jx；已有的文件不会覆盖；不写文件名或写 - 时显示在屏幕上",
        help_heading = "参数"
    )]
    pub file: Option<PathBuf>,
    /// The kind of form that the rules are for.
    #[arg(long, alias = "表", alias = "表种", value_enum, default_value_t = FormKind::Project, value_name = "表的种类", hide_possible_values = true, hide_default_value = true, help = "哪一种表：项目支出（默认）、部门整体、转移支付、衔接资金、目标申报")]
    pub form: FormKind,
}

/// The kinds of form that there is a rule file to begin with for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum FormKind {
    /// 项目支出绩效自评表
    #[value(name = "项目支出", alias = "项目", alias = "project")]
    Project,
    /// 部门整体支出绩效自评表
    #[value(name = "部门整体", alias = "部门", alias = "department")]
    Department,
    /// 转移支付区域（项目）绩效目标自评表
    #[value(name = "转移支付", alias = "transfer")]
    Transfer,
    /// 衔接资金绩效目标自评表
    #[value(name = "衔接资金", alias = "衔接", alias = "linkage")]
    Linkage,
    /// 绩效目标申报表
    #[value(name = "目标申报", alias = "申报", alias = "goals")]
    Goals,
}

/// Options of `check`.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "选项")]
pub struct CheckOptions {
    /// Reports, folders of reports, and rule files.
    #[arg(
        required = true,
        value_name = "文件",
        help = "报告或文件夹；以 .jx 结尾的是规则文件",
        help_heading = "参数"
    )]
    pub files: Vec<PathBuf>,
    /// Packs or rule files to judge by.
    #[arg(
        long,
        alias = "规则",
        value_name = "规则包或文件",
        help = "按这个规则包或规则文件核对，可以写多次"
    )]
    pub rules: Vec<String>,
    /// The output format.
    #[arg(
        long,
        alias = "格式",
        value_enum,
        value_name = "格式",
        hide_possible_values = true,
        help = "输出格式：full（带原文，默认）、short（一行一条）、html（网页）、json、sarif、rdjson、github、junit"
    )]
    pub format: Option<Format>,
    /// Whether JSON is written as one line a report.
    #[arg(long, alias = "逐行", help = "JSON 逐行输出：一份报告一行，最后一行是合计")]
    pub jsonl: bool,
    /// The file that the result is written to.
    #[arg(
        short = 'o',
        long,
        alias = "输出",
        value_name = "文件",
        help = "把结果写入这个文件；没有核对完时，原来的文件不变"
    )]
    pub output: Option<PathBuf>,
    /// The copy of the report that the findings are written into.
    #[arg(
        long,
        alias = "批注",
        value_name = "文件",
        help = "另存一份 Word 或 Excel 报告，把问题写成批注；原报告不变"
    )]
    pub annotate: Option<PathBuf>,
    /// The year that the reports are about.
    #[arg(long, alias = "年度", value_name = "年", value_parser = clap::value_parser!(i32).range(1949..=2199), help = "报告的年度，如 2020；不写时从报告中读")]
    pub year: Option<i32>,
    /// Whether warnings fail a report.
    #[arg(long, alias = "警告即不通过", help = "有警告也算不通过")]
    pub deny_warnings: bool,
    /// Whether all files together are one report.
    #[arg(
        long,
        alias = "合为一份",
        conflicts_with = "separate",
        help = "把列出的全部文件合为一份报告核对，如 Word 正文和 Excel 自评表"
    )]
    pub as_one: bool,
    /// Whether the files of a folder are never put together.
    #[arg(
        long,
        alias = "分开核对",
        help = "每个文件都单独核对，不把同一文件夹里的正文和自评表合为一份"
    )]
    pub separate: bool,
    /// When to use colour.
    #[arg(long, alias = "颜色", value_enum, default_value_t = Color::Auto, value_name = "何时", hide_possible_values = true, hide_default_value = true, help = "颜色：auto（默认）、always、never")]
    pub color: Color,
    /// How many reports are judged at the same time.
    #[arg(short = 'j', long, alias = "线程", value_name = "个数", value_parser = clap::value_parser!(u16).range(1..=1024), help = "同时核对几份报告，默认与处理器核数相同；不影响结果")]
    pub threads: Option<u16>,
    /// The day that it is.
    #[arg(long, alias = "今天", value_name = "日期", value_parser = waivers::day, help = "按这一天判断采纳是否到期，如 2026-12-31；不写时是今天")]
    pub today: Option<Date>,
    /// Whether the time that the run took is told.
    #[arg(long, alias = "耗时", help = "核对完后列出用时和最慢的文件（写在错误输出上）")]
    pub timings: bool,
    /// What is known of an earlier run, and whether this one goes on.
    #[command(flatten)]
    pub again: AgainOptions,
}

/// What `jixiao check FILE…` without any option means. Nearly every run is called so, and making all that clap must know
/// of all verbs and options takes longer than reading the rules.
pub fn plain_check(arguments: &[OsString]) -> Option<CheckOptions> {
    let (verb, files) = arguments.get(1..)?.split_first()?;
    let is_name = |file: &OsString| !file.is_empty() && !file.as_encoded_bytes().starts_with(b"-");
    let plain = (verb == "check" || verb == "检查") && !files.is_empty() && files.iter().all(is_name);
    plain.then(|| CheckOptions {
        files: files.iter().map(PathBuf::from).collect(),
        ..CheckOptions::default()
    })
}

/// Options of `facts`.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct FactsOptions {
    /// Reports and folders of reports.
    #[arg(
        required = true,
        value_name = "文件",
        help = "报告或文件夹",
        help_heading = "参数"
    )]
    pub files: Vec<PathBuf>,
    /// The output format.
    #[arg(long, alias = "格式", value_enum, default_value_t = FactsFormat::Full, value_name = "格式", hide_possible_values = true, hide_default_value = true, help = "输出格式：full（默认）、json")]
    pub format: FactsFormat,
    /// Whether only the laid-out text is printed.
    #[arg(long, alias = "文本", conflicts_with_all = ["format", "all_numbers", "links"], help = "只打印读出来的文字；行、列和字节位置都按它计算")]
    pub text: bool,
    /// Whether all files are one report.
    #[arg(long, alias = "合为一份", help = "把全部文件合为一份报告来读")]
    pub as_one: bool,
    /// Whether numerals that are no quantities are listed too.
    #[arg(long, alias = "所有数字", help = "也列出日期、文号、序号等不作数量的数字")]
    pub all_numbers: bool,
    /// Whether it is told which numbers were taken as one thing, and why.
    #[arg(long, alias = "关联", help = "也列出哪些数被看作同一件事，以及为什么")]
    pub links: bool,
}

/// Options of `test`.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct TestOptions {
    /// Rule files, folders of rule files, and built-in packs.
    #[arg(
        required = true,
        value_name = "规则文件",
        help = "规则文件（.jx）、放规则文件的文件夹，或内置规则包的名称",
        help_heading = "参数"
    )]
    pub files: Vec<PathBuf>,
    /// The output format.
    #[arg(long, alias = "格式", value_enum, default_value_t = TestFormat::Full, value_name = "格式", hide_possible_values = true, hide_default_value = true, help = "输出格式：full（默认）、junit、json")]
    pub format: TestFormat,
    /// The file that the result is written to.
    #[arg(
        short = 'o',
        long,
        alias = "输出",
        value_name = "文件",
        help = "把结果写入这个文件；没有试完时，原来的文件不变"
    )]
    pub output: Option<PathBuf>,
    /// Whether checks that no trial exercises are a failure.
    #[arg(long, alias = "全部触发", help = "有检查没被任何验证触发，也算不通过")]
    pub require_coverage: bool,
    /// When to use colour.
    #[arg(long, alias = "颜色", value_enum, default_value_t = Color::Auto, value_name = "何时", hide_possible_values = true, hide_default_value = true, help = "颜色：auto（默认）、always、never")]
    pub color: Color,
    /// How many trials run at the same time.
    #[arg(short = 'j', long, alias = "线程", value_name = "个数", value_parser = clap::value_parser!(u16).range(1..=1024), help = "同时试几个验证，默认与处理器核数相同；不影响结果")]
    pub threads: Option<u16>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_is_read_without_clap_is_what_clap_reads() {
        let plain = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let read = plain_check(&arguments).map(Verb::Check);
            if let Some(read) = &read {
                let parsed = Arguments::try_parse_from(arguments).map(|arguments| arguments.verb);
                assert_eq!(format!("{read:?}"), format!("{:?}", parsed.unwrap()));
            }
            read.is_some()
        };
        assert!(plain("jixiao check 甲.txt") && plain("jixiao 检查 乙.jx 甲.docx 甲.docx @丙 check"));
        for line in [
            "",
            " check",
            " check 甲.txt -j 2",
            " check -",
            " check -- 甲",
            " facts 甲",
            " check ",
        ] {
            assert!(!plain(&format!("jixiao{line}")), "{line}");
        }
    }
}
