//! A stream to a terminal that shows hidden characters instead of letting the terminal interpret them, and to
//! a pipe whose reader may go away.

use std::cell::Cell;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::text::invisible::alters_display;

/// Passes text on, and on a terminal writes what it would interpret, or not show, as `\u202e`; bytes that
/// are not UTF-8 as `\x9b`. In a JSON text a hidden character can only are in a string, so what is shown is
/// the same JSON. A line's end and a tab pass.
///
/// A reader that went away (`nianbao manual | head -1`) has seen what it wanted: the rest is dropped without an
/// error, so that a command still ends with the exit code of its work.
pub struct EscapingWriter<'a, W: Write> {
    to: W,
    terminal: bool,
    /// Whether sequences for colours pass now.
    styles: Option<&'a Cell<bool>>,
    /// Whether the reader went away.
    closed: bool,
    /// The beginning of a character whose other bytes have not come yet.
    partial: Vec<u8>,
}

impl<'a, W: Write> EscapingWriter<'a, W> {
    /// Marks where the stream leads to a terminal; files and pipes get every byte as it is.
    pub fn new(to: W, terminal: bool) -> Self {
        EscapingWriter { to, terminal, styles: None, closed: false, partial: Vec::new() }
    }

    /// Lets sequences for colours pass while the cell is set: what is written then is free of others' own.
    pub fn passing_styles(self, styles: &'a Cell<bool>) -> Self {
        EscapingWriter { styles: Some(styles), ..self }
    }

    fn write_sanitized(&mut self, text: &str) -> io::Result<()> {
        let mut shown = String::with_capacity(text.len());
        let passes_styles = self.styles.is_some_and(Cell::get);
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            let after = rest.as_str();
            let end = matches!(c, '\n' | '\t') || (c == '\r' && after.starts_with('\n'));
            let style = passes_styles && c == '\u{1b}' && starts_style(after);
            if end || style || !alters_display(c) {
                shown.push(c);
                continue;
            }
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        }
        self.to.write_all(shown.as_bytes())
    }

    fn write_escaped(&mut self, bytes: &[u8]) -> io::Result<()> {
        bytes.iter().try_for_each(|byte| write!(self.to, "\\x{byte:02x}"))
    }

    /// Turns the error of a reader that went away into what was to be returned, now and from now on.
    fn drop_if_closed<T>(&mut self, written: io::Result<T>, all: T) -> io::Result<T> {
        self.closed |= matches!(&written, Err(error) if error.kind() == io::ErrorKind::BrokenPipe);
        if self.closed { Ok(all) } else { written }
    }

    fn write_all_sanitized(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.partial);
        all.extend_from_slice(bytes);
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.write_sanitized(chunk.valid())?;
            let unfinished = std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
            if chunks.peek().is_none() && unfinished {
                self.partial = chunk.invalid().to_vec();
            } else {
                self.write_escaped(chunk.invalid())?;
            }
        }
        Ok(bytes.len())
    }
}

/// Returns whether a text that stands behind an escape character makes a sequence for a colour with it.
fn starts_style(after: &str) -> bool {
    let Some(rest) = after.strip_prefix('[') else { return false };
    rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
}

impl<W: Write> Write for EscapingWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match (self.closed, self.terminal) {
            (true, _) => Ok(bytes.len()),
            (false, true) => self.write_all_sanitized(bytes),
            (false, false) => self.to.write(bytes),
        };
        self.drop_if_closed(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let torn = std::mem::take(&mut self.partial);
        let flushed = self.write_escaped(&torn).and_then(|()| self.to.flush());
        self.drop_if_closed(flushed, ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(pieces: &[&[u8]], terminal: bool) -> String {
        let mut out = Vec::new();
        let mut marks = EscapingWriter::new(&mut out, terminal);
        for piece in pieces {
            marks.write_all(piece).unwrap();
        }
        marks.flush().unwrap();
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn colours_pass_only_while_they_are_wanted() {
        let wanted = Cell::new(true);
        let mut out = Vec::new();
        let mut writer = EscapingWriter::new(&mut out, true).passing_styles(&wanted);
        writer.write_all("\u{1b}[1;31m甲\u{1b}[0m\u{1b}[2J".as_bytes()).unwrap();
        wanted.set(false);
        writer.write_all(b"\x1b[31m").unwrap();
        drop(writer);
        let expected = "\u{1b}[1;31m甲\u{1b}[0m\\u001b[2J\\u001b[31m";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn a_terminal_gets_marks_and_a_pipe_gets_the_bytes() {
        let text = "甲\u{1b}[2J\u{9b}乙\u{202e}\u{200b}\u{e0001}\r丙\t丁\r\n";
        let marked = "甲\\u001b[2J\\u009b乙\\u202e\\u200b\\udb40\\udc01\\u000d丙\t丁\r\n";
        assert_eq!(shown(&[text.as_bytes()], true), marked);
        assert_eq!(shown(&[text.as_bytes()], false), text);
        assert_eq!(shown(&[b"a\x9bb\xe7\x94"], true), "a\\x9bb\\xe7\\x94");
    }

    /// A pipe whose reader goes away after some bytes.
    struct Pipe(usize);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_a_reader_that_went_away_does_not_see_is_no_error() {
        for terminal in [false, true] {
            let mut out = EscapingWriter::new(Pipe(5), terminal);
            out.write_all(b"abcd").unwrap();
            out.write_all(b"efgh").unwrap();
            out.write_all(b"i").unwrap();
            out.flush().unwrap();
            assert_eq!(out.to.0, 1, "nothing is written after the reader went away");
        }
    }

    proptest! {
        #[test]
        fn however_the_bytes_are_cut_the_same_is_shown(text in "[甲\u{1b}\u{202e}\u{e0001}a\\PC]*", at in 0usize..40) {
            let at = at.min(text.len());
            let (one, two) = text.as_bytes().split_at(at);
            prop_assert_eq!(shown(&[one, two], true), shown(&[text.as_bytes()], true));
        }

        #[test]
        fn json_is_the_same_json_with_its_marks(text in any::<String>()) {
            let json = serde_json::to_string_pretty(&serde_json::json!([[&text], { &text: 1 }])).unwrap();
            let marked = shown(&[json.as_bytes()], true);
            prop_assert!(marked.chars().all(|c| c == '\n' || !alters_display(c)));
            let read: serde_json::Value = serde_json::from_str(&marked).unwrap();
            prop_assert_eq!(&read[0][0], &text);
        }
    }
}
