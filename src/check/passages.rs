//! The passages that two texts share.

use foldhash::fast::FixedState;
use std::collections::HashSet;
use std::ops::Range;

use super::character_pairs::han_characters;

/// The length of a passage from which it is called the same, in Chinese characters.
const SAME: usize = 4;

/// Returns the passages of each text that the other has too, as byte ranges in order.
pub fn common_passages(one: &str, other: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let han = |text: &str| -> Vec<(usize, char)> {
        text.char_indices().filter(|(_, c)| han_characters(c.encode_utf8(&mut [0; 4])).len() == 1).collect()
    };
    let (one, other) = (han(one), han(other));
    let passages = |text: &[(usize, char)]| -> HashSet<Vec<char>, FixedState> {
        text.windows(SAME).map(|window| window.iter().map(|(_, c)| *c).collect()).collect()
    };
    let (of_one, of_other) = (passages(&one), passages(&other));
    (covered(&one, &of_other), covered(&other, &of_one))
}

/// Returns the ranges of a text that are covered by these passages; punctuation between them belongs to them.
pub(super) fn covered(
    text: &[(usize, char)],
    passages: &HashSet<Vec<char>, FixedState>,
) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for window in text.windows(SAME) {
        let passage: Vec<char> = window.iter().map(|(_, c)| *c).collect();
        if !passages.contains(&passage) {
            continue;
        }
        let (start, (last, c)) = (window[0].0, window[SAME - 1]);
        let end = last + c.len_utf8();
        match ranges.last_mut() {
            Some(range) if range.end >= start => range.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}
