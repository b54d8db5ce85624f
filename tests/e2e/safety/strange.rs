//! Drives that refuse a mode, an owner, an attribute or a flush; pipes and folders in place of files.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Command as Program, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, Mode, XattrFlags, mkfifoat, setxattr};
use rustix::process::geteuid;

use super::crash::Trace;
use super::session::{SAMPLE, TestSession};

use crate::skipped::skipped;

/// When a command hangs for certain, whatever the build and the machine.
const HANGS: Duration = Duration::from_secs(20);

fn pipe(path: &Path) {
    mkfifoat(CWD, path, Mode::from_raw_mode(0o644)).expect("a pipe");
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("rights");
}

/// The command as a program with the desk's home, which must end by itself.
#[track_caller]
fn run(desk: &TestSession, arguments: &[&str]) -> Output {
    let mut child = Program::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .current_dir(desk.folder())
        .env("HOME", desk.home.path())
        .env("XDG_STATE_HOME", desk.home.path().join("state"))
        .env("XDG_CONFIG_HOME", desk.home.path().join("config"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let begun = Instant::now();
    while child.try_wait().expect("the program").is_none() {
        if begun.elapsed() > HANGS {
            let _ = child.kill();
            panic!("{arguments:?} hangs");
        }
        std::thread::yield_now();
    }
    child.wait_with_output().expect("the program")
}

/// Saves in the editor while the system refuses some calls; what the last line says then.
fn save_refused(desk: &TestSession, injection: &str) -> Option<String> {
    let mut pty = desk.open();
    pty.keys("Alt+3 Ctrl+Home").text("4321").keys("Enter").until_text("4321").until_text("*未保存");
    let Some(trace) = Trace::attach(&pty, desk, Some(&format!("--inject={injection}"))) else {
        skipped("no strace, or it may not attach");
        return None;
    };
    pty.keys("Ctrl+S").until_gone("*未保存").until_text("已保存").settle();
    drop(trace);
    assert_eq!(desk.draft().get("requests.new.natural").typed(), "4321", "{injection}");
    let said = pty.screen();
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    Some(said)
}

#[test]
fn a_mode_that_cannot_be_set_is_told_and_the_draft_is_saved() {
    for (old, told) in [(0o640, true), (0o600, false)] {
        let desk = TestSession::new();
        mode(&desk.file, old);
        let Some(said) = save_refused(&desk, "fchmod:error=EPERM") else { return };
        assert_eq!(said.contains("权限没能保留"), told, "{old:o} {said}");
        assert!(!said.contains("比原来多"), "{said}");
        assert_eq!(
            fs::metadata(&desk.file).expect("the draft").mode() & 0o777,
            0o600,
            "no wider than before"
        );
    }
}

#[test]
fn an_owner_or_attribute_that_cannot_be_kept_is_told() {
    let desk = TestSession::new();
    if geteuid().is_root() {
        chown(&desk.file, Some(65534), Some(65534)).expect("root may give");
        mode(&desk.file, 0o664);
        let Some(said) = save_refused(&desk, "fchown:error=EPERM") else { return };
        assert!(said.contains("属组、属主没能保留"), "{said}");
        assert_eq!(
            fs::metadata(&desk.file).expect("the draft").mode() & 0o777,
            0o644,
            "not for the new group"
        );
    }
    let desk = TestSession::new();
    if setxattr(&desk.file, "user.note", b"2024", XattrFlags::empty()).is_ok() {
        let Some(said) = save_refused(&desk, "fsetxattr:error=EOPNOTSUPP") else { return };
        assert!(said.contains("扩展属性没能保留"), "{said}");
    }
}

#[test]
fn a_drive_that_flushes_no_files_saves_all_the_same_and_says_so() {
    for error in ["ENOSYS", "EINVAL", "EOPNOTSUPP", "EPERM"] {
        let desk = TestSession::new();
        let Some(said) = save_refused(&desk, &format!("fsync:error={error}")) else { return };
        assert!(said.contains("不能确认写入"), "{error}: {said}");
    }
}

#[test]
fn commands_say_what_could_not_be_kept_of_the_old_file() {
    let desk = TestSession::new();
    let output = Program::new("strace")
        .args(["-f", "-o", "/dev/null", "-e", "inject=fchmod,fchown:error=ENOSYS"])
        .arg(env!("CARGO_BIN_EXE_nianbao"))
        .args(["new", "--unit", "示例市某局", "--year", "2025", "-o", "draft.ron", "--force"])
        .current_dir(desk.folder())
        .env("HOME", desk.home.path())
        .output();
    let Ok(output) = output else { return skipped("no strace") };
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("权限没能保留"), "{said}");
}

#[test]
fn no_command_waits_for_a_pipe_or_reads_without_end() {
    let desk = TestSession::new();
    pipe(&desk.folder().join("f.ron"));
    fs::create_dir(desk.folder().join("d.ron")).expect("a folder");
    let sparse = fs::File::create(desk.folder().join("s.ron")).expect("a file");
    sparse.set_len(4 << 30).expect("a file of 4 GB");
    std::os::unix::net::UnixListener::bind(desk.folder().join("u.ron")).expect("a socket");
    std::os::unix::fs::symlink("/dev/zero", desk.folder().join("z.ron")).expect("a device");
    for name in ["f.ron", "d.ron", "s.ron", "u.ron", "z.ron"] {
        let all: [&[&str]; 12] = [
            &["check", "draft.ron", "--last", name],
            &["check", name],
            &["export", name, "--to", "json"],
            &["export", "draft.ron", "--to", "html", "-o", name],
            &["import", name, "-o", "new.ron"],
            &["carry", name, "-o", "new.ron"],
            &["diff", "draft.ron", name],
            &["history", name],
            &["compile", name, "-o", "new.ron"],
            &["compile", "draft.ron", "-o", "new.ron", "--roster", name],
            &["compile", "draft.ron", "-o", name, "--force"],
            &["status", "draft.ron", "--year", "2025", "--roster", name],
        ];
        // A folder is looked through, and there is no draft in it.
        let all = all.into_iter().filter(|line| name != "d.ron" || !line.starts_with(&["check", name]));
        for line in all.filter(|line| name != "d.ron" || line[0] != "compile" || line.len() > 5) {
            let output = run(&desk, line);
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert_eq!(output.status.code(), Some(2), "{line:?}: {said}");
            assert!(!said.contains("os error") && said.contains('，'), "{line:?}: {said}");
        }
    }
    assert!(!desk.folder().join("new.ron").exists());
}

#[test]
fn pipes_in_place_of_the_programs_own_files_stop_nothing() {
    let desk = TestSession::new();
    let (config, state) = (desk.home.path().join("config/nianbao"), desk.home.path().join("state/nianbao"));
    for folder in [config.join("forms"), state.join("backups"), state.clone()] {
        fs::create_dir_all(folder).expect("a folder");
    }
    for path in [config.join("keys.ron"), config.join("forms/own.ron"), state.join("recent")] {
        pipe(&path);
    }
    let lock = desk.folder().join(".draft.ron.lock");
    pipe(&lock);
    fs::write(&desk.file, SAMPLE.replacen("version: 1,", "version: 1,\n  last: \"last.ron\",", 1))
        .expect("it");
    pipe(&desk.folder().join("last.ron"));
    let output = run(&desk, &["check", "draft.ron"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("own.ron") && said.contains("不是一个普通文件"), "{said}");
    let mut pty = desk.open();
    pty.keys("Alt+3 Ctrl+Home").text("4321").keys("Enter").until_text("4321");
    pty.keys("Ctrl+S").until_gone("*未保存");
    // Now the draft itself.
    fs::remove_file(&desk.file).expect("the draft goes");
    pipe(&desk.file);
    pty.text("5").keys("Enter Ctrl+S").until_text("保存失败").until_text("不是一个普通文件").keys("Enter");
    pty.signal(rustix::process::Signal::TERM);
    assert!(!pty.end().success());
}

#[test]
fn a_file_that_becomes_a_pipe_keeps_nobody_waiting() {
    let desk = TestSession::new();
    let trace = desk.home.path().join("trace");
    let child = Program::new("strace")
        .args(["-f", "-P", "draft.ron", "-e", "inject=openat:delay_enter=1500000", "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_nianbao"))
        .args(["export", "draft.ron", "--to", "json"])
        .current_dir(desk.folder())
        .env("HOME", desk.home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else { return skipped("no strace") };
    let begun = Instant::now();
    // Once whether it is a folder, once whether it can be read.
    while !fs::read_to_string(&trace).is_ok_and(|text| text.matches("statx").count() >= 2) {
        assert!(begun.elapsed() < HANGS, "it never asked");
        std::thread::yield_now();
    }
    // It has been asked, and is not opened yet.
    let beside = desk.file.with_extension("pipe");
    pipe(&beside);
    fs::rename(&beside, &desk.file).expect("the draft goes");
    while child.try_wait().expect("the program").is_none() {
        if begun.elapsed() > HANGS {
            let _ = child.kill();
            panic!("it hangs");
        }
        std::thread::yield_now();
    }
    let output = child.wait_with_output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("不是一个普通文件"), "{said}");
}
