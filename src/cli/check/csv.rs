//! Findings as CSV, one a line, for a spreadsheet.

use crate::units::file_checker::{CheckedFile, place};
use crate::units::file_rules::SETTINGS;

/// The first line, behind the mark without which Excel reads UTF-8 as GBK.
pub(super) const HEADER: &str = "\u{feff}文件,单位年度,规则,轻重,问题,位置,栏目,应为,现为,搁置理由\n";

/// Returns the lines of one file; empty if nothing was found.
pub(super) fn render(checked: &CheckedFile) -> String {
    let mut out = String::new();
    let title = checked.title();
    for finding in &checked.findings {
        let fields: Vec<&str> = finding.fields.iter().map(|id| id.as_str()).collect();
        let place = checked.form.as_ref().map_or(String::new(), |form| place(form, finding));
        let fields = fields.join(" ");
        out.push_str(&csv_line(&[
            &checked.file,
            &title,
            &finding.rule,
            finding.severity.label(),
            &finding.message,
            &place,
            &fields,
            finding.expected.as_deref().unwrap_or_default(),
            finding.found.as_deref().unwrap_or_default(),
            finding.ignored.as_deref().unwrap_or_default(),
        ]));
    }
    out
}

/// Returns the line that says which settings of a folder are in force.
pub(super) fn render_settings(file: &str, message: &str) -> String {
    csv_line(&[file, "", SETTINGS.id, SETTINGS.severity.label(), message, "", "", "", "", ""])
}

/// Returns one line of CSV. An apostrophe is put before a cell that a spreadsheet would take for a formula.
pub(in super::super) fn csv_line(cells: &[&str]) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let cells = cells.iter().map(|cell| {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let number = cell.trim_start_matches(['+', '-']).bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if formula && !number { format!("'{cell}") } else { (*cell).to_string() }
    });
    // Writing to memory cannot fail.
    let _ = writer.write_record(cells);
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
