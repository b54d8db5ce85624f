//! A section's cells as lines of the screen: captions, headings, group labels, rows.
//!
//! Made from form, width and values; `update` asks it where the cursor may go and `draw` what to
//! paint, so they cannot differ.

use std::sync::Arc;

use crate::form::{Block, Body, FieldId, Form, Label, Node, Section};
use crate::text::ambiguous::Ruler;
use crate::text::breaking;
use crate::text::width::columns;

/// The narrowest column: eight digits and the mark beside them.
const NARROW: usize = 9;
/// A column never takes more than this; longer values are shown with their start and `>`.
const WIDE: usize = 24;
/// Room for labels where only the short ones fit.
const SHORT_LABEL: usize = 17;

/// What one line of the screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The caption of a block.
    Caption(String),
    /// One level of a block's headings.
    Heads(Vec<Head>),
    /// A label over the rows that follow.
    Group(String),
    /// A row of cells: its number, and its label.
    Row(usize, String),
    /// The rest of a label that did not fit one line.
    More(String),
}

/// One heading: the columns it covers and its words in the length that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// First column, from 0.
    pub first: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// Its words.
    pub words: Arc<str>,
}

/// One line of the screen and the block it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The block's number.
    pub block: usize,
    /// What it shows.
    pub kind: Kind,
}

/// A row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its fields.
    pub cells: Vec<FieldId>,
    /// Its line.
    pub line: usize,
    /// The block's number.
    pub block: usize,
    /// Whether its official label stands whole beside it.
    pub is_whole: bool,
    /// The line of the label that it stands under.
    pub group: Option<usize>,
}

/// A section laid out for a width.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The lines from top to bottom.
    pub lines: Vec<Line>,
    /// The rows that can be entered.
    pub rows: Vec<Row>,
    /// Columns of the screen for the labels.
    pub label: usize,
    /// Columns of the screen for each column of each block.
    pub widths: Vec<Vec<usize>>,
    /// Whether cells hold text, drawn from the left (the cover).
    pub is_text: bool,
    ruler: Ruler,
}

impl Sheet {
    /// Lays out a section. `shown` tells how many columns the value of a field needs.
    pub fn new(
        form: &Form,
        section: &Section,
        width: usize,
        ruler: Ruler,
        shown: &dyn Fn(&FieldId) -> usize,
    ) -> Sheet {
        let mut sheet = Sheet {
            lines: Vec::new(),
            rows: Vec::new(),
            label: SHORT_LABEL,
            widths: Vec::new(),
            is_text: false,
            ruler,
        };
        match &section.body {
            Body::Cover(fields) => sheet.cover(form, fields, width),
            Body::Table(blocks) => {
                let most = blocks.iter().map(|block| block.columns.len()).max().unwrap_or(1);
                let longest = blocks
                    .iter()
                    .flat_map(|b| &b.lines)
                    .map(|line| indent(line.above.len()) + columns(&line.label.text));
                let room = width.saturating_sub(most * NARROW);
                sheet.label = (longest.max().unwrap_or(0) + 1).min(room).max(SHORT_LABEL);
                for (number, block) in blocks.iter().enumerate() {
                    sheet.block(number, block, width, most, shown);
                }
            }
            Body::Narrative { .. } => {}
        }
        sheet
    }

    fn cover(&mut self, form: &Form, fields: &[FieldId], width: usize) {
        self.is_text = true;
        self.label = 10;
        self.widths.push(vec![width.saturating_sub(self.label)]);
        for id in fields {
            let words = form.field(id.as_str()).map_or("", |field| &field.row);
            let row = Row {
                cells: vec![id.clone()],
                line: self.lines.len(),
                block: 0,
                is_whole: false,
                group: None,
            };
            self.row(row, vec![words.into()]);
        }
    }

    fn block(
        &mut self,
        number: usize,
        block: &Block,
        width: usize,
        most: usize,
        shown: &dyn Fn(&FieldId) -> usize,
    ) {
        let room = width.saturating_sub(self.label) / most.max(1);
        let widths: Vec<usize> = (0..block.columns.len())
            .map(|column| {
                let cells = block.lines.iter().filter_map(|line| line.cells.get(column));
                let longest = cells.map(shown).max().unwrap_or(0) + 1;
                let wide = longest.clamp(room.clamp(NARROW, if most <= 3 { 20 } else { 14 }), WIDE);
                // The official heading stands whole where there is room for it.
                let head = block.columns.get(column).map_or(0, |column| columns(&column.label.text) + 1);
                if head <= room { wide.max(head) } else { wide }
            })
            .collect();
        self.widths.push(widths);
        let push = |lines: &mut Vec<Line>, kind| lines.push(Line { block: number, kind });
        if !block.caption.is_empty() {
            push(&mut self.lines, Kind::Caption(block.caption.clone()));
        }
        for heads in self.heads(number, block) {
            push(&mut self.lines, Kind::Heads(heads));
        }
        let mut above: &[Label] = &[];
        let mut group = None;
        for line in &block.lines {
            let same = above.iter().zip(&line.above).take_while(|(a, b)| a == b).count();
            for (depth, label) in line.above.iter().enumerate().skip(same) {
                let (words, is_whole) = self.fitting(label, depth);
                group = Some((self.lines.len(), is_whole));
                push(&mut self.lines, Kind::Group(words.join("")));
            }
            above = &line.above;
            let (words, is_whole) = self.fitting(&line.label, line.above.len());
            let under = group.filter(|_| !above.is_empty());
            let row = Row {
                cells: line.cells.clone(),
                line: self.lines.len(),
                block: number,
                is_whole: is_whole && under.is_none_or(|(_, is_whole)| is_whole),
                group: under.map(|(line, _)| line),
            };
            self.row(row, words);
        }
    }

