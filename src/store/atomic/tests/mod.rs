//! A save keeps what a file was, leaves nothing beside it, and reports why it failed.

mod changed;

use super::*;
use crate::store::platform::testing::symlink;
use std::fs::{self, File};
use std::time::Duration;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_link_stays_a_link_and_what_it_leads_to_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("share")).unwrap();
    let real = folder.path().join("share/real.ron");
    let (first, second) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    if !symlink(Path::new("share/real.ron"), &first) || !symlink(&first, &second) {
        return;
    }
    for content in ["made through the link", "again"] {
        replace_file(&second, content.as_bytes(), Expected::Anything).unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), content);
        assert!(fs::symlink_metadata(&first).unwrap().is_symlink());
    }
    assert!(symlink(Path::new("loop.ron"), &folder.path().join("loop.ron")));
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
    for name in &kept {
        fs::write(at(name), "").unwrap();
    }
    // Where it is not known which processes live, only what is old is taken for left behind.
    let write_old = |name: &str, text: &str| {
        fs::write(at(name), text).unwrap();
        let file = File::options().write(true).open(at(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    };
    write_old(&dead("a.ron"), "");
    write_old(&dead("b.ron"), "");
    write_old(&note, &format!("{host}-{}\n", i32::MAX));
    let living = name(temporary::note_path(&at("b.ron")));
    fs::write(at(&living), format!("{host}-{}\n", std::process::id())).unwrap();
    fs::create_dir(at(&dead("c.ron"))).unwrap();
    remove_temporary_files(&file);
    let mut left: Vec<_> = kept.into_iter().chain(["a.ron".into(), living, dead("c.ron")]).collect();
    left.sort();
    assert_eq!(names(folder.path()), left);
}
