//! Fonts: what the codes of a text mean, and how wide they are. The font's own program is not opened.

use lopdf::{Dictionary, Object};

use super::super::super::ImportError;
use super::cmap::{CharacterMap, code};
use super::encodings::{NamedCoding, byte_encoding, named_character};
use super::file::PdfFile;
use super::inflate::BROKEN;

/// A font.
pub struct Font {
    to_unicode: Option<CharacterMap>,
    coding: FontCoding,
    widths: Widths,
    /// Whether lines run down the page.
    pub vertical: bool,
}

/// How codes are cut out of a text, and what they mean.
enum FontCoding {
    /// One byte each.
    Bytes(Vec<Option<char>>),
    /// Two bytes, which are glyph numbers.
    Identity,
    /// Codes of a character encoding.
    Named(NamedCoding),
    /// A map in the file.
    Mapped(CharacterMap),
}

/// A code of a text.
pub struct ShownCode {
    /// Its characters; `U+FFFD` where nothing says which.
    pub text: String,
    /// Its advance, in sizes of the font.
    pub width: f32,
    /// Whether it is the blank that is widened between words.
    pub is_blank: bool,
}

/// Widths by code or glyph number, in sizes of the font.
#[derive(Default)]
struct Widths {
    /// First and last number, and the width of each or of all.
    ranges: Vec<(u32, u32, RangeWidth)>,
    default: f32,
    /// Whether the file says anything of widths.
    known: bool,
}

enum RangeWidth {
    All(f32),
    Each(Vec<f32>),
}

impl Widths {
    fn get(&self, number: u32) -> Option<f32> {
        let end = self.ranges.partition_point(|range| range.0 <= number);
        let (first, _, width) = self.ranges[..end].iter().rev().take(8).find(|range| number <= range.1)?;
        match width {
            RangeWidth::All(width) => Some(*width),
            RangeWidth::Each(list) => list.get((number - first) as usize).copied(),
        }
    }

    /// Reads the widths of one-byte codes.
    fn of_bytes(file: &PdfFile, font: &Dictionary, scale: f32) -> Widths {
        let first = file.number(font, b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as u32;
        let number = |object| file.resolve(object).and_then(|object| object.as_float().ok());
        let list = file.array(font, b"Widths").unwrap_or_default();
        let each: Vec<f32> = list.iter().take(256).map(|it| number(it).unwrap_or(0.0) * scale).collect();
        let descriptor = file.dictionary(font, b"FontDescriptor");
        let missing = descriptor.and_then(|own| file.number(own, b"MissingWidth")).map(|it| it * scale);
        let known = !each.is_empty();
        let last = first + u32::try_from(each.len()).unwrap_or(0);
        let ranges = vec![(first, last, RangeWidth::Each(each))];
        Widths { ranges, default: missing.unwrap_or(if known { 0.0 } else { 0.5 }), known }
    }

    /// Reads the widths of glyph numbers.
    fn of_numbers(file: &PdfFile, font: &Dictionary) -> Widths {
        let mut ranges = Vec::new();
        let mut rest = file.array(font, b"W").unwrap_or_default();
        let number = |object| file.resolve(object).and_then(|object| object.as_float().ok());
        while let [first, second, after @ ..] = rest {
            let Some(first) = number(first) else { break };
            let start = first.max(0.0) as u32;
            match (file.resolve(second), after) {
                (Some(Object::Array(list)), _) => {
                    let each: Vec<f32> = list.iter().map(|it| number(it).unwrap_or(0.0) / 1_000.0).collect();
                    let last = start.saturating_add(u32::try_from(each.len()).unwrap_or(0));
                    ranges.push((start, last, RangeWidth::Each(each)));
                    rest = after;
                }
                (Some(last), [width, after @ ..]) => {
                    let (Ok(last), Some(width)) = (last.as_float(), number(width)) else { break };
                    ranges.push((start, last.max(0.0) as u32, RangeWidth::All(width / 1_000.0)));
                    rest = after;
                }
                _ => break,
            }
        }
        ranges.sort_by_key(|range| range.0);
        let default = file.number(font, b"DW").unwrap_or(1_000.0) / 1_000.0;
        Widths { known: !ranges.is_empty(), ranges, default }
    }
}

impl Font {
    /// Reads a font.
    ///
    /// # Errors
    /// Returns an error if a map of it is damaged or too large.
    pub fn read(file: &PdfFile, font: &Dictionary) -> Result<Font, ImportError> {
        let to_unicode = match file.get(font, b"ToUnicode") {
            Some(Object::Stream(stream)) => Some(parse_map(&file.unpack(stream)?)?),
            _ => None,
        };
        if file.name(font, b"Subtype") == Some(b"Type0") {
            return Font::composite(file, font, to_unicode);
        }
        let scale = match file.name(font, b"Subtype") {
            Some(b"Type3") => file.numbers::<6>(font, b"FontMatrix").map_or(0.001, |matrix| matrix[0]),
            _ => 0.001,
        };
        let widths = Widths::of_bytes(file, font, scale);
        Ok(Font { to_unicode, coding: FontCoding::Bytes(byte_codes(file, font)), widths, vertical: false })
    }

