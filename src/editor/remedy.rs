//! What can be done about the finding at the cursor, as it stands at the end of its line. `draw` paints it, and
//! the mouse presses it.

use ratatui::layout::Rect;

use super::balance::{balance, has_balance};
use super::choices::option_labels;
use super::command::Command;
use super::document::Document;
use super::layout::ScreenAreas;
use super::view::View;
use super::{Editor, alarm, findings_list};
use crate::text::width::display_width;

/// What stands at the end of a finding's line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remedy {
    /// The key of its fix and what that does; empty if it has none.
    pub fix: String,
    /// Which of several it is, and its rule.
    pub rest: String,
}

/// Returns what is said about the finding at the cursor; `None` if there is none.
pub fn remedy(editor: &Editor, document: &Document, view: &View) -> Option<Remedy> {
    let here = view.findings_at_cursor(document);
    let finding = here.first().map(|&at| &document.findings[at])?;
    // What is only unfinished is said by the line of the balance.
    let is_covered = || balance(document, view).is_some_and(|balance| balance.covers(finding));
    if !view.is_list() && !alarm::is_alarm(document, view, finding) && is_covered() {
        return None;
    }
    let fix = findings_list::fix_text(finding).map_or(String::new(), |text| {
        let key = editor.keys.label(editor.scope_below_layers(), Command::ApplyFix);
        key.map_or(text.clone(), |key| format!("{key} {text}"))
    });
    let count = here.len();
    let more = if count > 1 { format!("第1条，共{count}条  ") } else { String::new() };
    Some(Remedy { fix, rest: format!("{more}{}", finding.rule) })
}

/// Returns the lines for the finding at the cursor: those under the balance or the options, where there are
/// any.
pub fn finding_area(document: &Document, view: &View, areas: &ScreenAreas) -> Rect {
    let has_line =
        !view.is_list() && (has_balance(document, view) || !option_labels(document, view).is_empty());
    if has_line { areas.finding } else { areas.finding_without_balance() }
}

/// Returns where the fix of the finding at the cursor is written; `None` if it is not.
pub fn remedy_area(editor: &Editor, document: &Document, view: &View, areas: &ScreenAreas) -> Option<Rect> {
    let area = finding_area(document, view, areas);
    let is_covered = !editor.notification.is_empty() && area.height < 2;
    if view.is_list() || is_covered {
        return None;
    }
    let Remedy { fix, rest } = remedy(editor, document, view).filter(|remedy| !remedy.fix.is_empty())?;
    let columns = |text: &str| u16::try_from(display_width(text)).unwrap_or(u16::MAX);
    let end = area.right().saturating_sub(1 + columns(&rest) + 2);
    let x = end.checked_sub(columns(&fix))?;
    Some(Rect { x, y: area.y, width: columns(&fix), height: 1 })
}
