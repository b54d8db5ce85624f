//! Paragraphs of a Word document.

use super::super::layout::{Paragraph, ParagraphStyle, Report};
use super::super::title::title_lines;
use super::signature::SignatureIndents;
use super::text_run::text_run;

/// How a paragraph is set, beside its own style.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    /// It begins a page.
    pub(super) on_new_page: bool,
    /// It stays on the page of the paragraph behind it.
    pub(super) keep_next: bool,
    /// Where the signature and its date stand.
    pub(super) indents: SignatureIndents,
}

/// How many half characters of 二号 (22 points) stand on a line: 156 mm.
const TITLE_COLUMNS: usize = 40;

pub(super) fn write_paragraph(out: &mut String, it: &Paragraph, report: &Report, setting: Setting) {
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
