//! The host's name and the user.

use super::platform;

/// Returns the name of this machine, or `localhost` if it has none.
pub fn host_name() -> String {
    let name = platform::machine_name();
    if name.is_empty() { "localhost".into() } else { name }
}

/// Returns the name of the user as the session has it, else the number.
pub fn user_name() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.is_empty()).unwrap_or_else(platform::user_id)
}
