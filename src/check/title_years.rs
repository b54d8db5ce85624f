//! The years that a title names.

use crate::text::{digits, numerals};

/// A year in a title, and the byte after its digits.
pub(super) struct TitleYear {
    pub(super) number: u16,
    pub(super) end: usize,
}

/// Returns the years named in a title: four digits before 年, half-width, full-width or Chinese.
pub(super) fn title_years(title: &str) -> Vec<TitleYear> {
    let signs: Vec<(usize, char)> = title.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    let mut found = Vec::new();
    for (at, window) in signs.windows(5).enumerate() {
        let [.., (last, digit), (_, mark)] = *window else { continue };
        let is_digit = |c: char| digits::digit(c).or(numerals::digit(c)).is_some();
        let four: Vec<char> = window.iter().take(4).map(|(_, c)| *c).collect();
        let longer = at.checked_sub(1).and_then(|at| signs.get(at)).is_some_and(|(_, c)| is_digit(*c));
        if let Some(number @ 1000..=2999) = numerals::parse_year(&four)
            && mark == '年'
            && !longer
        {
            found.push(TitleYear { number, end: last + digit.len_utf8() });
        }
    }
    found
}

/// Returns the title without the first 度 of “2020年度…年度报告”; `None` if it is not doubled.
pub(super) fn without_doubled(title: &str, year_end: usize) -> Option<String> {
    let (head, tail) = title.split_at_checked(year_end)?;
    let at = tail.find('年')?;
    let rest = tail.get(at + '年'.len_utf8()..)?;
    let rest = rest.trim_start().strip_prefix('度')?;
    let plain: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    plain.contains("年度").then(|| format!("{head}{}年{rest}", &tail[..at]))
}
