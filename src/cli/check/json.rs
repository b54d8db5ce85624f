//! Findings as JSON, in the shape that others rely on: the entries of one array, or one a line.

use serde_json::json;

use crate::units::file_checker::CheckedFile;
use crate::units::file_rules::SETTINGS;

/// Returns the entries of one file.
pub(super) fn entries(checked: &CheckedFile) -> Vec<String> {
    checked
        .findings
        .iter()
        .map(|finding| {
            let position = checked.position(finding);
            let fields: Vec<&str> = finding.fields.iter().map(|id| id.as_str()).collect();
            let span = finding
                .span
                .as_ref()
                .map(|span| json!({"field": span.field.as_str(), "start": span.start, "end": span.end}));
            let entry = json!({
                "file": checked.file,
                "id": finding.rule,
                "weight": finding.severity.as_str(),
                "message": finding.message,
                "fields": fields,
                "expected": finding.expected,
                "found": finding.found,
                "span": span,
                "waived": finding.ignored,
                "cure": finding.fix.is_some(),
                "line": position.map(|(line, _)| line),
                "column": position.map(|(_, column)| column),
            });
            entry.to_string()
        })
        .collect()
}

/// Returns the entry that says which settings of a folder are in force.
pub(super) fn settings_entry(file: &str, message: &str) -> String {
    let fields: [&str; 0] = [];
    let entry = json!({
        "file": file,
        "id": SETTINGS.id,
        "weight": SETTINGS.severity.as_str(),
        "message": message,
        "fields": fields,
        "expected": null,
        "found": null,
        "span": null,
        "waived": null,
        "cure": false,
        "line": null,
        "column": null,
    });
    entry.to_string()
}
