//! The headings of sections, known in every spelling in print.

use super::normalize::{Normalized, common_length, fold_char, is_letter, normalize_letters, numeral};
use crate::form::Form;
use crate::text::digits;

/// The most characters in which a heading goes on in words of its own.
const MAX_OWN_WORDS: usize = 12;

/// The headings of a form's sections.
pub struct Headings(Vec<SectionTitle>);

struct SectionTitle {
    /// The index of the section in the form.
    section: usize,
    numeral: u32,
    title: Normalized,
    /// How many enumeration commas the title itself has.
    commas: usize,
}

/// A heading that a text begins with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadingMatch {
    /// The index of the section in the form.
    pub section: usize,
    /// How surely it is meant.
    pub score: f32,
    /// How many characters it takes.
    pub length: usize,
}

impl Headings {
    /// Returns the numbered headings of a form.
    pub fn of(form: &Form) -> Headings {
        let heads = form.sections.iter().enumerate().filter_map(|(section, it)| {
            let numeral = it.numeral.chars().next().and_then(numeral)?;
            let title = normalize_letters(&it.title);
            (title.len() >= 3).then_some(SectionTitle {
                section,
                numeral,
                title,
                commas: it.title.matches('、').count(),
            })
        });
        Headings(heads.collect())
    }

    /// Returns the headings that a line or paragraph may begin with.
    pub fn at_line_start(&self, text: &str) -> Vec<HeadingMatch> {
        self.find_matches(text, false)
    }

    /// Returns the headings that running text may have come upon.
    pub fn within_text(&self, text: &str) -> Vec<HeadingMatch> {
        self.find_matches(text, true)
    }

    fn find_matches(&self, text: &str, inside: bool) -> Vec<HeadingMatch> {
        let found = self.0.iter().filter_map(|head| {
            let (score, length) = match_heading(text, head, inside)?;
            Some(HeadingMatch { section: head.section, score, length })
        });
        found.collect()
    }
}

/// Returns how surely a text begins with a section's heading, and how many characters the heading takes.
/// `inside` requires a better match, since the text goes on after it.
fn match_heading(text: &str, head: &SectionTitle, inside: bool) -> Option<(f32, usize)> {
    let skipped =
        text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || "#*•".contains(c)).len();
    let body = &text[skipped..];
    let before = text[..skipped].chars().count();
    let (found, used) = leading_numeral(body);
    // （二） is a sub-heading in nearly every report.
    let bracketed = body.starts_with(['(', '（']);
    let own = Some(head.numeral);
    let title = &head.title;
    let total = body.trim().chars().take(200).count();
    // An opening paragraph lists the sections by their names: that is not a heading.
    if found.is_none() && body.matches('、').count() > head.commas {
        return None;
    }
    if found != own && (inside || total > title.len() + 14) {
        return None;
    }
    let limit = if inside { end_of_heading(body, used) } else { usize::MAX };
    // The title's letters in order among the first of the text; where the last of them is.
    let window: Vec<(usize, char)> = body
        .chars()
        .map(fold_char)
        .enumerate()
        .take(limit)
        .skip(used)
        .take_while(|(_, c)| !"。；;：:".contains(*c))
        .filter(|(_, c)| is_letter(*c))
        .take(title.len() + 16)
        .collect();
    let here: Normalized = window.iter().map(|(_, c)| *c).collect();
    let covered = common_length(title, &here) as f32 / title.len() as f32;
    let enough = match (found == own, found.is_some(), inside) {
        (true, _, true) => covered >= 0.75 || starts_alike(&here, title),
        (true, _, false) if total <= 30 && !bracketed => covered >= 0.4,
        (true, _, false) => covered >= 0.75 || starts_alike(&here, title),
        (false, false, false) => covered >= 0.85 && total <= title.len() + 10,
        (false, true, false) => covered >= 0.9 && total <= title.len() + 14,
        (false, _, true) => false,
    };
    if !enough {
        return None;
    }
    // The heading ends with the shortest beginning that covers as much.
    let most = common_length(title, &here);
    let mut end = here.len();
    while end > 1 && common_length(title, &here[..end - 1]) == most {
        end -= 1;
    }
    let mut length = window.get(end.saturating_sub(1)).map_or(used, |(at, _)| at + 1);
    // A line that is all heading has nothing after it; 情况 and a stop belong to it in any case.
    let tail: String = body.chars().skip(length).take(3).collect();
    for more in ["的情况", "情况", "及措施", "措施", "事项", "事宜"] {
        if tail.starts_with(more) {
            length += more.chars().count();
            break;
        }
    }
    if covered < 0.75 && starts_alike(&here, title) {
        // In other words than the form's, up to the next blank or stop.
        let own = body.chars().skip(length).take_while(|c| is_letter(*c) || *c == '、').count();
        length += if own <= MAX_OWN_WORDS { own } else { 0 };
    }
    let stops = body.chars().skip(length).take_while(|c| "。：:.，, \u{3000}".contains(*c)).count();
    length += stops;
    // Words that run on are the heading's own: 五、存在的主要问题及工作计划.
    if total <= title.len() + 10 && !inside && stops == 0 {
        length = body.chars().count();
    }
    let numbered = if found == own && !bracketed { 0.5 } else { 0.0 };
    Some((covered + numbered, before + length))
}

