//! The command: hand the arguments to `cli` and exit with its answer.

fn main() {}
