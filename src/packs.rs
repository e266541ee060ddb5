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
