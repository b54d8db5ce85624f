//! The tokens of a content stream or a character map, one at a time: nothing is held but the current one.

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub enum PdfToken<'a> {
    /// A number.
    Number(f32),
    /// A name without its slash.
    Name(Vec<u8>),
    /// The bytes of a string.
    Text(Vec<u8>),
    /// `[`, `<<` or `{`.
    Open,
    /// `]`, `>>` or `}`.
    Close,
    /// Anything else: an operator.
    Keyword(&'a [u8]),
}

/// Splits bytes into tokens.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether a string was not closed, as at the end of a stream that was cut.
    pub damaged: bool,
}

impl<'a> Lexer<'a> {
    /// Returns the tokens of some bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Lexer { bytes, at: 0, damaged: false }
    }

    /// Skips the data of an inline picture, which stand between `ID` and `EI`.
    pub fn skip_picture(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_end = |at: &usize| {
            let blank = |at: Option<usize>| at.and_then(|at| rest.get(at)).is_none_or(|byte| is_blank(*byte));
            rest[*at..].starts_with(b"EI") && blank(at.checked_sub(1)) && blank(Some(at + 2))
        };
        match (0..rest.len()).find(is_end) {
            Some(end) => self.at += end + 2,
            None => {
                self.at = self.bytes.len();
                self.damaged = true;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(&is_part) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn name(&mut self) -> Vec<u8> {
        let raw = self.take_while(|byte| !is_blank(byte) && !is_delimiter(byte));
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let [byte, after @ ..] = rest {
            rest = after;
            match (byte, after) {
                (b'#', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                    name.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                    rest = after;
                }
                _ => name.push(*byte),
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return text;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        self.damaged = true;
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push((code & 0xff) as u8);
            }
            other => text.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                text.extend(high.map(|high: u8| high << 4));
                return text;
            }
            let Some(digit) = hex(byte) else { continue };
            match high.take() {
                Some(high) => text.push(high << 4 | digit),
                None => high = Some(digit),
            }
        }
        self.damaged = true;
        text
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = PdfToken<'a>;

    fn next(&mut self) -> Option<PdfToken<'a>> {
        loop {
            self.take_while(is_blank);
            if self.peek()? != b'%' {
                break;
            }
            self.take_while(|byte| byte != b'\n' && byte != b'\r');
        }
        let byte = self.peek()?;
        let next = self.bytes.get(self.at + 1).copied();
        match (byte, next) {
            (b'/', _) => {
                self.at += 1;
                return Some(PdfToken::Name(self.name()));
            }
            (b'(', _) => {
                self.at += 1;
                return Some(PdfToken::Text(self.literal()));
            }
            (b'<', Some(b'<')) | (b'>', Some(b'>')) => {
                self.at += 2;
                return Some(if byte == b'<' { PdfToken::Open } else { PdfToken::Close });
            }
            (b'<', _) => {
                self.at += 1;
                return Some(PdfToken::Text(self.hexadecimal()));
            }
            (b'[' | b'{', _) => {
                self.at += 1;
                return Some(PdfToken::Open);
            }
            (b']' | b'}' | b'>' | b')', _) => {
                self.at += 1;
                return Some(PdfToken::Close);
            }
            _ => {}
        }
        let word = self.take_while(|byte| !is_blank(byte) && !is_delimiter(byte));
        Some(match number(word) {
            Some(number) => PdfToken::Number(number),
            None => PdfToken::Keyword(word),
        })
    }
}

/// Returns a number as content streams write it: no exponents, a sign anywhere at its start.
fn number(word: &[u8]) -> Option<f32> {
    let plain = word.iter().all(|byte| byte.is_ascii_digit() || b"+-.".contains(byte));
    if !plain || !word.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    // Some programs write `--5` and `0.-3`.
    let negative = text.starts_with('-');
    let digits = text.trim_start_matches(['-', '+']);
    let end = digits.find(['-', '+']).unwrap_or(digits.len());
    let value: f32 = digits.get(..end)?.parse().ok()?;
    Some(if negative { -value } else { value })
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_token_is_told_apart() {
        let mut lexer = Lexer::new(b"q -1.50 .5 --3 /F#31 [(a\\(b\\)\\101)-20<4E0> ]TJ % x\n<</A 1>>BDC T*");
        let tokens: Vec<PdfToken> = lexer.by_ref().collect();
        let name = |name: &[u8]| PdfToken::Name(name.to_vec());
        let text = |text: &[u8]| PdfToken::Text(text.to_vec());
        use PdfToken::{Close, Keyword, Number, Open};
        let expected = [
            Keyword(b"q"),
            Number(-1.5),
            Number(0.5),
            Number(-3.0),
            name(b"F1"),
            Open,
            text(b"a(b)A"),
            Number(-20.0),
            text(&[0x4e, 0]),
            Close,
            Keyword(b"TJ"),
            Open,
            name(b"A"),
            Number(1.0),
            Close,
            Keyword(b"BDC"),
            Keyword(b"T*"),
        ];
        assert_eq!(tokens, expected);
        assert!(!lexer.damaged);
    }

    #[test]
    fn a_stream_that_was_cut_inside_a_string_is_damaged() {
        for cut in [&b"BT (12"[..], b"<4E", b"BI /W 1 ID xx EIx"] {
            let mut lexer = Lexer::new(cut);
            while let Some(token) = lexer.next() {
                if token == PdfToken::Keyword(b"ID") {
                    lexer.skip_picture();
                }
            }
            assert!(lexer.damaged);
        }
    }
}
