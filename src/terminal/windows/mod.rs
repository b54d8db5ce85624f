//! The platform code of the terminal, for Windows.
//!
//! The keyboard is the console of standard input, the screen is standard output. A thread of its own reads
//! the console; what it reads, a new size of the window and wake-ups all arrive in one channel, so that
//! one wait is for everything and an idle program never wakes up.
//!
//! A window that is closed, a logoff and a shutdown end the program at once, as the system does by itself:
//! what was typed is in the journal. Ctrl+Break ends it in order.

mod reader;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use clipboard_win::{formats, get_clipboard, set_clipboard};
use crossterm_winapi::{ConsoleMode, Handle, HandleType, ScreenBuffer};

use self::reader::{Arrival, ConsoleReader};
use super::signals::{Signal, Wakeup};

/// Whether a terminal shows UTF-8 where no variable says so.
pub const IS_UTF8_BY_DEFAULT: bool = true;

/// Window, mouse, own flags (without them the mouse would select text), sequences of xterm.
const INPUT_MODE: u32 = 0x08 | 0x10 | 0x80 | 0x200;
/// The same without sequences of xterm, which older consoles do not know.
const OLD_INPUT_MODE: u32 = 0x08 | 0x10 | 0x80;
/// Control characters, sequences of xterm, and a line feed that stays in its column.
const OUTPUT_MODE: u32 = 0x1 | 0x4 | 0x8;
/// The exit code of a program that was ended from outside, as others are on Windows.
const ENDED: i32 = 130;

/// The variable with which tests read the screen from a pipe: nothing else can show what the console does.
const PIPED_SCREEN: &str = "NIANBAO_PIPED_SCREEN";

fn mode_of(handle: HandleType) -> io::Result<ConsoleMode> {
    Ok(ConsoleMode::from(Handle::new(handle)?))
}

fn is_console(handle: HandleType) -> bool {
    mode_of(handle).and_then(|mode| mode.mode()).is_ok()
}

/// Returns `true` if standard input and output are a terminal.
pub fn is_terminal() -> bool {
    is_console(HandleType::InputHandle)
        && (is_console(HandleType::OutputHandle) || std::env::var_os(PIPED_SCREEN).is_some())
}

/// Returns a variable of the environment. Where those by which terminals make themselves known are not
/// set, they are what the console of Windows can do.
pub fn variable(name: &str) -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_conhost = || set("WT_SESSION").is_none() && set("SSH_CONNECTION").is_none();
    set(name).or_else(|| match name {
        "TERM" => Some("xterm-256color".into()),
        "COLORTERM" => Some("truecolor".into()),
        "TERM_PROGRAM" if is_conhost() => Some("conhost".into()),
        _ => None,
    })
}

/// Returns the command that sets a variable of the environment.
pub fn assignment(name: &str, value: &str) -> String {
    format!("set {name}={value}")
}

/// Returns the columns and rows of the window, or `None` if the terminal does not know them.
pub fn window_size() -> Option<(u16, u16)> {
    let window = ScreenBuffer::current().and_then(|screen| screen.info()).ok()?.terminal_window();
    let count = |from: i16, to: i16| u16::try_from(i32::from(to) - i32::from(from) + 1).ok();
    let (columns, rows) = (count(window.left, window.right)?, count(window.top, window.bottom)?);
    (columns > 0 && rows > 0).then_some((columns, rows))
}

/// Returns whether Ctrl+S stops the output: `None`, since no terminal does so here.
pub fn has_flow_control() -> Option<bool> {
    None
}

/// Returns `true`: there is no background of a terminal.
pub fn is_in_foreground() -> bool {
    true
}

/// Returns `false`: no shell here continues a program.
pub fn can_suspend() -> bool {
    false
}

/// How the terminal is set.
#[derive(Clone, Copy, Debug)]
pub struct TerminalModes {
    input: u32,
    /// `None` if the screen is not the console's.
    output: Option<u32>,
}

/// Returns how the terminal is set now.
///
/// # Errors
/// Returns an error if there is no terminal.
pub fn terminal_modes() -> io::Result<TerminalModes> {
    let output = mode_of(HandleType::OutputHandle).and_then(|mode| mode.mode());
    Ok(TerminalModes { input: mode_of(HandleType::InputHandle)?.mode()?, output: output.ok() })
}

