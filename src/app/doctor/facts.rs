//! What is known of the terminal before anything is said about it.

use super::ask::Answers;
use crate::editor::Keymap;
use crate::terminal::capabilities::Capabilities;
use crate::terminal::locale::Locale;

/// What is known of the terminal.
pub struct Facts<'a> {
    /// The clerk's keys.
    pub keys: &'a Keymap,
    /// Returns a variable of the environment; `None` if it is empty.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// What the environment says that the terminal can do.
    pub capabilities: Capabilities,
    /// What the environment says about the encoding.
    pub locale: Locale,
    /// Columns and rows; `None` if there is no terminal.
    pub window: Option<(u16, u16)>,
    /// What the terminal answered; `None` if it could not be asked.
    pub answers: Option<Answers>,
    /// Whether Ctrl+S stops the output at present; `None` if there is no terminal.
    pub flow_control: Option<bool>,
    /// The value of `set-clipboard` in tmux; `None` outside of it.
    pub tmux_clipboard: Option<String>,
}
