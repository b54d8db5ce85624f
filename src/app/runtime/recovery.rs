//! Recovers what an earlier session left in its journal, after asking the clerk.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{OfferedRecovery, Runtime};
use crate::app::environment::now;
use crate::app::event_loop::Request;
use crate::draft::Draft;
use crate::editor::{MergeOrigin, Msg, Opened, RecoveryAnswer};
use crate::form::{FieldId, Form};
use crate::merge;
use crate::store::journal::{Leftover, OrphanJournal, Recovery};

/// How many changed fields a question lists.
const MAX_FIELDS: usize = 6;
/// How many characters of a text a question shows.
const MAX_CHARS: usize = 16;

impl Runtime {
    /// Offers the next thing that an earlier session left of this draft, or of one that was never saved.
    ///
    /// Returns `false` if there is nothing to offer.
    pub(super) fn offer_recovery(&mut self, path: Option<&Path>, request: &mut Request) -> bool {
        loop {
            match self.session.next_leftover(path, &self.library) {
                None => return false,
                Some(Leftover::Unreadable(orphan, error, kept)) => {
                    self.session.postpone(orphan);
                    let lines = vec![error.message, format!("记录已保留：{}", kept.display())];
                    self.deliver(Msg::JournalUnreadable(lines), request);
                }
                Some(Leftover::Changes(changes)) => {
                    let (lines, outdated) = self.describe(&changes.0, &changes.1);
                    let (orphan, recovery) = *changes;
                    self.leftover =
                        Some(OfferedRecovery { path: path.map(Path::to_path_buf), orphan, recovery });
                    self.deliver(Msg::Recoverable { lines, outdated }, request);
                    return true;
                }
            }
        }
    }

    /// Returns lines that describe to the clerk what was left, and whether the open draft is newer.
    fn describe(&self, orphan: &OrphanJournal, recovery: &Recovery) -> (Vec<String>, bool) {
        let when = orphan.modified.map_or(String::new(), |when| format!("，最后改动在 {}", moment(when)));
        let open = self.editor.draft().filter(|_| self.has_file());
        let file = self.session.known();
        let fits = recovery.fits(file) && self.session.is_fresh();
        let mut lines = Vec::new();
        let mut outdated = false;
        match open.filter(|_| !fits) {
            Some(open) => {
                let saved = file.and_then(|file| file.modified);
                outdated = self.is_outdated(orphan);
                let now = match saved.filter(|_| self.session.is_fresh()) {
                    Some(saved) => format!("文件保存于 {}", moment(saved)),
                    None => "这里已有改动".into(),
                };
                let age = if outdated { "较早的" } else { "" };
                lines.push(format!("上次没有正常退出，留下一份{age}恢复记录{when}；{now}。不同之处："));
                lines.extend(differences(&recovery.form, &recovery.draft, open));
            }
            None => {
                let changed = merge::edit_between(&recovery.form, &recovery.saved.1, &recovery.draft);
                let named: Vec<&str> =
                    changed.fields().take(MAX_FIELDS).map(|id| recovery.form.location(id)).collect();
                let count = changed.fields().count();
                lines.push(format!("{}上次没有正常退出{when}，有 {count} 处改动没有保存：", whose(recovery)));
                lines.push(format!("{}{}", named.join("、"), if count > named.len() { " 等" } else { "" }));
            }
        }
        lines.push(String::new());
        if let Some(moved) = self.moved_from(recovery) {
            lines.push(format!("这份草稿原来在 {}。", moved.display()));
        }
        if recovery.damaged_bytes > 0 {
            lines.push(format!("可恢复到第 {} 步；后面的记录已损坏，将另存备查。", recovery.steps));
        }
        lines.push("恢复后可以撤销，也可以不保存。".into());
        (lines, outdated)
    }

    /// Returns `true` if the open draft or its file may be newer than a journal.
    fn is_outdated(&self, orphan: &OrphanJournal) -> bool {
        let saved = self.session.known().and_then(|file| file.modified);
        !self.session.is_fresh() || saved.is_none() || orphan.modified < saved
    }

    /// Returns `true` if a draft is open that was read from its file.
    fn has_file(&self) -> bool {
        self.editor.draft().is_some() && self.session.known().is_some()
    }

    /// Returns where the open draft was when the journal was written, if it has moved since.
    fn moved_from(&self, recovery: &Recovery) -> Option<PathBuf> {
        let known = self.session.known().and(recovery.header.draft());
        known.filter(|path| !self.session.is_own(path) && !path.exists())
    }

    /// Does what the clerk has answered, and offers the next thing that was left.
    pub(super) fn recover(&mut self, answer: RecoveryAnswer, request: &mut Request) {
        let Some(OfferedRecovery { path, orphan, recovery }) = self.leftover.take() else { return };
        let open = self.has_file();
        match answer {
            RecoveryAnswer::Restore if open => self.restore_open(orphan, recovery, request),
            RecoveryAnswer::Restore => return self.restore_unsaved(orphan, recovery, request),
            RecoveryAnswer::Postpone => self.session.postpone(orphan),
            RecoveryAnswer::Discard => {
                if let Some(kept) = self.session.set_aside(orphan, &recovery) {
                    let lines = vec![format!("损坏的恢复记录没有删除，另存为：{}", kept.display())];
                    self.deliver(Msg::JournalUnreadable(lines), request);
                }
            }
        }
        if !self.offer_recovery(path.as_deref(), request)
            && let Some(path) = path.filter(|_| !open)
        {
            self.deliver(Msg::Missing(path), request);
        }
    }