/// Returns after how many characters a heading in running text has ended in any case: at the numbers of a row,
/// at the next ordinal.
fn end_of_heading(text: &str, used: usize) -> usize {
    let chars: Vec<char> = text.chars().take(80).collect();
    let letters = chars.iter().skip(used).position(|c| is_letter(*c)).map_or(used, |at| used + at);
    let ends = |at: &usize| {
        digits::digit(chars[*at]).is_some()
            || numeral(chars[*at]).is_some() && chars.get(at + 1).is_some_and(|stop| "、.．".contains(*stop))
    };
    (letters..chars.len()).find(ends).unwrap_or(usize::MAX)
}

/// Returns whether a text begins with the first half of a title: 五、存在的主要问题及明年工作计划.
fn starts_alike(text: &[char], title: &[char]) -> bool {
    let half = title.len() / 2;
    half >= 5 && text.starts_with(&title[..half])
}

/// Returns the numeral that a heading begins with, and how many characters it takes with its stop.
fn leading_numeral(text: &str) -> (Option<u32>, usize) {
    let chars: Vec<char> = text.chars().map(fold_char).take(8).collect();
    let skip = chars.iter().take_while(|c| "(第 ".contains(**c)).count();
    let Some(value) = chars.get(skip).copied().and_then(numeral) else { return (None, 0) };
    let stops = chars.iter().skip(skip + 1).take_while(|c| ")、.,:部分 ".contains(**c)).count();
    if stops == 0 { (None, 0) } else { (Some(value), skip + 1 + stops) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Library;

    fn found(text: &str) -> Vec<(String, usize)> {
        let form = Library::new().get("2021").unwrap();
        let list = Headings::of(&form).at_line_start(text);
        list.iter().map(|it| (form.sections[it.section].id.clone(), it.length)).collect()
    }

    #[test]
    fn headings_are_known_in_the_spellings_in_print() {
        for (id, text) in [
            ("overview", "一、总体情况。"),
            ("overview", "总体情况"),
            ("overview", "## 一、总体情况"),
            ("disclosure", "二、主动公开政府信息情况"),
            ("review", "四、政府信息公开行政复议及行政诉讼情况"),
            ("review", "四、因政府信息公开申请行政复议、提起行政诉讼情况"),
            ("problems", "五、存在问题及改进情况"),
            ("problems", "五、政府信息公开工作存在的主要问题及改进情况"),
            ("other_matters", "六、其他需要报告的事项 无其他需要报告的事项"),
        ] {
            assert!(found(text).iter().any(|(found, _)| found == id), "{text}");
        }
        for text in [
            "四、结转下年度继续办理",
            "三、本年度办理结果",
            "本报告包括总体情况、主动公开政府信息情况",
            "五、要求行政机关确认",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_follows_a_heading_on_its_line_is_kept() {
        let text = "一、总体情况。2024年，我局认真贯彻条例，做好政府信息公开各项工作，成效明显。";
        let length = found(text)[0].1;
        assert!(text.chars().skip(length).collect::<String>().starts_with("2024年"));
    }
}
