//! What the objects of a PDF would cost, counted before they are opened: an object in memory takes a hundred
//! times the two bytes that it can have in the file.

use super::super::super::ImportError;
use super::inflate::{TOO_LARGE, inflate};
use super::lexer::{Lexer, PdfToken};

/// The most objects, those inside others counted; the longest reports have a tenth of it.
const OBJECTS: usize = 1_000_000;
/// The largest stream of objects, and all of them together, in bytes.
const STREAMS: usize = 8 << 20;
/// Bytes that are no text end a run of it; shorter runs are in every packed stream.
const RUN: usize = 64;

/// Refuses a file that holds more objects than any report.
///
/// # Errors
/// Returns an error if so, with a message for the clerk.
pub fn check_objects(bytes: &[u8]) -> Result<(), ImportError> {
    let is_text = |byte: &u8| matches!(byte, 9..=13 | 32..=126 | 0);
    let mut objects = 0;
    for run in bytes.split(|byte| !is_text(byte)).filter(|run| run.len() >= RUN) {
        objects += count(run);
    }
    let mut left = STREAMS;
    let mut rest = bytes;
    while objects <= OBJECTS
        && let Some(at) = find(rest, b"stream")
    {
        let (before, after) = rest.split_at(at);
        rest = &after[b"stream".len()..];
        if is_object_stream(before) {
            let packed = &rest[rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()..];
            // One that is damaged is not opened later either.
            let content = match inflate(packed, left) {
                Err(error) if error == TOO_LARGE => return Err(error),
                content => content.unwrap_or_default(),
            };
            left = left.saturating_sub(content.len());
            objects += count(&content);
        }
    }
    if objects > OBJECTS { Err(TOO_LARGE) } else { Ok(()) }
}

/// Returns how many words a text has.
fn count(text: &[u8]) -> usize {
    let is_end = |byte: u8| byte.is_ascii_whitespace() || b"()<>[]/\0".contains(&byte);
    text.windows(2).filter(|pair| is_end(pair[1]) && !pair[0].is_ascii_whitespace()).count()
}

/// Returns whether the dictionary that a text ends with is that of a stream of objects.
fn is_object_stream(before: &[u8]) -> bool {
    /// No such dictionary is longer, in bytes.
    const DICTIONARY: usize = 2_000;
    let before = &before[before.len().saturating_sub(DICTIONARY)..];
    let start = before.windows(4).rposition(|part| part == b" obj").unwrap_or(0);
    Lexer::new(&before[start..]).any(|token| token == PdfToken::Name(b"ObjStm".to_vec()))
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(part) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
