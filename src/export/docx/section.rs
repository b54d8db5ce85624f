//! Where the pages of a Word document turn, and where it ends.

use super::page_orientation::PageOrientation;

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

/// The page: A4, margins 37, 35, 28 and 26 mm (top, bottom, left, right), turned for a wide table.
pub(super) fn write_section_properties(out: &mut String, page: PageOrientation) {
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
