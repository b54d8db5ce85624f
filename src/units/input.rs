//! A draft to read: a file, or the standard input.

use std::io::Read;
use std::path::Path;

use crate::form::Library;
use crate::store::{self, Fault, Loaded, StoreError};

/// What the standard input is called in messages.
pub const STANDARD_INPUT: &str = "标准输入";

/// Reads a draft from a file, or from the standard input for `-`.
///
/// # Errors
/// Returns an error if it cannot be read, or is no draft.
pub fn load_input(path: &Path, library: &Library) -> Result<Loaded, StoreError> {
    if !is_standard_stream(path) {
        return store::load(path, library);
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(store::LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| StoreError {
        file: STANDARD_INPUT.into(),
        at: None,
        fault: Fault::System(error.kind()),
        message: format!("打开失败：{}", store::system_message(&error)),
    })?;
    store::parse(STANDARD_INPUT, &bytes, library)
}

/// Returns whether a path stands for the standard stream.
pub fn is_standard_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}
