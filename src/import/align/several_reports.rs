//! Whether a source holds more than one report: their tables could not be told apart.

use std::collections::BTreeSet;

use super::heading::Headings;
use super::normalize::{contains_run, normalize_letters};
use super::number::{LineToken, tokenize};
use super::outline::OutlineItem;
use crate::text::digits;

/// A heading that is meant without a doubt: numbered, and three quarters of its letters.
const SURE: f32 = 1.25;

/// Returns whether the sections begin again after some of them were there with their content. A table of
/// contents has headings without content.
pub fn holds_several_reports(items: &[OutlineItem], headings: &Headings) -> bool {
    // The sections one after the other that have content, and whether a title stands before each.
    let mut run: BTreeSet<usize> = BTreeSet::new();
    let mut before: BTreeSet<usize> = BTreeSet::new();
    let (mut open, mut titled, mut restarted_at_title) = (None, false, false);
    for item in items {
        let text = item.running_text().unwrap_or_default();
        let found = headings.at_line_start(text).into_iter().filter(|found| found.score >= SURE);
        let found = found.max_by(|a, b| a.score.total_cmp(&b.score));
        let rest = found.map_or(0, |found| found.length);
        if let Some(found) = found {
            open = Some(found.section);
        } else if is_title(text) || begins_with_title(text) {
            (open, titled) = (None, true);
        }
        // Where a page is one line, the next title runs on behind the last sentence.
        let ends_titled = text.split('。').skip(1).any(begins_with_title);
        let Some(section) = open.filter(|_| has_content(item, rest)) else {
            titled |= ends_titled;
            continue;
        };
        open = None;
        if run.last().is_some_and(|last| section <= *last) {
            before = std::mem::take(&mut run);
            restarted_at_title = titled;
        }
        titled = ends_titled;
        run.insert(section);
        let common = before.intersection(&run).count();
        if common >= 2 || common >= 1 && run.len() >= 2 && restarted_at_title {
            return true;
        }
    }
    false
}

fn is_title(text: &str) -> bool {
    const LONGEST: usize = 60;
    if !text.contains("报") || text.chars().count() > LONGEST || text.contains(['。', '，', '《']) {
        return false;
    }
    let letters = normalize_letters(text);
    ["政府信息公开", "年报"].iter().all(|word| contains_run(&letters, &normalize_letters(word)))
        || contains_run(&letters, &normalize_letters("政府信息公开工作年度报告"))
        || contains_run(&letters, &normalize_letters("政府信息公开年度报告"))
}

/// Returns whether a sentence is a title that goes on without a break, and not one about such a report.
fn begins_with_title(sentence: &str) -> bool {
    const ABOUT: [&str; 7] = ["编制", "公布", "发布", "报送", "根据", "按", "本"];
    let Some(title) = sentence.find("报告").and_then(|at| sentence.get(..at + "报告".len())) else {
        return false;
    };
    let has_year = title.chars().filter(|c| digits::digit(*c).is_some()).count() >= 4;
    has_year && !ABOUT.iter().any(|word| title.contains(word)) && is_title(title)
}

/// Returns whether an item has a sentence after its heading, or a row of numbers or cells.
fn has_content(item: &OutlineItem, heading: usize) -> bool {
    match (item, item.running_text()) {
        (_, Some(text)) => {
            let rest: String = text.chars().skip(heading).collect();
            let numbers =
                || tokenize(&rest).iter().filter(|token| matches!(token, LineToken::Number(_))).count();
            rest.contains('。') || heading == 0 && numbers() >= 3
        }
        (OutlineItem::Row(row), None) => row.cells.iter().filter(|(_, text)| !text.is_empty()).count() > 1,
        _ => false,
    }
}
