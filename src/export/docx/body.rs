//! The main part: paragraphs, tables and the pages they are on.

use super::super::layout::{ParagraphStyle, Report, ReportPart};
use super::page_orientation::PageOrientation;
use super::paragraph::{Setting, write_paragraph};
use super::section::{close_document, open_document, write_section_properties};
use super::signature::SignatureIndents;
use super::table;

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
