//! The files and copies that a report becomes.

use crate::damage::layouts::{cells, expanded};
use crate::damage::report::{Kind, Part, Report, Row};

/// Writes each part on lines of its own, tables by the function given.
pub fn document(report: &Report, between: &str, table: impl Fn(&[Row]) -> String) -> Vec<u8> {
    let parts = report.iter().map(|part| match part {
        Part::Text(text) => text.clone(),
        Part::Table(rows) => table(rows),
    });
    parts.collect::<Vec<_>>().join(between).into_bytes()
}

fn html_table(rows: &[Row], cell: impl Fn(&str) -> String) -> String {
    let mut text = String::from("<table border=\"1\" cellspacing=\"0\"><tbody>\n");
    for row in rows {
        text.push_str("<tr>\n");
        for own in &row.cells {
            let mut spans = String::new();
            if own.rows > 1 {
                spans.push_str(&format!(" rowspan=\"{}\"", own.rows));
            }
            if own.columns > 1 {
                spans.push_str(&format!(" colspan=\"{}\"", own.columns));
            }
            text.push_str(&format!("<td{spans}>{}</td>\n", cell(&own.text)));
        }
        text.push_str("</tr>\n");
    }
    text + "</tbody></table>"
}

fn lined(text: &str) -> String {
    text.replace('\n', "<br>")
}

pub fn page(report: &Report) -> Vec<u8> {
    let text = document(report, "</p>\n<p>", |rows| html_table(rows, lined));
    [&b"<html><body><p>"[..], &text, b"</p></body></html>"].concat()
}

/// As an editor of web pages writes it: a paragraph and spans in each cell, blanks that do not break.
pub fn editor(report: &Report) -> Vec<u8> {
    let cell = |text: &str| {
        let middle = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
        let (one, two) =
            text.split_at(if text.bytes().all(|b| b.is_ascii_digit()) { text.len() } else { middle });
        format!(
            "<p style=\"text-align:center\"><span>{}</span><span>{}</span>&nbsp;<o:p></o:p></p>",
            lined(one),
            lined(two)
        )
    };
    let text =
        document(report, "</span></p>\n<p><span>&nbsp;&nbsp;&nbsp;&nbsp;", |rows| html_table(rows, cell));
    [&b"<html><body><div><p><span>"[..], &text, b"</span></p></div></body></html>"].concat()
}

/// Each table inside a table that lays out the page.
pub fn nested(report: &Report) -> Vec<u8> {
    let text = document(report, "</p>\n<p>", |rows| {
        format!("<table><tr><td>{}</td></tr></table>", html_table(rows, lined))
    });
    [
        &b"<table width=\"100%\"><tr><td>\xe9\xa6\x96\xe9\xa1\xb5</td><td><p>"[..],
        &text,
        b"</p></td></tr></table>",
    ]
    .concat()
}

/// Rows of the cells that are there, blank ones too, but not of positions that merged cells cover.
fn rows_of(rows: &[Row], between: &str, row: impl Fn(String) -> String) -> String {
    let lines = rows.iter().map(|own| {
        let texts: Vec<String> = own.cells.iter().map(|cell| cell.text.replace('\n', "")).collect();
        row(texts.join(between))
    });
    lines.collect::<Vec<_>>().join("\n")
}

pub fn copied(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| rows_of(rows, "\t", |row| row))
}

pub fn bars_behind(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| rows_of(rows, " | ", |row| row + " |"))
}

pub fn bars_around(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| rows_of(rows, " | ", |row| format!("| {row} |")))
}

pub fn bars_one_line(report: &Report) -> Vec<u8> {
    document(report, " ", |rows| rows_of(rows, " | ", |row| format!("| {row} |")).replace('\n', " "))
}

/// Every cell with a bar behind it on a line of its own.
pub fn bar_lines(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| rows_of(rows, " |\n", |row| row + " |"))
}

