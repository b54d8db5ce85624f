//! Rich text (`.rtf`), also that which is named `.doc`.
//!
//! Text is read in the encoding of its font. Left out as in a Word file: hidden and deleted text, codes of
//! fields, comments, and every group that a program is free not to know.

mod group;
mod token;

use crate::import::SourceFormat;
use std::collections::BTreeMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

use super::super::source::{Source, SourcePart};
use super::super::{ImportError, limits};
use super::asides::Asides;
use super::marked_tables::{Mark, MarkedTables};
use group::{Group, RowBuilder, TextTarget, target_of};
use token::{Token, Tokens};

/// The most fonts of a file.
const FONTS: usize = 4_000;

/// Reads rich text.
///
/// # Errors
/// Returns an error if it is nested deeper or holds more than any report.
pub fn read(bytes: &[u8]) -> Result<Source, ImportError> {
    let mut reader = RtfReader::default();
    for token in Tokens::of(bytes) {
        reader.take(token)?;
    }
    reader.flush()?;
    reader.end_aside()?;
    let mut parts = reader.tables.finish()?;
    parts.append(&mut reader.asides.parts);
    Ok(Source { format: SourceFormat::Rtf, parts })
}

#[derive(Default)]
struct RtfReader {
    tables: MarkedTables,
    asides: Asides,
    /// The paragraph beside the text that is being read.
    aside: String,
    count: limits::LimitCounter,
    group: Group,
    outer: Vec<Group>,
    /// The encoding of the file, and of each font.
    encoding: Option<&'static Encoding>,
    fonts: BTreeMap<i32, &'static Encoding>,
    /// Bytes that are not text yet, and half of a character written as two.
    bytes: Vec<u8>,
    high: Option<u16>,
    /// How many of the next bytes only stand for the character before them.
    skip: usize,
    /// The row that is being described, and the one inside it.
    rows: [RowBuilder; 2],
}

impl RtfReader {
    fn take(&mut self, token: Token) -> Result<(), ImportError> {
        match token {
            Token::Byte(byte, _) => {
                self.group.at_start = false;
                if self.skip > 0 {
                    self.skip -= 1;
                } else if self.is_shown() {
                    self.bytes.push(byte);
                }
                let is_too_long = self.bytes.len() > 4 * limits::CHARS;
                return if is_too_long {
                    Err(ImportError::TooLarge("文字超过 50 万字"))
                } else {
                    Ok(())
                };
            }
            Token::Word(b"u", Some(number)) => {
                self.flush()?;
                self.skip = self.group.substitutes;
                return self.write_unit(number as u16);
            }
            _ => {}
        }
        self.flush()?;
        match token {
            Token::Open => {
                self.skip = 0;
                self.outer.push(self.group);
                if self.outer.len() > limits::DEPTH {
                    return Err(ImportError::TooLarge("文件的结构层层嵌套太深"));
                }
                (self.group.at_start, self.group.optional) = (true, false);
            }
            Token::Close => {
                self.skip = 0;
                if let Some(outer) = self.outer.pop() {
                    if outer.target != self.group.target {
                        self.end_aside()?;
                    }
                    self.group = outer;
                }
            }
            Token::Sign(b'*') => self.group.optional = true,
            Token::Sign(sign) if self.skip > 0 && sign != b'\n' && sign != b'\r' => self.skip -= 1,
            Token::Sign(sign) => self.take_sign(sign)?,
            Token::Word(word, number) => self.take_word(word, number)?,
            Token::Byte(..) => {}
        }
        Ok(())
    }

    fn take_sign(&mut self, sign: u8) -> Result<(), ImportError> {
        match sign {
            b'~' => self.write("\u{a0}"),
            b'_' => self.write("-"),
            b'\\' | b'{' | b'}' => self.write(char::from(sign).encode_utf8(&mut [0; 4])),
            b'\n' | b'\r' => self.end_paragraph(Mark::Paragraph),
            _ => Ok(()),
        }
    }