    fn composite(
        file: &PdfFile,
        font: &Dictionary,
        to_unicode: Option<CharacterMap>,
    ) -> Result<Font, ImportError> {
        let descendant = file.array(font, b"DescendantFonts").and_then(|list| file.resolve(list.first()?));
        let Some(Object::Dictionary(descendant)) = descendant else { return Err(BROKEN) };
        let widths = Widths::of_numbers(file, descendant);
        let is_vertical = |name: &[u8]| name.ends_with(b"V");
        let (coding, vertical) = match file.get(font, b"Encoding") {
            Some(Object::Name(name)) => match NamedCoding::of(name) {
                Some(coding) => (FontCoding::Named(coding), is_vertical(name)),
                None => (FontCoding::Identity, is_vertical(name)),
            },
            Some(Object::Stream(stream)) => {
                let map = parse_map(&file.unpack(stream)?)?;
                let vertical = map.vertical
                    || file.number(&stream.dict, b"WMode") == Some(1.0)
                    || map.base.as_deref().is_some_and(is_vertical);
                // A map that only turns a predefined one has no codes of its own.
                match map.base.as_deref().and_then(NamedCoding::of) {
                    Some(coding) => (FontCoding::Named(coding), vertical),
                    None => (FontCoding::Mapped(map), vertical),
                }
            }
            _ => (FontCoding::Identity, false),
        };
        Ok(Font { to_unicode, coding, widths, vertical })
    }

    /// Cuts a text into its codes.
    pub fn codes(
        &self,
        mut text: &[u8],
        mut show: impl FnMut(ShownCode) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        while !text.is_empty() {
            let length = match &self.coding {
                FontCoding::Bytes(_) => 1,
                FontCoding::Identity => 2,
                FontCoding::Named(coding) => coding.code_length(text),
                FontCoding::Mapped(map) => map.code_length(text).unwrap_or(2),
            };
            let (own, rest) = text.split_at(length.min(text.len()));
            text = rest;
            show(self.shown(own))?;
        }
        Ok(())
    }

    fn shown(&self, bytes: &[u8]) -> ShownCode {
        let code = code(bytes);
        let mapped = self.to_unicode.as_ref().and_then(|map| map.text(code));
        // A map that says nothing of a code says so with a zero or with no text.
        let mapped = mapped.filter(|text| !text.is_empty() && !text.contains('\0'));
        let known = match &self.coding {
            FontCoding::Bytes(codes) => codes.get(code as usize).copied().flatten().map(String::from),
            FontCoding::Named(coding) => coding.text(bytes),
            FontCoding::Identity | FontCoding::Mapped(_) => None,
        };
        let number = match &self.coding {
            FontCoding::Bytes(_) | FontCoding::Identity => Some(code),
            FontCoding::Mapped(map) => map.number(code),
            FontCoding::Named(coding) => {
                known.as_ref().and_then(|text| text.chars().next()).and_then(|c| coding.number(c))
            }
        };
        let guess = match &self.coding {
            FontCoding::Named(_) if number.is_some() && !self.widths.known => 0.5,
            _ => self.widths.default,
        };
        ShownCode {
            width: number.and_then(|number| self.widths.get(number)).unwrap_or(guess),
            text: mapped.or(known).unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string()),
            is_blank: bytes == b" ",
        }
    }
}

fn parse_map(bytes: &[u8]) -> Result<CharacterMap, ImportError> {
    CharacterMap::parse(bytes).ok_or(ImportError::TooLarge("PDF 的字体太大"))
}

/// Returns the characters of one-byte codes. Those that only the font's own program knows are not guessed.
fn byte_codes(file: &PdfFile, font: &Dictionary) -> Vec<Option<char>> {
    let encoding = file.get(font, b"Encoding");
    let descriptor = file.dictionary(font, b"FontDescriptor");
    let has_program =
        |own: &Dictionary| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| own.has(key));
    let is_symbolic = descriptor.is_some_and(|own| {
        let flags = file.number(own, b"Flags").unwrap_or(0.0) as u32;
        has_program(own) && flags & 4 != 0
    }) || file.name(font, b"Subtype") == Some(b"Type3");
    let none = || vec![None; 256];
    match encoding {
        Some(Object::Name(name)) => byte_encoding(name),
        Some(Object::Dictionary(own)) => {
            let base = file.name(own, b"BaseEncoding");
            let mut codes = match base {
                Some(name) => byte_encoding(name),
                None if is_symbolic => none(),
                None => byte_encoding(b""),
            };
            let mut at = 0;
            for entry in file.array(own, b"Differences").unwrap_or_default() {
                match entry {
                    Object::Name(name) => {
                        if let Some(code) = codes.get_mut(at) {
                            *code = named_character(name);
                        }
                        at += 1;
                    }
                    other => at = other.as_float().map_or(at, |first| first.clamp(0.0, 256.0) as usize),
                }
            }
            codes
        }
        _ if is_symbolic => none(),
        _ => byte_encoding(b""),
    }
}
