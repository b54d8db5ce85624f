//! What a figure in the text was compared with: under the caret the clerk sees that the tables agree.

use super::document::Document;
use super::view::View;
use crate::check::agreeing_at;

impl View {
    /// How the figure at the caret was read, where the tables say the same; a figure that disagrees is
    /// a finding. `None` where no figure stands there, or nothing was understood.
    pub fn figure_hint(&self, document: &Document) -> Option<String> {
        let field = self.current_field(document).filter(|_| self.in_text())?;
        let caret = self.narrative_editor(document)?.caret();
        let reading = agreeing_at(&document.form, &document.draft, &document.ledger, &field, caret);
        reading.map(|reading| reading.message)
    }
}
