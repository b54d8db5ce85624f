//! The list of units that have to report, one name per line.

use std::collections::HashSet;

/// The units that have to report, in the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// Their names, each once.
    pub units: Vec<String>,
    /// Names that occur more than once in the list.
    pub duplicates: Vec<String>,
}

impl Roster {
    /// Parses a list with one unit per line. Blank lines and lines that start with `#` are skipped.
    pub fn parse(text: &str) -> Self {
        let mut roster = Roster::default();
        let mut seen = HashSet::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for name in text.lines().map(str::trim).filter(|name| !name.is_empty() && !name.starts_with('#')) {
            if seen.insert(name) {
                roster.units.push(name.into());
            } else {
                roster.duplicates.push(name.into());
            }
        }
        roster
    }

    /// Returns the units of the list that are not among `given`.
    pub fn missing<'a>(&self, given: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let given: HashSet<&str> = given.into_iter().collect();
        self.units.iter().filter(|unit| !given.contains(unit.as_str())).cloned().collect()
    }

    /// Returns the units of `given` that are not in the list.
    pub fn unlisted<'a>(&self, given: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let listed: HashSet<&str> = self.units.iter().map(String::as_str).collect();
        given.into_iter().filter(|unit| !listed.contains(unit)).map(String::from).collect()
    }
}
