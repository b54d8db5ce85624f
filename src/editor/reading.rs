//! What a figure in the text was compared with: under the caret the clerk sees that the tables agree.

use super::desk::Desk;
use crate::check::agreeing_at;

impl Desk {
    /// How the figure at the caret was read, where the tables say the same; a figure that disagrees is
    /// a finding. None where no figure stands there, or nothing was understood.
    pub fn reading(&self) -> Option<String> {
        let field = self.field().filter(|_| self.in_text())?;
        let caret = self.prose_shown()?.caret();
        agreeing_at(&self.form, &self.draft, &self.ledger, &field, caret).map(|reading| reading.words)
    }
}
