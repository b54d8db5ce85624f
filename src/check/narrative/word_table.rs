//! Words with a meaning each, found by their first character.
//!
//! The tables are laid out when the program is compiled: a check runs at every key and must not sort
//! several hundred words first.

/// Words under their first character, the longest first.
pub struct WordTable<T: 'static, const WORDS: usize> {
    /// For each bucket of first characters, one more than the index of its first entry; 0 for none.
    heads: [u16; BUCKETS],
    entries: [Entry<T>; WORDS],
}

#[derive(Clone, Copy)]
struct Entry<T> {
    word: &'static str,
    meaning: T,
    /// One more than the index of the next entry of the bucket, which is no longer; 0 for none.
    next: u16,
}

/// A power of two, large enough that most characters of a text fall into an empty bucket.
const BUCKETS: usize = 4096;

impl<T: Copy, const WORDS: usize> WordTable<T, WORDS> {
    /// Lays out the words of these rows, which are separated by blanks; `WORDS` is what
    /// [`count_entries`] returns for the same rows, at least 1.
    pub const fn new(rows: &[(T, &'static str)]) -> Self {
        let mut entries = [Entry { word: "", meaning: rows[0].0, next: 0 }; WORDS];
        let mut heads = [0; BUCKETS];
        let (mut row, mut count) = (0, 0);
        while row < rows.len() {
            let mut rest = rows[row].1;
            while let Some((word, after)) = split_word(rest) {
                entries[count] = Entry { word, meaning: rows[row].0, next: 0 };
                count += 1;
                let bucket = bucket(word.as_bytes());
                let mut before = 0;
                let mut next = heads[bucket];
                while next > 0 && entries[next as usize - 1].word.len() >= word.len() {
                    before = next;
                    next = entries[next as usize - 1].next;
                }
                entries[count - 1].next = next;
                if before == 0 {
                    heads[bucket] = count as u16;
                } else {
                    entries[before as usize - 1].next = count as u16;
                }
                rest = after;
            }
            row += 1;
        }
        WordTable { heads, entries }
    }

    /// Returns the longest word that the text begins with, and its meaning.
    pub fn longest_match(&self, text: &str) -> Option<(&'static str, T)> {
        let bytes = text.as_bytes();
        let mut next = self.heads[bucket(bytes)];
        while let Some(entry) = usize::from(next).checked_sub(1).and_then(|at| self.entries.get(at)) {
            // Byte by byte: most words differ in the first or second character.
            let word = entry.word.as_bytes();
            if word.len() <= bytes.len() && word.iter().zip(bytes).all(|(a, b)| a == b) {
                return Some((entry.word, entry.meaning));
            }
            next = entry.next;
        }
        None
    }

    /// Returns every word with its meaning.
    #[cfg(test)]
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, T)> {
        self.entries.iter().map(|entry| (entry.word, entry.meaning))
    }
}

/// Returns the number of words in these rows, the entries that a table of them needs.
pub const fn count_entries<T>(rows: &[(T, &'static str)]) -> usize {
    let (mut row, mut count) = (0, 0);
    while row < rows.len() {
        let mut rest = rows[row].1;
        while let Some((_, after)) = split_word(rest) {
            count += 1;
            rest = after;
        }
        row += 1;
    }
    count
}

/// Splits off the first word; `None` if only blanks are left.
const fn split_word(text: &'static str) -> Option<(&'static str, &'static str)> {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() && bytes[start] == b' ' {
        start += 1;
    }
    let mut end = start;
    while end < bytes.len() && bytes[end] != b' ' {
        end += 1;
    }
    if start == end {
        return None;
    }
    let (head, rest) = text.split_at(end);
    Some((head.split_at(start).1, rest))
}

/// Returns the bucket of a text's first character, from its bytes.
const fn bucket(text: &[u8]) -> usize {
    match text {
        [lead, second, third, ..] if *lead >= 0xe0 => {
            ((*lead as usize) << 12 | (*second as usize & 0x3f) << 6 | *third as usize & 0x3f) % BUCKETS
        }
        [lead, ..] => *lead as usize,
        [] => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &[(u8, &str)] = &[(1, "公开 公 公开信息"), (2, " 信息  12345 公开申请")];
    const TABLE: WordTable<u8, { count_entries(ROWS) }> = WordTable::new(ROWS);

    #[test]
    fn every_word_is_found_and_the_longest_counts() {
        assert_eq!(count_entries(ROWS), 6);
        for (text, found) in [
            ("公开信息12条", Some(("公开信息", 1))),
            ("公开信", Some(("公开", 1))),
            ("公", Some(("公", 1))),
            ("公开申请", Some(("公开申请", 2))),
            ("12345热线", Some(("12345", 2))),
            ("信息", Some(("信息", 2))),
            ("1234", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(TABLE.longest_match(text), found, "{text}");
        }
    }
}
