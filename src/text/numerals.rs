//! Chinese numerals: digit by digit in years (二〇二一), up to 99 in days and counts (二十三), and as
//! ordinals of headings (（一）, 十、).

use super::digits;

/// Returns the value of a Chinese digit, 〇 or 零 to 九; `None` for any other character.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Returns the number written digit by digit: `2021`, `２０２１`, `二〇二一`. Next to Chinese
/// digits `○`, `Ｏ`, `O` and `0`, which are often typed for 〇, count as 〇; elsewhere they are not digits.
pub fn parse_digits(chars: &[char]) -> Option<u32> {
    let chinese = chars.iter().any(|c| digit(*c).is_some());
    let zero = |c: char| (chinese && matches!(c, '○' | 'Ｏ' | 'O')).then_some(0);
    let value = |c: char| digits::digit(c).or_else(|| digit(c)).or_else(|| zero(c));
    let first = chars.first().copied().and_then(value)?;
    chars.iter().skip(1).try_fold(first, |sum, c| sum.checked_mul(10)?.checked_add(value(*c)?))
}

/// Returns the year written with these four characters; `None` if they are not a year.
pub fn parse_year(chars: &[char]) -> Option<u16> {
    parse_digits(chars).filter(|_| chars.len() == 4).and_then(|year| year.try_into().ok())
}

/// Returns the number below a hundred written in Chinese numerals: 九, 十, 十二, 二十, 二十三. `digit` reads
/// one digit.
pub fn parse_below_hundred(text: &str, digit: impl Fn(char) -> Option<u32>) -> Option<u32> {
    let one = |text: &str, empty| {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => empty,
            (Some(c), None) => digit(c),
            _ => None,
        }
    };
    match text.split_once('十') {
        Some((tens, ones)) => Some(one(tens, Some(1))? * 10 + one(ones, Some(0))?),
        None => one(text, None),
    }
}

/// Returns the value of a numeral in an ordinal, 一 to 十; `None` for any other character.
pub fn ordinal_value(c: char) -> Option<u32> {
    if c == '十' { Some(10) } else { digit(c).filter(|value| *value > 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year_of(text: &str) -> Option<u16> {
        parse_year(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn a_year_is_read_however_its_digits_are_typed() {
        for text in
            ["2020", "２０２０", "二〇二〇", "二○二○", "二零二零", "二O二O", "二Ｏ二Ｏ", "20２０", "二0二0"]
        {
            assert_eq!(year_of(text), Some(2020), "{text}");
        }
        for text in ["202", "20201", "二十二一", "二千零二", "20 1", "2O20", "OOOO", "2○20"] {
            assert_eq!(year_of(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_below_a_hundred_are_read() {
        for (text, value) in
            [("〇", 0), ("零", 0), ("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99)]
        {
            assert_eq!(parse_below_hundred(text, digit), Some(value), "{text}");
        }
        for text in ["", "二二", "二十二二", "十十", "百", "○", "12"] {
            assert_eq!(parse_below_hundred(text, digit), None, "{text}");
        }
    }

    #[test]
    fn ordinals_have_no_zero() {
        let values: Vec<_> = "一九十〇零百○".chars().map(ordinal_value).collect();
        assert_eq!(values, [Some(1), Some(9), Some(10), None, None, None, None]);
    }
}
