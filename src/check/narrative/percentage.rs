//! Percentages: whether a part of a whole is a percentage, to the decimals shown.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Returns `true` if these digits are the percentage of `part` in `whole`, rounded or truncated (35 of 805 is
/// published as 4.34%).
pub fn is_percentage_of(part: u64, whole: u64, digits: u64, decimals: u32) -> bool {
    let scaled = 10u128.checked_pow(decimals + 2).and_then(|scale| scale.checked_mul(part.into()));
    let (Some(scaled), true) = (scaled, whole > 0) else { return false };
    let whole = u128::from(whole);
    let cut = scaled / whole;
    let rounded = (2 * scaled + whole) / (2 * whole);
    let digits = u128::from(digits);
    digits == cut || digits == rounded
}

/// Formats a percentage with this number of decimals: `32.05%`.
pub fn format_percentage(part: u64, whole: u64, decimals: u32) -> String {
    let share = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED);
    let share = share.and_then(|share| share.checked_div(Decimal::from(whole)));
    share.map_or_else(|| "?".into(), |share| format!("{}%", share.round_dp(decimals.min(6))))
}

/// Returns a number of the table as a count; `None` if it is negative or too large.
pub fn to_count(number: Decimal) -> Option<u64> {
    number.to_u64()
}

/// Returns a share as it is printed, of its digits and how many of them are decimals; `?` where they are too many.
pub fn format_printed_percentage(digits: u64, decimals: u32) -> String {
    i64::try_from(digits)
        .ok()
        .and_then(|digits| Decimal::try_new(digits, decimals).ok())
        .map_or_else(|| "?".into(), |share| format!("{share}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_and_truncated_percentages_both_pass() {
        assert!(is_percentage_of(35, 805, 434, 2), "cut off");
        assert!(is_percentage_of(35, 805, 435, 2), "rounded");
        assert!(is_percentage_of(158, 805, 196, 1));
        assert!(is_percentage_of(3, 3, 100, 0));
        assert!(!is_percentage_of(258, 805, 339, 1));
        assert!(!is_percentage_of(35, 805, 436, 2), "just beyond");
        assert_eq!(format_percentage(258, 805, 1), "32.0%");
    }

    #[test]
    fn a_percentage_of_zero_never_matches() {
        assert!(!is_percentage_of(0, 0, 0, 0));
        assert!(!is_percentage_of(u64::MAX, 1, 1, 40));
    }
}
