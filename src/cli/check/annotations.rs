//! Findings for repositories of drafts: as annotations of GitHub's workflows, and as SARIF 2.1.0, which code
//! review reads.

use serde_json::{Value as Json, json};

use crate::check::{Finding, Severity};
use crate::units::file_checker::CheckedFile;
use crate::units::file_rules::{SETTINGS, all_rules};

/// Returns one workflow command a finding (`::error file=…,line=…::…`).
pub(super) fn render_github(checked: &CheckedFile) -> String {
    let line = |finding: &Finding| {
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Remark => "notice",
        };
        let (line, column) = checked.position(finding).unwrap_or((1, 1));
        format!(
            "::{kind} file={},line={line},col={column},title={}::{}\n",
            property(&checked.file),
            property(&finding.rule),
            data(&finding.message)
        )
    };
    checked.findings.iter().map(line).collect()
}

/// Returns the notice that says which settings of a folder are in force.
pub(super) fn render_github_settings(file: &str, message: &str) -> String {
    format!("::notice file={},title={}::{}\n", property(file), SETTINGS.id, data(message))
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Returns what stands before the results of a SARIF file, with all rules; what stands behind them is
/// [`SARIF_END`].
pub(super) fn sarif_start() -> String {
    let rules: Vec<Json> = all_rules()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.description},
                "help": {"text": rule.basis},
                "defaultConfiguration": {"level": level(rule.severity)},
            })
        })
        .collect();
    let driver = json!({"name": "nianbao", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    format!(
        "{{\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
    )
}

/// What stands behind the results.
pub(super) const SARIF_END: &str = "\n]}]}\n";

/// Returns the results of one file, with commas between them; empty if there are none.
pub(super) fn render_sarif(checked: &CheckedFile) -> String {
    let result = |finding: &Finding| {
        let (line, column) = checked.position(finding).unwrap_or((1, 1));
        let uri = checked.file.replace('\\', "/");
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": uri},
                "region": {"startLine": line, "startColumn": column},
            }}],
        });
        if let (Some(reason), Some(result)) = (&finding.ignored, result.as_object_mut()) {
            result.insert("suppressions".into(), json!([{"kind": "inSource", "justification": reason}]));
        }
        result.to_string()
    };
    checked.findings.iter().map(result).collect::<Vec<_>>().join(",\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Remark => "note",
    }
}
