//! A narrative as it is seen: rows with the first-line indent and the gaps between paragraphs.
//!
//! Indent, gaps and the column for marks are no part of the text: caret, selection and clicks know only
//! its bytes.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::text::ambiguous::WidthMode;
use crate::text::line_break;

/// The columns at the left of each row, for the mark of what is wrong in it.
const MARK_COLUMNS: usize = 2;
/// The indent of a paragraph's first row, in columns: two characters, as it is printed.
const FIRST_LINE_INDENT: usize = 4;

/// One row as it is seen: which paragraph, and which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisualRow {
    /// The paragraph's number.
    pub paragraph: usize,
    /// The bytes of the paragraph.
    pub bytes: Range<usize>,
    /// The first byte in the whole text.
    pub offset: usize,
    /// The columns left free before the text.
    pub indent: usize,
    /// The number of its line on the screen, gaps counted.
    pub line: usize,
}

/// Rows, and what they were wrapped for: a caret moves many times over rows that stay, and typing
/// changes one paragraph.
#[derive(Clone, Debug)]
pub struct WrapCache {
    key: WrapKey,
    /// The rows of the whole text; none since it was changed.
    rows: Option<Arc<[VisualRow]>>,
    /// The rows of each paragraph by its text.
    paragraphs: ParagraphRows,
}

/// What rows depend on beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrapKey {
    /// The columns, one of which is kept free for the caret.
    pub width: usize,
    /// How text is measured.
    pub width_mode: WidthMode,
    /// Whether an empty line is shown between paragraphs.
    pub gaps: bool,
}

/// The rows of paragraphs by their texts.
type ParagraphRows = HashMap<String, Vec<Range<usize>>, RandomState>;

impl WrapCache {
    /// Wraps the text anew; a paragraph whose rows are known from before is not wrapped again.
    pub fn renewed(before: Option<Self>, paragraphs: &[String], key: WrapKey) -> Self {
        let known = before.filter(|wrapped| wrapped.key == key);
        let known = known.map_or_else(HashMap::default, |wrapped| wrapped.paragraphs);
        let (rows, paragraphs) = wrap_paragraphs(paragraphs, key, known);
        WrapCache { key, rows: Some(rows), paragraphs }
    }

    /// Returns the rows as they were kept; `None` if they do not hold any more.
    pub fn rows(&self, key: WrapKey) -> Option<Arc<[VisualRow]>> {
        self.rows.clone().filter(|_| self.key == key)
    }

    /// Forgets the rows of the whole text, since it was changed.
    pub fn forget_rows(&mut self) {
        self.rows = None;
    }
}

fn wrap_paragraphs(
    lines: &[String],
    key: WrapKey,
    mut known: ParagraphRows,
) -> (Arc<[VisualRow]>, ParagraphRows) {
    let (mut offset, mut all, mut paragraphs) = (0, Vec::new(), HashMap::default());
    let available = key.width.saturating_sub(MARK_COLUMNS + 1);
    for (paragraph, line) in lines.iter().enumerate() {
        let first = first_indent(line, key.width_mode);
        let (text, rows) = known.remove_entry(line).unwrap_or_else(|| {
            (line.clone(), line_break::wrap_indented(line, available, first, key.width_mode))
        });
        let gaps = if key.gaps { paragraph } else { 0 };
        for bytes in &rows {
            let indent = MARK_COLUMNS + if bytes.start == 0 { first } else { 0 };
            let (offset, line) = (offset + bytes.start, all.len() + gaps);
            all.push(VisualRow { paragraph, bytes: bytes.clone(), offset, indent, line });
        }
        offset += line.len() + 1;
        paragraphs.insert(text, rows);
    }
    (all.into(), paragraphs)
}

/// Returns the number of the row that stands on a line of the text, or over it where the line is a gap or
/// below the text.
pub fn row_at_line(rows: &[VisualRow], line: usize) -> usize {
    rows.partition_point(|row| row.line <= line).saturating_sub(1)
}

/// Returns the indent of a paragraph's first row. Blanks that its text begins with are not printed beside
/// the indent, so they are part of it.
fn first_indent(line: &str, ruler: WidthMode) -> usize {
    let blanks = &line[..line.len() - line.trim_start().len()];
    let typed: usize = ruler.graphemes(blanks).map(|(.., columns)| columns).sum();
    FIRST_LINE_INDENT.saturating_sub(typed)
}
