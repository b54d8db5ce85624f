//! Where the fields stand in a draft's file, for messages that lead an editor or a review to the line.

use std::collections::HashMap;

/// The lines and columns of a draft's names, both from 1 and in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    by_name: HashMap<String, (usize, usize)>,
}

impl Positions {
    /// Finds the names in the text of a draft's file, with the names of what holds them: `requests.new.natural`.
    /// In a file that cannot be read it finds what is there.
    pub fn find(text: &str) -> Positions {
        let mut scanner = Scanner { rest: text.trim_start_matches('\u{feff}'), line: 1, column: 1 };
        let mut by_name = HashMap::new();
        let mut holders: Vec<String> = Vec::new();
        let mut name: Option<String> = None;
        while let Some(c) = scanner.rest.chars().next() {
            let at = (scanner.line, scanner.column);
            if scanner.skip_string_or_comment() {
                continue;
            }
            if c.is_ascii_alphabetic() || c == '_' {
                let word = scanner.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
                let next = scanner.rest.trim_start();
                if next.starts_with(':') && !next.starts_with("::") {
                    let path = holders.iter().filter(|it| !it.is_empty()).map(String::as_str);
                    let path: Vec<&str> = path.chain([word]).collect();
                    by_name.entry(path.join(".")).or_insert(at);
                    name = Some(word.to_string());
                }
                continue;
            }
            match c {
                '(' | '[' | '{' => holders.push(name.take().unwrap_or_default()),
                ')' | ']' | '}' => drop(holders.pop()),
                ',' => name = None,
                _ => {}
            }
            scanner.advance(c.len_utf8());
        }
        Positions { by_name }
    }

    /// Returns where a field stands, or what would hold it if it is not written down: its row, its table.
    pub fn of(&self, field: &str) -> Option<(usize, usize)> {
        let mut name = field;
        loop {
            if let Some(&at) = self.by_name.get(name) {
                return Some(at);
            }
            name = name.rsplit_once('.')?.0;
        }
    }
}

/// A text and how far it has been read.
struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Scanner<'a> {
    /// Passes over so many bytes.
    fn advance(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at(bytes.min(self.rest.len()));
        for c in passed.chars() {
            if c == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else {
                self.column += 1;
            }
        }
        self.rest = rest;
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let taken = &self.rest[..end];
        self.advance(end);
        taken
    }

    /// Passes over a string, raw or not, or a comment, if one begins here. One without an end is all that
    /// follows.
    fn skip_string_or_comment(&mut self) -> bool {
        let rest = self.rest;
        let hashes = rest.strip_prefix('r').map(|raw| raw.bytes().take_while(|&b| b == b'#').count());
        let end = if let Some(count) = hashes
            && rest[1 + count..].starts_with('"')
        {
            let close = format!("\"{}", "#".repeat(count));
            rest[2 + count..].find(&close).map(|at| 2 + count + at + close.len())
        } else if let Some(inside) = rest.strip_prefix('"') {
            let mut escaped = false;
            let close = |&(_, c): &(usize, char)| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            };
            inside.char_indices().find(close).map(|(at, _)| at + 2)
        } else if rest.starts_with("//") {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|at| at + 2)
        } else {
            return false;
        };
        self.advance(end.unwrap_or(rest.len()));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DRAFT: &str = "(\n  version: 1, // unit: \"no\"\n  cover: (\n    unit: \"水务局 year: (\\\" 9\",\n    year: 2025,\n  ),\n  \
        overview: [\n    \"甲：requests: (\",\n  ],\n  requests: (\n    new: (natural: 3, legal: 4),\n  ),\n)\n";

    #[test]
    fn a_field_is_found_at_its_line_and_column() {
        let positions = Positions::find(DRAFT);
        assert_eq!(positions.of("version"), Some((2, 3)));
        assert_eq!(positions.of("cover.year"), Some((5, 5)));
        assert_eq!(positions.of("overview"), Some((7, 3)));
        assert_eq!(positions.of("requests.new.legal"), Some((11, 23)));
    }

    #[test]
    fn a_field_that_is_not_written_is_at_what_holds_it() {
        let positions = Positions::find(DRAFT);
        assert_eq!(positions.of("requests.new.total"), Some((11, 5)));
        assert_eq!(positions.of("requests.granted.natural"), Some((10, 3)));
        assert_eq!(positions.of("review.upheld"), None);
    }

    proptest! {
        #[test]
        fn no_text_stops_the_search(text in "[a-z:(){}\\[\\]\",/*#r\\\\\n 政]{0,80}") {
            let lines = text.lines().count().max(1) + 1;
            prop_assert!(Positions::find(&text).by_name.values().all(|(line, _)| *line <= lines));
        }
    }
}
