//! What the readers make of small sources of every format, hostile ones among them.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::readers::docx;
use super::*;

/// Tables as rows of `text×rows×columns` (spans of 1 left out), paragraphs as themselves.
fn shown(source: &Source) -> Vec<String> {
    let cell = |cell: &SourceCell| match (cell.rows, cell.columns) {
        (1, 1) => cell.text.clone(),
        (rows, columns) => format!("{}×{rows}×{columns}", cell.text),
    };
    let mut shown = Vec::new();
    for part in &source.parts {
        match part {
            SourcePart::Paragraph { text, .. } => shown.push(text.clone()),
            SourcePart::Picture { .. } => shown.push("[图]".into()),
            SourcePart::Aside { text, .. } => shown.push(format!("[{text}]")),
            SourcePart::Table(table) => shown.extend(
                table.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|")),
            ),
        }
    }
    shown
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"m\"><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("word/document.xml", xml.as_bytes())])
}

fn html(page: &str) -> Vec<String> {
    shown(&read_source("a.html", page.as_bytes()).unwrap())
}

#[test]
fn a_page_is_read_with_merged_cells_and_split_labels() {
    let page = "<html><head><title>不读</title><style>td{}</style></head><body><h1>标&nbsp;题</h1>
        <p>甲<span>乙</span>\n <b>丙</b><br>丁</p>
        <table><tr><td rowspan=2><p>行<span>政</span></p><p>许可</p></td><td colspan='2'>1</td></tr>
        <tr><td>2<td>&nbsp;</table><script>var x='<table>'</script><img src=a>";
    assert_eq!(html(page), ["标 题", "甲乙 丙", "丁", "行政\n许可×2×1|1×1×2", "2|", "[图]"]);
}

#[test]
fn tables_that_only_lay_out_the_page_are_dissolved() {
    let page =
        "<table><tr><td>导航</td><td><table><tr><td>规章</td><td>3</td></tr></table></td></tr></table>";
    assert_eq!(html(page), ["导航", "规章|3"]);
    let long = "长".repeat(400);
    assert_eq!(html(&format!("<table><tr><td><p>一</p><p>{long}</p></td></tr></table>")), ["一", &long]);
}

#[test]
fn what_a_page_shows_in_fields_to_fill_in_is_read() {
    let page = "<table><tr><td>规章</td><td><input value=' 3 ' readonly></td><td><input type=hidden value=9>\
        <input type=\"text\" value=\"4\" style=\"display: none\"></td></tr></table>";
    assert_eq!(html(page), ["规章|3|"]);
}

#[test]
fn the_words_that_ask_to_fill_in_a_control_are_no_text() {
    let control = |asks: &str, text: &str| {
        format!(
            "<w:sdt><w:sdtPr>{asks}</w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    };
    let (asks, kept) = (control("<w:showingPlcHdr/>", "单击此处输入文字。"), control("", "甲"));
    let body = format!("<w:p>{asks}{kept}<w:r><w:t>乙</w:t></w:r></w:p>");
    assert_eq!(shown(&read_source("a.docx", &word(&body)).unwrap()), ["甲乙"]);
}

#[test]
fn preformatted_text_keeps_its_lines() {
    assert_eq!(html("<div><pre>甲\t1\n乙\t2\n</pre></div>"), ["甲|1", "乙|2"]);
}

#[test]
fn lines_of_a_page_are_counted() {
    let source = read_source("a.html", "<p>一</p>\n<p>二</p>\n\n<p>三".as_bytes()).unwrap();
    let lines: Vec<usize> = source
        .parts
        .iter()
        .map(|part| if let SourcePart::Paragraph { line, .. } = part { *line } else { 0 })
        .collect();
    assert_eq!(lines, [1, 2, 4]);
}

#[test]
fn a_word_file_is_read_without_deletions_and_codes() {
    let body = "<w:p><w:r><w:t>甲&amp;</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>\
        <w:r><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>\
        <w:p><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p>\
        </w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:t>框</w:t></w:pict></mc:Fallback>\
        </mc:AlternateContent><w:r><w:instrText>PAGE</w:instrText><w:t>丁</w:t></w:r></w:p>\
        <w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>";
    let source = read_source("a.docx", &word(body)).unwrap();
    assert_eq!(shown(&source), ["甲&乙\t丙", "丁", "[图]", "[（文本框）框]"], "a box once");
}

#[test]
fn merged_cells_of_word_become_spans() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let start = "<w:vMerge w:val=\"restart\"/>";
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
        cell(start, "组"),
        cell("<w:gridSpan w:val=\"2\"/>", "宽"),
        cell("<w:vMerge/>", ""),
        cell("", "1"),
        cell("", ""),
        cell("", "删去的行"),
    );
    assert_eq!(shown(&read_source("a.docx", &word(&body)).unwrap()), ["组×2×1|宽×1×2", "1|"]);
}

