//! Chooses the reader for a source by its first bytes, then by its name.

use super::readers::{Archive, csv, docx, html, markdown, plain_text, spreadsheet};
use super::{ImportError, Source, encoding, limits};

/// Returns the text of a source that is JSON, by its name or its first character.
pub fn json_text(name: &str, bytes: &[u8]) -> Option<String> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let opens = head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    (extension(name) == "json" || opens && !head.starts_with(b"{\\rtf")).then(|| encoding::decode(bytes))
}

/// Splits a source into its parts. `name` is the file's name, or empty for the clipboard.
///
/// # Errors
/// Returns an error if the source is too large, broken, or of a format that is not supported.
pub fn read_source(name: &str, bytes: &[u8]) -> Result<Source, ImportError> {
    limits::check_file_size(bytes.len())?;
    limits::check_source(parse(name, bytes)?)
}

fn parse(name: &str, bytes: &[u8]) -> Result<Source, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        let archive = Archive::open(bytes)?;
        return match () {
            () if archive.contains("word/document.xml") => docx::read(bytes),
            () if archive.contains("xl/workbook.xml") => spreadsheet::read_xlsx(bytes),
            () => Err(ImportError::Unsupported(
                "这个压缩文件里没有 Word 文档或 Excel 表格。请解压后，再导入里面的文件。",
            )),
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return match extension(name).as_str() {
            "doc" | "wps" | "dot" => Err(OLD_WORD),
            _ => spreadsheet::read_xls(bytes).map_err(|error| match error {
                ImportError::Broken(_) => OLD_WORD,
                other => other,
            }),
        };
    }
    if bytes.starts_with(b"%PDF") {
        return Err(ImportError::Unsupported(
            "不能直接读 PDF。请在 PDF 阅读器里全选、复制，存成 .txt 文件再导入，或改用 Word 版、网页版。",
        ));
    }
    if [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"]
        .iter()
        .any(|head| bytes.starts_with(head) && bytes.contains(&0))
    {
        return Err(ImportError::Unsupported(
            "这是图片，其中的文字无法识别。请先转成文字，或改用 Word 版、网页版。",
        ));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ImportError::Unsupported("不能读 RTF 文件。请用 Word 或 WPS 另存为 .docx 再导入。"));
    }
    let whole = encoding::decode(bytes);
    if whole.len() as u64 > limits::TEXT {
        return Err(ImportError::TooLarge("文字超过 24 MB"));
    }
    // Control characters are removed; they would only be hidden in a narrative.
    let whole: String = whole.chars().filter(|c| !c.is_control() || "\n\r\t\u{c}".contains(*c)).collect();
    let is_page = matches!(extension(name).as_str(), "html" | "htm" | "shtml" | "xhtml" | "mht");
    if !is_page && !looks_like_html(&whole) {
        limits::check_lines(&whole)?;
    }
    match extension(name).as_str() {
        "html" | "htm" | "shtml" | "xhtml" | "mht" => html::read(&whole),
        "md" | "markdown" => markdown::read(&whole),
        "csv" => csv::read(&whole),
        _ if looks_like_html(&whole) => html::read(&whole),
        _ if looks_like_markdown(&whole) => markdown::read(&whole),
        _ => plain_text::read(&whole),
    }
}

const OLD_WORD: ImportError =
    ImportError::Unsupported("不能读旧版 Word（.doc、.wps）文件。请用 Word 或 WPS 另存为 .docx 再导入。");

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn looks_like_html(text: &str) -> bool {
    let head: String = text.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    ["<html", "<!doctype html", "<table", "<div", "<p>", "<p ", "<td"].iter().any(|mark| head.contains(mark))
}

fn looks_like_markdown(text: &str) -> bool {
    text.lines()
        .any(|line| line.starts_with('|') && line.contains("--") && line.chars().all(|c| "|-: ".contains(c)))
}
