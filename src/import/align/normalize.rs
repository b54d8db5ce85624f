//! Labels and text in the form in which they are compared: only the characters that carry meaning.

use crate::text::digits::half_width;
pub use crate::text::numerals::ordinal_value as numeral;
use crate::text::simplified;

/// Marks an ordinal in brackets, `（三）`; the number is added to it.
const BRACKETED: u32 = 0xe100;
/// Marks a Chinese ordinal, `三、`.
const CHINESE: u32 = 0xe200;
/// Marks an ordinal in digits, `3.`.
const DIGITS: u32 = 0xe300;

/// A text reduced to its letters and ordinals. Brackets, quotes, stops, blanks and digits are gone;
/// an ordinal in front of a word (`（三）`, `四、`, `2.`) is one private character.
pub type Normalized = Vec<char>;

/// Returns the letters and ordinals of a text.
pub fn normalize(text: &str) -> Normalized {
    let chars: Vec<char> = text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
    let mut letters = Normalized::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if let Some((mark, length)) = ordinal(&chars[at..], at == 0 || !is_letter(chars[at - 1])) {
            letters.push(mark);
            at += length;
            continue;
        }
        // 合计 is what many tables call 总计.
        if c == '计' && letters.last() == Some(&'合') {
            letters.pop();
            letters.push('总');
        }
        if is_letter(c) {
            letters.push(c);
        }
        at += 1;
    }
    letters
}

/// Returns the letters of a text without its ordinals.
pub fn normalize_letters(text: &str) -> Normalized {
    normalize(text).into_iter().filter(|c| !is_ordinal(*c)).collect()
}

/// Returns whether a character of [`Normalized`] stands for an ordinal.
pub fn is_ordinal(c: char) -> bool {
    (BRACKETED..DIGITS + 0x100).contains(&(c as u32))
}

/// Returns whether two ordinals are the same number, both in brackets or neither: which word runs into one decides
/// how it is marked.
pub fn is_same_ordinal(a: char, b: char) -> bool {
    let bracketed = |c: char| (BRACKETED..CHINESE).contains(&(c as u32));
    is_ordinal(a) && is_ordinal(b) && bracketed(a) == bracketed(b) && a as u32 & 0xff == b as u32 & 0xff
}

/// Full-width ASCII as plain ASCII, traditional characters as simplified ones; characters that print alike as one.
pub fn fold_char(c: char) -> char {
    match c {
        '〔' | '【' | '［' => '(',
        '〕' | '】' | '］' => ')',
        '它' => '他',
        _ => simplified(half_width(c)),
    }
}

/// Returns whether a character carries meaning: a Chinese character or a Latin letter.
pub fn is_letter(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | 'a'..='z' | 'A'..='Z') || c == '〇'
}

/// Returns the ordinal that a text begins with, and its length in characters. `fresh` says that no word
/// runs into it, without which `一、` could be the end of one.
fn ordinal(chars: &[char], fresh: bool) -> Option<(char, usize)> {
    let mark = |base: u32, value: u32| char::from_u32(base + value);
    match *chars {
        ['(', c, ')', ..] => match (numeral(c), c.to_digit(10)) {
            (Some(value), _) => Some((mark(BRACKETED, value)?, 3)),
            (None, Some(value)) => Some((mark(DIGITS, value)?, 3)),
            (None, None) => None,
        },
        [c, stop, ..] if fresh && "、.,".contains(stop) => Some((mark(CHINESE, numeral(c)?)?, 2)),
        _ => digit_ordinal(chars).and_then(|value| Some((mark(DIGITS, value)?, 2))),
    }
}

/// Returns the value of a digit with a stop before a word: `2.其他`.
fn digit_ordinal(chars: &[char]) -> Option<u32> {
    match *chars {
        [c, stop, next, ..] if "、.,)".contains(stop) && is_letter(next) => c.to_digit(10),
        _ => None,
    }
}

/// Returns the length of the longest common subsequence. Both are short: labels and headings.
pub fn common_length(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Returns whether `part` is somewhere in `whole` without a gap.
pub fn contains_run(whole: &[char], part: &[char]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter_to_a_label() {
        for (one, other) in [
            ("3.危及“三安全一稳定”", "３．危及\"三安全 一稳定\""),
            (
                "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
                "(二) 部分公开(区分处理的, 只计这一情形, 不计其它情形)",
            ),
            ("1.属于国家秘密", "1、属于国家秘密"),
        ] {
            assert_eq!(normalize(one), normalize(other));
        }
    }

    #[test]
    fn an_ordinal_is_distinguished_from_a_word_with_a_numeral() {
        assert!(is_ordinal(normalize("四、结转下年度继续办理")[0]));
        assert_eq!(normalize("危及三安全一稳定").len(), 8);
        assert_ne!(normalize("（六）其他")[0], normalize("3.其他")[0]);
        assert_eq!(normalize_letters("（七）总计"), normalize_letters("总 计"));
        assert_eq!(normalize_letters("第二十条第（一）项"), normalize_letters("第二十条 第（一）项"));
    }

    #[test]
    fn a_common_subsequence_is_counted() {
        assert_eq!(
            common_length(
                &normalize_letters("其他法律法规禁止公开"),
                &normalize_letters("其他法律行政法规禁止公开")
            ),
            10
        );
        assert!(contains_run(&normalize_letters("本年收费金额"), &normalize_letters("收费")));
    }
}
