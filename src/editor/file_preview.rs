//! What is shown of the file that is chosen in a list, without opening it. It is read in the background, and only
//! where there is room to show it.

use std::path::{Path, PathBuf};

use super::file_detail::{FilePreview, PreviewContent};
use super::file_list::{self, RowTarget};
use super::home_input;
use super::layer::Layer;
use super::listed_file::ListedKind;
use super::msg::Effect;
use super::state::Editor;

/// Asks for what is in the file chosen, if there is room to show it and another was chosen before.
pub fn refresh_preview(editor: &mut Editor) -> Option<Effect> {
    // What is under another layer stays as it is.
    if matches!(editor.layers.last(), Some(layer) if !matches!(layer, Layer::Files(_))) {
        return None;
    }
    let Some((path, kind)) = chosen_file(editor) else {
        editor.preview = None;
        return None;
    };
    if editor.preview.as_ref().is_some_and(|preview| preview.path == path) {
        return None;
    }
    editor.preview = Some(FilePreview { path: path.clone(), content: None });
    Some(Effect::ReadPreview(path, kind))
}

/// The file whose content there is room for.
fn chosen_file(editor: &Editor) -> Option<(PathBuf, ListedKind)> {
    let Some(Layer::Files(list)) = editor.layers.last() else {
        let (at, _) = home_input::detailed_draft(editor).filter(|(_, area)| !area.is_empty())?;
        return Some((editor.recent.get(at)?.path.clone(), ListedKind::Draft));
    };
    let rows = file_list::file_rows(list);
    if file_list::file_list_areas(editor, list, rows.len()).preview.is_empty() {
        return None;
    }
    Some(match &rows.get(list.at?)?.target {
        RowTarget::File(path, kind) => (path.clone(), *kind),
        RowTarget::Folder(path) => (path.clone(), ListedKind::Folder),
        RowTarget::ThisFolder => (list.folder.clone(), ListedKind::Folder),
    })
}

/// The file was read; it may not be the one chosen any more.
pub fn on_preview_read(editor: &mut Editor, path: &Path, content: PreviewContent) {
    if let Some(preview) = editor.preview.as_mut().filter(|preview| preview.path == path) {
        preview.content = Some(content);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::editor::file_detail::DraftDetail;
    use crate::editor::tab_line::{TabMark, tab_mark};
    use crate::editor::tests::{press, recent};
    use crate::editor::{Editor, Keymap, ListedFile, Msg, Opened, update};
    use crate::form::Form;
    use crate::form::Library;
    use crate::import::FileKind;
    use crate::store;

    fn sample() -> (std::sync::Arc<Form>, Draft) {
        let sample = include_str!("../../assets/sample.ron");
        let loaded = store::parse("示例.ron", sample.as_bytes(), &Library::new()).unwrap();
        (loaded.form, loaded.draft)
    }

    fn home(width: u16, height: u16) -> (Editor, Vec<Effect>) {
        let mut editor = Editor::new(Library::new(), Keymap::shipped(), width, height, None);
        let effects = update(&mut editor, Msg::Recent(vec![recent("甲.ron"), recent("乙.ron")]));
        (editor, effects)
    }

    fn asked(effects: &[Effect]) -> Vec<&Path> {
        let mut paths = Vec::new();
        for effect in effects {
            if let Effect::ReadPreview(path, _) = effect {
                paths.push(path.as_path());
            }
        }
        paths
    }

    #[test]
    fn a_section_is_marked_as_its_tab_will_be() {
        let (form, draft) = sample();
        let detail = DraftDetail::of(&form, &draft);
        let mut editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, None);
        let opened = Opened { path: None, form, draft, last_year: None, message: String::new() };
        update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
        let (document, view) = editor.open_report().unwrap();
        assert_eq!(view.tabs.len(), detail.sections.len() + 2, "checks and preview are no sections");
        for (tab, section) in view.tabs.iter().zip(&detail.sections) {
            let mark = match section.marks {
                (0, 0) => None,
                (0, warnings) => Some(TabMark::Attention(warnings)),
                (errors, _) => Some(TabMark::Wrong(errors)),
            };
            assert_eq!(tab_mark(document, tab), mark, "{}", section.name);
        }
        assert_eq!(detail.findings.len(), detail.progress.errors + detail.progress.warnings, "one a slip");
    }

    #[test]
    fn the_draft_chosen_is_asked_for_once_where_it_is_shown() {
        let (mut editor, effects) = home(120, 40);
        assert_eq!(asked(&effects), [Path::new("甲.ron")]);
        assert_eq!(asked(&press(&mut editor, "Down")), [Path::new("乙.ron")]);
        let (form, draft) = sample();
        let content = || PreviewContent::Draft(Box::new(DraftDetail::of(&form, &draft)));
        update(&mut editor, Msg::PreviewRead("甲.ron".into(), content()));
        assert!(editor.preview.as_ref().unwrap().content.is_none(), "another one was chosen meanwhile");
        update(&mut editor, Msg::PreviewRead("乙.ron".into(), content()));
        assert!(editor.preview.as_ref().unwrap().content.is_some());
        // What lies over it hides it, and leaves it there.
        assert!(asked(&press(&mut editor, "Ctrl+P")).is_empty());
        assert!(asked(&press(&mut editor, "Esc")).is_empty() && editor.preview.is_some());
        assert!(asked(&home(80, 24).1).is_empty(), "there is no room for it");
    }

    #[test]
    fn the_file_chosen_in_a_list_is_asked_for_where_there_is_room() {
        for (size, most) in [((120, 40), 1), ((80, 24), 0)] {
            let mut editor = Editor::new(Library::new(), Keymap::shipped(), size.0, size.1, None);
            editor.current_dir = "/家".into();
            press(&mut editor, "o");
            let file = |name: &str, kind| ListedFile {
                path: Path::new("/家").join(name),
                kind,
                bytes: 9,
                saved_at: None,
                summary: None,
            };
            let files =
                vec![file("甲.ron", ListedKind::Draft), file("乙.pdf", ListedKind::Report(FileKind::Pdf))];
            let effects = update(&mut editor, Msg::FilesListed("/家".into(), Ok(files)));
            assert_eq!(asked(&effects).len(), most);
            assert_eq!(asked(&press(&mut editor, "Down")), vec![Path::new("/家/乙.pdf"); most]);
            press(&mut editor, "Esc");
            assert!(editor.preview.is_none());
        }
    }
}
