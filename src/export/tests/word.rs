//! The Word file, taken apart again.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::Read;

use super::super::docx::{letter_to_docx, to_docx};
use super::super::layout::{PrintedTable, Report};
use super::{all, hostile, sample};
use crate::draft::Value;
use crate::import::{self, SourcePart};

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..package.len())
        .map(|at| {
            let mut file = package.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// Returns every element with its children's names, in order.
fn elements(xml: &str) -> Vec<(String, Vec<String>)> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<(String, Vec<String>)> = Vec::new();
    let mut done = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_string();
                open.iter_mut().last().into_iter().for_each(|(_, under)| under.push(name.clone()));
                open.push((name, Vec::new()));
            }
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_string();
                open.iter_mut().last().into_iter().for_each(|(_, under)| under.push(name.clone()));
                done.push((name, Vec::new()));
            }
            Event::End(_) => done.extend(open.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    done
}

/// Returns the order of children that Word requires, for the elements that are written.
fn order(parent: &str) -> &'static [&'static str] {
    match parent {
        "w:pPr" => &[
            "w:pStyle",
            "w:keepNext",
            "w:pageBreakBefore",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
        "w:rPr" => &["w:rStyle", "w:rFonts", "w:spacing", "w:sz", "w:szCs", "w:lang"],
        "w:tblPr" => &["w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar"],
        "w:tblBorders" => &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"],
        "w:tblCellMar" => &["w:top", "w:left", "w:bottom", "w:right"],
        "w:tbl" => &["w:tblPr", "w:tblGrid", "w:tr"],
        "w:tr" => &["w:trPr", "w:tc"],
        "w:trPr" => &["w:cantSplit", "w:tblHeader"],
        "w:tc" => &["w:tcPr", "w:p"],
        "w:tcPr" => &["w:tcW", "w:gridSpan", "w:vMerge", "w:vAlign"],
        "w:p" => &["w:pPr", "w:r"],
        "w:r" => &["w:rPr", "w:br", "w:t"],
        "w:sectPr" => &["w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:docGrid"],
        "w:body" => &["w:p", "w:tbl", "w:sectPr"],
        "w:style" => &["w:name", "w:basedOn", "w:next", "w:qFormat", "w:pPr", "w:rPr"],
        _ => &[],
    }
}

#[test]
fn children_stand_in_the_order_that_word_insists_on() {
    for (name, form, draft) in all() {
        for (part, xml) in parts(&to_docx(&form, &draft).unwrap()) {
            for (element, children) in elements(&xml) {
                let order = order(&element);
                if order.is_empty() || part.contains("footer") {
                    continue;
                }
                let ranks: Vec<usize> = children
                    .iter()
                    .map(|child| {
                        order.iter().position(|o| o == child).unwrap_or_else(|| panic!("{element} {child}"))
                    })
                    .collect();
                let free = element == "w:body";
                assert!(free || ranks.is_sorted(), "{name} {part} {element}: {children:?}");
                match element.as_str() {
                    "w:tc" => assert_eq!(children, ["w:tcPr", "w:p"], "a cell without a paragraph"),
                    "w:body" => assert_eq!(children.last().unwrap(), "w:sectPr"),
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn every_part_is_declared_and_every_id_leads_to_a_part() {
    let (form, draft) = sample("2021");
    let parts: HashMap<String, String> = parts(&to_docx(&form, &draft).unwrap()).into_iter().collect();
    let types = &parts["[Content_Types].xml"];
    for name in parts.keys().filter(|name| !name.ends_with(".rels") && *name != "[Content_Types].xml") {
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name}");
    }
    let rels = &parts["word/_rels/document.xml.rels"];
    for (before, _) in parts["word/document.xml"].match_indices("r:id=\"") {
        let id = parts["word/document.xml"][before + 6..].split('"').next().unwrap();
        assert!(rels.contains(&format!("Id=\"{id}\"")), "{id}");
    }
    for target in rels.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(parts.contains_key(&format!("word/{target}")), "{target}");
    }
    let styles = &parts["word/styles.xml"];
    for style in parts["word/document.xml"].split("Style w:val=\"").skip(1) {
        let id = style.split('"').next().unwrap();
        assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{id}");
    }
}

/// Returns the cells of a table as the importer reads it.
fn cells_by_position(table: &import::SourceTable) -> HashMap<(usize, usize), (String, bool)> {
    let mut cells = HashMap::new();
    for (row, source_row) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in &source_row.cells {
            while cells.contains_key(&(row, column)) {
                column += 1;
            }
            for r in 0..cell.rows {
                for c in 0..cell.columns {
                    cells.insert((row + r, column + c), (cell.text.clone(), r == 0 && c == 0));
                }
            }
        }
    }
    cells
}

#[test]
fn the_grid_of_merged_cells_is_the_form_s() {
    for (name, form, draft) in all() {
        let source = import::read_source("报告.docx", &to_docx(&form, &draft).unwrap()).unwrap();
        let read: Vec<&import::SourceTable> = source
            .parts
            .iter()
            .filter_map(|part| if let SourcePart::Table(t) = part { Some(t) } else { None })
            .collect();
        let report = Report::new(&form, &draft);
        let printed: Vec<&PrintedTable> = report.tables().collect();
        assert_eq!(read.len(), printed.len(), "{name}");
        for (read, printed) in read.iter().zip(&printed) {
            let cells = cells_by_position(read);
            assert_eq!(cells.len(), printed.grid.rows * printed.grid.columns, "{name}");
            for ((row, column), (text, first)) in cells {
                let cell = printed.cell(row, column).unwrap();
                assert_eq!(first, (cell.row, cell.column) == (row, column), "{name} {row},{column}");
                if !name.starts_with("hostile") {
                    assert_eq!(text, cell.text, "{name} {row},{column}");
                }
            }
        }
    }
}

#[test]
fn heading_rows_repeat_and_a_table_too_wide_lies_on_its_side() {
    let document = |draft: &crate::draft::Draft, form: &crate::form::Form| {
        let parts: HashMap<String, String> = parts(&to_docx(form, draft).unwrap()).into_iter().collect();
        parts["word/document.xml"].clone()
    };
    let (form, mut draft) = sample("2021");
    let upright = document(&draft, &form);
    assert_eq!(upright.matches("<w:tblHeader/>").count(), 3 + 3);
    assert!(!upright.contains("landscape"));
    for column in ["natural", "business", "research", "welfare", "legal", "other_org"] {
        draft.set(format!("requests.new.{column}").as_str(), crate::draft::Value::Count(123_456_789_012));
    }
    let turned = document(&draft, &form);
    assert_eq!(turned.matches("landscape").count(), 1);
    assert_eq!(turned.matches("<w:sectPr>").count(), 3);
}

#[test]
fn the_official_fonts_sizes_and_margins_are_named() {
    let (form, draft) = sample("2021");
    let parts: HashMap<String, String> = parts(&to_docx(&form, &draft).unwrap()).into_iter().collect();
    let styles = &parts["word/styles.xml"];
    for font in ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"] {
        assert!(styles.contains(&format!("w:eastAsia=\"{font}\"")), "{font}");
    }
    assert!(styles.contains("w:line=\"579\" w:lineRule=\"exact\""), "22 lines a page");
    assert!(styles.contains("<w:spacing w:val=\"-5\"/>"), "28 characters a line");
    assert!(styles.contains("w:firstLineChars=\"200\""));
    assert!(
        parts["word/document.xml"]
            .contains("w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\"")
    );
    assert!(parts["word/footer1.xml"].contains("— ") && parts["word/footer1.xml"].contains(" PAGE "));
}

#[test]
fn hostile_text_keeps_the_file_readable() {
    let (form, draft) = hostile();
    for (name, xml) in parts(&to_docx(&form, &draft).unwrap()) {
        elements(&xml);
        assert!(!xml.contains(|c: char| c.is_control() && c != '\n'), "{name}");
        assert!(!xml.contains(['\u{ffff}', '\u{202e}']), "{name}");
    }
}

#[test]
fn the_signature_is_set_as_the_standard_says() {
    let (form, mut draft) = sample("2021");
    draft.set("cover.title", Value::Text("示例市自然资源和规划局2025年政府信息公开工作年度报告".into()));
    draft.set("cover.unit", Value::Text("示例市自然资源和规划局".into()));
    draft.set("cover.signed_by", Value::Text("示例市自然资源和规划局".into()));
    draft.set("cover.date", Value::Text("2026年1月20日".into()));
    let parts: HashMap<String, String> = parts(&to_docx(&form, &draft).unwrap()).into_iter().collect();
    let document = &parts["word/document.xml"];
    let paragraphs: Vec<&str> = document.split("<w:p>").collect();
    let at = paragraphs.iter().rposition(|it| it.contains("自然资源")).unwrap();
    // 22 half characters and 13: the date begins 4 half characters after the unit does.
    assert!(paragraphs[at].contains("<w:keepNext/><w:spacing w:before=\"579\"/><w:ind w:rightChars=\"200\""));
    assert!(paragraphs[at + 1].contains("<w:ind w:rightChars=\"450\""), "{}", paragraphs[at + 1]);
    assert!(paragraphs[at - 1].contains("<w:keepNext/>"), "the last paragraph stays with it");
    let title = paragraphs.iter().find(|it| it.contains("\"Title\"")).unwrap();
    let (unit, rest) = title.split_once("<w:br/>").unwrap();
    assert!(unit.contains("自然资源和规划局<") && rest.contains(">2025年"), "{title}");
}

#[test]
fn a_letter_has_its_title_addressee_and_paragraphs() {
    let bytes =
        letter_to_docx("意见\n\n甲局：\n　　有 1 处需要修改。\n\n1．表：<三>\n　　栏：总计\n").unwrap();
    let document = parts(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    for (parent, children) in elements(&document) {
        let order = order(&parent);
        let places: Vec<_> =
            children.iter().filter_map(|it| order.iter().position(|name| name == it)).collect();
        assert!(places.is_sorted(), "{parent} {children:?}");
    }
    let paragraphs: Vec<&str> = document.split("<w:p>").skip(1).collect();
    assert_eq!(paragraphs.len(), 5);
    assert!(paragraphs[0].contains("\"Title\"") && paragraphs[0].contains("意见"));
    assert!(paragraphs[1].contains("w:firstLine=\"0\"") && paragraphs[1].contains("甲局："));
    assert!(paragraphs[3].contains("1．表：&lt;三&gt;") && !paragraphs[3].contains("w:ind"));
    assert!(paragraphs[4].contains(">栏：总计<"), "{}", paragraphs[4]);
}
