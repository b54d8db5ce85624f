//! Unpacks streams within bounds and to their end: one that breaks off is damage.

use flate2::{Decompress, FlushDecompress, Status};

use super::super::super::ImportError;

/// What is said of a file that is damaged.
pub const BROKEN: ImportError = ImportError::Broken("这个 PDF 文件");

/// What is said of a file that unpacks to more than any report.
pub const TOO_LARGE: ImportError = ImportError::TooLarge("PDF 的内容解开后太大");

/// Unpacks a deflated stream. Its checksum is not asked: programs that encrypt write wrong ones.
///
/// # Errors
/// Returns an error if it breaks off or unpacks to more than `limit` bytes.
pub fn inflate(packed: &[u8], limit: usize) -> Result<Vec<u8>, ImportError> {
    if packed.is_empty() {
        return Ok(Vec::new());
    }
    // Two bytes say how it was packed.
    let packed = packed.get(2..).ok_or(BROKEN)?;
    let mut stream = Decompress::new(false);
    let mut content: Vec<u8> = Vec::with_capacity(packed.len().saturating_mul(4).clamp(1 << 10, 1 << 20));
    loop {
        let consumed = usize::try_from(stream.total_in()).map_err(|_| BROKEN)?;
        let (before, rest) = (content.len(), packed.get(consumed..).unwrap_or_default());
        let status = stream.decompress_vec(rest, &mut content, FlushDecompress::None).map_err(|_| BROKEN)?;
        if content.len() > limit {
            return Err(TOO_LARGE);
        }
        let stuck = content.len() == before && usize::try_from(stream.total_in()) == Ok(consumed);
        match status {
            Status::StreamEnd => return Ok(content),
            _ if content.len() == content.capacity() => content.reserve(content.len().max(1 << 10)),
            _ if stuck => return Err(BROKEN),
            _ => {}
        }
    }
}
