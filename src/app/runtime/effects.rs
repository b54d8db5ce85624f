//! Performs the effects that the editor asks for, and sends the results back to it as messages.

use std::path::{Path, PathBuf};

use super::{Runtime, SlowRead};
use crate::app::draft_guard::LockError;
use crate::app::environment::{expand_tilde, export, now, versions, write_new, write_notes};
use crate::app::event_loop::Request;
use crate::app::recent_summary;
use crate::editor::folder::FolderImport;
use crate::editor::{Command, Effect, Msg, SaveError, Scope, update};
use crate::store::atomic::Written;
use crate::store::lock::READ_ONLY_FOLDER;
use crate::store::{self, ReadOnly};
use crate::terminal::clipboard::copy_sequence;
use crate::terminal::set_clipboard_text;
use crate::units;

impl Runtime {
    /// Passes a message to the editor and performs the effects that it returns.
    pub(super) fn deliver(&mut self, msg: Msg, request: &mut Request) {
        for effect in update(&mut self.editor, msg) {
            self.run_effect(effect, request);
        }
    }

    pub(super) fn run_effect(&mut self, effect: Effect, request: &mut Request) {
        match effect {
            Effect::Open(path) => self.read_now_or_soon(SlowRead::Draft(expand_tilde(&path)), request),
            Effect::OpenSample => self.open_sample(request),
            Effect::Save { path, form, draft, overwrite } => {
                let path = expand_tilde(&path);
                let result = self.save(&path, &form, &draft, overwrite, request);
                let lost = lost_message("已保存", &result);
                self.deliver(Msg::Saved(path, result.map(drop)), request);
                lost.into_iter().for_each(|message| self.deliver(Msg::Notify(message), request));
            }
            Effect::Journal(events) => {
                if let Some(now) = self.editor.journal_snapshot() {
                    self.session.record(events, now);
                    self.report_fault(request);
                }
            }
            Effect::StartJournal { path, form, draft } => {
                self.session.begin(path.as_deref(), (form, *draft), None, (&now(), &self.library));
                self.lock_draft(request);
            }
            Effect::Recover(answer) => self.recover(answer, request),
            Effect::CloseDocument => {
                self.leftover = None;
                self.session.close();
                self.report_fault(request);
            }
            Effect::Export { format, path, form, draft, overwrite } => {
                let path = expand_tilde(&path);
                let result = export(format, &path, &form, &draft, overwrite);
                let lost = lost_message("已导出", &result);
                self.deliver(Msg::Exported(format, path, result.map(drop)), request);
                lost.into_iter().for_each(|message| self.deliver(Msg::Notify(message), request));
            }
            Effect::Carry(path) => self.carry(&expand_tilde(&path), request),
            Effect::ReadLastYear { last, draft } => {
                let folder = draft.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
                let msg = match store::load(&last, &self.library) {
                    Ok(loaded) => {
                        let name = store::stored_path(folder, &last);
                        Msg::LastYearChosen(name, Box::new((loaded.form, loaded.draft)))
                    }
                    Err(error) => Msg::Opened(Err(error.to_string())),
                };
                self.deliver(msg, request);
            }
            Effect::Import(path) => self.read_now_or_soon(SlowRead::Report(expand_tilde(&path)), request),
            Effect::ImportText(text) => self.import(Path::new(""), text.as_bytes(), request),
            Effect::Copy(text) => {
                set_clipboard_text(&text);
                request.raw.extend(copy_sequence(&text));
            }
            Effect::ListVersions(path) => {
                let versions = versions(self.dirs.as_ref(), &expand_tilde(&path), &self.library);
                self.deliver(Msg::Versions(versions), request);
            }
            Effect::ListFiles(folder) => {
                if let Err(error) = self.jobs.list_files(folder.clone(), &self.library) {
                    let files = Err(format!("无法读取文件夹：{error}"));
                    self.deliver(Msg::FilesListed(folder, files), request);
                }
            }
            Effect::ReadPreview(path, kind) => self.wanted_preview = Some((path, kind)),
            Effect::ReadFolder(path) => self.read_folder(expand_tilde(&path), request),
            Effect::ImportFolder(path) => {
                if let Err(error) = self.jobs.import_folder(path.clone(), &self.library, self.today) {
                    let none = FolderImport { folder: path, total: 0, documents: Vec::new(), ended: true };
                    self.deliver(Msg::FolderImport(none), request);
                    self.deliver(Msg::Notify(format!("无法导入文件夹里的文件：{error}")), request);
                }
            }
            Effect::ReadUnits { path, form, draft } => {
                if let Err(error) = self.jobs.read_units(path, form, *draft, &self.library) {
                    self.deliver(Msg::Notify(format!("无法读取各单位的草稿：{error}")), request);
                }
            }
            Effect::ReadUnitFile(path) => {
                let filed = vec![units::read_unit_file(&path, &self.library, self.today)];
                self.deliver(Msg::FolderFiles { filed, ended: false }, request);
            }
            Effect::Compile { files, folder, output, unit, again } => {
                self.compile(files, folder, (output, unit, again), request);
            }
            Effect::WriteNotes { folder, files, format, sender } => {
                let notes = units::return_notes(&files, format, &sender, &self.library, self.today);
                let other = match files.len() - notes.len() {
                    0 => String::new(),
                    count => format!("；另有 {count} 份没有单位要改的错误，导入时待核对的内容请先核对"),
                };
                let folder_name = self.editor.shown_path(&folder);
                let message = match write_notes(&folder, &notes, format) {
                    Ok(()) if notes.is_empty() => {
                        "没有写退回意见：没有单位要改的错误，导入时待核对的内容请先核对".into()
                    }
                    Ok(()) => format!("已写 {} 份退回意见，存到“{folder_name}”{other}", notes.len()),
                    Err(error) => format!("退回意见没有全部写出：{error}"),
                };
                self.deliver(Msg::Notify(message), request);
            }
            Effect::WriteTable { format, path, rows, overwrite } => {
                let bytes = format.write_table(rows).map_err(|error| SaveError::Failed(error.to_string()));
                let result = bytes.and_then(|bytes| write_new(&path, &bytes, overwrite).map(drop));
                self.deliver(Msg::TableWritten(path, result), request);
            }
            Effect::ReadTwin { path, section, note } => {
                let other = store::load(&path, &self.library);
                let other =
                    other.map(|it| (it.draft.unit().to_string(), it.draft.text(&section).to_string()));
                let other = other.map_err(|error| error.to_string());
                self.deliver(Msg::TwinRead { section, note, other }, request);
            }
            Effect::Suspend => {
                // The stop may last for any time.
                self.session.sync(true);
                request.suspend = true;
            }
            Effect::Redraw => request.redraw = true,
            Effect::SetMouse(on) => {
                request.mouse = Some(on);
                // It holds for this session in any case.
                if let Some(Err(error)) =
                    self.dirs.as_ref().map(|dirs| store::settings::write_mouse(dirs, on))
                {
                    let message = format!("设置未能保存，只在本次有效：{error}");
                    self.deliver(Msg::Notify(message), request);
                }
            }
            Effect::ListRecent => self.list_recent(),
            Effect::Quit => request.quit = true,
        }
    }

