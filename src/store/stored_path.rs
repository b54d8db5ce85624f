//! The names of other drafts in a draft: as seen from its folder, with `/` on every system, so that the
//! same draft has the same bytes wherever it was written.

use std::path::{Component, Path, PathBuf};

use super::platform;
use crate::draft::Draft;

/// Returns a path as it is seen from a folder, for a draft that is kept with others: where the two have no
/// common root, the path as it is from the root.
pub fn stored_path(folder: &Path, path: &Path) -> String {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (Ok(from), Ok(to)) = (here.canonicalize(), path.canonicalize()) else {
        return joined(path);
    };
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return joined(&platform::simplify(to));
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    joined(&up.chain(to.components().skip(common)).collect::<PathBuf>())
}

/// Returns a path from the root, as journals and lists of this machine keep it; as it is if the folder where we are
/// is gone. Links are kept.
pub fn absolute_path(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.into())
}

fn joined(path: &Path) -> String {
    let text = path.display().to_string();
    if std::path::MAIN_SEPARATOR == '/' { text } else { with_slashes(text) }
}

/// Returns the name of a draft with `/`, as drafts written on Windows by earlier versions did not have it.
fn with_slashes(name: String) -> String {
    if name.contains('\\') { name.replace('\\', "/") } else { name }
}

/// Brings the names of other drafts in a draft that was read into the form in which they are written.
pub(super) fn normalize(draft: &mut Draft) {
    let plain = |name: &mut String| *name = with_slashes(std::mem::take(name));
    draft.last_year.iter_mut().for_each(plain);
    if let Some(compiled) = &mut draft.compiled {
        compiled.units.iter_mut().for_each(|unit| plain(&mut unit.file));
        // A missing unit is named by its file where that could not be read.
        compiled.missing.iter_mut().filter(|name| name.ends_with(".ron")).for_each(plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Library;
    use crate::store::parse;
    use std::fs;

    #[test]
    fn a_draft_is_named_from_the_folder_of_another_with_slashes() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("各单位/镇")).unwrap();
        fs::create_dir_all(at("汇总")).unwrap();
        fs::write(at("各单位/镇/甲.ron"), "").unwrap();
        assert_eq!(stored_path(&at("汇总"), &at("各单位/镇/甲.ron")), "../各单位/镇/甲.ron");
        assert_eq!(stored_path(&at("各单位"), &at("各单位/镇/甲.ron")), "镇/甲.ron");
        assert_eq!(stored_path(&at("各单位/镇"), &at("各单位/镇/甲.ron")), "甲.ron");
    }

    #[test]
    fn names_that_were_written_on_windows_are_read_everywhere() {
        let text = r#"(version: 1, forms: (disclosure: "2021", requests: "2021"), totals: typed, last: "..\\2024\\甲.ron", compiled: (
            units: [(unit: "示例镇", file: "各单位\\镇\\甲.ron", print: "00ff")],
            missing: ["示例\\乡", "各单位\\乙.ron"]))"#;
        let draft = parse("草稿", text.as_bytes(), &Library::new()).unwrap().draft;
        assert_eq!(draft.last_year.as_deref(), Some("../2024/甲.ron"));
        let compiled = draft.compiled.unwrap();
        assert_eq!(compiled.units[0].file, "各单位/镇/甲.ron");
        assert_eq!(compiled.missing, ["示例\\乡", "各单位/乙.ron"]);
    }
}
