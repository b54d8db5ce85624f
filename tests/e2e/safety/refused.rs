//! Saves that the system refuses: the clerk is told, the old file is whole, what was typed is on the
//! screen and in the journal, and is saved once there is a way. And what a save keeps of a file.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use pty_process::blocking::Command;
use rustix::process::geteuid;

use super::session::{SAMPLE, TestSession};
use crate::pty::Pty;
use crate::skipped::skipped;

/// The number of a user who may do nothing.
const NOBODY: u32 = 65534;

/// Types into the first cell of the large table.
fn edit(pty: &mut Pty) {
    pty.keys("Alt+3 Ctrl+Home").text("4321").keys("Enter").until_text("4321").until_text("*未保存");
}

/// Tries to save; sees that it is told, that the file is the old one, and that nothing is lost.
#[track_caller]
fn refused(desk: &TestSession, pty: &mut Pty, words: &str) {
    pty.keys("Ctrl+S").until_text("保存失败").until_text(words).until_text("没有丢");
    if desk.file.exists() {
        assert_eq!(desk.text(), SAMPLE);
    }
    pty.keys("Enter").until_gone("保存失败").until_text("4321").until_text("*未保存");
    assert_eq!(desk.journals().len(), 1);
}

/// Now it can be saved.
#[track_caller]
fn saved(desk: &TestSession, pty: &mut Pty) {
    saved_as(desk, pty, "4321");
}

/// It is saved with this number, and the editor ends.
#[track_caller]
fn saved_as(desk: &TestSession, pty: &mut Pty, number: &str) {
    pty.keys("Ctrl+S").until_gone("*未保存");
    assert_eq!(desk.draft().get("requests.new.natural").typed(), number);
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

/// The editor as an ordinary user, to whom rights mean something; none where that cannot be.
fn as_nobody(desk: &TestSession) -> Option<Command> {
    let program = env!("CARGO_BIN_EXE_nianbao");
    if !geteuid().is_root() {
        return Some(desk.command(program));
    }
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"];
    let may = Program::new("setpriv").args(user).args(["test", "-x", program]).status();
    if !may.is_ok_and(|status| status.success()) {
        skipped("setpriv may not run the program as somebody else");
        return None;
    }
    give(desk.home.path());
    Some(desk.command("setpriv").args(user).arg(program))
}

/// Gives a folder and all in it to nobody.
fn give(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).expect("root may give");
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            give(&entry.path())
        } else {
            chown(entry.path(), Some(NOBODY), None).expect("root")
        }
    }
}

/// A small disk, taken away at the end.
struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Program::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_told_and_the_old_file_stays_whole() {
    let desk = TestSession::new();
    let mut mount = Program::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=64k", "nianbao"]).arg(desk.folder());
    if !mount.output().is_ok_and(|output| output.status.success()) {
        skipped("a small disk cannot be mounted");
        return;
    }
    let mounted = Mounted(desk.folder().into());
    fs::write(&desk.file, SAMPLE).expect("the draft");
    let mut pty = desk.open();
    edit(&mut pty);
    let filler = desk.folder().join("filler");
    let mut size = 64 * 1024;
    while size > 0 {
        let more = fs::OpenOptions::new().append(true).create(true).open(&filler);
        let wrote = more.and_then(|mut file| std::io::Write::write_all(&mut file, &vec![b'x'; size]));
        size = if wrote.is_ok() { size } else { size / 2 };
    }
    refused(&desk, &mut pty, "磁盘已满");
    assert_eq!(fs::read_dir(desk.folder()).expect("the folder").count(), 3, "draft, lock and filler");
    fs::remove_file(filler).expect("room again");
    saved(&desk, &mut pty);
    drop(mounted);
}

#[test]
fn a_file_that_may_grow_no_more_is_told_and_ends_nothing() {
    let desk = TestSession::new();
    // In blocks of 512 bytes: room for the draft, none for the sentences that are typed.
    let line = format!("ulimit -f 12; exec {} draft.ron", env!("CARGO_BIN_EXE_nianbao"));
    let mut pty = desk.start(desk.command("sh").args(["-c", &line]));
    pty.keys("Alt+6 Ctrl+End").text(&"又是一句很长的话。".repeat(40)).until_text("*未保存");
    // The journal cannot grow either: that is told at once.
    pty.keys("Alt+3 Ctrl+Home").text("4321").keys("Enter").until_text("4321").settle();
    pty.keys("Ctrl+S").until_text("保存失败").until_text("超过了系统允许的大小");
    assert_eq!(desk.text(), SAMPLE);
    pty.keys("Enter").until_gone("保存失败").until_text("4321");
    pty.keys("Alt+6 Ctrl+Z").settle();
    pty.kill();
    assert_eq!(desk.text(), SAMPLE);
}

