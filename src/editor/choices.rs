//! What can be chosen for the cell under the cursor, as it is shown when the cursor comes to it. `draw` paints
//! the line, and the mouse chooses in it.

use ratatui::layout::Rect;

use super::document::Document;
use super::view::View;
use crate::form::Kind;
use crate::text::width::display_width;

/// Where the line begins, and the columns between two options.
const START: usize = 1;
const GAP: usize = 2;

/// One option as it stands in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionLabel {
    /// Its first column.
    pub x: u16,
    /// The column behind it.
    pub end: u16,
    /// The digit that chooses it, and its name.
    pub text: String,
    /// Whether the cell holds it.
    pub is_current: bool,
}

/// Returns the options of the cell under the cursor; none if it is filled in otherwise.
pub fn option_labels(document: &Document, view: &View) -> Vec<OptionLabel> {
    let field = view.current_field(document).filter(|_| !view.is_list());
    let Some(Kind::Choice(options)) = field.as_ref().and_then(|id| document.field_kind(id)) else {
        return Vec::new();
    };
    let current = field.as_ref().map_or("", |id| document.draft.text(id.as_str()));
    let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    let mut x = START;
    let label = |(at, option): (usize, &String)| {
        let text = format!("{} {option}", at + 1);
        let (start, end) = (x, x + display_width(&text));
        x = end + GAP;
        OptionLabel { x: column(start), end: column(end), text, is_current: option == current }
    };
    options.iter().enumerate().map(label).collect()
}

/// Returns the number of the option that stands at a place of the screen, with the options in this line.
pub fn option_at(document: &Document, view: &View, line: Rect, column: u16, row: u16) -> Option<usize> {
    if !line.contains((column, row).into()) {
        return None;
    }
    let labels = option_labels(document, view);
    labels.iter().position(|label| (label.x..label.end).contains(&(column - line.x)))
}
