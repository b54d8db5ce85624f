//! The hash of file contents and names.

/// Returns the XXH3 hash of some bytes, the same on every machine and in every version.
pub fn hash(bytes: &[u8]) -> u64 {
    twox_hash::XxHash3_64::oneshot(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_same_on_every_machine() {
        assert_eq!(hash(b""), 0x2d06_8005_38d3_94c2);
    }
}
