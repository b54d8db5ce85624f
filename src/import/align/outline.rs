//! The parts of a source in reading order, and which section of the form each belongs to.

use std::ops::Range;

use super::super::source::{Source, SourcePart};
use super::heading::Headings;
use super::normalize::numeral;
use super::vocabulary::Vocabulary;

/// One piece of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineItem {
    /// A line or paragraph.
    Text {
        /// Its line in the source.
        line: usize,
        /// Its text, alignment kept.
        text: String,
    },
    /// A row of a table.
    Row(TableRow),
    /// A sentence among the rows of a table section, which no row is read from.
    Prose {
        /// Its line in the source.
        line: usize,
        /// Its text.
        text: String,
    },
    /// A picture.
    Picture {
        /// Its line in the source.
        line: usize,
    },
}

/// A row of a table with its cells in their columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Its line in the source.
    pub line: usize,
    /// The number of its table.
    pub table: usize,
    /// Which row of the table it is, from 0: a page can have all of them on one line.
    pub row: usize,
    /// Whether columns can shift in this table.
    pub ragged: bool,
    /// Whether blank cells at the end of a row are left out.
    pub sparse: bool,
    /// First column and text of each cell.
    pub cells: Vec<(usize, String)>,
    /// The column after its last cell.
    pub end: usize,
    /// The columns of the table.
    pub width: usize,
}

impl OutlineItem {
    /// Returns its line in the source.
    pub fn line(&self) -> usize {
        match self {
            OutlineItem::Text { line, .. }
            | OutlineItem::Prose { line, .. }
            | OutlineItem::Picture { line } => *line,
            OutlineItem::Row(row) => row.line,
        }
    }

    /// The row, if it is one.
    pub fn row(&self) -> Option<&TableRow> {
        if let OutlineItem::Row(row) = self { Some(row) } else { None }
    }

    /// Its text if it is a line or paragraph.
    fn plain_text(&self) -> Option<&str> {
        if let OutlineItem::Text { text, .. } = self { Some(text) } else { None }
    }

    /// Its text if it is running text: a paragraph, or a row with one filled cell.
    pub fn running_text(&self) -> Option<&str> {
        match self {
            OutlineItem::Text { text, .. } => Some(text),
            OutlineItem::Row(row) => {
                let mut filled = row.filled();
                match (filled.next(), filled.next()) {
                    (Some(text), None) => Some(text),
                    _ => None,
                }
            }
            OutlineItem::Prose { .. } | OutlineItem::Picture { .. } => None,
        }
    }
}

impl TableRow {
    /// Returns the cells that are filled.
    pub fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty())
    }
}

/// Returns the pieces of a source, paragraphs that run several sections together cut before each heading.
/// `unfold` lays the rows of a table out as the form prints them.
pub fn outline(
    source: &Source,
    headings: &Headings,
    unfold: impl Fn(Vec<TableRow>) -> Vec<TableRow>,
) -> Vec<OutlineItem> {
    let mut items = Vec::new();
    for (number, part) in source.parts.iter().enumerate() {
        match part {
            SourcePart::Paragraph { line, text } => {
                items.extend(
                    split_at_headings(text, headings)
                        .into_iter()
                        .map(|text| OutlineItem::Text { line: *line, text }),
                );
            }
            SourcePart::Aside { .. } => {}
            SourcePart::Picture { line } => items.push(OutlineItem::Picture { line: *line }),
            SourcePart::Table(table) => {
                let rows = table.positioned_rows();
                let ends = rows.iter().flat_map(|(_, cells)| cells).map(|cell| cell.column + cell.columns);
                let width = ends.max().unwrap_or(0);
                let rows = rows.into_iter().enumerate().map(|(row, (line, cells))| TableRow {
                    line,
                    table: number,
                    row,
                    ragged: table.ragged,
                    sparse: table.sparse,
                    cells: cells.iter().map(|cell| (cell.column, cell.text.trim().to_string())).collect(),
                    end: cells.iter().map(|cell| cell.column + cell.columns).max().unwrap_or(0),
                    width,
                });
                items.extend(unfold(rows.collect()).into_iter().map(OutlineItem::Row));
            }
        }
    }
    items
}

