//! The event loop between the terminal and an application.
//!
//! It waits for something to happen, takes everything that has arrived, lets the application handle it,
//! and paints once, in one write. An idle program sleeps in one system call. The loop knows nothing of
//! reports: an [`Application`] is whatever turns events into frames.

use crate::editor::event::Event;
use crate::terminal::capabilities::Capabilities;
use crate::terminal::enter::{Terminal, size};
use crate::terminal::glyph::AmbiguousWidth;
use crate::terminal::input::{Input, InputEvent};
use crate::terminal::screen::Screen;
use crate::terminal::signals::Signal;
use crate::terminal::watchdog::{GRACE, watch};
use crate::terminal::{WakeReceiver, is_in_foreground, write, write_within};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// How long a second signal may take that was sent together with the first.
const SIGNAL_WAIT: Duration = Duration::from_millis(50);
/// What stands over the shell's prompt while the program is suspended.
const SUSPENDED: &str = "年报在后台等候。要回到编辑，请输入 fg。\r\n";
/// A terminal that answers later than this is at the other end of a slow line: grounds are not tinted there.
const SLOW_ANSWER: Duration = Duration::from_millis(200);

/// What an application asks for after it has handled a batch of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// End the loop.
    pub quit: bool,
    /// Stop the process until the shell continues it.
    pub suspend: bool,
    /// Paint the whole screen again.
    pub redraw: bool,
    /// Write these bytes, which draw nothing and move nothing (the clipboard's OSC 52).
    pub raw: Vec<u8>,
    /// Let the terminal report the mouse, or not.
    pub mouse: Option<bool>,
    /// Send [`Event::Timeout`] once if no event has arrived for so long. With `None` the program sleeps
    /// until something happens.
    pub pause: Option<Duration>,
}

/// Why the event loop has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// The application has asked for it.
    Quit,
    /// The connection was lost, or the terminal is gone: nobody would read a message.
    Hangup,
    /// A signal has asked the program to end.
    Terminated,
    /// The terminal has answered that it does not show UTF-8: nothing on it could be read.
    NotUtf8,
}

/// What the event loop drives.
pub trait Application {
    /// Returns whether the terminal is to report the mouse from the start.
    fn uses_mouse(&self) -> bool;

    /// Handles all events that have arrived. The first batch begins with the size of the window. A frame
    /// is drawn afterwards.
    fn update(&mut self, events: Vec<Event>) -> Request;

    /// Draws the whole screen into an empty frame, and returns the place of the cursor, if it is visible.
    fn draw(&mut self, frame: &mut Buffer) -> Option<Position>;

    /// Does one piece of the work that the first frame did not need, once that is on the screen and nothing
    /// has arrived. Returns `true` if the screen may have changed; it is called again then.
    fn on_idle(&mut self) -> bool {
        false
    }

    /// Saves what can be saved after the connection was lost or a signal has ended the program. The
    /// terminal has been left; there may be nobody at it.
    fn on_shutdown(&mut self, reason: ExitReason);

    /// Returns the receiver that the application's own threads wake; [`Event::Wakeup`] follows.
    fn wake_receiver(&self) -> Option<&WakeReceiver> {
        None
    }

    /// Returns what is written below the message of a panic: where the work is.
    fn panic_message(&self) -> String;
}

/// Starts an application and runs it on the terminal until it ends, and leaves the terminal, whatever
/// happens.
///
/// The terminal is asked what it can do before `start` is called, and not waited for: one that answers
/// meanwhile gets its first frame as it can show it, not another one after it.
///
/// # Errors
/// Returns an error if there is no terminal; `start` is not called then.
pub fn run_application<A: Application>(
    capabilities: Capabilities,
    start: impl FnOnce() -> A,
) -> io::Result<ExitReason> {
    // Signals are caught first: one that arrives while the terminal is being entered restores it too.
    let mut input = Input::listen()?;
    let terminal = Terminal::enter()?;
    watch(input.signals(), GRACE, terminal.restorer())?;
    let mut event_loop = EventLoop::new(&terminal, input, capabilities);
    event_loop.ask();
    let application = &mut start();
    let reason = match catch_unwind(AssertUnwindSafe(|| event_loop.run_until_end(application))) {
        Ok(reason) => reason,
        Err(panic) => {
            // The hook has left the terminal and reported the panic.
            terminal.leave();
            let message = format!("{}\n", application.panic_message());
            let _ = io::Write::write_all(&mut io::stderr(), message.as_bytes());
            resume_unwind(panic)
        }
    };
    if matches!(reason, ExitReason::Hangup | ExitReason::Terminated) {
        terminal.leave_soon();
    } else {
        terminal.leave();
    }
    if reason != ExitReason::Quit {
        application.on_shutdown(reason);
    }
    Ok(reason)
}

struct EventLoop<'a> {
    terminal: &'a Terminal,
    screen: Screen,
    input: Input,
    capabilities: Capabilities,
    /// When the questions to the terminal were written.
    asked: Instant,
}

impl<'a> EventLoop<'a> {
    fn new(terminal: &'a Terminal, input: Input, capabilities: Capabilities) -> Self {
        let Capabilities { colours, ambiguous, synchronized, .. } = capabilities;
        let screen = Screen::new(size(), colours, ambiguous, synchronized);
        Self { terminal, screen, input, capabilities, asked: Instant::now() }
    }

    /// Sets the terminal up and asks it what is not known of it.
    fn ask(&mut self) {
        let asks_width = self.capabilities.ambiguous == AmbiguousWidth::Unknown;
        let asks_background = self.capabilities.tints && self.capabilities.background.is_none();
        let bytes = self.terminal.setup_sequence(asks_width, asks_background);
        // Where it fails, the first frame fails too.
        let _ = write(&bytes, self.input.signals());
        self.asked = Instant::now();
    }