/// What a program that turns pages into Markdown makes of a table: no bars at the ends of a row.
pub fn loose_bars(report: &Report) -> Vec<u8> {
    document(report, "\n\n", |rows| {
        let lines = rows_of(rows, " | ", |row| row + "  ");
        let (first, rest) = lines.split_once('\n').unwrap_or((&lines, ""));
        format!("{first}\n{}\n{rest}", vec!["---"; rows[0].cells.len()].join("|"))
    })
}

/// A cell a line, as the text of a page with a paragraph in each cell is copied.
pub fn inner_text(report: &Report) -> Vec<u8> {
    document(report, "\n\n", |rows| rows_of(rows, "\n\n\t\n", |row| row + "\n"))
}

/// Every piece of text of a page on a line of its own: ordinals, quotes and words apart.
pub fn pieces(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| {
        let mut lines: Vec<String> = Vec::new();
        for cell in rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_empty()) {
            let text = cell.text.replace('\n', "");
            match (cell.kind, text.find('.')) {
                (Kind::Label, Some(at)) => {
                    lines.extend([text[..=at].to_string(), text[at + 1..].to_string()])
                }
                _ => lines.push(text),
            }
        }
        lines.join("\n").replace('“', "\n“\n").replace('”', "\n”")
    })
}

fn words(rows: &[Row], between: &str, end: &str) -> String {
    let lines = rows.iter().map(|row| {
        let texts: Vec<String> = row
            .cells
            .iter()
            .map(|cell| cell.text.replace('\n', ""))
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(between)
    });
    lines.collect::<Vec<_>>().join(end)
}

pub fn row_lines(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| words(rows, " ", "\n"))
}

pub fn wide_row_lines(report: &Report) -> Vec<u8> {
    document(report, "\n\n", |rows| words(rows, "\u{3000}\u{3000}", "\n\n"))
}

pub fn cell_lines(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| words(rows, "\n", "\n"))
}

pub fn spread_cell_lines(report: &Report) -> Vec<u8> {
    document(report, "\n\n", |rows| words(rows, "\n\n", "\n\n"))
}

pub fn one_line(report: &Report) -> Vec<u8> {
    document(report, " ", |rows| words(rows, " ", " "))
}

pub fn one_line_wide(report: &Report) -> Vec<u8> {
    document(report, "  ", |rows| words(rows, "\u{a0}", "  "))
}

/// Sections on lines, the cells of each table on one.
pub fn table_lines(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| words(rows, " ", " "))
}

pub fn run_together(report: &Report) -> Vec<u8> {
    document(report, "", |rows| words(rows, "", ""))
}

pub fn run_together_rows(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| words(rows, "", "\n"))
}

pub fn run_together_tables(report: &Report) -> Vec<u8> {
    document(report, "\n", |rows| words(rows, "", ""))
}

/// Lines of at most that many characters, broken where they are full.
fn broken(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut column = 0;
        for word in line.split_inclusive(' ') {
            let plain = word.trim_end().chars().all(|c| c.is_ascii());
            if plain && column + word.len() > width {
                out.push('\n');
                column = 0;
            }
            for c in word.chars() {
                if column >= width && !plain {
                    out.push('\n');
                    column = 0;
                }
                out.push(c);
                column += 1;
            }
        }
        out.push('\n');
    }
    out
}

pub fn broken_lines(report: &Report) -> Vec<u8> {
    broken(&String::from_utf8(row_lines(report)).unwrap(), 30).into_bytes()
}

pub fn broken_page(report: &Report) -> Vec<u8> {
    broken(&String::from_utf8(one_line(report)).unwrap(), 60).into_bytes()
}

pub fn commas(report: &Report) -> Vec<u8> {
    cells(report, "", ",", "")
}

pub fn markdown(report: &Report) -> Vec<u8> {
    cells(report, "| ", " | ", " |")
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The lines of a cell in a column of that width.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let last = lines.last_mut().unwrap();
        if width(last) + width(&c.to_string()) > most {
            lines.push(c.into());
        } else {
            last.push(c);
        }
    }
    lines
}

fn padded(text: &str, most: usize) -> String {
    format!("{text}{}", " ".repeat(most.saturating_sub(width(text))))
}

