//! Findings as entries, one for each slip, in the groups in which they are listed.

use super::document::Document;
use super::unfinished::{is_about_unread, is_unfinished};
use crate::check::{Finding, Severity};

/// A part of the list, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingGroup {
    /// What is wrong.
    Errors,
    /// What an import could not read, and waits for an answer.
    Unread,
    /// What to look at.
    Warnings,
    /// What is not filled in yet.
    Unfinished,
    /// What is right perhaps, but unusual.
    Remarks,
    /// What the clerk has verified.
    Ignored,
}

impl FindingGroup {
    /// All of them, in the order shown.
    pub const ALL: [FindingGroup; 6] = [
        FindingGroup::Errors,
        FindingGroup::Unread,
        FindingGroup::Warnings,
        FindingGroup::Unfinished,
        FindingGroup::Remarks,
        FindingGroup::Ignored,
    ];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            FindingGroup::Errors => "错误",
            FindingGroup::Unread => "待核对",
            FindingGroup::Warnings => "提醒",
            FindingGroup::Unfinished => "未填",
            FindingGroup::Remarks => "留意",
            FindingGroup::Ignored => "已核实",
        }
    }

    /// The group of a finding.
    fn of(document: &Document, finding: &Finding) -> Self {
        match finding.severity {
            _ if !finding.is_open() => FindingGroup::Ignored,
            _ if is_about_unread(finding) => FindingGroup::Unread,
            _ if is_unfinished(document, finding) => FindingGroup::Unfinished,
            Severity::Error => FindingGroup::Errors,
            Severity::Warning => FindingGroup::Warnings,
            Severity::Remark => FindingGroup::Remarks,
        }
    }
}

/// One slip: all findings of the same group that one cell explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingEntry {
    /// The group it is listed in.
    pub group: FindingGroup,
    /// Its findings, by their places in the document; the one that leads comes first.
    pub findings: Vec<usize>,
}

impl FindingEntry {
    /// The finding whose sentence is shown and where the entry leads to.
    pub fn lead(&self) -> usize {
        self.findings.first().copied().unwrap_or(0)
    }
}

/// The entries of a document, in the order shown.
pub fn entries(document: &Document) -> Vec<FindingEntry> {
    let mut entries: Vec<FindingEntry> = Vec::new();
    for (at, finding) in document.findings.iter().enumerate() {
        let group = FindingGroup::of(document, finding);
        let is_same = |entry: &&mut FindingEntry| {
            let other = document.findings.get(entry.lead()).and_then(|lead| lead.suspect.as_ref());
            entry.group == group && finding.suspect.is_some() && other == finding.suspect.as_ref()
        };
        match entries.iter_mut().find(is_same) {
            Some(entry) => entry.findings.push(at),
            None => entries.push(FindingEntry { group, findings: vec![at] }),
        }
    }
    for entry in &mut entries {
        // What can be corrected at once leads.
        entry.findings.sort_by_key(|&at| document.findings[at].fix.is_none());
    }
    entries.sort_by_key(|entry| entry.group);
    entries
}

/// The entry that a finding belongs to.
pub fn entry_of(document: &Document, finding: usize) -> Option<FindingEntry> {
    entries(document).into_iter().find(|entry| entry.findings.contains(&finding))
}

/// How many entries stand under the headings of the list, in words.
pub fn findings_summary(document: &Document) -> String {
    let entries = entries(document);
    let of = |group: FindingGroup| entries.iter().filter(|entry| entry.group == group).count();
    let always = [FindingGroup::Errors, FindingGroup::Warnings];
    let groups =
        [FindingGroup::Errors, FindingGroup::Warnings, FindingGroup::Unread, FindingGroup::Unfinished];
    let counts = groups.map(|group| (group, of(group)));
    if counts.iter().all(|(_, count)| *count == 0) {
        return "没有错误，也没有提醒".into();
    }
    let counts = counts.into_iter().filter(|(group, count)| *count > 0 || always.contains(group));
    let counts: Vec<String> = counts.map(|(group, count)| format!("{} {count} 个", group.label())).collect();
    counts.join("，")
}

/// The rules of an entry, each once.
pub fn entry_rules(document: &Document, entry: &FindingEntry) -> String {
    let mut rules: Vec<&str> = Vec::new();
    for finding in entry.findings.iter().filter_map(|&at| document.findings.get(at)) {
        if !rules.contains(&finding.rule.as_str()) {
            rules.push(&finding.rule);
        }
    }
    rules.sort_unstable();
    rules.join(" ")
}
