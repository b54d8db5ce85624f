//! Asks for one key after another, to see which of them arrive.

use std::io::{self, Write};

use crate::editor::event::Event;
use crate::editor::hint::spoken;
use crate::editor::key::{Key, KeyCode};
use crate::editor::{Command, KeyBinding, Keymap, Scope};
use crate::store::AppDirs;
use crate::terminal::enter::RawMode;
use crate::terminal::input::{Input, InputEvent};
use crate::terminal::signals::Signal;

/// What happened when the clerk was asked for a key.
enum KeyOutcome {
    Arrived,
    /// Nothing or another key arrived, and the clerk pressed Enter to skip it.
    Missing,
    /// The clerk wants to stop.
    Stopped,
}

/// The key that stops.
const STOP: Key = Key { code: KeyCode::Char('c'), ctrl: true, alt: false, shift: false };

/// Returns the keys to try: those of the key map that terminals may keep for themselves, each once. Of
/// the digits only 0 and 1 are tried.
pub fn keys_to_try(keys: &Keymap) -> Vec<(&KeyBinding, Key)> {
    let mut found: Vec<(&KeyBinding, Key)> = Vec::new();
    let rows = keys.rows().iter().filter(|row| matches!(row.scope, Scope::Everywhere | Scope::Table));
    for row in rows {
        let Some(&key) = row.on.first() else { continue };
        let is_kept = key.ctrl || key.alt || matches!(key.code, KeyCode::F(_));
        let is_like_others = matches!(key.code, KeyCode::Char('2'..='9'));
        if is_kept && !is_like_others && found.iter().all(|(_, other)| *other != key) {
            found.push((row, key));
        }
    }
    found
}

/// Asks for each key, and says at the end what to press instead of those that did not arrive.
/// Returns `true` if all arrived.
///
/// # Errors
/// Returns an error if the terminal is gone, or the program was asked to end.
pub fn try_all(keys: &Keymap, mut input: Input, out: &mut dyn Write) -> io::Result<bool> {
    let Some(raw) = RawMode::enter() else {
        return writeln!(out, "终端不能用，试不了按键").map(|()| true);
    };
    let (skip, stop) = (spoken(Key::plain(KeyCode::Enter)), spoken(STOP));
    write!(out, "\r\n请按提示的键。没有反应，按{skip}跳过；不试了，按 {stop}。\r\n")?;
    let mut missing = Vec::new();
    for (row, key) in keys_to_try(keys) {
        write!(out, "  {key}（{}）：", row.words)?;
        out.flush()?;
        match wait(&mut input, key, out)? {
            KeyOutcome::Arrived => write!(out, "到了\r\n")?,
            KeyOutcome::Missing => {
                write!(out, "没有到\r\n")?;
                missing.push(row);
            }
            KeyOutcome::Stopped => {
                write!(out, "\r\n")?;
                break;
            }
        }
    }
    drop(raw);
    for row in &missing {
        match row.on[..] {
            [key, second, ..] => writeln!(out, "{key} 不到，用 {second}")?,
            [key] => {
                let palette = keys.using(Scope::Everywhere, Command::Palette, "");
                writeln!(out, "{key} 不到，用 {palette}，选“{}”", row.words)?
            }
            [] => {}
        }
    }
    if let Some(dirs) = AppDirs::for_user().filter(|_| !missing.is_empty()) {
        let file = dirs.keys();
        writeln!(out, "要另配按键，请写 {}，写法见使用手册（nianbao manual）", file.display())?;
    }
    Ok(missing.is_empty())
}

fn wait(input: &mut Input, wanted: Key, out: &mut dyn Write) -> io::Result<KeyOutcome> {
    loop {
        let events = match input.wait(None, None) {
            InputEvent::Events(events) => events,
            InputEvent::Gone | InputEvent::Signal(Signal::HangUp | Signal::Terminate) => {
                return Err(io::ErrorKind::Interrupted.into());
            }
            InputEvent::Signal(_) => continue,
        };
        for event in events {
            match event {
                Event::Key(key) if key == wanted => return Ok(KeyOutcome::Arrived),
                Event::Key(Key { code: KeyCode::Enter, .. }) => return Ok(KeyOutcome::Missing),
                Event::Key(STOP) => return Ok(KeyOutcome::Stopped),
                Event::Key(key) => write!(out, "到的是 {key} ")?,
                _ => {}
            }
        }
        out.flush()?;
    }
}
