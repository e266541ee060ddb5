//! clap's errors to Chinese sentences that say what to write instead.

use crate::cli::UNDETERMINED;
use crate::cli::output;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::path::Path;

/// Tells the user what is wrong with the arguments, or shows the help that was asked for. Gives the exit code.
pub fn tell(error: &clap::Error) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => output::say(&error.render().to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::complain_plainly(&error.render().to_string());
            UNDETERMINED
        }
        _ => {
            output::complain(&format!("{}\n用 jixiao --help 查看用法。", sentence(error)));
            UNDETERMINED
        }
    }
}

fn sentence(error: &clap::Error) -> String {
    let argument = named(context(error, ContextKind::InvalidArg));
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_verb(error),
        ErrorKind::MissingSubcommand => "没有写命令，如 check。".to_owned(),
        ErrorKind::UnknownArgument => {
            let meant = context(error, ContextKind::SuggestedArg);
            format!("没有“{argument}”这个选项{}。", suggestion(&meant))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("选项 {argument} 后面要写一个值。"),
        ErrorKind::InvalidValue => {
            let known = context(error, ContextKind::ValidValue);
            format!("选项 {argument} 不能是“{value}”，可以是：{known}。")
        }
        ErrorKind::ValueValidation if argument.starts_with("--year") => {
            format!("--year 不能是“{value}”：要写四位数的年份，如 2020。")
        }
        ErrorKind::ValueValidation if argument.starts_with("--threads") => {
            format!("--threads 不能是“{value}”：要写 1 到 1024 的整数，如 4。")
        }
        ErrorKind::ValueValidation if argument.starts_with("--until") || argument.starts_with("--today") => {
            format!("{argument} 不能是“{value}”：要写全年、月、日，如 2026-12-31。")
        }
        ErrorKind::ValueValidation => format!("选项 {argument} 的值“{value}”不合要求。"),
        ErrorKind::MissingRequiredArgument if argument.contains("--reason") => {
            "没有写理由。请写明为什么认可，如：--reason 调整预算的批复见附件2".to_owned()
        }
        ErrorKind::MissingRequiredArgument if argument.contains("规则文件") => {
            "没有写文件。请写上规则文件或文件夹，如：jixiao test 规则.jx、jixiao fmt 规则.jx".to_owned()
        }
        ErrorKind::MissingRequiredArgument if argument.contains("文件") => {
            "没有写文件。请写上要核对的报告，如：jixiao check 自评报告.md".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("缺少：{argument}。"),
        ErrorKind::ArgumentConflict => format!("选项 {argument} 只能写一次，或不能与其他选项同时使用。"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("选项 {argument} 的值的个数不对。")
        }
        ErrorKind::NoEquals => format!("选项 {argument} 与它的值之间要写等号。"),
        ErrorKind::InvalidUtf8 => "参数中有不能识别的字符，请换一个文件名再试。".to_owned(),
        _ => "命令写得不对。".to_owned(),
    }
}

fn unknown_verb(error: &clap::Error) -> String {
    let word = context(error, ContextKind::InvalidSubcommand);
    if Path::new(&word).exists() {
        return format!("没有写命令。要核对这个文件，请写：jixiao check {word}");
    }
    let meant = context(error, ContextKind::SuggestedSubcommand);
    format!(
        "没有“{word}”这个命令{}。可用的命令：check、accept、facts、test、explain、packs、fmt、new。",
        suggestion(&meant)
    )
}

fn suggestion(meant: &str) -> String {
    if meant.is_empty() {
        String::new()
    } else {
        format!("，是不是想写 {meant}")
    }
}

/// clap names an option together with its value: `--format <格式>`.
fn named(argument: String) -> String {
    match argument.split_once(" <") {
        Some((option, _)) if option.starts_with('-') => option.to_owned(),
        _ => argument,
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}
