//! What is printed on every page beside the text: page numbers, running heads.

use super::super::source::without_numbers;
use super::lines::TextLine;
use super::model::Page;

/// Heads stand above this part of the page's height, and feet below the rest of it.
const EDGE: f32 = 0.12;

/// How far a running head is from its place on the page before, in points.
const NEAR: f32 = 4.0;

/// The lines of one page outside its tables, and how high it is.
pub struct PageLines<'a> {
    /// Its lines from top to bottom.
    pub lines: Vec<&'a TextLine>,
    /// Its height.
    pub height: f32,
}

impl<'a> PageLines<'a> {
    /// Returns the lines of a page near its edges.
    pub fn of(page: &Page, lines: &'a [TextLine]) -> Self {
        let edge = page.height * EDGE;
        let near = |line: &&TextLine| line.y < edge || line.y > page.height - edge;
        PageLines { lines: lines.iter().filter(near).collect(), height: page.height }
    }

    fn distance(&self, line: &TextLine) -> f32 {
        // From the nearer edge: pages may be of different heights.
        if line.y < self.height / 2.0 { line.y } else { line.y - self.height }
    }
}

/// Returns whether a line of the page at `at` is printed beside the text: it is a page number by its form, or
/// stands at the same place of other pages, its numbers aside.
pub fn is_running(pages: &[PageLines], at: usize, line: &TextLine) -> bool {
    let Some(page) = pages.get(at) else { return false };
    if !page.lines.iter().any(|own| std::ptr::eq(*own, line)) {
        return false;
    }
    let text = line.text();
    if is_dashed_number(&text) {
        return true;
    }
    let own = without_numbers(&text);
    let repeats = |other: &&PageLines| {
        let place = page.distance(line);
        other.lines.iter().any(|it| {
            let near = (other.distance(it) - place).abs() <= NEAR && other.distance(it) * place > 0.0;
            near && without_numbers(&it.text()) == own
        })
    };
    let neighbours = [at.checked_sub(1), Some(at + 1), at.checked_sub(2), Some(at + 2)];
    let others: Vec<&PageLines> = neighbours.into_iter().flatten().filter_map(|at| pages.get(at)).collect();
    let count = others.iter().filter(|other| repeats(other)).count();
    // A bare number is a page's number where it counts on; alone it may be a number of the text.
    count > 0 && (own.chars().any(char::is_alphabetic) || counts_on(pages, at, line, &text))
}

/// Returns whether a bare number is one more or less than that of the page beside it.
fn counts_on(pages: &[PageLines], at: usize, line: &TextLine, text: &str) -> bool {
    let number = |text: &str| digits(text).parse::<u32>().ok();
    let Some(own) = number(text) else { return true };
    let page = &pages[at];
    let beside = |other: Option<usize>, step: i64| {
        let Some(other) = other.and_then(|at| pages.get(at)) else { return false };
        other.lines.iter().any(|it| {
            (other.distance(it) - page.distance(line)).abs() <= NEAR
                && number(&it.text()).is_some_and(|it| i64::from(it) - i64::from(own) == step)
        })
    };
    beside(at.checked_sub(1), -1) || beside(Some(at + 1), 1)
}

/// Returns whether a text is a page number with its dashes: `- 3 -`, `—3—`, `第 3 页`, `第3页 共9页`.
fn is_dashed_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dash = |c: char| "-—–－―─".contains(c);
    let inner = text.trim_matches(dash);
    let dashed = inner.len() < text.len() && text.starts_with(dash) && text.ends_with(dash);
    let is_number =
        |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let paged =
        inner.strip_prefix('第').and_then(|rest| rest.split_once('页')).is_some_and(|(number, rest)| {
            is_number(number) && without_numbers(rest).chars().all(|c| "共页，,/#".contains(c))
        });
    dashed && is_number(inner) || paged
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_by_their_dashes() {
        for text in ["- 3 -", "—3—", "－ 12 －", "第 3 页", "第3页 共 9 页", "第3页，共9页"]
        {
            assert!(is_dashed_number(text), "{text}");
        }
        for text in ["3", "-", "——", "-3", "—12345—", "第3页的表", "3月"] {
            assert!(!is_dashed_number(text), "{text}");
        }
    }
}