/// Enters raw mode.
///
/// # Errors
/// Returns an error if there is no terminal, or one that knows no sequences of xterm.
pub fn enable_raw_mode() -> io::Result<()> {
    if is_console(HandleType::OutputHandle) {
        mode_of(HandleType::OutputHandle)?.set_mode(OUTPUT_MODE)?;
    }
    let input = mode_of(HandleType::InputHandle)?;
    input.set_mode(INPUT_MODE).or_else(|_| input.set_mode(OLD_INPUT_MODE))
}

/// Sets the terminal as it was.
///
/// # Errors
/// Returns an error if the terminal is gone.
pub fn restore_modes(modes: TerminalModes) -> io::Result<()> {
    if let Some(output) = modes.output {
        mode_of(HandleType::OutputHandle)?.set_mode(output)?;
    }
    mode_of(HandleType::InputHandle)?.set_mode(modes.input)
}

/// Does nothing: Ctrl+Break sends a signal at any time.
///
/// # Errors
/// Never returns an error.
pub fn set_interrupt_key(_: bool) -> io::Result<()> {
    Ok(())
}

/// Writes all bytes to the terminal.
///
/// # Errors
/// Returns an error if the terminal is gone.
pub fn write(bytes: &[u8], _: &EventSource) -> io::Result<()> {
    write_within(bytes, None)
}

