//! The characters that tables are drawn with.

/// The characters that tables are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BorderStyle {
    /// `│─┼`; some terminals draw these two columns wide.
    Lines,
    /// `|-+`, one column wide everywhere.
    Ascii,
}

impl BorderStyle {
    pub(super) fn horizontal(self) -> &'static str {
        if self == BorderStyle::Lines { "─" } else { "-" }
    }

    pub(super) fn vertical(self) -> &'static str {
        if self == BorderStyle::Lines { "│" } else { "|" }
    }

    /// Returns the corner from which lines run up, down, left and right.
    pub(super) fn corner(self, up: bool, down: bool, left: bool, right: bool) -> &'static str {
        if self == BorderStyle::Ascii {
            return match (up || down, left || right) {
                (false, false) => " ",
                (true, false) => "|",
                (false, true) => "-",
                (true, true) => "+",
            };
        }
        match (up, down, left, right) {
            (false, false, false, false) => " ",
            (false, false, _, _) => "─",
            (_, _, false, false) => "│",
            (false, true, false, true) => "┌",
            (false, true, true, false) => "┐",
            (true, false, false, true) => "└",
            (true, false, true, false) => "┘",
            (true, true, false, true) => "├",
            (true, true, true, false) => "┤",
            (false, true, true, true) => "┬",
            (true, false, true, true) => "┴",
            (true, true, true, true) => "┼",
        }
    }
}
