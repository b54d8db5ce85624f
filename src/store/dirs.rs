//! Where the program keeps its own files: settings in the config directory, the rest in the state directory.

use std::path::{Path, PathBuf};

use super::disk::{Disk, SystemDisk};
use super::reader::PARTS;
use super::{Fault, LARGEST, StoreError, folder, platform, read_file};
use crate::form::Library;

/// The directories of this user (XDG; on Windows `%LOCALAPPDATA%` and `%APPDATA%`). Nothing is made before something is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppDirs {
    state: PathBuf,
    config: PathBuf,
}

impl AppDirs {
    /// Returns the user's directories: `$XDG_STATE_HOME/nianbao` and `$XDG_CONFIG_HOME/nianbao`. Returns
    /// `None` for a user without a home directory; then there is neither journal nor settings, and the
    /// clerk is warned.
    pub fn for_user() -> Option<Self> {
        platform::user_dirs().map(|(state, config)| AppDirs { state, config })
    }

    /// Other directories, for tests.
    pub fn at(state: &Path, config: &Path) -> Self {
        AppDirs { state: state.into(), config: config.into() }
    }

    /// Returns the folder of the recovery journals.
    pub fn journals(&self) -> PathBuf {
        self.state.join("journal")
    }

    /// Returns the folder of the saved versions.
    pub fn backups(&self) -> PathBuf {
        self.state.join("backups")
    }

    /// Returns the path of the list of recent drafts.
    pub fn recent(&self) -> PathBuf {
        self.state.join("recent")
    }

    /// Returns the path of the file that names the folder of units opened last.
    pub fn recent_folder(&self) -> PathBuf {
        self.state.join("recent-folder")
    }

    /// Returns the path of the file that says whether the mouse is used.
    pub fn mouse(&self) -> PathBuf {
        self.state.join("mouse")
    }

    /// Returns the path of the user's own key map, which need not exist.
    pub fn keys(&self) -> PathBuf {
        self.config.join("keys.ron")
    }

    /// Returns the path of the user's own theme, which need not exist.
    pub fn theme(&self) -> PathBuf {
        self.config.join("theme.ron")
    }

    /// Returns the folder of the user's own forms.
    pub fn forms(&self) -> PathBuf {
        self.config.join("forms")
    }

    /// Returns the text of the user's own key map, or `None` if there is no such file.
    ///
    /// # Errors
    /// Returns an error if the file exists and cannot be read.
    pub fn read_keys(&self) -> Result<Option<String>, StoreError> {
        read_if_there(&self.keys())
    }

    /// Returns the text of the user's own theme, or `None` if there is no such file.
    ///
    /// # Errors
    /// Returns an error if the file exists and cannot be read.
    pub fn read_theme(&self) -> Result<Option<String>, StoreError> {
        read_if_there(&self.theme())
    }

    /// Returns the official forms and the user's own `forms/*.ron`, in the order of their names. A form
    /// file that cannot be used is left out and reported with its position.
    pub fn library(&self) -> (Library, Vec<StoreError>) {
        let mut library = Library::new();
        let mut mistakes = Vec::new();
        for path in form_files(&self.forms(), &mut mistakes) {
            if let Err(mistake) = add_form_file(&mut library, &path) {
                mistakes.push(mistake);
            }
        }
        (library, mistakes)
    }
}

/// Returns the form files of a folder in the order of their names; none if there is no such folder.
fn form_files(folder: &Path, mistakes: &mut Vec<StoreError>) -> Vec<PathBuf> {
    let entries = match folder::list_folder(folder) {
        Ok(entries) => entries,
        Err(error) if error.fault == Fault::Missing => return Vec::new(),
        Err(error) => {
            mistakes.push(error);
            return Vec::new();
        }
    };
    let paths = entries.into_iter().map(|entry| folder.join(entry.name));
    paths.filter(|path| path.extension().is_some_and(|end| end == "ron")).collect()
}

fn add_form_file(library: &mut Library, path: &Path) -> Result<(), StoreError> {
    let source = read_text(path)?;
    // Tried on a copy: a form that draft files cannot hold must not be chosen by anybody.
    let mut probe = library.clone();
    let id = probe.add(&path.display().to_string(), &source).map_err(|error| StoreError {
        file: error.file,
        at: Some((error.line, error.column)),
        fault: Fault::Content,
        message: error.message,
    })?;
    let form = probe.get(&id);
    let sections = form.iter().flat_map(|form| &form.sections);
    if let Some(taken) = sections.map(|section| section.id.as_str()).find(|id| PARTS.contains(id)) {
        let message = format!("部分的名称“{taken}”在草稿文件里另有用处，请换一个名称");
        return Err(StoreError::new(path, Fault::Content, message));
    }
    *library = probe;
    Ok(())
}

/// Reads a settings file that need not exist.
fn read_if_there(path: &Path) -> Result<Option<String>, StoreError> {
    match read_text(path) {
        Err(error) if error.fault == Fault::Missing => Ok(None),
        other => other.map(Some),
    }
}

/// Reads a settings file as text.
fn read_text(path: &Path) -> Result<String, StoreError> {
    let bytes = read_file(path, LARGEST)?;
    String::from_utf8(bytes)
        .map_err(|_| StoreError::new(path, Fault::Encoding, "文件里有不是 UTF-8 的字节，请另存为 UTF-8"))
}

/// Makes a directory readable by this user alone, unless it exists.
pub(super) fn create_private_dir(folder: &Path) -> Result<(), StoreError> {
    SystemDisk.make_folder(folder).map_err(|error| StoreError::system(folder, "新建文件夹", &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn test_dirs() -> (tempfile::TempDir, AppDirs) {
        let folder = tempfile::tempdir().unwrap();
        let dirs = AppDirs::at(&folder.path().join("state"), &folder.path().join("config"));
        (folder, dirs)
    }

    #[test]
    fn without_any_files_there_are_the_official_forms_and_no_keys() {
        let (_folder, dirs) = test_dirs();
        let (library, mistakes) = dirs.library();
        assert_eq!((library.list().len(), mistakes), (2, vec![]));
        assert_eq!(dirs.read_keys().unwrap(), None);
    }

    #[test]
    fn a_broken_form_of_the_users_is_reported_with_its_line() {
        let (_folder, dirs) = test_dirs();
        fs::create_dir_all(dirs.forms()).unwrap();
        let good = include_str!("../../assets/forms/2021.ron").replace("id: \"2021\"", "id: \"示例省\"");
        let put = |name: &str, text: &str| fs::write(dirs.forms().join(name), text).unwrap();
        put("a.ron", &good);
        put("b.ron", &good.replace("left: [\"new\"", "left: [\"nwe\""));
        put("c.ron", &good.replace("id: \"problems\"", "id: \"notes\""));
        put("d.txt", "no form");
        let (library, mistakes) = dirs.library();
        assert!(library.get("示例省").is_some());
        let messages: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert!(messages[0].contains("b.ron:") && messages[0].contains("“nwe”在表中没有"), "{messages:?}");
        assert!(messages[1].contains("c.ron") && messages[1].contains("“notes”"), "{messages:?}");
    }

    #[test]
    fn the_users_keys_are_read() {
        let (_folder, dirs) = test_dirs();
        fs::create_dir_all(dirs.keys().parent().unwrap()).unwrap();
        fs::write(dirs.keys(), "[]").unwrap();
        assert_eq!(dirs.read_keys().unwrap().as_deref(), Some("[]"));
        fs::write(dirs.keys(), [0xff]).unwrap();
        assert!(dirs.read_keys().unwrap_err().message.contains("UTF-8"));
    }
}
