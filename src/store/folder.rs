//! What is in a folder.
//!
//! [`std::fs::ReadDir`] panics when closing the folder fails, as it may on a network drive that went
//! away. What was listed is listed all the same, so this reads folders without it.

use std::path::Path;

pub use super::platform::{EntryKind, FolderEntry};
use super::{StoreError, platform};

/// Returns everything in a folder, in the order of the names, without `.` and `..`.
///
/// # Errors
/// Returns an error if the folder cannot be opened or read to its end. Errors of closing it are ignored.
pub fn list_folder(folder: &Path) -> Result<Vec<FolderEntry>, StoreError> {
    let mut entries =
        platform::read_folder(folder).map_err(|error| StoreError::system(folder, "打开", &error))?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Fault;
    use crate::store::platform::testing::symlink;
    use std::{fs, io};

    #[test]
    fn names_come_in_order_with_what_they_stand_for() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("乙.ron"), "").unwrap();
        fs::write(at(".甲"), "").unwrap();
        fs::create_dir(at("b")).unwrap();
        let has_links = symlink(Path::new("nowhere"), &at("c"));
        let names: Vec<_> =
            list_folder(folder.path()).unwrap().into_iter().map(|it| (it.name, it.kind)).collect();
        let mut expected = vec![(".甲".into(), EntryKind::File), ("b".into(), EntryKind::Folder)];
        expected.extend(has_links.then(|| ("c".into(), EntryKind::Link)));
        expected.push(("乙.ron".into(), EntryKind::File));
        assert_eq!(names, expected);
    }

    #[test]
    fn what_is_no_folder_or_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(list_folder(&file).unwrap_err().fault, Fault::System(io::ErrorKind::NotADirectory));
        assert_eq!(list_folder(&folder.path().join("none")).unwrap_err().fault, Fault::Missing);
    }

    #[test]
    fn a_folder_of_more_names_than_one_read_holds_is_listed_whole() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..3000 {
            fs::write(folder.path().join(format!("一个单位的名字比较长的草稿文件-{number:04}.ron")), "")
                .unwrap();
        }
        let names = list_folder(folder.path()).unwrap();
        assert_eq!(names.len(), 3000);
        assert!(names.windows(2).all(|pair| pair[0].name < pair[1].name));
    }
}
