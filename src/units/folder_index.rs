//! What the reports of a folder say of each other: their units, and which of them have the same text.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::files::FoundFile;
use super::parallel;
use crate::check::{TextSketch, find_candidates, likeness, sentence_subjects};
use crate::draft::{Draft, TwinText};
use crate::form::Library;
use crate::store;

/// The units of a folder's reports and the texts that two of them share.
#[derive(Debug, Default)]
pub struct FolderIndex {
    units: HashSet<String>,
    twins: HashMap<PathBuf, Vec<TwinText>>,
    /// The reports of which a sentence begins with another unit.
    foreign: HashSet<PathBuf>,
}

/// What is kept of one report while all are read.
struct Indexed {
    path: PathBuf,
    unit: String,
    year: Option<u16>,
    sketches: Vec<(&'static str, TextSketch)>,
    /// What its sentences begin with, as far as it may be a unit.
    subjects: Vec<String>,
}

impl FolderIndex {
    /// Reads all drafts once. Those that cannot be read are left to the check, which says why.
    pub fn read(files: impl Iterator<Item = FoundFile> + Send, library: &Library) -> Self {
        let each = |file: FoundFile| {
            if file.error.is_some() {
                return None;
            }
            let draft = store::load(&file.path, library).ok()?.draft;
            // A sum of units has no text of its own to compare.
            let sketches = if draft.compiled.is_none() { TextSketch::of_draft(&draft) } else { Vec::new() };
            let (unit, year) = (draft.unit().trim().into(), draft.year());
            Some(Indexed { path: file.path, unit, year, sketches, subjects: sentence_subjects(&draft) })
        };
        let mut all = Vec::new();
        parallel::map_in_order(files, each, |indexed| {
            all.extend(indexed);
            true
        });
        let units: HashSet<String> =
            all.iter().map(|one| one.unit.clone()).filter(|unit| !unit.is_empty()).collect();
        let foreign = all.iter().filter(|one| begins_with_another(one, &units)).map(|one| one.path.clone());
        FolderIndex { foreign: foreign.collect(), twins: find_twins(&all, library), units }
    }

    /// Returns the units of all reports.
    pub fn units(&self) -> &HashSet<String> {
        &self.units
    }

    /// Returns `true` if the other reports may say more of the one at this path than it says itself.
    pub fn concerns(&self, path: &Path) -> bool {
        self.twins.contains_key(path) || self.foreign.contains(path)
    }

    /// Returns the reports of other units that share a text with the one at this path.
    pub fn twins_of(&self, path: &Path) -> &[TwinText] {
        self.twins.get(path).map_or(&[], Vec::as_slice)
    }
}

fn begins_with_another(one: &Indexed, units: &HashSet<String>) -> bool {
    let is_other = |name: &str| name != one.unit && units.contains(name);
    let names =
        |subject: &String| subject.char_indices().any(|(at, c)| is_other(&subject[..at + c.len_utf8()]));
    one.subjects.iter().any(names)
}

fn find_twins(all: &[Indexed], library: &Library) -> HashMap<PathBuf, Vec<TwinText>> {
    let mut twins: HashMap<PathBuf, Vec<TwinText>> = HashMap::new();
    // Few texts are candidates, so they are read again and not kept.
    let mut drafts: HashMap<usize, Option<Draft>> = HashMap::new();
    let mut load = |at: usize| {
        let read = || store::load(&all[at].path, library).ok().map(|loaded| loaded.draft);
        drafts.entry(at).or_insert_with(read).clone()
    };
    let sections: Vec<&str> = all
        .iter()
        .find(|one| !one.sketches.is_empty())
        .map(|one| one.sketches.iter().map(|(section, _)| *section).collect())
        .unwrap_or_default();
    for (at, section) in sections.into_iter().enumerate() {
        let sketches: Vec<TextSketch> = all
            .iter()
            .map(|one| one.sketches.get(at).map(|(_, it)| it.clone()).unwrap_or_default())
            .collect();
        for (one, other) in find_candidates(&sketches) {
            let (this, that) = (&all[one], &all[other]);
            if this.unit == that.unit || this.year != that.year {
                continue;
            }
            let (Some(a), Some(b)) = (load(one), load(other)) else { continue };
            let Some(share) = likeness(a.text(section), b.text(section)) else { continue };
            for (this, that) in [(this, that), (that, this)] {
                let file = that.path.display().to_string();
                let twin = TwinText { section: section.into(), unit: that.unit.clone(), file, share };
                twins.entry(this.path.clone()).or_default().push(twin);
            }
        }
    }
    twins
}
