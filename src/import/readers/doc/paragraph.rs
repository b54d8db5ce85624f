//! What the properties of a paragraph say of its place in tables.

use super::bytes::{long, slice, word};
use super::runs::properties;
use crate::import::readers::marked_tables::{Merge, RowLayout};

/// What a paragraph is.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ParagraphPlace {
    /// How many tables it is in.
    pub depth: usize,
    /// Whether its mark ends a row.
    pub ends_row: bool,
    /// Whether its mark ends a cell of a table inside another, where marks are as elsewhere.
    pub ends_inner_cell: bool,
    /// Where the cells of the row that it ends are.
    pub layout: RowLayout,
}

/// The most bytes of properties that are elsewhere; the widest row takes a fifth of it.
const ELSEWHERE: usize = 8 << 10;

/// Reads the properties of a paragraph, without the number of its style before them. `data` is the stream
/// that holds those too long for a page.
pub fn paragraph_place(list: &[u8], data: &[u8]) -> ParagraphPlace {
    let mut place = ParagraphPlace::default();
    let mut nested = None;
    for (number, value) in properties(list) {
        match number {
            // They are elsewhere, all of them or those of the table.
            0x6645 | 0x6646 | 0x646b => {
                let list = long(value, 0).and_then(|at| slice(data, at + 2, word(data, at)?.into()));
                let list = list.unwrap_or_default();
                for (number, value) in properties(&list[..list.len().min(ELSEWHERE)]) {
                    place.apply(number, value, &mut nested);
                }
            }
            _ => place.apply(number, value, &mut nested),
        }
    }
    if place.depth > 0 {
        place.depth = nested.unwrap_or(1).max(1);
    }
    place
}

impl ParagraphPlace {
    fn apply(&mut self, number: u16, value: &[u8], nested: &mut Option<usize>) {
        let is_on = value.first().is_some_and(|value| value & 1 == 1);
        let RowLayout { edges, merges } = &mut self.layout;
        match number {
            0x2416 => self.depth = usize::from(is_on),
            0x2417 | 0x244c => self.ends_row = is_on,
            0x244b => self.ends_inner_cell = is_on,
            0x6649 => {
                *nested = long(value, 0);
                self.depth = usize::from(*nested != Some(0));
            }
            0xd608 => {
                if let Some(layout) = row_layout(value) {
                    (*edges, *merges) = (layout.edges, layout.merges);
                }
            }
            // Cells merged with each other; with those above.
            0x5624 => {
                let (first, end) = (byte(value, 0), byte(value, 1).min(merges.len()));
                for (at, merge) in merges.iter_mut().enumerate().take(end).skip(first) {
                    merge.across = if at == first { 1 } else { 2 };
                }
            }
            0xd62b => {
                if let Some(merge) = merges.get_mut(byte(value, 0)) {
                    merge.continues = byte(value, 1) == 1;
                }
            }
            // Cells taken out of a row after it was laid out.
            0x5622 => {
                let (first, end) = (byte(value, 0), byte(value, 1).min(merges.len()));
                if first < end && edges.len() > end {
                    merges.drain(first..end);
                    edges.drain(first + 1..end + 1);
                }
            }
            _ => {}
        }
    }
}

fn byte(value: &[u8], at: usize) -> usize {
    value.get(at).map_or(0, |byte| usize::from(*byte))
}

/// Reads the layout of a row: how many cells, their edges, and twenty bytes for each, the last of which may
/// be left out.
fn row_layout(value: &[u8]) -> Option<RowLayout> {
    let count = usize::from(*value.first()?);
    let edge = |at: usize| Some(i32::from(word(value, 1 + 2 * at)?.cast_signed()));
    let edges = (0..=count).map(edge).collect::<Option<Vec<i32>>>()?;
    let merge = |at: usize| {
        let flags = word(value, 1 + 2 * (count + 1) + 20 * at).unwrap_or(0);
        Merge { across: (flags & 3) as u8, continues: flags >> 5 & 3 == 1 }
    };
    Some(RowLayout { edges, merges: (0..count).map(merge).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(edges: &[i16], flags: &[u16]) -> Vec<u8> {
        let mut value = vec![flags.len() as u8];
        value.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
        for flag in flags {
            value.extend(flag.to_le_bytes());
            value.extend([0; 18]);
        }
        let length = (value.len() + 1) as u16;
        let mut list = vec![0x08, 0xd6];
        list.extend(length.to_le_bytes());
        list.extend(value);
        list
    }

    #[test]
    fn a_row_end_says_where_its_cells_are_and_how_they_are_merged() {
        let mut list = vec![0x16, 0x24, 1, 0x17, 0x24, 1];
        list.extend(definition(&[-108, 900, 1800, 2700], &[0x60, 0x20, 0]));
        list.extend([0x24, 0x56, 1, 3]);
        let place = paragraph_place(&list, &[]);
        assert!(place.depth == 1 && place.ends_row);
        assert_eq!(place.layout.edges, [-108, 900, 1800, 2700]);
        let merge = |across, continues| Merge { across, continues };
        assert_eq!(place.layout.merges, [merge(0, false), merge(1, true), merge(2, false)]);
        list.extend([0x22, 0x56, 0, 1]);
        assert_eq!(paragraph_place(&list, &[]).layout.edges, [-108, 1800, 2700]);
    }

    #[test]
    fn properties_too_long_for_a_page_are_read_where_they_are() {
        let inner = definition(&[0, 10], &[0]);
        let mut data = vec![0, 0, 0];
        data.extend((inner.len() as u16).to_le_bytes());
        data.extend(&inner);
        let place = paragraph_place(&[0x46, 0x66, 3, 0, 0, 0, 0x49, 0x66, 2, 0, 0, 0], &data);
        assert_eq!((place.depth, place.layout.edges), (2, vec![0, 10]));
        assert_eq!(paragraph_place(&[0x46, 0x66, 0xff, 0xff, 0xff, 0xff], &data), ParagraphPlace::default());
    }
}
