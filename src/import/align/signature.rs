//! Who signed a report and when.

use std::ops::Range;

use crate::draft::parse_date;

/// The longest name of a unit, in characters.
const MAX_UNIT_NAME: usize = 30;

/// How many dates at the end of a line may be that of a signature.
const MAX_DATES: usize = 8;

/// Returns the date that fills a line, with or without brackets.
pub fn date_line(text: &str) -> Option<String> {
    let text = without_blanks(text);
    let text = text.trim_matches(|c: char| "()（）".contains(c));
    parse_date(text).map(|_| text.to_string())
}

/// Returns a text without blanks.
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '#').collect()
}

/// Cuts the signature and what a page prints after it off a line that ends in them: `无。 示例局 2025年1月20日 打印`.
pub fn cut_signature<'t>(line: &'t str, unit: Option<&str>) -> Vec<&'t str> {
    let days = line.match_indices('日').map(|(at, day)| at + day.len());
    for end in days.collect::<Vec<_>>().into_iter().rev().take(MAX_DATES) {
        let head = &line[..end];
        // A date is at most eleven characters, with blanks in it twice as many.
        let starts = head.char_indices().rev().take(22).map(|(at, _)| at);
        let dated = |at: &usize| date_line(&head[*at..]).is_some() && !head[*at..].starts_with(['(', '（']);
        let Some(start) = starts.filter(dated).last() else { continue };
        let before = line[..start].trim_end();
        let name_start = match unit.filter(|unit| before.ends_with(unit)) {
            Some(unit) => before.len() - unit.len(),
            None => before
                .rfind(|c: char| c.is_whitespace() || is_end(c))
                .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8)),
        };
        let name = before[name_start..].trim();
        let is_open = unit != Some(name) && line[end..].starts_with(|c: char| !c.is_whitespace());
        let text = line[..name_start].trim_end();
        if is_open || !(text.is_empty() || text.ends_with(is_end)) || !(name.is_empty() || is_unit_name(name))
        {
            continue;
        }
        let pieces = [text, name, line[start..end].trim(), line[end..].trim()];
        return pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
    }
    vec![line]
}

/// Returns whether a character ends a sentence.
fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '；' | '”' | '）')
}

/// Who signed a report and when, as its last lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The lines that it fills; an empty range behind the last line if there is no signature.
    pub lines: Range<usize>,
    /// The unit.
    pub unit: Option<String>,
    /// The date as printed, without blanks.
    pub date: Option<String>,
}

/// Returns the signature at the end of the last section.
pub fn find_signature(texts: &[&str], unit: Option<&str>) -> Signature {
    // What follows the date on a web page is not part of the report.
    let from = texts.len().saturating_sub(40);
    for (at, text) in texts.iter().enumerate().skip(from).rev() {
        let line = without_blanks(text);
        let Some((name, date)) = split_date(&line) else { continue };
        let date = Some(date);
        if !name.is_empty() {
            return Signature { lines: at..at + 1, unit: Some(name), date };
        }
        let above = at.checked_sub(1).and_then(|above| texts.get(above)).map(|text| without_blanks(text));
        let is_own = |name: &String| {
            let is_named = || unit.is_some_and(|unit| name.contains(unit) || unit.contains(name.as_str()));
            is_unit_name(name) && (at > 1 || is_named())
        };
        return match above.filter(is_own) {
            Some(name) => Signature { lines: at - 1..at + 1, unit: Some(name), date },
            None => Signature { lines: at..at + 1, unit: None, date },
        };
    }
    let end = texts.len();
    match texts.last().map(|text| without_blanks(text)) {
        Some(name) if unit == Some(&name) && end > 1 => {
            Signature { lines: end - 1..end, unit: Some(name), date: None }
        }
        _ => Signature { lines: end..end, ..Signature::default() },
    }
}

/// Returns whether a text may be the name of a unit.
pub fn is_unit_name(text: &str) -> bool {
    (2..=MAX_UNIT_NAME).contains(&text.chars().count())
        && !text.contains(['。', '，', '；', '：', '、', '无'])
}

/// Splits a line that ends in a date: the text before it, and the date.
fn split_date(line: &str) -> Option<(String, String)> {
    if let Some(date) = date_line(line) {
        return Some((String::new(), date));
    }
    // A date is not searched after more text than a name has: a line may be digits from end to end.
    let starts = line.char_indices().take(MAX_UNIT_NAME + 1);
    let starts = starts.filter(|(_, c)| c.is_ascii_digit() || *c == '二').map(|(at, _)| at);
    let (name, date) = starts.map(|at| line.split_at(at)).find(|(_, rest)| parse_date(rest).is_some())?;
    is_unit_name(name).then(|| (name.to_string(), date.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_at_the_end_of_a_line_is_cut_off() {
        let unit = Some("示例局");
        for (line, pieces) in [
            ("无。 示例局 2025年1月20日 附件下载", &["无。", "示例局", "2025年1月20日", "附件下载"][..]),
            ("无。示例局2025年1月20日附件下载", &["无。", "示例局", "2025年1月20日", "附件下载"]),
            ("无。 示例局 二〇二五年一月二十日", &["无。", "示例局", "二〇二五年一月二十日"]),
            ("示例局 2025年1月20日", &["示例局", "2025年1月20日"]),
            ("本办法自2025年1月20日起施行。", &["本办法自2025年1月20日起施行。"]),
            ("无其他事项。", &["无其他事项。"]),
        ] {
            assert_eq!(cut_signature(line, unit), pieces, "{line}");
        }
    }

    #[test]
    fn a_signature_is_read_with_its_date() {
        let signature = |lines, unit: &str, date: &str| {
            let text = |text: &str| (!text.is_empty()).then(|| text.to_string());
            Signature { lines, unit: text(unit), date: text(date) }
        };
        let unit = Some("示例局");
        for (texts, unit, expected) in [
            (
                &["无。", "示例局", "2025年1月20日", "打印 关闭"][..],
                unit,
                signature(1..3, "示例局", "2025年1月20日"),
            ),
            (&["无。", "示例局 2025年1月20日"], None, signature(1..2, "示例局", "2025年1月20日")),
            (&["无。"], None, signature(1..1, "", "")),
            (&["无。", "示例局"], unit, signature(1..2, "示例局", "")),
            (&["无", "2025 年 1 月 20 日"], None, signature(1..2, "", "2025年1月20日")),
        ] {
            assert_eq!(find_signature(texts, unit), expected, "{texts:?}");
        }
    }
}
