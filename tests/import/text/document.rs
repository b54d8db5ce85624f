//! Invented reports with sentences of their own in every place that a text can have, as a document of every
//! reader.

use std::io::{Cursor, Write as _};

use nianbao::form::{Form, Grid, Role};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A small generator of numbers, the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % sides as u64) as usize
    }
}

/// A piece of a document.
#[derive(Clone)]
pub enum Piece {
    Text(String),
    Table(Vec<Vec<String>>),
}

/// A report, and the sentences that were put into it.
pub struct Document {
    pub pieces: Vec<Piece>,
    pub sentences: Vec<String>,
    /// How many of them begin a row of a table, with [`ROW_WORDS`] in the next cell.
    pub rows: usize,
}

/// The second cell of a row that no form has.
pub const ROW_WORDS: &str = "另列事项";

pub const UNIT: &str = "示例县水务局";
pub const DATE: &str = "2024年1月17日";
pub const TITLE: &str = "示例县水务局2023年政府信息公开工作年度报告";
pub const PREFACE: &str = "根据《中华人民共和国政府信息公开条例》编制本报告。";
pub const NARRATIVES: [(&str, &str); 3] = [
    ("overview", "（一）主动公开。全年公开信息若干条。"),
    ("problems", "主要问题是公开不够及时，下一步加强培训。"),
    ("other_matters", "无其他需要报告的事项。"),
];

/// Where a sentence may stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Front,
    Preface,
    Text,
    Table,
    Row,
    Behind,
}

struct Writer<'d> {
    dice: &'d mut Dice,
    /// One sentence in so many places.
    every: usize,
    /// Whether sentences may lack a stop, and stand behind the end.
    paragraphs: bool,
    document: Document,
}

const WORDS: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔";

impl Writer<'_> {
    fn sentence(&mut self, place: Place) -> Option<String> {
        if self.dice.roll(self.every) > 0 {
            return None;
        }
        let number = self.document.sentences.len();
        let words: Vec<char> = WORDS.chars().collect();
        let name: String =
            (0..4).map(|at| words[(number * 4 + at + number * 4 / words.len()) % words.len()]).collect();
        let plain = match self.dice.roll(if self.paragraphs && place == Place::Table { 4 } else { 3 }) {
            0 => format!("补记{name}：值班室另有说明。"),
            1 => format!("{name}一栏由2名同志核对，未见差错。"),
            2 => format!("{name}方面收到政府信息公开申请3件，均已答复。"),
            _ => format!("填报说明{name}见附页，请查阅"),
        };
        self.document.sentences.push(plain.clone());
        Some(plain)
    }

    fn maybe(&mut self, place: Place) {
        if !self.paragraphs && matches!(place, Place::Front | Place::Behind) {
            return;
        }
        if let Some(sentence) = self.sentence(place) {
            self.text(&sentence);
        }
    }

    fn text(&mut self, text: &str) {
        self.document.pieces.push(Piece::Text(text.into()));
    }

    fn table(&mut self, rows: Vec<Vec<String>>) {
        let mut half = Vec::new();
        let cut = self.dice.roll(rows.len());
        for (at, row) in rows.into_iter().enumerate() {
            if at == cut && !half.is_empty() {
                self.document.pieces.push(Piece::Table(std::mem::take(&mut half)));
                self.maybe(Place::Table);
            }
            half.push(row);
            if self.paragraphs
                && self.dice.roll(9) == 0
                && let Some(sentence) = self.sentence(Place::Row)
            {
                half.push(vec![sentence, ROW_WORDS.into(), "12".into()]);
                self.document.rows += 1;
            }
        }
        self.document.pieces.push(Piece::Table(half));
    }
}

/// Returns an invented report with sentences in one of `every` places.
pub fn document(form: &Form, dice: &mut Dice, every: usize, paragraphs: bool) -> Document {
    let document = Document { pieces: Vec::new(), sentences: Vec::new(), rows: 0 };
    let mut writer = Writer { dice, every, paragraphs, document };
    writer.maybe(Place::Front);
    writer.text(TITLE);
    writer.text(PREFACE);
    writer.maybe(Place::Preface);
    for section in form.sections.iter().filter(|section| !section.numeral.is_empty()) {
        writer.text(&section.heading());
        match NARRATIVES.iter().find(|(id, _)| *id == section.id) {
            Some((_, text)) => {
                writer.text(text);
                writer.maybe(Place::Text);
            }
            None => {
                writer.maybe(Place::Table);
                writer.table(rows(&Grid::of(section)));
                writer.maybe(Place::Table);
            }
        }
    }
    writer.text(UNIT);
    writer.text(DATE);
    writer.maybe(Place::Behind);
    writer.document
}

