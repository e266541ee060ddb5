//! What judged, each pack with the beginning of its digest, so that two runs can be told apart.

use crate::finding::PackUsed;
use crate::model::Model;
use crate::packs;
use sha2::{Digest, Sha256};

/// How many bytes of the SHA-256 are told.
const TOLD: usize = 6;

impl Model {
    /// The packs and files in the order in which they were loaded.
    pub fn packs_used(&self) -> Vec<PackUsed> {
        let used = self.packs.iter().map(|pack| {
            let source = &self.sources[pack.source];
            let known = packs::made(&source.name, &source.text).map(|made| made.digest);
            let digest = known.unwrap_or_else(|| Sha256::digest(source.text.as_bytes()).into());
            let digest = digest
                .iter()
                .take(TOLD)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            PackUsed {
                name: pack.name.clone(),
                version: pack.version.clone(),
                years: pack.years.map_or(String::new(), |years| years.to_string()),
                digest,
            }
        });
        used.collect()
    }
}
