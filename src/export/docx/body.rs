//! The main part: paragraphs, tables and the pages they are on.

use super::super::layout::{Paragraph, ParagraphStyle, Report, ReportPart};
use super::super::title::title_lines;
use super::signature::SignatureIndents;
use super::table;
pub use super::table::PageOrientation;
use super::text_run::text_run;

/// How many half characters of 二号 (22 points) stand on a line: 156 mm.
const TITLE_COLUMNS: usize = 40;

/// How a paragraph is set, beside its own style.
#[derive(Clone, Copy)]
struct Setting {
    /// It begins a page.
    on_new_page: bool,
    /// It stays on the page of the paragraph behind it.
    keep_next: bool,
    /// Where the signature and its date stand.
    indents: SignatureIndents,
}

/// The beginning of `word/document.xml`.
pub fn open_document() -> String {
    String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>",
    )
}

/// Its end, with the page of the last paragraphs.
pub fn close_document(out: &mut String, page: PageOrientation) {
    write_section_properties(out, page);
    out.push_str("</w:body></w:document>\n");
}

/// `word/document.xml`.
pub fn document_xml(report: &Report) -> String {
    let mut out = open_document();
    let mut page = PageOrientation::Portrait;
    let indents = SignatureIndents::of(report);
    for (at, piece) in report.parts.iter().enumerate() {
        // A table's heading is on the table's page.
        let headed = match (piece, report.parts.get(at + 1)) {
            (ReportPart::Text(text), Some(ReportPart::Table(table)))
                if text.style == ParagraphStyle::Heading =>
            {
                Some(table)
            }
            _ => None,
        };
        let wanted = match piece {
            ReportPart::Table(table) => PageOrientation::for_table(table),
            // A text behind a table stays on the table's page.
            ReportPart::Text(it) if matches!(it.style, ParagraphStyle::Body | ParagraphStyle::Subheading) => {
                page
            }
            ReportPart::Text(_) => headed.map_or(PageOrientation::Portrait, PageOrientation::for_table),
        };
        if wanted != page {
            if at > 0 {
                out.push_str("<w:p><w:pPr><w:pStyle w:val=\"Break\"/>");
                write_section_properties(&mut out, page);
                out.push_str("</w:pPr></w:p>");
            }
            page = wanted;
        }
        match piece {
            ReportPart::Text(it) => {
                let next = report.parts.get(at + 1);
                let signs = |next: &ReportPart| matches!(next, ReportPart::Text(next) if matches!(next.style, ParagraphStyle::Signature | ParagraphStyle::Date));
                let on_new_page = headed.is_some_and(PageOrientation::starts_page);
                let setting = Setting { on_new_page, keep_next: next.is_some_and(signs), indents };
                write_paragraph(&mut out, it, report, setting);
            }
            ReportPart::Table(it) => table::write_table(&mut out, it, page),
        }
    }
    if matches!(report.parts.last(), Some(ReportPart::Table(_)) | None) {
        // Word requires a paragraph after a last table.
        out.push_str("<w:p><w:pPr><w:pStyle w:val=\"Break\"/></w:pPr></w:p>");
    }
    close_document(&mut out, page);
    out
}

/// The page: A4, margins 37, 35, 28 and 26 mm (top, bottom, left, right), turned for a wide table.
fn write_section_properties(out: &mut String, page: PageOrientation) {
    out.push_str(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
         <w:footerReference w:type=\"even\" r:id=\"rId5\"/><w:type w:val=\"nextPage\"/>",
    );
    out.push_str(match page {
        PageOrientation::Portrait => {
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" \
             w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/>"
        }
        PageOrientation::Landscape => {
            "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1587\" \
             w:right=\"2098\" w:bottom=\"1474\" w:left=\"1984\" w:header=\"851\" w:footer=\"850\" w:gutter=\"0\"/>"
        }
    });
    // 22 lines a page; lines are set to the pitch of the grid by themselves, which programs agree about.
    out.push_str("<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr>");
}

fn write_paragraph(out: &mut String, it: &Paragraph, report: &Report, setting: Setting) {
    let whole = it.lead == it.text.len();
    let style = match it.style {
        ParagraphStyle::Title => "Title",
        ParagraphStyle::Subtitle => "Under",
        ParagraphStyle::Heading => "Heading1",
        ParagraphStyle::Subheading if whole => "Heading2",
        ParagraphStyle::Subheading | ParagraphStyle::Body => "BodyText",
        ParagraphStyle::Signature | ParagraphStyle::Date => "Signed",
    };
    out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>"));
    // The signature is never alone on a page: the last paragraph stays with it.
    if setting.keep_next {
        out.push_str("<w:keepNext/>");
    }
    if it.style == ParagraphStyle::Heading && setting.on_new_page {
        out.push_str("<w:pageBreakBefore/>");
    }
    let indent = SignatureIndents::attributes;
    match it.style {
        ParagraphStyle::Signature => {
            let indent = indent(setting.indents.unit);
            out.push_str(&format!("<w:spacing w:before=\"579\"/><w:ind {indent}/>"));
        }
        ParagraphStyle::Date => out.push_str(&format!("<w:ind {}/>", indent(setting.indents.date))),
        _ => {}
    }
    out.push_str("</w:pPr>");
    if it.style == ParagraphStyle::Title {
        for (at, line) in title_lines(&it.text, &report.unit, TITLE_COLUMNS).into_iter().enumerate() {
            if at > 0 {
                out.push_str("<w:r><w:br/></w:r>");
            }
            text_run(out, "", line);
        }
    } else if it.style == ParagraphStyle::Subheading && !whole {
        let (lead, rest) = it.text.split_at(it.lead);
        text_run(out, "<w:rStyle w:val=\"Lead\"/>", lead);
        text_run(out, "", rest);
    } else {
        text_run(out, "", &it.text);
    }
    out.push_str("</w:p>");
}