    /// Adds units up in the background, unless the file is there and that was not asked about.
    fn compile(
        &mut self,
        files: Vec<PathBuf>,
        folder: PathBuf,
        (output, unit, again): (PathBuf, String, bool),
        request: &mut Request,
    ) {
        let refused = if !again && output.symlink_metadata().is_ok() {
            Some(SaveError::Exists)
        } else {
            let whole = (output.clone(), unit.clone(), again);
            let started = self.jobs.compile(files, folder, whole, (&self.library, self.dirs.clone()));
            started.err().map(|error| SaveError::Failed(format!("不能汇总：{error}")))
        };
        if let Some(refused) = refused {
            self.deliver(Msg::Compiled { output, unit, result: Err(refused) }, request);
        }
    }

    /// Acquires the lock of the open draft, or reports who holds it.
    pub(super) fn lock_draft(&mut self, request: &mut Request) {
        match self.session.lock(&now()) {
            Ok(()) => {}
            Err(LockError::HeldBy(owner)) => self.deliver(Msg::LockedBy(owner), request),
            Err(LockError::Unsupported(message)) => {
                let path = self.editor.path().unwrap_or_default();
                let message = match path.parent() {
                    Some(folder) if message == READ_ONLY_FOLDER => self.read_only_folder_notice(folder),
                    _ => message,
                };
                self.deliver(Msg::Notify(message), request);
            }
        }
    }

    /// Returns what the clerk should know of a file that is marked as read-only, or lies in such a folder.
    pub(super) fn read_only_notice(&self, path: &Path) -> Option<String> {
        Some(match store::read_only_mark(path)? {
            ReadOnly::File => "此文件为只读，修改后请另存".into(),
            ReadOnly::Folder => self.read_only_folder_notice(path.parent()?),
        })
    }

    fn read_only_folder_notice(&self, folder: &Path) -> String {
        format!("{READ_ONLY_FOLDER}：{}", self.editor.shown_path(folder))
    }

    /// Reports when changes are no longer recorded, or are recorded again.
    pub(super) fn report_fault(&mut self, request: &mut Request) {
        let fault = self.session.fault().cloned();
        if fault.is_some() == self.reported_fault.is_some() {
            return;
        }
        let why = fault.as_ref().map(ToString::to_string);
        self.reported_fault = fault;
        self.deliver(Msg::JournalError(why.clone()), request);
        if let Some(why) = why {
            let save = self.editor.keys.press(Scope::Everywhere, Command::Save, "保存");
            self.deliver(Msg::Notify(format!("改动未能写入恢复记录，请及时{save}：{why}")), request);
        }
    }

    pub(super) fn list_recent(&mut self) {
        self.flush_deferred();
        if let Some(dirs) = &self.dirs {
            let list = recent_summary::recent_entries(dirs);
            self.deliver(Msg::Recent(list), &mut Request::default());
            self.reads_recent = true;
        }
    }
}

/// Returns a message if something of a written file was lost, such as its owner.
fn lost_message(done: &str, result: &Result<Written, SaveError>) -> Option<String> {
    let warning = result.as_ref().ok().and_then(Written::warning)?;
    Some(format!("{done}；{warning}"))
}
