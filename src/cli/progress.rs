//! How far a long run has come, on the error output where it is a screen, and never among the results.

use crate::cli::output::Kind;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// A run that is over by then needs no bar.
const SOON: Duration = Duration::from_secs(1);

/// The progress of a run.
pub struct Progress {
    wanted: bool,
    /// Whether results are written to the same screen.
    shared: bool,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// The progress of a run whose result goes to an output of that kind. Another program may write to the screen
    /// whenever it likes, so that there is no bar beside it.
    pub fn new(kind: Kind) -> Progress {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let watched = std::env::var_os("CI").is_none() && !dumb && io::stderr().is_terminal();
        Progress {
            wanted: watched && kind != Kind::Program,
            shared: kind == Kind::Screen,
            started: Instant::now(),
            bar: None,
        }
    }

    /// Shows how far the run is: `done` of `all`, of which `failed` did not pass.
    pub fn show(&mut self, done: usize, all: usize, failed: usize) {
        let elapsed = self.started.elapsed();
        if !self.wanted || elapsed < SOON {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| bar(all));
        bar.set_position(done as u64);
        bar.set_message(told(done, all, failed, elapsed));
    }

    /// Runs `write` with nothing else on the screen that it writes to.
    pub fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) if self.shared => bar.suspend(write),
            _ => write(),
        }
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        self.wanted = false;
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

fn bar(all: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:20} {msg}") {
        Ok(style) => bar.with_style(style.progress_chars("━━─")),
        Err(_) => bar,
    }
}

fn told(done: usize, all: usize, failed: usize, elapsed: Duration) -> String {
    let mut text = format!("已核对 {done}/{all} 份，不通过 {failed}");
    if done > 0 && done < all {
        let rest = elapsed.as_millis() * (all - done) as u128 / done as u128;
        text.push_str(&remaining(rest as u64 / 1000 + 1));
    }
    text
}

fn remaining(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("，约剩 {seconds} 秒"),
        (minutes @ 1..10, seconds) => format!("，约剩 {minutes} 分 {seconds} 秒"),
        (minutes, _) => format!("，约剩 {minutes} 分"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_say_how_many_are_done_and_how_long_the_rest_may_take() {
        let half_a_minute = Duration::from_secs(30);
        assert_eq!(
            told(120, 360, 35, half_a_minute),
            "已核对 120/360 份，不通过 35，约剩 1 分 1 秒"
        );
        assert_eq!(told(0, 360, 0, half_a_minute), "已核对 0/360 份，不通过 0");
        assert_eq!(told(360, 360, 1, half_a_minute), "已核对 360/360 份，不通过 1");
        assert_eq!(remaining(754), "，约剩 12 分");
    }
}
