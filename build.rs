//! What is known of the program before it starts: the digests of the built-in packs, and how it is linked.

use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::{env, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=rules");
    let rules = Path::new(&variable("CARGO_MANIFEST_DIR")).join("rules");
    let to = Path::new(&variable("OUT_DIR")).join("digests.rs");
    fs::write(to, digests(&rules)?)?;
    // A program that always lies at one address needs none of its 40,000 pointers set right at each start.
    if variable("CARGO_CFG_TARGET_OS") == "linux" && variable("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
    Ok(())
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// An expression of Rust: the name of every pack with the SHA-256 of its text.
fn digests(rules: &Path) -> io::Result<String> {
    let mut found = Vec::new();
    packs(rules, &mut found)?;
    found.sort();
    let mut text = String::from("&[\n");
    for path in found {
        let name = path.strip_prefix(rules).unwrap_or(&path).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let digest: [u8; 32] = Sha256::digest(fs::read(&path)?).into();
        text.push_str(&format!("    ({name:?}, {digest:?}),\n"));
    }
    text.push(']');
    Ok(text)
}

fn packs(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            packs(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "jx") {
            found.push(path);
        }
    }
    Ok(())
}
