//! What was reckoned of the built-in packs when the program was built; see build.rs.

use crate::syntax::coded::Packed;

/// What was reckoned of a pack.
pub struct Made {
    /// Its name.
    pub name: &'static str,
    /// The SHA-256 of its text.
    pub digest: [u8; 32],
    /// Its text without its trials as `syntax::ready` packs it.
    pub tree: Packed<'static>,
}

/// A file that build.rs has packed.
macro_rules! packed {
    ($name:literal) => {
        Packed {
            bytes: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bytes")),
            text: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".text")),
        }
    };
}

/// One for every text below rules/.
pub const PACKS: &[Made] = &include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The model of the standard pack as `model::ready` packs it.
pub const STANDARD_MODEL: Packed<'static> = packed!("standard");
