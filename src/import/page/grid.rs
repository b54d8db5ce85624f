//! Ruling lines to tables: lines that meet are one table, a missing wall merges cells.

use std::collections::BTreeMap;

use super::super::ImportError;
use super::cell_text::{Padding, cell_text};
use super::lines::text_lines;
use super::model::{NEAR, Page, PlacedGlyph, RulingLine};
use super::page_table::{PageCell, PageTable};

/// The most ruling lines of a page, and of a document.
pub const PAGE_RULES: usize = 5_000;
/// The most rows times columns of a grid; no report has a tenth of it.
const POSITIONS: usize = 40_000;

const TOO_MANY_RULES: ImportError = ImportError::TooLarge("版面上的线太多");

/// Returns the tables of a page from the innermost to the outermost. The characters inside them are taken out
/// of the page.
///
/// # Errors
/// Returns an error if there are more ruling lines than on any page.
pub fn take_tables(page: &mut Page) -> Result<Vec<PageTable>, ImportError> {
    if page.rules.len() > PAGE_RULES {
        return Err(TOO_MANY_RULES);
    }
    let mut grids: Vec<Grid> = Vec::new();
    for rules in connected(&joined(&page.rules)) {
        grids.extend(Grid::of(&rules)?);
    }
    grids.sort_by(|a, b| a.area().total_cmp(&b.area()));
    // A frame around others lays the page out, and so does a frame around everything.
    let frames: Vec<bool> = grids
        .iter()
        .enumerate()
        .map(|(at, grid)| grid.regions == 1 || grids[..at].iter().any(|inner| grid.surrounds(inner)))
        .collect();
    let mut tables = Vec::new();
    for (grid, _) in grids.iter().zip(frames).filter(|(_, frame)| !frame) {
        let inside = |glyph: &PlacedGlyph| grid.position(glyph.centre()).is_some();
        let (own, rest) = std::mem::take(&mut page.glyphs).into_iter().partition(inside);
        page.glyphs = rest;
        tables.extend(grid.table(page, own));
    }
    Ok(tables)
}

/// Returns the lines with the pieces that they were drawn in joined.
fn joined(rules: &[RulingLine]) -> Vec<RulingLine> {
    let mut sorted: Vec<RulingLine> = rules.to_vec();
    sorted.sort_by(|a, b| a.horizontal.cmp(&b.horizontal).then(a.at.total_cmp(&b.at)));
    let mut lines = Vec::new();
    let mut rest = &mut sorted[..];
    while let Some(first) = rest.first().copied() {
        let same =
            |rule: &RulingLine| rule.horizontal == first.horizontal && rule.at - first.at <= NEAR / 2.0;
        let end = rest.iter().position(|rule| !same(rule)).unwrap_or(rest.len()).max(1);
        let (pieces, after) = rest.split_at_mut(end);
        rest = after;
        pieces.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<RulingLine> = None;
        for piece in pieces {
            match &mut open {
                Some(line) if piece.from <= line.to + NEAR => line.to = line.to.max(piece.to),
                _ => lines.extend(open.replace(*piece)),
            }
        }
        lines.extend(open);
    }
    lines
}

/// Returns the lines in groups that meet each other.
fn connected(rules: &[RulingLine]) -> Vec<Vec<RulingLine>> {
    let mut groups = Groups::new(rules.len());
    let split = rules.partition_point(|rule| !rule.horizontal);
    for (at, horizontal) in rules.iter().enumerate().skip(split) {
        for (other, vertical) in rules[..split].iter().enumerate() {
            let meets = |line: &RulingLine, at: f32| line.from - NEAR <= at && at <= line.to + NEAR;
            if meets(horizontal, vertical.at) && meets(vertical, horizontal.at) {
                groups.join(at, other);
            }
        }
    }
    let mut found: BTreeMap<usize, Vec<RulingLine>> = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        found.entry(groups.root(at)).or_default().push(*rule);
    }
    found.into_values().collect()
}

/// Groups of numbers that are joined two by two.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Groups((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}

