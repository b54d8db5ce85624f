//! A save that is killed, or refused, at any of its system calls: the file is the old one or the new
//! one, whole. Runs the real program under strace, once for each call; skipped where strace is missing.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::skipped::skipped;

/// The file that is written over.
const FILE: &str = "out.ron";
/// The home of the user who saves.
const HOME: &str = ".home";
/// What is in it before.
const OLD: &str = "the old file, whole";

/// A system call by its name, and which of that name it is from the start of the program.
type Call = (String, usize);

/// One save of the real program, in a folder of its own.
struct Save {
    folder: PathBuf,
    arguments: Vec<&'static str>,
}

impl Save {
    fn new(name: &str, arguments: &[&'static str]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("sample.ron"), include_str!("../../assets/sample.ron")).unwrap();
        Save { folder, arguments: arguments.to_vec() }
    }

    /// Runs the save over the old file with strace's `options`.
    fn run(&self, options: &[&str]) -> Output {
        for name in self.left() {
            fs::remove_file(self.folder.join(name)).unwrap();
        }
        fs::write(self.folder.join(FILE), OLD).unwrap();
        // The draft that is written over is kept there: anew each time, so that the calls are the same.
        let _ = fs::remove_dir_all(self.folder.join(HOME));
        Command::new("strace")
            .args(["-f", "-o", ".trace"])
            .args(options)
            .arg(env!("CARGO_BIN_EXE_nianbao"))
            .args(&self.arguments)
            .current_dir(&self.folder)
            .env_clear()
            .env("HOME", self.folder.join(HOME))
            .output()
            .unwrap()
    }

    /// The names of files that stand beside the saved one and should not.
    fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).unwrap().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| ![FILE, HOME, "sample.ron", ".trace"].contains(&name.as_str())).collect()
    }

    fn content(&self) -> String {
        fs::read_to_string(self.folder.join(FILE)).unwrap()
    }

    /// What the undisturbed save writes, and its calls from the first that names the file, with those
    /// before the folder is flushed told apart.
    fn plan(&self) -> (String, Vec<Call>) {
        let output = self.run(&[]);
        assert!(output.status.success(), "{output:?}");
        let mut calls: Vec<Call> = Vec::new();
        let mut begun = None;
        for line in fs::read_to_string(self.folder.join(".trace")).unwrap().lines() {
            let call = line.split_once(' ').map_or(line, |(_, call)| call).trim_start();
            let Some((name, arguments)) = call.split_once('(') else { continue };
            if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                continue;
            }
            if begun.is_none() && arguments.contains(FILE) && name != "execve" {
                begun = Some(calls.len());
            }
            let earlier = calls.iter().filter(|(other, _)| other == name).count();
            calls.push((name.into(), earlier + 1));
        }
        (self.content(), calls.split_off(begun.expect("the save names its file")))
    }
}

fn saves(test: &str) -> Option<[Save; 2]> {
    if Command::new("strace").args(["-o", "/dev/null", "true"]).status().map_or(true, |s| !s.success()) {
        skipped("no strace, or it may not trace");
        return None;
    }
    Some([
        Save::new(
            &format!("{test}-new"),
            &["new", "--unit", "示例市某局", "--year", "2024", "-o", FILE, "--force"],
        ),
        Save::new(
            &format!("{test}-export"),
            &["export", "sample.ron", "--to", "json", "-o", FILE, "--force"],
        ),
    ])
}

#[test]
fn a_save_killed_at_any_call_leaves_the_old_or_new_file() {
    for save in saves("killed").iter().flatten() {
        let (new, calls) = save.plan();
        assert!(calls.len() > 10, "{calls:?}");
        let (mut old_seen, mut new_seen) = (0, 0);
        for (name, number) in &calls {
            save.run(&["-e", &format!("inject={name}:signal=SIGKILL:when={number}")]);
            let content = save.content();
            assert!(content == OLD || content == new, "killed at {name} {number}: {content}");
            old_seen += usize::from(content == OLD);
            new_seen += usize::from(content == new);
        }
        assert!(old_seen > 5 && new_seen > 2, "the kills hit the save: {old_seen} before, {new_seen} after");
    }
}

#[test]
fn a_save_refused_at_any_call_leaves_nothing_behind() {
    const FILES: [&str; 13] = [
        "readlink",
        "statx",
        "access",
        "openat",
        "listxattr",
        "flistxattr",
        "fchmod",
        "fchown",
        "write",
        "fsync",
        "fdatasync",
        "rename",
        "close",
    ];
    for save in saves("refused").iter().flatten() {
        let (new, calls) = save.plan();
        let renamed = calls.iter().rposition(|(name, _)| name == "rename").expect("a save renames");
        // After the folder is flushed only the program's words are written.
        let end =
            calls.iter().skip(renamed).position(|(name, _)| name == "fsync").expect("the folder is flushed");
        for (name, number) in
            calls.iter().take(renamed + end + 1).filter(|(n, _)| FILES.contains(&n.as_str()))
        {
            for error in ["ENOSPC", "EIO", "EDQUOT"] {
                let output = save.run(&["-e", &format!("inject={name}:error={error}:when={number}")]);
                let (content, words) = (save.content(), String::from_utf8_lossy(&output.stderr));
                let what = format!("{error} at {name} {number}: {words}");
                match output.status.code() {
                    Some(0) => assert_eq!(content, new, "{what}"),
                    Some(2) => {
                        assert!(content == OLD || content == new, "{what}");
                        assert!(words.contains("失败") || words.contains("覆盖"), "{what}");
                    }
                    // The standard library ends a program whose folder cannot be closed after reading.
                    Some(101) if words.contains("closedir") => {
                        assert!(content == OLD || content == new, "{what}");
                    }
                    other => panic!("{other:?} {what}"),
                }
                assert_eq!(save.left(), Vec::<String>::new(), "{what}");
            }
        }
    }
}
