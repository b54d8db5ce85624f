//! The `nianbao doctor` command: what this terminal and these folders can do, and what to change.
//!
//! Collecting the facts (`ask`, `folders`) is separate from the conclusions (`terminal`), which are a pure
//! function, so that every terminal can be tried in a test.

mod ask;
mod facts;
mod folders;
mod keys;
mod known;
mod line;
mod terminal;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::time::Duration;

use self::facts::Facts;
use self::line::write_lines;
use super::environment;
use crate::store::AppDirs;
use crate::terminal::capabilities::Capabilities;
use crate::terminal::enter::{raw_mode_restorer, size};
use crate::terminal::input::Input;
use crate::terminal::locale::{Locale, MAYBE_NOT_UTF8, NOT_UTF8};
use crate::terminal::{has_flow_control, is_terminal, variable, watchdog};

/// Examines everything and writes the results; with `try_keys` the clerk is then asked to press keys.
/// Returns `true` if no setting has to be changed.
///
/// # Errors
/// Returns an error if the output cannot be written.
pub fn run_doctor(try_keys: bool, out: &mut dyn Write) -> io::Result<bool> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let is_terminal = is_terminal();
    let mut input = if is_terminal { Input::listen().ok() } else { None };
    if let Some(input) = &mut input {
        // Once signals are caught to ask the terminal, they no longer end the program by themselves.
        let _ = watchdog::watch(input.signals(), Duration::ZERO, raw_mode_restorer());
    }
    let dirs = AppDirs::for_user();
    let keymap = environment::keys(dirs.as_ref(), &mut Vec::new());
    let facts = Facts {
        keys: &keymap,
        variable: &variable,
        capabilities: Capabilities::of(variable, false),
        locale: Locale::of(variable),
        window: is_terminal.then(size).map(|size| (size.width, size.height)),
        answers: input.as_mut().and_then(|input| ask::ask(input.signals())),
        flow_control: has_flow_control(),
        tmux_clipboard: variable("TMUX").and_then(|_| ask::tmux_clipboard()),
    };
    let mut lines = terminal::lines(&facts);
    lines.extend(folders::lines(dirs.as_ref()));
    match &facts.answers {
        Some(answers) if answers.is_utf8() == Some(true) => {}
        Some(answers) if answers.is_utf8() == Some(false) => writeln!(out, "{NOT_UTF8}\n")?,
        _ if facts.locale.is_utf8 => {}
        _ => writeln!(out, "{MAYBE_NOT_UTF8}\n")?,
    }
    let good = write_lines(&lines, out)?;
    match (try_keys, input) {
        (false, _) => writeln!(out, "按键能不能到，可以逐个试：nianbao doctor --keys")?,
        (true, None) => writeln!(out, "这里不是终端，试不了按键。请在终端里运行 nianbao doctor --keys")?,
        (true, Some(input)) => return Ok(keys::try_all(&keymap, input, out)? && good),
    }
    Ok(good)
}