    fn take_word(&mut self, word: &[u8], number: Option<i32>) -> Result<(), ImportError> {
        if std::mem::take(&mut self.group.at_start)
            && let Some(target) = target_of(word, self.group.optional, self.group.target)
        {
            if word == b"pict" && self.group.target == TextTarget::Main && self.is_shown() {
                self.tables.add_picture()?;
            }
            self.group.target = target;
            return Ok(());
        }
        if self.group.target == TextTarget::Nowhere {
            return Ok(());
        }
        let is_on = number != Some(0);
        let depth = self.group.depth();
        match word {
            b"ansicpg" => self.encoding = number.and_then(|page| Encoding::for_label(label(page).as_bytes())),
            b"f" => self.group.font = number.unwrap_or(-1),
            b"fcharset" if self.group.target == TextTarget::Fonts && self.fonts.len() < FONTS => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            b"uc" => self.group.substitutes = number.map_or(1, |count| count.clamp(0, 8) as usize),
            b"v" => self.group.hidden = is_on,
            b"deleted" => self.group.deleted = is_on,
            b"plain" => (self.group.hidden, self.group.deleted) = (false, false),
            b"pard" => (self.group.in_table, self.group.nesting) = (false, 1),
            b"intbl" => self.group.in_table = true,
            b"itap" => {
                self.group.nesting = number.and_then(|depth| usize::try_from(depth).ok()).unwrap_or(1).max(1);
                self.group.in_table = is_on;
            }
            b"nesttableprops" => self.group.nested_rows = true,
            b"par" | b"sect" => self.end_paragraph(Mark::Paragraph)?,
            b"cell" => self.end_in_table(1, Mark::Cell)?,
            b"nestcell" => self.end_in_table(depth.max(2), Mark::Cell)?,
            b"row" => self.end_in_table(1, Mark::Row(self.rows[0].layout()))?,
            b"nestrow" => self.end_in_table(depth.max(2), Mark::Row(self.rows[1].layout()))?,
            b"line" | b"lbr" if self.group.target == TextTarget::Main => self.tables.break_line(),
            b"tab" => self.write("\t")?,
            b"emspace" | b"enspace" | b"line" | b"lbr" => self.write(" ")?,
            b"emdash" => self.write("—")?,
            b"endash" => self.write("–")?,
            b"lquote" => self.write("‘")?,
            b"rquote" => self.write("’")?,
            b"ldblquote" => self.write("“")?,
            b"rdblquote" => self.write("”")?,
            b"bullet" => self.write("•")?,
            _ => {
                self.rows[usize::from(self.group.nested_rows)].apply(word, number);
            }
        }
        Ok(())
    }

    fn is_shown(&self) -> bool {
        !matches!(self.group.target, TextTarget::Nowhere | TextTarget::Fonts)
            && !self.group.hidden
            && !self.group.deleted
    }

    /// Turns the bytes read into text.
    fn flush(&mut self) -> Result<(), ImportError> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        let whole = self.encoding.unwrap_or(WINDOWS_1252);
        let own = self.fonts.get(&self.group.font).copied().unwrap_or(whole);
        let (text, damaged) = own.decode_without_bom_handling(&bytes);
        let text = if damaged { whole.decode_without_bom_handling(&bytes).0 } else { text };
        self.write(&text)
    }

    fn write_unit(&mut self, unit: u16) -> Result<(), ImportError> {
        let before = self.high.take();
        match unit {
            0xd800..=0xdbff => {
                self.high = Some(unit);
                Ok(())
            }
            _ => {
                let units: Vec<u16> = before.into_iter().chain([unit]).collect();
                self.write(&String::from_utf16_lossy(&units))
            }
        }
    }

    fn write(&mut self, text: &str) -> Result<(), ImportError> {
        match self.group.target {
            _ if !self.is_shown() => Ok(()),
            TextTarget::Aside(_) => {
                self.count.add_text(text)?;
                self.aside.push_str(text);
                Ok(())
            }
            _ => self.tables.write(text),
        }
    }

    fn end_paragraph(&mut self, mark: Mark) -> Result<(), ImportError> {
        // A paragraph whose mark was deleted goes on in the next.
        if self.group.deleted { Ok(()) } else { self.end_in_table(self.group.depth(), mark) }
    }

    fn end_in_table(&mut self, depth: usize, mark: Mark) -> Result<(), ImportError> {
        match self.group.target {
            TextTarget::Main => self.tables.end_paragraph(depth, mark),
            _ => self.end_aside(),
        }
    }

    fn end_aside(&mut self) -> Result<(), ImportError> {
        let text = std::mem::take(&mut self.aside).trim().to_string();
        if let (TextTarget::Aside(what), false) = (self.group.target, text.is_empty()) {
            self.count.add_cells(1)?;
            self.asides.add(what, vec![SourcePart::Paragraph { line: 0, text }]);
        }
        Ok(())
    }
}

