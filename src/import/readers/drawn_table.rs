//! Tables that a plain text draws: cells between bars, a grid of dashes and bars, columns below dashes.
//!
//! Programs that turn pages and Word files into text write them (pandoc's grid, simple and multiline
//! tables, what terminals show). Columns are counted as they are shown: a Chinese character takes two.

use super::super::source::{SourceCell, SourceRow, SourceTable};
use crate::text::width::display_width;

/// The characters that stand between cells.
const BARS: [char; 5] = ['|', '│', '┃', '║', '｜'];
/// What lines are drawn with.
const DASHES: [char; 7] = ['-', '=', '─', '━', '═', ':', ' '];
/// What stands where lines cross.
const CROSSINGS: &str = "+┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋";
/// The most lines that a drawn table is sought in.
const MAX_LINES: usize = 400;
/// More cells than these in a line are a whole page.
const MAX_CELLS: usize = 40;

/// Returns the table that begins at the first of some lines, and how many lines it takes. `line` is the number
/// of that line.
pub fn read(lines: &[&str], line: usize) -> Option<(SourceTable, usize)> {
    let lines = &lines[..lines.len().min(MAX_LINES)];
    read_grid(lines, line).or_else(|| read_columns(lines, line))
}

/// Whether the rows of a table have bars in front of their first cell and behind their last one. Where only some
/// have, a cell there is blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarFrame {
    /// How many lines the rows take.
    pub lines: usize,
    before: bool,
    behind: bool,
}

impl BarFrame {
    /// Returns the frame of the rows that some lines begin with.
    pub fn of(lines: &[&str]) -> BarFrame {
        let has_bars = |line: &&&str| line.contains(BARS) && !line.contains('\t');
        let count = lines.iter().take_while(has_bars).count();
        let rows = || lines[..count].iter().map(|line| line.trim()).filter(|line| !is_rule(line));
        BarFrame {
            lines: count,
            before: rows().all(|row| row.starts_with(BARS)),
            behind: rows().all(|row| row.ends_with(BARS)),
        }
    }

