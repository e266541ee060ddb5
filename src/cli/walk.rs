//! Arguments to the files that they mean: which are rules and which reports, folders walked, each file once.

use crate::cli::load::{self, Problem};
use crate::cli::waivers;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One report of this size or less is judged in the time that it takes to press a key.
const SHORT: u64 = 1 << 20;

/// An argument, or a file found in a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A rule file.
    Rules(PathBuf),
    /// A file of 采纳 entries; it is read with the report that it stands beside.
    Waivers(PathBuf),
    /// A report.
    Report(PathBuf),
    /// Something that cannot be read, by the path that the user knows.
    Unreadable(String, Problem),
}

impl Input {
    /// Its path as it is shown.
    pub fn shown(&self) -> String {
        match self {
            Input::Rules(path) | Input::Waivers(path) | Input::Report(path) => load::shown(path),
            Input::Unreadable(path, _) => path.clone(),
        }
    }

    /// Whether it is certain to be judged before anybody could interrupt it: a short text. What is packed may be made to
    /// take long.
    pub fn is_short(&self) -> bool {
        match self {
            Input::Report(path) if !TEXTS.contains(&load::ending(path).as_str()) => false,
            Input::Report(path) => fs::metadata(path).map_or(true, |about| about.len() <= SHORT),
            _ => true,
        }
    }
}

/// Endings of plain texts; where a file lies, its content says what it is, and nothing is worse for it.
const TEXTS: [&str; 5] = ["txt", "text", "md", "markdown", ""];

/// What the arguments mean.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files in the order of the arguments, those of a folder sorted by name.
    pub files: Vec<Input>,
    /// How many files were named again, by another argument; they are judged once, where they stand first.
    pub again: usize,
}

/// The arguments in their order, each folder replaced by its reports.
pub fn inputs(arguments: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    for path in arguments {
        if path.is_dir() {
            walk(path, &mut inputs.files, &REPORTS);
        } else if waivers::is_waivers(path) {
            inputs.files.push(Input::Waivers(path.clone()));
        } else if load::ending(path) == "jx" {
            inputs.files.push(Input::Rules(path.clone()));
        } else {
            inputs.files.push(Input::Report(path.clone()));
        }
    }
    once_each(arguments, &mut inputs);
    inputs
}

/// The rule files that the arguments mean, each folder replaced by those in it. What is no path may be a pack's name.
pub fn rule_files(arguments: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    for path in arguments {
        if path.is_dir() {
            walk(path, &mut inputs.files, &RULES);
        } else {
            inputs.files.push(Input::Rules(path.clone()));
        }
    }
    once_each(arguments, &mut inputs);
    inputs
}

/// Leaves each file where it stands first.
fn once_each(arguments: &[PathBuf], inputs: &mut Inputs) {
    // a folder alone cannot hold a file twice
    if arguments.len() > 1 {
        let (before, mut seen) = (inputs.files.len(), HashSet::new());
        let mut places = Places::default();
        inputs.files.retain(|file| match file {
            Input::Rules(path) | Input::Waivers(path) | Input::Report(path) => seen.insert(places.of(path)),
            Input::Unreadable(..) => true,
        });
        inputs.again = before - inputs.files.len();
    }
}

/// Why a result must not be written there: it would replace what is to be judged, or be taken for a report next time.
pub fn is_in_the_way(result: &Path, arguments: &[PathBuf]) -> Option<&'static str> {
    if arguments
        .iter()
        .any(|path| path.is_file() && same_file(path, result))
    {
        return Some("它是核对要读的文件，会被覆盖。请换一个文件名。");
    }
    let place = Places::default().of(result);
    let inside = |folder: &PathBuf| {
        folder.is_dir() && fs::canonicalize(folder).is_ok_and(|folder| place.starts_with(folder))
    };
    (load::is_known(&load::ending(result)) && arguments.iter().any(inside)).then_some(
        "它在要核对的文件夹里，下次会被当作报告。请写到别的文件夹，或者换一个扩展名，如 .json、.log。",
    )
}

/// Whether both paths lead to one file, as far as can be told.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other || is_one_on_disk(&one, &other),
        _ => Places::default().of(one) == Places::default().of(other),
    }
}

/// Whether two names stand for the same bytes on the disk: a second name of a file, or one in other letters where the
/// system does not tell them apart.
#[cfg(unix)]
fn is_one_on_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// The system tells no more than the path.
#[cfg(not(unix))]
fn is_one_on_disk(_: &Path, _: &Path) -> bool {
    false
}

/// Where files stand, however their paths are written. Links to files are files of their own.
#[derive(Default)]
struct Places {
    /// Asking the system for each file of a large folder would take longer than walking it.
    folders: HashMap<PathBuf, PathBuf>,
}

impl Places {
    fn of(&mut self, path: &Path) -> PathBuf {
        let Some(name) = path.file_name() else {
            return path.to_owned();
        };
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        if let Some(known) = self.folders.get(folder) {
            return known.join(name);
        }
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let place = real.join(name);
        self.folders.insert(folder.to_owned(), real);
        place
    }
}

/// What is looked for in a folder.
struct Wanted {
    is: fn(&Path) -> bool,
    input: fn(PathBuf) -> Input,
    /// What is said of a folder that holds none.
    none: fn() -> Problem,
}

const REPORTS: Wanted = Wanted {
    is: is_report,
    input: Input::Report,
    none: || {
        let known = load::READ.join("、.");
        let help = format!("报告文件名应以 .{known} 结尾；规则文件（.jx）请在命令中逐个写出。");
        load::problem("文件夹里没有找到报告。", &help)
    },
};

const RULES: Wanted = Wanted {
    is: |path| load::ending(path) == "jx" && !waivers::is_waivers(path),
    input: Input::Rules,
    none: || load::problem("文件夹里没有找到规则文件。", "规则文件名应以 .jx 结尾。"),
};

/// The reports of a folder, sorted. Nothing is skipped that a reader would take for a report: formats that cannot be
/// read yet are named one by one, and `.gitignore` hides nothing. Links to folders are not followed, so that a link
/// that leads back cannot make the walk endless.
fn walk(folder: &Path, files: &mut Vec<Input>, wanted: &Wanted) {
    let before = files.len();
    let walker = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .sort_by_file_name(|a, b| a.cmp(b))
        .build();
    for entry in walker {
        match entry {
            // a link that leads nowhere is a report that is missing
            Ok(entry) if (wanted.is)(entry.path()) && !entry.path().is_dir() => {
                files.push((wanted.input)(entry.into_path()));
            }
            Ok(_) => {}
            Err(_) => files.push(Input::Unreadable(
                load::shown(folder),
                load::problem("文件夹里有打不开的内容。", "请检查读取权限。"),
            )),
        }
    }
    if files.len() == before {
        files.push(Input::Unreadable(load::shown(folder), (wanted.none)()));
    }
}

fn is_report(path: &Path) -> bool {
    // Office keeps a lock file beside an open document
    let lock = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    !lock && load::is_known(&load::ending(path))
}
