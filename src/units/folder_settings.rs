//! The settings of a folder (`nianbao.ron`), judged: rules and severities by their names.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::file_rules::resolve_ids;
use crate::check::{RuleSettings, Severity};
use crate::draft::parse_date;
use crate::form::Library;
use crate::store::{self, SETTINGS_NAME};

/// Settings that are in force, and the file they stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderSettings {
    /// The file.
    pub path: PathBuf,
    /// What it wants.
    pub rules: RuleSettings,
}

impl FolderSettings {
    /// Returns what is in force and where that is written, in words.
    pub fn describe(&self) -> String {
        format!("按 {SETTINGS_NAME}：{}", self.rules.describe())
    }
}

/// Returns the settings that are in force for a draft; `None` if there are none, or if they set nothing.
///
/// # Errors
/// Returns a message for the clerk if they cannot be read, or name a rule, a severity or a day that there is
/// not.
pub fn settings_for(draft: &Path, library: &Library) -> Result<Option<FolderSettings>, String> {
    let Some(path) = store::find_settings(draft) else { return Ok(None) };
    let file = store::read_settings(&path)?;
    let wrong = |message: String| format!("{}：{message}", path.display());
    let deadline = match file.deadline.trim() {
        "" => None,
        day => {
            Some(parse_date(day).ok_or_else(|| wrong(format!("deadline 的“{day}”不是日期，如 2026-01-20")))?)
        }
    };
    let resolve = |ids: &[String]| resolve_ids(ids, library).map_err(&wrong);
    let off = resolve(&file.off)?;
    let ids: Vec<String> = file.weights.keys().cloned().collect();
    let severities = file.weights.values().map(|weight| Severity::parse(weight).map_err(&wrong));
    let severities = resolve(&ids)?.into_iter().zip(severities);
    let severities = severities.map(|(id, severity)| Ok((id, severity?))).collect::<Result<_, String>>()?;
    let rules = RuleSettings { deadline, off, severities };
    Ok((!rules.is_empty()).then_some(FolderSettings { path, rules }))
}

/// The settings of each folder that was asked for, each read once.
#[derive(Debug, Default)]
pub struct SettingsCache(Mutex<HashMap<PathBuf, Settings>>);

/// The settings in force, or why they could not be read.
pub type Settings = Result<Option<Arc<FolderSettings>>, String>;

impl SettingsCache {
    /// Returns the settings that are in force for a draft.
    pub fn get(&self, draft: &Path, library: &Library) -> Settings {
        let folder = draft.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(folder)
            .or_insert_with(|| settings_for(draft, library).map(|found| found.map(Arc::new)))
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::fs;

    fn read(text: &str) -> Result<Option<FolderSettings>, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(SETTINGS_NAME), text).unwrap();
        settings_for(&folder.path().join("x.ron"), &Library::new())
    }

    #[test]
    fn rules_severities_and_the_deadline_are_read() {
        let text =
            "(deadline: \"2026年1月20日\", off: [\"n4\"], weights: {\"S6\": \"留意\", \"N1\": \"error\"})";
        let settings = read(text).unwrap().unwrap();
        assert_eq!(settings.rules.deadline, Some(date(2026, 1, 20)));
        assert_eq!(settings.rules.off, ["N4"]);
        assert_eq!(settings.rules.severities["S6"], Severity::Remark);
        assert_eq!(
            settings.describe(),
            "按 nianbao.ron：报送期限 2026年1月20日；不核对 N4；N1 按错误；S6 按留意"
        );
    }

    #[test]
    fn a_mistake_is_named_and_nothing_set_is_nothing() {
        for (text, part) in [
            ("(deadline: \"一月\")", "一月"),
            ("(off: [\"N99\"])", "N99"),
            ("(weights: {\"N4\": \"重\"})", "warning"),
            ("(of: [])", "第 1 行"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.contains(part) && message.contains(SETTINGS_NAME), "{message}");
        }
        assert_eq!(read("()").unwrap(), None);
    }
}
