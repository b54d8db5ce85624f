//! Who signed a report and when.

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

/// Returns where the signature is at the end of the last section: the first line of it, the unit, the date.
pub fn find_signature(texts: &[&str], unit: Option<&str>) -> (usize, Option<String>, Option<String>) {
    // What follows the date on a web page is not part of the report.
    let from = texts.len().saturating_sub(40);
    for (at, text) in texts.iter().enumerate().skip(from).rev() {
        let line = without_blanks(text);
        let Some((name, date)) = split_date(&line) else { continue };
        if !name.is_empty() {
            return (at, Some(name), Some(date));
        }
        let above = at.checked_sub(1).and_then(|above| texts.get(above)).map(|text| without_blanks(text));
        return match above {
            Some(name)
                if is_unit_name(&name)
                    && (at > 1 || unit.is_some_and(|unit| name.contains(unit) || unit.contains(&name))) =>
            {
                (at - 1, Some(name), Some(date))
            }
            _ => (at, None, Some(date)),
        };
    }
    let last = texts.last().map(|text| without_blanks(text));
    match last {
        Some(name) if unit == Some(&name) && texts.len() > 1 => (texts.len() - 1, Some(name), None),
        _ => (texts.len(), None, None),
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
        let texts = ["无。", "示例局", "2025年1月20日", "打印 关闭"];
        assert_eq!(
            find_signature(&texts, Some("示例局")),
            (1, Some("示例局".into()), Some("2025年1月20日".into()))
        );
        assert_eq!(find_signature(&["无。", "示例局 2025年1月20日"], None).1, Some("示例局".into()));
        assert_eq!(find_signature(&["无。"], None), (1, None, None));
        assert_eq!(
            find_signature(&["无", "2025 年 1 月 20 日"], None),
            (1, None, Some("2025年1月20日".into()))
        );
    }
}
