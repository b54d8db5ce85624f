//! The properties of characters and paragraphs: pages of 512 bytes in the main stream, each for a stretch of it.

use std::ops::Range;

use super::super::super::{ImportError, limits};
use super::bytes::{long, slice, word};

const PAGE: usize = 512;

/// A stretch of the main stream with the same properties.
struct Run<'a> {
    bytes: Range<usize>,
    properties: &'a [u8],
}

/// The stretches in the order of the main stream.
pub struct Runs<'a> {
    runs: Vec<Run<'a>>,
}

/// What the pages hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// The properties of characters.
    Characters,
    /// Those of paragraphs, each with the number of its style before them.
    Paragraphs,
}

impl<'a> Runs<'a> {
    /// Reads the pages that an index names. What is damaged in them is left out.
    ///
    /// # Errors
    /// Returns an error if there are more stretches than characters in any report.
    pub fn read(main: &'a [u8], index: &[u8], kind: RunKind) -> Result<Self, ImportError> {
        // After the bounds, one more than there are pages, come their numbers.
        let count = index.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        // A damaged index may name the same page again and again.
        for at in 0..count.min(main.len() / PAGE) {
            let number = long(index, 4 * (count + 1) + 4 * at).map(|number| number & 0x3f_ffff);
            let page = number.and_then(|number| slice(main, number * PAGE, PAGE));
            runs.extend(page.into_iter().flat_map(|page| page_runs(page, kind)));
            if runs.len() > limits::CHARS {
                return Err(ImportError::TooLarge("文字的格式太多"));
            }
        }
        runs.sort_by_key(|run| run.bytes.start);
        Ok(Runs { runs })
    }

    /// Returns the properties at a byte of the main stream, and the byte from which on they may be others.
    pub fn at(&self, byte: usize) -> (&'a [u8], usize) {
        let next = self.runs.partition_point(|run| run.bytes.start <= byte);
        let run =
            next.checked_sub(1).and_then(|at| self.runs.get(at)).filter(|run| run.bytes.contains(&byte));
        let until = self.runs.get(next).map_or(usize::MAX, |run| run.bytes.start);
        run.map_or((&[], until), |run| (run.properties, run.bytes.end.min(until)))
    }
}

fn page_runs(page: &[u8], kind: RunKind) -> impl Iterator<Item = Run<'_>> {
    let count = usize::from(page.last().copied().unwrap_or(0));
    // A paragraph's place in the page is followed by what its lines measure.
    let entry = if kind == RunKind::Characters { 1 } else { 13 };
    (0..count).filter_map(move |at| {
        let bytes = long(page, 4 * at)?..long(page, 4 * at + 4)?;
        let place = 2 * usize::from(*page.get(4 * (count + 1) + entry * at)?);
        let length = usize::from(*page.get(place)?);
        let properties = match (kind, place, length) {
            (_, 0, _) => Some(&[][..]),
            (RunKind::Characters, ..) => slice(page, place + 1, length),
            // Of paragraphs the length is in words; 0 says that it follows.
            (RunKind::Paragraphs, _, 0) => slice(page, place + 2, 2 * usize::from(*page.get(place + 1)?)),
            (RunKind::Paragraphs, ..) => slice(page, place + 1, 2 * length - 1),
        };
        Some(Run { bytes, properties: properties.unwrap_or_default() })
    })
}

/// Returns the properties of a list: the number of each and its value. What comes after a damaged one is
/// left out.
pub fn properties(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let number = word(rest, 0)?;
        let (skip, length) = match (number, number >> 13) {
            // The length of a row's layout takes two bytes, and counts one of them.
            (0xd606 | 0xd608, _) => (4, usize::from(word(rest, 2)?).checked_sub(1)?),
            // Of many tab stops it is said by what follows.
            (0xc615, _) if rest.get(2) == Some(&255) => {
                let deleted = usize::from(*rest.get(3)?);
                (3, 2 + 4 * deleted + 3 * usize::from(*rest.get(4 + 4 * deleted)?))
            }
            (_, 6) => (3, usize::from(*rest.get(2)?)),
            (_, 0 | 1) => (2, 1),
            (_, 3) => (2, 4),
            (_, 7) => (2, 3),
            _ => (2, 2),
        };
        let value = slice(rest, skip, length)?;
        rest = rest.get(skip + length..)?;
        Some((number, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_taken_one_by_one_up_to_damage() {
        let list =
            [0x3c, 0x08, 1, 0x49, 0x66, 2, 0, 0, 0, 0x2b, 0xd6, 2, 5, 3, 0x08, 0xd6, 2, 0, 0, 0x00, 0x08];
        let found: Vec<(u16, &[u8])> = properties(&list).collect();
        let wanted: [(u16, &[u8]); 4] =
            [(0x083c, &[1]), (0x6649, &[2, 0, 0, 0]), (0xd62b, &[5, 3]), (0xd608, &[0])];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_byte_has_the_properties_of_its_stretch() {
        let mut main = vec![0; 2 * PAGE];
        for (at, number) in [0u32, 10, 20].into_iter().enumerate() {
            main[PAGE + 4 * at..PAGE + 4 * at + 4].copy_from_slice(&number.to_le_bytes());
        }
        (main[PAGE + 12], main[PAGE + 13], main[2 * PAGE - 1]) = (200, 0, 2);
        main[PAGE + 400..PAGE + 404].copy_from_slice(&[3, 0x00, 0x08, 1]);
        let index: Vec<u8> = [0u32, 20, 1].into_iter().flat_map(u32::to_le_bytes).collect();
        let runs = Runs::read(&main, &index, RunKind::Characters).unwrap();
        assert_eq!(runs.at(9), (&[0x00, 0x08, 1][..], 10));
        assert_eq!(runs.at(10), (&[][..], 20));
        assert_eq!(runs.at(20), (&[][..], usize::MAX));
    }
}
