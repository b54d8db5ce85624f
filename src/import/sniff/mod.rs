//! Chooses the reader for a source by its first bytes, then by its name.

use std::io::Cursor;

use super::guard::read_guarded;
use super::readers::{
    Archive, csv, doc, docx, html, markdown, mhtml, open_document, plain_text, rtf, spreadsheet, word_xml,
};
use super::{FileKind, ImportError, Source, encoding, limits};

/// Returns the text of a source that is JSON, by its name or its first character.
pub fn json_text(name: &str, bytes: &[u8]) -> Option<String> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let opens = head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    (extension(name) == "json" || opens && !head.starts_with(b"{\\rtf")).then(|| encoding::decode(bytes))
}

/// Splits a source into its parts. `name` is the file's name, or empty for the clipboard.
///
/// # Errors
/// Returns an error if the source is too large, broken, or of a format that is not supported, or if the reader
/// failed.
pub fn read_source(name: &str, bytes: &[u8]) -> Result<Source, ImportError> {
    limits::check_file_size(bytes.len())?;
    limits::check_source(read_guarded(|| parse(name, bytes))?)
}

fn parse(name: &str, bytes: &[u8]) -> Result<Source, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = Archive::open(bytes)?;
        return match () {
            () if archive.contains("word/document.xml") => docx::read(bytes),
            () if archive.contains("xl/workbook.xml") => spreadsheet::read_xlsx(bytes),
            #[cfg(feature = "pdf")]
            () if super::readers::ofd::is_ofd(&archive) => super::readers::ofd::read(bytes),
            () if archive.contains("content.xml") => open_document::read(&mut archive),
            () if archive.contains("xl/workbook.bin") => Err(ImportError::Unsupported(
                "这是 Excel 的二进制工作簿（.xlsb），不能直接读取。请用 Excel 或 WPS 另存为 .xlsx 再导入。",
            )),
            () => Err(ImportError::Unsupported(
                "这个压缩文件里没有 Word 文档、Excel 表格或 OFD 文档。请解压后，再导入里面的文件。",
            )),
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return read_compound_file(bytes);
    }
    if bytes.starts_with(&[0xdb, 0xa5]) || bytes.starts_with(&[0x31, 0xbe, 0, 0]) {
        return Err(doc::OLD_WORD);
    }
    // Some programs write a few bytes before the head.
    if bytes.get(..1024).unwrap_or(bytes).windows(5).any(|head| head == b"%PDF-") {
        return read_pdf(bytes);
    }
    if [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"]
        .iter()
        .any(|head| bytes.starts_with(head) && bytes.contains(&0))
    {
        return Err(ImportError::Unsupported(
            "这是图片，其中的文字无法识别。请先转成文字，或改用 Word 版、网页版。",
        ));
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return rtf::read(bytes);
    }
    if let Some(page) = mhtml::page(bytes) {
        return html::read(&page);
    }
    let whole = encoding::decode(bytes);
    if whole.len() as u64 > limits::TEXT {
        return Err(ImportError::TooLarge("文字超过 24 MB"));
    }
    // Control characters are removed; they would only be hidden in a narrative.
    let whole: String = whole.chars().filter(|c| !c.is_control() || "\n\r\t\u{c}".contains(*c)).collect();
    if let Some(read) = read_xml(&whole) {
        return read;
    }
    let is_page = FileKind::of_name(name) == Some(FileKind::Web);
    if !is_page && !looks_like_html(&whole) {
        limits::check_lines(&whole)?;
    }
    match extension(name).as_str() {
        _ if is_page => html::read(&whole),
        "md" | "markdown" => markdown::read(&whole),
        "csv" => csv::read(&whole),
        _ if looks_like_markdown(&whole) && !is_html(&whole) => markdown::read(&whole),
        _ if looks_like_html(&whole) => html::read(&whole),
        _ => plain_text::read(&whole),
    }
}

/// Reads a document that is one XML file, or says what to do with a workbook that is one.
fn read_xml(text: &str) -> Option<Result<Source, ImportError>> {
    let head: String = text.chars().take(4_000).collect();
    match () {
        () if !head.trim_start().starts_with('<') => None,
        () if word_xml::is_word_xml(text) => Some(word_xml::read(text)),
        () if head.contains("<office:document") => Some(open_document::read_xml(text, "")),
        () if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("<Workbook") => {
            Some(Err(ImportError::Unsupported(
                "这是 XML 格式的 Excel 表格，不能直接读取。请用 Excel 或 WPS 另存为 .xlsx 再导入。",
            )))
        }
        () => None,
    }
}

/// Reads a compound file by what is in it: programs give such files each other's names.
fn read_compound_file(bytes: &[u8]) -> Result<Source, ImportError> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| ImportError::Broken("这个文件"))?;
    let contains = |names: &[&str]| names.iter().any(|name| file.exists(name));
    match () {
        () if contains(&["/WordDocument"]) => doc::read(bytes),
        () if contains(&["/Workbook", "/Book"]) => spreadsheet::read_xls(bytes),
        () if contains(&["/EncryptedPackage"]) => Err(doc::ENCRYPTED),
        () if contains(&["/CONTENTS", "/MN0"]) => Err(ImportError::Unsupported(
            "这是微软 Works 的文件，不能直接读取。请用 Works 或 LibreOffice 打开，另存为 .docx 再导入。",
        )),
        () => Err(ImportError::Unsupported(
            "这个文件里没有 Word 文档或 Excel 表格。请用原来的程序打开，另存为 .docx 再导入。",
        )),
    }
}

#[cfg(feature = "pdf")]
fn read_pdf(bytes: &[u8]) -> Result<Source, ImportError> {
    super::readers::pdf::read(bytes)
}

#[cfg(not(feature = "pdf"))]
fn read_pdf(_: &[u8]) -> Result<Source, ImportError> {
    Err(ImportError::Unsupported(
        "不能直接读 PDF。请在 PDF 阅读器里全选、复制，存成 .txt 文件再导入，或改用 Word 版、网页版。",
    ))
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    ["<html", "<!doctype html", "<table", "<div", "<p>", "<p ", "<td"].iter().any(|mark| head.contains(mark))
}

/// Returns whether a text is a whole page: Markdown has tables and frames of HTML inside it, but no page.
fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    head.contains("<html") || head.contains("<!doctype")
}

fn looks_like_markdown(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with('|') && line.contains("--") && line.chars().all(|c| "|-: ".contains(c)))
}

#[cfg(test)]
mod tests;