/// Returns the rows of a table as printed, every value 0.
fn rows(grid: &Grid) -> Vec<Vec<String>> {
    (0..grid.rows)
        .map(|row| {
            let mut cells = vec![String::new(); grid.columns];
            for cell in grid.cells.iter().filter(|cell| cell.row == row) {
                let value = matches!(cell.role, Role::Value(_));
                cells[cell.column] = if value { "0".into() } else { cell.text.clone() };
            }
            cells
        })
        .collect()
}

fn lines(document: &Document, row: impl Fn(&[String]) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    for piece in &document.pieces {
        match piece {
            Piece::Text(text) => lines.push(text.clone()),
            Piece::Table(rows) => lines.extend(rows.iter().map(|cells| row(cells))),
        }
    }
    lines
}

fn filled(cells: &[String], between: &str) -> String {
    cells.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(between)
}

pub fn one_row_a_line(document: &Document) -> Vec<u8> {
    lines(document, |cells| filled(cells, " ")).join("\n").into_bytes()
}

pub fn tabbed(document: &Document) -> Vec<u8> {
    lines(document, |cells| cells.join("\t")).join("\n").into_bytes()
}

pub fn one_line(document: &Document) -> Vec<u8> {
    lines(document, |cells| filled(cells, " ")).join(" ").into_bytes()
}

pub fn markdown(document: &Document) -> Vec<u8> {
    let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
    lines(document, row).join("\n").into_bytes()
}

pub fn csv(document: &Document) -> Vec<u8> {
    lines(document, |cells| cells.join(",")).join("\n").into_bytes()
}

/// A page on which some sentences are captions, list items, definitions or in a table that lays it out.
pub fn page(document: &Document) -> Vec<u8> {
    let mut out = String::from("<html><head><title>示例</title></head><body>");
    let mut number = 0;
    for piece in &document.pieces {
        match piece {
            Piece::Text(text) if document.sentences.contains(text) => {
                number += 1;
                out += &match number % 5 {
                    0 => format!("<ul><li>{text}</li></ul>"),
                    1 => format!("<dl><dt>{text}</dt><dd></dd></dl>"),
                    2 => format!("<table><tr><td><table><caption>{text}</caption></table></td></tr></table>"),
                    3 => format!("<pre>{text}"),
                    _ => format!("<div><span>{text}</span></div>"),
                };
                if number % 5 == 3 {
                    out += "</pre>\n";
                }
            }
            Piece::Text(text) => out += &format!("<p>{text}</p>\n"),
            Piece::Table(rows) => {
                let row = |cells: &Vec<String>| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
                out += &format!("<table>{}</table>\n", rows.iter().map(row).collect::<String>());
            }
        }
    }
    out.into_bytes()
}

fn zipped(entries: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file; the sentences beside the text are in its header, footer, a footnote and a text box.
pub fn word(document: &Document, beside: &[String]) -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let root = |body: String| format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\">{body}</w:document>");
    let mut body = String::new();
    for piece in &document.pieces {
        match piece {
            Piece::Text(text) => body += &paragraph(text),
            Piece::Table(rows) => {
                body += "<w:tbl>";
                for row in rows {
                    let cell = |text: &String| format!("<w:tc>{}</w:tc>", paragraph(text));
                    body += &format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
                }
                body += "</w:tbl>";
            }
        }
    }
    let text = |at: usize| beside.get(at).map(|text| paragraph(text)).unwrap_or_default();
    body += &format!("<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>", text(0));
    zipped(&[
        ("word/document.xml", root(format!("<w:body>{body}</w:body>"))),
        ("word/header1.xml", root(text(1))),
        ("word/header2.xml", root(text(1))),
        ("word/footer1.xml", root(text(2))),
        ("word/footnotes.xml", root(text(3))),
    ])
}

/// A workbook, every paragraph in the first cell of a row.
pub fn workbook(document: &Document) -> Vec<u8> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for piece in &document.pieces {
        match piece {
            Piece::Text(text) => rows.push(vec![text.clone()]),
            Piece::Table(table) => rows.extend(table.clone()),
        }
    }
    let mut sheet = String::from("<worksheet><sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        sheet += &format!("<row r=\"{}\">", row + 1);
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let name = char::from(b'A' + u8::try_from(column).unwrap());
            let at = format!("{name}{}", row + 1);
            sheet += &match text.parse::<u64>() {
                Ok(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                Err(_) => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            };
        }
        sheet += "</row>";
    }
    sheet += "</sheetData></worksheet>";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{relations}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zipped(&[
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{relations}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}
