//! Files of old formats (.doc, .wps, .rtf) to documents, by LibreOffice where it is installed; otherwise a sentence that
//! says how to save the file anew.

use crate::cli::load::{Problem, problem};
use crate::cli::workers::waiting;
use crate::document::kind::{self, Old};
use crate::document::{self, Document};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a conversion may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked whether it is done.
const GLANCE: Duration = Duration::from_millis(50);
/// LibreOffice takes much memory: one at a time, whatever the number of threads.
static TURN: Mutex<()> = Mutex::new(());
/// The conversion that is under way: its program and its folder.
static UNDER_WAY: Mutex<Option<(u32, PathBuf)>> = Mutex::new(None);
/// Folders of one run are told apart by their numbers.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Reads such a file.
pub fn read(name: &str, bytes: &[u8], format: Old) -> Result<Document, Problem> {
    let Some(program) = program() else {
        return Err(problem(&kind::too_old(format), ""));
    };
    let folder = Folder::new().ok_or_else(|| failed(format))?;
    // the turn may come late, and the conversion has a limit of its own
    let converted = waiting(|| {
        let _turn = TURN.lock().unwrap_or_else(|held| held.into_inner());
        converted(&program, &folder.path, bytes, format)
    });
    let converted = converted.ok_or_else(|| failed(format))?;
    let mut document = document::read_owned(name, converted).map_err(|message| problem(&message, ""))?;
    let named = kind::old_name(format);
    let note = format!("{named}由本机的 LibreOffice 转换后读取，版式可能与原件有出入；原文件没有改动。");
    document.notes.push(note);
    if shows_cells(bytes) && document.tables.is_empty() {
        document.unread.push(LOST_TABLES.to_owned());
    }
    Ok(document)
}

/// What is said where LibreOffice gives the cells of a table as one long line.
const LOST_TABLES: &str = "原文件里有表格，LibreOffice 转换后表格没有了，表里的内容没有核对；请用 Word 或 WPS 打开，另存为 .docx 后再核对";
/// So many cells are a table.
const FEWEST_CELLS: usize = 4;

/// Whether a .doc file shows cells: its text is UTF-16, and each cell ends with the sign 7, here behind a Chinese
/// character.
fn shows_cells(bytes: &[u8]) -> bool {
    let ends = bytes
        .windows(4)
        .filter(|unit| matches!(unit, [_, 0x4E..=0x9F, 7, 0]));
    bytes.starts_with(&[0xD0, 0xCF]) && ends.take(FEWEST_CELLS).count() == FEWEST_CELLS
}

fn failed(format: Old) -> Problem {
    let message = format!(
        "{}没有转换成：LibreOffice 打不开它，或用时太久。",
        kind::old_name(format)
    );
    problem(&message, "请用 Word 或 WPS 打开，另存为 .docx 后再核对。")
}

/// LibreOffice, where one of the folders for programs has it.
fn program() -> Option<PathBuf> {
    const NAMES: [&str; 4] = ["soffice", "libreoffice", "soffice.com", "soffice.exe"];
    const USUAL: [&str; 3] = [
        "/Applications/LibreOffice.app/Contents/MacOS",
        "C:/Program Files/LibreOffice/program",
        "/usr/lib/libreoffice/program",
    ];
    // an empty path is the folder that the reports stand in: no program is started from there
    let path = env::var_os("PATH")?;
    let given = env::split_paths(&path).filter(|folder| folder.is_absolute());
    let usual = USUAL.iter().map(PathBuf::from).filter(|_| !path.is_empty());
    given
        .chain(usual)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|program| program.is_file())
}

/// The bytes of the file as LibreOffice writes it.
fn converted(program: &Path, folder: &Path, bytes: &[u8], format: Old) -> Option<Vec<u8>> {
    let (from, to) = kind::old_endings(format);
    let given = folder.join(format!("in.{from}"));
    fs::write(&given, bytes).ok()?;
    // a profile of its own: one that is in use by the user would take the work, or refuse it
    let profile = folder.join("profile");
    let url = format!(
        "file://{}{}",
        if cfg!(windows) { "/" } else { "" },
        profile.display()
    );
    let mut command = Command::new(program);
    command
        .arg(format!(
            "-env:UserInstallation={}",
            url.replace('\\', "/").replace(' ', "%20")
        ))
        .args([
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            to,
        ])
        .arg("--outdir")
        .arg(folder.join("out"))
        .arg(&given)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    alone(&mut command);
    let child = command.spawn().ok()?;
    under_way(Some((child.id(), folder.to_owned())));
    let done = ended(child);
    under_way(None);
    done?;
    let largest = 64 << 20;
    let out = folder.join("out").join(format!("in.{to}"));
    let short = fs::metadata(&out).is_ok_and(|about| about.len() <= largest);
    short.then(|| fs::read(&out).ok()).flatten()
}

fn under_way(what: Option<(u32, PathBuf)>) {
    *UNDER_WAY.lock().unwrap_or_else(|held| held.into_inner()) = what;
}

/// Puts the program and those that it starts in a group of their own, so that all of them can be ended.
#[cfg(unix)]
fn alone(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn alone(_: &mut Command) {}

/// Waits for the end; nothing where it did not come in time.
fn ended(mut child: Child) -> Option<()> {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        match child.try_wait() {
            Ok(Some(status)) => return status.success().then_some(()),
            Ok(None) => thread::sleep(GLANCE),
            Err(_) => break,
        }
    }
    stop(&mut child);
    None
}

/// Ends the program with all that it started.
fn stop(child: &mut Child) {
    stop_group(child.id());
    // what could not be ended as a group is ended alone
    let _ = child.kill();
    let _ = child.wait();
}

fn stop_group(id: u32) {
    let mut command = match cfg!(windows) {
        true => Command::new("taskkill"),
        false => Command::new("kill"),
    };
    match cfg!(windows) {
        true => command.args(["/T", "/F", "/PID"]).arg(id.to_string()),
        false => command.args(["-KILL", "--"]).arg(format!("-{id}")),
    };
    let _ = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

/// Ends what is still under way when the run ends before it, and leaves nothing of it behind.
pub fn abandon() {
    let under_way = UNDER_WAY.lock().unwrap_or_else(|held| held.into_inner()).take();
    if let Some((id, folder)) = under_way {
        stop_group(id);
        let _ = fs::remove_dir_all(folder);
    }
}

/// A folder for one conversion, which is gone when it is done.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new() -> Option<Folder> {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        for attempt in 0..100 {
            let name = format!("jixiao-{}-{number}-{attempt}", std::process::id());
            let path = env::temp_dir().join(name);
            // one that is there already may be another's
            if create(&path) {
                return Some(Folder { path });
            }
        }
        None
    }
}

#[cfg(unix)]
fn create(path: &Path) -> bool {
    use std::os::unix::fs::DirBuilderExt;
    // the report is nobody else's to read
    fs::DirBuilder::new().mode(0o700).create(path).is_ok()
}

#[cfg(not(unix))]
fn create(path: &Path) -> bool {
    fs::create_dir(path).is_ok()
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
