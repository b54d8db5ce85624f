//! A report written into each kind of file and copy that an import knows.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::report::{Kind, Part, Positions, Report, Row};

/// A layout: its name, the name of its file, how it shows positions, and what writes it.
pub struct Layout {
    pub name: &'static str,
    pub file: &'static str,
    pub positions: Positions,
    pub write: fn(&Report) -> Vec<u8>,
}

const fn layout(
    name: &'static str,
    file: &'static str,
    positions: Positions,
    write: fn(&Report) -> Vec<u8>,
) -> Layout {
    Layout { name, file, positions, write }
}

pub const LAYOUTS: [Layout; 16] = [
    layout("word", "a.docx", Positions::Spans, word),
    layout("page", "a.html", Positions::Spans, page),
    layout("sheet", "a.xlsx", Positions::Columns, sheet),
    layout("commas", "a.csv", Positions::Cells, |report| cells(report, "", ",", "")),
    layout("markdown", "a.md", Positions::Cells, |report| cells(report, "| ", " | ", " |")),
    layout("markdown, a table for each block", "a.md", Positions::Cells, small_tables),
    layout("tabs", "a.txt", Positions::Cells, |report| cells(report, "", "\t", "")),
    layout("bars", "a.txt", Positions::Cells, |report| cells(report, "", " | ", "")),
    layout("a row a line", "a.txt", Positions::Words, |report| lines(report, " ", "\n")),
    layout("aligned", "a.txt", Positions::Words, |report| lines(report, "        ", "\n\n")),
    layout("label and numbers on two lines", "a.txt", Positions::Words, |report| two_lines(report, 1)),
    layout("two labels, two lines of numbers", "a.txt", Positions::Words, |report| two_lines(report, 2)),
    layout("three labels, three lines of numbers", "a.txt", Positions::Words, |report| two_lines(report, 3)),
    layout("a cell a line", "a.txt", Positions::Words, |report| lines(report, "\n", "\n")),
    layout("run together", "a.txt", Positions::Digits, |report| lines(report, "", "")),
    layout("by column", "a.txt", Positions::Words, by_column),
];

/// The cells of each row in their columns; positions covered by another cell are blank.
pub fn expanded(rows: &[Row]) -> Vec<Vec<String>> {
    let mut taken: Vec<(usize, usize, usize)> = Vec::new();
    let mut all = Vec::new();
    for row in rows {
        let mut line: Vec<String> = Vec::new();
        let mut below = Vec::new();
        for cell in &row.cells {
            while taken.iter().any(|(from, to, _)| (*from..*to).contains(&line.len())) {
                line.push(String::new());
            }
            if cell.rows > 1 {
                below.push((line.len(), line.len() + cell.columns, cell.rows));
            }
            line.push(cell.text.clone());
            line.extend((1..cell.columns).map(|_| String::new()));
        }
        taken.extend(below);
        taken.retain_mut(|(_, _, rows)| {
            *rows -= 1;
            *rows > 0
        });
        all.push(line);
    }
    all
}

pub fn cells(report: &Report, before: &str, between: &str, after: &str) -> Vec<u8> {
    let mut text = String::new();
    for part in report {
        match part {
            Part::Text(line) => text.push_str(&format!("{line}\n")),
            Part::Table(rows) => {
                for line in expanded(rows) {
                    let line: Vec<String> = line.iter().map(|cell| cell.replace('\n', " ")).collect();
                    text.push_str(&format!("{before}{}{after}\n", line.join(between)));
                }
            }
        }
    }
    text.into_bytes()
}

/// Each row of headings begins a table of its own, and labels above a row are headings of the text.
pub fn small_tables(report: &Report) -> Vec<u8> {
    let mut text = String::new();
    for part in report {
        let Part::Table(rows) = part else {
            if let Part::Text(line) = part {
                text.push_str(&format!("\n{line}\n"));
            }
            continue;
        };
        for row in rows {
            let labels = row.positions(Kind::Label);
            for above in labels.iter().filter(|at| row.cells[**at].rows > 1) {
                text.push_str(&format!("\n### {}\n\n", row.cells[*above].text));
            }
            let shown = row.cells.iter().filter(|cell| cell.kind != Kind::Label || cell.rows == 1);
            let shown: Vec<String> = shown
                .flat_map(|cell| {
                    let further = (1..cell.holds).map(|_| String::new());
                    std::iter::once(cell.text.replace('\n', "<br>")).chain(further)
                })
                .collect();
            if labels.is_empty() && row.fields.is_empty() {
                text.push_str(&format!("\n| {} |\n|{}\n", shown.join(" | "), "---|".repeat(shown.len())));
            } else {
                text.push_str(&format!("| {} |\n", shown.join(" | ")));
            }
        }
    }
    text.into_bytes()
}

pub fn lines(report: &Report, between: &str, end: &str) -> Vec<u8> {
    let mut text = String::new();
    for part in report {
        match part {
            Part::Text(line) => text.push_str(&format!("{line}{end}")),
            Part::Table(rows) => {
                for row in rows {
                    let words: Vec<&str> = row
                        .cells
                        .iter()
                        .map(|cell| cell.text.as_str())
                        .filter(|word| !word.is_empty())
                        .collect();
                    text.push_str(&format!("{}{end}", words.join(between)));
                }
            }
        }
    }
    text.into_bytes()
}

