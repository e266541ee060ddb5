//! What `jixiao accept` is told on the command line.

use crate::cli::again::AgainOptions;
use crate::cli::arguments::{CheckOptions, Color};
use crate::cli::waivers;
use crate::syntax::date::Date;
use clap::Args;
use std::path::PathBuf;

/// Options of `accept`.
#[derive(Args, Debug)]
#[command(next_help_heading = "选项")]
pub struct AcceptOptions {
    /// Reports and folders of reports.
    #[arg(
        required = true,
        value_name = "报告文件",
        help = "报告或文件夹；以 .jx 结尾的是规则文件",
        help_heading = "参数"
    )]
    pub files: Vec<PathBuf>,
    /// The check whose findings are accepted.
    #[arg(
        long,
        alias = "检查",
        value_name = "检查",
        help = "采纳哪一项检查查出的问题，写名称或代号"
    )]
    pub check: Option<String>,
    /// What the findings are about.
    #[arg(
        long,
        alias = "主体",
        value_name = "名称",
        help = "采纳关于哪个指标、哪项数据的问题"
    )]
    pub subject: Option<String>,
    /// The fingerprint of the finding that is accepted.
    #[arg(
        long,
        alias = "指纹",
        value_name = "指纹",
        help = "只采纳这个指纹的一处问题（不写条件而问题不止一处时，会列出各处的指纹）"
    )]
    pub fingerprint: Option<String>,
    /// Why.
    #[arg(
        long,
        alias = "理由",
        required = true,
        value_name = "理由",
        help = "为什么认可，必须写"
    )]
    pub reason: String,
    /// Who answers for it.
    #[arg(long, alias = "批准", value_name = "批准人", help = "谁认可的")]
    pub by: Option<String>,
    /// The last day on which it holds.
    #[arg(long, alias = "到期", value_name = "日期", value_parser = waivers::day, help = "认可到哪一天为止，如 2026-12-31；不写时一直有效")]
    pub until: Option<Date>,
    /// Packs or rule files to judge by.
    #[arg(
        long,
        alias = "规则",
        value_name = "规则包或文件",
        help = "按这个规则包或规则文件核对，可以写多次"
    )]
    pub rules: Vec<String>,
    /// The year that the reports are about.
    #[arg(long, alias = "年度", value_name = "年", value_parser = clap::value_parser!(i32).range(1949..=2199), help = "报告的年度，如 2020；不写时从报告中读")]
    pub year: Option<i32>,
    /// Whether all files together are one report.
    #[arg(
        long,
        alias = "合为一份",
        conflicts_with = "separate",
        help = "把列出的全部文件合为一份报告核对"
    )]
    pub as_one: bool,
    /// Whether the files of a folder are never put together.
    #[arg(long, alias = "分开核对", help = "每个文件都单独核对")]
    pub separate: bool,
    /// The day that it is.
    #[arg(long, alias = "今天", value_name = "日期", value_parser = waivers::day, help = "按这一天判断采纳是否到期；不写时是今天")]
    pub today: Option<Date>,
}

impl AcceptOptions {
    /// The options of the check that finds what is to be accepted.
    pub fn of_check(&self) -> CheckOptions {
        CheckOptions {
            files: self.files.clone(),
            rules: self.rules.clone(),
            format: None,
            jsonl: false,
            output: None,
            year: self.year,
            deny_warnings: false,
            as_one: self.as_one,
            separate: self.separate,
            color: Color::Never,
            threads: None,
            timings: false,
            again: AgainOptions::default(),
            today: self.today,
            annotate: None,
        }
    }

    /// Whether the user says which findings are meant.
    pub fn chooses(&self) -> bool {
        self.check.is_some() || self.subject.is_some() || self.fingerprint.is_some()
    }
}
