//! What a file has beside its bytes: mode, owner, extended attributes, access lists.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Whether this user may write into the file. A rename asks only for the folder, and would put a new
/// file over one that was made read-only on purpose.
#[cfg(unix)]
pub fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
pub fn may_write(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| !about.permissions().readonly())
}

/// Opens for the owner alone.
#[cfg(unix)]
pub fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
pub fn private(_: &mut OpenOptions) {}

/// How many names the file has.
#[cfg(unix)]
pub fn links(about: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    about.nlink()
}

#[cfg(not(unix))]
pub fn links(_: &Metadata) -> u64 {
    1
}

/// Gives the new file what the old one has; tells what the system would not give it.
///
/// # Errors
/// The mode cannot be set: a draft must not become readable to more people than it was.
#[cfg(unix)]
pub fn carry(old_path: &Path, old: &Metadata, new: &File) -> io::Result<Vec<&'static str>> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let mut lost = Vec::new();
    let now = new.metadata()?;
    let mut mode = old.mode() & 0o7777;
    // Owner first: changing it takes the set-id bits away.
    if now.gid() != old.gid() && std::os::unix::fs::fchown(new, None, Some(old.gid())).is_err() {
        // The group's rights were meant for another group.
        mode = (mode & !0o2070) | ((mode & 0o007) << 3);
        lost.push("属组");
    }
    if now.uid() != old.uid() && std::os::unix::fs::fchown(new, Some(old.uid()), None).is_err() {
        mode &= !0o4000;
        lost.push("属主");
    }
    new.set_permissions(std::fs::Permissions::from_mode(mode))?;
    lost.extend(extended(old_path, new));
    Ok(lost)
}

#[cfg(not(unix))]
pub fn carry(_: &Path, old: &Metadata, new: &File) -> io::Result<Vec<&'static str>> {
    new.set_permissions(old.permissions())?;
    Ok(Vec::new())
}

/// Copies the extended attributes, of which an access list is one.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn extended(old_path: &Path, new: &File) -> Vec<&'static str> {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr, getxattr, listxattr};
    const ACCESS: &[u8] = b"system.posix_acl_access";
    // An attribute is at most 64 KB on Linux; a file system without any answers with an error.
    let names = |list: &[u8]| -> Vec<Vec<u8>> {
        list.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect()
    };
    let mut list = vec![0; 64 * 1024];
    let old = listxattr(old_path, &mut list[..]).map(|length| names(list.get(..length).unwrap_or_default()));
    let Ok(old) = old else { return Vec::new() };
    let now = flistxattr(new, &mut list[..]).map(|length| names(list.get(..length).unwrap_or_default()));
    let now = now.unwrap_or_default();
    let mut lost = Vec::new();
    // A folder may give new files an access list that the old one does not have.
    for name in now.iter().filter(|name| name.as_slice() == ACCESS && !old.contains(name)) {
        if fremovexattr(new, name.as_slice()).is_err() {
            lost.push("访问控制列表");
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
            lost.push(if name.starts_with(b"system.") { "访问控制列表" } else { "扩展属性" });
        }
    }
    lost.dedup();
    lost
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))))]
fn extended(_: &Path, _: &File) -> Vec<&'static str> {
    Vec::new()
}
