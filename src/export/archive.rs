//! What a zip archive says of the system that wrote it.

/// What an entry of the list at an archive's end begins with, and how long it is without names.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
/// What the end of that list begins with, and how long it is without a comment.
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
/// Where the end says at which byte the list begins.
const LIST_OFFSET: usize = 16;
/// Where an entry says on which system it was written, and how long its name, extra field and comment are.
const SYSTEM: usize = 5;
const LENGTHS: [usize; 3] = [28, 30, 32];
const UNIX: u8 = 3;

/// Lets all entries of an archive be written on Unix, as they say: the same draft is the same file on every
/// system. An archive without a comment, of less than four gigabytes, is expected; any other is left as it
/// is.
pub fn set_system_to_unix(archive: &mut [u8]) {
    let number = |archive: &[u8], at: usize| {
        archive
            .get(at..at + 2)
            .map(|bytes| bytes.iter().rev().fold(0, |sum, &byte| (sum << 8) | usize::from(byte)))
    };
    let Some(end) = archive.len().checked_sub(END_LENGTH) else { return };
    let offset = (number(archive, end + LIST_OFFSET), number(archive, end + LIST_OFFSET + 2));
    let (true, (Some(low), Some(high))) = (archive[end..].starts_with(END), offset) else { return };
    let mut at = (high << 16) | low;
    while archive.get(at..).is_some_and(|rest| rest.starts_with(ENTRY)) {
        let lengths = LENGTHS.map(|length| number(archive, at + length).unwrap_or(0));
        if let Some(system) = archive.get_mut(at + SYSTEM) {
            *system = UNIX;
        }
        at += ENTRY_LENGTH + lengths.iter().sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;
    use zip::{System, ZipArchive, ZipWriter};

    use super::*;

    #[test]
    fn an_archive_is_the_same_whatever_system_wrote_it() {
        let written = |system| {
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["甲.xml", "乙/丙.xml"] {
                archive.start_file(name, SimpleFileOptions::default().system(system)).unwrap();
                archive.write_all(&[b'x'; 70_000]).unwrap();
            }
            archive.finish().unwrap().into_inner()
        };
        let (unix, mut dos) = (written(System::Unix), written(System::Dos));
        assert_ne!(unix, dos);
        set_system_to_unix(&mut dos);
        assert_eq!(unix, dos);
        assert_eq!(ZipArchive::new(Cursor::new(dos)).unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_archive_is_left_as_it_is() {
        for bytes in
            [&b""[..], b"PK\x05\x06", &[0xff; 40], &[END, &[0xff; 18]].concat(), &[ENTRY, END].concat()]
        {
            let mut same = bytes.to_vec();
            set_system_to_unix(&mut same);
            assert_eq!(same, bytes);
        }
    }
}
