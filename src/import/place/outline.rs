//! The parts of a source in reading order, and which section of the form each belongs to.

use std::ops::Range;

use super::super::source::{Part, Source};
use super::words::{Words, common, letters, numeral, plain};
use crate::form::{Form, Section};

/// One piece of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A line or paragraph.
    Text {
        /// Where it stands.
        line: usize,
        /// Its text, alignment kept.
        text: String,
    },
    /// A row of a table.
    Row(TableRow),
    /// A picture.
    Picture {
        /// Where it stands.
        line: usize,
    },
}

/// A row of a table with its cells in their columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Where it stands.
    pub line: usize,
    /// The number of its table.
    pub table: usize,
    /// Whether columns can wander in this table.
    pub ragged: bool,
    /// Whether blank cells at the end of a row are left out.
    pub sparse: bool,
    /// First column and text of each cell.
    pub cells: Vec<(usize, String)>,
    /// The column behind its last cell.
    pub end: usize,
    /// The columns of the table.
    pub width: usize,
}

impl Item {
    /// Where it stands in the source.
    pub fn line(&self) -> usize {
        match self {
            Item::Text { line, .. } | Item::Picture { line } => *line,
            Item::Row(row) => row.line,
        }
    }

    /// Its text where it is running text: a paragraph, or a row with one filled cell.
    pub fn running_text(&self) -> Option<&str> {
        match self {
            Item::Text { text, .. } => Some(text),
            Item::Row(row) => {
                let mut filled = row.cells.iter().filter(|(_, text)| !text.is_empty());
                match (filled.next(), filled.next()) {
                    (Some((_, text)), None) => Some(text),
                    _ => None,
                }
            }
            Item::Picture { .. } => None,
        }
    }
}

/// The pieces of a source, paragraphs that run several sections together cut before each heading.
pub fn items(source: &Source, form: &Form) -> Vec<Item> {
    let mut items = Vec::new();
    for (number, part) in source.parts.iter().enumerate() {
        match part {
            Part::Paragraph { line, text } => {
                items.extend(cut(text, form).into_iter().map(|text| Item::Text { line: *line, text }));
            }
            Part::Picture { line } => items.push(Item::Picture { line: *line }),
            Part::Table(table) => {
                let rows = table.laid_out();
                let ends = rows.iter().flat_map(|(_, cells)| cells).map(|cell| cell.column + cell.columns);
                let width = ends.max().unwrap_or(0);
                for (line, cells) in rows {
                    let end = cells.iter().map(|cell| cell.column + cell.columns).max().unwrap_or(0);
                    let cells =
                        cells.iter().map(|cell| (cell.column, cell.text.trim().to_string())).collect();
                    items.push(Item::Row(TableRow {
                        line,
                        table: number,
                        ragged: table.ragged,
                        sparse: table.sparse,
                        cells,
                        end,
                        width,
                    }));
                }
            }
        }
    }
    items
}

/// A long paragraph in which headings stand in the middle, cut before and after each.
fn cut(text: &str, form: &Form) -> Vec<String> {
    const LONG: usize = 120;
    if text.chars().count() < LONG {
        return vec![text.to_string()];
    }
    let mut cuts = vec![0];
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (at, window) in chars.windows(2).enumerate().skip(1) {
        let [(start, first), (_, stop)] = *window else { continue };
        if numeral(first).is_none() || !"、.．".contains(stop) {
            continue;
        }
        let rest: String = chars[at..].iter().take(60).map(|(_, c)| *c).collect();
        let best = form
            .sections
            .iter()
            .filter_map(|section| heading(&rest, section, true))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, length)) = best {
            cuts.push(start);
            cuts.push(start + rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end));
        }
    }
    cuts.push(text.len());
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|pair| text.get(pair[0]..pair[1]))
        .map(str::to_string)
        .filter(|t| !t.trim().is_empty())
        .collect()
}

/// How surely a text begins with a section's heading, and how many characters the heading takes.
/// `inside` asks for more, since the text goes on behind it.
fn heading(text: &str, section: &Section, inside: bool) -> Option<(f32, usize)> {
    let skipped =
        text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || "#*•".contains(c)).len();
    let body = &text[skipped..];
    let before = text[..skipped].chars().count();
    let (found, used) = leading_numeral(body);
    let own = section.numeral.chars().next().and_then(numeral);
    let title = letters(&section.title);
    let total = body.trim().chars().take(200).count();
    if title.len() < 3 || own.is_none() || found != own && (inside || total > title.len() + 14) {
        return None;
    }
    // The title's letters in order among the first of the text; where the last of them stands.
    let window: Vec<(usize, char)> = body
        .chars()
        .map(plain)
        .enumerate()
        .skip(used)
        .take_while(|(_, c)| !"。；;：:".contains(*c))
        .filter(|(_, c)| !letters(&c.to_string()).is_empty())
        .take(title.len() + 16)
        .collect();
    let here: Words = window.iter().map(|(_, c)| *c).collect();
    let covered = common(&title, &here) as f32 / title.len() as f32;
    let enough = match (found == own, found.is_some(), inside) {
        (true, _, true) => covered >= 0.75,
        (true, _, false) if total <= 30 => covered >= 0.4,
        (true, _, false) => covered >= 0.75,
        (false, false, false) => covered >= 0.85 && total <= title.len() + 10,
        (false, true, false) => covered >= 0.9 && total <= title.len() + 14,
        (false, _, true) => false,
    };
    if !enough {
        return None;
    }
    // The heading ends with the shortest beginning that covers as much.
    let most = common(&title, &here);
    let mut end = here.len();
    while end > 1 && common(&title, &here[..end - 1]) == most {
        end -= 1;
    }
    let mut length = window.get(end.saturating_sub(1)).map_or(used, |(at, _)| at + 1);
    // A line that is all heading has nothing behind it; 情况 and a stop belong to it in any case.
    let rest: Vec<char> = body.chars().skip(length).collect();
    let tail: String = rest.iter().collect();
    for more in ["的情况", "情况", "及措施", "措施", "事项", "事宜"] {
        if tail.starts_with(more) {
            length += more.chars().count();
            break;
        }
    }
    length += body.chars().skip(length).take_while(|c| "。：:.，, \u{3000}".contains(*c)).count();
    if total <= title.len() + 10 && !inside {
        length = body.chars().count();
    }
    let numbered = if found == own { 0.5 } else { 0.0 };
    Some((covered + numbered, before + length))
}

