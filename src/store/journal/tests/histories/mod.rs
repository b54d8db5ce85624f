//! Random histories of type, save, kill, recover, kill in recovery, recover, undo, save, on a disk that
//! fails, fills up, tears and forgets: what is offered is a draft that was on the screen, never one older
//! than the last that was flushed, and nothing is lost before it is saved or given up.
//!
//! `NIANBAO_HISTORIES=100000 cargo test --release histories` runs as many as that.

mod lineage;

use std::path::Path;
use std::sync::Arc;

use lineage::{FORM, FOUND, Life, Lineage};

use super::super::*;
use crate::draft::{Draft, FormIds, Value};
use crate::edit::{Edit, History};
use crate::form::{FieldId, Form, Library};
use crate::merge;
use crate::store::atomic::Expected;
use crate::store::disk::Disk;
use crate::store::disk::simulated::{Random, SimulatedDisk};
use crate::store::{Fingerprint, load, write};

const DRAFT: &str = "/reports/a.ron";
const FOLDER: &str = "/state/journal";

struct World {
    disk: SimulatedDisk,
    shared: Arc<dyn Disk>,
    library: Library,
    form: Arc<Form>,
    random: Random,
    /// Every text that was, or was being, saved.
    saved: Vec<Draft>,
    /// What is in no file and waits for a decision.
    lineages: Vec<Lineage>,
    /// Whether the disk fails in this life.
    faulty: bool,
    /// How often something was typed.
    typed: u64,
    offers: u64,
    kills: u64,
    /// What was done, for a failure to be understood.
    log: Vec<String>,
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{}", self.log.join("\n"));
        }
    }
}

impl World {
    fn new(seed: u64, library: &Library, form: &Arc<Form>) -> Self {
        let disk = SimulatedDisk::new(seed);
        let mut draft = Draft::empty(FormIds::same("small"));
        draft.set("cover.unit", Value::Text("示例局".into()));
        let world = World {
            shared: Arc::new(disk.clone()),
            disk,
            library: library.clone(),
            form: form.clone(),
            random: Random::new(seed ^ 0xabcd),
            saved: vec![draft.clone()],
            lineages: Vec::new(),
            faulty: false,
            typed: 0,
            offers: 0,
            kills: 0,
            log: Vec::new(),
        };
        assert!(world.write_file(&draft));
        world
    }

    /// Saves a draft as the program does; whether it knows that it is saved.
    fn write_file(&self, draft: &Draft) -> bool {
        write::save_on(&*self.shared, Path::new(DRAFT), &self.form, draft, Expected::Anything).is_ok()
    }

    fn read_file(&self) -> (Draft, Fingerprint) {
        let bytes = self.disk.bytes(Path::new(DRAFT)).expect("the file is there");
        let draft = load::parse("a.ron", &bytes, &self.library).expect("the file is whole").draft;
        assert!(self.saved.contains(&draft), "the file is one that was saved");
        (draft, Fingerprint::of(&bytes))
    }

    fn session(&self, draft: &Draft, print: &Fingerprint) -> SavedState {
        SavedState {
            path: Some(DRAFT.into()),
            since: "2026-01-20 09:30".into(),
            saved: (self.form.clone(), draft.clone()),
            on_disk: Some((print.hash, print.length)),
        }
    }

    /// Opens the draft, examines what is offered, decides; `None` if the process was killed in it.
    fn open(&mut self) -> Option<Life> {
        let (file, print) = self.read_file();
        let session = self.session(&file, &print);
        let folder = Some(FOLDER.into());
        let journal = SessionJournal::new(self.shared.clone(), self.library.clone(), folder, session);
        let mut life = Life {
            draft: file.clone(),
            history: History::new(),
            journal,
            lineage: Lineage::new(&file),
            absorbed: Vec::new(),
        };
        let mut held: Vec<OrphanJournal> = Vec::new();
        let mut seen = vec![false; self.lineages.len()];
        loop {
            let known = life.journal.known_paths().chain(held.iter().map(|orphan| &*orphan.path));
            let known: Vec<_> = known.map(Path::to_path_buf).collect();
            let known: Vec<&Path> = known.iter().map(|path| &**path).collect();
            let wanted = JournalQuery::ForDraft(Path::new(DRAFT), Some(&print));
            let found =
                next_leftover(&*self.shared, &self.library, Path::new(FOLDER), wanted, Some(&file), &known);
            if self.disk.is_dead() {
                self.abandon(life);
                return None;
            }
            match found {
                None => break,
                Some(Leftover::Unreadable(orphan, ..)) => held.push(orphan),
                Some(Leftover::Changes(changes)) => {
                    self.offers += 1;
                    let name = changes.0.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    self.log(
                        &format!("offered {name}, damaged {}", changes.1.damaged_bytes),
                        &changes.1.draft,
                    );
                    let at = self.lineage_of(&changes.1, &seen);
                    seen[at] = true;
                    if let Some(orphan) = self.decide(at, *changes, &mut life, &file, &print) {
                        held.push(orphan);
                    }
                }
            }
        }
        for (lineage, offered) in self.lineages.iter_mut().zip(seen) {
            assert!(offered || lineage.is_safe(&file), "nothing is offered of {:?}", lineage.shown.last());
            if !offered {
                lineage.give_up();
            }
        }
        Some(life)
    }

