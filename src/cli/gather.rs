//! The units of a compiled draft as their files are now.

use std::path::Path;

use crate::check::Units;
use crate::draft::{Draft, Value};
use crate::form::{FieldId, Form, Library};
use crate::rollup::{Contribution, Rollup};
use crate::store;

/// What the units' files say now, beside what the compiled draft says of them.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The sum of every entered cell, adjustments included.
    pub sums: Vec<(FieldId, Value)>,
    /// Units whose numbers have changed since they were added.
    pub changed: Vec<String>,
    /// Units that cannot be read or added now, with the reason.
    pub unread: Vec<String>,
    /// The sums while they can still be taken into the draft: see [`Rollup::taken_into`].
    pub rollup: Rollup,
}

impl Gathered {
    /// What the checks may know of it.
    pub fn units(&self) -> Units<'_> {
        Units { sums: &self.sums, changed: &self.changed, unread: &self.unread }
    }
}

/// Reads the drafts of all units of a compiled draft that stands at `path`; none where the draft is
/// not a compiled one. Units are read one at a time and not kept.
pub fn gather(path: &Path, form: &Form, draft: &Draft, library: &Library) -> Option<Gathered> {
    let compiled = draft.compiled.as_ref()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut gathered = Gathered::default();
    for part in &compiled.units {
        let loaded = match store::load(&folder.join(&part.file), library) {
            Ok(loaded) => loaded,
            Err(error) => {
                gathered.unread.push(format!("{}（{error}）", part.unit));
                continue;
            }
        };
        let given = Contribution::of(&loaded.form, &loaded.draft);
        if given.forms != draft.forms || given.year != draft.year() {
            gathered.unread.push(format!("{}（{} 的年度或格式与汇总不同）", part.unit, part.file));
            continue;
        }
        if given.print != part.print {
            gathered.changed.push(part.unit.clone());
        }
        if let Err(mixed) = gathered.rollup.add(form, &part.file, given) {
            gathered.unread.push(format!("{}（{mixed}）", part.unit));
        }
    }
    gathered.sums = gathered.rollup.values(form, &compiled.adjustments);
    Some(gathered)
}
