//! PDF files written by hand, for the tests of this crate and of the program.

use std::fmt::Write as _;

/// Returns a PDF of some objects, numbered from 1. The first is the catalog.
pub fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe4\xf6\xfc\xdf\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        file.extend(format!("{} 0 obj\n", at + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(table.bytes());
    let size = objects.len() + 1;
    file.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    file
}

/// Returns a stream that is not packed.
pub fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>stream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// Returns the PDF of one page: `page` stands in its dictionary, `resources` in that of its resources, and the
/// other objects are numbered from 5 on.
pub fn one_page(page: &str, resources: &str, content: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>{page}>>"
        )
        .into_bytes(),
        stream("", content),
    ];
    objects.extend(others.iter().cloned());
    pdf(&objects, "")
}

/// A font of one of the predefined maps, not in the file.
pub fn named_font(encoding: &str) -> Vec<u8> {
    format!(
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/{encoding}/DescendantFonts[<</Type/Font\
         /Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>\
         /DW 1000/W[1 95 500 814 908 500]>>]>>"
    )
    .into_bytes()
}

/// The resources with the object 5 as the font `F1`.
pub const FONT: &str = "/Font<</F1 5 0 R>>";

/// Returns a text as a string of UTF-16 codes.
pub fn utf16(text: &str) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<{codes}>")
}

/// Returns the content of a page: a table with walls, its cells from the left top on, in points; and lines of
/// text below, of [`named_font`] with UTF-16 codes.
pub fn table_content(rows: &[&[&str]], below: &[&str]) -> String {
    let (left, top, width, height) = (60.0, 780.0, 90.0, 24.0);
    let mut content = String::from("0.5 w\n");
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let (right, bottom) = (left + width * columns as f32, top - height * rows.len() as f32);
    for row in 0..=rows.len() {
        let y = top - height * row as f32;
        writeln!(content, "{left} {y} m {right} {y} l S").unwrap();
    }
    for column in 0..=columns {
        let x = left + width * column as f32;
        writeln!(content, "{x} {top} m {x} {bottom} l S").unwrap();
    }
    let mut show = |x: f32, y: f32, text: &str| {
        writeln!(content, "BT /F1 10 Tf {x} {y} Td {} Tj ET", utf16(text)).unwrap();
    };
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            show(left + width * column as f32 + 6.0, top - height * row as f32 - 16.0, cell);
        }
    }
    for (at, line) in below.iter().enumerate() {
        show(left, bottom - 30.0 - 18.0 * at as f32, line);
    }
    content
}
