//! Word files as Word 97 to 2003 wrote them (`.doc`), and those of Kingsoft Writer (`.wps`).
//!
//! The text is in the main stream, in pieces that the table stream puts in order; what each paragraph and
//! character is stands on pages between. A row of a table is known by the mark at its end, which says where
//! its cells are. Left out as in the newer format: deleted and hidden text, codes of fields, comments.

mod bytes;
mod character;
mod header;
mod paragraph;
mod pieces;
mod refusals;
mod runs;

use crate::import::SourceFormat;
use std::io::{Cursor, Read};
use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use super::super::source::{Source, SourcePart};
use super::super::{ImportError, limits};
use super::asides::Asides;
use super::marked_tables::{Mark, MarkedTables};
use bytes::{long, word};
use character::CharacterState;
use header::{Header, TextKind};
use pieces::Piece;
pub use refusals::{ENCRYPTED, OLD_WORD};
use runs::{RunKind, Runs};

/// The numbers of the parts of the table stream that are read.
const STYLES: usize = 1;
const HEADERS: usize = 11;
const CHARACTERS: usize = 12;
const PARAGRAPHS: usize = 13;
const PIECES: usize = 33;

/// Reads an older Word file.
///
/// # Errors
/// Returns an error if the file is encrypted, of a Word before 97, broken, or larger than any report.
pub fn read(bytes: &[u8]) -> Result<Source, ImportError> {
    let broken = || ImportError::Broken("这个 Word 文件");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut stream = |name: &str| {
        let mut content = Vec::new();
        let stream = file.open_stream(name).ok()?;
        stream.take(limits::TEXT).read_to_end(&mut content).ok()?;
        Some(content)
    };
    let main = stream("/WordDocument").ok_or_else(broken)?;
    let header = Header::read(&main)?;
    let table = stream(if header.second_table { "/1Table" } else { "/0Table" }).ok_or_else(broken)?;
    let data = stream("/Data").unwrap_or_default();
    let document = Document {
        main: &main,
        data: &data,
        pieces: pieces::pieces(header.part(&table, PIECES)).ok_or_else(broken)?,
        characters: Runs::read(&main, header.part(&table, CHARACTERS), RunKind::Characters)?,
        paragraphs: Runs::read(&main, header.part(&table, PARAGRAPHS), RunKind::Paragraphs)?,
        hidden_styles: character::hidden_styles(header.part(&table, STYLES)),
        has_boxes: header.texts.iter().any(|(kind, range)| *kind == TextKind::Boxes && !range.is_empty()),
    };
    let (mut parts, mut asides) = (Vec::new(), Asides::default());
    for (kind, range) in &header.texts {
        match kind {
            TextKind::Main => parts = document.read(range.clone())?,
            TextKind::Footnotes => asides.add("脚注", document.read(range.clone())?),
            TextKind::Endnotes => asides.add("尾注", document.read(range.clone())?),
            TextKind::Boxes => asides.add("文本框", document.read(range.clone())?),
            TextKind::Comments => {}
            TextKind::Headers => {
                for (what, range) in header_texts(header.part(&table, HEADERS), range) {
                    asides.add(what, document.read(range)?);
                }
            }
        }
    }
    parts.append(&mut asides.parts);
    Ok(Source { format: SourceFormat::Doc, parts })
}

/// Returns the headers and footers of all sections; before them are the lines above notes.
fn header_texts(bounds: &[u8], whole: &Range<usize>) -> Vec<(&'static str, Range<usize>)> {
    let bound =
        |at: usize| long(bounds, 4 * at).map(|bound| whole.start.saturating_add(bound).min(whole.end));
    let count = (bounds.len() / 4).saturating_sub(1);
    let mut texts: Vec<(&'static str, Range<usize>)> = Vec::new();
    for at in 6..count {
        let what = if matches!(at % 6, 2 | 3 | 5) { "页脚" } else { "页眉" };
        let Some(range) = bound(at).zip(bound(at + 1)).map(|(start, end)| start..end) else { continue };
        // In a damaged table they may go back.
        if !range.is_empty() && texts.last().is_none_or(|(_, last)| range.start >= last.end) {
            texts.push((what, range));
        }
    }
    texts
}

struct Document<'a> {
    main: &'a [u8],
    data: &'a [u8],
    pieces: Vec<Piece<'a>>,
    characters: Runs<'a>,
    paragraphs: Runs<'a>,
    hidden_styles: Vec<bool>,
    has_boxes: bool,
}

/// What is being read of a text.
#[derive(Default)]
struct TextReader {
    tables: MarkedTables,
    units: Vec<u16>,
    /// For each open field whether its code is being read, not its result.
    fields: Vec<bool>,
    /// The marks that end nothing.
    skipped: limits::LimitCounter,
}

