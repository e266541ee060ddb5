//! jixiao (绩效): a rule language and a linter for performance self-evaluation reports.
//!
//! ```text
//!   rule text ─ syntax ─ model ─┐
//!                               ├─ ledger ─ checks ─ outcome ─ render
//!   report ── document ─ facts ─┘
//! ```
//!
//! One run, from two texts to what is wrong:
//!
//! ```
//! use jixiao::source::Source;
//! use jixiao::{document, lint, model};
//!
//! let rules = "规则：养护绩效\n三级指标：养护里程\n　目标：≥ 120 公里\n";
//! let report = "一、绩效目标\n\n2023年计划养护里程达到150公里。\n";
//!
//! let sources = vec![Source::new("养护.jx", rules)];
//! let (model, mistakes) = model::from_syntax::load(sources, &mut |_, _| None);
//! assert!(mistakes.is_empty());
//!
//! let document = document::read("自评报告.txt", report.as_bytes()).unwrap();
//! let outcome = lint::report(&model, &document, None);
//! assert_eq!(outcome.findings[0].check, "target-mismatch");
//! assert!(outcome.findings[0].message.contains("150 公里（第2段），120 公里（规则）"));
//! ```

#![warn(missing_docs)]

pub mod source;
pub mod words;
pub mod markup;
pub mod quantity;
pub mod finding;
pub mod expr;
pub mod syntax;
pub mod made;
pub mod packs;
pub mod model;
pub mod document;
pub mod facts;
pub mod ledger;
pub mod checks;
pub mod waivers;
pub mod lint;
pub mod reading;
pub mod trial;
pub mod render;
pub mod annotate;
pub mod cli;
#[cfg(feature = "lsp")]
pub mod lsp;
