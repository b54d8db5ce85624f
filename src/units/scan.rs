//! The status of every unit of a folder.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use super::file_checker::FileChecker;
use super::files::{self, FoundFile};
use super::folder_index::FolderIndex;
use super::parallel;
use crate::check::{Finding, Severity, count_slips};
use crate::compile::{Roster, UnitFile, UnitFinding};
use crate::draft::Ledger;
use crate::form::{Form, Library, Section};
use crate::store::{self, Loaded};

/// So many findings of a file are kept in words.
const FIRST_FINDINGS: usize = 2;

/// The names by which the list of units that have to report is found in their folder.
const ROSTER_NAMES: [&str; 2] = ["名单.txt", "units.txt"];

/// Reads all drafts in and below a folder, on all cores, and passes the status of each to `take`, by name,
/// until it returns `false`. What cannot be read is among them, with the reason. Those of which the others
/// of the folder say more, such as one that has the same text, come once again at the end.
pub fn scan_folder(folder: &Path, library: &Library, today: Date, mut take: impl FnMut(UnitFile) -> bool) {
    let checker = FileChecker::new(library, None, today);
    let mut more = true;
    let each = |found: FoundFile| check_unit_file(&checker, &found);
    let mut count = 0;
    parallel::map_in_order(files::walk_drafts(folder, usize::MAX), each, |unit_file| {
        count += 1;
        more = take(unit_file);
        more
    });
    if !more || count < 2 {
        return;
    }
    // What two reports say of each other is known only now; it is of few of them.
    let index = FolderIndex::read(files::walk_drafts(folder, usize::MAX), library);
    let concerned = files::walk_drafts(folder, usize::MAX).filter(|file| index.concerns(&file.path));
    let checker = FileChecker::new(library, None, today).beside(&index);
    parallel::map_in_order(concerned, |file| check_unit_file(&checker, &file), take);
}

/// Returns the status of one file now.
pub fn read_unit_file(file: &Path, library: &Library, today: Date) -> UnitFile {
    let checker = FileChecker::new(library, None, today);
    check_unit_file(&checker, &FoundFile { path: file.into(), error: None })
}

/// Returns the list of units that have to report: the one named, else the one that lies in their folder as
/// `名单.txt` or `units.txt`; or `None` if there is neither.
///
/// # Errors
/// Returns a message for the clerk if the list cannot be read.
pub fn find_roster(named: Option<&Path>, folder: &Path) -> Result<Option<Roster>, String> {
    let found: Option<PathBuf> = named.map(PathBuf::from).or_else(|| roster_path(folder));
    found.map(|path| read_roster(&path)).transpose()
}

/// Reads a list of units.
///
/// # Errors
/// Returns a message for the clerk if the file cannot be read, or is not UTF-8.
pub fn read_roster(path: &Path) -> Result<Roster, String> {
    let text = store::read_file(path, store::LARGEST).map_err(|error| error.to_string())?;
    let text = String::from_utf8(text)
        .map_err(|_| format!("{}：不是 UTF-8 的文字，请另存为 UTF-8 再用", path.display()))?;
    Ok(Roster::parse(&text))
}

/// Returns where the list of units lies in their folder, if there is one.
pub fn roster_path(folder: &Path) -> Option<PathBuf> {
    ROSTER_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// Reads and checks one file.
pub fn check_unit_file(checker: &FileChecker, found: &FoundFile) -> UnitFile {
    let mut unit_file = UnitFile {
        file: found.path.clone(),
        twins: checker.twins_of(&found.path),
        saved_at: saved_at(&found.path),
        ..UnitFile::default()
    };
    let read = match checker.load_file(found) {
        Ok(read) => read,
        Err(message) => {
            unit_file.error = Some(message);
            return unit_file;
        }
    };
    let findings = checker.findings_in(&found.path, &read);
    let open = || findings.iter().filter(|finding| finding.is_open());
    unit_file.errors = open().filter(|finding| finding.severity == Severity::Error).count();
    unit_file.warnings = open().filter(|finding| finding.severity == Severity::Warning).count();
    let slips = |severity| count_slips(findings.iter(), severity);
    unit_file.slips = (slips(Severity::Error), slips(Severity::Warning));
    let mut first: Vec<&Finding> = open().filter(|finding| finding.severity > Severity::Remark).collect();
    first.sort_by_key(|finding| Reverse(finding.severity));
    first.truncate(FIRST_FINDINGS);
    unit_file.first_findings =
        first.into_iter().map(|finding| unit_finding(&read.loaded.form, finding)).collect();
    unit_file.old_format = open().any(|finding| finding.rule == "S1");
    let total = |ledger: &Ledger, form: &Form, row| ledger.amount(form, &format!("requests.{row}.total"));
    let Loaded { form, draft, .. } = read.loaded;
    let ledger = Ledger::new(&form, &draft);
    unit_file.blank_tables = draft.blank_tables(&form).map(Section::short_name).collect();
    unit_file.received = total(&ledger, &form, "new");
    unit_file.handled = total(&ledger, &form, "handled");
    unit_file.carried = total(&ledger, &form, "carried_out");
    unit_file.before = read.last_year.map(|last| total(&last.ledger, &last.form, "new"));
    unit_file.state = draft.state;
    (unit_file.unit, unit_file.year, unit_file.compiled) =
        (draft.unit().into(), draft.year(), draft.compiled.is_some());
    unit_file
}

/// Returns a finding in words, with the part of the report that it is in.
fn unit_finding(form: &Form, finding: &Finding) -> UnitFinding {
    let place = finding.fields.first().map_or("", |id| form.location(id));
    let part = place.split_once('·').map_or("", |(part, _)| part);
    let message = format!("{part} {}", finding.message).trim_start().to_string();
    UnitFinding { rule: finding.rule.clone(), is_error: finding.severity == Severity::Error, message }
}

/// Returns when a file was saved, in local time.
fn saved_at(path: &Path) -> Option<DateTime> {
    let saved = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()?;
    let saved = Timestamp::try_from(saved).ok()?;
    Some(TimeZone::system().to_datetime(saved))
}