    fn log(&mut self, what: &str, draft: &Draft) {
        let fields = ["counts.one.a", "counts.one.b", "counts.two.a", "counts.two.b", "overview"];
        let values: Vec<_> = fields.iter().map(|id| draft.get(id).typed().replace('\n', "/")).collect();
        self.log.push(format!("{what}: {}", values.join(" ")));
    }

    /// Returns which of the waiting lineages an offer belongs to.
    fn lineage_of(&self, recovery: &Recovery, seen: &[bool]) -> usize {
        let fits = |at: &usize| !seen[*at] && self.lineages[*at].position(&recovery.draft).is_some();
        // What was written last is offered first.
        let mut all: Vec<usize> = (0..seen.len()).rev().collect();
        all.sort_by_key(|at| self.lineages[*at].optional);
        all.into_iter().find(fits).unwrap_or_else(|| {
            panic!("{:?} was never on the screen, or is older than what was flushed", recovery.draft)
        })
    }

    /// Decides about an offer. Returns the journal if it is to wait.
    fn decide(
        &mut self,
        at: usize,
        (orphan, recovery): (OrphanJournal, Recovery),
        life: &mut Life,
        file: &Draft,
        print: &Fingerprint,
    ) -> Option<OrphanJournal> {
        let choice = self.random.below(10);
        self.log.push(format!("choice {choice}, fresh {}, at {at}", life.journal.is_fresh()));
        match choice {
            0 => return Some(orphan),
            1 if recovery.damaged_bytes == 0 => {
                self.lineages[at].give_up();
                let _ = orphan.discard(&*self.shared);
            }
            _ if life.journal.is_fresh() && life.absorbed.is_empty() && life.lineage.shown.len() == 1 => {
                self.restore(at, (orphan, recovery), life, file, print);
            }
            _ => {
                life.journal.absorb(orphan, &recovery);
                life.absorbed.push(at);
                self.merge(life, &recovery.saved.1, &recovery.draft);
            }
        }
        None
    }

    /// Takes an earlier session up: its lineage goes on.
    fn restore(
        &mut self,
        at: usize,
        (orphan, recovery): (OrphanJournal, Recovery),
        life: &mut Life,
        file: &Draft,
        print: &Fingerprint,
    ) {
        let lineage = &mut self.lineages[at];
        let position = lineage.position(&recovery.draft).expect("it was offered");
        lineage.shown.truncate(position + 1);
        (lineage.recorded, lineage.flushed) = (position, lineage.flushed.min(position));
        life.lineage = Lineage { optional: false, ..lineage.clone() };
        // It is this life's from now on.
        lineage.give_up();
        (life.draft, life.history) = (recovery.draft.clone(), recovery.history.clone());
        let now = (&*self.form, &life.draft, &life.history);
        life.journal.adopt(orphan, &recovery, now);
        if !recovery.fits(Some(print)) {
            let saved = (self.form.clone(), file.clone());
            life.journal.rebase(saved, Some((print.hash, print.length)));
            self.merge(life, &recovery.saved.1, file);
        }
    }

    fn merge(&mut self, life: &mut Life, base: &Draft, theirs: &Draft) {
        let (merged, _) = merge::merge(&self.form, base, &life.draft, theirs);
        let edit = merge::edit_between(&self.form, &life.draft, &merged);
        life.history.close_group();
        life.history.apply(&mut life.draft, edit);
        life.history.mark_unsaved();
        self.record(life);
    }

    /// Writes down what was done since the last time, as `update` does before a frame is painted.
    fn record(&mut self, life: &mut Life) {
        let events = life.history.drain_events();
        if events.is_empty() {
            return;
        }
        life.lineage.shown.push(life.draft.clone());
        let what = format!("{events:?}");
        life.journal.record(events, (&self.form, &life.draft, &life.history));
        self.log(&format!("{what}, fault {}", life.journal.fault().is_some()), &life.draft);
        if !self.disk.is_dead() && life.journal.fault().is_none() {
            life.lineage.recorded = life.lineage.shown.len() - 1;
        }
    }

    fn sync(&mut self, life: &mut Life) {
        life.journal.sync();
        if !self.disk.is_dead() && life.journal.fault().is_none() && life.journal.path().is_some() {
            life.lineage.flushed = life.lineage.recorded;
            self.log("flushed", &life.lineage.shown[life.lineage.flushed].clone());
        }
    }

