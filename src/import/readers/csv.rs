//! Tables whose cells are separated by commas, semicolons or tabs.

use super::super::source::{Source, SourceCell, SourcePart, SourceRow, SourceTable};
use super::super::{ImportError, limits};
use crate::import::SourceFormat;

/// Reads the single table of a `.csv` file.
///
/// # Errors
/// Returns an error if there are more cells than in any report.
pub fn read(text: &str) -> Result<Source, ImportError> {
    let delimiter = guess_delimiter(text);
    limits::check_delimiters(text, delimiter)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut table = SourceTable { line: 1, ..SourceTable::default() };
    let mut count = limits::LimitCounter::default();
    for record in reader.records() {
        let record = record.map_err(|_| ImportError::Broken("这个 CSV 文件"))?;
        count.add_cells(record.len())?;
        let line = record.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        let cells: Vec<SourceCell> = record.iter().map(|cell| SourceCell::plain(cell.trim())).collect();
        if cells.iter().any(|cell| !cell.text.is_empty()) {
            table.rows.push(SourceRow { line, cells });
        }
    }
    Ok(Source { format: SourceFormat::Csv, parts: split_at_headings(table) })
}

/// Splits a table whose first column repeats a heading in every row, as in an exported report, into the
/// headings and the rows under each.
fn split_at_headings(table: SourceTable) -> Vec<SourcePart> {
    let head = |row: &SourceRow| row.cells.first().map(|cell| cell.text.clone()).unwrap_or_default();
    let mut heads: Vec<String> = table.rows.iter().map(head).collect();
    let repeated = heads.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let complete = heads.iter().all(|head| head.chars().any(char::is_alphabetic));
    heads.dedup();
    if !complete || heads.len() < 3 || repeated < heads.len() {
        return vec![SourcePart::Table(table)];
    }
    let mut parts = Vec::new();
    let mut current = String::new();
    for mut row in table.rows {
        let head = row.cells.remove(0).text;
        if head != current {
            parts.push(SourcePart::Paragraph { line: row.line, text: head.clone() });
            parts.push(SourcePart::Table(SourceTable { line: row.line, ..SourceTable::default() }));
            current = head;
        }
        if let Some(SourcePart::Table(table)) = parts.last_mut() {
            table.rows.push(row);
        }
    }
    parts
}

/// Returns the delimiter that occurs most often in the first lines.
fn guess_delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(50).collect();
    let count = |wanted: char| head.iter().map(|line| line.matches(wanted).count()).sum::<usize>();
    [b'\t', b';']
        .into_iter()
        .fold(b',', |best, one| if count(char::from(one)) > count(char::from(best)) { one } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells_and_every_usual_delimiter_are_read() {
        for text in ["甲,\"1,234\",\n乙,,2\n", "甲;1,234;\n乙;;2", "甲\t1,234\t\r\n\r\n乙\t\t2"] {
            let source = read(text).unwrap();
            let [SourcePart::Table(table)] = &source.parts[..] else { panic!("one table") };
            let cells: Vec<Vec<&str>> =
                table.rows.iter().map(|row| row.cells.iter().map(|c| c.text.as_str()).collect()).collect();
            assert_eq!(cells, [["甲", "1,234", ""], ["乙", "", "2"]], "{text}");
        }
    }
}
