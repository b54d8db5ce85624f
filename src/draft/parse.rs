//! Parsing the text of a cell, typed or read from a file, by the kind of its field.

use super::Value;
use super::parse_number::{parse_change, parse_count, parse_money, parse_year};
use crate::form::Kind;
use crate::text::digits::half_width;

/// The ways to write “not applicable” in a cell.
const NOT_APPLICABLE: [&str; 8] = ["/", "-", "—", "——", "–", "无", "−", "--"];

/// Returns the value of a text in a field of that kind.
///
/// Full-width digits and signs are read as half-width ones, `。` as the decimal point, `、` as `/`
/// (an input method left on), thousands separators are dropped from counts. What cannot be read is
/// kept as typed in [`Value::Unreadable`]; a text of nothing but blanks is [`Value::Blank`].
pub fn parse_value(kind: &Kind, text: &str) -> Value {
    if matches!(kind, Kind::Prose | Kind::Text | Kind::Date) {
        let text = if *kind == Kind::Prose { text } else { text.trim() };
        return if text.is_empty() { Value::Blank } else { Value::Text(text.into()) };
    }
    let typed = text.trim();
    let plain = to_plain(typed);
    if plain.is_empty() {
        return Value::Blank;
    }
    let value = match kind {
        Kind::Choice(choices) => {
            choices.iter().find(|word| **word == typed).map(|word| Value::Text(word.clone()))
        }
        Kind::Year => parse_year(&plain),
        _ if NOT_APPLICABLE.contains(&plain.as_str()) => Some(Value::NotApplicable(plain.clone())),
        Kind::Count => parse_count(&plain).map(Value::Count),
        Kind::Change => parse_change(&plain),
        Kind::Money { .. } => parse_money(&plain),
        Kind::Prose | Kind::Text | Kind::Date => None,
    };
    value.unwrap_or_else(|| Value::Unreadable(typed.into()))
}

/// Returns the text with full-width ASCII, Chinese punctuation and all minus signs in their plain form.
fn to_plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '。' => '.',
            '、' => '/',
            '\u{2212}' => '-',
            _ => half_width(c),
        })
        .collect::<String>()
        .trim()
        .to_string()
}
