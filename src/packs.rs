//! The built-in packs' sources, compiled in from rules/.

use crate::made::{self, Made};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// A pack that comes with the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BuiltIn {
    /// How 引用 and `--rules` name it: 财预〔2020〕10号, 通用/自评表.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// One line a pack: its path below rules/, without the ending, is its name.
macro_rules! packs {
    ($($name:literal),* $(,)?) => {
        &[$(BuiltIn { name: $name, text: include_str!(concat!("../rules/", $name, ".jx")) }),*]
    };
}

/// Every built-in pack.
pub const PACKS: &[BuiltIn] = packs![
    "通用/自评表",
    "财预〔2020〕10号",
    "财预〔2020〕10号报告提纲",
    "财预〔2021〕101号",
    "转移支付",
    "地方/四川",
    "地方/广西",
    "地方/执行率二十分",
    "地方/四三二一",
    "地方/整数分档",
];

/// What was reckoned of a text if it is that of the built-in pack of this name.
pub fn made(name: &str, text: &str) -> Option<&'static Made> {
    PACKS.iter().find(|pack| pack.name == name && pack.text == text)?;
    made::PACKS.iter().find(|made| made.name == name)
}

/// The pack that judges when the user names no rules.
pub const STANDARD: &str = "财预〔2020〕10号";

/// The pack of the standard form's arithmetic, which judges beside rules that cite nothing.
pub const GENERAL: &str = "通用/自评表";

/// The built-in pack that is called so, with any brackets, blanks and width of signs, and with or without `.jx`: by its
/// path, by its own 文号, or by the last part of its path where no other ends so.
pub fn by_name(name: &str) -> Option<&'static BuiltIn> {
    if let Some(pack) = PACKS.iter().find(|pack| pack.name == name) {
        return Some(pack);
    }
    static CALLED: OnceLock<HashMap<String, Option<&BuiltIn>>> = OnceLock::new();
    CALLED.get_or_init(called).get(&plain(name)).copied().flatten()
}

/// Every call of a pack; none where two are called so.
fn called() -> HashMap<String, Option<&'static BuiltIn>> {
    let mut called: HashMap<String, Option<&BuiltIn>> = HashMap::new();
    for pack in PACKS {
        called.insert(plain(pack.name), Some(pack));
    }
    let whole: HashSet<String> = called.keys().cloned().collect();
    for pack in PACKS {
        let tail = pack.name.rsplit('/').next();
        let others = number(pack.text).into_iter().chain(tail).map(plain);
        let others: HashSet<String> = others.filter(|other| !whole.contains(other)).collect();
        for other in others {
            called
                .entry(other)
                .and_modify(|held| *held = None)
                .or_insert(Some(pack));
        }
    }
    called
}

/// The names of all packs.
pub fn names() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|pack| pack.name)
}

/// The 文号 that a rule text gives itself in its header.
pub fn number(text: &str) -> Option<&str> {
    header(text, "文号")
}

/// What a rule text says of itself in its header, read without parsing all of it.
pub fn header<'a>(text: &'a str, keyword: &str) -> Option<&'a str> {
    let line = |line: &'a str| {
        let (word, rest) = line.split_once(['：', ':'])?;
        let blank = |sign: char| sign.is_whitespace() || sign == '\u{FEFF}';
        (word.trim_matches(blank) == keyword).then(|| rest.trim_matches(blank))
    };
    text.lines()
        .take(HEADER)
        .find_map(line)
        .filter(|text| !text.is_empty())
}

/// How many lines may stand before the last line of a header.
const HEADER: usize = 40;

/// A name as it is compared: one kind of brackets, slashes and digits, no blanks, no ending.
pub fn plain(name: &str) -> String {
    let bare = name.trim().trim_matches(['“', '”', '"', '《', '》']);
    let bare = bare.strip_suffix(".jx").unwrap_or(bare);
    bare.chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| match sign {
            '[' | '［' | '【' | '（' | '(' => '〔',
            ']' | '］' | '】' | '）' | ')' => '〕',
            '／' | '\\' => '/',
            '０'..='９' => char::from(b'0' + (sign as u32 - '０' as u32) as u8),
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_digest_of_every_pack_is_that_of_its_text() {
        for pack in PACKS {
            let reckoned: [u8; 32] = Sha256::digest(pack.text).into();
            let made = made(pack.name, pack.text);
            assert_eq!(made.map(|made| made.digest), Some(reckoned), "{}", pack.name);
        }
        assert!(made(STANDARD, "规则：我的").is_none());
    }

    #[test]
    fn any_brackets_name_one_document() {
        for twin in [
            "财预[2020]10号",
            "财预［2020］10 号",
            "财预【２０２０】10号",
            "“财预（2020）10号”",
        ] {
            assert_eq!(plain(twin), plain(STANDARD), "{twin}");
        }
        assert_eq!(plain("通用／自评表.jx"), "通用/自评表");
    }

    #[test]
    fn every_pack_is_found_by_its_name_and_by_the_last_part_of_it() {
        for pack in PACKS {
            assert_eq!(by_name(pack.name), Some(pack));
        }
        assert_eq!(by_name("自评表").map(|pack| pack.name), Some(GENERAL));
        assert_eq!(by_name("评表"), None);
    }

    #[test]
    fn a_header_is_read_without_its_file() {
        let text = "\u{FEFF}规则：甲\n 文号 ： 市财〔2023〕1号 \n版本:\n";
        assert_eq!(number(text), Some("市财〔2023〕1号"));
        assert_eq!(header(text, "版本"), None);
    }
}
