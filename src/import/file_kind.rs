//! What kind of report a file is, by its name.

/// A kind of file that a report is published as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// `.docx`, and what older programs wrote.
    Word,
    /// `.pdf`.
    Pdf,
    /// `.ofd`.
    Ofd,
    /// A page of a web site.
    Web,
    /// `.xlsx`, `.xls`, `.et`, `.csv`.
    Spreadsheet,
    /// `.odt`, `.ods`, and the same as one XML file.
    OpenDocument,
    /// Plain text and Markdown.
    Text,
    /// Data that an export wrote.
    Json,
}

impl FileKind {
    /// Returns the kind of a file with this name; `None` for a file that no report is published as.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "docx" | "doc" | "wps" | "docm" | "rtf" => Some(FileKind::Word),
            "pdf" => Some(FileKind::Pdf),
            "ofd" => Some(FileKind::Ofd),
            "html" | "htm" | "shtml" | "xhtml" | "mht" | "mhtml" => Some(FileKind::Web),
            "odt" | "fodt" | "ods" | "fods" => Some(FileKind::OpenDocument),
            "xlsx" | "xls" | "xlsm" | "et" | "csv" => Some(FileKind::Spreadsheet),
            "txt" | "md" | "markdown" => Some(FileKind::Text),
            "json" => Some(FileKind::Json),
            _ => None,
        }
    }

    /// Returns its name, short enough for a column.
    pub fn label(self) -> &'static str {
        match self {
            FileKind::Word => "Word",
            FileKind::Pdf => "PDF",
            FileKind::Ofd => "OFD",
            FileKind::Web => "网页",
            FileKind::OpenDocument => "ODF",
            FileKind::Spreadsheet => "Excel",
            FileKind::Text => "文本",
            FileKind::Json => "JSON",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_report_follows_from_its_name() {
        let kind = |name| FileKind::of_name(name).map(FileKind::label);
        assert_eq!(kind("报告.DOCX"), Some("Word"));
        assert_eq!(kind("a.b.html"), Some("网页"));
        assert_eq!(kind("报告.ofd"), Some("OFD"));
        for name in ["a.odt", "a.fodt", "a.ods", "a.fods"] {
            assert_eq!(kind(name), Some("ODF"), "{name}");
        }
        assert_eq!(kind("报告.mhtml"), Some("网页"));
        assert_eq!(kind("报告.ron"), None);
        assert_eq!(kind("docx"), None);
    }
}
