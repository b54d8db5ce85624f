//! A line of the preview.

use std::ops::Range;

use super::super::layout::ParagraphStyle;
use crate::form::FieldId;

/// A field that a line shows, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownField {
    /// The field.
    pub field: FieldId,
    /// The columns of the line, from 0, that show it.
    pub columns: Range<usize>,
    /// For a line of a narrative: the bytes of the field's own text that are in these columns.
    pub bytes: Option<Range<usize>>,
}

/// What a line of the preview is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A line of text of that level.
    Text(ParagraphStyle),
    /// A line of a table.
    Table,
    /// An empty line between parts.
    Gap,
}

/// One line of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewLine {
    /// Its text, at most as wide as was asked, without anything that a terminal would interpret.
    pub text: String,
    /// What it is.
    pub kind: LineKind,
    /// The columns from 0 that hold a heading that runs into the text (`（一）主动公开。`).
    pub lead: Range<usize>,
    /// The fields it shows, from left to right.
    pub shown_fields: Vec<ShownField>,
}