/// Splits a long paragraph before and after each heading in the middle of it.
fn split_at_headings(text: &str, headings: &Headings) -> Vec<String> {
    const LONG: usize = 50;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    if chars.len() < LONG {
        return vec![text.to_string()];
    }
    let mut cuts = vec![0];
    let mut weighed = 0;
    for (at, window) in chars.windows(2).enumerate().skip(1) {
        let [(start, first), (_, stop)] = *window else { continue };
        let fresh = cuts.last().is_some_and(|last| start >= *last);
        if !fresh || !"、.．".contains(stop) || numeral(first).is_none() {
            continue;
        }
        weighed += 1;
        if weighed > MAX_CANDIDATES {
            break;
        }
        let rest: String = chars[at..].iter().take(60).map(|(_, c)| *c).collect();
        let best = headings.within_text(&rest).into_iter().max_by(|a, b| a.score.total_cmp(&b.score));
        if let Some(heading) = best {
            cuts.push(start);
            cuts.push(start + rest.char_indices().nth(heading.length).map_or(rest.len(), |(end, _)| end));
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

/// Where a section is among the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionPosition {
    /// The index of the section in the form.
    pub section: usize,
    /// The item that holds the heading.
    pub heading: usize,
    /// The items that follow, up to the next heading.
    pub body: Range<usize>,
}

/// The most candidates that are scored as headings; no report has a tenth of it.
const MAX_CANDIDATES: usize = 600;

/// Returns the items with what follows a heading as an item of its own, and the sections found, in order.
/// Where a table of contents repeats the headings, the last run of them counts.
///
/// `vocabulary` is given to cut the sentences out of sections for which `is_table` is true; `wrapped` says that
/// lines are not paragraphs.
pub fn locate_sections(
    items: Vec<OutlineItem>,
    headings: &Headings,
    vocabulary: &Vocabulary,
    wrapped: bool,
    is_table: impl Fn(usize) -> bool,
) -> (Vec<OutlineItem>, Vec<SectionPosition>) {
    let found = find_headings(&items, headings);
    let mut sections: Vec<SectionPosition> = Vec::new();
    let mut placed = Vec::with_capacity(items.len());
    let mut found = found.into_iter().peekable();
    let mut items = items.into_iter().enumerate().peekable();
    while let Some((at, item)) = items.next() {
        let mut item = Some(item);
        if let Some((_, section, length)) = found.next_if(|(heading, ..)| *heading == at) {
            let rest = item.as_ref().and_then(|item| {
                let rest: String = item.running_text()?.chars().skip(length).collect();
                let text = rest.trim().to_string();
                (!text.is_empty()).then_some(OutlineItem::Text { line: item.line(), text })
            });
            sections.push(SectionPosition { section, heading: placed.len(), body: 0..0 });
            placed.extend(std::mem::replace(&mut item, rest));
        }
        let Some(mut item) = item else { continue };
        if !sections.last().is_some_and(|place| is_table(place.section)) {
            placed.push(item);
            continue;
        }
        if let OutlineItem::Text { text, .. } = &mut item {
            let mut goes_on = |(at, next): &(usize, OutlineItem), text: &str| {
                let is_heading = found.peek().is_some_and(|(heading, ..)| heading == at);
                wrapped && !is_heading && next.plain_text().is_some_and(|next| vocabulary.wraps(text, next))
            };
            while let Some((_, next)) = items.next_if(|next| goes_on(next, text)) {
                text.push_str(next.plain_text().unwrap_or_default().trim());
            }
        }
        let line = item.line();
        let pieces = item.running_text().map(|text| vocabulary.cut(text)).unwrap_or_default();
        if !pieces.iter().any(|(is_prose, _)| *is_prose) {
            placed.push(item);
            continue;
        }
        placed.extend(pieces.into_iter().map(|(is_prose, text)| {
            let text = text.to_string();
            if is_prose { OutlineItem::Prose { line, text } } else { OutlineItem::Text { line, text } }
        }));
    }
    let mut end = placed.len();
    for place in sections.iter_mut().rev() {
        place.body = place.heading + 1..end;
        end = place.heading;
    }
    (placed, sections)
}

/// Returns the headings of sections in order: item, section, and the length of the heading in characters.
fn find_headings(items: &[OutlineItem], headings: &Headings) -> Vec<(usize, usize, usize)> {
    let mut candidates: Vec<(usize, usize, f32, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(text) = item.running_text().filter(|text| !text.trim().is_empty()) else { continue };
        if candidates.len() > MAX_CANDIDATES {
            break;
        }
        let found = headings.at_line_start(text).into_iter();
        candidates.extend(found.map(|it| (at, it.section, it.score, it.length)));
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
    chain.into_iter().map(|(at, section, _, length)| (at, section, length)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Library;

    #[test]
    fn a_report_in_one_paragraph_is_cut_at_its_headings() {
        let form = Library::new().get("2019").unwrap();
        let text = format!(
            "示例区年报{} 一、总体情况{}二、主动公开政府信息情况 规章000四、结转下年度继续办理 0 五、存在的主要问题及改进情况无",
            "导语".repeat(30),
            "文".repeat(90)
        );
        let cut = split_at_headings(&text, &Headings::of(&form));
        assert_eq!(cut.len(), 7, "{cut:?}");
        assert!(cut[4].contains("四、结转"));
    }
}
