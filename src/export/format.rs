//! The formats by name, and the one way to write any of them.

use super::{ExportError, csv, html, json, markdown, plain_text};
use crate::draft::Draft;
use crate::form::Form;

/// A format in which a report is submitted, or read by programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A Word file that looks like an official document.
    Docx,
    /// One self-contained web page.
    Html,
    /// A workbook with live sums.
    Xlsx,
    /// Markdown with pipe tables.
    Markdown,
    /// Plain text, tables tab-separated.
    Text,
    /// Comma-separated values.
    Csv,
    /// The fields by name, for programs.
    Json,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Format; 7] =
        [Format::Docx, Format::Html, Format::Xlsx, Format::Markdown, Format::Text, Format::Csv, Format::Json];

    /// Returns the extension of its files, and its name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Markdown => "md",
            Format::Text => "txt",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    /// Its name for the clerk.
    pub fn name(self) -> &'static str {
        match self {
            Format::Docx => "Word 公文",
            Format::Html => "网页",
            Format::Xlsx => "Excel 表格",
            Format::Markdown => "Markdown",
            Format::Text => "纯文本",
            Format::Csv => "CSV 表格",
            Format::Json => "JSON 数据",
        }
    }

    /// Returns the format of a name: its extension, with or without the dot, in any case, or the usual
    /// second extensions (`htm`, `markdown`, `text`).
    pub fn from_name(word: &str) -> Option<Format> {
        let word = word.trim().trim_start_matches('.').to_ascii_lowercase();
        let word = match word.as_str() {
            "htm" => "html",
            "markdown" => "md",
            "text" => "txt",
            other => other,
        };
        Format::ALL.into_iter().find(|format| format.extension() == word)
    }

    /// Returns whether it is text that makes sense on a terminal, and so goes to stdout by default.
    pub fn is_for_stdout(self) -> bool {
        matches!(self, Format::Markdown | Format::Text | Format::Csv | Format::Json)
    }

    /// Returns the whole file. The same draft gives the same bytes.
    ///
    /// ```
    /// use nianbao::{export::Format, form::Library, store};
    ///
    /// let report = store::load("assets/sample.ron".as_ref(), &Library::new())?;
    /// let page = Format::Html.write(&report.form, &report.draft)?;
    /// assert!(page.starts_with(b"<!DOCTYPE html>"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the format is not built in, or if a text of the draft is too long for it.
    pub fn write(self, form: &Form, draft: &Draft) -> Result<Vec<u8>, ExportError> {
        match self {
            Format::Docx => to_docx(form, draft),
            Format::Html => Ok(html::to_html(form, draft).into_bytes()),
            Format::Xlsx => to_xlsx(form, draft),
            Format::Markdown => Ok(markdown::to_markdown(form, draft).into_bytes()),
            Format::Text => Ok(plain_text::to_text(form, draft).into_bytes()),
            Format::Csv => Ok(csv::to_csv(form, draft).into_bytes()),
            Format::Json => {
                let json = serde_json::to_string_pretty(&json::to_json(form, draft));
                json.map(|text| (text + "\n").into_bytes())
                    .map_err(|_| ExportError::Broken("数据写不成 JSON，请换一种格式"))
            }
        }
    }
}

impl Format {
    /// Returns a letter, given as plain text with its title in the first line, as a Word file; in any other format
    /// as text for programs of Windows.
    ///
    /// # Errors
    /// Returns an error if the format is not built in.
    pub fn write_letter(self, text: &str) -> Result<Vec<u8>, ExportError> {
        match self {
            Format::Docx => letter_to_docx(text),
            // With the mark by which older editors know UTF-8.
            _ => Ok(format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()),
        }
    }

    /// Returns a table, its heading in the first row, as a workbook; in any other format as comma-separated values.
    ///
    /// # Errors
    /// Returns an error if the format is not built in, or the table is too large for it.
    pub fn write_table(self, rows: Vec<Vec<String>>) -> Result<Vec<u8>, ExportError> {
        match self {
            Format::Xlsx => table_to_xlsx(&rows),
            _ => Ok(csv::csv_text(rows).into_bytes()),
        }
    }
}

#[cfg(feature = "docx")]
use super::docx::{letter_to_docx, to_docx};
#[cfg(feature = "xlsx")]
use super::xlsx::{table_to_xlsx, to_xlsx};

#[cfg(not(feature = "docx"))]
fn to_docx(_: &Form, _: &Draft) -> Result<Vec<u8>, ExportError> {
    Err(ExportError::NotBuilt(Format::Docx.name()))
}

#[cfg(not(feature = "docx"))]
fn letter_to_docx(_: &str) -> Result<Vec<u8>, ExportError> {
    Err(ExportError::NotBuilt(Format::Docx.name()))
}

#[cfg(not(feature = "xlsx"))]
fn table_to_xlsx(_: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    Err(ExportError::NotBuilt(Format::Xlsx.name()))
}

#[cfg(not(feature = "xlsx"))]
fn to_xlsx(_: &Form, _: &Draft) -> Result<Vec<u8>, ExportError> {
    Err(ExportError::NotBuilt(Format::Xlsx.name()))
}
