//! Reads the records of the console in a thread of its own.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm_winapi::{Console, ControlKeyState, EventFlags, Handle, HandleType, InputRecord};

use super::super::console::{ConsoleKey, ConsoleMouse, ConsoleRecord, ConsoleTranslator, HeldKeys};

/// So many records at once are no single key: there is a short wait for the rest of a paste.
const BURST: usize = 16;
const BURST_WAIT: Duration = Duration::from_millis(3);

/// What arrives in the channel.
#[derive(Debug)]
pub enum Arrival {
    /// Keys and the mouse, as xterm sends them.
    Bytes(Vec<u8>),
    /// The window has a new size.
    Resize,
    /// Look again: a waker was used, or the program has been asked to end.
    Wake,
    /// The console is gone.
    Gone,
}

/// Reads the console, and reports its end when it is dropped.
pub struct ConsoleReader {
    sender: Sender<Arrival>,
    translator: ConsoleTranslator,
}

impl Drop for ConsoleReader {
    fn drop(&mut self) {
        let _ = self.sender.send(Arrival::Gone);
    }
}

impl ConsoleReader {
    /// Creates a reader that sends what it reads.
    pub fn new(sender: Sender<Arrival>) -> Self {
        ConsoleReader { sender, translator: ConsoleTranslator::default() }
    }

    /// Waits for records, and sends all that have come at once.
    ///
    /// # Errors
    /// Returns an error if nobody takes them any more, or the console is gone.
    pub fn read_batch(&mut self) -> io::Result<()> {
        let console = Console::from(Handle::new(HandleType::InputHandle)?);
        let mut records = vec![console.read_single_input_event()?];
        loop {
            let more = console.read_console_input()?;
            if !more.is_empty() {
                records.extend(more);
            } else if records.len() >= BURST && console.number_of_console_input_events()? == 0 {
                thread::sleep(BURST_WAIT);
                if console.number_of_console_input_events()? == 0 {
                    break;
                }
            } else {
                break;
            }
        }
        let is_resized = records.iter().any(|record| matches!(record, InputRecord::WindowBufferSizeEvent(_)));
        let records: Vec<ConsoleRecord> = records.iter().filter_map(console_record).collect();
        let bytes = self.translator.translate(&records);
        let sizes = is_resized.then_some(Arrival::Resize);
        let bytes = (!bytes.is_empty()).then_some(Arrival::Bytes(bytes));
        sizes
            .into_iter()
            .chain(bytes)
            .try_for_each(|arrival| self.sender.send(arrival))
            .map_err(io::Error::other)
    }
}

/// Returns what a record of the console says of the keyboard or the mouse.
fn console_record(record: &InputRecord) -> Option<ConsoleRecord> {
    Some(match record {
        InputRecord::KeyEvent(key) => ConsoleRecord::Key(ConsoleKey {
            is_down: key.key_down,
            repeat: key.repeat_count,
            number: key.virtual_key_code,
            unit: key.u_char,
            held: held_keys(key.control_key_state),
        }),
        InputRecord::MouseEvent(mouse) => {
            let is_wheel = mouse.event_flags == EventFlags::MouseWheeled;
            ConsoleRecord::Mouse(ConsoleMouse {
                column: mouse.mouse_position.x,
                row: mouse.mouse_position.y,
                left: mouse.button_state.left_button(),
                is_moved: mouse.event_flags == EventFlags::MouseMoved,
                wheel: if is_wheel { mouse.button_state.state() } else { 0 },
            })
        }
        InputRecord::FocusEvent(focus) => ConsoleRecord::Focus(focus.set_focus),
        _ => return None,
    })
}

/// Returns what is held, by the bits that the console numbers: both Alt keys, both Ctrl keys, Shift.
fn held_keys(state: ControlKeyState) -> HeldKeys {
    HeldKeys { alt: state.has_state(0x3), ctrl: state.has_state(0xc), shift: state.has_state(0x10) }
}
