//! Half-width and full-width digits and signs.

/// Returns the half-width form of a full-width ASCII character (`１`, `（`, `－`), and any other unchanged.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Returns the value of a digit, half-width or full-width; `None` if it is no digit.
pub fn digit(c: char) -> Option<u32> {
    half_width(c).to_digit(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_both_widths_have_their_values() {
        assert_eq!("09０９".chars().map(digit).collect::<Vec<_>>(), [Some(0), Some(9), Some(0), Some(9)]);
        assert!("一①²٣a．".chars().all(|c| digit(c).is_none()));
    }

    #[test]
    fn full_width_ascii_has_a_half_width_form() {
        let plain: String = "（１２．５％）－Ａ、。　".chars().map(half_width).collect();
        assert_eq!(plain, "(12.5%)-A、。　");
    }
}
