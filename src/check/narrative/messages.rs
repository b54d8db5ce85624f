//! Messages that state both sides of a comparison.

use super::topic::Sum;
use crate::check::RuleInput;
use crate::draft::Amount;

/// The maximum length of a quotation, in characters.
const QUOTED: usize = 30;

/// Returns a passage in quotation marks, without its middle if it is long.
pub fn quote(text: &str) -> String {
    let plain: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.len() <= QUOTED {
        return format!("“{}”", plain.iter().collect::<String>());
    }
    let head: String = plain[..QUOTED / 3].iter().collect();
    let tail: String = plain[plain.len() - QUOTED / 2..].iter().collect();
    format!("“{head}……{tail}”")
}

/// Returns a reading with the table's number: `本年新收+上年结转 62 = 59 + 3`.
pub fn describe_sum(input: &RuleInput, sum: &Sum, amount: Amount) -> String {
    let cells: Vec<_> = sum.fields.iter().filter(|id| input.form.field(id.as_str()).is_some()).collect();
    let parts: Vec<String> = cells
        .iter()
        .map(|id| super::table::cell_amount(input, id))
        .map(|amount| if amount == Amount::Blank { "空白".into() } else { amount.display_text() })
        .collect();
    let spelled =
        if (2..=4).contains(&parts.len()) { format!(" = {}", parts.join(" + ")) } else { String::new() };
    format!("{} {}{spelled}", sum.label, amount.display_text())
}
