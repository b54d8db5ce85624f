//! Dates as Chinese documents write them.

use jiff::civil::Date;

/// The date that a text says: `2021年1月20日`, `2021-01-20`, `2021/1/20`, `2021.1.20`,
/// `二〇二一年一月二十日`. Blanks inside are ignored. None where it is not a day of the calendar.
pub fn read_date(text: &str) -> Option<Date> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '．' | '。' => '.',
            '－' | '—' => '-',
            '／' | '、' => '/',
            _ => c,
        })
        .collect();
    let plain = plain.trim_end_matches('日');
    let mut parts = plain.split(['年', '月', '-', '/', '.']);
    let year = number(parts.next()?)?;
    let month = number(parts.next()?)?;
    let day = number(parts.next()?)?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A date in a document's words: `2021年1月20日`.
pub fn say_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A number in digits, in Chinese digits one by one (二〇二一) or below a hundred (二十三).
fn number(text: &str) -> Option<u16> {
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| {
        "〇一二三四五六七八九".chars().position(|d| d == c).or(match c {
            '零' | '○' | 'Ｏ' | 'O' => Some(0),
            _ => None,
        })
    };
    if let Some((tens, ones)) = text.split_once('十') {
        let one = |text: &str, empty| {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (None, _) => Some(empty),
                (Some(c), None) => digit(c),
                _ => None,
            }
        };
        return u16::try_from(one(tens, 1)? * 10 + one(ones, 0)?).ok();
    }
    text.chars().try_fold(0u16, |sum, c| Some(sum * 10 + u16::try_from(digit(c)?).ok()?))
}
