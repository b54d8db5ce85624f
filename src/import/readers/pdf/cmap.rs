//! Character maps: codes to characters (`ToUnicode`) or to glyph numbers, ranges never expanded.

use super::lexer::{Lexer, PdfToken};

/// What the first code of a range maps to.
#[derive(Clone, Debug, PartialEq)]
enum MapTarget {
    /// A glyph number; the following codes map to the following numbers.
    Number(u32),
    /// Characters; the last of them counts up.
    Text(String),
    /// The characters of each code.
    List(Vec<String>),
}

#[derive(Clone, Debug, PartialEq)]
struct MapRange {
    first: u32,
    last: u32,
    target: MapTarget,
}

/// A character map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CharacterMap {
    /// How many bytes a code has, and the first and last code of that length.
    code_spaces: Vec<(usize, u32, u32)>,
    ranges: Vec<MapRange>,
    /// Whether lines run down the page.
    pub vertical: bool,
    /// The name of the map that it completes.
    pub base: Option<Vec<u8>>,
}

/// The most ranges of a map; a font for all of a report's characters has a tenth of it.
const RANGES: usize = 40_000;

impl CharacterMap {
    /// Reads a map. Returns `None` if it has more ranges than any font.
    pub fn parse(bytes: &[u8]) -> Option<CharacterMap> {
        let mut map = CharacterMap::default();
        let mut operands: Vec<PdfToken> = Vec::new();
        for token in Lexer::new(bytes) {
            let PdfToken::Keyword(word) = token else {
                operands.push(token);
                if operands.len() > 3 * RANGES {
                    return None;
                }
                continue;
            };
            match word {
                b"endcodespacerange" => {
                    for pair in operands.chunks_exact(2) {
                        if let [PdfToken::Text(first), PdfToken::Text(last)] = pair {
                            map.code_spaces.push((first.len(), code(first), code(last)));
                        }
                    }
                }
                b"endbfchar" | b"endcidchar" => map.add_characters(&operands),
                b"endbfrange" | b"endcidrange" => map.add_ranges(&operands),
                b"usecmap" => {
                    if let Some(PdfToken::Name(name)) = operands.last() {
                        map.base = Some(name.clone());
                    }
                }
                b"def" => {
                    if let [.., PdfToken::Name(name), PdfToken::Number(value)] = &operands[..]
                        && name == b"WMode"
                    {
                        map.vertical = *value == 1.0;
                    }
                }
                _ => {}
            }
            operands.clear();
            if map.ranges.len() > RANGES {
                return None;
            }
        }
        // Of two ranges with the same code the later one counts.
        map.ranges.sort_by_key(|range| range.first);
        Some(map)
    }

    fn add_characters(&mut self, operands: &[PdfToken]) {
        for pair in operands.chunks_exact(2) {
            if let [PdfToken::Text(own), target] = pair
                && let Some(target) = target_of(target)
            {
                self.ranges.push(MapRange { first: code(own), last: code(own), target });
            }
        }
    }

    fn add_ranges(&mut self, operands: &[PdfToken]) {
        let mut rest = operands;
        while let [PdfToken::Text(first), PdfToken::Text(last), after @ ..] = rest {
            let (first, last) = (code(first), code(last));
            let target = match after {
                [PdfToken::Open, list @ ..] => {
                    let end = list.iter().position(|token| *token == PdfToken::Close).unwrap_or(list.len());
                    rest = list.get(end + 1..).unwrap_or_default();
                    let text = |token: &PdfToken| match target_of(token) {
                        Some(MapTarget::Text(text)) => text,
                        _ => String::new(),
                    };
                    Some(MapTarget::List(list[..end].iter().map(text).collect()))
                }
                [target, after @ ..] => {
                    rest = after;
                    target_of(target)
                }
                [] => return,
            };
            self.ranges.extend(target.map(|target| MapRange { first, last, target }));
        }
    }

    /// Returns how many bytes the first code of a text has, if the map says so.
    pub fn code_length(&self, text: &[u8]) -> Option<usize> {
        let fits = |(length, first, last): &&(usize, u32, u32)| {
            // Each byte has to be within the bytes of the ends.
            text.get(..*length).is_some_and(|own| {
                own.iter().enumerate().all(|(at, byte)| {
                    let shift = 8 * (length - 1 - at) as u32;
                    let part = |code: u32| code.checked_shr(shift).unwrap_or(0) & 0xff;
                    (part(*first)..=part(*last)).contains(&u32::from(*byte))
                })
            })
        };
        self.code_spaces.iter().filter(|space| (1..=4).contains(&space.0)).find(fits).map(|space| space.0)
    }

    fn range(&self, code: u32) -> Option<&MapRange> {
        let end = self.ranges.partition_point(|range| range.first <= code);
        // Ranges may overlap, by a few.
        self.ranges[..end].iter().rev().take(8).find(|range| code <= range.last)
    }

    /// Returns the characters of a code.
    pub fn text(&self, code: u32) -> Option<String> {
        let range = self.range(code)?;
        match &range.target {
            MapTarget::Number(_) => None,
            MapTarget::List(list) => list.get((code - range.first) as usize).cloned(),
            MapTarget::Text(text) => {
                let mut text = text.clone();
                let last = text.pop()?;
                text.push(char::from_u32(u32::from(last).checked_add(code - range.first)?)?);
                Some(text)
            }
        }
    }

    /// Returns the glyph number of a code.
    pub fn number(&self, code: u32) -> Option<u32> {
        let range = self.range(code)?;
        match range.target {
            MapTarget::Number(first) => first.checked_add(code - range.first),
            _ => None,
        }
    }
}

fn target_of(token: &PdfToken) -> Option<MapTarget> {
    match token {
        PdfToken::Number(number) => Some(MapTarget::Number(*number as u32)),
        PdfToken::Text(bytes) => {
            Some(MapTarget::Text(encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned()))
        }
        _ => None,
    }
}

/// Returns the number that some bytes are.
pub fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &[u8] =
        b"begincmap /WMode 1 def 2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
        2 beginbfchar <01> <4E00> <0002> <D840DC0000660069> endbfchar
        2 beginbfrange <0010> <0012> <0030> <0020> <0021> [<7532> <4E59>] endbfrange
        1 begincidrange <8140> <FEFE> 814 endcidrange";

    #[test]
    fn codes_map_to_characters_and_numbers() {
        let map = CharacterMap::parse(MAP).unwrap();
        assert_eq!(map.text(1).as_deref(), Some("一"));
        assert_eq!(map.text(2).as_deref(), Some("\u{20000}fi"));
        assert_eq!([0x11, 0x12].map(|code| map.text(code).unwrap()), ["1", "2"]);
        assert_eq!([0x20, 0x21].map(|code| map.text(code).unwrap()), ["甲", "乙"]);
        assert_eq!((map.text(0x22), map.text(0x13), map.number(0x8142)), (None, None, Some(816)));
        assert_eq!((map.code_length(b"A"), map.code_length(&[0x81, 0x50])), (Some(1), Some(2)));
        assert!(map.vertical);
    }

    #[test]
    fn a_range_over_every_code_costs_nothing() {
        let map = CharacterMap::parse(b"1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange").unwrap();
        assert_eq!(map.text(1).as_deref(), Some("丁"));
        assert_eq!(map.text(u32::MAX), None);
    }
}
