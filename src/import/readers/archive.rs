//! Zip archives opened within bounds: a bomb is refused before it unfolds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::{ImportError, encoding, limits};

/// An archive in memory.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Returns an error if the bytes are not an archive, or if it has more entries than any document.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        limits::check_file_size(bytes.len())?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ImportError::Broken("这个文件"))?;
        if zip.len() > limits::ENTRIES {
            return Err(ImportError::TooLarge("压缩包里的文件太多"));
        }
        Ok(Archive { zip })
    }

    /// Returns whether the archive has an entry of that name.
    pub fn contains(&self, name: &str) -> bool {
        self.zip.file_names().flatten().any(|entry| entry == name)
    }

    /// Returns the names of its entries in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().flatten().map(|name| name.to_string()).collect();
        names.sort_unstable();
        names
    }

    /// Returns one entry unpacked as text, or `None` if there is no such entry.
    ///
    /// # Errors
    /// Returns an error if the entry is broken or unpacks to more than any report.
    pub fn read_text(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        if !self.contains(name) {
            return Ok(None);
        }
        let bytes = unpack(self.zip.by_name(name).map_err(|_| ImportError::Broken("这个文件"))?)?;
        Ok(Some(encoding::decode(&bytes)))
    }

    /// Unpacks every XML entry once and discards it, to make sure that another reader may.
    ///
    /// # Errors
    /// Returns an error if an entry is broken or all of them unpack to more than any report.
    pub fn check_sizes(&mut self) -> Result<(), ImportError> {
        let mut total = 0;
        for at in 0..self.zip.len() {
            let entry = self.zip.by_index(at).map_err(|_| ImportError::Broken("这个文件"))?;
            let name = entry.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
            if [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending)) {
                total += unpack(entry)?.len() as u64;
            }
            if total > limits::TEXT {
                return Err(ImportError::TooLarge("文件解开后超过 24 MB"));
            }
        }
        Ok(())
    }
}

fn unpack<R: Read>(entry: zip::read::ZipFile<'_, R>) -> Result<Vec<u8>, ImportError> {
    let packed = entry.compressed_size().max(1);
    let allowed = limits::TEXT.min((packed.saturating_mul(limits::RATIO)).max(limits::RATIO_FROM));
    let mut bytes = Vec::new();
    // The sizes an archive states can lie: what comes out is counted.
    entry.take(allowed + 1).read_to_end(&mut bytes).map_err(|_| ImportError::Broken("这个文件"))?;
    if bytes.len() as u64 > allowed {
        return Err(ImportError::TooLarge("文件解开后大得不合常理"));
    }
    Ok(bytes)
}
