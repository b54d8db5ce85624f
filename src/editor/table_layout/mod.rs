//! A section's cells as lines of the screen: captions, headings, group labels, rows.
//!
//! Made from form, width and values; `update` asks it where the cursor may go and `draw` what to
//! paint, so they cannot differ.

use std::sync::Arc;

use crate::form::{Block, Body, FieldId, Form, Label, Node, Section};
use crate::text::ambiguous::WidthMode;
use crate::text::line_break;
use crate::text::width::display_width;

/// The narrowest column: five digits and the mark beside them.
const MIN_COLUMN: usize = 6;
/// A column is not made wider than this to fill the window; a value may need more.
const ROOMY_COLUMN: usize = 13;
/// A column never takes more than this; longer values are shown with their start and `>`.
const MAX_COLUMN: usize = 28;
/// The columns for labels where only the short ones fit, with the mark of the row before them.
const SHORT_LABEL: usize = 18;
/// From so many columns on, labels are given what the table leaves.
const WIDE_LABEL: usize = 30;
/// Columns before the labels: the mark of the row.
const ROW_MARK: usize = 1;
/// The column at the right edge that is kept for a scrollbar.
const SCROLLBAR: usize = 1;

/// What one line of the screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutLineKind {
    /// The caption of a block.
    Caption(String),
    /// One level of a block's headings.
    Headings(Vec<LayoutHeading>),
    /// A label over the rows that follow.
    Group(String),
    /// A row of cells: its number, and its label.
    Row(usize, String),
    /// The rest of a label that did not fit one line.
    Continuation(String),
}

/// One heading: the columns it covers and its words in the length that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutHeading {
    /// First column, from 0.
    pub first: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// Its words.
    pub text: Arc<str>,
}

/// One line of the screen and the block it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutLine {
    /// The block's number.
    pub block: usize,
    /// What it shows.
    pub kind: LayoutLineKind,
}

/// A row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutRow {
    /// Its fields.
    pub cells: Vec<FieldId>,
    /// Its line.
    pub line: usize,
    /// The block's number.
    pub block: usize,
    /// The line of the label that it stands under.
    pub group_line: Option<usize>,
}

/// A section laid out for a width.
#[derive(Clone, Debug)]
pub struct TableLayout {
    /// The lines from top to bottom.
    pub lines: Vec<LayoutLine>,
    /// The rows that can be entered.
    pub rows: Vec<LayoutRow>,
    /// Columns of the screen for the labels.
    pub label_width: usize,
    /// Columns of the screen for each column of each block.
    pub column_widths: Vec<Vec<usize>>,
    /// Whether cells hold text, drawn from the left (the cover).
    pub is_text: bool,
    width_mode: WidthMode,
}

impl TableLayout {
    /// Lays out a section. `shown` tells how many columns the value of a field needs.
    pub fn new(
        form: &Form,
        section: &Section,
        width: usize,
        ruler: WidthMode,
        shown: &dyn Fn(&FieldId) -> usize,
    ) -> TableLayout {
        let width = width.saturating_sub(SCROLLBAR);
        let mut sheet = TableLayout {
            lines: Vec::new(),
            rows: Vec::new(),
            label_width: SHORT_LABEL,
            column_widths: Vec::new(),
            is_text: false,
            width_mode: ruler,
        };
        match &section.body {
            Body::Cover(fields) => sheet.add_cover(form, fields, width),
            Body::Table(blocks) => {
                let rows = || blocks.iter().flat_map(|block| &block.rows);
                let longest = rows().map(|line| line.parents.len() + display_width(&line.label.text));
                let longest = ROW_MARK + longest.max().unwrap_or(0) + 1;
                let narrowest: Vec<_> = blocks.iter().map(|block| narrowest_columns(block, shown)).collect();
                let columns = narrowest.iter().map(|widths| widths.iter().sum()).max().unwrap_or(0);
                sheet.label_width = match width.saturating_sub(columns) {
                    ..WIDE_LABEL => SHORT_LABEL,
                    // Some of a large window is left to the columns.
                    left => longest.min(left.saturating_sub(8).max(WIDE_LABEL)).max(SHORT_LABEL),
                };
                for (number, (block, narrowest)) in blocks.iter().zip(narrowest).enumerate() {
                    sheet.add_block(number, block, width, narrowest);
                }
            }
            Body::Narrative { .. } | Body::TableText => {}
        }
        sheet
    }

    fn add_cover(&mut self, form: &Form, fields: &[FieldId], width: usize) {
        self.is_text = true;
        self.label_width = 11;
        self.column_widths.push(vec![width.saturating_sub(self.label_width)]);
        for id in fields {
            let text = form.field(id.as_str()).map_or("", |field| &field.row);
            let row =
                LayoutRow { cells: vec![id.clone()], line: self.lines.len(), block: 0, group_line: None };
            self.add_row(row, vec![format!(" {text}")]);
        }
    }

