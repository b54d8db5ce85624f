//! The few styles there are. They keep to the terminal's own colours, so that light and dark both work, and
//! nothing is shown by colour alone: each has a mark or a modifier beside it.

use ratatui::style::{Color, Modifier, Style};

use crate::check::Severity;

/// The styles for this terminal.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Whether colours may be used.
    pub colour: bool,
}

impl Theme {
    /// Ordinary text.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// Title and footer bars, and what is chosen.
    pub fn bar(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Headings and the label of the row the cursor is in.
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Returns the style of less important text: computed totals, hints.
    pub fn dimmed(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Returns the style of what a finding is about.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.foreground(Color::Red).add_modifier(Modifier::BOLD),
            Severity::Warning => self.foreground(Color::Magenta),
            Severity::Remark => Style::new(),
        }
    }

    /// Returns the style of cells that take part in a broken sum.
    pub fn related(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    fn foreground(self, colour: Color) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new() }
    }
}

/// Returns the mark beside a cell or before a finding.
pub fn severity_mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "!",
        Severity::Warning => "~",
        Severity::Remark => " ",
    }
}
