//! Files that were made to do harm are refused in a sentence, or read at the cost of what they hold.

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::program::{LIMIT, MEMORY, import};

pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn word(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", xml.as_bytes())])
}

pub fn workbook(sheet: &str) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, id: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zipped(&[
        ("_rels/.rels", relation("officeDocument", "r", "xl/workbook.xml").as_bytes()),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns:r=\"{office}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>")
                .as_bytes(),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "s", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet>{sheet}</worksheet>").as_bytes()),
    ])
}

/// An old workbook with one number in its first and one in its last place.
fn old_workbook() -> Vec<u8> {
    let mut stream = vec![0x09, 0x08, 0x08, 0x00, 0x00, 0x06, 0x10, 0x00, 0, 0, 0, 0];
    for (row, column) in [(0u16, 0u16), (u16::MAX, 255)] {
        stream.extend([0x03, 0x02, 14, 0]);
        stream.extend(row.to_le_bytes().into_iter().chain(column.to_le_bytes()).chain([0; 10]));
    }
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}

/// How every refusal ends.
const REFUSED: &str = "没有读入。";

/// Rows that no packing makes small enough to look like a bomb.
fn numbered(count: usize, row: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, at| {
        all.push_str(&row(at.wrapping_mul(2_654_435_761) & 0xffff_ffff));
        all
    })
}

#[test]
fn files_made_to_do_harm_are_refused_in_a_sentence_in_bounds() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-imports");
    std::fs::create_dir_all(&folder).unwrap();
    let million = 1_000_000;
    let files: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bomb.docx", zipped(&[("word/document.xml", &vec![b' '; 40 << 20])]), REFUSED),
        ("deep.docx", word(&"<w:tbl><w:tr><w:tc>".repeat(100_000)), REFUSED),
        ("rows.docx", word(&format!("<w:tbl>{}", "<w:tr/>".repeat(million))), REFUSED),
        (
            "numbered.docx",
            word(&format!("<w:tbl>{}", numbered(400_000, |at| format!("<w:tr w:x=\"{at}\"/>")))),
            REFUSED,
        ),
        (
            "rows.xlsx",
            workbook(&format!("<sheetData>{}</sheetData>", "<row/>".repeat(million))),
            "没有可以读的文字",
        ),
        (
            "far.xlsx",
            workbook(
                "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                 <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>",
            ),
            "没有认出年度报告",
        ),
        ("far.xls", old_workbook(), REFUSED),
        ("deep.html", "<table><tr><td>".repeat(500_000).into_bytes(), REFUSED),
        ("rows.html", format!("<table>{}", "<tr></tr>\n".repeat(million)).into_bytes(), REFUSED),
        (
            "spans.html",
            format!("<table>{}", "<tr><td rowspan=1000 colspan=64>甲".repeat(20_000)).into_bytes(),
            "读",
        ),
        ("rows.csv", ",,,\n".repeat(million).into_bytes(), REFUSED),
        ("rows.txt", "\t\t\t\n".repeat(million).into_bytes(), REFUSED),
        ("rows.md", "| | |\n".repeat(million).into_bytes(), REFUSED),
        ("lines.txt", "（一）予以公开 1 0 0 0 0 0 1\n".repeat(29_000).into_bytes(), "没有认出年度报告"),
        ("headings.txt", "一、总体情况\n".repeat(29_000).into_bytes(), "已读入"),
    ];
    let mut report = String::new();
    for (name, bytes, expected) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let (code, words, time, memory) = import(&path);
        writeln!(report, "{name}: {} ms, {} MB", time.as_millis(), memory >> 10).unwrap();
        assert!(words.contains(expected), "{name}: {code} {words}");
        assert!(words.lines().count() <= 2, "{name}: {words}");
        assert!(time < LIMIT, "{name} took {time:?}");
        assert!(memory < MEMORY, "{name} took {memory} kB");
    }
    println!("{report}");
}
