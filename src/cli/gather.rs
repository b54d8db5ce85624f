//! The units of a compiled draft as their files are now.

use std::path::Path;

use crate::draft::Draft;
use crate::form::{Form, Library};
use crate::rollup::{Contribution, Gathered};
use crate::store;

/// Reads the drafts of all units of a compiled draft that stands at `path`; none where the draft is
/// not a compiled one. Units are read one at a time, and what each gives is kept only with `keep`.
pub fn gather(path: &Path, form: &Form, draft: &Draft, library: &Library, keep: bool) -> Option<Gathered> {
    let compiled = draft.compiled.as_ref()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut gathered = Gathered::default();
    for part in &compiled.units {
        let read = store::load(&folder.join(&part.file), library);
        let read = read.map(|loaded| Contribution::of(&loaded.form, &loaded.draft));
        gathered.add(form, draft, part, read.map_err(|error| error.to_string()), keep);
    }
    gathered.sum(form, compiled);
    Some(gathered)
}