/// The rows and columns of a table, and which positions are one cell.
struct Grid {
    /// The lines between columns, and between rows; more than one of each.
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// For each position, row by row, the first of its cell.
    cell_of: Vec<usize>,
    /// How many cells there are.
    regions: usize,
    /// Whether the lines go on above the first row and below the last: a page's end cut it there.
    open: (bool, bool),
}

impl Grid {
    /// Returns the grid of some lines that meet, or `None` if they make no table. Sides may be open.
    fn of(rules: &[RulingLine]) -> Result<Option<Grid>, ImportError> {
        let of_kind = |horizontal| rules.iter().filter(move |rule| rule.horizontal == horizontal);
        let (rows, columns) = (of_kind(true).count(), of_kind(false).count());
        if rows < 1 || columns < 1 || rows + columns < 3 {
            return Ok(None);
        }
        let edges = |horizontal: bool| {
            let own = of_kind(horizontal).map(|rule| rule.at);
            let ends = of_kind(!horizontal).flat_map(|rule| [rule.from, rule.to]);
            let (low, high) = ends.fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)));
            clusters(own.chain([low, high]).collect())
        };
        let (xs, ys) = (edges(false), edges(true));
        if xs.len() < 2 || ys.len() < 2 {
            return Ok(None);
        }
        let (across, down) = (xs.len() - 1, ys.len() - 1);
        if across * down > POSITIONS {
            return Err(TOO_MANY_RULES);
        }
        let has_rule = |at: f32| of_kind(true).any(|rule| (rule.at - at).abs() <= NEAR);
        let open = (!has_rule(ys[0]), !has_rule(ys[down]));
        // How much of each wall is there: to the left of a position, and above it.
        let mut left = vec![0.0f32; (across + 1) * (down + 1)];
        let mut above = left.clone();
        for rule in rules {
            let (lines, walls, stops) =
                if rule.horizontal { (&ys, &mut above, &xs) } else { (&xs, &mut left, &ys) };
            let line = nearest(lines, rule.at);
            for (at, stop) in stops.windows(2).enumerate() {
                let length = rule.to.min(stop[1]) - rule.from.max(stop[0]);
                let (row, column) = if rule.horizontal { (line, at) } else { (at, line) };
                if length > 0.0
                    && let Some(wall) = walls.get_mut(row * (across + 1) + column)
                {
                    *wall += length / (stop[1] - stop[0]);
                }
            }
        }
        let mut groups = Groups::new(across * down);
        for row in 0..down {
            for column in 0..across {
                let wall = row * (across + 1) + column;
                if column > 0 && left[wall] < 0.5 {
                    groups.join(row * across + column, row * across + column - 1);
                }
                if row > 0 && above[wall] < 0.5 {
                    groups.join(row * across + column, (row - 1) * across + column);
                }
            }
        }
        let cell_of: Vec<usize> = (0..across * down).map(|at| groups.root(at)).collect();
        let regions = cell_of.iter().enumerate().filter(|(at, root)| at == *root).count();
        Ok(Some(Grid { xs, ys, cell_of, regions, open }))
    }

    fn area(&self) -> f32 {
        let length = |at: &[f32]| at.last().zip(at.first()).map_or(0.0, |(last, first)| last - first);
        length(&self.xs) * length(&self.ys)
    }

    fn surrounds(&self, inner: &Grid) -> bool {
        let around = |outer: &[f32], inner: &[f32]| {
            outer.first().zip(inner.first()).is_some_and(|(a, b)| a < b)
                && outer.last().zip(inner.last()).is_some_and(|(a, b)| a > b)
        };
        inner.regions > 1 && around(&self.xs, &inner.xs) && around(&self.ys, &inner.ys)
    }

    /// Returns the position of a point, or `None` if it is outside.
    fn position(&self, (x, y): (f32, f32)) -> Option<usize> {
        let find = |at: &[f32], value: f32| at.partition_point(|line| *line <= value).checked_sub(1);
        let (column, row) = (find(&self.xs, x)?, find(&self.ys, y)?);
        (column + 1 < self.xs.len() && row + 1 < self.ys.len()).then_some(row * (self.xs.len() - 1) + column)
    }

    /// Returns the table with its text.
    fn table(&self, page: &Page, glyphs: Vec<PlacedGlyph>) -> Option<PageTable> {
        let across = self.xs.len() - 1;
        let mut texts: Vec<Vec<PlacedGlyph>> = vec![Vec::new(); self.cell_of.len()];
        for glyph in glyphs {
            let at = self.position(glyph.centre())?;
            texts[self.cell_of[at]].push(glyph);
        }
        let mut regions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, root) in self.cell_of.iter().enumerate() {
            regions.entry(*root).or_default().push(position);
        }
        let cell = |row: usize, rows: usize, column: usize, columns: usize| PageCell {
            row,
            rows,
            x: (self.xs[column], self.xs[column + columns]),
            ..PageCell::default()
        };
        let mut cells = Vec::with_capacity(self.regions);
        for (root, positions) in regions {
            let rows = || positions.iter().map(|position| position / across);
            let columns = || positions.iter().map(|position| position % across);
            let bounds = |low: Option<usize>, high: Option<usize>| Some((low?, high? + 1 - low?));
            let (row, rows) = bounds(rows().min(), rows().max())?;
            let (column, columns) = bounds(columns().min(), columns().max())?;
            let lines = text_lines(page.number, upright(std::mem::take(&mut texts[root]), page));
            if positions.len() == rows * columns {
                cells.push(PageCell { lines, ..cell(row, rows, column, columns) });
                continue;
            }
            // Short rows leave a gap behind them, which is no cell.
            let goes_on = |at: &usize| (at + 1).is_multiple_of(across) || self.cell_of[at + 1] == root;
            if lines.is_empty() && positions.iter().all(goes_on) {
                continue;
            }
            // Walls that leave no box say nothing certain of what belongs where.
            let mut lines = Some(lines);
            for position in positions {
                let text = if lines.is_some() { String::new() } else { UNCERTAIN.to_string() };
                let lines = lines.take().unwrap_or_default();
                cells.push(PageCell { lines, text, ..cell(position / across, 1, position % across, 1) });
            }
        }
        let padding = Padding::of(&cells);
        for cell in cells.iter_mut().filter(|cell| cell.text.is_empty()) {
            (cell.text, cell.is_full) = cell_text(cell, padding);
        }
        cells.sort_by(|a, b| a.row.cmp(&b.row).then(a.x.0.total_cmp(&b.x.0)));
        let outer = |at: &[f32]| at.first().copied().zip(at.last().copied());
        let (x, y) = (outer(&self.xs)?, outer(&self.ys)?);
        let rows = vec![page.number; self.ys.len() - 1];
        Some(PageTable { x, y, row_pages: rows, cells, open_top: self.open.0, open_bottom: self.open.1 })
    }
}

/// What stands for text that may belong to a cell or not; no number can be read from it.
const UNCERTAIN: char = '\u{fffd}';

/// Returns coordinates without those that are near the one before.
fn clusters(mut at: Vec<f32>) -> Vec<f32> {
    at.sort_by(f32::total_cmp);
    let mut found: Vec<f32> = Vec::new();
    let mut last = f32::MIN;
    for value in at {
        if found.is_empty() || value - last > NEAR {
            found.push(value);
        }
        last = value;
    }
    found
}

fn nearest(at: &[f32], value: f32) -> usize {
    let after = at.partition_point(|line| *line < value);
    let before = after.saturating_sub(1);
    let distance = |index: usize| at.get(index).map_or(f32::MAX, |line| (line - value).abs());
    if distance(after) < distance(before) { after } else { before }
}

/// Returns the characters of a cell turned so that most of them run to the right.
fn upright(glyphs: Vec<PlacedGlyph>, page: &Page) -> Vec<PlacedGlyph> {
    let mut own = Page { width: page.width, height: page.height, glyphs, ..Page::default() };
    own.turn_upright();
    own.glyphs
}
