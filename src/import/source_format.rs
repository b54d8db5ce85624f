//! What a source was read as.

/// The format that a source was read as. A draft keeps its [name](SourceFormat::as_str) in its provenance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SourceFormat {
    /// Paragraphs and tables drawn with characters.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// A page of a web site.
    Html,
    /// Rows of values, with separators.
    Csv,
    /// A spreadsheet, a zip archive.
    Xlsx,
    /// A spreadsheet of the older kind.
    Xls,
    /// A spreadsheet of OpenDocument.
    Ods,
    /// A Word file; also one without its archive.
    Docx,
    /// A Word file of the older kind.
    Doc,
    /// Rich Text.
    Rtf,
    /// A text of OpenDocument.
    Odt,
    /// PDF.
    Pdf,
    /// OFD.
    Ofd,
}

/// The formats with their names, which are in drafts and must stay.
const NAMES: [(SourceFormat, &str); 13] = [
    (SourceFormat::Text, "txt"),
    (SourceFormat::Markdown, "md"),
    (SourceFormat::Html, "html"),
    (SourceFormat::Csv, "csv"),
    (SourceFormat::Xlsx, "xlsx"),
    (SourceFormat::Xls, "xls"),
    (SourceFormat::Ods, "ods"),
    (SourceFormat::Docx, "docx"),
    (SourceFormat::Doc, "doc"),
    (SourceFormat::Rtf, "rtf"),
    (SourceFormat::Odt, "odt"),
    (SourceFormat::Pdf, "pdf"),
    (SourceFormat::Ofd, "ofd"),
];

impl SourceFormat {
    /// Returns the name.
    pub fn as_str(self) -> &'static str {
        NAMES.iter().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }

    /// Returns the format of a name; `None` for data that an export wrote, and for names of a later version.
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, own)| *own == name).map(|(format, _)| *format)
    }

    /// Returns whether a source is pages, whose numbers stand for those of lines.
    pub fn is_paged(self) -> bool {
        matches!(self, SourceFormat::Pdf | SourceFormat::Ofd)
    }

    /// Returns whether a source has lines that a reader can count, in the file or of a sheet.
    pub fn has_lines(self) -> bool {
        use SourceFormat::{Csv, Html, Markdown, Text, Xls, Xlsx};
        matches!(self, Text | Markdown | Html | Csv | Xlsx | Xls)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_format() {
        for (format, name) in NAMES {
            assert_eq!((format.as_str(), SourceFormat::from_name(name)), (name, Some(format)));
        }
        assert_eq!(SourceFormat::from_name("json"), None);
    }
}
