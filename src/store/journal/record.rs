//! The records of a journal as bytes and back. Bytes of any kind may come in; none of them panics.

use serde::{Deserialize, Serialize};

use super::super::hash::hash;
use super::header::{JournalHeader, JournalOwner};
use crate::edit::{Delta, History, HistoryEvent};

/// A draft with its history, from which the log goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The text of the draft as it was last saved, as a draft file.
    pub saved: String,
    /// The text of the draft as it was then; left out if it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// What the text of a draft file cannot hold: the edit that leads from it to the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Delta>,
    /// Undo and redo.
    pub history: History,
    /// Whether the last step of the history is typing that goes on.
    pub grouping: bool,
    /// How many steps were done since the session began.
    pub steps: u64,
}

/// What is in one line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// The first line.
    #[serde(rename = "head")]
    Header(JournalHeader),
    /// The process that writes from here on. One that goes on living says so again.
    #[serde(rename = "owner")]
    Owner(JournalOwner),
    /// What the changes after it start from.
    #[serde(rename = "checkpoint")]
    Checkpoint(Box<Checkpoint>),
    /// What one key did.
    #[serde(rename = "do")]
    Steps(Vec<RecordedEvent>),
    /// The draft was saved to its file, which then had this hash and length.
    #[serde(rename = "saved")]
    Saved(u64, u64),
}

/// A [`HistoryEvent`] as it is written: the history has what was undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RecordedEvent {
    /// See [`HistoryEvent::Apply`].
    #[serde(rename = "a")]
    Apply(Delta),
    /// See [`HistoryEvent::ApplyGrouped`].
    #[serde(rename = "t")]
    ApplyGrouped(Delta),
    /// See [`HistoryEvent::CloseGroup`].
    #[serde(rename = "close")]
    CloseGroup,
    /// See [`HistoryEvent::CancelGroup`].
    #[serde(rename = "cancel")]
    CancelGroup,
    /// See [`HistoryEvent::Undo`].
    #[serde(rename = "undo")]
    Undo,
    /// See [`HistoryEvent::Redo`].
    #[serde(rename = "redo")]
    Redo,
}

impl From<HistoryEvent> for RecordedEvent {
    fn from(event: HistoryEvent) -> Self {
        match event {
            HistoryEvent::Apply(delta) => RecordedEvent::Apply(delta),
            HistoryEvent::ApplyGrouped(delta) => RecordedEvent::ApplyGrouped(delta),
            HistoryEvent::CloseGroup => RecordedEvent::CloseGroup,
            HistoryEvent::CancelGroup(_) => RecordedEvent::CancelGroup,
            HistoryEvent::Undo(_) => RecordedEvent::Undo,
            HistoryEvent::Redo(_) => RecordedEvent::Redo,
        }
    }
}

impl Record {
    /// Returns its line.
    pub fn to_line(&self) -> Vec<u8> {
        // Records are made of texts, numbers and lists: JSON has a way to write each.
        frame_json(&serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Returns the line of a record given as JSON: its length, its checksum, itself.
pub fn frame_json(json: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{} {:016x} ", json.len(), hash(json)).into_bytes();
    bytes.extend(json);
    bytes.push(b'\n');
    bytes
}

/// The records of a journal up to the first that is torn, damaged or unknown.
pub struct Records<'b> {
    bytes: &'b [u8],
    /// How many bytes the records read so far take.
    pub bytes_read: usize,
}

impl<'b> Records<'b> {
    /// Creates an iterator over the records in these bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Records { bytes, bytes_read: 0 }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let (json, length) = unframe_json(self.bytes.get(self.bytes_read..)?)?;
        let record = serde_json::from_slice(json).ok()?;
        self.bytes_read += length;
        Some(record)
    }
}

/// Returns the JSON of the record at the start of some bytes, with the length of its line.
fn unframe_json(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let space = bytes.iter().take(12).position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(bytes.get(..space)?).ok()?.parse().ok()?;
    let sum = std::str::from_utf8(bytes.get(space + 1..space + 17)?).ok()?;
    let start = space + 18;
    let end = start.checked_add(length)?;
    let json = bytes.get(start..end)?;
    let framed = bytes.get(space + 17) == Some(&b' ') && bytes.get(end) == Some(&b'\n');
    (framed && u64::from_str_radix(sum, 16).ok()? == hash(json)).then_some((json, end + 1))
}
