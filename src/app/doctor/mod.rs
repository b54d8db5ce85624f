//! `nianbao doctor`: what this terminal and these folders can do, and what to set.
//!
//! What is asked (`ask`, `folders`) and what is made of it (`terminal`) are apart: the second is a pure
//! function, so that every terminal can be tried in a test.

mod ask;
mod folders;
mod keys;
mod known;
mod terminal;
#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use self::ask::Answers;
use super::capabilities::Capabilities;
use super::locale::{Locale, MAYBE_NOT_UTF8, NOT_UTF8};
use super::{host, watchdog};
use crate::editor::Keymap;
use crate::store::AppDirs;
use crate::text::width;

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Good,
    /// It works, with something to know.
    Notice,
    /// Something has to be set.
    Bad,
    /// It could not be asked, or nobody answered.
    Unknown,
}

impl Level {
    fn label(self) -> &'static str {
        match self {
            Level::Good => "好",
            Level::Notice => "留意",
            Level::Bad => "请改",
            Level::Unknown => "不明",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, PartialEq, Eq)]
struct DoctorLine {
    level: Level,
    subject: &'static str,
    text: String,
    /// What to do; empty where there is nothing to do.
    remedy: String,
}

impl DoctorLine {
    fn new(verdict: Level, what: &'static str, words: impl Into<String>) -> Self {
        DoctorLine { level: verdict, subject: what, text: words.into(), remedy: String::new() }
    }

    fn remedy(mut self, words: impl Into<String>) -> Self {
        self.remedy = words.into();
        self
    }
}

/// All that is known of the terminal before anything is said about it.
struct Facts<'a> {
    /// The clerk's keys.
    keys: &'a Keymap,
    /// A variable of the environment; none where it is empty.
    variable: &'a dyn Fn(&str) -> Option<String>,
    abilities: Capabilities,
    locale: Locale,
    /// Columns and rows; none where there is no terminal.
    window: Option<(u16, u16)>,
    /// What the terminal answered; none where it could not be asked.
    answers: Option<Answers>,
    /// Whether Ctrl+S stops the output, as the terminal stands now.
    flow_control: Option<bool>,
    /// What tmux says of `set-clipboard`.
    tmux_clipboard: Option<String>,
}

/// Looks at everything and says it; with `try_keys` the clerk is then asked to press keys. Whether
/// nothing has to be set.
///
/// # Errors
/// When the output cannot be written to.
pub fn run_doctor(try_keys: bool, out: &mut dyn Write) -> io::Result<bool> {
    // From the first question on signals no longer do what they do by themselves.
    let _ = watchdog::watch(&watchdog::ENDING, Duration::ZERO, ask::leave_raw_mode);
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_terminal = super::terminal::is_there();
    let places = AppDirs::for_user();
    let keymap = host::keys(places.as_ref(), &mut Vec::new());
    let facts = Facts {
        keys: &keymap,
        variable: &variable,
        abilities: Capabilities::of(variable, false),
        locale: Locale::of(variable),
        window: is_terminal.then(super::terminal::size).map(|size| (size.width, size.height)),
        answers: if is_terminal { ask::ask() } else { None },
        flow_control: super::terminal::stops_at_ctrl_s(),
        tmux_clipboard: variable("TMUX").and_then(|_| ask::tmux_clipboard()),
    };
    let mut lines = terminal::lines(&facts);
    lines.extend(folders::lines(places.as_ref()));
    match &facts.answers {
        Some(answers) if answers.is_utf8() == Some(true) => {}
        Some(answers) if answers.is_utf8() == Some(false) => writeln!(out, "{NOT_UTF8}\n")?,
        _ if facts.locale.is_utf8 => {}
        _ => writeln!(out, "{MAYBE_NOT_UTF8}\n")?,
    }
    let good = write_lines(&lines, out)?;
    match (try_keys, is_terminal && io::stdin().is_terminal()) {
        (false, _) => writeln!(out, "按键能不能到，可以逐个试：nianbao doctor --keys")?,
        (true, false) => writeln!(out, "这里不是终端，试不了按键。请在终端里运行 nianbao doctor --keys")?,
        (true, true) => return Ok(keys::try_all(&keymap, out)? && good),
    }
    Ok(good)
}

/// Writes the lines and the sum of them; whether nothing has to be set.
fn write_lines(lines: &[DoctorLine], out: &mut dyn Write) -> io::Result<bool> {
    writeln!(out, "nianbao {} 在这里能做什么\n", env!("CARGO_PKG_VERSION"))?;
    for line in lines {
        let (verdict, what) = (padded(line.level.label(), 6), padded(line.subject, 8));
        writeln!(out, "{verdict}{what}{}", line.text)?;
        if !line.remedy.is_empty() {
            writeln!(out, "{}→ {}", " ".repeat(14), line.remedy)?;
        }
    }
    let bad = lines.iter().filter(|line| line.level == Level::Bad).count();
    match bad {
        0 => writeln!(out, "\n没有要改的。")?,
        _ => writeln!(out, "\n有 {bad} 处请改：照 → 后面的话做，再运行一次 nianbao doctor。")?,
    }
    Ok(bad == 0)
}

fn padded(words: &str, columns: usize) -> String {
    format!("{words}{}", " ".repeat(columns.saturating_sub(width::display_width(words))))
}