#[test]
fn a_draft_in_a_read_only_folder_is_saved_elsewhere() {
    let desk = TestSession::new();
    let Some(command) = as_nobody(&desk) else { return };
    let mut pty = desk.start(command.arg("draft.ron"));
    edit(&mut pty);
    let rights = |mode| fs::set_permissions(desk.folder(), fs::Permissions::from_mode(mode)).expect("rights");
    rights(0o555);
    pty.keys("Ctrl+S").until_text("文件夹为只读").until_text("仍然保存");
    pty.keys("Right Enter").until_text("保存失败").until_text("没有权限").until_text("没有丢");
    pty.keys("Enter").until_gone("保存失败");
    pty.keys("Ctrl+S").until_text("文件夹为只读").keys("Enter").until_text("文件名：");
    let elsewhere = desk.home.path().join("elsewhere.ron");
    pty.keys(&"Backspace ".repeat(20)).text(&elsewhere.display().to_string()).keys("Enter");
    pty.until_gone("*未保存").until_text("elsewhere.ron");
    assert!(fs::read_to_string(elsewhere).expect("the other file").contains("4321"));
    rights(0o755);
    assert_eq!(desk.text(), SAMPLE);
}

#[test]
fn a_read_only_file_is_replaced_only_after_a_question() {
    let desk = TestSession::new();
    let rights = |mode| fs::set_permissions(&desk.file, fs::Permissions::from_mode(mode)).expect("rights");
    rights(0o444);
    let mut pty = desk.open();
    pty.until_text("此文件为只读");
    edit(&mut pty);
    pty.keys("Ctrl+S").until_text("文件为只读").until_text("仍然保存").keys("Esc").until_gone("仍然保存");
    assert_eq!(desk.text(), SAMPLE);
    pty.keys("Ctrl+S").until_text("仍然保存").keys("Right Enter").until_gone("*未保存");
    let mode = fs::metadata(&desk.file).expect("the draft is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o444, "it is marked as before");
    // It was said once.
    pty.keys("Alt+3 Ctrl+Home").text("5").keys("Enter").until_text("*未保存");
    saved_as(&desk, &mut pty, "5");
}

#[test]
fn a_draft_is_saved_once_its_removed_folder_is_back() {
    let desk = TestSession::new();
    let mut pty = desk.open();
    edit(&mut pty);
    fs::remove_dir_all(desk.folder()).expect("the folder goes");
    refused(&desk, &mut pty, "文件夹不存在");
    fs::create_dir(desk.folder()).expect("the folder comes back");
    pty.kill();
    // Nothing is on the desk any more, and the journal still knows.
    assert!(desk.recover());
    assert_eq!(desk.draft().get("requests.new.natural").typed(), "4321");
}

#[test]
fn a_name_that_is_too_long_is_told() {
    let desk = TestSession::new();
    let mut pty = desk.open();
    edit(&mut pty);
    pty.keys("Ctrl+P").until_text("全部命令").text("lcw").keys("Enter").until_text("文件名：");
    pty.text(&"长".repeat(100)).keys("Enter").until_text("保存失败").until_text("太长，或含有");
    pty.keys("Enter").until_gone("保存失败").until_text("*未保存");
    assert_eq!(desk.text(), SAMPLE);
    saved(&desk, &mut pty);
}

#[test]
fn a_link_stays_a_link_and_the_mode_stays_as_it_was() {
    let desk = TestSession::new();
    let target = desk.home.path().join("target.ron");
    fs::rename(&desk.file, &target).expect("the draft moves");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("rights");
    symlink("../target.ron", &desk.file).expect("a link");
    let mut pty = desk.open();
    edit(&mut pty);
    saved(&desk, &mut pty);
    assert!(desk.file.is_symlink());
    assert_eq!(fs::metadata(&target).expect("the target").mode() & 0o7777, 0o640);
    assert!(fs::read_to_string(&target).expect("the target").contains("4321"));
}

#[test]
fn a_second_name_of_the_file_is_told_before_saving() {
    let desk = TestSession::new();
    let second = desk.folder().join("second.ron");
    fs::hard_link(&desk.file, &second).expect("a second name");
    let mut pty = desk.open();
    edit(&mut pty);
    pty.keys("Ctrl+S").until_text("硬链接").until_text("仍然保存");
    assert_eq!(desk.text(), SAMPLE, "nothing is written before the answer");
    pty.keys("Enter").until_gone("*未保存");
    assert!(desk.text().contains("4321"));
    assert_eq!(fs::read_to_string(second).expect("the second name"), SAMPLE);
}

#[test]
fn extended_attributes_and_an_access_list_stay_with_the_file() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    /// Version 2; then tag, rights and id of: owner rw, user 1234 r, group r, mask r, others none.
    const ACCESS: [u8; 44] = [
        2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 210, 4, 0, 0, 4, 0, 4, 0, 255, 255, 255, 255,
        16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255,
    ];
    let desk = TestSession::new();
    let all = [("user.来源", "科室一".as_bytes()), ("system.posix_acl_access", &ACCESS)];
    let kept: Vec<_> = all
        .into_iter()
        .filter(|(name, value)| {
            let set = setxattr(&desk.file, *name, value, XattrFlags::empty());
            set.inspect_err(|error| skipped(&format!("the attribute {name}: {error}"))).is_ok()
        })
        .collect();
    let mut pty = desk.open();
    edit(&mut pty);
    saved(&desk, &mut pty);
    for (name, value) in kept {
        let mut found = [0; 100];
        let length = getxattr(&desk.file, name, &mut found[..]).expect("it is still there");
        assert_eq!(&found[..length], value, "{name}");
        println!("{name} is kept");
    }
}
