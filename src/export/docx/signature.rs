//! Where the unit that signs and its date stand (GB/T 9704—2012, 7.3.5.2, 不加盖印章的公文): under one blank
//! line, the unit two characters from the right edge, the date beginning two characters to the right of where
//! the unit begins; a date that is longer than the unit stands two characters from the edge, and the unit is
//! moved to the left by as much.

use super::super::layout::{ParagraphStyle, Report, ReportPart};
use crate::text::width::display_width;

/// How far the two lines end from the right edge, in half characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureIndents {
    /// The unit.
    pub unit: usize,
    /// The date.
    pub date: usize,
}

/// Two characters, in half characters.
const TWO: usize = 4;

impl SignatureIndents {
    /// Returns the indents for a report's own unit and date.
    pub fn of(report: &Report) -> Self {
        let columns = |style| {
            report.parts.iter().find_map(|part| match part {
                ReportPart::Text(it) if it.style == style => Some(display_width(&it.text)),
                _ => None,
            })
        };
        match (columns(ParagraphStyle::Signature), columns(ParagraphStyle::Date)) {
            (Some(unit), Some(date)) => Self::for_columns(unit, date),
            _ => Self { unit: TWO, date: TWO },
        }
    }

    /// Returns the indents for a unit and a date of so many half characters.
    fn for_columns(unit: usize, date: usize) -> Self {
        if date > unit {
            Self { unit: TWO + date + TWO - unit, date: TWO }
        } else {
            Self { unit: TWO, date: unit - date }
        }
    }

    /// Returns the attributes of `w:ind` for an indent: in hundredths of a character, and in twentieths of a point
    /// at 16 points a character.
    pub fn attributes(half_characters: usize) -> String {
        format!("w:rightChars=\"{}\" w:right=\"{}\"", half_characters * 50, half_characters * 160)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_begins_two_characters_right_of_the_unit() {
        for (unit, date) in [(24, 13), (16, 13), (13, 13), (12, 13), (8, 17), (40, 11)] {
            let SignatureIndents { unit: after_unit, date: after_date } =
                SignatureIndents::for_columns(unit, date);
            // Both begin so far from the right edge.
            assert_eq!(after_unit + unit, after_date + date + TWO, "{unit} {date}");
            assert!(if date > unit { after_date == TWO } else { after_unit == TWO });
        }
    }
}
