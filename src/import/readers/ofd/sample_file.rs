//! OFD files written by hand, for the tests of this crate and of the program.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

/// Returns an archive.
pub fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub const ROOT: &str = "<ofd:OFD xmlns:ofd=\"o\"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
pub const DOCUMENT: &str = "<ofd:Document xmlns:ofd=\"o\"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297\
    </ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>\
    </ofd:Pages></ofd:Document>";
pub const PAGE: &str = "Doc_0/Pages/Page_0/Content.xml";

/// Returns an OFD of one page with some objects.
pub fn one_page(objects: &str) -> Vec<u8> {
    zipped(&[("OFD.xml", ROOT), ("Doc_0/Document.xml", DOCUMENT), (PAGE, &page(objects))])
}

/// Returns the content of a page with some objects.
pub fn page(objects: &str) -> String {
    format!(
        "<ofd:Page xmlns:ofd=\"o\"><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )
}

/// Returns a text object at a place in millimetres, with its attributes.
pub fn text(x: f32, y: f32, attributes: &str, text: &str) -> String {
    format!(
        "<ofd:TextObject Boundary=\"{x} {y} 60 6\" Size=\"4\" {attributes}><ofd:TextCode X=\"0\" Y=\"4\">{text}</ofd:TextCode></ofd:TextObject>"
    )
}

/// Returns the objects of a table with walls, its cells 30 millimetres wide and 8 high.
pub fn table(rows: &[&[&str]]) -> String {
    let mut objects = String::new();
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let (width, height) = (30 * columns, 8 * rows.len());
    let mut wall = |from: (usize, usize), to: (usize, usize)| {
        let (x, y) = (20 + from.0, 30 + from.1);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        writeln!(
            objects,
            "<ofd:PathObject Boundary=\"{x} {y} {dx} {dy}\" LineWidth=\"0.2\"><ofd:AbbreviatedData>M 0 0 L {dx} {dy}</ofd:AbbreviatedData></ofd:PathObject>"
        )
        .unwrap();
    };
    for row in 0..=rows.len() {
        wall((0, 8 * row), (width, 8 * row));
    }
    for column in 0..=columns {
        wall((30 * column, 0), (30 * column, height));
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            objects.push_str(&text(22.0 + 30.0 * column as f32, 31.0 + 8.0 * row as f32, "", cell));
        }
    }
    objects
}
