//! The piece table: where in the main stream each run of characters is.

use super::bytes::{long, slice, word};

/// A run of characters that lie one after the other in the main stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its first character, and the one after its last.
    pub start: usize,
    pub end: usize,
    /// Where it begins in the main stream, in bytes.
    pub offset: usize,
    /// Whether a character takes one byte, not two.
    pub narrow: bool,
    /// Properties that hold for all of it besides those of its characters, as a file saved fast has them.
    pub properties: PieceProperties<'a>,
}

/// The properties of a piece: a list of them, or a single one in short form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceProperties<'a> {
    /// A list.
    List(&'a [u8]),
    /// The number of one, and its value.
    Single(u8, u8),
}

/// The most pieces that are read; a file saved fast many times has some hundreds.
const PIECES: usize = 100_000;
/// The most bytes of their properties.
const PROPERTIES: usize = 512;

/// Returns the pieces of a file in the order of the text. What the piece table says of no text is left out.
pub fn pieces(mut table: &[u8]) -> Option<Vec<Piece<'_>>> {
    let mut lists: Vec<&[u8]> = Vec::new();
    while *table.first()? == 1 {
        let length = usize::from(word(table, 1)?);
        let list = slice(table, 3, length)?;
        lists.push(&list[..length.min(PROPERTIES)]);
        table = table.get(3 + length..)?;
    }
    let pieces = slice(table, 5, long(table, 1)?).filter(|_| table.first() == Some(&2))?;
    let count = pieces.len().checked_sub(4)? / 12;
    let mut found: Vec<Piece> = Vec::new();
    for at in 0..count.min(PIECES) {
        let (start, end) = (long(pieces, 4 * at)?, long(pieces, 4 * at + 4)?);
        let descriptor = slice(pieces, 4 * (count + 1) + 8 * at, 8)?;
        let (place, properties) = (long(descriptor, 2)?, word(descriptor, 6)?);
        let narrow = place & 0x4000_0000 != 0;
        let offset = place & 0x3fff_ffff;
        let [low, value] = properties.to_le_bytes();
        let properties = match low & 1 {
            0 => PieceProperties::Single(low >> 1, value),
            _ => PieceProperties::List(lists.get(usize::from(properties >> 1)).copied().unwrap_or_default()),
        };
        // In a damaged table they may overlap: then a character is that of the first.
        if end > start && found.last().is_none_or(|last| start >= last.end) {
            found.push(Piece {
                start,
                end,
                offset: if narrow { offset / 2 } else { offset },
                narrow,
                properties,
            });
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_say_where_their_characters_are() {
        let mut table = vec![1, 3, 0, 0x00, 0x08, 1];
        table.extend([2, 28, 0, 0, 0]);
        for number in [0u32, 5, 9] {
            table.extend(number.to_le_bytes());
        }
        table.extend([0, 0]);
        table.extend(0x4000_0800u32.to_le_bytes());
        table.extend([1, 0, 0, 0]);
        table.extend(0x900u32.to_le_bytes());
        table.extend([0x82, 1]);
        let found = pieces(&table).unwrap();
        let list = PieceProperties::List(&[0x00, 0x08, 1]);
        assert_eq!(found[0], Piece { start: 0, end: 5, offset: 0x400, narrow: true, properties: list });
        let single = PieceProperties::Single(0x41, 1);
        assert_eq!(found[1], Piece { start: 5, end: 9, offset: 0x900, narrow: false, properties: single });
        for end in 0..table.len() {
            assert_eq!(pieces(&table[..end]), None, "cut at {end}");
        }
    }
}
