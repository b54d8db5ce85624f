//! What the clerk has set from the screen, kept from one session to the next.

use super::{AppDirs, StoreError, atomic, dirs, read_file};

/// The longest file that is read, in bytes.
const LONGEST: u64 = 1024;
/// What the file says where the mouse is left to the terminal.
const OFF: &str = "off";

/// Returns `false` if the mouse was turned off. A file that cannot be read turns nothing off.
pub fn read_mouse(dirs: &AppDirs) -> bool {
    read_file(&dirs.mouse(), LONGEST).map_or(true, |bytes| String::from_utf8_lossy(&bytes).trim() != OFF)
}

/// Remembers whether the mouse is used.
///
/// # Errors
/// Returns an error if that cannot be written; it holds for this session only then.
pub fn write_mouse(app_dirs: &AppDirs, on: bool) -> Result<(), StoreError> {
    let file = app_dirs.mouse();
    if let Some(parent) = file.parent() {
        dirs::create_private_dir(parent)?;
    }
    atomic::remove_temporary_files(&file);
    atomic::write_file(&file, format!("{}\n", if on { "on" } else { OFF }).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mouse_stays_off_until_it_is_turned_on() {
        let folder = tempfile::tempdir().unwrap();
        let dirs = AppDirs::at(&folder.path().join("state"), &folder.path().join("config"));
        assert!(read_mouse(&dirs), "on at first");
        write_mouse(&dirs, false).unwrap();
        assert!(!read_mouse(&dirs));
        write_mouse(&dirs, true).unwrap();
        assert!(read_mouse(&dirs));
        std::fs::write(dirs.mouse(), b"\xff\xfe off").unwrap();
        assert!(read_mouse(&dirs), "a damaged file turns nothing off");
    }
}
