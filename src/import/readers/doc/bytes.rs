//! Little-endian numbers in a stream; what lies beyond its end is not there.

/// Returns the bytes from `at` on, as many as asked for.
pub fn slice(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// Returns a number of two bytes.
pub fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(slice(bytes, at, 2)?.try_into().ok()?))
}

/// Returns a number of four bytes.
pub fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(slice(bytes, at, 4)?.try_into().ok()?)).ok()
}
