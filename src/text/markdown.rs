//! Markdown as plain lines, for a popup or a terminal that shows no headings, links or pictures.
//!
//! Only what our own pages use is known: headings, tables, fences, code spans, bold, pictures and
//! comments on lines of their own. A paragraph becomes one line; the caller wraps it.

use super::width::display_width;

/// The maximum width of a cell that others are aligned with, in columns.
const WIDEST: usize = 36;

/// Returns the lines to show: without pictures and comments, and without consecutive blank lines.
pub fn plain_lines(markdown: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut table: Vec<Vec<String>> = Vec::new();
    let mut in_fence = false;
    for line in markdown.lines() {
        if !in_fence && line.starts_with('|') {
            table.push(cells(line));
            continue;
        }
        lines.append(&mut aligned(&std::mem::take(&mut table)));
        if line.starts_with("```") {
            in_fence = !in_fence;
        } else if in_fence {
            lines.push(format!("    {line}"));
        } else if line.starts_with("![") || line.starts_with("<!--") {
        } else if let Some(heading) = line.strip_prefix('#') {
            lines.push(format!("〔{}〕", unmarked(heading.trim_start_matches('#').trim())));
        } else if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(unmarked(line));
        }
    }
    lines.append(&mut aligned(&table));
    lines
}

/// Returns a line without the markup of code and bold, and with escaped bars unescaped.
fn unmarked(line: &str) -> String {
    // Markdown needs a blank after bold text that ends in full-width punctuation; plain text does not.
    let line = line.replace("。** ", "。").replace("？** ", "？");
    line.replace("**", "").replace('`', "").replace("\\|", "|").replace("&lt;", "<")
}

/// Returns the cells of a row of a table.
fn cells(line: &str) -> Vec<String> {
    // An escaped bar does not end a cell.
    let line = line.trim().trim_matches('|').replace("\\|", "\u{0}");
    line.split('|').map(|cell| unmarked(cell.trim()).replace('\u{0}', "|")).collect()
}

/// Returns the rows of a table with their cells aligned, without the rule under the heading.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let is_rule = |row: &Vec<String>| row.iter().all(|cell| cell.chars().all(|c| "-:".contains(c)));
    let rows: Vec<&Vec<String>> = rows.iter().filter(|row| !is_rule(row)).collect();
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(cell)).max();
    let line = |row: &&Vec<String>| {
        let padded = row.iter().enumerate().map(|(at, cell)| {
            let wanted = width(at).unwrap_or(0).min(WIDEST);
            format!("{cell}{}", " ".repeat(wanted.saturating_sub(display_width(cell))))
        });
        format!("  {}", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_dropped_and_text_is_kept() {
        let page = "# 手册\n\n![图](a.svg)\n\n<!-- keys -->\n\n**看。** 按 `F1` 看**帮助**，`a \\| b`。\n";
        assert_eq!(plain_lines(page), ["〔手册〕", "", "看。按 F1 看帮助，a | b。"]);
    }

    #[test]
    fn the_columns_of_a_table_are_aligned() {
        let page = "| 键 | 做什么 |\n|---|---|\n| `Ctrl+S` | 保存 |\n| `a\\|b` | &lt;c> |";
        assert_eq!(plain_lines(page), ["  键      做什么", "  Ctrl+S  保存", "  a|b     <c>"]);
    }

    #[test]
    fn fenced_text_is_left_as_it_is() {
        let page = "```sh\n# `x` | y\n|z|\n```\n后";
        assert_eq!(plain_lines(page), ["    # `x` | y", "    |z|", "后"]);
    }
}
