//! The pairs of neighbouring characters of a text, which nearly equal texts have in common.

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// How often each pair of neighbouring Chinese characters occurs in a text.
///
/// Digits, blanks and punctuation are left out: changing only those does not make a text new.
#[derive(Clone, Debug)]
pub struct CharacterPairs {
    /// Index of each pair in `counts`.
    indices: HashMap<(char, char), usize, FixedState>,
    counts: Vec<u32>,
    total: usize,
}

impl CharacterPairs {
    /// Counts the pairs of a text.
    pub fn new(text: &str) -> Self {
        let mut pairs = CharacterPairs { indices: HashMap::default(), counts: Vec::new(), total: 0 };
        for pair in pairs_of(&han_characters(text)) {
            let index = *pairs.indices.entry(pair).or_insert(pairs.counts.len());
            if index == pairs.counts.len() {
                pairs.counts.push(0);
            }
            pairs.counts[index] += 1;
            pairs.total += 1;
        }
        pairs
    }

    /// Returns the number of pairs.
    pub fn len(&self) -> usize {
        self.total
    }

    /// Returns how many pairs of neighbours in these characters the text has too, each counted as often as
    /// it occurs in both; `None` as soon as it is certain that they are fewer than `enough`.
    pub fn count_common(&self, characters: &[char], enough: usize) -> Option<usize> {
        let mut may_miss = characters.len().saturating_sub(1).checked_sub(enough)?;
        let mut left = self.counts.clone();
        let mut common = 0;
        for pair in pairs_of(characters) {
            match self.indices.get(&pair).and_then(|index| left.get_mut(*index)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    common += 1;
                }
                _ => may_miss = may_miss.checked_sub(1)?,
            }
        }
        Some(common)
    }
}

fn pairs_of(characters: &[char]) -> impl Iterator<Item = (char, char)> {
    characters.iter().copied().zip(characters.iter().skip(1).copied())
}

/// Returns the Chinese characters of a text in order.
pub fn han_characters(text: &str) -> Vec<char> {
    // Ranges, since `char::is_alphabetic` would search a table for every character.
    let is_han =
        |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    text.chars().filter(|&c| is_han(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_count_as_often_as_both_texts_have_them() {
        let pairs = CharacterPairs::new("公开，公开信息2024");
        assert_eq!(pairs.len(), 5, "公开 开公 公开 开信 信息");
        let common = |text, enough| pairs.count_common(&han_characters(text), enough);
        assert_eq!(common("公开公开公开", 0), Some(3), "公开 twice and 开公 once");
        assert_eq!(common("公开公开公开", 4), None);
        assert_eq!(common("公", 0), Some(0));
        assert_eq!(common("", 1), None);
    }
}
