//! The file beside an open draft that says who has it open: `.DRAFT.ron.lock`.
//!
//! The lock is advisory: it asks before two people write over each other, and never stands in the
//! way of saving. The kernel drops it when the process ends, so a stale one cannot lock anybody out;
//! the line in it only says who it was. The file itself stays: removing it would let two processes
//! hold locks on two files of one name.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::disk::TryLock;
use super::error::system_message;
use super::{atomic, host, platform};

/// Who has a draft open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockOwner {
    /// The user's name.
    pub user: String,
    /// The machine.
    pub host: String,
    /// The process on that machine.
    pub pid: u32,
    /// Since when, `2026-01-20 09:30`.
    pub since: String,
}

impl LockOwner {
    /// Returns who has the draft open and since when, as a sentence: whether it is this user at this machine.
    /// `now` is the current time, as `since` was written.
    pub fn sentence(&self, now: &str) -> String {
        let since = match (self.since.split_once(' '), now.split_once(' ')) {
            (Some((day, time)), Some((today, _))) if day == today => time,
            _ => &self.since,
        };
        if self.user == host::user_name() && self.host == host::host_name() {
            format!("您在另一个窗口已打开（{since}起）")
        } else {
            format!("{}在{}上已打开（{since}起）", self.user, self.host)
        }
    }
}

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

fn is_elsewhere_or_alive(owner: &LockOwner) -> bool {
    owner.host != host::host_name()
        || (owner.pid != std::process::id() && platform::is_alive(owner.pid) != Some(false))
}

fn write_owner(file: &mut File, owner: &LockOwner) -> io::Result<()> {
    let plain = |text: &str| text.replace(|c: char| c.is_control(), "?");
    let LockOwner { user, host, pid, since } = owner;
    let line = format!("user={}\thost={}\tpid={pid}\tsince={}\n", plain(user), plain(host), plain(since));
    file.rewind()?;
    file.write_all(line.as_bytes())?;
    // Freeing its block and allocating it again is the slowest step of a start; the line is mostly as long
    // as the one it replaces.
    let length = line.len() as u64;
    if file.metadata()?.len() > length { file.set_len(length) } else { Ok(()) }
}

/// Returns the owner that the file names, or `None` if it is empty or holds something else.
fn read_owner(file: &mut File) -> Option<LockOwner> {
    let mut bytes = Vec::new();
    file.rewind().ok()?;
    file.take(4096).read_to_end(&mut bytes).ok()?;
    parse_owner(&String::from_utf8_lossy(&bytes))
}

fn parse_owner(text: &str) -> Option<LockOwner> {
    let line = text.lines().next()?;
    let part = |name: &str| {
        line.split('\t').find_map(|part| part.strip_prefix(name)?.strip_prefix('=')).map(String::from)
    };
    Some(LockOwner {
        user: part("user")?,
        host: part("host")?,
        pid: part("pid")?.parse().ok()?,
        since: part("since")?,
    })
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

    #[test]
    fn any_bytes_in_a_lock_file_are_read_without_trouble() {
        for text in ["", "user=甲", "user=a\thost=b\tpid=x\tsince=c", "\u{0}\u{ff}", "pid=1"] {
            assert_eq!(parse_owner(text), None, "{text}");
        }
    }
}
