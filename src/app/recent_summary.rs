//! The recent drafts of the home screen: the list at once, how far each is once it was read.

use jiff::civil::DateTime;

use crate::check::{Context, check};
use crate::draft::{Draft, Ledger};
use crate::editor::{DraftProgress, RecentEntry};
use crate::form::Form;
use crate::store::{AppDirs, recent};

/// Returns the recent drafts as they are listed, without reading one of them.
pub fn recent_entries(dirs: &AppDirs) -> Vec<RecentEntry> {
    let entry = |known: recent::RecentDraft| RecentEntry {
        opened: DateTime::strptime("%Y-%m-%d %H:%M", &known.opened).ok(),
        path: known.path,
        unit: known.unit,
        year: known.year,
        progress: None,
        fault: None,
    };
    recent::read_list(&dirs.recent()).into_iter().map(entry).collect()
}

/// Returns how far a draft is.
pub fn draft_progress(form: &Form, draft: &Draft) -> DraftProgress {
    let findings = check(form, draft, Context::default());
    DraftProgress::of(form, draft, &findings, &Ledger::new(form, draft))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Value;
    use crate::editor::tab_line::{TabMark, tab_mark};
    use crate::editor::view::Tab;
    use crate::editor::{Editor, Keymap, Msg, Opened, update};
    use crate::form::Library;
    use crate::store;

    #[test]
    fn a_draft_is_counted_as_its_title_counts_it() {
        let library = Library::new();
        let sample = include_str!("../../assets/sample.ron");
        let loaded = store::parse("示例.ron", sample.as_bytes(), &library).unwrap();
        let (form, mut draft) = (loaded.form, loaded.draft);
        draft.set("overview", Value::Blank);
        let progress = draft_progress(&form, &draft);
        let mut editor = Editor::new(library, Keymap::shipped(), 80, 24, None);
        let message = String::new();
        let opened = Opened { path: None, form, draft, last_year: None, message };
        update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
        let mark = tab_mark(editor.document().unwrap(), &Tab::Findings);
        assert_eq!(mark, Some(TabMark::Wrong(progress.errors)), "an empty section is only unfinished");
    }
}
