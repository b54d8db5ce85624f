//! Plain text: lines, rows of cells separated by tabs (a pasted table) or bars, and tables drawn in it.

use std::borrow::Cow;

use super::super::source::{Source, SourceCell, SourcePart, SourceRow, SourceTable, add_row};
use super::super::{ImportError, limits};
use super::drawn_table::{self, BarFrame};
use super::text_pages;
use crate::import::SourceFormat;

/// How many lines a quoted cell of a pasted table may run over.
const QUOTED_LINES: usize = 8;

/// Reads a plain text. Each line is a paragraph with its leading blanks; lines with tabs or bars are rows of a
/// ragged table.
///
/// # Errors
/// Returns an error if there are more cells than in any report.
pub fn read(text: &str) -> Result<Source, ImportError> {
    Ok(Source { format: SourceFormat::Text, parts: parts(&without_quote_marks(text), 1)? })
}

/// Returns a text without the marks that a mail program puts before the lines of the mail that is answered or
/// handed on, if most lines have them.
fn without_quote_marks(text: &str) -> Cow<'_, str> {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let (quoted, own): (Vec<_>, Vec<_>) = filled.partition(|line| line.starts_with('>'));
    if quoted.len() <= own.len() {
        return Cow::Borrowed(text);
    }
    let unquoted = |line: &str| {
        let text = line.trim_start_matches(['>', ' ']);
        // The blanks before a line in its mail are columns.
        let marks = line[..line.len() - text.len()].rfind('>').map_or(0, |at| at + 1);
        let rest = &line[marks..];
        rest.strip_prefix(' ').unwrap_or(rest).to_string()
    };
    Cow::Owned(text.split('\n').map(unquoted).collect::<Vec<_>>().join("\n"))
}

/// Returns the parts of a text whose first line is line `first` of its file.
///
/// # Errors
/// Returns an error in the same cases as [`read`].
pub fn parts(text: &str, first: usize) -> Result<Vec<SourcePart>, ImportError> {
    limits::check_delimiters(text, b'\t')?;
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let (text, mut asides) = text_pages::take_running_lines(&text, first);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut parts: Vec<SourcePart> = Vec::new();
    let mut open = false;
    let mut at = 0;
    // The rows with bars that are being read, and where they end.
    let mut frame = (BarFrame::of(&[]), 0);
    // A page in whose cells are paragraphs is copied with tabs on lines of their own: they separate nothing.
    let has_rows =
        lines.iter().any(|line| line.split('\t').filter(|cell| !cell.trim().is_empty()).count() > 1);
    while let Some(line) = lines.get(at) {
        let number = first + at;
        if let Some((table, taken)) = drawn_table::read(&lines[at..], number) {
            parts.push(SourcePart::Table(table));
            (at, open) = (at + taken, false);
            continue;
        }
        at += 1;
        // The first cell of a pasted row may be in quotes and run over lines before any tab.
        let continued = line.starts_with('"') && lines.get(at).is_some_and(|next| next.contains('\t'));
        if frame.1 < at {
            frame.0 = BarFrame::of(&lines[at - 1..]);
            frame.1 = at - 1 + frame.0.lines.max(1);
        }
        let bars = if line.contains('\t') || continued { None } else { frame.0.cells(line) };
        if drawn_table::is_rule(line) && (open || bars.is_some()) {
            continue;
        }
        let (cells, taken) = match bars {
            Some(cells) => (cells, 0),
            None if line.contains('\t') && has_rows || continued => {
                row_cells(line, lines.get(at..).unwrap_or_default())
            }
            None => (
                vec![SourceCell::plain(
                    drawn_table::without_bars(line).unwrap_or_else(|| (*line).to_string()),
                )],
                0,
            ),
        };
        if let ([cell], 0) = (&cells[..], taken) {
            open &= !cell.text.trim().is_empty();
            if !cell.text.trim().is_empty() {
                parts.push(SourcePart::Paragraph { line: number, text: cell.text.clone() });
            }
            continue;
        }
        at += taken;
        let table = SourceTable { line: number, ragged: true, ..SourceTable::default() };
        add_row(&mut parts, open, table, SourceRow { line: number, cells });
        open = true;
    }
    parts.append(&mut asides);
    Ok(parts)
}

