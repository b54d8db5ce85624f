//! Taking up, at the clerk's word, what an earlier sitting left in its journal.

use std::path::Path;

use super::Wishes;
use super::safety::Left;
use super::seat::Seat;
use crate::editor::{Msg, Opened};
use crate::merge;
use crate::store::journal::Recovered;

impl Seat {
    /// Offers what an earlier sitting left of this draft, or of one that was never saved; false where
    /// it left nothing.
    pub(super) fn offer(&mut self, path: Option<&Path>, wishes: &mut Wishes) -> bool {
        let Some(left) = self.safety.left(path, &self.library) else { return false };
        let Recovered { form, draft, base, .. } = &left.recovered;
        let changed = merge::difference(form, base, draft);
        let places: Vec<&str> = changed.fields().take(6).map(|id| form.place(id)).collect();
        let count = changed.fields().count();
        let when = left.waiting.when.and_then(|when| jiff::Timestamp::try_from(when).ok());
        let when = when.map_or(String::new(), |when| {
            when.to_zoned(jiff::tz::TimeZone::system()).strftime("，最后改动在 %m月%d日 %H:%M").to_string()
        });
        let words = vec![
            format!("上次没有正常退出{when}，有 {count} 处改动没有保存："),
            format!("{}{}", places.join("、"), if count > places.len() { " 等" } else { "" }),
            String::new(),
            "恢复后可以撤销，也可以不保存。".into(),
        ];
        self.left = Some(left);
        self.tell(Msg::Recoverable(words), wishes);
        true
    }

    pub(super) fn recover(&mut self, yes: bool, wishes: &mut Wishes) {
        let Some(Left { waiting, recovered }) = self.left.take() else { return };
        let path = recovered.head.draft.clone();
        // A draft with a name that was never saved has no file to be on the desk.
        let nowhere = path.as_deref().is_none_or(|path| !self.safety.is_own(path));
        if !yes {
            let _ = waiting.discard();
            if let Some(path) = path.filter(|_| nowhere) {
                self.tell(Msg::Missing(path), wishes);
            }
            return;
        }
        let fits = recovered.fits(self.safety.known());
        let mut opened = Opened {
            path: path.clone(),
            form: recovered.form.clone(),
            draft: recovered.draft.clone(),
            last: None,
            words: "已恢复上次的改动".into(),
        };
        if let Some((path, name)) = path.as_ref().zip(recovered.draft.last.as_ref()) {
            opened.last = self.last(path, name).ok();
        }
        if nowhere {
            self.safety.begin(path.as_deref(), &recovered.form, &recovered.base, None);
        }
        // What the file holds now, where it is no longer what the journal starts from.
        let theirs = self.editor.draft().filter(|_| !fits && !nowhere).cloned();
        if let Err(error) = self.safety.resume(waiting, &recovered) {
            self.tell(Msg::Say(error.to_string()), wishes);
        }
        self.tell(Msg::Recovered(Box::new(opened), recovered.history), wishes);
        if nowhere {
            self.claim(wishes);
        }
        if let Some(theirs) = theirs {
            let (base, theirs) = (Box::new(recovered.base), Box::new(theirs));
            self.tell(Msg::Theirs { base, theirs, then_save: false }, wishes);
        }
    }
}
