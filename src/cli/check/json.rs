//! Findings as JSON: the entries of one array, in the shape that others rely on.

use serde_json::json;

use super::examine::Examined;

/// The entries of one file, with commas between them; nothing where there are none.
pub(super) fn render(examined: &Examined) -> String {
    let entries: Vec<String> = examined
        .findings
        .iter()
        .map(|finding| {
            let fields: Vec<&str> = finding.fields.iter().map(|id| id.as_str()).collect();
            let span = finding
                .span
                .as_ref()
                .map(|span| json!({"field": span.field.as_str(), "start": span.start, "end": span.end}));
            let entry = json!({
                "file": examined.file,
                "id": finding.rule,
                "weight": finding.weight.word(),
                "message": finding.message,
                "fields": fields,
                "expected": finding.expected,
                "found": finding.found,
                "span": span,
                "waived": finding.waived,
                "cure": finding.cure.is_some(),
            });
            format!("  {entry}")
        })
        .collect();
    entries.join(",\n")
}
