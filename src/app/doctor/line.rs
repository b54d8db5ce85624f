//! The lines of the doctor's report.

use std::io::{self, Write};

use crate::text::width;

/// How well something works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It works.
    Good,
    /// It works, but there is something to know.
    Notice,
    /// A setting has to be changed.
    Bad,
    /// It could not be found out.
    Unknown,
}

impl Level {
    /// Returns the label of the first column.
    fn label(self) -> &'static str {
        match self {
            Level::Good => "好",
            Level::Notice => "留意",
            Level::Bad => "请改",
            Level::Unknown => "不明",
        }
    }
}

/// The result for one thing that was examined.
#[derive(Debug, PartialEq, Eq)]
pub struct DoctorLine {
    /// How well it works.
    pub level: Level,
    /// What was examined.
    pub subject: &'static str,
    /// What was found.
    pub text: String,
    /// What to do; empty if there is nothing to do.
    pub remedy: String,
}

impl DoctorLine {
    /// Creates a line without a remedy.
    pub fn new(level: Level, subject: &'static str, text: impl Into<String>) -> Self {
        DoctorLine { level, subject, text: text.into(), remedy: String::new() }
    }

    /// Adds what to do.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }
}

/// Writes the lines and a summary. Returns `true` if no setting has to be changed.
///
/// # Errors
/// Returns an error if the output cannot be written.
pub fn write_lines(lines: &[DoctorLine], out: &mut dyn Write) -> io::Result<bool> {
    writeln!(out, "nianbao {} 在这里能做什么\n", env!("CARGO_PKG_VERSION"))?;
    for line in lines {
        let (level, subject) = (padded(line.level.label(), 6), padded(line.subject, 8));
        writeln!(out, "{level}{subject}{}", line.text)?;
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

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width::display_width(text))))
}