    fn add_block(&mut self, number: usize, block: &Block, width: usize, narrowest: Vec<usize>) {
        let widths = fitted_columns(block, width.saturating_sub(self.label_width), narrowest);
        self.column_widths.push(widths);
        let push = |lines: &mut Vec<LayoutLine>, kind| lines.push(LayoutLine { block: number, kind });
        if !block.caption.is_empty() {
            push(&mut self.lines, LayoutLineKind::Caption(block.caption.clone()));
        }
        for heads in self.heading_levels(number, block) {
            push(&mut self.lines, LayoutLineKind::Headings(heads));
        }
        let mut above: &[Label] = &[];
        let mut group = None;
        for line in &block.rows {
            let same = above.iter().zip(&line.parents).take_while(|(a, b)| a == b).count();
            for (depth, label) in line.parents.iter().enumerate().skip(same) {
                group = Some(self.lines.len());
                let text = self.fit_label(label, depth).join("");
                push(&mut self.lines, LayoutLineKind::Group(text));
            }
            above = &line.parents;
            let text = self.fit_label(&line.label, line.parents.len());
            let row = LayoutRow {
                cells: line.cells.clone(),
                line: self.lines.len(),
                block: number,
                group_line: group.filter(|_| !above.is_empty()),
            };
            self.add_row(row, text);
        }
    }

    fn add_row(&mut self, row: LayoutRow, text: Vec<String>) {
        let mut text = text.into_iter();
        let block = row.block;
        self.rows.push(row);
        let kind = LayoutLineKind::Row(self.rows.len() - 1, text.next().unwrap_or_default());
        self.lines.push(LayoutLine { block, kind });
        self.lines.extend(text.map(|rest| LayoutLine { block, kind: LayoutLineKind::Continuation(rest) }));
    }

    /// A label in the lines it takes: the official words where one line holds them, else the short ones. Only
    /// a label that has none is broken.
    fn fit_label(&self, label: &Label, depth: usize) -> Vec<String> {
        let available = self.label_width.saturating_sub(ROW_MARK + 1);
        let set_in = |text: &str, indent: usize| format!("{}{text}", " ".repeat(ROW_MARK + indent));
        if depth + display_width(&label.text) <= available {
            return vec![set_in(&label.text, depth)];
        }
        let short = display_width(&label.short);
        if short <= available {
            return vec![set_in(&label.short, depth.min(available - short))];
        }
        let rows = line_break::wrap(&label.short, available.saturating_sub(depth), self.width_mode);
        rows.into_iter().map(|row| set_in(&label.short[row], depth)).collect()
    }

    fn heading_levels(&self, number: usize, block: &Block) -> Vec<Vec<LayoutHeading>> {
        let width = |first: usize, columns: usize| -> usize {
            self.column_widths[number][first..first + columns].iter().sum::<usize>().saturating_sub(1)
        };
        let fit = |label: &Label, room: usize| {
            if display_width(&label.text) <= room { label.text.clone() } else { label.short.clone() }
        };
        if block.is_stacked() {
            let heads = block.columns.iter().enumerate();
            return vec![
                heads
                    .map(|(first, column)| LayoutHeading {
                        first,
                        columns: 1,
                        text: fit(&column.label, width(first, 1)),
                    })
                    .collect(),
            ];
        }
        let depth = block.column_headings.iter().map(Node::depth).max().unwrap_or(1);
        let mut levels = vec![Vec::new(); depth];
        let mut pending: Vec<(usize, usize, &Node)> = Vec::new();
        let mut first = 0;
        for node in &block.column_headings {
            pending.push((0, first, node));
            first += node.leaf_count();
        }
        while let Some((level, first, node)) = pending.pop() {
            let text = fit(&node.label, width(first, node.leaf_count()));
            // A heading with none under it stands on the last level, right above its cells.
            let level_shown = if node.children.is_empty() { depth - 1 } else { level };
            levels[level_shown].push(LayoutHeading { first, columns: node.leaf_count(), text });
            let mut at = first;
            for child in &node.children {
                pending.push((level + 1, at, child));
                at += child.leaf_count();
            }
        }
        for level in &mut levels {
            level.sort_by_key(|head| head.first);
        }
        // A heading over the whole table tells no column from another.
        let over_all = |level: &Vec<LayoutHeading>| matches!(&level[..], [head] if head.columns == block.columns.len() && head.columns > 1);
        while levels.len() > 1 && over_all(&levels[0]) {
            levels.remove(0);
        }
        levels
    }

