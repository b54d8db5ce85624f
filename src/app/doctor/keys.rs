//! Keys pressed one after another, to see which of them arrive.

use std::io::{self, Write};

use super::super::input::{Input, InputEvent};
use super::super::signals::Signal;
use super::ask::RawMode;
use crate::editor::hint::spoken;
use crate::editor::key::{Event, Key, KeyCode};
use crate::editor::{Command, KeyBinding, Keymap, Scope};

/// What came of a key.
enum KeyOutcome {
    Came,
    /// Nothing, or another one: the clerk went on with Enter.
    Missed,
    /// The clerk has had enough.
    Over,
}

/// Ends the trying.
const STOP: Key = Key { code: KeyCode::Char('c'), ctrl: true, alt: false, shift: false };

/// The keys to try: those of the key map that terminals may keep, each once. Of the digits the
/// first two stand for the others.
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

/// Asks for each key, and says at the end what to press instead of those that did not come.
/// Whether all came.
///
/// # Errors
/// When the terminal is gone, or the program was asked to end.
pub fn try_all(keys: &Keymap, out: &mut dyn Write) -> io::Result<bool> {
    let (Ok(mut input), Some(raw)) = (Input::listen(), RawMode::enter()) else {
        return writeln!(out, "终端不能用，试不了按键").map(|()| true);
    };
    let (skip, stop) = (spoken(Key::plain(KeyCode::Enter)), spoken(STOP));
    write!(out, "\r\n请按提示的键。没有反应，按{skip}跳过；不试了，按 {stop}。\r\n")?;
    let mut missed = Vec::new();
    for (row, key) in keys_to_try(keys) {
        write!(out, "  {key}（{}）：", row.words)?;
        out.flush()?;
        match wait(&mut input, key, out)? {
            KeyOutcome::Came => write!(out, "到了\r\n")?,
            KeyOutcome::Missed => {
                write!(out, "没有到\r\n")?;
                missed.push(row);
            }
            KeyOutcome::Over => {
                write!(out, "\r\n")?;
                break;
            }
        }
    }
    drop(raw);
    for row in &missed {
        match row.on[..] {
            [key, second, ..] => writeln!(out, "{key} 不到，用 {second}")?,
            [key] => {
                let palette = keys.using(Scope::Everywhere, Command::Palette, "");
                writeln!(out, "{key} 不到，用 {palette}，选“{}”", row.words)?
            }
            [] => {}
        }
    }
    if !missed.is_empty() {
        writeln!(out, "要另配按键，请写 ~/.config/nianbao/keys.ron，写法见使用手册（nianbao manual）")?;
    }
    Ok(missed.is_empty())
}

fn wait(input: &mut Input, wanted: Key, out: &mut dyn Write) -> io::Result<KeyOutcome> {
    loop {
        let events = match input.wait(None, None) {
            InputEvent::Events(events) => events,
            InputEvent::Gone | InputEvent::Call(Signal::HangUp | Signal::Terminate) => {
                return Err(io::ErrorKind::Interrupted.into());
            }
            InputEvent::Call(_) => continue,
        };
        for event in events {
            match event {
                Event::Key(key) if key == wanted => return Ok(KeyOutcome::Came),
                Event::Key(Key { code: KeyCode::Enter, .. }) => return Ok(KeyOutcome::Missed),
                Event::Key(STOP) => return Ok(KeyOutcome::Over),
                Event::Key(key) => write!(out, "到的是 {key} ")?,
                _ => {}
            }
        }
        out.flush()?;
    }
}
