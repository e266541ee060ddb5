//! jixiao (绩效): a rule language and a linter for performance self-evaluation reports.
//!
//! ```text
//!   rule text ─ syntax ─ model ─┐
//!                               ├─ ledger ─ checks ─ outcome ─ render
//!   report ── document ─ facts ─┘
//! ```

#![warn(missing_docs)]

pub mod source;
pub mod quantity;
pub mod finding;
pub mod expr;
pub mod packs;
pub mod syntax;
pub mod model;
pub mod document;
pub mod facts;
pub mod ledger;
pub mod checks;
pub mod lint;
pub mod render;
pub mod cli;
