//! The formats that verbs write, with their Chinese names, and when colour is used.

use clap::ValueEnum;

/// Formats of `check`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum Format {
    /// For people, with the places underlined.
    #[value(alias = "完整")]
    Full,
    /// One line a finding.
    #[value(alias = "简短")]
    Short,
    /// For programs.
    Json,
    /// For code hosts and review tools (SARIF 2.1.0).
    Sarif,
    /// For review robots (reviewdog).
    Rdjson,
    /// For the log of a GitHub workflow.
    Github,
    /// For build servers.
    Junit,
    /// A page for a browser and a printer.
    #[value(alias = "网页")]
    Html,
}

/// Formats of `facts`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum FactsFormat {
    /// Tables for people.
    #[value(alias = "完整")]
    Full,
    /// For programs.
    Json,
}

/// Formats of `test`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum TestFormat {
    /// For people.
    #[value(alias = "完整")]
    Full,
    /// For build servers.
    Junit,
    /// For programs.
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug, Default)]
pub enum Color {
    /// On a screen, unless NO_COLOR is set.
    #[default]
    #[value(alias = "自动")]
    Auto,
    /// Always.
    #[value(alias = "总是")]
    Always,
    /// Never.
    #[value(alias = "从不")]
    Never,
}
