//! File names as text and back, whatever bytes they hold: old systems have names in GBK.

use std::path::{Path, PathBuf};

use super::platform;

/// Returns a path as one line of UTF-8: `%` and what is not printable UTF-8 are as `%XX`.
pub fn path_to_text(path: &Path) -> String {
    let mut out = String::new();
    let escape = |out: &mut String, bytes: &[u8]| {
        for byte in bytes {
            out.push_str(&format!("%{byte:02X}"));
        }
    };
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            if c == '%' || c.is_control() {
                escape(&mut out, c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                out.push(c);
            }
        }
        escape(&mut out, chunk.invalid());
    }
    out
}

/// Returns the path that a text stands for. A `%` that does not begin an escape is kept.
pub fn path_from_text(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    platform::path_from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_path_of_text_survives(name in "(.|[\n%]){0,40}") {
            let path = PathBuf::from(name);
            let text = path_to_text(&path);
            prop_assert!(!text.chars().any(char::is_control));
            prop_assert_eq!(path_from_text(&text), path);
        }
    }
}