/// Returns the cells of a line with tabs, and how many of the lines below belong to it: Excel puts a cell
/// with line ends inside into quotes. A quote that nothing closes is an ordinary character.
fn row_cells(line: &str, below: &[&str]) -> (Vec<SourceCell>, usize) {
    let mut whole = line.to_string();
    for taken in 0..=QUOTED_LINES.min(below.len()) {
        if let Some(cells) = split_row(&whole) {
            return (cells, taken);
        }
        match below.get(taken) {
            Some(next) => {
                whole.push('\n');
                whole.push_str(next);
            }
            None => break,
        }
    }
    (line.split('\t').map(|cell| SourceCell::plain(cell.trim())).collect(), 0)
}

/// Returns the cells between tabs without their quotes, or `None` while a quote is still open.
fn split_row(line: &str) -> Option<Vec<SourceCell>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"').and_then(quoted_cell) {
            Some(closed) => closed,
            None if rest.starts_with('"') && !rest[1..].contains('"') => return None,
            None => rest.split_once('\t').map_or((rest.to_string(), None), |(a, b)| (a.into(), Some(b))),
        };
        cells.push(SourceCell::plain(cell.trim()));
        match after {
            Some(after) => rest = after,
            None => return Some(cells),
        }
    }
}

/// Returns a quoted cell up to its closing quote, and what follows the tab after it. Returns `None` if the
/// quote does not close just before a tab or the line's end: it was not meant as one.
fn quoted_cell(text: &str) -> Option<(String, Option<&str>)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        if let Some(more) = after.strip_prefix('"') {
            cell.push('"');
            rest = more;
        } else if after.is_empty() {
            return Some((cell, None));
        } else {
            return after.strip_prefix('\t').map(|after| (cell, Some(after)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        parts(text, 1)
            .unwrap()
            .into_iter()
            .filter_map(|part| if let SourcePart::Table(table) = part { Some(table.rows) } else { None })
            .flatten()
            .map(|row| row.cells.into_iter().map(|cell| cell.text).collect())
            .collect()
    }

    #[test]
    fn the_marks_of_a_quoted_mail_are_none_of_its_text() {
        let mail = "> 一、总体情况\n>   甲 1\n>\n> > 二\n转发\n";
        assert_eq!(without_quote_marks(mail), "一、总体情况\n  甲 1\n\n二\n转发\n");
        let own = "3.危及\n> 5\n一、总体情况";
        assert_eq!(without_quote_marks(own), own, "one line of three is no quoted mail");
    }

    #[test]
    fn lines_with_tabs_are_rows_and_the_others_paragraphs() {
        let parts = parts("一、总体情况\r\n甲\t1\t\n乙\t2\t\n\n  二", 1).unwrap();
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[2], SourcePart::Paragraph { line: 5, text: "  二".into() });
        assert_eq!(rows("甲\t1\t\n乙\t2\t"), [["甲", "1", ""], ["乙", "2", ""]]);
    }

    #[test]
    fn a_cell_that_excel_put_in_quotes_may_run_over_lines() {
        assert_eq!(rows("\"商业\n企业\"\t\"1,234\"\t\"a\"\"b\""), [["商业\n企业", "1,234", "a\"b"]]);
    }

    #[test]
    fn a_quote_that_nothing_closes_is_an_ordinary_character() {
        assert_eq!(rows("\"三安全\t0\n乙\t1"), [["\"三安全", "0"], ["乙", "1"]]);
        assert_eq!(rows("3.危及\"三安全一稳定\"\t0"), [["3.危及\"三安全一稳定\"", "0"]]);
        assert_eq!(rows("\"三安全\"一稳定\t0"), [["\"三安全\"一稳定", "0"]]);
    }
}
