//! The list of units that have to report: one name a line.

use std::collections::HashSet;

/// The units that have to report, in the order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// Their names, each once.
    pub units: Vec<String>,
    /// Names that the list has more than once.
    pub duplicates: Vec<String>,
}

impl Roster {
    /// Reads a list: one unit a line; blank lines and lines that begin with `#` are passed over.
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

    /// The units of the list that are not among those given.
    pub fn missing<'a>(&self, given: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let given: HashSet<&str> = given.into_iter().collect();
        self.units.iter().filter(|unit| !given.contains(unit.as_str())).cloned().collect()
    }

    /// Those given that are not on the list.
    pub fn unlisted<'a>(&self, given: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let listed: HashSet<&str> = self.units.iter().map(String::as_str).collect();
        given.into_iter().filter(|unit| !listed.contains(unit)).map(String::from).collect()
    }
}