/// Some labels below each other, then their numbers, a line for each.
fn two_lines(report: &Report, together: usize) -> Vec<u8> {
    let mut text = String::new();
    for part in report {
        let Part::Table(rows) = part else {
            if let Part::Text(line) = part {
                text.push_str(&format!("{line}\n"));
            }
            continue;
        };
        let mut at = 0;
        while at < rows.len() {
            let alike = rows[at..].iter().take_while(|row| row.fields.len() == rows[at].fields.len()).count();
            let block = &rows[at..at + alike.min(together).max(1)];
            for value in [false, true] {
                for row in block {
                    let words: Vec<&str> = row
                        .cells
                        .iter()
                        .filter(|cell| (cell.kind == Kind::Value) == value && !cell.text.is_empty())
                        .map(|cell| cell.text.as_str())
                        .collect();
                    if !words.is_empty() {
                        text.push_str(&format!("{}\n", words.join(" ")));
                    }
                }
            }
            at += block.len();
        }
    }
    text.into_bytes()
}

/// All labels of a table, then its numbers column by column.
pub fn by_column(report: &Report) -> Vec<u8> {
    let mut text = String::new();
    for part in report {
        match part {
            Part::Text(line) => text.push_str(&format!("{line}\n")),
            Part::Table(rows) => {
                for cell in rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.kind != Kind::Value) {
                    text.push_str(&format!("{}\n", cell.text));
                }
                let most = rows.iter().map(|row| row.values().count()).max().unwrap_or(0);
                for at in 0..most {
                    for cell in rows.iter().filter_map(|row| row.values().nth(at)) {
                        text.push_str(&format!("{}\n", cell.text));
                    }
                }
            }
        }
    }
    text.into_bytes()
}

pub fn page(report: &Report) -> Vec<u8> {
    let mut text = String::from("<html><body>");
    for part in report {
        match part {
            Part::Text(line) => text.push_str(&format!("<p>{line}</p>\n")),
            Part::Table(rows) => {
                text.push_str("<table>\n");
                for row in rows {
                    text.push_str("<tr>");
                    for cell in &row.cells {
                        text.push_str(&format!(
                            "<td rowspan={} colspan=\"{}\">{}</td>",
                            cell.rows,
                            cell.columns,
                            cell.text.replace('\n', "<br>")
                        ));
                    }
                    text.push_str("</tr>\n");
                }
                text.push_str("</table>\n");
            }
        }
    }
    text.into_bytes()
}

pub fn word(report: &Report) -> Vec<u8> {
    let paragraph =
        |text: &str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", text.replace('\n', "</w:t><w:br/><w:t>"));
    let mut body = String::new();
    for part in report {
        let Part::Table(rows) = part else {
            if let Part::Text(line) = part {
                body.push_str(&paragraph(line));
            }
            continue;
        };
        body.push_str("<w:tbl>");
        // Columns in which a cell of a row above goes on: first, width, rows to go.
        let mut open: Vec<(usize, usize, usize)> = Vec::new();
        for row in rows {
            let cell = |width: usize, merge: &str, text: &str| {
                let properties = format!("<w:tcPr><w:gridSpan w:val=\"{width}\"/>{merge}</w:tcPr>");
                format!("<w:tc>{properties}{}</w:tc>", paragraph(text))
            };
            body.push_str("<w:tr>");
            let (mut column, mut below) = (0, Vec::new());
            let carried = |column: &mut usize, body: &mut String| {
                while let Some((_, width, _)) = open.iter().find(|(from, ..)| from == column) {
                    body.push_str(&cell(*width, "<w:vMerge/>", ""));
                    *column += width;
                }
            };
            for own in &row.cells {
                carried(&mut column, &mut body);
                let merge = if own.rows > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
                body.push_str(&cell(own.columns, merge, &own.text));
                if own.rows > 1 {
                    below.push((column, own.columns, own.rows));
                }
                column += own.columns;
            }
            carried(&mut column, &mut body);
            body.push_str("</w:tr>");
            open.extend(below);
            open.retain_mut(|(_, _, rows)| {
                *rows -= 1;
                *rows > 0
            });
        }
        body.push_str("</w:tbl>");
    }
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", xml)])
}

fn zipped(entries: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// One sheet; what is written over several columns is merged.
pub fn sheet(report: &Report) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut data, mut line) = (String::new(), 0);
    let column = |at: usize| char::from(b'A' + u8::try_from(at).unwrap_or(25).min(25));
    let mut row = |cells: &[String]| {
        line += 1;
        data.push_str(&format!("<row r=\"{line}\">"));
        for (at, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let place = format!("{}{line}", column(at));
            // No number begins with 0: digits that ran together are text.
            let is_number =
                text.bytes().all(|byte| byte.is_ascii_digit()) && (text.len() == 1 || !text.starts_with('0'));
            data.push_str(&if is_number {
                format!("<c r=\"{place}\"><v>{text}</v></c>")
            } else {
                format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            });
        }
        data.push_str("</row>");
    };
    for part in report {
        match part {
            Part::Text(text) => row(std::slice::from_ref(text)),
            Part::Table(rows) => expanded(rows).iter().for_each(|cells| row(cells)),
        }
    }
    let relation = |kind: &str, id: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zipped(&[
        ("_rels/.rels", relation("officeDocument", "r", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{office}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "s", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{data}</sheetData></worksheet>")),
    ])
}
