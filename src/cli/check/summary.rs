//! How many files, and how much was found in them, by weight and by rule.

use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::super::context::ExitStatus;
use super::csv;
use crate::check::Severity;
use crate::units::file_checker::CheckedFile;
use crate::units::file_rules::all_rules;

/// Counts over one file or many.
#[derive(Default)]
pub(super) struct Summary {
    files: u64,
    unreadable: u64,
    files_with_errors: u64,
    errors: u64,
    open_errors: u64,
    warnings: u64,
    remarks: u64,
    /// The files of settings that were in force.
    pub settings: Vec<PathBuf>,
    /// Findings and files, by rule.
    rules: BTreeMap<String, (u64, u64)>,
}

impl Summary {
    /// Returns the counts of one file.
    pub fn of(checked: &CheckedFile) -> Self {
        let mut one = Summary { files: 1, unreadable: u64::from(!checked.readable), ..Summary::default() };
        for finding in &checked.findings {
            match finding.severity {
                Severity::Error => one.errors += 1,
                Severity::Warning => one.warnings += 1,
                Severity::Remark => one.remarks += 1,
            }
            one.open_errors += u64::from(finding.severity == Severity::Error && finding.is_open());
            let rule = one.rules.entry(finding.rule.clone()).or_default();
            *rule = (rule.0 + 1, 1);
        }
        one.files_with_errors = u64::from(checked.readable && one.open_errors > 0);
        one
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: &Summary) {
        self.files += other.files;
        self.unreadable += other.unreadable;
        self.files_with_errors += other.files_with_errors;
        self.errors += other.errors;
        self.open_errors += other.open_errors;
        self.warnings += other.warnings;
        self.remarks += other.remarks;
        for (rule, (findings, files)) in &other.rules {
            let sum = self.rules.entry(rule.clone()).or_default();
            *sum = (sum.0 + findings, sum.1 + files);
        }
    }

    /// Returns the exit code that the findings make.
    pub fn exit_status(&self) -> ExitStatus {
        if self.unreadable > 0 {
            ExitStatus::Failed
        } else if self.open_errors > 0 {
            ExitStatus::Findings
        } else {
            ExitStatus::Done
        }
    }

    /// `错误 1，提醒 2，留意 0`.
    pub fn counts(&self) -> String {
        format!("错误 {}，提醒 {}，留意 {}", self.errors, self.warnings, self.remarks)
    }

    /// Returns one sentence over all files.
    pub fn one_line(&self) -> String {
        let Summary { files, unreadable, files_with_errors: faulty, .. } = self;
        let unread =
            if *unreadable > 0 { format!("；无法读取 {unreadable} 份") } else { String::new() };
        format!("共核对 {files} 份，有错误的 {faulty} 份{unread}。{}", self.counts())
    }

    /// Returns the summary as text.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.one_line());
        for (rule, (findings, files)) in &self.rules {
            let wants = all_rules().find(|known| known.id == rule).map_or("", |known| known.description);
            // Writing to a String cannot fail.
            let _ = writeln!(out, "  {rule:<3} {findings} 条，{files} 份  {wants}");
        }
        out
    }

    /// Returns the summary as one JSON object.
    pub fn json(&self) -> Json {
        let rules: Map<String, Json> = self
            .rules
            .iter()
            .map(|(rule, (findings, files))| (rule.clone(), json!({"findings": findings, "files": files})))
            .collect();
        let mut summary = json!({
            "files": self.files,
            "unreadable": self.unreadable,
            "files_with_errors": self.files_with_errors,
            "errors": self.errors,
            "warnings": self.warnings,
            "remarks": self.remarks,
            "rules": rules,
        });
        if !self.settings.is_empty() {
            let files: Vec<String> = self.settings.iter().map(|path| path.display().to_string()).collect();
            summary["settings"] = json!(files);
        }
        summary
    }

    /// Returns the summary as CSV, one rule a line.
    pub fn csv(&self) -> String {
        let mut out = String::from("\u{feff}规则,条数,份数\n");
        for (rule, (findings, files)) in &self.rules {
            out.push_str(&csv::csv_line(&[rule, &findings.to_string(), &files.to_string()]));
        }
        out
    }
}