    fn row(&mut self, row: Row, words: Vec<String>) {
        let mut words = words.into_iter();
        let block = row.block;
        self.rows.push(row);
        let kind = Kind::Row(self.rows.len() - 1, words.next().unwrap_or_default());
        self.lines.push(Line { block, kind });
        self.lines.extend(words.map(|rest| Line { block, kind: Kind::More(rest) }));
    }

    /// A label in the lines it takes: the official words where two lines hold them, else the short;
    /// whether it is the official ones.
    fn fitting(&self, label: &Label, depth: usize) -> (Vec<String>, bool) {
        let indent = indent(depth);
        let room = self.label.saturating_sub(indent + 1);
        let rows = breaking::rows(&label.text, room, self.ruler);
        let most = if self.label >= 2 * SHORT_LABEL { 2 } else { 1 };
        if rows.len() > most {
            let indent = indent.min(16usize.saturating_sub(columns(&label.short)));
            let words = format!("{}{}", " ".repeat(indent), label.short);
            return (vec![words], label.short == label.text);
        }
        let words = rows.into_iter().map(|row| format!("{}{}", " ".repeat(indent), &label.text[row]));
        (words.collect(), true)
    }

    fn heads(&self, number: usize, block: &Block) -> Vec<Vec<Head>> {
        let width = |first: usize, columns: usize| -> usize {
            self.widths[number][first..first + columns].iter().sum::<usize>().saturating_sub(1)
        };
        let fit = |label: &Label, room: usize| {
            if columns(&label.text) <= room { label.text.clone() } else { label.short.clone() }
        };
        if block.is_stacked() {
            let heads = block.columns.iter().enumerate();
            return vec![
                heads
                    .map(|(first, column)| Head {
                        first,
                        columns: 1,
                        words: fit(&column.label, width(first, 1)),
                    })
                    .collect(),
            ];
        }
        let depth = block.heads.iter().map(Node::depth).max().unwrap_or(1);
        let mut levels = vec![Vec::new(); depth];
        let mut pending: Vec<(usize, usize, &Node)> = Vec::new();
        let mut first = 0;
        for node in &block.heads {
            pending.push((0, first, node));
            first += node.leaves();
        }
        while let Some((level, first, node)) = pending.pop() {
            let words = fit(&node.label, width(first, node.leaves()));
            // A heading with none under it stands on the last level, right above its cells.
            let level_shown = if node.under.is_empty() { depth - 1 } else { level };
            levels[level_shown].push(Head { first, columns: node.leaves(), words });
            let mut at = first;
            for child in &node.under {
                pending.push((level + 1, at, child));
                at += child.leaves();
            }
        }
        for level in &mut levels {
            level.sort_by_key(|head| head.first);
        }
        levels
    }

    /// Whether a view shows whole what a row is called: its official label and the one it stands under.
    pub fn tells(&self, row: usize, top: usize, height: usize) -> bool {
        let Some(row) = self.rows.get(row).filter(|row| row.is_whole) else { return false };
        row.group.is_none_or(|line| self.view(top, height).contains(&line))
    }

    /// The lines that a view of `height` lines from `top` on shows: the headings of the block at
    /// its top stay, and the lines under them scroll.
    pub fn view(&self, top: usize, height: usize) -> Vec<usize> {
        let pinned = self.pinned(top);
        let rest = top + pinned.len()..self.lines.len();
        pinned.into_iter().chain(rest).take(height).collect()
    }

    /// The heading lines of the block at line `top` that are above it.
    fn pinned(&self, top: usize) -> Vec<usize> {
        let Some(block) = self.lines.get(top).map(|line| line.block) else { return Vec::new() };
        let is_head =
            |line: &Line| line.block == block && matches!(line.kind, Kind::Caption(_) | Kind::Heads(_));
        let heads: Vec<usize> = (0..self.lines.len()).filter(|&at| is_head(&self.lines[at])).collect();
        if heads.first().is_some_and(|&first| first < top) { heads } else { Vec::new() }
    }

    /// The top line from which the given row is seen, as near as possible to the one there was.
    pub fn follow(&self, top: usize, row: usize, height: usize) -> usize {
        if self.lines.len() <= height {
            return 0;
        }
        let Some(line) = self.rows.get(row).map(|row| row.line) else { return 0 };
        let top = top.min(self.lines.len().saturating_sub(height));
        let seen = |top: &usize| self.view(*top, height).contains(&line);
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
    pub fn column(&self, block: usize, at: usize, left: usize) -> Option<(usize, usize)> {
        let widths = self.widths.get(block)?;
        let before = widths.get(left..at)?;
        Some((self.label + before.iter().sum::<usize>(), *widths.get(at)?))
    }

    /// The first column to draw so that the given one is seen, as near as possible to `left`.
    pub fn follow_column(&self, left: usize, row: usize, column: usize, width: usize) -> usize {
        let Some(widths) = self.rows.get(row).and_then(|row| self.widths.get(row.block)) else { return 0 };
        let mut left = left.min(column);
        let used = |left: usize| widths[left..=column.min(widths.len() - 1)].iter().sum::<usize>();
        if widths.iter().sum::<usize>() + self.label <= width {
            return 0;
        }
        while left < column && used(left) + self.label > width {
            left += 1;
        }
        left
    }
}

fn indent(depth: usize) -> usize {
    depth
}

#[cfg(test)]
mod tests;
