//! The [`Editor`]: what one session holds.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::command::Scope;
use super::document::Document;
use super::drag::{ClickedScreen, Drag};
use super::event::Background;
use super::file_detail::FilePreview;
use super::folder::Folder;
use super::home::HomeScreen;
use super::keymap::Keymap;
use super::layer::Layer;
use super::msg::RecentEntry;
use super::navigation::Navigation;
use super::view::View;
use crate::draft::Draft;
use crate::edit::History;
use crate::form::{Form, Library};
use crate::text::ambiguous::WidthMode;

/// What the screen shows: the home screen, the units of a folder, or an open report.
#[derive(Clone, Debug)]
pub(crate) enum Page {
    Home(HomeScreen),
    Folder,
    Document(Box<Document>, Box<View>),
}

/// The state of one session.
#[derive(Clone, Debug)]
pub struct Editor {
    pub(crate) library: Library,
    pub(crate) keys: Keymap,
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) today: Option<Date>,
    pub(crate) page: Page,
    /// The folder whose reports are listed, also while one of them is open.
    pub(crate) folder: Option<Box<Folder>>,
    /// Where leaving the open report leads.
    pub(crate) navigation: Navigation,
    pub(crate) layers: Vec<Layer>,
    /// What is said about the last key, until the next one.
    pub(crate) notification: String,
    /// Why changes are not recorded for recovery; `None` if they are.
    pub(crate) journal_error: Option<String>,
    pub(crate) recent: Vec<RecentEntry>,
    /// What is shown of the file chosen in a list, where there is room for it.
    pub(crate) preview: Option<FilePreview>,
    /// The user's home directory, which paths on the screen call `~`.
    pub home_dir: Option<PathBuf>,
    /// The folder that relative paths start from.
    pub current_dir: PathBuf,
    /// Whether Enter goes along the row instead of down the column.
    pub(crate) enter_moves_right: bool,
    /// Whether cells show their change since last year.
    pub(crate) show_changes: bool,
    /// Whether borders are drawn in ASCII even if the terminal could draw lines.
    pub ascii: bool,
    /// The background of the terminal, once it is known to show any colour and has answered.
    pub(crate) background: Option<Background>,
    /// How text is measured on this terminal.
    pub(crate) width_mode: WidthMode,
    pub(super) clipboard: String,
    /// Whether the terminal reports the mouse.
    pub mouse: bool,
    /// What the button of the mouse was pressed on, while it is held.
    pub(super) drag: Option<Drag>,
    /// Where the mouse was pressed last.
    pub(super) clicked_screen: Option<ClickedScreen>,
    /// Whether the cursor is kept on the screen; not after the clerk has scrolled away from it, until the next
    /// key.
    pub(super) follows_cursor: bool,
}

impl Editor {
    /// A session at the home screen.
    pub fn new(library: Library, keys: Keymap, width: u16, height: u16, today: Option<Date>) -> Self {
        Editor {
            library,
            keys,
            width,
            height,
            today,
            page: Page::Home(HomeScreen::default()),
            folder: None,
            navigation: Navigation::default(),
            layers: Vec::new(),
            notification: String::new(),
            journal_error: None,
            recent: Vec::new(),
            preview: None,
            home_dir: None,
            current_dir: PathBuf::new(),
            enter_moves_right: false,
            show_changes: false,
            ascii: false,
            background: None,
            width_mode: WidthMode::default(),
            clipboard: String::new(),
            mouse: true,
            drag: None,
            clicked_screen: None,
            follows_cursor: true,
        }
    }

    /// The file of the open draft, if it has one.
    pub fn path(&self) -> Option<PathBuf> {
        self.document().and_then(|document| document.path.clone())
    }

    /// The files of the recent drafts, in their order.
    pub fn recent_paths(&self) -> impl Iterator<Item = &Path> {
        self.recent.iter().map(|recent| recent.path.as_path())
    }

    /// A path as it is shown, with `~` for the home directory.
    pub(crate) fn shown_path(&self, path: &Path) -> String {
        let path = &*without_dots(&self.current_dir.join(path));
        let below = self.home_dir.as_ref().and_then(|home| path.strip_prefix(home).ok());
        match below {
            Some(below) if below.as_os_str().is_empty() => "~".into(),
            Some(below) => Path::new("~").join(below).display().to_string(),
            None => path.display().to_string(),
        }
    }

    /// The form of the open draft.
    pub fn form(&self) -> Option<Arc<Form>> {
        self.document().map(|document| document.form.clone())
    }

    /// The open draft, if there is one.
    pub fn draft(&self) -> Option<&Draft> {
        self.document().map(|document| &document.draft)
    }

    /// The open draft with its form and its history, as a journal records them.
    pub fn journal_snapshot(&self) -> Option<(&Form, &Draft, &History)> {
        self.document().map(|document| (&*document.form, &document.draft, &document.history))
    }

    /// Whether the open draft differs from its file.
    pub fn is_modified(&self) -> bool {
        self.document().is_some_and(|document| document.history.is_modified())
    }

    /// The open report and the view of it.
    pub(crate) fn open_report(&self) -> Option<(&Document, &View)> {
        if let Page::Document(document, view) = &self.page { Some((document, view)) } else { None }
    }

    /// The open report and the view of it, to change them.
    pub(crate) fn open_report_mut(&mut self) -> Option<(&mut Document, &mut View)> {
        if let Page::Document(document, view) = &mut self.page { Some((document, view)) } else { None }
    }

    /// The open report, and the view of it to change: what a handler may change.
    pub(super) fn open_view_mut(&mut self) -> Option<(&Document, &mut View)> {
        self.open_report_mut().map(|(document, view)| (&*document, view))
    }

    /// The open report.
    pub(crate) fn document(&self) -> Option<&Document> {
        self.open_report().map(|(document, _)| document)
    }

    /// The open report, to change it.
    pub(crate) fn document_mut(&mut self) -> Option<&mut Document> {
        self.open_report_mut().map(|(document, _)| document)
    }

    /// The view of the open report.
    pub(crate) fn view(&self) -> Option<&View> {
        self.open_report().map(|(_, view)| view)
    }

    /// The scope whose keys work now.
    pub(crate) fn scope(&self) -> Scope {
        if !self.layers.is_empty() {
            return Scope::Window;
        }
        match self.view() {
            Some(view) if view.cell_edit.is_some() => Scope::Typing,
            _ => self.scope_below_layers(),
        }
    }

    /// The scope under the layers, as if no cell were being typed.
    pub(crate) fn scope_below_layers(&self) -> Scope {
        match self.view() {
            None if matches!(self.page, Page::Folder) => Scope::Folder,
            None => Scope::Home,
            Some(view) if view.is_list() => Scope::Findings,
            Some(view) if view.in_text() => Scope::Text,
            Some(_) => Scope::Table,
        }
    }
}

/// A path without `.` and `..`.
pub(super) fn without_dots(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_without_dots() {
        let mut editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, None);
        (editor.home_dir, editor.current_dir) = (Some("/家".into()), "/家/年报".into());
        assert_eq!(editor.shown_path(Path::new("../2025/./甲.ron")).replace('\\', "/"), "~/2025/甲.ron");
    }
}
