//! What a file is by its content, whatever its name says.

use super::read_source;
use crate::import::source::SourcePart;
use std::io::{Cursor, Write};

fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    let text = |part| match part {
        SourcePart::Paragraph { text, .. } | SourcePart::Aside { text, .. } => text,
        SourcePart::Picture { .. } => "picture".into(),
        SourcePart::Table(table) => {
            let row = |row: &crate::import::SourceRow| {
                row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join("|")
            };
            table.rows.iter().map(row).collect::<Vec<_>>().join("/")
        }
    };
    read_source(name, bytes).unwrap().parts.into_iter().map(text).collect()
}

fn compound(names: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for name in names {
        file.create_stream(name).unwrap().write_all(&[0xa5; 700]).unwrap();
    }
    file.into_inner().into_inner()
}

const BODY: &str = "<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>新收</w:t></w:r></w:p></w:tc>\
    <w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

#[test]
fn a_word_file_that_is_something_else_is_read_as_that() {
    let page = "<html><p>甲</p><table><tr><td>新收<td>5</table>";
    let mail = format!("MIME-Version: 1.0\nContent-Type: text/html; charset=\"utf-8\"\n\n{page}");
    let old = format!(
        "<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"w\"><w:styles><w:style w:styleId=\"h\"><w:rPr><w:vanish/>\
         </w:rPr></w:style></w:styles><w:body>{BODY}<w:sectPr><w:hdr><w:p><w:r><w:t>眉</w:t></w:r></w:p></w:hdr>\
         </w:sectPr></w:body></w:wordDocument>"
    );
    let flat = format!(
        "<pkg:package xmlns:pkg=\"p\"><pkg:part pkg:name=\"/word/document.xml\"><pkg:xmlData><w:document><w:body>{BODY}\
         </w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"
    );
    let rtf = "{\\rtf1 \\u30002?\\par\\trowd\\cellx1\\cellx900\\intbl\\u26032?\\u25910?\\cell 5\\cell\\row}";
    let odt = "<office:document><office:body><office:text><text:p>甲</text:p><table:table><table:table-row>\
        <table:table-cell><text:p>新<text:span>收</text:span></text:p></table:table-cell><table:table-cell><text:p>5</text:p>\
        </table:table-cell></table:table-row></table:table></office:text></office:body></office:document>";
    for (text, beside) in [(page, ""), (&mail, ""), (&old, "（页眉）眉"), (&flat, ""), (rtf, ""), (odt, "")]
    {
        for name in ["a.doc", "a.wps", "a.xls", ""] {
            let found = texts(name, text.as_bytes());
            assert_eq!(found[..2], ["甲", "新收|5"], "{name} {text}");
            assert_eq!(found.get(2).map_or("", String::as_str), beside, "{text}");
        }
    }
}

#[test]
fn what_is_older_locked_or_of_another_program_is_named() {
    let mut word_95 = compound(&[]);
    let mut file = cfb::CompoundFile::open(Cursor::new(&mut word_95)).unwrap();
    file.create_stream("/WordDocument").unwrap().write_all(&[0xdc, 0xa5, 0x68, 0, 0, 0, 0, 0]).unwrap();
    drop(file);
    let mut locked = compound(&[]);
    let mut file = cfb::CompoundFile::open(Cursor::new(&mut locked)).unwrap();
    let header = [&[0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 1][..], &[0; 900]].concat();
    file.create_stream("/WordDocument").unwrap().write_all(&header).unwrap();
    drop(file);
    let sheet = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
    for (bytes, expected) in [
        (&word_95[..], "Word 95"),
        (&[0xdb, 0xa5, 0x2d, 0, 0], "Word 95"),
        (&locked, "打开密码"),
        (&compound(&["/EncryptedPackage"]), "打开密码"),
        (&compound(&["/CONTENTS"]), "Works"),
        (&compound(&["/PowerPoint Document"]), "没有 Word 文档或 Excel 表格"),
        (sheet.as_bytes(), "另存为 .xlsx"),
    ] {
        for name in ["a.doc", "a.wps", "a.xls"] {
            let refused = read_source(name, bytes).unwrap_err().to_string();
            assert!(refused.contains(expected) && refused.contains("请"), "{name} {expected}: {refused}");
        }
    }
}

#[test]
fn what_an_open_document_hides_is_not_read() {
    let odt = "<office:document><office:automatic-styles><style:style style:name=\"T1\"><style:text-properties \
        text:display=\"none\"/></style:style></office:automatic-styles><office:body><office:text>\
        <text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:p>甲<text:s text:c=\"2\"/>乙\
        <text:span text:style-name=\"T1\">丙</text:span><text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>注</text:p></text:note-body></text:note>丁</text:p><text:p><draw:frame><draw:text-box>\
        <text:p>框</text:p></draw:text-box></draw:frame></text:p></office:text></office:body></office:document>";
    assert_eq!(texts("a.fodt", odt.as_bytes()), ["甲  乙丁", "（脚注）注", "（文本框）框"]);
    let ods = "<office:document><office:body><office:spreadsheet><table:table><table:table-row><table:table-cell>\
        <text:p>金额</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell \
        office:value-type=\"float\" office:value=\"1234.5\"><text:p>1,234.50</text:p></table:table-cell><table:table-cell \
        office:value=\"2.64\"><text:p>3</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"/>\
        </table:table-row><table:table-row table:number-rows-repeated=\"1048575\"/></table:table></office:spreadsheet>\
        </office:body></office:document>";
    assert_eq!(texts("a.fods", ods.as_bytes()), ["金额|||1,234.50|2.64"]);
}
