//! What a file has beside its bytes: mode, owner, extended attributes, access lists.

use std::fs::File;
use std::path::Path;

use crate::store::disk::LostAttributes;

const ACCESS_LIST: &str = "访问控制列表";

/// Returns whether this user may write into the file.
pub fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

/// Copies the attributes of the old file to the new one, unless it has them already.
pub fn copy_attributes(from: &Path, to: &File) -> LostAttributes {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let mut lost = LostAttributes::default();
    let (Ok(old), Ok(now)) = (std::fs::metadata(from), to.metadata()) else {
        // The new file is its writer's alone.
        lost.names.push("权限");
        return lost;
    };
    let mut mode = old.mode() & 0o7777;
    if now.gid() != old.gid() && fchown(to, None, Some(old.gid())).is_err() {
        // Who was in the old group is among the others now, and some of the others are in the new one.
        let both = mode & (mode >> 3) & 0o007;
        mode = (mode & !0o2077) | (both << 3) | both;
        lost.names.push("属组");
    }
    if now.uid() != old.uid() && fchown(to, Some(old.uid()), None).is_err() {
        mode &= !0o4000;
        lost.names.push("属主");
    }
    let before = lost.names.len();
    lost.names.extend(copy_extended(from, to));
    if lost.names.iter().skip(before).any(|what| *what == ACCESS_LIST) {
        // With an access list, the group's bits are the most that anybody named in it may do.
        mode &= !0o070;
    }
    // Last, because changing the owner takes the set-id bits away and an access list sets the group's.
    let has = |file: &File| file.metadata().map_or(0o7777, |about| about.mode() & 0o7777);
    if has(to) != mode {
        let _ = to.set_permissions(std::fs::Permissions::from_mode(mode));
    }
    // Checked again: some network drives report success and do nothing.
    let now = has(to);
    if (now ^ mode) & 0o777 != 0 {
        lost.names.push("权限");
    }
    lost.more_readable = now & !mode & 0o066 != 0;
    lost
}

/// Copies the extended attributes, of which an access list is one.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn copy_extended(old_path: &Path, new: &File) -> Vec<&'static str> {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr, getxattr, listxattr};
    use rustix::io::Errno;
    const ACCESS: &[u8] = b"system.posix_acl_access";
    // An attribute is at most 64 KB on Linux; a file system without any answers with an error.
    let names = |list: &[u8]| -> Vec<Vec<u8>> {
        list.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect()
    };
    let mut list = vec![0; 64 * 1024];
    let old = listxattr(old_path, &mut list[..]).map(|length| names(list.get(..length).unwrap_or_default()));
    let old = match old {
        Ok(old) => old,
        // This file system has none, or there is no such file.
        Err(Errno::NOTSUP | Errno::NOSYS | Errno::NOENT) => return Vec::new(),
        Err(_) => return vec!["扩展属性"],
    };
    let now = flistxattr(new, &mut list[..]).map(|length| names(list.get(..length).unwrap_or_default()));
    let now = now.unwrap_or_default();
    let mut lost = Vec::new();
    // A folder may give new files an access list that the old one does not have.
    for name in now.iter().filter(|name| name.as_slice() == ACCESS && !old.contains(name)) {
        if fremovexattr(new, name.as_slice()).is_err() {
            lost.push(ACCESS_LIST);
        }
    }
    let mut value = vec![0; 64 * 1024];
    let mut known = vec![0; 64 * 1024];
    for name in &old {
        let name = name.as_slice();
        let set = getxattr(old_path, name, &mut value[..]).and_then(|length| {
            let value = value.get(..length).unwrap_or_default();
            let same = fgetxattr(new, name, &mut known[..]).is_ok_and(|n| known.get(..n) == Some(value));
            if same { Ok(()) } else { fsetxattr(new, name, value, XattrFlags::empty()) }
        });
        // Labels of the system's own (security., trusted.) are for the system to give.
        let matters = name.starts_with(b"user.") || name.starts_with(b"system.");
        if set.is_err() && matters {
            lost.push(if name.starts_with(b"system.") { ACCESS_LIST } else { "扩展属性" });
        }
    }
    lost.dedup();
    lost
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn copy_extended(_: &Path, _: &File) -> Vec<&'static str> {
    Vec::new()
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_new_file_that_more_people_can_read_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("old");
        fs::write(&old, "x").unwrap();
        // Everybody may read this one, and no process may change that.
        let new = File::open("/proc/self/status").unwrap();
        for (mode, wider, what) in [(0o600, true, true), (0o640, true, true), (0o444, false, false)] {
            fs::set_permissions(&old, fs::Permissions::from_mode(mode)).unwrap();
            let lost = copy_attributes(&old, &new);
            assert_eq!(
                (lost.more_readable, lost.names.contains(&"权限")),
                (wider, what),
                "{mode:o} {lost:?}"
            );
        }
    }
}
