//! What a test says that cannot run here. `.ci/run` collects these lines.

use std::io::Write;

/// Prints `skipped: …`, past the test harness, which keeps what a passing test prints to itself.
/// `no strace` and the like say that a tool is missing, which in CI none may be.
pub fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