/// Writes all bytes to the terminal. A console accepts them at any time.
///
/// # Errors
/// Returns an error if the terminal is gone.
pub fn write_within(bytes: &[u8], _: Option<Duration>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// What has arrived and was not taken yet.
#[derive(Debug, Default)]
struct Arrived {
    bytes: VecDeque<u8>,
    resized: bool,
    gone: bool,
}

/// Reads the console and learns of Ctrl+Break. There is one of it in a program: its thread goes on reading.
#[derive(Debug)]
pub struct EventSource {
    receiver: Receiver<Arrival>,
    sender: Sender<Arrival>,
    arrived: Mutex<Arrived>,
    ending: Arc<AtomicBool>,
    final_receiver: Mutex<Option<Receiver<()>>>,
}

/// Takes a lock whose data no panic can leave half-written.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl EventSource {
    /// Starts reading.
    ///
    /// # Errors
    /// Returns an error if the process may not start more threads, or reads already.
    pub fn listen() -> io::Result<Self> {
        let (sender, receiver) = channel();
        let (final_sender, final_receiver) = channel();
        let ending = Arc::new(AtomicBool::new(false));
        let (flag, waker) = (Arc::clone(&ending), sender.clone());
        ctrlc::set_handler(move || {
            flag.store(true, Ordering::SeqCst);
            let _ = final_sender.send(());
            let _ = waker.send(Arrival::Wake);
        })
        .map_err(io::Error::other)?;
        let reader = sender.clone();
        thread::Builder::new().name("console".into()).spawn(move || {
            // Whatever ends the reading, the terminal is gone then, even if that was a panic.
            let mut reader = ConsoleReader::new(reader);
            while reader.read_batch().is_ok() {}
        })?;
        let final_receiver = Mutex::new(Some(final_receiver));
        Ok(Self { receiver, sender, arrived: Mutex::default(), ending, final_receiver })
    }

    /// Adds an arrival to what has arrived.
    fn add(&self, arrival: Arrival) {
        let mut arrived = lock(&self.arrived);
        match arrival {
            Arrival::Bytes(bytes) => arrived.bytes.extend(bytes),
            Arrival::Resize => arrived.resized = true,
            Arrival::Wake => {}
            Arrival::Gone => arrived.gone = true,
        }
    }

    fn collect(&self) {
        while let Ok(arrival) = self.receiver.try_recv() {
            self.add(arrival);
        }
    }

    /// Waits for one more arrival; returns `false` if the time is over.
    fn wait_for_arrival(&self, until: Option<Instant>) -> bool {
        let arrival = match until {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(until) => self.receiver.recv_timeout(until.saturating_duration_since(Instant::now())),
        };
        arrival.map(|arrival| self.add(arrival)).is_ok()
    }

    /// Returns the next signal that arrived, the most severe first; each is returned once.
    pub fn take(&mut self) -> Option<Signal> {
        self.collect();
        if self.ending.swap(false, Ordering::SeqCst) {
            return Some(Signal::Terminate);
        }
        std::mem::take(&mut lock(&self.arrived).resized).then_some(Signal::Resize)
    }

    /// Reads input into `buffer` and returns the number of bytes; 0 if the terminal is gone.
    pub fn read(&self, buffer: &mut [u8]) -> usize {
        self.collect();
        let mut arrived = lock(&self.arrived);
        let length = buffer.len().min(arrived.bytes.len());
        for (slot, byte) in buffer.iter_mut().zip(arrived.bytes.drain(..length)) {
            *slot = byte;
        }
        length
    }

    /// Returns `true` if the program has been asked to end.
    pub fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }

    /// Waits at most `time` for being asked to end, and returns `true` if so.
    pub fn is_ending_within(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        while !self.is_ending() && self.wait_for_arrival(Some(until)) {}
        self.is_ending()
    }

    /// Waits for input, a signal or a wake-up, at most `time`, or as long as it takes if that is `None`.
    pub fn wait(&self, time: Option<Duration>, wake: Option<&WakeReceiver>) -> Wakeup {
        let until = time.and_then(|time| Instant::now().checked_add(time));
        if let Some(wake) = wake {
            *lock(&wake.0.target) = Some(self.sender.clone());
        }
        loop {
            self.collect();
            let arrived = lock(&self.arrived);
            if self.is_ending() || arrived.resized {
                return Wakeup::Signal;
            } else if !arrived.bytes.is_empty() {
                return Wakeup::Input;
            } else if arrived.gone {
                return Wakeup::Closed;
            } else if wake.is_some_and(|wake| wake.0.is_woken.load(Ordering::SeqCst)) {
                return Wakeup::Waker;
            }
            drop(arrived);
            if !self.wait_for_arrival(until) {
                return Wakeup::Timeout;
            }
        }
    }

    /// Stops the process: not possible here.
    ///
    /// # Errors
    /// Always returns an error.
    pub fn stop(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// What ends the program, as the [watchdog](super::watchdog) learns it, until the process has ended.
#[derive(Debug)]
pub struct FinalSignals(Receiver<()>);

impl FinalSignals {
    /// Takes over what is caught already.
    ///
    /// # Errors
    /// Returns an error if somebody else has taken it.
    pub fn listen(signals: &EventSource) -> io::Result<Self> {
        lock(&signals.final_receiver).take().map(Self).ok_or(io::ErrorKind::ResourceBusy.into())
    }

    /// Waits for signals, at most `time`, or as long as it takes if that is `None`. Returns how many
    /// arrived, and `None` if no more can arrive.
    pub fn wait(&mut self, time: Option<Duration>) -> Option<usize> {
        let arrived = match time {
            None => self.0.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(time) => self.0.recv_timeout(time),
        };
        match arrived {
            Ok(()) => Some(1),
            Err(RecvTimeoutError::Timeout) => Some(0),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Ends the process at once.
    pub fn exit(&self) -> ! {
        std::process::exit(ENDED)
    }
}

/// What a receiver and its wakers share.
#[derive(Debug, Default)]
struct SharedWake {
    is_woken: AtomicBool,
    /// The event loop that waits.
    target: Mutex<Option<Sender<Arrival>>>,
}

/// Receives the wake-ups of background threads; [`EventSource::wait`] watches it too.
#[derive(Debug)]
pub struct WakeReceiver(Arc<SharedWake>);

/// Wakes the event loop from a background thread. Several wake-ups at once count as one.
#[derive(Clone, Debug)]
pub struct Waker(Arc<SharedWake>);

impl WakeReceiver {
    /// Creates a receiver and its first [`Waker`].
    ///
    /// # Errors
    /// Never returns an error.
    pub fn new() -> io::Result<Self> {
        Ok(WakeReceiver(Arc::default()))
    }

    /// Returns a waker for one more thread.
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.0))
    }

    /// Clears all wake-ups so far.
    pub fn drain(&mut self) {
        self.0.is_woken.store(false, Ordering::SeqCst);
    }
}

impl Waker {
    /// Wakes the event loop. The first of several wake-ups is enough.
    pub fn wake(&self) {
        if !self.0.is_woken.swap(true, Ordering::SeqCst)
            && let Some(target) = &*lock(&self.0.target)
        {
            let _ = target.send(Arrival::Wake);
        }
    }
}

/// Returns the text on the clipboard of the desktop, or `None` if there is none.
pub fn clipboard_text() -> Option<String> {
    let text: String = get_clipboard(formats::Unicode).ok()?;
    (!text.is_empty()).then(|| text.replace("\r\n", "\n"))
}

/// Puts a text on the clipboard of the desktop, unless another program keeps it.
pub fn set_clipboard_text(text: &str) {
    let _ = set_clipboard(formats::Unicode, text.replace('\n', "\r\n"));
}