    /// The lines that a view of `height` lines from `top` on shows: the headings of the block at its top stay,
    /// and the label of the group that its first rows stand under; the lines under them scroll.
    pub fn visible_lines(&self, top: usize, height: usize) -> Vec<usize> {
        let mut pinned = self.pinned_headings(top);
        let first = top + pinned.len();
        let group = |line: usize| match self.lines.get(line).map(|line| &line.kind) {
            Some(LayoutLineKind::Row(row, _)) => self.rows.get(*row).and_then(|row| row.group_line),
            _ => None,
        };
        // It takes the place of a row, and only if another one of the group is seen under it.
        let above = group(first).filter(|line| *line < first && group(first + 1) == Some(*line));
        let skipped = usize::from(top > 0 && above.is_some());
        pinned.extend(above.filter(|_| top > 0));
        pinned.into_iter().chain(first + skipped..self.lines.len()).take(height).collect()
    }

    /// The heading lines of the block at line `top` that are above it.
    fn pinned_headings(&self, top: usize) -> Vec<usize> {
        let Some(block) = self.lines.get(top).map(|line| line.block) else { return Vec::new() };
        let is_head = |line: &LayoutLine| {
            line.block == block
                && matches!(line.kind, LayoutLineKind::Caption(_) | LayoutLineKind::Headings(_))
        };
        let heads: Vec<usize> = (0..self.lines.len()).filter(|&at| is_head(&self.lines[at])).collect();
        if heads.first().is_some_and(|&first| first < top) { heads } else { Vec::new() }
    }

    /// The top line from which the given row is seen, as near as possible to the one there was.
    pub fn scroll_to_row(&self, top: usize, row: usize, height: usize) -> usize {
        if self.lines.len() <= height {
            return 0;
        }
        let Some(line) = self.rows.get(row).map(|row| row.line) else { return 0 };
        let top = top.min(self.lines.len().saturating_sub(height));
        let seen = |top: &usize| self.visible_lines(*top, height).contains(&line);
        if row == 0 || seen(&top) {
            return if row == 0 { 0 } else { top };
        }
        let above = (0..top).rev().find(seen);
        let below = (top + 1..self.lines.len()).find(seen);
        match (above, below) {
            (Some(above), Some(below)) if top - above > below - top => below,
            (above, below) => above.or(below).unwrap_or(0),
        }
    }

    /// Where column `at` of a block starts and how wide it is, when `left` is the first one shown.
    pub fn column_span(&self, block: usize, at: usize, left: usize) -> Option<(usize, usize)> {
        let widths = self.column_widths.get(block)?;
        let before = widths.get(left..at)?;
        Some((self.label_width + before.iter().sum::<usize>(), *widths.get(at)?))
    }

    /// The first column to draw so that the given one is seen, as near as possible to `left`.
    pub fn scroll_to_column(&self, left: usize, row: usize, column: usize, width: usize) -> usize {
        let Some(widths) = self.rows.get(row).and_then(|row| self.column_widths.get(row.block)) else {
            return 0;
        };
        let width = width.saturating_sub(SCROLLBAR);
        let mut left = left.min(column);
        let used = |left: usize| widths[left..=column.min(widths.len() - 1)].iter().sum::<usize>();
        if widths.iter().sum::<usize>() + self.label_width <= width {
            return 0;
        }
        while left < column && used(left) + self.label_width > width {
            left += 1;
        }
        left
    }
}

/// The columns that a block needs at least: for its short headings and for its values.
fn narrowest_columns(block: &Block, shown: &dyn Fn(&FieldId) -> usize) -> Vec<usize> {
    let column = |at: usize| {
        let cells = block.rows.iter().filter_map(|line| line.cells.get(at));
        let longest = cells.map(shown).max().unwrap_or(0);
        let head = block.columns.get(at).map_or(0, |column| display_width(&column.label.short));
        let head = if block.is_stacked() { 0 } else { head };
        (longest.max(head) + 1).clamp(MIN_COLUMN, MAX_COLUMN)
    };
    (0..block.columns.len()).map(column).collect()
}

/// The columns of a block in `available` columns of the screen, from the `widths` that they need at least: what
/// is left is given to the narrowest, until each is roomy and its official heading stands whole.
fn fitted_columns(block: &Block, available: usize, mut widths: Vec<usize>) -> Vec<usize> {
    let wanted: Vec<usize> = block
        .columns
        .iter()
        .map(|column| (display_width(&column.label.text) + 1).clamp(ROOMY_COLUMN, MAX_COLUMN))
        .collect();
    let mut left = available.saturating_sub(widths.iter().sum());
    while left > 0 {
        let growing = (0..widths.len()).filter(|&at| widths[at] < wanted[at]);
        let Some(at) = growing.min_by_key(|&at| widths[at]) else { break };
        widths[at] += 1;
        left -= 1;
    }
    widths
}

#[cfg(test)]
mod tests;
