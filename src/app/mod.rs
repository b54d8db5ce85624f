//! The terminal, and the loop between it and a sitting.
//!
//! Wait for something, take all that is there, let the sitting answer, paint once, in one write.
//! An idle program sleeps in one system call. The loop knows nothing of reports: a [`Application`] is
//! whatever turns events into frames.

pub mod capabilities;
pub mod cursor;
pub mod decode;
pub mod doctor;
pub mod glyph;
mod host;
pub mod input;
mod jobs;
pub mod locale;
pub mod paint;
mod recent_summary;
mod recovery;
pub mod runtime;
pub mod screen;
pub mod scroll;
mod session;
pub mod sgr;
pub mod signals;
pub mod terminal;
pub mod waker;
pub mod watchdog;

use self::capabilities::Capabilities;
use self::glyph::AmbiguousWidth;
use self::input::{Input, InputEvent};
use self::screen::Screen;
use self::signals::Signal;
use self::terminal::Terminal;
use crate::editor::key::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use std::io;
use std::os::fd::BorrowedFd;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

/// How long a signal may take that came together with another one.
const SIGNAL_WAIT: Duration = Duration::from_millis(50);

/// What a sitting wants after it has taken a batch of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// It is over.
    pub quit: bool,
    /// Stop the process until it is continued from the shell.
    pub suspend: bool,
    /// Paint the whole screen anew, as if nothing stood there.
    pub redraw: bool,
    /// Send these bytes, which draw nothing and move nothing (the clipboard's OSC 52).
    pub raw: Vec<u8>,
    /// Tell when no key has come for so long ([`Event::Timeout`], once). Without it the program
    /// sleeps until something happens.
    pub pause: Option<Duration>,
}

/// How a sitting came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// It wanted to.
    Quit,
    /// The line dropped, or the terminal is gone: nobody reads any words.
    Hangup,
    /// The program was asked to end by SIGTERM.
    Terminated,
    /// The terminal has answered that it does not show UTF-8: nothing on it could be read.
    NotUtf8,
}

/// What the loop drives.
pub trait Application {
    /// Takes all events that have come, the first ones being the window's size and perhaps more;
    /// a frame is drawn after it.
    fn update(&mut self, events: Vec<Event>) -> Request;

    /// Draws the whole screen into an empty frame; where the cursor belongs, if anywhere.
    fn draw(&mut self, frame: &mut Buffer) -> Option<Position>;

    /// The frame is on the screen: time for what it did not need, a piece at a time. True where another
    /// one may look different; it is asked again after that.
    fn on_idle(&mut self) -> bool {
        false
    }

    /// The last chance to put work in safety when the line dropped or SIGTERM came. The terminal
    /// has been given back; there may be nobody at it.
    fn on_shutdown(&mut self, end: ExitReason);

    /// The ear of a bell that the sitting's own threads ring; [`Event::Wakeup`] comes when they do.
    fn wake_fd(&self) -> Option<BorrowedFd<'_>> {
        None
    }

    /// What to tell after a panic, below its message: where the work is.
    fn panic_message(&self) -> String;
}

/// Runs a sitting on the terminal until it ends, and gives the terminal back, whatever happens.
///
/// # Errors
/// When there is no terminal to begin with.
pub fn run_application(
    sitting: &mut impl Application,
    abilities: Capabilities,
    mouse: bool,
) -> io::Result<ExitReason> {
    // Who is asked to end while the terminal is being taken gives it back.
    let input = Input::listen()?;
    let terminal = Terminal::enter(mouse)?;
    watchdog::watch(&watchdog::ENDING, watchdog::GRACE, terminal.restorer())?;
    let mut house = EventLoop::new(&terminal, input, abilities);
    let end = match catch_unwind(AssertUnwindSafe(|| house.run_until_end(sitting))) {
        Ok(end) => end,
        Err(panic) => {
            // The hook has given the terminal back and told what happened.
            terminal.leave();
            let _ =
                io::Write::write_all(&mut io::stderr(), format!("{}\n", sitting.panic_message()).as_bytes());
            resume_unwind(panic)
        }
    };
    if matches!(end, ExitReason::Hangup | ExitReason::Terminated) {
        terminal.leave_soon();
    } else {
        terminal.leave();
    }
    if end != ExitReason::Quit {
        sitting.on_shutdown(end);
    }
    Ok(end)
}

/// All that the loop holds in its hands.
struct EventLoop<'a> {
    terminal: &'a Terminal,
    screen: Screen,
    input: Input,
    abilities: Capabilities,
}

