//! The clipboard of the terminal.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// The longest text that is copied, in bytes; many terminals drop longer ones.
const MAX_CLIPBOARD: usize = 70_000;

/// Returns the bytes that copy a text to the terminal's clipboard (OSC 52), which works over SSH too.
///
/// Returns no bytes if the text is too long.
pub fn copy_sequence(text: &str) -> Vec<u8> {
    if text.len() > MAX_CLIPBOARD {
        return Vec::new();
    }
    let mut bytes = String::new();
    // Writing to a String cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut bytes);
    bytes.into_bytes()
}