fn label(page: i32) -> String {
    match page {
        936 => "gb18030".into(),
        932 => "shift_jis".into(),
        949 => "euc-kr".into(),
        950 => "big5".into(),
        65001 => "utf-8".into(),
        page => format!("windows-{page}"),
    }
}

/// Returns the encoding of a font's character set, or `None` if it is that of the file.
fn charset(number: i32) -> Option<&'static Encoding> {
    match number {
        128 => Some(SHIFT_JIS),
        129 => Some(EUC_KR),
        134 => Some(GB18030),
        136 => Some(BIG5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(rtf: &[u8]) -> Vec<String> {
        let text = |part| match part {
            SourcePart::Paragraph { text, .. } | SourcePart::Aside { text, .. } => text,
            SourcePart::Picture { .. } => "picture".into(),
            SourcePart::Table(table) => {
                let row = |row: &crate::import::SourceRow| {
                    let cells = row.cells.iter().map(|cell| format!("{}×{}", cell.text, cell.columns));
                    cells.collect::<Vec<_>>().join("|")
                };
                table.rows.iter().map(row).collect::<Vec<_>>().join("/")
            }
        };
        read(rtf).unwrap().parts.into_iter().map(text).collect()
    }

    #[test]
    fn text_is_read_in_its_encoding_and_what_is_hidden_is_not() {
        let rtf = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset134 B;}}
            {\\*\\generator x}{\\stylesheet{\\s1 y;}}\\f1\\'bc\\'d7 \\u20057?\\uc2\\u19993\\'b1\\'fb{\\v z}{\\deleted z}\\par
            {\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}\\{\\~4{\\header \\'bc\\'d7 p\\par}{\\footnote note}\\par{\\pict 0102}}";
        assert_eq!(texts(rtf), ["甲 乙丙", "3{\u{a0}4", "picture", "（页眉）甲 p", "（脚注）note"]);
    }

    #[test]
    fn rows_of_a_table_and_of_one_inside_it_are_read() {
        let rtf = b"{\\rtf1\\trowd\\cellx1000\\cellx3000\\pard\\intbl a\\cell b\\cell\\row
            \\trowd\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000 \\pard\\intbl 1\\par 2\\cell 3\\cell\\cell\\row
            \\trowd\\cellx1000\\cellx3000\\pard\\intbl c\\cell \\pard\\intbl\\itap2 x\\nestcell y\\nestcell
            {\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}{\\nonesttables\\par}\\pard\\intbl\\itap1\\cell\\row\\pard end\\par}";
        let found = texts(rtf);
        // A table around another only lays out the page.
        assert_eq!(found, ["a", "b", "1", "2", "3", "c", "x×1|y×1", "end"]);
        let rtf = b"{\\rtf1\\trowd\\cellx1000\\cellx3000\\pard\\intbl a\\cell b\\cell\\row
            \\trowd\\trleft5\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000 \\pard\\intbl 1\\par 2\\cell 3\\cell\\cell\\row}";
        assert_eq!(texts(rtf), ["a×1|b×2/1\n2×1|3×2"]);
    }
}
