//! Pages of a fixed layout to the paragraphs and tables that the other readers give.
//!
//! A PDF or OFD file has no tables and no paragraphs: it has characters at their places and lines between
//! them. What a reader of the page sees is found here once for every such format. Nothing here knows about
//! reports.

mod cell_text;
mod clean;
mod grid;
mod lines;
mod matrix;
mod model;
mod page_table;
mod paragraphs;
mod path;
mod running;
mod scan;
#[cfg(test)]
mod tests;

pub use grid::PAGE_RULES;
pub use matrix::Matrix;
pub use model::{Direction, Page, PlacedGlyph};
pub use path::PagePath;

use super::ImportError;
use super::source::{Source, SourcePart, add_aside};
use crate::import::SourceFormat;
use lines::{TextLine, text_lines};
use page_table::PageTable;
use paragraphs::TextShape;
use running::{PageLines, is_running};

/// The most ruling lines of all pages of a fixed layout together; no report has a tenth of it.
const RULES: usize = 60_000;

/// A table or a line, at its height on the page.
enum PageItem {
    Table(PageTable),
    Line(TextLine),
}

impl PageItem {
    fn top(&self) -> f32 {
        match self {
            PageItem::Table(table) => table.y.0,
            PageItem::Line(line) => line.y,
        }
    }
}

/// Returns what some pages hold, in reading order. The line of each part is the number of its page. `scanned` is what is said where all of them are pictures.
///
/// A document without ruling lines says nothing certain of what is a row and what is a paragraph: its lines
/// are given as those of a text, columns set apart by blanks.
///
/// # Errors
/// Returns `scanned`, or an error if there is more on a page than on any page of a report.
pub fn source(
    format: SourceFormat,
    scanned: ImportError,
    mut pages: Vec<Page>,
) -> Result<Source, ImportError> {
    let notes = scan::take_scans(&mut pages, scanned)?;
    let rules = pages.iter().map(|page| page.rules.len()).sum::<usize>();
    if rules > RULES {
        return Err(ImportError::TooLarge("版面上的线太多"));
    }
    let mut found: Vec<(Vec<PageTable>, Vec<TextLine>)> = Vec::new();
    let mut slanted = Vec::new();
    for page in &mut pages {
        page.turn_upright();
        slanted.push(clean::clean(page));
        let tables = grid::take_tables(page)?;
        found.push((tables, text_lines(page.number, std::mem::take(&mut page.glyphs))));
    }
    let edges: Vec<PageLines> =
        pages.iter().zip(&found).map(|(page, (_, lines))| PageLines::of(page, lines)).collect();
    let running: Vec<Vec<bool>> = found
        .iter()
        .enumerate()
        .map(|(at, (_, lines))| lines.iter().map(|line| is_running(&edges, at, line)).collect())
        .collect();
    let mut asides: Vec<SourcePart> = Vec::new();
    let mut items: Vec<PageItem> = Vec::new();
    for (((page, (tables, lines)), running), slanted) in pages.iter().zip(found).zip(running).zip(slanted) {
        let mut own: Vec<PageItem> = tables.into_iter().map(PageItem::Table).collect();
        for (line, running) in lines.into_iter().zip(running) {
            if running {
                let what = if line.y < page.height / 2.0 { "页眉" } else { "页脚" };
                add_aside(&mut asides, page.number, what, &line.text());
            } else {
                own.push(PageItem::Line(line));
            }
        }
        add_aside(&mut asides, page.number, "斜排文字", &slanted);
        own.sort_by(|a, b| a.top().total_cmp(&b.top()));
        items.extend(own);
    }
    let has_tables = items.iter().any(|item| matches!(item, PageItem::Table(_)));
    let mut parts = if has_tables { text_parts(items) } else { layout_parts(items) };
    for note in notes {
        match note {
            SourcePart::Aside { .. } => asides.push(note),
            _ => {
                let at = parts.iter().position(|part| page_of(part) > page_of(&note)).unwrap_or(parts.len());
                parts.insert(at, note);
            }
        }
    }
    if !has_tables {
        // A text has lines.
        for (at, part) in parts.iter_mut().enumerate() {
            if let SourcePart::Paragraph { line, .. } | SourcePart::Picture { line } = part {
                *line = at + 1;
            }
        }
    }
    parts.append(&mut asides);
    let format = if has_tables { format } else { SourceFormat::Text };
    Ok(Source { format, parts })
}

fn page_of(part: &SourcePart) -> usize {
    match part {
        SourcePart::Paragraph { line, .. }
        | SourcePart::Picture { line }
        | SourcePart::Aside { line, .. } => *line,
        SourcePart::Table(table) => table.line,
    }
}

/// Paragraphs and tables, those joined that go on over the end of a page.
fn text_parts(items: Vec<PageItem>) -> Vec<SourcePart> {
    let lines: Vec<&TextLine> = items
        .iter()
        .filter_map(|item| if let PageItem::Line(line) = item { Some(line) } else { None })
        .collect();
    let shape = TextShape::of(&lines);
    let mut parts: Vec<SourcePart> = Vec::new();
    let mut table: Option<PageTable> = None;
    let mut last: Option<TextLine> = None;
    for item in items {
        match item {
            PageItem::Table(next) => {
                last = None;
                let ends = table.as_ref().and_then(|table| table.row_pages.last().copied());
                let follows = next.row_pages.first().copied() == ends.map(|page| page + 1);
                let next = match table.as_mut().filter(|_| follows).map(|table| table.join(next.clone())) {
                    Some(Ok(())) => continue,
                    Some(Err(next)) => next,
                    None => next,
                };
                parts.extend(table.replace(next).map(|table| SourcePart::Table(table.into_source())));
            }
            PageItem::Line(line) => {
                parts.extend(table.take().map(|table| SourcePart::Table(table.into_source())));
                let goes_on = last.as_ref().is_some_and(|last| shape.goes_on(last, &line));
                match parts.last_mut() {
                    Some(SourcePart::Paragraph { text, .. }) if goes_on => {
                        let own = line.text();
                        if text.ends_with(|c: char| c.is_ascii_alphabetic())
                            && own.starts_with(|c: char| c.is_ascii_alphabetic())
                        {
                            text.push(' ');
                        }
                        text.push_str(&own);
                    }
                    _ => parts.push(SourcePart::Paragraph { line: line.page, text: line.text() }),
                }
                last = Some(line);
            }
        }
    }
    parts.extend(table.map(|table| SourcePart::Table(table.into_source())));
    parts
}

/// Lines as they are printed, columns set apart by blanks.
fn layout_parts(items: Vec<PageItem>) -> Vec<SourcePart> {
    let lines: Vec<TextLine> = items
        .into_iter()
        .filter_map(|item| if let PageItem::Line(line) = item { Some(line) } else { None })
        .collect();
    let left = lines.iter().map(TextLine::left).fold(f32::MAX, f32::min);
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    // The smallest font, but for a few notes, so that no text reaches over its column.
    let column = sizes.get(sizes.len() / 20).map_or(5.0, |size| (size / 2.0).max(2.0));
    lines
        .iter()
        .map(|line| SourcePart::Paragraph { line: line.page, text: line.laid_out(left, column) })
        .collect()
}