    /// Runs the loop, and then handles what was typed before its end.
    fn run_until_end(&mut self, application: &mut impl Application) -> ExitReason {
        let reason = self.run(application);
        if reason != ExitReason::Quit {
            let rest = self.input.drain();
            if !rest.is_empty() {
                application.update(rest);
            }
        }
        reason
    }

    /// Runs the loop. It ends when the terminal can no longer be written to.
    fn run(&mut self, application: &mut impl Application) -> ExitReason {
        // From here on Ctrl+C is a key. Where it cannot be, the terminal is gone.
        let _ = self.terminal.take_interrupt_key();
        if application.uses_mouse() {
            self.screen.write_raw(self.terminal.set_mouse(true));
        }
        let mut events = vec![resized(size())];
        if self.capabilities.ambiguous != AmbiguousWidth::Unknown {
            events.push(Event::WidthReport { wide: self.capabilities.ambiguous == AmbiguousWidth::Wide });
        }
        let known = self.capabilities.background.filter(|_| self.capabilities.tints);
        events.extend(known.map(Event::BackgroundReport));
        events.extend(self.input.take_available());
        loop {
            self.apply_terminal_events(&events);
            let is_unreadable = events.contains(&Event::CharsetReport { utf8: false });
            let request = application.update(events);
            if is_unreadable {
                return ExitReason::NotUtf8;
            }
            if request.quit {
                return ExitReason::Quit;
            }
            self.screen.write_raw(&request.raw);
            if let Some(on) = request.mouse {
                self.screen.write_raw(self.terminal.set_mouse(on));
            }
            if request.redraw {
                self.screen.forget();
            }
            if request.suspend {
                events = match self.suspend() {
                    Ok(events) => events,
                    Err(_) => return self.lost_terminal(),
                };
                continue;
            }
            if self.show(application).is_err() {
                return self.lost_terminal();
            }
            events = match self.wait_for_events(application, request.pause) {
                Ok(events) => events,
                Err(reason) => return reason,
            };
            if self.asked.elapsed() > SLOW_ANSWER {
                events.retain(|event| !matches!(event, Event::BackgroundReport(_)));
            }
        }
    }

    /// Returns why the terminal can no longer be used.
    fn lost_terminal(&mut self) -> ExitReason {
        match self.input.signals().take() {
            Some(Signal::Terminate) => ExitReason::Terminated,
            _ => ExitReason::Hangup,
        }
    }

    /// Applies what the terminal has reported about itself to the screen.
    fn apply_terminal_events(&mut self, events: &[Event]) {
        for event in events {
            match *event {
                Event::Resize { columns, rows } => self.screen.resize(Size::new(columns, rows)),
                Event::WidthReport { wide } => {
                    self.screen.set_ambiguous(if wide {
                        AmbiguousWidth::Wide
                    } else {
                        AmbiguousWidth::Narrow
                    });
                }
                _ => {}
            }
        }
    }

    /// Paints a frame, and another one whenever idle work has changed the screen. That work waits for
    /// everything that has arrived.
    fn show(&mut self, application: &mut impl Application) -> io::Result<()> {
        self.paint(application)?;
        while !self.input.is_ready() && application.on_idle() {
            self.paint(application)?;
        }
        Ok(())
    }

    fn paint(&mut self, application: &mut impl Application) -> io::Result<()> {
        let bytes = self.screen.paint(|frame| application.draw(frame));
        write(&bytes, self.input.signals())
    }

    /// Waits for the next events, or the reason to end.
    fn wait_for_events(
        &mut self,
        application: &mut impl Application,
        pause: Option<Duration>,
    ) -> Result<Vec<Event>, ExitReason> {
        match self.input.wait(pause, application.wake_receiver()) {
            InputEvent::Events(events) => Ok(events),
            InputEvent::Gone | InputEvent::Signal(Signal::HangUp) => Err(ExitReason::Hangup),
            InputEvent::Signal(Signal::Terminate) => Err(ExitReason::Terminated),
            InputEvent::Signal(Signal::Resize) => Ok(vec![resized(size())]),
            InputEvent::Signal(Signal::Stop) => {
                // The stop may last for any time: as if no key had been pressed for a while.
                application.update(vec![Event::Timeout]);
                self.suspend().map_err(|_| self.lost_terminal())
            }
            InputEvent::Signal(Signal::Continue) => self.resume().map_err(|_| self.lost_terminal()),
        }
    }

    /// Leaves the terminal, stops the process, and enters the terminal again.
    fn suspend(&mut self) -> io::Result<Vec<Event>> {
        self.terminal.leave();
        // If it cannot be said, the shell is there all the same.
        let _ = write_within(SUSPENDED.as_bytes(), Some(SIGNAL_WAIT));
        self.input.signals().stop()?;
        self.resume()
    }

    /// Enters the terminal after a stop: it may have been used, and have another size.
    fn resume(&mut self) -> io::Result<Vec<Event>> {
        // A stopped process that is ended is sent both signals, and may receive the other one first.
        while !is_in_foreground() && !self.input.signals().is_ending_within(SIGNAL_WAIT) {
            self.input.signals().stop()?;
        }
        if self.input.signals().is_ending() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        self.terminal.reenter()?;
        self.screen.forget();
        self.screen.write_raw(&self.terminal.setup_sequence(false, false));
        Ok(vec![Event::Resumed, resized(size())])
    }
}

fn resized(size: Size) -> Event {
    Event::Resize { columns: size.width, rows: size.height }
}
