//! Colours of results on a terminal. Nothing is said by colour alone: without it the same words stand there.

use anstyle::{AnsiColor, Style};

use super::escape::escape_line;
use crate::check::Severity;

/// What a piece of a result is, and so how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The head of a group of lines.
    Heading,
    /// A finding of this severity, or what is as bad.
    Severity(Severity),
    /// What was there before.
    Before,
    /// What is there now.
    After,
}

impl Part {
    fn style(self) -> Style {
        let color = match self {
            Part::Heading => return Style::new().bold(),
            Part::Severity(Severity::Error) => return AnsiColor::Red.on_default().bold(),
            Part::Severity(Severity::Warning) => AnsiColor::Yellow,
            Part::Severity(Severity::Remark) => AnsiColor::Cyan,
            Part::Before => AnsiColor::Red,
            Part::After => AnsiColor::Green,
        };
        color.on_default()
    }
}

/// Sets text in colour, or leaves it as it is.
#[derive(Clone, Copy)]
pub(super) struct Painter {
    /// Whether there are colours.
    pub is_on: bool,
}

impl Painter {
    /// Returns the text on one line, without hidden characters, in the style of a part.
    pub fn paint(self, part: Part, text: &str) -> String {
        let text = escape_line(text);
        if !self.is_on || text.is_empty() {
            return text;
        }
        let style = part.style();
        format!("{style}{text}{style:#}")
    }
}
