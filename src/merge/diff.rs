//! What differs between two drafts, item by item, in the terms of the form.

use std::collections::{HashMap, HashSet};

use super::draft_lines::{DiffLine, draft_lines, paragraphs};
use crate::draft::{Draft, Totals};
use crate::form::Form;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field's name; for what is not a field, the name of the part of the file.
    pub name: String,
    /// Where it is, in the terms of the form.
    pub location: String,
    /// The value in the first draft; empty if there is none.
    pub before: String,
    /// The value in the second draft.
    pub after: String,
    /// Whether it is a narrative, paragraphs by `\n`.
    pub is_narrative: bool,
}

/// Returns the differences, in the order of the first draft, then what only the second has.
pub fn diff_drafts(before: (&Form, &Draft), after: (&Form, &Draft)) -> Vec<Difference> {
    let (one, two) = (draft_lines(before.0, before.1), draft_lines(after.0, after.1));
    let other: HashMap<&str, &DiffLine> = two.iter().map(|line| (line.0.as_str(), line)).collect();
    let known: HashSet<&str> = one.iter().map(|line| line.0.as_str()).collect();
    // A computed total follows its parts: it is reported only if a draft has it typed.
    let auto = before.1.totals == Totals::Auto && after.1.totals == Totals::Auto;
    let computed = |name: &str| auto && (before.0.is_total(name) || after.0.is_total(name));
    let gone = one.iter().map(|line| {
        let text = other.get(line.0.as_str()).map_or(String::new(), |line| line.2.clone());
        (line, line.2.clone(), text)
    });
    let come = two.iter().filter(|line| !known.contains(line.0.as_str()));
    let come = come.map(|line| (line, String::new(), line.2.clone()));
    gone.chain(come)
        .filter(|(line, before, after)| before != after && !computed(&line.0))
        .map(|(line, before, after)| Difference {
            name: line.0.clone(),
            location: line.1.clone(),
            before,
            after,
            is_narrative: line.3,
        })
        .collect()
}

impl Difference {
    /// Returns the difference as text: the location with both values, `before → after`; for a narrative the
    /// location, and under it the paragraphs that were removed (`-`) and added (`+`). Values are as they
    /// were typed: the caller marks hidden characters.
    pub fn to_lines(&self) -> Vec<String> {
        let Difference { location: place, before, after, .. } = self;
        if !self.is_narrative {
            let shown =
                |text: &str| if text.is_empty() { "空白".into() } else { text.replace('\n', "⏎") };
            return vec![format!("{place}：{} → {}", shown(before), shown(after))];
        }
        let (before, after) = (paragraphs(before), paragraphs(after));
        let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let most = before.len().min(after.len()) - start;
        let same = |(a, b): &(&&str, &&str)| a == b;
        let end = before.iter().rev().zip(after.iter().rev()).take(most).take_while(same).count();
        let mut lines = vec![format!("{place}：第 {} 段起", start + 1)];
        for (sign, paragraphs) in [('-', &before), ('+', &after)] {
            let changed = paragraphs.iter().take(paragraphs.len() - end).skip(start);
            lines.extend(changed.map(|paragraph| format!("  {sign} {paragraph}")));
        }
        lines
    }
}
