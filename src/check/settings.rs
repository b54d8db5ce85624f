//! What a folder wants of the rules: its deadline, rules left out, other severities.

use jiff::civil::Date;
use std::collections::BTreeMap;

use super::{Finding, Severity};
use crate::draft::format_date;

/// The settings of a folder, in force for the drafts in it and below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// The day by which the reports have to be handed in.
    pub deadline: Option<Date>,
    /// The rules that are left out.
    pub off: Vec<String>,
    /// The severity of the findings of a rule, instead of its own.
    pub severities: BTreeMap<String, Severity>,
}

impl RuleSettings {
    /// Returns `true` if nothing is set.
    pub fn is_empty(&self) -> bool {
        *self == RuleSettings::default()
    }

    /// Returns what is in force, in words: `期限 2026年1月20日；不核对 N4；S6 按留意`.
    pub fn describe(&self) -> String {
        let deadline = self.deadline.map(|day| format!("报送期限 {}", format_date(day)));
        let off = (!self.off.is_empty()).then(|| format!("不核对 {}", self.off.join("、")));
        let severities =
            self.severities.iter().map(|(rule, severity)| format!("{rule} 按{}", severity.label()));
        deadline.into_iter().chain(off).chain(severities).collect::<Vec<_>>().join("；")
    }

    /// Leaves out the findings of rules that are off, and sets the severities of others.
    pub(super) fn apply(&self, findings: &mut Vec<Finding>) {
        findings.retain(|finding| !self.off.contains(&finding.rule));
        for finding in findings.iter_mut() {
            if let Some(severity) = self.severities.get(&finding.rule) {
                finding.severity = *severity;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::full_with;
    use super::*;
    use crate::check::{Context, check};
    use jiff::civil::date;

    fn settings() -> RuleSettings {
        RuleSettings {
            deadline: Some(date(2025, 1, 10)),
            off: vec!["S9".into()],
            severities: BTreeMap::from([("S6".to_string(), Severity::Remark)]),
        }
    }

    #[test]
    fn rules_are_left_out_and_severities_set_by_the_folder() {
        let typed = [("overview", "收到申请××件。"), ("other_matters", "")];
        let (form, draft) = full_with("2021", &typed);
        let found = |settings: Option<&RuleSettings>| {
            let findings = check(&form, &draft, Context { settings, ..Context::default() });
            findings.into_iter().map(|finding| (finding.rule, finding.severity)).collect::<Vec<_>>()
        };
        let without = found(None);
        assert!(without.contains(&("S9".into(), Severity::Warning)));
        assert!(without.contains(&("S6".into(), Severity::Warning)));
        let settings = settings();
        let with = found(Some(&settings));
        assert!(!with.iter().any(|(rule, _)| rule == "S9"));
        assert!(with.contains(&("S6".into(), Severity::Remark)));
        assert!(with.contains(&("S7b".into(), Severity::Warning)), "the deadline of the folder");
    }

    #[test]
    fn what_is_in_force_is_said_in_words() {
        assert_eq!(settings().describe(), "报送期限 2025年1月10日；不核对 S9；S6 按留意");
        assert!(RuleSettings::default().is_empty());
        assert_eq!(RuleSettings::default().describe(), "");
    }
}