/// The numeral that a heading begins with, and how many characters it takes with its stop.
fn leading_numeral(text: &str) -> (Option<u32>, usize) {
    let chars: Vec<char> = text.chars().map(plain).take(8).collect();
    let skip = chars.iter().take_while(|c| "(第 ".contains(**c)).count();
    let Some(value) = chars.get(skip).copied().and_then(numeral) else { return (None, 0) };
    let stops = chars.iter().skip(skip + 1).take_while(|c| ")、.,:部分 ".contains(**c)).count();
    if stops == 0 { (None, 0) } else { (Some(value), skip + 1 + stops) }
}

/// Where a section stands among the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The index of the section in the form.
    pub section: usize,
    /// The item that holds the heading.
    pub heading: usize,
    /// The text behind the heading in the same item.
    pub rest: String,
    /// The items that follow, up to the next heading.
    pub body: Range<usize>,
}

/// The most lines that are weighed as headings; no report has a tenth of it.
const CANDIDATES: usize = 600;

/// The sections found, in order. Where a table of contents repeats the headings, the last run of
/// them counts.
pub fn places(items: &[Item], form: &Form) -> Vec<Place> {
    let mut candidates: Vec<(usize, usize, f32, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(text) = item.running_text().filter(|text| !text.trim().is_empty()) else { continue };
        if candidates.len() > CANDIDATES {
            break;
        }
        for (number, section) in form.sections.iter().enumerate() {
            if let Some((score, length)) = heading(text, section, false) {
                candidates.push((at, number, score, length));
            }
        }
    }
    // The heaviest chain in which both the items and the sections go forward; later ones win ties.
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (index, (at, number, score, _)) in candidates.iter().enumerate() {
        let mut own = (*score, None);
        for (earlier, (other, section, ..)) in candidates[..index].iter().enumerate() {
            if other < at && section < number && best[earlier].0 + score >= own.0 {
                own = (best[earlier].0 + score, Some(earlier));
            }
        }
        best.push(own);
    }
    let mut next = (0..best.len()).rev().max_by(|a, b| best[*a].0.total_cmp(&best[*b].0).then(a.cmp(b)));
    let mut chain = Vec::new();
    while let Some(index) = next {
        chain.push(candidates[index]);
        next = best[index].1;
    }
    chain.reverse();
    let mut places = Vec::new();
    for (index, (at, section, _, length)) in chain.iter().enumerate() {
        let end = chain.get(index + 1).map_or(items.len(), |next| next.0);
        let text = items[*at].running_text().unwrap_or_default();
        let rest: String = text.chars().skip(*length).collect();
        places.push(Place {
            section: *section,
            heading: *at,
            rest: rest.trim().to_string(),
            body: at + 1..end,
        });
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Library;

    fn section(id: &str) -> Section {
        Library::new().get("2021").unwrap().section(id).unwrap().clone()
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
            assert!(heading(text, &section(id), false).is_some(), "{text}");
        }
        for (id, text) in [
            ("review", "四、结转下年度继续办理"),
            ("requests", "三、本年度办理结果"),
            ("overview", "本报告包括总体情况、主动公开政府信息情况"),
            ("problems", "五、要求行政机关确认"),
        ] {
            assert!(heading(text, &section(id), false).is_none(), "{text}");
        }
    }

    #[test]
    fn what_follows_a_heading_on_its_line_is_kept() {
        let text = "一、总体情况。2024年，我局认真贯彻条例，做好政府信息公开各项工作，成效明显。";
        let (_, length) = heading(text, &section("overview"), false).unwrap();
        assert!(text.chars().skip(length).collect::<String>().starts_with("2024年"));
    }

    #[test]
    fn a_report_in_one_paragraph_is_cut_at_its_headings() {
        let form = Library::new().get("2019").unwrap();
        let text = format!(
            "示例区年报{} 一、总体情况{}二、主动公开政府信息情况 规章000四、结转下年度继续办理 0 五、存在的主要问题及改进情况无",
            "导语".repeat(30),
            "文".repeat(90)
        );
        let cut = cut(&text, &form);
        assert_eq!(cut.len(), 7, "{cut:?}");
        assert!(cut[4].contains("四、结转"));
    }
}
