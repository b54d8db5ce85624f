//! A text that keeps the ends of its pages: what is printed on every page beside the text is taken out.

use std::collections::BTreeSet;

use super::super::source::{SourcePart, add_aside, without_numbers};

/// What ends a page.
const PAGE_END: char = '\u{c}';
/// The most running lines at either end of a page.
const MOST_LINES: usize = 3;
/// Fewer different letters than these are words in cells, such as 无.
const MIN_LETTERS: usize = 4;
/// A report has fewer pages; what ends that often is none.
const MOST_PAGES: usize = 1_000;

/// Blanks the running heads and feet of a text's pages, and returns them. The lines stay as many; `first` is the
/// number of the first.
///
/// A head or foot is the first or last line of a page if that of the page before or after is the same, its numbers
/// aside. The first page may begin with the title that others have as their head: it is a head there if the title
/// comes next.
pub fn take_running_lines(text: &str, first: usize) -> (String, Vec<SourcePart>) {
    let mut pages: Vec<Vec<&str>> = text.split(PAGE_END).map(|page| page.split('\n').collect()).collect();
    let mut found: Vec<(usize, usize, &str, &str)> = Vec::new();
    let passes = if pages.len() > MOST_PAGES { 0 } else { MOST_LINES };
    for _ in 0..passes {
        let taken = [("页眉", running_lines(&pages, false)), ("页脚", running_lines(&pages, true))];
        for (what, lines) in taken {
            for (page, at) in lines {
                // A page of one line has it at both ends.
                let line = std::mem::take(&mut pages[page][at]);
                if !line.is_empty() {
                    found.push((page, at, what, line));
                }
            }
        }
    }
    let mut kept = String::with_capacity(text.len());
    let mut starts = Vec::with_capacity(pages.len());
    let mut line = first;
    for page in &pages {
        // A page's end ends a line, and is none of its own where the line has ended.
        if !kept.is_empty() && !kept.ends_with('\n') {
            kept.push('\n');
            line += 1;
        }
        starts.push(line);
        kept.push_str(&page.join("\n"));
        line += page.len() - 1;
    }
    found.sort_unstable();
    let mut asides = Vec::new();
    for (page, at, what, text) in found {
        add_aside(&mut asides, starts[page] + at, what, text.trim());
    }
    (kept, asides)
}

/// Returns the pages that end, or begin, with a running line, and which of their lines it is.
fn running_lines(pages: &[Vec<&str>], at_end: bool) -> Vec<(usize, usize)> {
    let filled = |line: &&str| !line.trim().is_empty();
    let edge = |page: &Vec<&str>| {
        let own = if at_end { page.iter().rposition(filled) } else { page.iter().position(filled) };
        own.map(|own| (own, without_numbers(page[own])))
    };
    let edges: Vec<Option<(usize, String)>> = pages.iter().map(edge).collect();
    let mask_of = |page: Option<usize>| page.and_then(|page| edges.get(page)?.as_ref()).map(|(_, mask)| mask);
    let is_running = |page: usize, own: usize, mask: &String| {
        let letters: BTreeSet<char> = mask.chars().filter(|c| c.is_alphabetic()).collect();
        let repeats = [page.checked_sub(1), Some(page + 1)].into_iter().any(|it| mask_of(it) == Some(mask));
        let below = || pages[0].iter().skip(own + 1).find(|line| filled(line));
        let heads_title = || below().is_some_and(|below| mask.contains(&without_numbers(below)));
        letters.len() >= MIN_LETTERS && repeats && (at_end || page > 0 || heads_title())
    };
    let running = edges.iter().enumerate().filter_map(|(page, edge)| {
        let (own, mask) = edge.as_ref()?;
        is_running(page, *own, mask).then_some((page, *own))
    });
    running.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> (Vec<String>, usize) {
        let (kept, asides) = take_running_lines(text, 1);
        (kept.lines().filter(|line| !line.is_empty()).map(str::to_string).collect(), asides.len())
    }

    #[test]
    fn what_is_on_every_page_is_beside_the_text() {
        let text = "1/2/26 示例区年报\n示例区年报\n一、甲\n示例网址 1/2\n\u{c}1/2/26 示例区年报\n二、乙 3\n示例网址 2/2\n\u{c}";
        assert_eq!(lines(text), (vec!["示例区年报".into(), "一、甲".into(), "二、乙 3".into()], 2));
    }

    #[test]
    fn lines_and_heads_keep_their_numbers_in_the_file() {
        let text = "一、甲\n示例网址一 1/2\n\u{c}某年某月某日\n二、乙\n示例网址一 2/2\u{c}某年某月某日\n三";
        let (kept, asides) = take_running_lines(text, 1);
        let numbers: Vec<usize> =
            asides.iter().map(|it| if let SourcePart::Aside { line, .. } = it { *line } else { 0 }).collect();
        assert_eq!(numbers, [2, 3], "each head and foot once");
        let line_of = |text: &str| kept.lines().position(|line| line.trim() == text).map(|at| at + 1);
        assert_eq!((line_of("一、甲"), line_of("二、乙"), line_of("三")), (Some(1), Some(4), Some(6)));
    }

    #[test]
    fn rows_on_both_sides_of_a_page_end_stay_apart() {
        let (kept, _) = take_running_lines("规章 1\u{c}文件 2\n\u{c}其他 3", 1);
        assert_eq!(kept, "规章 1\n文件 2\n其他 3");
    }

    #[test]
    fn a_text_of_more_pages_than_any_report_stays_whole() {
        let (kept, asides) = take_running_lines(&"甲乙丙丁\u{c}".repeat(MOST_PAGES + 1), 1);
        assert_eq!((kept.matches('甲').count(), asides.len()), (MOST_PAGES + 1, 0));
        let (kept, asides) = take_running_lines(&"甲乙丙丁\u{c}".repeat(MOST_PAGES - 1), 1);
        assert_eq!((kept.matches('甲').count(), asides.len()), (0, 2), "a head and a foot");
    }

    #[test]
    fn several_lines_may_be_on_every_page() {
        let text = "一、甲 1\n某年某月某日\n示例网址 1/2\n\u{c}二、乙 2\n某年某月某日\n示例网址 2/2\n";
        assert_eq!(lines(text), (vec!["一、甲 1".into(), "二、乙 2".into()], 2));
    }

    #[test]
    fn a_title_and_rows_of_numbers_stay_in_the_text() {
        let text = "示例区年报\n一、甲\n规章 1\n\u{c}示例区年报\n0 0\n文件 2\n\u{c}0 0\n";
        assert_eq!(
            lines(text),
            (
                vec![
                    "示例区年报".into(),
                    "一、甲".into(),
                    "规章 1".into(),
                    "0 0".into(),
                    "文件 2".into(),
                    "0 0".into()
                ],
                1
            )
        );
        assert_eq!(lines("甲\n甲\n乙\n"), (vec!["甲".into(), "甲".into(), "乙".into()], 0));
    }
}
