//! What a command works with, and how it ends.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::cell::Cell;
use std::io::{self, Write};

use super::escape::escape_text;
use super::style::Painter;
use crate::form::Library;
use crate::store::AppDirs;

/// How a command ended; the number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// Done, and nothing is open.
    Done = 0,
    /// Done, and there are errors, open cells, units missing or differences.
    Findings = 1,
    /// Something could not be done or read; all the rest is done.
    Failed = 2,
}

/// What a command works with.
pub struct CommandContext<'a> {
    /// The available forms.
    pub library: &'a Library,
    /// The day, for deadlines and for the date of an import.
    pub today: Date,
    /// The clerk's time zone, for the time of a saved version.
    pub zone: TimeZone,
    /// Where the program keeps its own files; `None` for a user without a home directory.
    pub dirs: Option<&'a AppDirs>,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where messages go.
    pub err: &'a mut dyn Write,
    /// Whether the error stream is a terminal, where progress may be drawn.
    pub err_is_terminal: bool,
    /// Whether results are in colour: at first whether the output shows colours and nobody forbids them, later
    /// what the command line asks for. The output lets sequences for colours pass while it is set.
    pub styles: &'a Cell<bool>,
    /// Whether remarks and summaries are left out; what went wrong is still said.
    pub quiet: bool,
}

impl CommandContext<'_> {
    /// Returns what sets results in colour.
    pub(super) fn painter(&self) -> Painter {
        Painter { is_on: self.styles.get() }
    }
}

/// Writes a remark to the error stream, unless none is wanted; a closed stream stops nothing.
pub(super) fn eprint_line(context: &mut CommandContext, message: &str) {
    if context.quiet {
        return;
    }
    let _: io::Result<()> = writeln!(context.err, "{}", escape_text(message));
}
