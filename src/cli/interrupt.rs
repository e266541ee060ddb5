//! Ctrl-C: told once to the run, which ends at the next report; pressed again, it ends at once.

use crate::cli::UNDETERMINED;
use std::sync::atomic::{AtomicBool, Ordering};

static PRESSED: AtomicBool = AtomicBool::new(false);

/// Has `tell` called, from a thread of its own, when the user interrupts the run. Where that cannot be arranged, an
/// interruption ends the program as the system does it.
pub fn watch(tell: impl Fn() + Send + 'static) {
    let _ = ctrlc::set_handler(move || {
        if PRESSED.swap(true, Ordering::Relaxed) {
            crate::cli::convert::abandon();
            std::process::exit(i32::from(UNDETERMINED));
        }
        tell();
    });
}
