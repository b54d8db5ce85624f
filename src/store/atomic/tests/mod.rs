//! A save keeps what a file was, leaves nothing beside it, and reports why it failed.

mod changed;

use super::*;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
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
fn a_link_stays_a_link_and_what_it_leads_to_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("share")).unwrap();
    let real = folder.path().join("share/real.ron");
    let (first, second) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    symlink("share/real.ron", &first).unwrap();
    symlink(&first, &second).unwrap();
    for content in ["made through the link", "again"] {
        replace_file(&second, content.as_bytes(), Expected::Anything).unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), content);
        assert!(fs::symlink_metadata(&first).unwrap().is_symlink());
    }
    symlink("loop.ron", folder.path().join("loop.ron")).unwrap();
    assert!(
        replace_file(&folder.path().join("loop.ron"), b"x", Expected::Anything)
            .unwrap_err()
            .message
            .contains("绕成了圈")
    );
}

#[test]
fn hard_links_are_counted_before_saving() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    assert_eq!(hard_link_count(&file), 1);
    fs::write(&file, "old").unwrap();
    fs::hard_link(&file, folder.path().join("b.ron")).unwrap();
    assert_eq!(hard_link_count(&file), 2);
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
fn what_killed_saves_left_is_swept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let file = at("a.ron");
    write_file(&file, b"x").unwrap();
    let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let ours = name(temporary::temporary_path(&file, 0));
    // No process has the highest number there can be.
    let dead = |target: &str| {
        let living = name(temporary::temporary_path(&at(target), 3));
        living.replace(&format!("-{}-", std::process::id()), &format!("-{}-", i32::MAX))
    };
    let (host, note) = (temporary::host_hash(), name(temporary::note_path(&file)));
    let elsewhere = dead("a.ron").replace(&host, "00000000");
    let kept = [ours, elsewhere, ".nianbao-notes.tmp".into(), format!("x{}", dead("a.ron")), "b.tmp".into()];
    for name in kept.iter().chain(&[dead("a.ron"), dead("b.ron")]) {
        fs::write(at(name), "").unwrap();
    }
    fs::write(at(&note), format!("{host}-{}\n", i32::MAX)).unwrap();
    let living = name(temporary::note_path(&at("b.ron")));
    fs::write(at(&living), format!("{host}-{}\n", std::process::id())).unwrap();
    fs::create_dir(at(&dead("c.ron"))).unwrap();
    remove_leftovers(&file);
    let mut left: Vec<_> = kept.into_iter().chain(["a.ron".into(), living, dead("c.ron")]).collect();
    left.sort();
    assert_eq!(names(folder.path()), left);
}
