//! Opens what the clerk works on: a draft, a folder of units, a published report, next year's report, the sample.

use std::path::{Path, PathBuf};

use super::Runtime;
use crate::app::environment::{expand_tilde, now, versions};
use crate::app::event_loop::Request;
use crate::editor::{Imported, Msg, Opened};
use crate::import::import;
use crate::store::{self, Fault, recent};
use crate::text::safe_file_name;
use crate::units;

/// The sample report that is built in.
const SAMPLE: &str = include_str!("../../../assets/sample.ron");

impl Runtime {
    pub(super) fn open(&mut self, path: &Path, request: &mut Request) {
        if path.is_dir() {
            return self.read_folder(path.into(), request);
        }
        let loaded = match store::load(path, &self.library) {
            Ok(loaded) => loaded,
            Err(error) if error.fault == Fault::Missing => {
                // It may have been typed and never saved.
                return if !self.offer_recovery(Some(path), request) {
                    self.deliver(Msg::Missing(path.into()), request);
                };
            }
            Err(error) => {
                let foreign =
                    store::document_kind(path).map(|kind| Msg::ForeignFile(path.into(), kind.into()));
                let msg = foreign.unwrap_or_else(|| self.damaged(path, error.to_string()));
                return self.deliver(msg, request);
            }
        };
        self.defer(path, &loaded.draft);
        let mut messages: Vec<String> = loaded.ignored_totals.iter().map(ToString::to_string).collect();
        messages.extend(self.read_only_notice(path));
        if loaded.comment_count > 0 {
            let kept = "保存后将不再有，原文保留在“历史版本”中";
            messages.push(format!("文件中有 {} 处批注（//），{kept}", loaded.comment_count));
        }
        // The previous draft stays open until this one has been read.
        self.leftover = None;
        self.session.close();
        let saved = (loaded.form.clone(), loaded.draft.clone());
        self.session.begin(Some(path), saved, Some(loaded.fingerprint), (&now(), &self.library));
        let opened = Opened {
            path: Some(path.into()),
            form: loaded.form,
            draft: loaded.draft,
            last_year: None,
            message: messages.join("；"),
        };
        self.deliver(Msg::Opened(Ok(Box::new(opened))), request);
        match units::settings_for(path, &self.library) {
            Ok(Some(settings)) => self.deliver(Msg::DocumentSettings(settings.rules), request),
            Ok(None) => {}
            Err(message) => {
                self.deliver(Msg::Notify(format!("文件夹的设置无法读取：{message}")), request);
            }
        }
        // The last question is answered first: who has the draft open decides whether it is recovered.
        self.offer_recovery(Some(path), request);
        self.lock_draft(request);
    }

    /// Returns what is said of a file that cannot be read: with the last version of it that can, if one was kept.
    fn damaged(&self, path: &Path, why: String) -> Msg {
        let kept = versions(self.dirs.as_ref(), path, &self.library);
        match kept.into_iter().find(|version| version.report.is_ok()) {
            Some(version) => Msg::Damaged { why, version },
            None => Msg::Opened(Err(why)),
        }
    }

    /// Shows the units of a folder; their drafts are read in the background.
    pub(super) fn read_folder(&mut self, path: PathBuf, request: &mut Request) {
        if !path.is_dir() {
            let message = format!("{}：没有这个文件夹，请核对位置", path.display());
            return self.deliver(Msg::Opened(Err(message)), request);
        }
        let given = self.roster.as_ref().filter(|(folder, _)| expand_tilde(folder) == path);
        let (roster, message) = match units::find_roster(given.map(|(_, roster)| roster.as_path()), &path) {
            Ok(roster) => (roster, None),
            Err(message) => (None, Some(message)),
        };
        if let Some(dirs) = &self.dirs {
            let folder = store::absolute_path(&path);
            // It is a convenience, so an error is ignored.
            let _ = recent::remember_folder(&dirs.recent_folder(), &folder);
        }
        self.deliver(Msg::FolderOpened { path: path.clone(), roster, words: message }, request);
        match units::settings_for(&path.join(store::SETTINGS_NAME), &self.library) {
            Ok(Some(settings)) => self.deliver(Msg::FolderSettings(settings.rules), request),
            Ok(None) => {}
            Err(message) => {
                self.deliver(Msg::Notify(format!("文件夹的设置无法读取：{message}")), request);
            }
        }
        if let Err(error) = self.jobs.read_folder(path, &self.library, self.today) {
            self.deliver(Msg::Opened(Err(format!("无法读取文件夹：{error}"))), request);
        }
    }

    /// Imports a published report and opens it, to be saved under a name of its own.
    pub(super) fn import(&mut self, path: &Path, bytes: &[u8], request: &mut Request) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let found = match import(&name, bytes, &self.today.to_string(), &self.library) {
            Ok(found) => found,
            Err(error) => return self.deliver(Msg::Opened(Err(error.to_string())), request),
        };
        let form = match found.draft.form(&self.library) {
            Ok(form) => form,
            Err(id) => return self.deliver(Msg::Opened(Err(format!("没有“{id}”这种格式"))), request),
        };
        let name = match path.file_stem() {
            None => "粘贴的报告.ron".into(),
            Some(stem) => safe_file_name(&stem.to_string_lossy(), ".ron"),
        };
        let opened = Opened { path: None, form, draft: found.draft, last_year: None, message: String::new() };
        let imported = Imported {
            opened,
            name,
            cells_read: found.read_count,
            open_cells: found.open,
            decided_by_sums: found.decided_by_sums,
            unplaced: found.unplaced,
        };
        self.deliver(Msg::Imported(Box::new(imported)), request);
    }

    /// Starts the next year's report from a draft, to be saved beside it. Where that is there already, it is
    /// opened.
    pub(super) fn carry(&mut self, path: &Path, request: &mut Request) {
        let loaded = match store::load(path, &self.library) {
            Ok(loaded) => loaded,
            Err(error) => return self.deliver(Msg::Opened(Err(error.to_string())), request),
        };
        let (mut draft, name) = match units::carry_draft(&loaded, path, &self.library) {
            Ok(carried) => carried,
            Err(message) => return self.deliver(Msg::Opened(Err(message)), request),
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let next = folder.join(name);
        if next.symlink_metadata().is_ok() {
            self.open(&next, request);
            let message = format!("“{}”已有，现已打开", next.display());
            return self.deliver(Msg::Notify(message), request);
        }
        draft.last_year = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let Ok(form) = draft.form(&self.library) else { return };
        let mut message = String::from("上年结转、现行有效件数取自上年的草稿，请核对；正文留空");
        let unread = units::unread_carried(&loaded);
        if unread > 0 {
            message.push_str(&format!("。上年有 {unread} 格待核对，未结转"));
        }
        let last_year = Some((loaded.form, loaded.draft));
        let opened = Opened { path: Some(next), form, draft, last_year, message };
        self.deliver(Msg::Carried(Box::new(opened)), request);
    }

    pub(super) fn open_sample(&mut self, request: &mut Request) {
        let opened = store::parse("示例报告", SAMPLE.as_bytes(), &self.library);
        let opened = opened.map(|loaded| {
            let saved = (loaded.form.clone(), loaded.draft.clone());
            self.session.begin(None, saved, None, (&now(), &self.library));
            let message = "这是虚构的示例，可随意修改，不影响其他文件。请按最下面一行的提示操作";
            Box::new(Opened {
                path: None,
                form: loaded.form,
                draft: loaded.draft,
                last_year: None,
                message: message.into(),
            })
        });
        self.deliver(Msg::Opened(opened.map_err(|error| error.to_string())), request);
    }
}
