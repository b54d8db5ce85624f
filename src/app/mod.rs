//! The terminal, and the loop between it and a sitting.
//!
//! Wait for something, take all that is there, let the sitting answer, paint once, in one write.
//! An idle program sleeps in one system call. The loop knows nothing of reports: a [`Sitting`] is
//! whatever turns events into frames.

pub mod abilities;
pub mod backend;
pub mod bell;
mod beside;
pub mod decode;
pub mod doctor;
pub mod glyph;
pub mod input;
pub mod locale;
mod outlook;
mod outside;
pub mod paint;
pub mod pen;
mod recovery;
pub mod scroll;
pub mod seat;
mod session;
pub mod signals;
pub mod terminal;
pub mod travel;
pub mod watchdog;

use self::abilities::Abilities;
use self::backend::Screen;
use self::glyph::Ambiguous;
use self::input::{Input, News};
use self::signals::Call;
use self::terminal::Terminal;
use crate::editor::key::Event;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use std::io;
use std::os::fd::BorrowedFd;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

/// How long a signal may take that came together with another one.
const HEARD_WITHIN: Duration = Duration::from_millis(50);

/// What a sitting wants after it has taken a batch of events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// It is over.
    pub quit: bool,
    /// Stop the process until it is continued from the shell.
    pub suspend: bool,
    /// Paint the whole screen anew, as if nothing stood there.
    pub redraw: bool,
    /// Send these bytes, which draw nothing and move nothing (the clipboard's OSC 52).
    pub say: Vec<u8>,
    /// Tell when no key has come for so long ([`Event::Pause`], once). Without it the program
    /// sleeps until something happens.
    pub pause: Option<Duration>,
}

/// How a sitting came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It wanted to.
    Quit,
    /// The line dropped, or the terminal is gone: nobody reads any words.
    HungUp,
    /// The program was asked to end by SIGTERM.
    Terminated,
    /// The terminal has answered that it does not show UTF-8: nothing on it could be read.
    Illegible,
}

/// What the loop drives.
pub trait Sitting {
    /// Takes all events that have come, the first ones being the window's size and perhaps more;
    /// a frame is drawn after it.
    fn update(&mut self, events: Vec<Event>) -> Wishes;

    /// Draws the whole screen into an empty frame; where the cursor belongs, if anywhere.
    fn draw(&mut self, frame: &mut Buffer) -> Option<Position>;

    /// The frame is on the screen: time for what it did not need, a piece at a time. True where another
    /// one may look different; it is asked again after that.
    fn after_frame(&mut self) -> bool {
        false
    }

    /// The last chance to put work in safety when the line dropped or SIGTERM came. The terminal
    /// has been given back; there may be nobody at it.
    fn part(&mut self, end: End);

    /// The ear of a bell that the sitting's own threads ring; [`Event::Bell`] comes when they do.
    fn ear(&self) -> Option<BorrowedFd<'_>> {
        None
    }

    /// What to tell after a panic, below its message: where the work is.
    fn last_words(&self) -> String;
}

/// Runs a sitting on the terminal until it ends, and gives the terminal back, whatever happens.
///
/// # Errors
/// When there is no terminal to begin with.
pub fn run(sitting: &mut impl Sitting, abilities: Abilities, mouse: bool) -> io::Result<End> {
    // Who is asked to end while the terminal is being taken gives it back.
    let input = Input::listen()?;
    let terminal = Terminal::take(mouse)?;
    watchdog::watch(&watchdog::ENDING, watchdog::GRACE, terminal.rescue())?;
    let mut house = House::new(&terminal, input, abilities);
    let end = match catch_unwind(AssertUnwindSafe(|| house.sit(sitting))) {
        Ok(end) => end,
        Err(panic) => {
            // The hook has given the terminal back and told what happened.
            terminal.give_back();
            let _ = io::Write::write_all(&mut io::stderr(), format!("{}\n", sitting.last_words()).as_bytes());
            resume_unwind(panic)
        }
    };
    if matches!(end, End::HungUp | End::Terminated) {
        terminal.give_back_soon();
    } else {
        terminal.give_back();
    }
    if end != End::Quit {
        sitting.part(end);
    }
    Ok(end)
}

/// All that the loop holds in its hands.
struct House<'a> {
    terminal: &'a Terminal,
    screen: Screen,
    input: Input,
    abilities: Abilities,
}

