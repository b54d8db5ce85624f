//! How every unit of a folder stands: for `status`, and for the screen over a folder.

use jiff::civil::Date;
use std::path::{Path, PathBuf};

use super::check::examine::Examiner;
use super::files::{self, Listed};
use super::{bulk, compile};
use crate::check::Weight;
use crate::draft::{Amount, Ledger};
use crate::form::{Form, Library};
use crate::rollup::{Filed, Roster};
use crate::store::Loaded;

/// The names by which the list of units that have to report is found in their folder.
const ROSTERS: [&str; 2] = ["名单.txt", "units.txt"];

/// Reads all drafts in and below a folder, on all cores, and hands over how each stands, by name,
/// until `take` answers `false`. What cannot be read is among them, with the reason.
pub fn survey(folder: &Path, library: &Library, today: Date, take: impl FnMut(Filed) -> bool) {
    let examiner = Examiner::new(library, None, today);
    let folder = [folder.to_path_buf()];
    bulk::in_order(files::list(&folder), |listed| filed(&examiner, &listed), take);
}

/// How one file stands now.
pub fn standing(file: &Path, library: &Library, today: Date) -> Filed {
    let examiner = Examiner::new(library, None, today);
    filed(&examiner, &Listed { path: file.into(), fault: None })
}

/// The list of units that have to report: the one named, else the one that lies in their folder as
/// `名单.txt` or `units.txt`; none where none does.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn roster(named: Option<&Path>, folder: &Path) -> Result<Option<Roster>, String> {
    let beside = || ROSTERS.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    let found: Option<PathBuf> = named.map(PathBuf::from).or_else(beside);
    let read = found.map(|path| compile::roster(&path)).transpose();
    read.map_err(|refusal| refusal.words().unwrap_or_default().to_string())
}

/// Reads and judges one file.
pub(super) fn filed(examiner: &Examiner, listed: &Listed) -> Filed {
    let mut filed = Filed {
        file: listed.path.clone(),
        unit: String::new(),
        year: None,
        fault: None,
        errors: 0,
        warnings: 0,
        old_format: false,
        compiled: false,
        received: Amount::Blank,
        handled: Amount::Blank,
        carried: Amount::Blank,
        before: None,
    };
    let read = match examiner.read(listed) {
        Ok(read) => read,
        Err(words) => {
            filed.fault = Some(words);
            return filed;
        }
    };
    let findings = examiner.judge(&listed.path, &read);
    let open = || findings.iter().filter(|finding| finding.is_open());
    filed.errors = open().filter(|finding| finding.weight == Weight::Error).count();
    filed.warnings = open().filter(|finding| finding.weight == Weight::Warning).count();
    filed.old_format = open().any(|finding| finding.rule == "S1");
    let total = |ledger: &Ledger, form: &Form, row| ledger.amount(form, &format!("requests.{row}.total"));
    let Loaded { form, draft, .. } = read.loaded;
    let ledger = Ledger::new(&form, &draft);
    filed.received = total(&ledger, &form, "new");
    filed.handled = total(&ledger, &form, "handled");
    filed.carried = total(&ledger, &form, "carried_out");
    filed.before = read.named.map(|last| total(&last.ledger, &last.form, "new"));
    (filed.unit, filed.year, filed.compiled) = (draft.unit().into(), draft.year(), draft.compiled.is_some());
    filed
}
