//! What a code means where a font carries no map of its own.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_16BE};

/// A predefined map: the codes are those of a character encoding.
#[derive(Clone, Copy, Debug)]
pub struct NamedCoding {
    /// The encoding of its codes.
    encoding: &'static Encoding,
    /// The glyph number of the blank; the rest of ASCII follows.
    blank: u32,
}

/// Predefined maps by the beginning of their names; what comes first is tried first.
const NAMED: [(&str, &Encoding, u32); 20] = [
    ("UniGB-UCS2", UTF_16BE, 1),
    ("UniGB-UTF16", UTF_16BE, 1),
    ("UniCNS-UCS2", UTF_16BE, 1),
    ("UniCNS-UTF16", UTF_16BE, 1),
    ("UniJIS-UCS2", UTF_16BE, 1),
    ("UniJIS-UTF16", UTF_16BE, 1),
    ("UniJIS2004-UTF16", UTF_16BE, 1),
    ("UniKS-UCS2", UTF_16BE, 1),
    ("UniKS-UTF16", UTF_16BE, 1),
    ("GBKp-EUC", GBK, 1),
    ("GBK-EUC", GBK, 814),
    ("GBK2K", GB18030, 814),
    ("GBpc-EUC", GBK, 1),
    ("GB-EUC", GBK, 814),
    ("B5pc", BIG5, 1),
    ("ETen", BIG5, 13_648),
    ("HKscs-B5", BIG5, 1),
    ("90ms-RKSJ", SHIFT_JIS, 231),
    ("EUC", EUC_JP, 231),
    ("KSC", EUC_KR, 8_094),
];

impl NamedCoding {
    /// Returns a predefined map by its name.
    pub fn of(name: &[u8]) -> Option<NamedCoding> {
        let found = NAMED.iter().find(|(start, ..)| name.starts_with(start.as_bytes()))?;
        Some(NamedCoding { encoding: found.1, blank: found.2 })
    }

    /// Returns how many bytes the first code of a text has.
    pub fn code_length(self, text: &[u8]) -> usize {
        let byte = |at: usize| text.get(at).copied().unwrap_or(0);
        match byte(0) {
            0xd8..0xdc if self.encoding == UTF_16BE => 4,
            _ if self.encoding == UTF_16BE => 2,
            0..0x80 => 1,
            0xa0..0xe0 if self.encoding == SHIFT_JIS => 1,
            _ if self.encoding == GB18030 && byte(1).is_ascii_digit() => 4,
            _ => 2,
        }
    }

    /// Returns the characters of a code.
    pub fn text(self, code: &[u8]) -> Option<String> {
        self.encoding.decode_without_bom_handling_and_without_replacement(code).map(|text| text.into_owned())
    }

    /// Returns the glyph number of a character, where it is known: that of ASCII.
    pub fn number(self, c: char) -> Option<u32> {
        (' '..='~').contains(&c).then(|| self.blank + u32::from(c) - 32)
    }
}

/// Returns the characters of one-byte codes, by the name of their encoding.
pub fn byte_encoding(name: &[u8]) -> Vec<Option<char>> {
    let encoding =
        if name == b"MacRomanEncoding" { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 };
    (0..=u8::MAX)
        .map(|byte| {
            let bytes = [byte];
            let text = encoding.decode_without_bom_handling(&bytes).0;
            text.chars().next().filter(|c| !c.is_control())
        })
        .collect()
}

/// Names of the characters of ASCII that are not letters, from the blank on, and those after the capitals and
/// after the small letters.
const NAMES: [(u32, &str); 3] = [
    (
        32,
        "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus \
         comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal \
         greater question at",
    ),
    (91, "bracketleft backslash bracketright asciicircum underscore grave"),
    (123, "braceleft bar braceright asciitilde"),
];

/// Names of a few others.
const OTHERS: [(&str, char); 12] = [
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("periodcentered", '·'),
    ("ellipsis", '…'),
    ("minus", '\u{2212}'),
    ("multiply", '×'),
    ("nbspace", ' '),
];

/// Returns the character of a glyph's name: `nine`, `A`, `uni4E00`.
pub fn named_character(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut chars = name.chars();
    if let (Some(letter), None) = (chars.next(), chars.next()) {
        return letter.is_ascii_alphabetic().then_some(letter);
    }
    for (first, names) in NAMES {
        if let Some(at) = names.split_whitespace().position(|own| own == name) {
            return char::from_u32(first + u32::try_from(at).ok()?);
        }
    }
    if let Some((_, c)) = OTHERS.iter().find(|(own, _)| *own == name) {
        return Some(*c);
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let whole = (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    whole.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_are_characters() {
        let named = |name: &str| named_character(name.as_bytes());
        assert_eq!(
            ["zero", "nine", "at", "bracketleft", "asciitilde"].map(|name| named(name).unwrap()),
            ['0', '9', '@', '[', '~']
        );
        assert_eq!(
            (named("uni4E00"), named("u20000"), named("A"), named("one.tnum")),
            (Some('一'), Some('𠀀'), Some('A'), Some('1'))
        );
        assert_eq!([named("g12"), named("cid3"), named(""), named(".notdef"), named("u12")], [None; 5]);
    }

    #[test]
    fn codes_of_each_predefined_map_are_cut_and_read() {
        let text = "甲1㐀";
        for (name, bytes) in [
            ("UniGB-UCS2-H", UTF16.to_vec()),
            ("GBK-EUC-V", GBK.encode("甲1").0.into_owned()),
            ("GBK2K-H", GB18030.encode(text).0.into_owned()),
        ] {
            let coding = NamedCoding::of(name.as_bytes()).unwrap();
            let (mut rest, mut read) = (&bytes[..], String::new());
            while !rest.is_empty() {
                let (code, after) = rest.split_at(coding.code_length(rest));
                read.push_str(&coding.text(code).unwrap());
                rest = after;
            }
            assert!(text.starts_with(&read) && read.len() > 3, "{name}: {read}");
        }
        assert!(NamedCoding::of(b"Identity-H").is_none());
    }

    const UTF16: [u8; 6] = [0x75, 0x32, 0, 0x31, 0x34, 0x00];
}
