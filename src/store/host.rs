//! The host's name, the user, and which processes are alive.

/// Returns the name of this machine, or `localhost` if it has none.
pub fn host_name() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    if name.is_empty() { "localhost".into() } else { name }
}

/// Returns the name of the user as the session has it, else the number.
pub fn user_name() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.is_empty()).unwrap_or_else(user_id)
}

#[cfg(unix)]
fn user_id() -> String {
    rustix::process::getuid().as_raw().to_string()
}

#[cfg(not(unix))]
fn user_id() -> String {
    String::new()
}

/// Returns whether a process of this machine lives. One of another user counts as living.
#[cfg(unix)]
pub fn is_alive(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    pid.is_some_and(|pid| {
        !matches!(rustix::process::test_kill_process(pid), Err(error) if error == rustix::io::Errno::SRCH)
    })
}

#[cfg(not(unix))]
pub fn is_alive(_: u32) -> bool {
    true
}

/// Returns whether an open file is the one that this path leads to now.
#[cfg(unix)]
pub fn is_same_file(file: &std::fs::File, path: &std::path::Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |about: std::fs::Metadata| (about.dev(), about.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(there)) => place(open) == place(there),
        _ => false,
    }
}

#[cfg(not(unix))]
pub fn is_same_file(_: &std::fs::File, _: &std::path::Path) -> bool {
    true
}

/// Returns how many bytes this user may still write in a folder, or `None` if the system does not report
/// it.
#[cfg(unix)]
pub fn free_bytes(folder: &std::path::Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok()?;
    about.f_bavail.checked_mul(about.f_frsize)
}

#[cfg(not(unix))]
pub fn free_bytes(_: &std::path::Path) -> Option<u64> {
    None
}

/// Returns when a process of this machine began, in clock ticks since the machine started, with the
/// machine's start mixed in; `None` if the system does not report it.
#[cfg(target_os = "linux")]
pub fn process_start(pid: u32) -> Option<u64> {
    let about = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything; the start is the 20th item after it.
    let ticks: u64 = about.rsplit_once(')')?.1.split_ascii_whitespace().nth(19)?.parse().ok()?;
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    Some(ticks ^ super::hash::hash(boot.as_bytes()))
}

#[cfg(not(target_os = "linux"))]
pub fn process_start(_: u32) -> Option<u64> {
    None
}
