//! The sheets of a report: the cover, a narrative, a table with the text behind it.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// The names of the sheets of a workbook, which must differ.
#[derive(Default)]
pub struct SheetNames(Vec<String>);

impl SheetNames {
    /// Returns a name for a sheet: without the marks that Excel refuses, at most 31 characters, not yet
    /// taken.
    pub fn next(&mut self, heading: &str) -> String {
        let plain: String =
            heading.chars().filter(|c| !"[]:*?/\\'".contains(*c) && (*c as u32) < 0x10000).collect();
        let base = if plain.is_empty() { "栏目".to_string() } else { plain.chars().take(28).collect() };
        let taken = |name: &String| self.0.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        let numbered = (2..).map(|number| format!("{base}{number}"));
        let name =
            std::iter::once(base.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(base.clone());
        self.0.push(name.clone());
        name
    }
}

/// Returns an empty sheet that is printed one page wide.
pub fn named_sheet(heading: &str, names: &mut SheetNames) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(names.next(heading))?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}
