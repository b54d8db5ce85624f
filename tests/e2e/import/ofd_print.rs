//! Prints paragraphs and tables as the pages of an OFD file, as simply as that can be done.

use std::fmt::Write as _;

use nianbao::import::{Source, SourcePart, SourceTable};

use super::hostile_pages::ofd::{ROOT, page, zipped};

/// The size of the font, the distance of lines, and the sides of what is printed, in millimetres.
const SIZE: f32 = 3.5;
const LINE: f32 = 5.0;
const LEFT: f32 = 20.0;
const WIDTH: f32 = 170.0;
const TOP: f32 = 20.0;
const BOTTOM: f32 = 275.0;

struct Printer {
    pages: Vec<String>,
    y: f32,
}

/// A cell laid out: its rows, columns and lines.
struct Laid {
    rows: (usize, usize),
    columns: (usize, usize),
    text: Vec<String>,
}

impl Printer {
    fn new_page(&mut self) {
        self.pages.push(String::new());
        self.y = TOP;
    }

    fn write(&mut self, object: &str) {
        self.pages.last_mut().unwrap().push_str(object);
    }

    fn text(&mut self, x: f32, y: f32, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        self.write(&format!(
            "<ofd:TextObject Boundary=\"{x} {y} 99 {LINE}\" Size=\"{SIZE}\"><ofd:TextCode X=\"0\" Y=\"{SIZE}\">{text}</ofd:TextCode></ofd:TextObject>"
        ));
    }

    fn frame(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.write(&format!(
            "<ofd:PathObject Boundary=\"{x} {y} {width} {height}\" LineWidth=\"0.2\"><ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
        ));
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrapped(&format!("\u{3000}\u{3000}{text}"), WIDTH) {
            if self.y + LINE > BOTTOM {
                self.new_page();
            }
            let indent = line.chars().take_while(|c| *c == '\u{3000}').count();
            self.text(LEFT + SIZE * indent as f32, self.y, line.trim_start_matches('\u{3000}'));
            self.y += LINE * 1.4;
        }
        self.y += 1.0;
    }

    fn table(&mut self, table: &SourceTable) {
        let rows = table.positioned_rows();
        let width =
            rows.iter().flat_map(|(_, cells)| cells).map(|cell| cell.column + cell.columns).max().unwrap();
        // What holds labels is wider than what holds numbers.
        let mut weights = vec![1.0f32; width];
        for cell in rows.iter().flat_map(|(_, cells)| cells).filter(|cell| cell.columns == 1) {
            if cell.text.chars().filter(|c| c.is_alphabetic()).count() > 8 {
                weights[cell.column] = 3.0;
            }
        }
        let unit = WIDTH / weights.iter().sum::<f32>();
        let xs: Vec<f32> = (0..=width).map(|at| LEFT + unit * weights[..at].iter().sum::<f32>()).collect();
        let mut cells = Vec::new();
        for (row, (source, (_, placed))) in table.rows.iter().zip(&rows).enumerate() {
            for (cell, own) in placed.iter().zip(&source.cells) {
                let columns = (cell.column, cell.column + cell.columns);
                let text = wrapped(&cell.text.replace('\n', ""), xs[columns.1] - xs[columns.0] - 2.0);
                cells.push(Laid { rows: (row, row + own.rows), columns, text });
            }
        }
        let mut heights = vec![LINE + 2.0; rows.len()];
        for cell in &cells {
            let own: f32 = heights[cell.rows.0..cell.rows.1].iter().sum();
            let needed = LINE * cell.text.len() as f32 + 2.0;
            heights[cell.rows.1 - 1] += (needed - own).max(0.0);
        }
        let mut first = 0;
        while first < rows.len() {
            let mut end = first;
            let mut y = self.y;
            while end < rows.len() && (y + heights[end] <= BOTTOM || end == first && self.y == TOP) {
                y += heights[end];
                end += 1;
            }
            for cell in cells.iter().filter(|cell| cell.rows.0 < end && cell.rows.1 > first) {
                let start = cell.rows.0.max(first);
                let top = self.y + heights[first..start].iter().sum::<f32>();
                let height: f32 = heights[start..cell.rows.1.min(end)].iter().sum();
                let (x, right) = (xs[cell.columns.0], xs[cell.columns.1]);
                self.frame(x, top, right - x, height);
                // The rest of a cell on the next page is blank.
                if start == cell.rows.0 {
                    for (at, line) in cell.text.iter().enumerate() {
                        self.text(x + 1.0, top + 1.0 + LINE * at as f32, line);
                    }
                }
            }
            first = end;
            self.y = y + 3.0;
            if first < rows.len() {
                self.new_page();
            }
        }
    }
}

/// Returns a text in lines of so many millimetres.
fn wrapped(text: &str, width: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for c in text.chars() {
        let own = if c.is_ascii() { SIZE / 2.0 } else { SIZE };
        if used + own > width && used > 0.0 {
            lines.push(String::new());
            used = 0.0;
        }
        used += own;
        lines.last_mut().unwrap().push(c);
    }
    lines
}

/// Returns the OFD of a source.
pub fn print(source: &Source) -> Vec<u8> {
    let mut printer = Printer { pages: vec![String::new()], y: TOP };
    for part in &source.parts {
        match part {
            SourcePart::Paragraph { text, .. } => printer.paragraph(text),
            SourcePart::Table(table) => printer.table(table),
            _ => {}
        }
    }
    let mut list = String::new();
    let mut entries = vec![("OFD.xml".to_string(), ROOT.to_string())];
    for (at, objects) in printer.pages.iter().enumerate() {
        write!(list, "<ofd:Page ID=\"{at}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>").unwrap();
        entries.push((format!("Doc_0/Pages/Page_{at}/Content.xml"), page(objects)));
    }
    let document = format!("<ofd:Document xmlns:ofd=\"o\"><ofd:Pages>{list}</ofd:Pages></ofd:Document>");
    entries.push(("Doc_0/Document.xml".to_string(), document));
    let entries: Vec<(&str, &str)> =
        entries.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    zipped(&entries)
}
