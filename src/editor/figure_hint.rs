//! What a figure in the text was compared with: under the caret the clerk sees that the tables agree.

use super::open_document::OpenDocument;
use crate::check::agreeing_at;

impl OpenDocument {
    /// How the figure at the caret was read, where the tables say the same; a figure that disagrees is
    /// a finding. None where no figure stands there, or nothing was understood.
    pub fn figure_hint(&self) -> Option<String> {
        let field = self.current_field().filter(|_| self.in_text())?;
        let caret = self.narrative_editor()?.caret();
        agreeing_at(&self.form, &self.draft, &self.ledger, &field, caret).map(|reading| reading.message)
    }
}
