//! The file information block: what a file is and where its parts are.

use std::ops::Range;

use super::super::super::{ImportError, limits};
use super::bytes::{long, slice, word};

/// Word 97 and later.
const MAGIC: u16 = 0xa5ec;
/// The first version of that structure.
const WORD_97: u16 = 0x00be;
/// The pairs of place and length in the table stream begin here.
const PAIRS: usize = 0x9a;

/// What the header of a file says.
pub struct Header<'a> {
    main: &'a [u8],
    /// Whether the table stream is `1Table`, not `0Table`.
    pub second_table: bool,
    /// The lengths of the texts, in characters, as they follow each other.
    pub texts: Vec<(TextKind, Range<usize>)>,
}

/// A text of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// The main text.
    Main,
    /// Footnotes.
    Footnotes,
    /// Headers and footers.
    Headers,
    /// Comments, which are left out.
    Comments,
    /// Endnotes.
    Endnotes,
    /// Text boxes.
    Boxes,
}

/// The texts in their order, with the places of their lengths.
const TEXTS: [(TextKind, usize); 7] = [
    (TextKind::Main, 0x4c),
    (TextKind::Footnotes, 0x50),
    (TextKind::Headers, 0x54),
    (TextKind::Comments, 0x5c),
    (TextKind::Endnotes, 0x60),
    (TextKind::Boxes, 0x64),
    (TextKind::Boxes, 0x68),
];

impl<'a> Header<'a> {
    /// Reads the header of the main stream.
    ///
    /// # Errors
    /// Returns an error if it is of an older Word, encrypted, broken, or says of more text than any report has.
    pub fn read(main: &'a [u8]) -> Result<Self, ImportError> {
        let broken = || ImportError::Broken("这个 Word 文件");
        let (magic, version) = (word(main, 0).ok_or_else(broken)?, word(main, 2).ok_or_else(broken)?);
        if magic != MAGIC || version < WORD_97 {
            return Err(if magic >> 8 == 0xa5 { super::OLD_WORD } else { broken() });
        }
        let flags = word(main, 0x0a).ok_or_else(broken)?;
        if flags & 0x0100 != 0 {
            return Err(super::ENCRYPTED);
        }
        let (mut texts, mut start) = (Vec::new(), 0usize);
        for (kind, at) in TEXTS {
            let length = long(main, at).ok_or_else(broken)?;
            texts.push((kind, start..start.saturating_add(length)));
            start = start.saturating_add(length);
        }
        // Blanks count a quarter, and codes of fields are no text.
        if start > 4 * limits::CHARS {
            return Err(ImportError::TooLarge("文字超过 50 万字"));
        }
        Ok(Header { main, second_table: flags & 0x0200 != 0, texts })
    }

    /// Returns a part of the table stream, by its number among the pairs; an empty one if there is none.
    pub fn part<'b>(&self, table: &'b [u8], number: usize) -> &'b [u8] {
        let at = PAIRS + 8 * number;
        let place = long(self.main, at).zip(long(self.main, at + 4));
        place.and_then(|(start, length)| slice(table, start, length)).unwrap_or_default()
    }
}
