//! Entering and leaving the terminal: at the beginning and the end, on a panic, on suspending.
//!
//! Nothing here complains about a terminal that is gone.

use super::platform::{
    self, TerminalModes, enable_raw_mode, is_in_foreground, restore_modes, set_interrupt_key, terminal_modes,
    write_within,
};
use ratatui::layout::Size;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{panic, thread};

/// Alternate screen, no wrapping at the edge, bracketed paste, focus reports.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?1004h";
/// Buttons, dragging, coordinates as decimal numbers.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// Leaves the mouse to the terminal, which selects and copies with it.
const NO_MOUSE: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Resets all that may have been set, and clears for terminals without an alternate screen.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[r\x1b[m\x1b[H\x1b[2J\x1b[?1006l\x1b[?1002l\x1b[?1000l\
    \x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";
/// Prints an ambiguous character at the beginning of row 2 and asks where the cursor is; then two
/// Chinese ones from column 50, which take four columns in UTF-8. Both are erased at once, and no frame
/// puts the cursor on that row: a late answer is not mistaken for another one.
const PROBE: &str = "\x1b[2;1H—\x1b[6n\x1b[2;50H年报\x1b[6n\x1b[2K";
/// Asks for the colour behind the text. A terminal that does not know it says nothing.
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";
/// The largest window; a terminal that claims more is wrong.
const LARGEST: Size = Size { width: 1000, height: 500 };
/// How long a program that was asked to end waits for a terminal that accepts nothing.
const LEAVE_WITHIN: Duration = Duration::from_millis(200);

/// Returns the size of the window: 80×24 if the terminal does not know it.
pub fn size() -> Size {
    platform::window_size().map_or(Size::new(80, 24), |(columns, rows)| {
        Size::new(columns.min(LARGEST.width), rows.min(LARGEST.height))
    })
}

/// The terminal in raw mode, without any other change to it, until this is dropped.
#[derive(Debug)]
pub struct RawMode(TerminalModes);

impl RawMode {
    /// Enters raw mode; returns `None` if there is no terminal.
    pub fn enter() -> Option<Self> {
        let modes = terminal_modes().ok()?;
        enable_raw_mode().ok().map(|()| RawMode(modes))
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        leave_raw_mode(self.0);
    }
}

/// Returns a function with which another thread can leave a raw mode that is entered after this.
pub fn raw_mode_restorer() -> impl FnOnce() + Send + 'static {
    let modes = terminal_modes();
    move || modes.into_iter().for_each(leave_raw_mode)
}

/// Leaves raw mode, unless the terminal belongs to another process by now.
fn leave_raw_mode(modes: TerminalModes) {
    if is_in_foreground() {
        let _ = restore_modes(modes);
    }
}

/// The terminal while the program uses it; left when this is dropped, or on a panic.
#[derive(Debug)]
pub struct Terminal {
    entered: Arc<AtomicBool>,
    /// How it was before.
    modes: TerminalModes,
    mouse: AtomicBool,
}

impl Terminal {
    /// Enters raw mode, and leaves the terminal before the current panic hook is called, so that its
    /// message can be read. A panic of another thread ends no more than that thread: the screen stays. Ctrl+C
    /// still ends the program, until [`Self::take_interrupt_key`].
    ///
    /// # Errors
    /// Returns an error if there is no terminal.
    pub fn enter() -> io::Result<Self> {
        let modes = terminal_modes()?;
        enable_raw_mode()?;
        // Without it the program can be ended all the same.
        let _ = set_interrupt_key(true);
        let entered = Arc::new(AtomicBool::new(true));
        let (flag, hook, owner) = (Arc::clone(&entered), panic::take_hook(), thread::current().id());
        panic::set_hook(Box::new(move |message| {
            if thread::current().id() == owner {
                restore(&flag, modes, None);
                hook(message);
            }
        }));
        Ok(Self { entered, modes, mouse: AtomicBool::new(false) })
    }

    /// Lets Ctrl+C be a key like any other, once there is something to press keys in.
    ///
    /// # Errors
    /// Returns an error if the terminal is gone.
    pub fn take_interrupt_key(&self) -> io::Result<()> {
        set_interrupt_key(false)
    }

    /// Returns the bytes to write before the first frame. With `probe` they also ask whether ambiguous
    /// characters are wide, and whether the terminal shows UTF-8; with `background`, what is behind the text.
    pub fn setup_sequence(&self, probe: bool, background: bool) -> Vec<u8> {
        let mouse = if self.mouse.load(Ordering::Relaxed) { MOUSE } else { b"" };
        let probe = if probe { PROBE.as_bytes() } else { b"" };
        let background = if background { ASK_BACKGROUND } else { b"" };
        [ENTER, mouse, background, probe].concat()
    }

    /// Sets whether the terminal reports the mouse, also when it is entered again, and returns the bytes to write
    /// for it.
    pub fn set_mouse(&self, on: bool) -> &'static [u8] {
        self.mouse.store(on, Ordering::Relaxed);
        if on { MOUSE } else { NO_MOUSE }
    }

    /// Enters the terminal again after it was left, or after another program has used it. The next frame
    /// needs [`Self::setup_sequence`] again.
    ///
    /// # Errors
    /// Returns an error if the terminal is gone.
    pub fn reenter(&self) -> io::Result<()> {
        // If another program has left raw mode, it is only entered again after this.
        let _ = restore_modes(self.modes);
        enable_raw_mode()?;
        self.entered.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Restores the terminal; does nothing if that was done.
    pub fn leave(&self) {
        restore(&self.entered, self.modes, None);
    }

    /// Restores the terminal like [`Self::leave`], but hardly waits if it accepts nothing: for a program
    /// that was asked to end.
    pub fn leave_soon(&self) {
        restore(&self.entered, self.modes, Some(LEAVE_WITHIN));
    }

    /// Returns a function with which another thread can restore the terminal.
    pub fn restorer(&self) -> impl FnOnce() + Send + 'static {
        let (entered, modes) = (Arc::clone(&self.entered), self.modes);
        move || {
            if entered.load(Ordering::SeqCst) {
                // First what never waits.
                leave_raw_mode(modes);
            }
            restore(&entered, modes, Some(LEAVE_WITHIN));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

fn restore(entered: &AtomicBool, modes: TerminalModes, time: Option<Duration>) {
    // In the background the terminal belongs to another process by now.
    if entered.swap(false, Ordering::SeqCst) && is_in_foreground() {
        // Both fail on a terminal that is gone, and there is nobody to report it to.
        let _ = write_within(LEAVE, time);
        let _ = restore_modes(modes);
    }
}