/// The most fields inside each other.
const FIELDS: usize = 32;

impl Document<'_> {
    /// Returns the parts of one text.
    fn read(&self, range: Range<usize>) -> Result<Vec<SourcePart>, ImportError> {
        let mut reader = TextReader::default();
        let first = self.pieces.partition_point(|piece| piece.end <= range.start);
        for piece in self.pieces.iter().skip(first).take_while(|piece| piece.start < range.end) {
            let (start, end) = (piece.start.max(range.start), piece.end.min(range.end));
            let (mut state, mut until) = (CharacterState::default(), 0);
            for at in start..end {
                let byte = piece.offset + (at - piece.start) * if piece.narrow { 1 } else { 2 };
                let Some(unit) = self.unit(piece, byte) else { break };
                if byte >= until {
                    (state, until) = self.character_state(piece, byte);
                }
                self.read_character(&mut reader, unit, state, byte)?;
            }
        }
        reader.flush()?;
        reader.tables.finish()
    }

    fn unit(&self, piece: &Piece, byte: usize) -> Option<u16> {
        if !piece.narrow {
            return word(self.main, byte);
        }
        let byte = [*self.main.get(byte)?];
        let text = WINDOWS_1252.decode_without_bom_handling(&byte).0;
        text.encode_utf16().next()
    }

    /// Returns the state of a character, and the byte from which on it may be another.
    fn character_state(&self, piece: &Piece, byte: usize) -> (CharacterState, usize) {
        let (paragraph, next) = self.paragraphs.at(byte);
        let style = word(paragraph, 0).map_or(0, usize::from);
        let hidden = self.hidden_styles.get(style) == Some(&true);
        let mut state = CharacterState { hidden, ..CharacterState::default() };
        let (list, until) = self.characters.at(byte);
        state.apply(list, &self.hidden_styles);
        state.apply_piece(piece.properties, &self.hidden_styles);
        (state, until.min(next))
    }

    fn read_character(
        &self,
        reader: &mut TextReader,
        unit: u16,
        state: CharacterState,
        byte: usize,
    ) -> Result<(), ImportError> {
        let in_code = reader.fields.contains(&true);
        match unit {
            0x07 | 0x0c | 0x0d => {
                let place = self.place(byte);
                let mark = match unit {
                    _ if place.depth == 0 || unit == 0x0c => Mark::Paragraph,
                    _ if place.ends_row && state.deleted => Mark::DeletedRow,
                    _ if place.ends_row => Mark::Row(place.layout),
                    0x07 => Mark::Cell,
                    _ if place.ends_inner_cell && place.depth > 1 => Mark::Cell,
                    _ => Mark::Paragraph,
                };
                // A paragraph whose mark was deleted goes on in the next.
                if mark == Mark::Paragraph && (state.deleted || in_code) {
                    return reader.skipped.add_cells(1);
                }
                // No code of a field reaches over a cell: its end is missing.
                if mark != Mark::Paragraph {
                    reader.fields.clear();
                }
                reader.flush()?;
                reader.tables.end_paragraph(place.depth, mark)
            }
            0x13 if reader.fields.len() < FIELDS => {
                reader.fields.push(true);
                Ok(())
            }
            0x14 => {
                if let Some(code) = reader.fields.last_mut() {
                    *code = false;
                }
                Ok(())
            }
            0x15 => {
                reader.fields.pop();
                Ok(())
            }
            _ if in_code || state.deleted || state.hidden => Ok(()),
            // Where there are text boxes, a drawing may be one of them.
            0x01 | 0x08 if state.special && (unit == 0x01 || !self.has_boxes) => {
                reader.flush()?;
                reader.tables.add_picture()
            }
            // A character of a symbol font.
            0x28 if state.special => Ok(()),
            0x0b | 0x0e => {
                reader.flush()?;
                reader.tables.break_line();
                Ok(())
            }
            0x1e => {
                reader.units.push(u16::from(b'-'));
                Ok(())
            }
            0x00..=0x08 | 0x0a | 0x0f..=0x1f => Ok(()),
            _ => {
                reader.units.push(unit);
                Ok(())
            }
        }
    }

    fn place(&self, byte: usize) -> paragraph::ParagraphPlace {
        let (list, _) = self.paragraphs.at(byte);
        paragraph::paragraph_place(list.get(2..).unwrap_or_default(), self.data)
    }
}

impl TextReader {
    fn flush(&mut self) -> Result<(), ImportError> {
        let text = String::from_utf16_lossy(&self.units);
        self.units.clear();
        self.tables.write(&text)
    }
}
