//! The tokens of rich text.

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// The beginning of a group.
    Open,
    /// Its end.
    Close,
    /// A word with its number, if it has one: `\cellx8804`.
    Word(&'a [u8], Option<i32>),
    /// A byte of text; `true` if it was written as two digits.
    Byte(u8, bool),
    /// A sign with a meaning: `\~`.
    Sign(u8),
}

/// The tokens of a file in order. What is binary between them is left out.
pub struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// Returns the tokens of a file.
    pub fn of(bytes: &'a [u8]) -> Self {
        Tokens { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> &'a [u8] {
        let count = self.rest.iter().take_while(|byte| is_part(**byte)).count();
        self.take(count)
    }

    fn number(&mut self) -> Option<i32> {
        let digits = usize::from(self.rest.first() == Some(&b'-'));
        if !self.rest.get(digits).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let sign = self.take(digits);
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        let number = std::str::from_utf8(digits).ok()?.parse::<i32>().unwrap_or(i32::MAX);
        Some(if sign.is_empty() { number } else { -number })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match *self.take(1).first()? {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | 0 => {}
                b'\\' => {
                    let word = self.take_while(|byte| byte.is_ascii_alphabetic());
                    if word.is_empty() {
                        let sign = *self.take(1).first()?;
                        if sign != b'\'' {
                            return Some(Token::Sign(sign));
                        }
                        let digits = std::str::from_utf8(self.take(2)).ok();
                        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                            Some(byte) => return Some(Token::Byte(byte, true)),
                            None => continue,
                        }
                    }
                    let number = self.number();
                    if self.rest.first() == Some(&b' ') {
                        self.take(1);
                    }
                    if word != b"bin" {
                        return Some(Token::Word(word, number));
                    }
                    self.take(number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0));
                }
                byte => return Some(Token::Byte(byte, false)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_signs_and_bytes_are_told_apart() {
        let found: Vec<Token> = Tokens::of(b"{\\u-12 \\'b5a\\~\\bin3 }}}\\par\r\nb\\").collect();
        let wanted = [
            Token::Open,
            Token::Word(b"u", Some(-12)),
            Token::Byte(0xb5, true),
            Token::Byte(b'a', false),
            Token::Sign(b'~'),
            Token::Word(b"par", None),
            Token::Byte(b'b', false),
        ];
        assert_eq!(found, wanted);
    }
}
