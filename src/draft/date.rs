//! Dates as they are written in Chinese documents.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::text::digits::half_width;
use crate::text::numerals;

/// Returns the date written in a text: `2021年1月20日`, `2021-01-20`, `2021/1/20`, `2021.1.20`,
/// `二〇二一年一月二十日`. Blanks inside are ignored. `None` if it is not a day of the calendar.
pub fn parse_date(text: &str) -> Option<Date> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match half_width(c) {
            '。' => '.',
            '—' => '-',
            '、' => '/',
            c => c,
        })
        .collect();
    let plain = plain.trim_end_matches('日');
    let mut parts = plain.split(['年', '月', '-', '/', '.']);
    let year = parse_number(parts.next()?)?;
    let month = parse_number(parts.next()?)?;
    let day = parse_number(parts.next()?)?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Returns a date as it is written in documents: `2021年1月20日`.
pub fn format_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Returns a date as it is printed: `2021.1.20` and other short spellings as [`format_date`] writes them; what is
/// written in full already, or is no date, as it is.
pub fn printed_date(text: &str) -> Cow<'_, str> {
    let is_full = text.contains('年') && text.contains('月') && text.trim_end().ends_with('日');
    // A year of two digits is not completed.
    let date = parse_date(text).filter(|date| !is_full && date.year() >= 1000);
    date.map_or(Cow::Borrowed(text), |date| Cow::Owned(format_date(date)))
}

/// Returns a number written in digits, in Chinese digits one by one (二〇二一), or as a Chinese numeral
/// below a hundred (二十三).
fn parse_number(text: &str) -> Option<u32> {
    let chars: Vec<char> = text.chars().collect();
    numerals::parse_digits(&chars)
        .or_else(|| numerals::parse_below_hundred(text, numerals::digit))
        .filter(|_| chars.len() <= 4)
}
