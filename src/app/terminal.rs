//! The terminal taken and given back: on leaving, on a panic, on suspending.
//!
//! One of the files that know Unix. Nothing here fails loudly on a
//! terminal that is gone.

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::io;
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::signals::Signals;

/// Other screen, no wrapping at the edge, bracketed paste, news of the keyboard's focus.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?1004h";
/// Buttons, dragging, coordinates as decimal numbers.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// Takes back all that may have been set, and clears for terminals that have no other screen.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[r\x1b[m\x1b[H\x1b[2J\x1b[?1006l\x1b[?1002l\x1b[?1000l\
    \x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";
/// Prints an ambiguous character at the beginning of row 2 and asks where the cursor is; then two
/// Chinese ones from column 50, which take four columns in UTF-8. The first frame paints over both,
/// and never puts the cursor on that row: what is answered late is not taken for an answer.
const PROBE: &str = "\x1b[2;1H—\x1b[6n\x1b[2;50H年报\x1b[6n";
/// A window larger than this is taken for a mistake of the terminal.
const LARGEST: Size = Size { width: 1000, height: 500 };
/// How long a terminal that takes nothing is waited for by a program that has been asked to end.
const LEAVE_WITHIN: Duration = Duration::from_millis(200);

/// Whether keys can be read from, and a screen drawn on, a terminal.
pub fn is_there() -> bool {
    rustix::termios::isatty(rustix::stdio::stdin()) && rustix::termios::isatty(rustix::stdio::stdout())
}

/// The window's size; 80×24 where the terminal does not say.
pub fn size() -> Size {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(window) if window.ws_col > 0 && window.ws_row > 0 => {
            Size::new(window.ws_col.min(LARGEST.width), window.ws_row.min(LARGEST.height))
        }
        _ => Size::new(80, 24),
    }
}

/// Whether Ctrl+S stops the output (IXON); none where no terminal tells.
pub fn stops_at_ctrl_s() -> Option<bool> {
    let modes = rustix::termios::tcgetattr(rustix::stdio::stdin()).ok()?.input_modes;
    Some(modes.contains(rustix::termios::InputModes::IXON))
}

/// The terminal in the program's hands; given back when this is dropped, or on a panic.
#[derive(Debug)]
pub struct Terminal {
    taken: Arc<AtomicBool>,
    mouse: bool,
}

impl Terminal {
    /// Takes the terminal: keys come unprocessed from now on. The panic hook in force is called
    /// after the terminal has been given back, so that its words can be read.
    ///
    /// # Errors
    /// When there is no terminal.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        enable_raw_mode()?;
        let taken = Arc::new(AtomicBool::new(true));
        let (held, before) = (Arc::clone(&taken), std::panic::take_hook());
        std::panic::set_hook(Box::new(move |panic| {
            restore(&held, None);
            before(panic);
        }));
        Ok(Self { taken, mouse })
    }

    /// Bytes to put before the first frame; `ask` whether ambiguous characters are drawn wide, and
    /// whether the terminal shows UTF-8.
    pub fn setup_sequence(&self, ask: bool) -> Vec<u8> {
        let mouse = if self.mouse { MOUSE } else { b"" };
        let probe = if ask { PROBE.as_bytes() } else { b"" };
        [ENTER, mouse, probe].concat()
    }

    /// Takes the terminal again after it was given back, or after somebody else has used it. The
    /// next frame needs [`Self::setup_sequence`] again.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn reenter(&self) -> io::Result<()> {
        // Raw mode that was switched off behind our back is only switched on after this.
        let _ = disable_raw_mode();
        enable_raw_mode()?;
        self.taken.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Gives the terminal back as it was; does nothing if that was done.
    pub fn leave(&self) {
        restore(&self.taken, None);
    }

    /// As [`Self::leave`], of a program that has been asked to end: a terminal that takes nothing is
    /// hardly waited for.
    pub fn leave_soon(&self) {
        restore(&self.taken, Some(LEAVE_WITHIN));
    }

    /// Gives the terminal back for a thread that cannot ask this one.
    pub fn restorer(&self) -> impl FnOnce() + Send + 'static {
        let taken = Arc::clone(&self.taken);
        move || {
            if taken.load(Ordering::SeqCst) && is_in_foreground() {
                // First what never waits.
                let _ = disable_raw_mode();
            }
            restore(&taken, Some(LEAVE_WITHIN));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

fn restore(taken: &AtomicBool, time: Option<Duration>) {
    // In the background it is somebody else's by now.
    if taken.swap(false, Ordering::SeqCst) && is_in_foreground() {
        // On a terminal that is gone both fail, and there is nobody to tell.
        let _ = write_within(LEAVE, time);
        let _ = disable_raw_mode();
    }
}

/// Whether the terminal listens to this process. One in the background is stopped when it touches the
/// terminal, and hears no signal any more.
pub fn is_in_foreground() -> bool {
    let group = rustix::termios::tcgetpgrp(rustix::stdio::stdin());
    // Not every terminal has processes in its foreground.
    group.map_or(true, |group| group == rustix::process::getpgrp())
}

/// Writes all bytes, in one write unless the terminal takes only a part. A terminal that takes nothing
/// is waited for.
///
/// # Errors
/// When the terminal is gone, or the program has been asked to end.
pub fn write(bytes: &[u8], signals: &Signals) -> io::Result<()> {
    write_when(bytes, |out| signals.wait_to_write(out))
}

/// Writes all bytes; waits at most so long where the terminal takes nothing, or as long as it takes.
///
/// # Errors
/// When the terminal is gone, or the time is over.
pub fn write_within(bytes: &[u8], time: Option<Duration>) -> io::Result<()> {
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    write_when(bytes, |out| match poll(&mut [PollFd::new(&out, PollFlags::OUT)], time.as_ref()) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    })
}

fn write_when(mut bytes: &[u8], ready: impl Fn(BorrowedFd) -> io::Result<()>) -> io::Result<()> {
    let out = rustix::stdio::stdout();
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

/// Reads what the keyboard has sent, and waits if it has sent nothing; 0 bytes: it is gone.
pub fn read(into: &mut [u8]) -> usize {
    loop {
        match rustix::io::read(rustix::stdio::stdin(), &mut *into) {
            Ok(read) => return read,
            Err(Errno::INTR) => {}
            Err(_) => return 0,
        }
    }
}
