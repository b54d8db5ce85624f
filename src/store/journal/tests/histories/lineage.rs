//! What a session typed, and what of it has to come back.

use crate::draft::Draft;
use crate::edit::History;
use crate::store::journal::SessionJournal;

/// What was typed since a journal began or was taken up, as long as it is in no file.
#[derive(Clone, Debug)]
pub struct Lineage {
    /// The drafts that were on the screen, the first as it was read.
    pub shown: Vec<Draft>,
    /// Which of them a kill, and a loss of power, may not go back behind.
    pub recorded: usize,
    pub flushed: usize,
    /// Whether it may be gone: it was being removed when the process ended.
    pub optional: bool,
}

impl Lineage {
    pub fn new(draft: &Draft) -> Self {
        Lineage { shown: vec![draft.clone()], recorded: 0, flushed: 0, optional: false }
    }

    /// Returns which of the drafts that may come back this is, the latest one.
    pub fn position(&self, draft: &Draft) -> Option<usize> {
        self.shown.iter().rposition(|shown| shown == draft).filter(|at| *at >= self.recorded)
    }

    /// It may be gone from now on; it may also come back, as it was at any time.
    pub fn give_up(&mut self) {
        (self.optional, self.recorded, self.flushed) = (true, 0, 0);
    }

    /// Returns whether nothing of it need be offered: what may come back is in the file, or is what it
    /// began with.
    pub fn is_safe(&self, file: &Draft) -> bool {
        self.optional || self.position(file).is_some() || self.position(&self.shown[0]).is_some()
    }
}

/// A form small enough for many thousand drafts to be read.
pub const FORM: &str = r#"(id: "small", name: "小", instrument: "试", years: (from: 2021), sections: [
  (id: "cover", title: "封面", tab: "封面", body: Cover(fields: [(id: "unit", label: "单位", kind: Text),
    (id: "year", label: "年度", kind: Year)])),
  (id: "overview", numeral: "一", title: "总体", tab: "一", body: Narrative()),
  (id: "counts", numeral: "二", title: "数", tab: "二", body: Table(blocks: [(caption: "数", corner: "项",
    columns: [(id: "a", label: "甲", short: "甲"), (id: "b", label: "乙", short: "乙")],
    rows: [(id: "one", label: "一"), (id: "two", label: "二")])])),
])"#;

/// The draft that is open, in one life of the program.
pub struct Life {
    pub draft: Draft,
    pub history: History,
    pub journal: SessionJournal,
    pub lineage: Lineage,
    pub absorbed: Vec<usize>,
}

/// Histories that once lost something.
pub const FOUND: [u64; 9] = [48, 50, 469, 861, 1262, 1891, 6040, 112_575, 206_670];

impl super::World {
    /// Leaves without saving: what the session had taken over from earlier ones is given up with it.
    pub fn leave_without_saving(&mut self, mut life: Life) {
        for at in std::mem::take(&mut life.absorbed) {
            self.lineages[at].give_up();
        }
        life.lineage.give_up();
        life.journal.close();
        self.lineages.push(life.lineage);
        self.disk.restart();
    }
}
