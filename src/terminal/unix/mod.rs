//! The platform code of the terminal, for Unix. The terminal is on standard input and output.

mod events;
mod final_signals;
mod wake;

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use nix::unistd::{getpgrp, getpid, getppid, getsid};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, isatty, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr,
};

pub use crossterm::terminal::enable_raw_mode;

pub use self::events::EventSource;
pub use self::final_signals::FinalSignals;
pub use self::wake::{WakeReceiver, Waker};

/// Whether a terminal shows UTF-8 where no variable says so.
pub const IS_UTF8_BY_DEFAULT: bool = false;

/// Returns `true` if standard input and output are a terminal.
pub fn is_terminal() -> bool {
    isatty(stdin()) && isatty(stdout())
}

/// Returns a variable of the environment.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Returns the command that sets a variable of the environment.
pub fn assignment(name: &str, value: &str) -> String {
    format!("export {name}={value}")
}

/// Returns the columns and rows of the window, or `None` if the terminal does not know them.
pub fn window_size() -> Option<(u16, u16)> {
    let window = tcgetwinsize(stdout()).ok()?;
    (window.ws_col > 0 && window.ws_row > 0).then_some((window.ws_col, window.ws_row))
}

/// Returns whether Ctrl+S stops the output (IXON), or `None` if there is no terminal.
pub fn has_flow_control() -> Option<bool> {
    Some(tcgetattr(stdin()).ok()?.input_modes.contains(InputModes::IXON))
}

/// Returns `true` if this process is in the foreground of the terminal.
///
/// A process in the background is stopped when it touches the terminal, and receives none of its signals.
pub fn is_in_foreground() -> bool {
    // Not every terminal has a foreground process group.
    tcgetpgrp(stdin()).map_or(true, |group| group.as_raw_nonzero().get() == getpgrp().as_raw())
}

/// Returns whether there is a shell that can continue the program once it is suspended. One that a window or a
/// shortcut has started by itself would never come back.
//
// A session or group from outside the container has the number 0 in it: rustix takes that for impossible.
pub fn can_suspend() -> bool {
    let own = getsid(None);
    own != Ok(getpid()) && getsid(Some(getppid())) == own
}

/// How the terminal is set: crossterm keeps that itself.
#[derive(Clone, Copy, Debug)]
pub struct TerminalModes;

/// Returns how the terminal is set now.
///
/// # Errors
/// Never returns an error.
pub fn terminal_modes() -> io::Result<TerminalModes> {
    Ok(TerminalModes)
}

/// Sets the terminal as it was before raw mode.
///
/// # Errors
/// Returns an error if the terminal is gone.
pub fn restore_modes(_: TerminalModes) -> io::Result<()> {
    crossterm::terminal::disable_raw_mode()
}

/// Sets whether Ctrl+C sends a signal in raw mode too, and does not arrive as a key.
///
/// # Errors
/// Returns an error if the terminal is gone.
pub fn set_interrupt_key(on: bool) -> io::Result<()> {
    let mut modes = tcgetattr(stdin())?;
    modes.local_modes.set(LocalModes::ISIG, on);
    Ok(tcsetattr(stdin(), OptionalActions::Now, &modes)?)
}

/// Writes all bytes to the terminal, in one write unless the terminal accepts only a part.
///
/// Waits for a terminal that accepts nothing.
///
/// # Errors
/// Returns an error if the terminal is gone, or the program has been asked to end.
pub fn write(bytes: &[u8], signals: &EventSource) -> io::Result<()> {
    write_when(bytes, |out| signals.wait_to_write(out))
}

/// Writes all bytes to the terminal, and waits at most `time` whenever it accepts nothing.
///
/// Waits as long as it takes if `time` is `None`.
///
/// # Errors
/// Returns an error if the terminal is gone, or the time is over.
pub fn write_within(bytes: &[u8], time: Option<Duration>) -> io::Result<()> {
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    write_when(bytes, |out| match poll(&mut [PollFd::new(&out, PollFlags::OUT)], time.as_ref()) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    })
}

fn write_when(mut bytes: &[u8], ready: impl Fn(BorrowedFd) -> io::Result<()>) -> io::Result<()> {
    let out = stdout();
    while !bytes.is_empty() {
        ready(out)?;
        match rustix::io::write(out, bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Returns the text on the clipboard of the desktop: `None`, since only the terminal knows it.
pub fn clipboard_text() -> Option<String> {
    None
}

/// Puts a text on the clipboard of the desktop: the terminal does so, see
/// [`copy_sequence`](super::clipboard::copy_sequence).
pub fn set_clipboard_text(_: &str) {}
