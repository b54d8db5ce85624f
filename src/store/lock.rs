//! The file beside an open draft that says who has it open: `.DRAFT.ron.lock`.
//!
//! The lock is advisory: it asks before two people write over each other, and never stands in the
//! way of saving. The kernel drops it when the process ends, so a stale one cannot lock anybody out;
//! the line in it only says who it was. The file itself stays: removing it would let two processes
//! hold locks on two files of one name.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::disk::TryLock;
use super::error::system_message;
use super::lock_owner::{LockOwner, is_elsewhere_or_alive, read_owner, write_owner};
use super::{atomic, host, platform};

/// What came of asking for a draft's lock.
#[derive(Debug)]
pub enum LockResult {
    /// The draft is locked as long as this is kept.
    Acquired(Lock),
    /// Somebody has it open. The owner is unknown where the line in the file cannot be read.
    Held(Option<LockOwner>),
    /// Locks do not work here; the reason, to be reported once. Editing goes on. If the lock file could be
    /// written, it names this process as long as the lock is kept.
    Unsupported(String, Option<Lock>),
}

/// What is said of a folder in which nothing can be written.
pub const READ_ONLY_FOLDER: &str = "此文件夹为只读，修改后请另存";

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Releases the draft and removes the owner line, so that the next session sees a clean end.
    pub fn release(mut self) {
        let _ = self.file.set_len(0).and_then(|()| self.file.flush());
    }
}

/// Returns the lock file of a draft: `.DRAFT.ron.lock` beside it, beside what a symbolic link leads to.
pub fn lock_path(draft: &Path) -> PathBuf {
    let target = fs::canonicalize(draft).unwrap_or_else(|_| draft.to_path_buf());
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".lock");
    target.with_file_name(name)
}

/// Tries to lock a draft. `since` is the current time as it is shown to others.
pub fn acquire(draft: &Path, since: &str) -> LockResult {
    atomic::remove_temporary_files(draft);
    let path = lock_path(draft);
    let (mut file, lock) = match platform::open_locked(&path) {
        Ok(opened) => opened,
        Err(error) => {
            let reason = match error.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    READ_ONLY_FOLDER.into()
                }
                _ => format!("不能建立锁文件（{}），别人同时打开时不会提示", system_message(&error)),
            };
            return LockResult::Unsupported(reason, None);
        }
    };
    match lock {
        TryLock::Acquired => LockResult::Acquired(into_lock(file, draft, since)),
        TryLock::Held => LockResult::Held(read_owner(&mut file)),
        TryLock::Unsupported => {
            // No locks on this file system: the line in the file still names a living process.
            let owner = read_owner(&mut file).filter(is_elsewhere_or_alive);
            match owner {
                Some(owner) => LockResult::Held(Some(owner)),
                None => {
                    let reason = "这个磁盘不支持文件锁，别人同时打开时不一定会提示".into();
                    LockResult::Unsupported(reason, Some(into_lock(file, draft, since)))
                }
            }
        }
    }
}

/// Writes the owner into a lock file.
fn into_lock(mut file: File, draft: &Path, since: &str) -> Lock {
    let owner = LockOwner {
        user: host::user_name(),
        host: host::host_name(),
        pid: std::process::id(),
        since: since.into(),
    };
    if let Err(error) = write_owner(&mut file, &owner) {
        // The lock holds; only its owner stays unnamed.
        let _ = file.set_len(0);
        drop(error);
    }
    platform::copy_read_access(draft, &file);
    Lock { file }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("报告.ron");
        fs::write(&draft, "x").unwrap();
        (folder, draft)
    }

    #[test]
    fn the_second_opener_learns_who_has_it_and_since_when() {
        let (_folder, draft) = draft();
        let LockResult::Acquired(lock) = acquire(&draft, "2026-01-20 09:30") else { panic!("the first one") };
        let LockResult::Held(Some(owner)) = acquire(&draft, "2026-01-20 09:31") else {
            panic!("the second one")
        };
        assert_eq!((owner.pid, owner.since.as_str()), (std::process::id(), "2026-01-20 09:30"));
        assert_eq!(owner.sentence("2026-01-20 09:31"), "您在另一个窗口已打开（09:30起）");
        assert_eq!(owner.sentence("2026-01-21 09:31"), "您在另一个窗口已打开（2026-01-20 09:30起）");
        let other = LockOwner { user: "李四".into(), ..owner };
        assert!(other.sentence("2026-01-20 09:31").starts_with("李四在"), "somebody else");
        lock.release();
        assert!(matches!(acquire(&draft, "2026-01-20 09:32"), LockResult::Acquired(_)), "the next one");
    }

    #[test]
    fn the_lock_of_a_process_that_ended_blocks_nobody() {
        let (_folder, draft) = draft();
        let LockResult::Acquired(lock) = acquire(&draft, "2026-01-20 09:30") else { panic!() };
        drop(lock);
        assert!(
            matches!(acquire(&draft, "2026-01-21 09:30"), LockResult::Acquired(_)),
            "no process holds it"
        );
    }

    #[test]
    fn of_a_longer_line_that_was_left_nothing_stays() {
        let (_folder, draft) = draft();
        fs::write(lock_path(&draft), "user=somebody\thost=h\tpid=1\tsince=long ago\n".repeat(9)).unwrap();
        let LockResult::Acquired(_lock) = acquire(&draft, "now") else { panic!("no process holds it") };
        let text = fs::read_to_string(lock_path(&draft)).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.ends_with("since=now\n"), "{text}");
    }

    #[test]
    fn where_no_lock_can_be_made_it_says_so_and_goes_on() {
        let gone = Path::new("/没有这个文件夹/报告.ron");
        let LockResult::Unsupported(reason, _) = acquire(gone, "now") else { panic!() };
        assert!(reason.contains("不能建立锁文件"), "{reason}");
        let (folder, draft) = draft();
        fs::create_dir(lock_path(&draft)).unwrap();
        assert!(matches!(acquire(&draft, "now"), LockResult::Unsupported(..)));
        drop(folder);
    }
}