/// The lines of each row in columns: their widths, and how a line is put together.
fn laid_out(rows: &[Row], widest: usize) -> (Vec<usize>, Vec<Vec<Vec<String>>>) {
    let texts = expanded(rows);
    let columns = texts.iter().map(Vec::len).max().unwrap_or(0);
    let fit = |column: usize| {
        texts.iter().filter_map(|row| row.get(column)).map(|text| width(text)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(|column| fit(column).clamp(4, widest)).collect();
    let rows = texts.iter().map(|row| {
        let cells: Vec<Vec<String>> =
            (0..columns).map(|at| wrapped(row.get(at).map_or("", |text| text), widths[at])).collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or(1);
        (0..most)
            .map(|line| cells.iter().map(|cell| cell.get(line).cloned().unwrap_or_default()).collect())
            .collect()
    });
    let rows = rows.collect();
    (widths, rows)
}

fn joined(line: &[String], widths: &[usize], between: &str) -> String {
    line.iter().zip(widths).map(|(text, most)| padded(text, *most)).collect::<Vec<_>>().join(between)
}

/// A grid of `+`, `-` and `|`, long cells on several lines.
fn grid(report: &Report, widest: usize) -> Vec<u8> {
    document(report, "\n\n", |rows| {
        let (widths, rows) = laid_out(rows, widest);
        let rule =
            format!("+{}+", widths.iter().map(|most| "-".repeat(most + 2)).collect::<Vec<_>>().join("+"));
        let mut text = format!("{rule}\n");
        for row in rows {
            for line in row {
                text.push_str(&format!("| {} |\n", joined(&line, &widths, " | ")));
            }
            text.push_str(&format!("{rule}\n"));
        }
        text
    })
}

pub fn grid_wide(report: &Report) -> Vec<u8> {
    grid(report, 200)
}

pub fn grid_narrow(report: &Report) -> Vec<u8> {
    grid(report, 20)
}

/// The same with lines drawn by a terminal.
pub fn boxes(report: &Report) -> Vec<u8> {
    String::from_utf8(grid(report, 24))
        .unwrap()
        .replace("| ", "│ ")
        .replace(" |", " │")
        .replace('-', "─")
        .replace('+', "┼")
        .into_bytes()
}

/// Columns aligned by blanks, a row a line between rules.
pub fn simple(report: &Report) -> Vec<u8> {
    document(report, "\n\n", |rows| {
        let (widths, rows) = laid_out(rows, 200);
        let rule = widths.iter().map(|most| "-".repeat(*most)).collect::<Vec<_>>().join(" ");
        let lines: Vec<String> =
            rows.iter().flatten().map(|line| format!("  {}", joined(line, &widths, " "))).collect();
        format!("  {rule}\n{}\n  {rule}", lines.join("\n"))
    })
}

/// The same with long cells on several lines and a blank line between rows.
pub fn multiline(report: &Report) -> Vec<u8> {
    document(report, "\n\n", |rows| {
        let (widths, rows) = laid_out(rows, 22);
        let rule = widths.iter().map(|most| "-".repeat(*most)).collect::<Vec<_>>().join(" ");
        let lines = rows.iter().map(|row| {
            row.iter().map(|line| format!("  {}\n", joined(line, &widths, " "))).collect::<String>()
        });
        format!("  {rule}\n{}  {rule}", lines.collect::<Vec<_>>().join("\n"))
    })
}

/// A file of commas in which the first column repeats the section.
pub fn commas_headed(report: &Report) -> Vec<u8> {
    let mut text = String::new();
    let mut heading = String::from("标题");
    for part in report {
        match part {
            Part::Text(line) if line.contains('、') && line.chars().count() < 24 => heading.clone_from(line),
            Part::Text(line) => text.push_str(&format!("{heading},\"{line}\"\n")),
            Part::Table(rows) => {
                for row in expanded(rows) {
                    text.push_str(&format!(
                        "{heading},{}\n",
                        row.iter()
                            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                            .collect::<Vec<_>>()
                            .join(",")
                    ));
                }
            }
        }
    }
    text.into_bytes()
}
