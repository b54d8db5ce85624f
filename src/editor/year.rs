//! Years take digits only: what else is typed is left out, and that is said.

use crate::text::digits::half_width;

/// What is said when something else than digits was typed.
pub const DIGITS_ONLY: &str = "年度只填四位数字，如 2025";
/// What is said of what is no year, and of a year that no report is of.
const NO_YEAR: &str = "请填写四位数的年度，如 2025";
const OUT_OF_RANGE: &str = "年度应在 1949 至 2999 之间，如 2025";
/// The digits of a year.
const DIGITS: usize = 4;

/// Returns the digits of what was typed, as many as fit behind what stands there; `None` if all of it is to be
/// taken as it is.
pub fn year_digits(there: &str, typed: &str) -> Option<String> {
    let left = DIGITS.saturating_sub(there.chars().count());
    let digits = typed.chars().map(half_width).filter(char::is_ascii_digit);
    let digits: String = digits.take(left).collect();
    (digits != typed).then_some(digits)
}

/// What is wrong with something typed that is not the year of a report.
pub fn year_fault(typed: &str) -> &'static str {
    match typed.chars().count() == DIGITS && typed.chars().map(half_width).all(|c| c.is_ascii_digit()) {
        true => OUT_OF_RANGE,
        false => NO_YEAR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::YEARS;

    #[test]
    fn a_year_out_of_range_is_told_from_what_is_no_year() {
        let known = [*YEARS.start(), *YEARS.end()].map(|year| year.to_string());
        assert!(known.iter().all(|year| year_fault("1850").contains(year)));
        for typed in ["", "185", "乙巳年底"] {
            assert_eq!(year_fault(typed), NO_YEAR);
        }
    }

    #[test]
    fn a_year_takes_four_digits_and_nothing_else() {
        assert_eq!(year_digits("", "2025"), None);
        assert_eq!(year_digits("", "２０２５年度").as_deref(), Some("2025"));
        assert_eq!(year_digits("20", "256").as_deref(), Some("25"));
        assert_eq!(year_digits("", "二").as_deref(), Some(""));
        assert_eq!(year_digits("2025", "年").as_deref(), Some(""));
    }
}
