//! The units of a compiled draft as their files are now, and those that have filed since.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::files::{self, FoundFile};
use crate::compile::{Contribution, CurrentUnits};
use crate::draft::{Compiled, Draft};
use crate::form::{Form, Library};
use crate::store;

/// Reads the drafts of all units of the compiled draft at `path`, or returns `None` if the draft is not a
/// compiled one. Units are read one at a time, and the values of each are kept only with `keep`. Where
/// units were missing, the other drafts that lie where the units' drafts lie are read too.
pub fn read_units(
    path: &Path,
    form: &Form,
    draft: &Draft,
    library: &Library,
    keep: bool,
) -> Option<CurrentUnits> {
    let compiled = draft.compiled.as_ref()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = |file: &Path| {
        let read = store::load(file, library);
        read.map(|loaded| Contribution::of(&loaded.form, &loaded.draft)).map_err(|error| error.to_string())
    };
    let mut gathered = CurrentUnits::default();
    for part in &compiled.units {
        gathered.add_unit(form, draft, part, read(&folder.join(&part.file)), keep);
    }
    if !compiled.missing.is_empty() {
        let own = store::stored_path(folder, path);
        let known = compiled.units.iter().map(|part| part.file.as_str()).chain([own.as_str()]);
        let known: HashSet<&str> = known.collect();
        for FoundFile { path, .. } in nearby_drafts(folder, compiled) {
            let file = store::stored_path(folder, &path);
            if !known.contains(file.as_str())
                && let Ok(given) = read(&path)
            {
                gathered.note_late_unit(draft, file, given);
            }
        }
    }
    gathered.finish(form, compiled);
    Some(gathered)
}

/// Returns the drafts that lie where those of the units lie: in the folder that holds them all and below
/// it, no deeper than they do. With the units in a folder of their own each, it is the folders beside them.
fn nearby_drafts(folder: &Path, compiled: &Compiled) -> impl Iterator<Item = FoundFile> {
    let mut folders =
        compiled.units.iter().map(|part| Path::new(&part.file).parent().unwrap_or(Path::new("")));
    let first: PathBuf = folders.next().map_or_else(PathBuf::new, Path::to_path_buf);
    let (mut common, mut deepest) = (first.clone(), first.components().count());
    for folder_of_unit in folders {
        while !folder_of_unit.starts_with(&common) {
            common.pop();
        }
        deepest = deepest.max(folder_of_unit.components().count());
    }
    let depth = deepest - common.components().count();
    let root = folder.join(common);
    files::walk_drafts(if root.as_os_str().is_empty() { Path::new(".") } else { &root }, depth + 1)
}
