//! Markdown: pipe tables and drawn ones, headings, pictures; tables written as HTML inside it.
//!
//! Reports are copied into Markdown more loosely than its standard allows: tables without a line of dashes,
//! rows of more cells than the heading, which a parser of the standard drops. So lines are read as they
//! are.

use super::super::source::{Source, SourceCell, SourcePart, SourceRow, SourceTable, add_row};
use super::super::{ImportError, limits};
use super::{drawn_table, html};
use crate::import::SourceFormat;
use crate::text::width::display_width;

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
    // Whether the paragraph before is a line that was broken for its length.
    let mut broken = false;
    while let Some(line) = lines.get(at) {
        let number = at + 1;
        if let Some((table, taken)) = drawn_table::read(&lines[at..], number) {
            parts.push(SourcePart::Table(table));
            (at, open, broken) = (at + taken, false, false);
            continue;
        }
        at += 1;
        let trimmed = line.trim();
        let goes_on = std::mem::take(&mut broken);
        if let Some(taken) = frame_lines(&lines[at - 1..]) {
            at += taken - 1;
            continue;
        }
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
            if let (Some(caption), Some(SourcePart::Table(_))) = (caption(trimmed), parts.last()) {
                let before = parts.len() - 1;
                parts
                    .insert(before, SourcePart::Paragraph { line: number, text: unescaped(&plain(caption)) });
                continue;
            }
            match parts.last_mut() {
                Some(SourcePart::Paragraph { text, .. }) if goes_on && !begins_block(trimmed) => {
                    text.push_str(&unescaped(&plain(trimmed)));
                }
                _ => paragraph(trimmed, number, &mut parts),
            }
            broken = is_broken(trimmed);
            continue;
        }
        let mut row = trimmed.to_string();
        // A row that was broken for its length ends with the bar of the next line.
        if let Some(rest) = lines.get(at).map(|line| line.trim()).filter(|rest| is_rest_of_row(&row, rest)) {
            row.push(' ');
            row.push_str(rest);
            at += 1;
        }
        let cells = cells(&row);
        if open && is_rule(&cells) {
            continue;
        }
        let table = SourceTable { line: number, ragged: false, ..SourceTable::default() };
        add_row(&mut parts, open, table, SourceRow { line: number, cells });
        open = true;
    }
    Ok(Source { format: SourceFormat::Markdown, parts })
}

/// Returns how many lines a mark takes that only frames what is inside: `::: {.table}`, `<div class="table">`.
fn frame_lines(lines: &[&str]) -> Option<usize> {
    const MAX_TAG: usize = 6;
    let first = lines.first()?.trim();
    if first.starts_with(":::") {
        return Some(1);
    }
    let is_frame = ["<div", "</div", "<section", "</section"].iter().any(|tag| first.starts_with(tag));
    let end = lines.iter().take(MAX_TAG).position(|line| line.trim_end().ends_with('>'))?;
    (is_frame && lines[..=end].iter().map(|line| line.matches('>').count()).sum::<usize>() == 1)
        .then_some(end + 1)
}

/// Returns the words of a line that is the caption of the table above it: `: 三、收到…情况`.
fn caption(line: &str) -> Option<&str> {
    line.strip_prefix("Table:").or_else(|| line.strip_prefix(": ")).map(str::trim)
}

/// Returns whether a line was broken for its length: it is long and its sentence goes on.
fn is_broken(line: &str) -> bool {
    let ends = ['。', '！', '？', '；', '：', ':', '”', '）', '*', '>'];
    !line.starts_with(['#', '!', '<']) && display_width(line) >= MIN_BROKEN && !line.ends_with(ends)
}

/// Returns whether a line begins something new whatever is before it.
fn begins_block(line: &str) -> bool {
    line.is_empty() || line.starts_with(['#', '!', '<', '>', '*', '-', '（', '(', '|', '['])
}

/// The narrowest line that was broken for its length, in columns.
const MIN_BROKEN: usize = 50;

/// Returns whether a line is a row of a pipe table.
fn is_row(line: &str) -> bool {
    let has_bar_behind = || line.ends_with('|') && line.matches('|').count() > 1;
    line.starts_with('|') && line.len() > 1 || line.matches(" | ").count() >= 2 || has_bar_behind()
}

/// Returns whether a line is the end of a row that lacks its last bar.
fn is_rest_of_row(row: &str, rest: &str) -> bool {
    row.starts_with('|') && !row.ends_with('|') && !rest.starts_with('|') && rest.ends_with('|')
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