impl<'a> House<'a> {
    fn new(terminal: &'a Terminal, input: Input, abilities: Abilities) -> Self {
        let Abilities { colours, ambiguous, synchronized, .. } = abilities;
        let mut screen = Screen::new(terminal::size(), colours, ambiguous, synchronized);
        screen.say(&terminal.opening(ambiguous == Ambiguous::Unknown));
        Self { terminal, screen, input, abilities }
    }

    /// The loop, and what was typed before its end.
    fn sit(&mut self, sitting: &mut impl Sitting) -> End {
        let end = self.turn(sitting);
        if end != End::Quit {
            let rest = self.input.rest();
            if !rest.is_empty() {
                sitting.update(rest);
            }
        }
        end
    }

    /// The loop. A terminal that cannot be written to any more is gone.
    fn turn(&mut self, sitting: &mut impl Sitting) -> End {
        let mut events = vec![resized(terminal::size())];
        if self.abilities.ambiguous != Ambiguous::Unknown {
            events.push(Event::WidthReport { wide: self.abilities.ambiguous == Ambiguous::Wide });
        }
        loop {
            self.heed(&events);
            let illegible = events.contains(&Event::CharsetReport { utf8: false });
            let wishes = sitting.update(events);
            if illegible {
                return End::Illegible;
            }
            if wishes.quit {
                return End::Quit;
            }
            self.screen.say(&wishes.say);
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
            events = match self.next(sitting, wishes.pause) {
                Ok(events) => events,
                Err(end) => return end,
            };
        }
    }

    /// Why the terminal can no longer be used.
    fn end(&mut self) -> End {
        match self.input.signals().take() {
            Some(Call::Terminate) => End::Terminated,
            _ => End::HungUp,
        }
    }

    /// What the terminal says about itself changes how it is drawn on.
    fn heed(&mut self, events: &[Event]) {
        for event in events {
            match *event {
                Event::Resize { columns, rows } => self.screen.resize(Size::new(columns, rows)),
                Event::WidthReport { wide } => {
                    self.screen.set_ambiguous(if wide { Ambiguous::Wide } else { Ambiguous::Narrow });
                }
                _ => {}
            }
        }
    }

    /// Paints, and again where what was put off until then changes the screen.
    fn show(&mut self, sitting: &mut impl Sitting) -> io::Result<()> {
        self.paint(sitting)?;
        while sitting.after_frame() {
            self.paint(sitting)?;
        }
        Ok(())
    }

    fn paint(&mut self, sitting: &mut impl Sitting) -> io::Result<()> {
        let bytes = self.screen.paint(|frame| sitting.draw(frame));
        terminal::write(&bytes, self.input.signals())
    }

    /// The next events, or the end.
    fn next(&mut self, sitting: &mut impl Sitting, pause: Option<Duration>) -> Result<Vec<Event>, End> {
        match self.input.wait(pause, sitting.ear()) {
            News::Events(events) => Ok(events),
            News::Gone | News::Call(Call::HangUp) => Err(End::HungUp),
            News::Call(Call::Terminate) => Err(End::Terminated),
            News::Call(Call::Resize) => Ok(vec![resized(terminal::size())]),
            News::Call(Call::Stop) => {
                // Nobody knows for how long: as if no key had come for a while.
                sitting.update(vec![Event::Pause]);
                self.suspend().map_err(|_| self.end())
            }
            News::Call(Call::Continue) => self.resume().map_err(|_| self.end()),
        }
    }

    /// Gives the terminal back, stops, and takes it again.
    fn suspend(&mut self) -> io::Result<Vec<Event>> {
        self.terminal.give_back();
        self.input.signals().stop()?;
        self.resume()
    }

    /// The program runs again: the terminal may have been used, and have another size.
    fn resume(&mut self) -> io::Result<Vec<Event>> {
        // Who is ended while stopped is sent both signals, and may hear of the other one first.
        while !terminal::is_in_foreground() && !self.input.signals().end_within(HEARD_WITHIN) {
            self.input.signals().stop()?;
        }
        if self.input.signals().ends() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        self.terminal.take_again()?;
        self.screen.forget();
        self.screen.say(&self.terminal.opening(false));
        Ok(vec![Event::Resumed, resized(terminal::size())])
    }
}

fn resized(size: Size) -> Event {
    Event::Resize { columns: size.width, rows: size.height }
}
