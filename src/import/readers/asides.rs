//! What is printed beside the text: headers, footers, notes, text boxes.

use std::collections::HashSet;

use super::super::source::SourcePart;

/// Collects them, each text once.
#[derive(Default)]
pub struct Asides {
    /// What was collected, in order.
    pub parts: Vec<SourcePart>,
    known: HashSet<String>,
}

impl Asides {
    /// Adds the texts of some parts, with the word for what they are. Page numbers are no text, and the same
    /// header is there for odd and even pages.
    pub fn add(&mut self, what: &str, found: Vec<SourcePart>) {
        for text in texts_of(found) {
            let text = format!("（{what}）{text}");
            if text.chars().skip(what.chars().count() + 2).any(char::is_alphabetic)
                && self.known.insert(text.clone())
            {
                self.parts.push(SourcePart::Aside { line: 0, text });
            }
        }
    }
}

/// Returns the paragraphs and cells of some parts.
fn texts_of(parts: Vec<SourcePart>) -> Vec<String> {
    let text = |part| match part {
        SourcePart::Paragraph { text, .. } | SourcePart::Aside { text, .. } => vec![text],
        SourcePart::Table(table) => {
            table.rows.into_iter().flat_map(|row| row.cells).map(|cell| cell.text).collect()
        }
        SourcePart::Picture { .. } => Vec::new(),
    };
    parts.into_iter().flat_map(text).collect()
}