#[test]
fn a_workbook_is_read_cell_by_cell_with_its_merges() {
    let sheet = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>规章</t></is></c>\
        <c r=\"D2\"><v>13</v></c><c r=\"E2\"><v>96171.6</v></c></row>\
        <row r=\"9\"><c r=\"C9\"><v>1</v></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"B2:C2\"/></mergeCells></worksheet>";
    assert_eq!(shown(&read_source("a.xlsx", &workbook(sheet)).unwrap()), ["规章×1×2|13|96171.6", "|1"]);
}

fn workbook(sheet: &str) -> Vec<u8> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    zipped(&[
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{relations}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            )
            .as_bytes(),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{relations}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
            )
            .as_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"s\" Type=\"{relations}/worksheet\" \
                 Target=\"worksheets/sheet1.xml\"/></Relationships>"
            )
            .as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn archives_that_unfold_to_more_than_a_report_are_refused() {
    let bomb = zipped(&[("word/document.xml", &vec![b' '; 40 << 20])]);
    assert!(matches!(read_source("a.docx", &bomb), Err(ImportError::TooLarge(_))));
    let many: Vec<(String, &[u8])> = (0..5_000).map(|at| (format!("{at}"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    assert!(matches!(read_source("a.docx", &zipped(&many)), Err(ImportError::TooLarge(_))));
}

#[test]
fn a_sheet_that_claims_the_whole_grid_costs_only_what_it_holds() {
    let sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let source = read_source("a.xlsx", &workbook(sheet)).unwrap();
    let Some(SourcePart::Table(table)) = source.parts.first() else { panic!("a table") };
    assert!(table.rows.len() == 2 && table.rows[1].cells.len() < 100);
    let empty = "<row/>".repeat(200_000);
    let rows = format!("<worksheet><sheetData>{empty}</sheetData></worksheet>");
    assert!(read_source("a.xlsx", &workbook(&rows)).is_ok_and(|source| source.parts.is_empty()));
}

#[test]
fn deep_nesting_is_refused_or_read_but_never_slow() {
    let deep = "<w:sdt>".repeat(100_000);
    assert!(matches!(read_source("a.docx", &word(&deep)), Err(ImportError::TooLarge(_))));
    let tables = "<table><tr><td>".repeat(1_000);
    assert!(matches!(read_source("a.html", tables.as_bytes()), Err(ImportError::TooLarge(_))));
    assert_eq!(html(&format!("{}甲", "<div>".repeat(100_000))), ["甲"]);
    let wide = "<table><tr><td colspan=4000000000 rowspan=99999999999>甲".to_string();
    assert_eq!(html(&wide), ["甲×1000×64"]);
}

#[test]
fn what_cannot_be_read_says_what_to_do_instead() {
    for (name, bytes, expected) in [
        ("a.pdf", &b"%PDF-1.4"[..], "PDF"),
        ("a.xls", &[0xd0, 0xcf, 0x11, 0xe0, 1, 2], "重新下载"),
        ("a.docx", b"PK\x03\x04broken", "重新下载"),
    ] {
        let error = read_source(name, bytes).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

/// Pieces that reports are made of, in no order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("一、总体情况\n"),
        Just("三、收到和处理政府信息公开申请情况"),
        Just("四、政府信息公开行政复议、行政诉讼情况\n"),
        Just("（一）予以公开"),
        Just("4.无正当理由大量反复申请"),
        Just("结果维持 总计 行政复议"),
        Just("<table><tr><td rowspan=3 colspan=2>"),
        Just("</table><p>"),
        Just("<td>"),
        Just("<w:tbl><w:tr><w:tc>"),
        Just("<w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/></w:tcPr>"),
        Just("</w:tc></w:tr>"),
        Just("<w:p><w:r><w:t>"),
        Just("| 1 | 2 |\n|--|"),
        Just("\t"),
        Just("\n"),
        Just("00000007"),
        Just(" 1 2 3 4 5 6 21 "),
        Just("22（其中修订16件）"),
        Just("减4"),
        Just("- 5 -\n"),
        Just("2024年示例市某局政府信息公开工作年度报告\n"),
        Just("\"\t\"\""),
        Just("\u{202e}\u{0}𠀀é"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_mixture_of_pieces_of_a_report_panics(text in pieces(), name in "a\\.(html|txt|md|csv)") {
        let library = crate::form::Library::new();
        let read = import(&name, text.as_bytes(), "2026-01-20", &library);
        prop_assert!(!matches!(read, Err(ImportError::ReaderFailed)));
        let _ = docx::parts(&text);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), kind in 0..4usize) {
        let head: &[u8] = [&b""[..], b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0], b"<p>"][kind];
        let read = read_source("", &[head, &bytes].concat());
        prop_assert!(!matches!(read, Err(ImportError::ReaderFailed)));
        let _ = docx::parts(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn what_a_page_hides_or_strikes_out_is_not_read() {
    let page = "<table><tr><td>新收<td>5<del>6</del><td>7<s>1</s><td>8<sup>2</sup><td hidden>9
        <td><span style='Display: NONE'>3</span>4<td style='display:none'>1<td>0</table>
        <div style='display:none'><p>另一页</p></div>";
    assert_eq!(html(page), ["新收|5|7|8 2|4|0", "另一页"]);
}

#[cfg(feature = "xlsx")]
#[test]
fn a_hidden_sheet_is_not_read_and_an_error_is_no_blank() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "新收").unwrap();
    sheet.write(0, 1, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(0, 2, 3).unwrap();
    let old = book.add_worksheet().set_hidden(true);
    old.write(0, 0, "去年").unwrap();
    let source = read_source("a.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(shown(&source), ["新收|#DIV/0!|3"]);
}

/// A page on which the cells are run together: invented, of a kind that is published.
const RUN_TOGETHER: &str = include_str!("../../tests/fixtures/files/run-together.txt");

#[test]
fn what_is_not_certain_is_unread_in_the_draft() {
    let found = import("a.txt", RUN_TOGETHER.as_bytes(), "2026-01-20", &Library::new()).unwrap();
    let form = found.draft.form(&Library::new()).unwrap();
    let unread: Vec<_> = found.draft.unread_cells(&form).collect();
    let open: Vec<&OpenField> = found.open.iter().filter(|open| open.state != OpenState::Blank).collect();
    assert_eq!(unread.len(), open.len());
    for (open, (field, unread)) in open.iter().zip(&unread) {
        assert_eq!((&open.field, open.line, &open.candidates), (&field.id, unread.line, &unread.candidates));
        assert!(unread.text.ends_with(open.text.as_str()), "{unread:?}");
    }
    let of = |section: &str| unread.iter().filter(|(field, _)| field.id.section() == section).count();
    assert!(of("disclosure") > 15 && of("requests") < 20 && of("review") == 0, "{unread:?}");
}

#[test]
fn a_table_without_a_trace_is_blank_and_one_with_any_is_not() {
    let head = "示例县水务局2024年政府信息公开工作年度报告\n一、总体情况\n做好公开工作。\n二、主动公开政府信息情况\n";
    let rest = "三、收到和处理政府信息公开申请情况\n五、存在的主要问题及改进情况\n公开不够。\n六、其他需要报告的事项\n无。\n";
    let row = "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t35\n";
    for (tables, disclosure) in [(format!("{head}{rest}"), 0), (format!("{head}{row}{rest}"), 9)] {
        let found = import("a.txt", tables.as_bytes(), "2026-01-20", &Library::new()).unwrap();
        let form = found.draft.form(&Library::new()).unwrap();
        let of = |section| {
            found.draft.unread_cells(&form).filter(|(field, _)| field.id.section() == section).count()
        };
        assert_eq!((of("disclosure"), of("requests"), of("review")), (disclosure, 0, 0), "{tables}");
        assert!(
            found.open.iter().any(|open| open.field.section() == "requests"),
            "but it is named as not found"
        );
    }
    let picture = "<h2>三、收到和处理政府信息公开申请情况</h2><img src=a>";
    let found = import("a.html", picture.as_bytes(), "2026-01-20", &Library::new()).unwrap();
    let form = found.draft.form(&Library::new()).unwrap();
    assert!(found.draft.unread_cells(&form).count() > 100, "a picture of a table is a trace of it");
}
