//! Older Word files and rich text made to do harm: read or refused in a sentence, within bounds.

use std::io::{Cursor, Write};
use std::path::Path;

use super::program::{LIMIT, MEMORY, import};

/// A file of one text in so many pieces, with what its header says of the length.
fn word_file(text: &[u16], pieces: usize, length: u32, beside: &[(usize, Vec<u8>)]) -> Vec<u8> {
    let mut main = vec![0u8; 0x600];
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &[0xec, 0xa5, 0xc1, 0]);
    put(0x4c, &length.to_le_bytes());
    put(0x54, &length.to_le_bytes());
    let mut table = vec![2];
    table.extend((4 + 12 * pieces as u32).to_le_bytes());
    let step = (text.len() / pieces.max(1)) as u32;
    for at in 0..=pieces as u32 {
        table.extend((at * step).to_le_bytes());
    }
    for at in 0..pieces as u32 {
        table.extend([0, 0]);
        table.extend((0x600 + 2 * at * step).to_le_bytes());
        table.extend([0, 0]);
    }
    let mut parts = vec![(33, 0, table.len())];
    for (number, bytes) in beside {
        parts.push((*number, table.len(), bytes.len()));
        table.extend(bytes);
    }
    for (number, start, length) in parts {
        put(0x9a + 8 * number, &(start as u32).to_le_bytes());
        put(0x9e + 8 * number, &(length as u32).to_le_bytes());
    }
    main.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument").unwrap().write_all(&main).unwrap();
    file.create_stream("/0Table").unwrap().write_all(&table).unwrap();
    file.into_inner().into_inner()
}

fn repeated(units: &[u16], count: usize) -> Vec<u16> {
    units.iter().copied().cycle().take(count).collect()
}

#[test]
fn older_word_files_made_to_do_harm_end_in_bounds() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-word");
    std::fs::create_dir_all(&folder).unwrap();
    let many = 400_000;
    let plain = |text: Vec<u16>| word_file(&text, 1, text.len() as u32, &[]);
    // The same stretch of the text as a header again and again.
    let headers: Vec<u8> = (0..200_000u32).flat_map(|at| (at % 2 * 100_000).to_le_bytes()).collect();
    let page_again: Vec<u8> = (0..500_000u32).flat_map(|_| 3u32.to_le_bytes()).collect();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("fields.doc", plain(repeated(&[0x13], many))),
        ("results.doc", plain(repeated(&[0x13, 0x14], many))),
        ("marks.doc", plain(repeated(&[0x0d], many))),
        ("cells.doc", plain(repeated(&[0x07], many))),
        ("lines.doc", plain(repeated(&[0x0b, 0x7532], many))),
        ("long.doc", word_file(&[0x7532], 1, u32::MAX, &[])),
        ("pieces.doc", word_file(&repeated(&[0x7532], many), many / 2, many as u32, &[])),
        ("headers.doc", word_file(&repeated(&[0x7532], 100_000), 1, 100_000, &[(11, headers)])),
        ("pages.doc", word_file(&repeated(&[0x7532], many), 1, many as u32, &[(12, page_again)])),
        ("deep.rtf", format!("{{\\rtf1{}", "{".repeat(2_000_000)).into_bytes()),
        ("cells.rtf", format!("{{\\rtf1\\intbl{}", "\\cell".repeat(1_000_000)).into_bytes()),
        ("edges.rtf", format!("{{\\rtf1{}\\intbl a\\cell\\row", "\\cellx1".repeat(1_000_000)).into_bytes()),
        (
            "nested.rtf",
            format!("{{\\rtf1\\intbl{}", "\\itap24 a\\nestcell\\itap1 b\\cell".repeat(100_000)).into_bytes(),
        ),
        ("bytes.rtf", format!("{{\\rtf1 {}", "a".repeat(20 << 20)).into_bytes()),
        (
            "deep.fodt",
            format!("<office:document><office:text>{}", "<text:span>".repeat(500_000)).into_bytes(),
        ),
        (
            "cells.fods",
            format!(
                "<office:document><office:spreadsheet><table:table>{}",
                "<table:table-row><table:table-cell table:number-columns-repeated=\"64\"><text:p>1</text:p>\
                 </table:table-cell></table:table-row>"
                    .repeat(100_000)
            )
            .into_bytes(),
        ),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let (code, words, time, memory) = import(&path);
        assert!(code == 2 && words.contains('请'), "{name}: {code} {words}");
        assert!(time < LIMIT, "{name} took {time:?}");
        assert!(memory < MEMORY, "{name} took {memory} kB");
        println!("{name}: {} ms, {} MB: {}", time.as_millis(), memory >> 10, words.trim());
    }
}
