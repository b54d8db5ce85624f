//! The settings of a folder of drafts, a file `nianbao.ron` in it: read, not judged.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::read_file;

/// The name of the file.
pub const SETTINGS_NAME: &str = "nianbao.ron";

/// The largest file of settings that is read, in bytes.
const LARGEST: u64 = 64 * 1024;

/// What a folder's file of settings says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "FolderSettings")]
pub struct SettingsFile {
    /// The day by which the reports have to be handed in; empty if none is named.
    pub deadline: String,
    /// The ids of rules that are left out.
    pub off: Vec<String>,
    /// The severity of rules, by id: error, warning or remark.
    pub weights: BTreeMap<String, String>,
}

/// Returns the path of the settings that are in force for a file: those of its folder, or of the nearest
/// folder above that has some.
pub fn find_settings(file: &Path) -> Option<PathBuf> {
    let file = std::path::absolute(file).ok()?;
    let folders = file.ancestors().skip(1);
    folders.map(|folder| folder.join(SETTINGS_NAME)).find(|path| path.is_file())
}

/// Reads a file of settings.
///
/// # Errors
/// Returns a message for the clerk, with the place in the file.
pub fn read_settings(path: &Path) -> Result<SettingsFile, String> {
    let shown = path.display();
    let bytes = read_file(path, LARGEST).map_err(|error| format!("{shown}：{error}"))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| format!("{shown}：不是 UTF-8 文本"))?;
    ron::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("{shown}：第 {} 行读不懂：{}", error.span.start.line, error.code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_settings_above_a_file_are_in_force() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("a/b")).unwrap();
        fs::write(at(SETTINGS_NAME), "(deadline: \"2026-01-20\")").unwrap();
        assert_eq!(find_settings(&at("a/b/x.ron")), Some(at(SETTINGS_NAME)));
        fs::write(at("a").join(SETTINGS_NAME), "(off: [\"N4\"], weights: {\"S6\": \"remark\"})").unwrap();
        assert_eq!(find_settings(&at("a/b/x.ron")), Some(at("a").join(SETTINGS_NAME)));
        let settings = read_settings(&at("a").join(SETTINGS_NAME)).unwrap();
        assert_eq!((settings.off, settings.deadline), (vec!["N4".to_string()], String::new()));
        assert_eq!(settings.weights["S6"], "remark");
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(SETTINGS_NAME);
        for text in ["(\n  of: [],\n)", "(\n  off: N4,\n)"] {
            fs::write(&path, text).unwrap();
            let message = read_settings(&path).unwrap_err();
            assert!(message.contains("第 2 行"), "{message}");
        }
        fs::write(&path, b"\xff\xfe").unwrap();
        assert!(read_settings(&path).is_err());
    }
}
