//! The built-in packs' sources, compiled in from rules/.

/// A pack that comes with the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BuiltIn {
    /// How 引用 and `--rules` name it: 财预〔2020〕10号, 通用/自评表.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Every built-in pack.
pub const PACKS: &[BuiltIn] = &[
    BuiltIn {
        name: "通用/自评表",
        text: include_str!("../rules/通用/自评表.jx"),
    },
    BuiltIn {
        name: "财预〔2020〕10号",
        text: include_str!("../rules/财预〔2020〕10号.jx"),
    },
];

/// The pack that judges when the user names no rules.
pub const STANDARD: &str = "财预〔2020〕10号";

/// How a 验证 begins in a built-in pack.
const TRIAL: &str = "\n验证：";

/// The pack of the standard form's arithmetic, which judges beside rules that cite nothing.
pub const GENERAL: &str = "通用/自评表";

/// A pack's text up to its 验证, which stand at its end: whoever judges by it needs no more, and reads less.
pub fn without_trials(text: &str) -> &str {
    let end = memchr::memmem::find(text.as_bytes(), TRIAL.as_bytes());
    end.and_then(|end| text.get(..=end)).unwrap_or(text)
}

/// The built-in pack of this name, with any brackets, blanks and width of signs, and with or without `.jx`.
pub fn by_name(name: &str) -> Option<&'static BuiltIn> {
    let wanted = plain(name);
    PACKS.iter().find(|pack| plain(pack.name) == wanted)
}

/// A name as it is compared: one kind of brackets, slashes and digits, no blanks, no ending.
fn plain(name: &str) -> String {
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

    #[test]
    fn nothing_but_trials_stands_behind_the_first_trial_of_a_pack() {
        let of_trials = ["验证", "原文", "原文文件", "年度", "应提示", "不应提示", "备注"];
        for pack in PACKS {
            let rules = without_trials(pack.text);
            assert!(
                rules.ends_with('\n') && rules.len() < pack.text.len(),
                "{} has no trials",
                pack.name
            );
            for line in pack.text[rules.len()..].lines().map(str::trim) {
                let word = line.split('：').next().unwrap_or("");
                assert!(
                    line.is_empty() || line.starts_with('#') || of_trials.contains(&word),
                    "{line}"
                );
            }
        }
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
}
