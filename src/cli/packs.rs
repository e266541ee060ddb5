//! `jixiao packs`: the rules that come with the program.

use crate::cli::arguments::PAGE;
use crate::cli::output::{Output, Stop};
use crate::cli::{PASSED, explain};
use crate::packs::{self, BuiltIn, PACKS};
use crate::render::wrap;
use clap::{Args, Subcommand};

/// Options of `packs`.
#[derive(Args, Debug)]
pub struct PacksOptions {
    /// What to do with the packs; they are listed without it.
    #[command(subcommand)]
    pub verb: Option<PacksVerb>,
}

/// Verbs of `packs`.
#[derive(Subcommand, Debug)]
pub enum PacksVerb {
    /// Prints a pack.
    #[command(
        alias = "显示",
        about = "显示一个规则包的全文",
        override_usage = "jixiao packs show <名称>",
        help_template = PAGE
    )]
    Show {
        /// The pack's name.
        #[arg(value_name = "名称", help = "规则包的名称", help_heading = "参数")]
        name: String,
    },
}

/// Lists the packs or prints one.
pub fn run(options: &PacksOptions, output: &mut Output) -> Result<u8, Stop> {
    match &options.verb {
        None => output.write(&list(PACKS))?,
        Some(PacksVerb::Show { name }) => output.write(find(name)?.text)?,
    }
    Ok(PASSED)
}

fn find(name: &str) -> Result<&'static BuiltIn, Stop> {
    packs::by_name(name).ok_or_else(|| {
        let names: Vec<&str> = packs::names().collect();
        Stop::Failed(format!(
            "没有名为“{name}”的内置规则包{}。用 jixiao packs 查看全部。",
            explain::nearest_of(name, &names)
        ))
    })
}

fn list(packs: &[BuiltIn]) -> String {
    let mut text = String::new();
    for pack in packs {
        let says = |keyword| packs::header(pack.text, keyword).unwrap_or_default();
        let name = format!("{} {}", pack.name, says("版本"));
        wrap::wrapped(&mut text, "", name.trim_end(), 80);
        for keyword in ["适用年度", "依据"] {
            if !says(keyword).is_empty() {
                wrap::wrapped(&mut text, &format!("  {keyword}："), says(keyword), 80);
            }
        }
        if !says("备注").is_empty() {
            wrap::wrapped(&mut text, "  ", says("备注"), 80);
        }
    }
    text.push_str("\n用 jixiao packs show 加名称，显示规则包的全文。名称里的括号怎么打都可以。\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_name_version_years_basis_and_what_it_is() {
        let packs = [
            BuiltIn {
                name: "通用/自评表",
                text: "规则：自评表\n版本：2020.1\n备注：自评表的算术。\n",
            },
            BuiltIn {
                name: "地方/某省",
                text: "规则：某省\n依据：某财绩〔2021〕1号\n适用年度：2021 起\n",
            },
        ];
        assert_eq!(
            list(&packs),
            "通用/自评表 2020.1\n  自评表的算术。\n地方/某省\n  适用年度：2021 起\n  依据：某财绩〔2021〕1号\n\n\
             用 jixiao packs show 加名称，显示规则包的全文。名称里的括号怎么打都可以。\n"
        );
    }
}
