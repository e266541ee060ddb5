//! `jixiao packs`: the rules that come with the program.

use crate::cli::arguments::{PacksOptions, PacksVerb};
use crate::cli::output::{Output, Stop};
use crate::cli::{PASSED, explain};
use crate::packs::{BuiltIn, PACKS};
use crate::render::wrap;

/// Lists the packs or prints one.
pub fn run(options: &PacksOptions, output: &mut Output) -> Result<u8, Stop> {
    match &options.verb {
        None => output.write(&list(PACKS))?,
        Some(PacksVerb::Show { name }) => output.write(find(name)?.text)?,
    }
    Ok(PASSED)
}

/// The built-in pack of that name.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    let bare = name.strip_suffix(".jx").unwrap_or(name);
    PACKS.iter().find(|pack| same(pack.name, bare))
}

/// The brackets of a document number are typed in many ways: 〔2020〕 [2020] ［2020］ (2020).
fn same(name: &str, typed: &str) -> bool {
    let plain = |c: char| match c {
        '〔' | '［' | '(' | '（' | '【' => '[',
        '〕' | '］' | ')' | '）' | '】' => ']',
        _ => c,
    };
    name.chars().map(plain).eq(typed.chars().map(plain))
}

fn find(name: &str) -> Result<&'static BuiltIn, Stop> {
    built_in(name).ok_or_else(|| {
        let names: Vec<&str> = PACKS.iter().map(|pack| pack.name).collect();
        Stop::Failed(format!(
            "没有名为“{name}”的内置规则包{}。用 jixiao packs 查看全部。",
            explain::nearest_of(name, &names)
        ))
    })
}

fn list(packs: &[BuiltIn]) -> String {
    let mut text = String::new();
    for pack in packs {
        let name = format!("{} {}", pack.name, field(pack.text, "版本"));
        wrap::wrapped(&mut text, "", &name, 80);
        wrap::wrapped(&mut text, "  ", field(pack.text, "备注"), 80);
    }
    text.push_str("\n用 jixiao packs show 加名称，显示规则包的全文。\n");
    text
}

/// The first statement of that keyword in a rule text.
fn field<'a>(text: &'a str, keyword: &str) -> &'a str {
    text.lines()
        .find_map(|line| line.trim_start().strip_prefix(keyword)?.strip_prefix(['：', ':']))
        .map_or("", str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_name_version_and_what_it_is() {
        let packs = [BuiltIn {
            name: "通用/自评表",
            text: "规则：自评表\n版本：2020.1\n备注：自评表的算术。\n",
        }];
        assert_eq!(
            list(&packs),
            "通用/自评表 2020.1\n  自评表的算术。\n\n用 jixiao packs show 加名称，显示规则包的全文。\n"
        );
    }

    #[test]
    fn brackets_of_a_document_number_may_be_typed_in_any_way() {
        assert!(same("财预〔2020〕10号", "财预[2020]10号"));
        assert!(same("财预〔2020〕10号", "财预（2020）10号"));
        assert!(!same("财预〔2020〕10号", "财预[2021]10号"));
    }
}
