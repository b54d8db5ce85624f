//! What only Unix promises of files: modes, access lists, pipes, names of any bytes.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use proptest::prelude::*;

use super::path_from_bytes;
use crate::store::atomic::{Expected, replace_file, write_file};
use crate::store::disk::LostAttributes;
use crate::store::lock::{LockResult, acquire, lock_path};
use crate::store::path_text::{path_from_text, path_to_text};
use crate::store::probe::probe_folder;
use crate::store::{ReadOnly, read_only_mark, with_mark_lifted};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn draft() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("报告.ron");
    fs::write(&draft, "x").unwrap();
    (folder, draft)
}

#[test]
fn the_mode_of_the_old_file_is_kept_and_nothing_is_left_beside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("报告.ron");
    for mode in [0o600, 0o640, 0o664, 0o444 | 0o200] {
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let written = replace_file(&file, b"new", Expected::Anything).unwrap();
        assert_eq!((written.lost, written.synced), (LostAttributes::default(), true));
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, mode);
        assert_eq!(names(folder.path()), ["报告.ron"]);
    }
}

#[test]
fn extended_attributes_and_access_lists_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    fs::write(&file, "old").unwrap();
    // user::rw-, user:1234:r--, group::r--, mask::r--, other::---
    let access: Vec<u8> =
        [(1, 6, u32::MAX), (2, 4, 1234), (4, 4, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)]
            .into_iter()
            .fold(2u32.to_le_bytes().to_vec(), |mut list, (tag, rights, id): (u16, u16, u32)| {
                list.extend(tag.to_le_bytes());
                list.extend(rights.to_le_bytes());
                list.extend(id.to_le_bytes());
                list
            });
    let mut kept = Vec::new();
    for (name, value) in [("user.note", &b"2024"[..]), ("system.posix_acl_access", &access)] {
        match setxattr(&file, name, value, XattrFlags::empty()) {
            Ok(()) => kept.push((name, value)),
            Err(error) => drop(writeln!(std::io::stderr(), "skipped: the attribute {name}: {error}")),
        }
    }
    assert_eq!(replace_file(&file, b"new", Expected::Anything).unwrap().lost, LostAttributes::default());
    for (name, value) in kept {
        let mut found = vec![0; 1000];
        let length = getxattr(&file, name, &mut found[..]).unwrap();
        assert_eq!(&found[..length], value, "{name}");
    }
}

#[test]
fn failures_say_what_failed_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |name: &str| folder.path().join(name);
    fs::write(in_folder("file"), "whole").unwrap();
    let long = "长".repeat(100);
    for (path, message) in [
        (in_folder("gone/a.ron"), "要存入的文件夹不存在"),
        (in_folder(&long), "文件名太长"),
        (in_folder("file/a.ron"), "不是文件夹"),
        (folder.path().to_path_buf(), "已是一个文件夹"),
    ] {
        let error = write_file(&path, b"x").unwrap_err();
        assert!(error.message.contains(message), "{message}: {error}");
        assert_eq!(names(folder.path()), ["file"], "{message}");
    }
    assert_eq!(fs::read(in_folder("file")).unwrap(), b"whole");
}

#[test]
fn the_lock_can_be_read_by_all_who_can_read_the_draft() {
    let (_folder, draft) = draft();
    for mode in [0o600, 0o640, 0o664] {
        fs::set_permissions(&draft, fs::Permissions::from_mode(mode)).unwrap();
        let LockResult::Acquired(lock) = acquire(&draft, "now") else { panic!() };
        assert_eq!(fs::metadata(lock_path(&draft)).unwrap().mode() & 0o777, mode);
        lock.release();
    }
}

#[test]
fn a_pipe_in_place_of_the_lock_file_does_not_block() {
    let (_folder, draft) = draft();
    rustix::fs::mkfifoat(rustix::fs::CWD, lock_path(&draft), rustix::fs::Mode::from_raw_mode(0o644)).unwrap();
    let LockResult::Unsupported(reason, _) = acquire(&draft, "now") else { panic!() };
    assert!(reason.contains("不是一个普通文件"), "{reason}");
}

#[test]
fn a_link_planted_as_lock_file_is_not_followed() {
    let (folder, draft) = draft();
    let victim = folder.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    std::os::unix::fs::symlink(&victim, lock_path(&draft)).unwrap();
    assert!(matches!(acquire(&draft, "now"), LockResult::Unsupported(..)));
    assert_eq!(fs::read(&victim).unwrap(), b"precious");
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_written_the_reason_is_given() {
    let probe = probe_folder(Path::new("/proc"));
    assert!(probe.writable.is_err() && !probe.locks, "{probe:?}");
}

proptest! {
    #[test]
    fn every_path_survives(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let path = path_from_bytes(bytes);
        let text = path_to_text(&path);
        prop_assert!(!text.chars().any(char::is_control));
        prop_assert_eq!(path_from_text(&text), path);
    }
}

#[test]
fn a_read_only_mark_is_known_and_is_there_again_after_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    assert_eq!(read_only_mark(&file), None, "nothing is there");
    fs::write(&file, "x").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set_mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set_mode(&file, 0o444);
    assert_eq!(read_only_mark(&file), Some(ReadOnly::File));
    let inside = with_mark_lifted(&file, || mode(&file)).unwrap();
    assert_eq!((inside, mode(&file)), (0o644, 0o444));
    set_mode(&file, 0o644);
    set_mode(folder.path(), 0o555);
    assert_eq!(read_only_mark(&file), Some(ReadOnly::Folder));
    set_mode(folder.path(), 0o755);
}
