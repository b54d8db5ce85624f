//! Narratives: paragraphs put together again from the lines of a copy, tables and pictures left out.

use super::normalize::{is_ordinal, normalize};
use super::row_scanner::is_page_number;
use crate::text::width::display_width;

/// Returns the paragraphs of a narrative.
///
/// `wrapped` says that the source has lines, not paragraphs: lines are joined to paragraphs again
/// where the line before was full or stops in mid-sentence.
pub fn join_paragraphs<'a>(lines: impl IntoIterator<Item = &'a str>, wrapped: bool) -> Vec<String> {
    let lines: Vec<&str> =
        lines.into_iter().filter(|line| !line.trim().is_empty() && !is_page_number(line)).collect();
    if !wrapped {
        return lines.iter().map(|line| collapse_blanks(line)).collect();
    }
    let widest = lines.iter().map(|line| display_width(line.trim_end())).max().unwrap_or(0);
    // Copies that keep the layout set the first line of each paragraph in.
    let margin = lines.iter().map(|line| indent(line)).min().unwrap_or(0);
    let indented = |line: &str| indent(line) >= margin + 2;
    let has_layout = lines.iter().any(|line| indented(line)) && lines.iter().any(|line| !indented(line));
    let mut paragraphs: Vec<String> = Vec::new();
    let mut before = "";
    for line in lines {
        let full = display_width(before.trim_end()) * 100 >= widest * 85;
        let joins = !before.is_empty()
            && !starts_with_ordinal(line)
            && match (ends_sentence(before), has_layout) {
                (_, true) if indented(line) => false,
                (true, layout) => layout && full,
                (false, _) => full || !is_heading(before),
            };
        match paragraphs.last_mut() {
            Some(last) if joins => append_line(last, line.trim()),
            _ => paragraphs.push(collapse_blanks(line)),
        }
        before = line;
    }
    paragraphs
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum()
}

fn collapse_blanks(line: &str) -> String {
    let mut tidy = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

fn append_line(paragraph: &mut String, line: &str) {
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if ascii(paragraph.chars().next_back()) && ascii(line.chars().next()) {
        paragraph.push(' ');
    }
    paragraph.push_str(&collapse_blanks(line));
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['”', '）', ')', '"']);
    line.ends_with(['。', '！', '？', '；', '：', ':', ';', '…'])
}

/// Returns whether a line begins with an ordinal, `（二）`.
fn starts_with_ordinal(line: &str) -> bool {
    let start: String = line.trim_start().chars().take(5).collect();
    normalize(&start).first().copied().is_some_and(is_ordinal)
        && !start.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns whether a line is a heading that needs no stop at its end.
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= 24 && starts_with_ordinal(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_copy_become_paragraphs_again() {
        let copied = [
            "2024 年，",
            "我市坚持公开为常态、不公开为例外，全面推进各项工作，取得",
            "了成效。",
            "（二）依申请公开情况",
            "全年答复",
            "- 2 -",
            "申请。",
        ];
        assert_eq!(
            join_paragraphs(copied, true),
            [
                "2024 年，我市坚持公开为常态、不公开为例外，全面推进各项工作，取得了成效。",
                "（二）依申请公开情况",
                "全年答复申请。"
            ]
        );
        let laid_out = ["   甲甲甲甲甲甲甲甲甲甲。", "乙乙乙乙乙乙乙乙乙乙乙", "丙。", "   丁丁。"];
        assert_eq!(
            join_paragraphs(laid_out, true),
            ["甲甲甲甲甲甲甲甲甲甲。乙乙乙乙乙乙乙乙乙乙乙丙。", "丁丁。"]
        );
        assert_eq!(join_paragraphs(["甲", "乙。"], false), ["甲", "乙。"]);
    }
}