    /// Restores what was left of the open draft.
    fn restore_open(&mut self, orphan: OrphanJournal, recovery: Recovery, request: &mut Request) {
        let Some(file) = self.editor.draft().cloned() else { return };
        let base = Box::new(recovery.saved.1.clone());
        if !self.session.is_fresh() || self.editor.is_modified() {
            // The open draft is newer: what was left is merged into it.
            let theirs = Box::new(recovery.draft.clone());
            self.session.absorb(orphan, &recovery);
            return self.deliver(
                Msg::Diverged { base, theirs, origin: MergeOrigin::Journal, then_save: false },
                request,
            );
        }
        // Computed again: the file may have been saved while the clerk was deciding.
        let (fits, outdated) = (recovery.fits(self.session.known()), self.is_outdated(&orphan));
        let file_form = self.editor.form();
        let path = self.editor.path();
        self.show_recovered(path, orphan, &recovery, request);
        if !fits && let Some(form) = file_form {
            self.session.rebase((form, file.clone()));
            let origin = if outdated { MergeOrigin::NewerFile } else { MergeOrigin::File };
            self.deliver(Msg::Diverged { base, theirs: Box::new(file), origin, then_save: false }, request);
        }
    }

    /// Restores a draft that has no file.
    fn restore_unsaved(&mut self, orphan: OrphanJournal, recovery: Recovery, request: &mut Request) {
        let path = recovery.header.draft();
        self.session.begin(path.as_deref(), recovery.saved.clone(), None, (&now(), &self.library));
        self.show_recovered(path, orphan, &recovery, request);
        self.lock_draft(request);
    }

    /// Opens the recovered draft with its history, and continues its journal.
    fn show_recovered(
        &mut self,
        path: Option<PathBuf>,
        orphan: OrphanJournal,
        recovery: &Recovery,
        request: &mut Request,
    ) {
        let last_year = path.as_ref().zip(recovery.draft.last_year.as_ref());
        let last_year = last_year.and_then(|(path, name)| self.load_last_year(path, name).ok());
        let message = if recovery.damaged_bytes > 0 {
            format!("已恢复到第 {} 步，后面的记录已损坏，已另存", recovery.steps)
        } else {
            "已恢复上次的改动".into()
        };
        let (form, draft) = (recovery.form.clone(), recovery.draft.clone());
        let opened = Opened { path, form, draft, last_year, message };
        self.session.adopt(orphan, recovery, (&recovery.form, &recovery.draft, &recovery.history));
        self.deliver(Msg::Recovered(Box::new(opened), recovery.history.clone()), request);
    }
}

/// Returns whose report was left, and in which file, to stand before a sentence.
fn whose(recovery: &Recovery) -> String {
    let draft = &recovery.draft;
    let unit = if draft.unit().is_empty() { "未填单位" } else { draft.unit() };
    let year = draft.year().map_or(String::new(), |year| format!("{year}年度"));
    let path = recovery.header.draft();
    let file = path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let file = file.unwrap_or_else(|| "还没有存过文件".into());
    format!("{unit}{year}报告（{file}），")
}

/// Returns a line for each difference between what was left and what is open.
fn differences(form: &Form, left: &Draft, open: &Draft) -> Vec<String> {
    let changed = merge::edit_between(form, open, left);
    let fields: Vec<&FieldId> = changed.fields().collect();
    let line = |id: &&FieldId| {
        let (left, open) = (left.get(id.as_str()).typed(), open.get(id.as_str()).typed());
        let same = left.chars().zip(open.chars()).take_while(|(a, b)| a == b).count();
        let from = if same > MAX_CHARS { same - MAX_CHARS / 2 } else { 0 };
        format!("{}：记录“{}”，现在“{}”", form.location(id), cut(&left, from), cut(&open, from))
    };
    let mut lines: Vec<String> = fields.iter().take(MAX_FIELDS).map(line).collect();
    if fields.len() > MAX_FIELDS {
        lines.push(format!("……共 {} 处", fields.len()));
    }
    lines
}

/// Returns the part of a text from `from` on that fits into a line.
fn cut(text: &str, from: usize) -> String {
    let part: String =
        text.chars().skip(from).take(MAX_CHARS).map(|c| if c == '\n' { ' ' } else { c }).collect();
    let (before, after) = (from > 0, text.chars().count() > from + MAX_CHARS);
    format!("{}{part}{}", if before { "…" } else { "" }, if after { "…" } else { "" })
}

/// Formats a time in the local time zone.
fn moment(when: SystemTime) -> String {
    let when = jiff::Timestamp::try_from(when).unwrap_or_default();
    when.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%m月%d日 %H:%M").to_string()
}