    /// Returns the cells of a line that has bars between them or around them, or `None` if it is a sentence with a
    /// bar in it.
    pub fn cells(self, line: &str) -> Option<Vec<SourceCell>> {
        let text = line.trim();
        let count = text.chars().filter(|c| BARS.contains(c)).count();
        if count == 0 || count > MAX_CELLS || text.contains('。') {
            return None;
        }
        let inner = text.strip_prefix(BARS).filter(|_| self.before).unwrap_or(text);
        let inner = inner.strip_suffix(BARS).filter(|_| self.behind).unwrap_or(inner);
        let cells: Vec<&str> = inner.split(BARS).map(str::trim).collect();
        let numbers = || cells.iter().skip(1).any(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
        let is_row = self.before || self.behind || count > 1 || numbers();
        is_row.then(|| cells.into_iter().map(SourceCell::plain).collect())
    }
}

/// Returns the text of a page that is one line with bars between all cells: the bars are blanks, as no row ends.
pub fn without_bars(line: &str) -> Option<String> {
    let count = line.chars().filter(|c| BARS.contains(c)).count();
    (count > MAX_CELLS).then(|| line.replace(BARS, " "))
}

/// Returns whether a line is drawn of dashes, with bars and crossings between them. A row of single dashes is not.
pub fn is_rule(line: &str) -> bool {
    let text = line.trim();
    let drawn = |c: char| DASHES.contains(&c) || BARS.contains(&c) || CROSSINGS.contains(c);
    text.chars().all(drawn) && ["--", "==", "──", "━━", "══", ":-"].iter().any(|dashes| text.contains(dashes))
}

/// Returns the columns at which a line of a grid crosses others, or `None` if it is no such line.
fn crossings(line: &str) -> Option<Vec<usize>> {
    let text = line.trim_end();
    let start = text.trim_start();
    if !start.starts_with(|c: char| CROSSINGS.contains(c)) || !text.ends_with(|c: char| CROSSINGS.contains(c))
    {
        return None;
    }
    let is_drawn = |c: char| CROSSINGS.contains(c) || DASHES[..6].contains(&c);
    let mut found = Vec::new();
    for (column, c) in (text.len() - start.len()..).zip(start.chars()) {
        if !is_drawn(c) {
            return None;
        }
        if CROSSINGS.contains(c) {
            found.push(column);
        }
    }
    (found.len() > 1).then_some(found)
}

/// Returns the text of a line between two columns.
fn between(line: &str, from: usize, to: usize) -> String {
    let mut column = 0;
    let inside = line.chars().filter(|c| {
        let own = column;
        column += char_columns(*c);
        (from..to).contains(&own)
    });
    inside.collect::<String>().trim().to_string()
}

/// Quotation marks and the like take one column, as programs count them.
fn char_columns(c: char) -> usize {
    if BARS[1..4].contains(&c) || DASHES.contains(&c) { 1 } else { display_width(c.encode_utf8(&mut [0; 4])) }
}

/// Returns the columns at which a line has bars.
fn bar_columns(line: &str) -> Vec<usize> {
    let mut column = 0;
    let mut found = Vec::new();
    for c in line.chars() {
        if BARS.contains(&c) || CROSSINGS.contains(c) {
            found.push(column);
        }
        column += char_columns(c);
    }
    found
}

/// Adds a further line of a cell. Words of Latin letters and digits are apart, Chinese runs on.
fn join(cell: &mut String, more: &str) {
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if ascii(cell.chars().next_back()) && ascii(more.chars().next()) {
        cell.push(' ');
    }
    cell.push_str(more);
}

/// Reads a grid: lines of dashes between its rows, bars between its cells.
fn read_grid(lines: &[&str], line: usize) -> Option<(SourceTable, usize)> {
    let mut edges = crossings(lines.first()?)?;
    let is_part = |text: &&&str| {
        let text = text.trim();
        crossings(text).is_some()
            || text.starts_with(BARS)
            || text.starts_with(|c: char| CROSSINGS.contains(c))
    };
    let taken = lines.iter().take_while(is_part).count();
    let lines = &lines[..taken];
    edges.extend(lines.iter().filter_map(|text| crossings(text)).flatten());
    edges.sort_unstable();
    edges.dedup();
    let mut table = SourceTable { line, ..SourceTable::default() };
    let mut block: Vec<&str> = Vec::new();
    for (at, text) in lines.iter().enumerate() {
        if crossings(text).is_none() {
            block.push(text);
        } else if !block.is_empty() {
            let cells = grid_cells(&block, &edges)?;
            table.rows.push(SourceRow { line: line + at - block.len(), cells });
            block.clear();
        }
    }
    (block.is_empty() && !table.rows.is_empty()).then_some((table, taken))
}

/// Returns the cells of a row of a grid: the edges at which every line of it has a bar are between them.
fn grid_cells(block: &[&str], edges: &[usize]) -> Option<Vec<SourceCell>> {
    // A cell that reaches over several rows is not laid out here.
    if block.iter().any(|line| line.contains("--+") || line.contains("──┼")) {
        return None;
    }
    let bars: Vec<Vec<usize>> = block.iter().map(|line| bar_columns(line)).collect();
    let own: Vec<usize> =
        edges.iter().copied().filter(|edge| bars.iter().all(|line| line.contains(edge))).collect();
    if own.first() != edges.first() || own.last() != edges.last() {
        return None;
    }
    let cells = own.windows(2).map(|pair| {
        let mut text = String::new();
        block.iter().for_each(|line| join(&mut text, &between(line, pair[0] + 1, pair[1])));
        let columns = edges.iter().filter(|edge| (pair[0]..pair[1]).contains(edge)).count();
        SourceCell { text, rows: 1, columns }
    });
    Some(cells.collect())
}

/// Returns where the groups of dashes of a line begin and end, if it is groups of dashes with blanks between.
fn dash_groups(line: &str) -> Vec<(usize, usize)> {
    let text = line.trim_end();
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (column, c) in text.chars().enumerate() {
        match (c, groups.last_mut()) {
            ('-' | '=' | '─', Some(last)) if last.1 == column => last.1 += 1,
            ('-' | '=' | '─', _) => groups.push((column, column + 1)),
            (' ', _) => {}
            _ => return Vec::new(),
        }
    }
    if groups.iter().all(|(from, to)| to - from >= 2) { groups } else { Vec::new() }
}

/// Reads columns below groups of dashes: between two lines of dashes, rows with blank lines between them if there
/// are any; or rows up to a blank line below a row of headings and its dashes.
fn read_columns(lines: &[&str], line: usize) -> Option<(SourceTable, usize)> {
    let first = dash_groups(lines.first()?);
    // A table begins with dashes, or with its headings.
    let (heading, groups) = match (first.len(), lines.get(1)) {
        (0, Some(next)) if !lines[0].trim().is_empty() => (1, dash_groups(next)),
        _ => (0, first),
    };
    if groups.len() < 2 {
        return None;
    }
    let starts: Vec<usize> = groups.iter().map(|(from, _)| *from).collect();
    let body = &lines[heading + 1..];
    let blank = body.iter().position(|text| text.trim().is_empty()).unwrap_or(body.len());
    let rule = body.iter().position(|text| dash_groups(text) == groups);
    let end = match (heading, rule) {
        (0, Some(rule)) => rule,
        (0, None) => return None,
        _ => blank,
    };
    let mut table = SourceTable { line, ..SourceTable::default() };
    let spread = end > blank;
    let mut is_open = false;
    let shown = lines[..heading]
        .iter()
        .enumerate()
        .chain(body[..end].iter().enumerate().map(|(at, text)| (at + heading + 1, text)));
    for (at, text) in shown {
        if text.trim().is_empty() {
            is_open = false;
            continue;
        }
        let cells = column_cells(text, &starts)?;
        match table.rows.last_mut() {
            Some(row) if spread && is_open => {
                row.cells.iter_mut().zip(cells).for_each(|(cell, more)| join(&mut cell.text, &more));
            }
            _ => {
                let cells = cells.into_iter().map(SourceCell::plain).collect();
                table.rows.push(SourceRow { line: line + at, cells });
            }
        }
        is_open = true;
    }
    let taken = heading + 1 + end + usize::from(heading == 0);
    (!table.rows.is_empty()).then_some((table, taken))
}

/// Returns the texts of a line in columns that begin there, or `None` if a word reaches over the beginning of one.
fn column_cells(line: &str, starts: &[usize]) -> Option<Vec<String>> {
    let mut cells = vec![String::new(); starts.len()];
    let (mut column, mut before) = (0, ' ');
    for c in line.chars() {
        let own = starts.iter().rposition(|start| *start <= column);
        let begins = starts.contains(&column);
        let reaches_over = char_columns(c) == 2 && starts.contains(&(column + 1));
        if begins && before != ' ' || reaches_over || own.is_none() && c != ' ' {
            return None;
        }
        if let Some(cell) = own.and_then(|own| cells.get_mut(own)) {
            cell.push(c);
        }
        column += char_columns(c);
        before = c;
    }
    // Programs do not agree how wide “ and ” are: where the last column is empty behind them, all numbers may stand
    // one column too far to the left.
    let is_shifted =
        cells.last().is_some_and(|last| last.trim().is_empty()) && line.contains(['“', '”', '—', '…']);
    (!is_shifted).then(|| cells.into_iter().map(|cell| cell.trim().to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<(Vec<String>, usize)> {
        let lines: Vec<&str> = text.lines().collect();
        let (table, taken) = read(&lines, 1)?;
        let row =
            |row: &SourceRow| row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
        Some((table.rows.iter().map(row).collect(), taken))
    }

    #[test]
    fn a_grid_is_read_with_cells_on_several_lines() {
        let text = "+--------+----+-----+\n| 行政规 | 2  | 1 2 |\n| 范文件 |    | 3   |\n+========+====+=====+\n| 两列宽      | 4   |\n+--------+----+-----+\n后";
        assert_eq!(rows(text), Some((vec!["行政规范文件|2|1 2 3".into(), "两列宽|4".into()], 6)));
    }

    #[test]
    fn columns_below_dashes_are_read_where_no_word_reaches_over() {
        let simple = "  项目     数量\n  -------- ------\n  规章     0\n  文件     11\n\n后";
        assert_eq!(rows(simple), Some((vec!["项目|数量".into(), "规章|0".into(), "文件|11".into()], 4)));
        let spread = "  -------- ------\n  行政规   2\n  范文件\n\n  规章\n  -------- ------\n";
        assert_eq!(rows(spread), Some((vec!["行政规范文件|2".into(), "规章|".into()], 6)));
        assert_eq!(rows("  -------- ------\n  行政规范性文件 2\n  -------- ------"), None);
    }

    #[test]
    fn a_sentence_with_a_bar_is_no_row() {
        let cells = |line: &str| {
            let cells = BarFrame::of(&[line]).cells(line)?;
            Some(cells.into_iter().map(|cell| cell.text).collect::<Vec<_>>().join(","))
        };
        for (line, read) in [
            ("规章 | 0 | 0 |", "规章,0,0"),
            ("行政许可 |", "行政许可"),
            ("| 2 |  | 2 |", "2,,2"),
            ("许可 | 37", "许可,37"),
        ] {
            assert_eq!(cells(line).as_deref(), Some(read));
        }
        assert!(cells("首页 | 公开").is_none() && cells("甲 | 乙 | 丙。").is_none());
    }

    #[test]
    fn a_bar_at_the_end_of_some_rows_only_is_beside_a_blank_cell() {
        let frame = BarFrame::of(&["甲 | 1 | 2", "乙 | 3 | "]);
        assert_eq!(frame.cells("乙 | 3 | ").map(|cells| cells.len()), Some(3));
        let frame = BarFrame::of(&["甲 | 1 | 2 |", "乙 | 3 |  |"]);
        assert_eq!(frame.cells("乙 | 3 |  |").map(|cells| cells.len()), Some(3));
    }
}
