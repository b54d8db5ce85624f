//! Reading whole files: every file that is read goes through here, bounded, and never waits for a pipe.

use std::io;
use std::path::Path;

use super::disk::{Disk, FileStatus, SystemDisk};
use super::{Fault, StoreError};

/// Returns the bytes of a regular file, at most `limit` of them.
///
/// # Errors
/// Returns an error if there is no such file, if it is a folder, pipe, socket or device, if it has more
/// bytes, or if the system refuses.
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    read_with_status(path, limit).map(|(bytes, _)| bytes)
}

/// Returns the bytes of a regular file as [`read_file`] gives them, with what was known of the file then.
pub(super) fn read_with_status(path: &Path, limit: u64) -> Result<(Vec<u8>, FileStatus), StoreError> {
    SystemDisk.read(path, limit).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => {
            StoreError::new(path, Fault::NotAFile, "这不是一个普通文件，没有打开，请核对位置")
        }
        io::ErrorKind::FileTooLarge => {
            let message = format!("文件超过 {} MB，太大了，没有打开", limit / 1024 / 1024);
            StoreError::new(path, Fault::TooLarge, message)
        }
        _ => StoreError::system(path, "打开", &error),
    })
}
