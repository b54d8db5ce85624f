//! Who holds the lock of a draft, as its file says.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

use super::{host, platform};

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

pub(super) fn is_elsewhere_or_alive(owner: &LockOwner) -> bool {
    owner.host != host::host_name()
        || (owner.pid != std::process::id() && platform::is_alive(owner.pid) != Some(false))
}

pub(super) fn write_owner(file: &mut File, owner: &LockOwner) -> io::Result<()> {
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
pub(super) fn read_owner(file: &mut File) -> Option<LockOwner> {
    let mut bytes = Vec::new();
    file.rewind().ok()?;
    file.take(4096).read_to_end(&mut bytes).ok()?;
    parse_owner(&String::from_utf8_lossy(&bytes))
}

pub(super) fn parse_owner(text: &str) -> Option<LockOwner> {
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

    #[test]
    fn any_bytes_in_a_lock_file_are_read_without_trouble() {
        for text in ["", "user=甲", "user=a\thost=b\tpid=x\tsince=c", "\u{0}\u{ff}", "pid=1"] {
            assert_eq!(parse_owner(text), None, "{text}");
        }
    }
}
