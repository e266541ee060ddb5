//! How long a run took and which files were slowest. Told apart from the result, which is the same whenever it is made.

use std::fmt::Write;
use std::time::{Duration, Instant};

/// Files that are named.
const NAMED: usize = 5;

/// The times of a run.
pub struct Timings {
    started: Instant,
    slowest: Vec<(Duration, String)>,
}

impl Timings {
    /// The clock runs from here.
    pub fn start() -> Timings {
        Timings {
            started: Instant::now(),
            slowest: Vec::new(),
        }
    }

    /// Notes a file.
    pub fn file(&mut self, path: &str, took: Duration) {
        let at = self.slowest.partition_point(|(other, _)| *other >= took);
        if at < NAMED {
            self.slowest.insert(at, (took, path.to_owned()));
            self.slowest.truncate(NAMED);
        }
    }

    /// In words.
    pub fn told(&self) -> String {
        let mut text = format!("用时 {}", seconds(self.started.elapsed()));
        if !self.slowest.is_empty() {
            text.push_str("；最慢的文件：");
        }
        text.push('\n');
        for (took, path) in &self.slowest {
            let _ = writeln!(text, "  {} {path}", seconds(*took));
        }
        text
    }
}

fn seconds(time: Duration) -> String {
    format!("{}.{:03} 秒", time.as_secs(), time.subsec_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_slowest_are_kept_and_the_slowest_stands_first() {
        let mut timings = Timings::start();
        for number in [3, 9, 1, 7, 5, 8, 2] {
            timings.file(&format!("{number}.txt"), Duration::from_millis(number * 1001));
        }
        let told = timings.told();
        let files: Vec<&str> = told.lines().skip(1).map(str::trim).collect();
        assert_eq!(files[0], "9.009 秒 9.txt");
        assert_eq!(files.len(), NAMED);
        assert!(files[4].ends_with("3.txt"));
    }
}
