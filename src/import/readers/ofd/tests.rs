//! Small OFD files of every kind, damaged ones among them.

use proptest::prelude::*;

use super::super::super::source::SourcePart;
use super::super::super::{ImportError, read_source};
use super::sample_file::{DOCUMENT, PAGE, ROOT, one_page, page, table, text, zipped};

fn read(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
    let read = read_source("a.ofd", bytes);
    assert!(!matches!(read, Err(ImportError::ReaderFailed)), "a panic");
    let source = read?;
    let mut shown = Vec::new();
    for part in &source.parts {
        match part {
            SourcePart::Table(table) => shown.extend(
                table
                    .rows
                    .iter()
                    .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|")),
            ),
            SourcePart::Paragraph { text, .. } | SourcePart::Aside { text, .. } => {
                shown.push(text.trim().into())
            }
            SourcePart::Picture { line } => shown.push(format!("[图{line}]")),
        }
    }
    Ok(shown)
}

const ROWS: [&[&str]; 2] = [&["行政许可", "412", ""], &["行政处罚", "37", "无"]];
const READ: [&str; 3] = ["行政许可|412|", "行政处罚|37|无", "做好A&B工作。"];

fn sample() -> String {
    table(&ROWS) + &text(20.0, 60.0, "", "做好A&amp;B工作。")
}

#[test]
fn a_table_and_a_line_are_read_where_they_stand() {
    assert_eq!(read(&one_page(&sample())).unwrap(), READ);
    assert_eq!(read_source("", &one_page(&sample())).unwrap().format.as_str(), "ofd");
}

#[test]
fn characters_stand_where_their_steps_put_them() {
    let steps = |attributes: &str, text: &str| {
        format!(
            "<ofd:TextObject Boundary=\"20 20 100 9\" CTM=\"2 0 0 2 0 0\" Size=\"2\"><ofd:TextCode X=\"1\" Y=\"2\" {attributes}>{text}</ofd:TextCode></ofd:TextObject>"
        )
    };
    assert_eq!(read(&one_page(&steps("DeltaX=\"g 3 2 10\"", "一二三四五"))).unwrap(), ["一二三四        五"]);
    assert_eq!(read(&one_page(&steps("DeltaY=\"g 2 5\"", "甲乙丙"))).unwrap(), ["甲", "乙", "丙"]);
}

#[test]
fn templates_and_careless_paths_are_read() {
    let document = DOCUMENT.replace(
        "</ofd:CommonData>",
        "<ofd:TemplatePage ID=\"7\" BaseLoc=\"Tpls\\Tpl_0\\Content.xml\"/></ofd:CommonData>",
    );
    let own = page(&text(20.0, 60.0, "", "做好A&amp;B工作。"))
        .replace("<ofd:Content>", "<ofd:Template TemplateID=\"7\"/><ofd:Content>");
    let file = zipped(&[
        ("ofd.XML", ROOT),
        ("Doc_0\\document.xml", &document),
        ("Doc_0/Tpls/Tpl_0/Content.xml", &page(&table(&ROWS))),
        (PAGE, &own),
    ]);
    assert_eq!(read(&file).unwrap(), READ);
}

#[test]
fn what_is_not_shown_is_not_read_and_a_picture_is_named() {
    let hidden = sample() + &text(70.0, 31.0, "Visible=\"false\"", "999");
    assert_eq!(read(&one_page(&hidden)).unwrap(), READ);
    let picture = "<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"5\"/>";
    let error = read(&one_page(picture)).unwrap_err().to_string();
    assert!(error.starts_with("这份 OFD 是扫描的图片"), "{error}");
}

#[test]
fn what_is_damaged_is_never_a_shorter_report() {
    let whole = page(&sample());
    for entries in [
        vec![("OFD.xml", ROOT)],
        vec![("OFD.xml", ROOT), ("Doc_0/Document.xml", DOCUMENT)],
        vec![("OFD.xml", ROOT), ("Doc_0/Document.xml", DOCUMENT), (PAGE, &whole[..whole.len() - 40])],
        vec![("OFD.xml", ROOT), ("Doc_0/Document.xml", &DOCUMENT[..DOCUMENT.len() - 40]), (PAGE, &whole)],
    ] {
        assert!(matches!(read(&zipped(&entries)), Err(ImportError::Broken(_))), "{entries:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_damage_panics(cut in 0..4_000usize, flips in proptest::collection::vec((0..4_000usize, any::<u8>()), 0..6)) {
        let mut bytes = one_page(&sample());
        let mut content = page(&sample()).into_bytes();
        for (at, byte) in flips {
            for bytes in [&mut bytes, &mut content] {
                if let Some(own) = bytes.get_mut(at) {
                    *own = byte;
                }
            }
        }
        let _ = read(&bytes);
        bytes.truncate(cut);
        let _ = read(&bytes);
        let content = String::from_utf8_lossy(&content);
        let _ = read(&zipped(&[("OFD.xml", ROOT), ("Doc_0/Document.xml", DOCUMENT), (PAGE, &content)]));
    }
}