impl<'a> EventLoop<'a> {
    fn new(terminal: &'a Terminal, input: Input, abilities: Capabilities) -> Self {
        let Capabilities { colours, ambiguous, synchronized, .. } = abilities;
        let mut screen = Screen::new(terminal::size(), colours, ambiguous, synchronized);
        screen.write_raw(&terminal.setup_sequence(ambiguous == AmbiguousWidth::Unknown));
        Self { terminal, screen, input, abilities }
    }

    /// The loop, and what was typed before its end.
    fn run_until_end(&mut self, sitting: &mut impl Application) -> ExitReason {
        let end = self.run(sitting);
        if end != ExitReason::Quit {
            let rest = self.input.drain();
            if !rest.is_empty() {
                sitting.update(rest);
            }
        }
        end
    }

    /// The loop. A terminal that cannot be written to any more is gone.
    fn run(&mut self, sitting: &mut impl Application) -> ExitReason {
        let mut events = vec![resized(terminal::size())];
        if self.abilities.ambiguous != AmbiguousWidth::Unknown {
            events.push(Event::WidthReport { wide: self.abilities.ambiguous == AmbiguousWidth::Wide });
        }
        loop {
            self.apply_terminal_events(&events);
            let illegible = events.contains(&Event::CharsetReport { utf8: false });
            let wishes = sitting.update(events);
            if illegible {
                return ExitReason::NotUtf8;
            }
            if wishes.quit {
                return ExitReason::Quit;
            }
            self.screen.write_raw(&wishes.raw);
            if wishes.redraw {
                self.screen.forget();
            }
            if wishes.suspend {
                events = match self.suspend() {
                    Ok(events) => events,
                    Err(_) => return self.end(),
                };
                continue;
            }
            if self.show(sitting).is_err() {
                return self.end();
            }
            events = match self.wait_for_events(sitting, wishes.pause) {
                Ok(events) => events,
                Err(end) => return end,
            };
        }
    }

    /// Why the terminal can no longer be used.
    fn end(&mut self) -> ExitReason {
        match self.input.signals().take() {
            Some(Signal::Terminate) => ExitReason::Terminated,
            _ => ExitReason::Hangup,
        }
    }

    /// What the terminal says about itself changes how it is drawn on.
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

    /// Paints, and again where what was put off until then changes the screen.
    fn show(&mut self, sitting: &mut impl Application) -> io::Result<()> {
        self.paint(sitting)?;
        while sitting.on_idle() {
            self.paint(sitting)?;
        }
        Ok(())
    }

    fn paint(&mut self, sitting: &mut impl Application) -> io::Result<()> {
        let bytes = self.screen.paint(|frame| sitting.draw(frame));
        terminal::write(&bytes, self.input.signals())
    }

    /// The next events, or the end.
    fn wait_for_events(
        &mut self,
        sitting: &mut impl Application,
        pause: Option<Duration>,
    ) -> Result<Vec<Event>, ExitReason> {
        match self.input.wait(pause, sitting.wake_fd()) {
            InputEvent::Events(events) => Ok(events),
            InputEvent::Gone | InputEvent::Call(Signal::HangUp) => Err(ExitReason::Hangup),
            InputEvent::Call(Signal::Terminate) => Err(ExitReason::Terminated),
            InputEvent::Call(Signal::Resize) => Ok(vec![resized(terminal::size())]),
            InputEvent::Call(Signal::Stop) => {
                // Nobody knows for how long: as if no key had come for a while.
                sitting.update(vec![Event::Timeout]);
                self.suspend().map_err(|_| self.end())
            }
            InputEvent::Call(Signal::Continue) => self.resume().map_err(|_| self.end()),
        }
    }

    /// Gives the terminal back, stops, and takes it again.
    fn suspend(&mut self) -> io::Result<Vec<Event>> {
        self.terminal.leave();
        self.input.signals().stop()?;
        self.resume()
    }

    /// The program runs again: the terminal may have been used, and have another size.
    fn resume(&mut self) -> io::Result<Vec<Event>> {
        // Who is ended while stopped is sent both signals, and may hear of the other one first.
        while !terminal::is_in_foreground() && !self.input.signals().end_within(SIGNAL_WAIT) {
            self.input.signals().stop()?;
        }
        if self.input.signals().ends() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        self.terminal.reenter()?;
        self.screen.forget();
        self.screen.write_raw(&self.terminal.setup_sequence(false));
        Ok(vec![Event::Resumed, resized(terminal::size())])
    }
}

fn resized(size: Size) -> Event {
    Event::Resize { columns: size.width, rows: size.height }
}
