//! The terminal: entering and leaving it, decoding input, signals, painting the screen.
//!
//! This module knows nothing of reports. It turns bytes into [`Event`](crate::editor::event::Event)s and
//! frames into bytes; the event loop in [`app`](crate::app) connects the two.
//!
//! All platform code is in `unix` and `windows`, which offer the same functions and types.

pub mod capabilities;
mod click;
pub mod clipboard;
pub mod console;
pub mod cursor;
pub mod decode;
pub mod enter;
pub mod glyph;
pub mod input;
pub mod locale;
pub mod paint;
pub mod screen;
pub mod scroll;
pub mod sgr;
pub mod signals;
#[cfg(unix)]
mod unix;
pub mod watchdog;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use self::unix as platform;
#[cfg(windows)]
use self::windows as platform;

pub use self::platform::{
    EventSource, WakeReceiver, Waker, assignment, can_suspend, clipboard_text, has_flow_control,
    is_in_foreground, is_terminal, set_clipboard_text, variable, write, write_within,
};