    fn save(&mut self, life: &mut Life) {
        self.saved.push(life.draft.clone());
        self.log("saves", &life.draft);
        // A journal that is older than the file would be offered after a loss of power.
        self.sync(life);
        if !self.write_file(&life.draft) || self.disk.is_dead() {
            // It may be in the file, now or after a loss of power.
            return;
        }
        let print = Fingerprint::of(&self.disk.bytes(Path::new(DRAFT)).expect("it was written"));
        let session = self.session(&life.draft, &print);
        life.history.close_group();
        life.history.drain_events();
        life.history.mark_saved();
        life.journal.on_saved(session, (&self.form, &life.draft, &life.history));
        for at in life.absorbed.drain(..) {
            self.lineages[at].give_up();
        }
        let mut old = std::mem::replace(&mut life.lineage, Lineage::new(&life.draft));
        if self.disk.is_dead() || self.faulty {
            // What a failing disk does not let go may be offered once more, as older than the file.
            old.give_up();
            self.lineages.push(old);
        }
    }

    fn type_something(&mut self, life: &mut Life) {
        let cells = ["counts.one.a", "counts.one.b", "counts.two.a", "counts.two.b"];
        // No two drafts are the same by chance, so that it is clear which one is offered.
        self.typed += 1;
        match self.random.below(12) {
            0..=4 => {
                let id = FieldId::new(cells[usize::try_from(self.random.below(4)).unwrap_or(0)]);
                let edit = Edit::set(&life.draft, &id, Value::Count(self.typed));
                life.history.apply_grouped(&mut life.draft, edit);
            }
            5..=7 => {
                let mut text = life.draft.text("overview").to_string();
                let whole = text.chars().count();
                let cut = usize::try_from(self.random.below(whole as u64 + 1)).unwrap_or(0);
                let at = text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at);
                text.insert_str(at, &format!("第{}件\n", self.typed));
                let edit = Edit::set(&life.draft, &FieldId::new("overview"), Value::Text(text));
                life.history.apply_grouped(&mut life.draft, edit);
            }
            8 => life.history.close_group(),
            9 => drop(life.history.undo(&mut life.draft)),
            10 => drop(life.history.redo(&mut life.draft)),
            _ => life.history.cancel_group(&mut life.draft),
        }
        self.record(life);
    }

    /// The process has ended: what it had waits for the next.
    fn abandon(&mut self, life: Life) {
        self.kills += 1;
        let power = self.random.below(2) == 0;
        let how = if power { "loses power" } else { "killed" };
        self.log(
            &format!("{how}, fault {:?}", life.journal.fault().map(|fault| &fault.message)),
            &life.draft,
        );
        let mut lineage = life.lineage;
        drop(life.journal);
        if power {
            self.disk.lose_power();
        } else {
            self.disk.restart();
        }
        self.log.push(format!("{:?}", self.disk.files()));
        if power {
            lineage.recorded = lineage.flushed;
            for other in &mut self.lineages {
                other.recorded = other.recorded.min(other.flushed);
            }
        }
        if lineage.shown.len() > 1 {
            self.lineages.push(lineage);
        }
    }

    fn run(&mut self) {
        for _ in 0..3 + self.random.below(6) {
            if self.random.below(2) == 0 {
                self.disk.kill_after(self.random.below(60));
            }
            let Some(mut life) = self.open() else { continue };
            let luck = self.random.below(6);
            self.faulty = luck < 2;
            match luck {
                0 => self.disk.fail_one_in(2 + self.random.below(20)),
                1 => self.disk.set_full(true),
                _ => {}
            }
            let mut left = false;
            for _ in 0..self.random.below(30) {
                match self.random.below(20) {
                    0 | 1 => self.save(&mut life),
                    2 | 3 => self.sync(&mut life),
                    4 => self.disk.kill_after(self.random.below(12)),
                    5 => {
                        self.disk.fail_one_in(0);
                        self.disk.set_full(false);
                    }
                    6 if self.random.below(8) == 0 => {
                        left = true;
                        break;
                    }
                    _ => self.type_something(&mut life),
                }
                if self.disk.is_dead() {
                    break;
                }
            }
            if left && !self.disk.is_dead() {
                self.leave_without_saving(life);
            } else {
                self.abandon(life);
            }
        }
    }
}

#[test]
fn what_is_offered_was_on_the_screen_and_nothing_is_lost() {
    let wanted = std::env::var("NIANBAO_HISTORIES").ok().and_then(|count| count.parse().ok());
    let first: u64 = std::env::var("NIANBAO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let mut library = Library::new();
    library.add("small.ron", FORM).expect("the form is whole");
    let form = Draft::empty(FormIds::same("small")).form(&library).expect("the form is there");
    let (mut offers, mut kills) = (0, 0);
    for seed in FOUND.into_iter().chain(first..first + wanted.unwrap_or(500)) {
        let ran = std::panic::catch_unwind(|| {
            let mut world = World::new(seed, &library, &form);
            world.run();
            (world.offers, world.kills)
        });
        let Ok((offered, killed)) = ran else { panic!("seed {seed}") };
        (offers, kills) = (offers + offered, kills + killed);
    }
    println!("{kills} ends, {offers} offers");
    assert!(offers > 0 && kills > 0, "the histories do something");
}
