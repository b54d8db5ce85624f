//! Markdown: pipe tables, headings, pictures; tables written as HTML inside it.
//!
//! Reports are copied into Markdown more loosely than its standard allows: tables without a line of dashes,
//! rows of more cells than the heading, which a parser of the standard drops. So lines are read as they
//! are.

use super::super::source::{Source, SourceCell, SourcePart, SourceRow, SourceTable, add_row};
use super::super::{ImportError, limits};
use super::html;

/// Reads a Markdown text.
///
/// # Errors
/// Returns an error if there are more cells than in any report, or if the HTML inside cannot be read.
pub fn read(text: &str) -> Result<Source, ImportError> {
    limits::check_delimiters(text, b'|')?;
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let mut parts: Vec<SourcePart> = Vec::new();
    let mut open = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let number = at + 1;
        at += 1;
        let trimmed = line.trim();
        if trimmed.to_ascii_lowercase().contains("<table") {
            let end = lines[at - 1..]
                .iter()
                .position(|line| line.to_ascii_lowercase().contains("</table"))
                .map_or(lines.len(), |further| at + further);
            let block = lines[at - 1..end].join("\n");
            parts.extend(html::parts(&block, number)?);
            at = end;
            open = false;
            continue;
        }
        if !is_row(trimmed) {
            open = false;
            paragraph(trimmed, number, &mut parts);
            continue;
        }
        let cells = cells(trimmed);
        if open && is_rule(&cells) {
            continue;
        }
        let table = SourceTable { line: number, ragged: false, ..SourceTable::default() };
        add_row(&mut parts, open, table, SourceRow { line: number, cells });
        open = true;
    }
    Ok(Source { format: "md".into(), parts })
}

/// Returns whether a line is a row of a pipe table.
fn is_row(line: &str) -> bool {
    line.starts_with('|') && line.len() > 1 || line.matches(" | ").count() >= 2
}

/// Returns whether a row is the line of dashes under a table's heading: `---`, `:-:`. A row of single
/// dashes is not: they are “not applicable” in print.
fn is_rule(cells: &[SourceCell]) -> bool {
    cells.iter().all(|cell| cell.text.chars().all(|c| "-: ".contains(c)))
        && cells.iter().any(|cell| cell.text.contains("--") || cell.text.contains(":-"))
}

fn cells(line: &str) -> Vec<SourceCell> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, cells.last_mut()) {
            ('\\', Some(cell)) if chars.peek().is_some_and(|next| "\\|*_#<>[]`-".contains(*next)) => {
                cell.extend(chars.next());
            }
            ('|', _) => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    cells.iter().map(|cell| SourceCell::plain(plain(cell))).collect()
}

/// A paragraph without its marks; pictures in it are parts of their own.
fn paragraph(line: &str, number: usize, parts: &mut Vec<SourcePart>) {
    let mut text = line.trim_start_matches('#').trim().trim_start_matches("> ");
    let whole;
    if let Some(start) = text.find("![")
        && let Some(end) = text[start..].find(')')
    {
        parts.push(SourcePart::Picture { line: number });
        whole = format!("{}{}", &text[..start], &text[start + end + 1..]);
        text = &whole;
    }
    let text = unescaped(&plain(text));
    let rule = text.len() >= 3 && text.chars().all(|c| "-*_= ".contains(c)) && text.contains("--");
    if !text.is_empty() && !rule {
        parts.push(SourcePart::Paragraph { line: number, text });
    }
}

/// Text with the backslashes before punctuation taken off.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => plain.extend(chars.next()),
            _ => plain.push(c),
        }
    }
    plain
}

/// Returns the text of a line of Markdown: without emphasis, line breaks as `\n`, entities decoded.
fn plain(text: &str) -> String {
    let mut text = text.replace("**", "").replace("__", "").replace('`', "");
    if text.contains('<') || text.contains('&') {
        for mark in ["<br>", "<br/>", "<br />"] {
            text = text.replace(mark, "\n");
        }
        for (name, character) in
            [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        {
            text = text.replace(name, character);
        }
    }
    text.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipe_tables_headings_and_pictures_are_distinguished() {
        let text = "# 标题\n\n| 甲 | **1** |\n|---|:-:|\n| 乙\\|丙 | - |\n\n![图](a.png)后\n";
        let parts = read(text).unwrap().parts;
        assert_eq!(parts[0], SourcePart::Paragraph { line: 1, text: "标题".into() });
        let SourcePart::Table(table) = &parts[1] else { panic!("a table") };
        let cells: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.cells.iter().map(|c| c.text.as_str()).collect()).collect();
        assert_eq!(cells, [["甲", "1"], ["乙|丙", "-"]]);
        assert_eq!(parts[2], SourcePart::Picture { line: 7 });
        assert_eq!(parts[3], SourcePart::Paragraph { line: 7, text: "后".into() });
    }

    #[test]
    fn a_table_written_as_html_is_read_as_one() {
        let parts = read("甲\n<table><tr><td>乙\n</td><td>1</td></tr></table>\n丙").unwrap().parts;
        assert_eq!(parts.len(), 3);
        let SourcePart::Table(table) = &parts[1] else { panic!("a table") };
        assert_eq!(table.rows[0].cells[1], SourceCell::plain("1"));
        assert_eq!(parts[2], SourcePart::Paragraph { line: 4, text: "丙".into() });
    }
}
