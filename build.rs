//! What is known of the program before it starts: the built-in packs as their parser reads them, their digests, the model
//! of the standard pack, and how the program is linked. A pack is parsed here by the same code that parses its users' rules.

// The rooms of the language, each as the program itself has it; only the parser and the resolver are called.
#[allow(dead_code)]
#[path = "src/expr/mod.rs"]
mod expr;
#[allow(dead_code)]
#[path = "src/finding/mod.rs"]
mod finding;
#[allow(dead_code, unused_imports)]
#[path = "src/model/mod.rs"]
mod model;
#[allow(dead_code)]
#[path = "src/packs.rs"]
mod packs;
#[allow(dead_code, unused_imports)]
#[path = "src/quantity/mod.rs"]
mod quantity;
#[allow(dead_code)]
#[path = "src/source.rs"]
mod source;
#[allow(dead_code, unused_imports)]
#[path = "src/syntax/mod.rs"]
mod syntax;
#[allow(dead_code, unused_imports, unused_macros)]
#[path = "src/words/mod.rs"]
mod words;

/// Nothing is made yet.
mod made {
    use crate::syntax::coded::Packed;

    pub struct Made {
        pub name: &'static str,
        pub digest: [u8; 32],
        pub tree: Packed<'static>,
    }

    pub const PACKS: &[Made] = &[];
    pub const STANDARD_MODEL: Packed<'static> = Packed { bytes: &[], text: "" };
}

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};
use syntax::{from_text, ready};

fn main() -> io::Result<()> {
    for read in [
        "build.rs",
        "rules",
        "grammar",
        "data",
        "src/expr",
        "src/finding",
        "src/model",
        "src/packs.rs",
        "src/quantity",
        "src/source.rs",
        "src/syntax",
        "src/words",
    ] {
        println!("cargo:rerun-if-changed={read}");
    }
    let rules = Path::new(&variable("CARGO_MANIFEST_DIR")).join("rules");
    let out = PathBuf::from(variable("OUT_DIR"));
    fs::write(out.join("packs.rs"), packs_in(&rules, &out)?)?;
    let (standard, findings) = model::from_syntax::load(Vec::new(), &mut |_, _| None);
    write(&out, "standard", model::ready::pack(&standard, &findings))?;
    if variable("CARGO_CFG_TARGET_OS") == "linux" && variable("CARGO_CFG_TARGET_ENV") == "gnu" {
        // A program that always lies at one address needs none of its 40,000 pointers set right at each start.
        println!("cargo:rustc-link-arg-bins=-no-pie");
        link_statically(&out.join("static"))?;
    }
    Ok(())
}

/// What the compiler asks the linker for, and the archives that hold the same.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("gcc_s", &["libgcc_eh.a", "libgcc.a"]),
    // some linkers look at each archive once: what the C library asks of the compiler's own is named behind it
    ("c", &["libc.a", "libgcc_eh.a", "libgcc.a"]),
    ("m", &["libm.a"]),
    ("pthread", &["libpthread.a"]),
    ("rt", &["librt.a"]),
    ("dl", &["libdl.a"]),
    ("util", &["libutil.a"]),
];

/// Puts the system's libraries into the program, as `-C target-feature=+crt-static` does: a third of the time of an
/// empty start is spent in looking for them. Where they are not there as archives, or others link, all stays as it is.
fn link_statically(folder: &Path) -> io::Result<()> {
    let flags = variable("CARGO_ENCODED_RUSTFLAGS");
    let others = !variable("RUSTC_LINKER").is_empty()
        || ["linker=", "crt-static"].iter().any(|flag| flags.contains(flag));
    let native = variable("HOST") == variable("TARGET") && !others;
    let all = || LIBRARIES.iter().flat_map(|(_, archives)| archives.iter());
    if !native || !all().all(|archive| is_there(archive)) {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    for (name, archives) in LIBRARIES {
        let inputs: Vec<String> = archives.iter().map(|archive| format!("-l:{archive}")).collect();
        fs::write(
            folder.join(format!("lib{name}.so")),
            format!("GROUP({})\n", inputs.join(" ")),
        )?;
    }
    println!("cargo:rustc-link-arg-bins=-static");
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    Ok(())
}

/// Whether the C compiler, which calls the linker, knows where this archive lies: it then answers with a path.
fn is_there(archive: &str) -> bool {
    let asked = Command::new("cc")
        .arg(format!("-print-file-name={archive}"))
        .output();
    asked.is_ok_and(|answer| answer.stdout.len() > archive.len() + 1)
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// An expression of Rust: for every pack its name, the SHA-256 of its text, and its tree, which lies in `out`.
fn packs_in(rules: &Path, out: &Path) -> io::Result<String> {
    let mut found = Vec::new();
    below(rules, &mut found)?;
    found.sort();
    let mut made = String::from("[\n");
    for (number, path) in found.iter().enumerate() {
        let name = path.strip_prefix(rules).unwrap_or(path).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path)?;
        let digest: [u8; 32] = Sha256::digest(&text).into();
        // the program knows its sources by another number, which is put in when it starts
        let (file, _) = from_text::parse(ready::without_trials(&text), source::SourceId(0));
        let tree = number.to_string();
        write(out, &tree, ready::pack(&file))?;
        made.push_str(&format!(
            "Made {{ name: {name:?}, digest: {digest:?}, tree: packed!({tree:?}) }},\n"
        ));
    }
    made.push(']');
    Ok(made)
}

/// Writes what was packed where `made` looks for it.
fn write(out: &Path, name: &str, (bytes, text): (Vec<u8>, String)) -> io::Result<()> {
    fs::write(out.join(format!("{name}.bytes")), bytes)?;
    fs::write(out.join(format!("{name}.text")), text)
}

/// Every rule file in a folder and the folders in it.
fn below(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "jx") {
            found.push(path);
        }
    }
    Ok(())
}
