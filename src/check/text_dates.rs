//! Dates and sentences of running text, for the rules that read narratives.

use crate::text::digits;

/// A date in a text: a month with its day and year, where they stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// The year, if it is written.
    pub year: Option<u16>,
    /// The month.
    pub month: u16,
    /// The day, if it is written.
    pub day: Option<u16>,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Returns the dates of a text in order: `2023年1月1日`, `12月31日`, `2023年12月`, blanks inside or not.
pub fn find_dates(text: &str) -> Vec<DateMention> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices('月') {
        let Some((month, mut start)) =
            number_before(text, at, 2).filter(|(month, _)| (1..=12).contains(month))
        else {
            continue;
        };
        let head = text[..start].trim_end_matches(is_blank);
        let year = head.strip_suffix('年').and_then(|head| number_before(text, head.len(), 4));
        let year = year.filter(|(year, _)| (1990..=2099).contains(year));
        if let Some((_, from)) = year {
            start = from;
        }
        let mut end = at + mark.len();
        let behind = text[end..].trim_start_matches(is_blank);
        let digits: String =
            behind.chars().take_while(|c| digits::digit(*c).is_some() || is_blank(*c)).collect();
        let day = number_before(behind, digits.len(), 2)
            .filter(|(day, _)| (1..=31).contains(day) && behind[digits.len()..].starts_with('日'));
        if day.is_some() {
            end = text.len() - behind.len() + digits.len() + '日'.len_utf8();
        }
        let (year, day) = (year.map(|(year, _)| year), day.map(|(day, _)| day));
        found.push(DateMention { year, month, day, start, end });
    }
    found
}

/// Returns the number of at most so many digits that ends before this byte, and its first byte.
fn number_before(text: &str, end: usize, most: usize) -> Option<(u16, usize)> {
    let head = text[..end].trim_end_matches(is_blank);
    let digits: Vec<(usize, u16)> = head
        .char_indices()
        .rev()
        .map_while(|(at, c)| Some((at, u16::try_from(digits::digit(c)?).ok()?)))
        .take(most + 1)
        .collect();
    let (start, _) = digits.last().filter(|_| digits.len() <= most)?;
    Some((digits.iter().rev().fold(0, |number, (_, digit)| number * 10 + digit), *start))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{a0}')
}

/// Returns the sentences of a text, each with its first byte; they end at `。`, `；`, `！`, `？` and line ends.
pub fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['。', '；', ';', '！', '？', '\n']).map(move |sentence| {
        at += sentence.len();
        (at - sentence.len(), sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_with_what_stands_beside_them() {
        let dates = |text: &str| -> Vec<_> {
            let all = find_dates(text).into_iter();
            all.map(|date| (date.year, date.month, date.day, text[date.start..date.end].to_string()))
                .collect()
        };
        assert_eq!(
            dates("自 2023 年 1 月 1 日起至12月31日止，2024年3月底前。"),
            [
                (Some(2023), 1, Some(1), "2023 年 1 月 1 日".into()),
                (None, 12, Some(31), "12月31日".into()),
                (Some(2024), 3, None, "2024年3月".into()),
            ]
        );
        for text in ["13月", "本月", "月月", "2023123月4日", "", "12个月"] {
            assert_eq!(find_dates(text), vec![], "{text}");
        }
    }

    #[test]
    fn sentences_know_where_they_begin() {
        let text = "甲。乙；\n丙";
        let all: Vec<_> = sentences(text).collect();
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|(at, sentence)| text[*at..].starts_with(sentence)));
    }
}
